"""Ids that are made when they are asked for: many at once are the same as one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.pool.growing import Joined
from matching.pool.texts import Ids, names_of

NAMES = st.lists(st.text(min_size=1, max_size=8), unique=True, min_size=1, max_size=12)


@given(first=NAMES, more=NAMES, seed=st.integers(0, 10**6), behind=st.booleans())
def test_many_ids_are_read_as_one_by_one(first: list[str], more: list[str], seed: int, behind: bool) -> None:
    """M3: ties stand in the order of ids, whether a pool is laid out, has grown or holds plain ids."""
    names = [*first, *more]
    rows = np.random.default_rng(seed).integers(0, len(names) if behind else len(first), 20)
    expected = [names[row] for row in rows.tolist()]
    for base in (Ids.of(first), first):
        joined = Joined(base, more, len(names))
        assert names_of(joined, rows) == expected == [joined[row] for row in rows.tolist()]
    assert names_of(Ids.of(names), rows) == names_of(tuple(names), rows) == expected


@pytest.mark.parametrize("ids", [Ids.of(["a"]), ("a",), Joined(Ids.of(["a"]), [], 1)])
def test_no_rows_have_no_names(ids: Ids) -> None:
    assert names_of(ids, np.zeros(0, dtype=np.intp)) == []
