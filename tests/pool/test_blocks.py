"""Blocks hold every row once, the best first, and know what of them reaches a floor."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.pool.blocks import Blocks, ranges


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 300), floor=st.integers(-12, 12))
def test_what_reaches_a_floor_is_a_prefix(seed: int, n: int, floor: int) -> None:
    """M3: no member at or above the floor is left out; of large blocks no other is taken in."""
    rng = np.random.default_rng(seed)
    cell = np.unique(rng.integers(0, 3, n), return_inverse=True)[1]
    trade, value = rng.integers(-1, 2, n), rng.integers(-10, 10, n)
    blocks = Blocks.of(cell, trade, value)
    assert sorted(blocks.order.tolist()) == list(range(n))
    mine = np.arange(len(blocks))
    stop = blocks.reaching(mine, np.full(len(blocks), floor))
    for block, end in zip(mine.tolist(), stop.tolist(), strict=True):
        members = blocks.order[blocks.starts[block] : blocks.starts[block + 1]]
        assert len(set(zip(cell[members].tolist(), trade[members].tolist(), strict=True))) == 1
        assert (np.diff(value[members]) <= 0).all() and blocks.top[block] == value[members[0]]
        taken = end - blocks.starts[block]
        reached = int((value[members] >= floor).sum())
        assert taken == reached if len(members) > 8 else taken in (0, len(members)) and taken >= reached


def test_groups_name_their_blocks() -> None:
    blocks = Blocks.of(np.array([1, 0, 1, 0]), np.array([5, 5, 2, 5]), np.array([3, 1, 4, 2]))
    assert blocks.of_cells(np.array([1])).tolist() == [1, 2]
    assert blocks.trade.tolist() == [5, 2, 5] and blocks.cell_top.tolist() == [2, 4]
    assert ranges(np.array([2, 2]), np.array([2, 4])).tolist() == [2, 3]
