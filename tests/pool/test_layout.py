"""A million openings fit: few different values and rare columns take no room of their own in each row."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from matching.pool.coded import Coded, Shared
from matching.pool.layout import PLAIN, THROUGH, column, number
from tests import pools
from tests.benchmarks.engine.generated import Shape, openings

NAN = float("nan")


@pytest.mark.parametrize("shape", ["country", "city"])
def test_an_opening_takes_at_most_sixty_bytes(shape: Shape) -> None:
    """The columns of the pool, tables included, without text."""
    offers = openings(shape, 40_000)
    assert offers.bytes_an_offer <= 60
    stored = [*offers.rows.values(), *(table for table in offers.tables.values() if isinstance(table, np.ndarray))]
    assert offers.bytes_an_offer * len(offers) == sum(array.nbytes for array in stored)


@settings(max_examples=50, deadline=None)
@given(arrays.arrays(np.float32, st.integers(0, 300), elements=st.sampled_from([0.5, 1, 2, float("nan"), 7e6])))
def test_a_coded_column_reads_like_the_column(column: np.ndarray) -> None:
    coded = Coded.of(column)
    backwards = np.arange(len(column))[::-1]
    np.testing.assert_array_equal(coded[backwards], column[backwards])
    np.testing.assert_array_equal(coded[:], column)
    assert len(coded) == len(column) and len(coded.values) <= 5


def test_a_coded_column_reads_no_more_than_the_rows_asked_for() -> None:
    """A question about 200 pairs may not cost a million rows."""

    class Counting(np.ndarray):
        def __getitem__(self, rows):
            found = super().__getitem__(rows)
            read.append(np.size(found))
            return found

    read: list[int] = []
    code = np.zeros(10**6, dtype=np.uint8).view(Counting)
    assert Coded(code, np.array([7.0]))[np.arange(200)].tolist() == [7.0] * 200
    assert read == [200]


def test_codes_widen_with_the_number_of_values() -> None:
    assert Coded.of(np.arange(256)).code.dtype == np.uint8
    assert Coded.of(np.arange(257)).code.dtype == np.uint16
    assert Coded.of(np.arange(70_000)).code.dtype == np.uint32


def test_rows_that_share_an_object_read_it_by_row_and_by_slice() -> None:
    shared = Shared(np.array([1, 0, 1], dtype=np.uint8), ((), ("a",)))
    assert shared[np.int64(0)] == ("a",) and shared[1:] == ((), ("a",)) and list(shared) == [("a",), (), ("a",)]


def test_take_keeps_every_column_in_step() -> None:
    _, offers = pools.pools(3, 0, 60)
    rows = np.array([41, 3, 3, 17])
    taken = offers.take(rows)
    assert taken.ids == tuple(offers.ids[row] for row in rows)
    for name in (*offers.rows, *THROUGH):
        whole, part = getattr(offers, name, None), getattr(taken, name, None)
        if isinstance(whole, Shared):
            assert part[:] == tuple(whole[row] for row in rows.tolist()), name
        elif whole is not None:
            np.testing.assert_array_equal(part[:], whole[rows], err_msg=name)


@given(st.sampled_from(sorted(PLAIN)), st.one_of(st.integers(-(10**12), 10**12), st.sampled_from([NAN, 0.5, 1e300])))
def test_one_number_is_written_as_a_column_of_them_is(name: str, value: float) -> None:
    """An offer that is added while others ask is the offer that a pool laid out anew holds."""
    kind, _ = PLAIN[name]
    if np.issubdtype(kind, np.floating) or isinstance(value, int):
        written = np.zeros(1, dtype=kind)
        written[0] = number(value, kind)
        np.testing.assert_array_equal(written, column([value], kind))
