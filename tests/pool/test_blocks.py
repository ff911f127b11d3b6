"""Blocks hold every row once, the best first, and know what of them reaches a floor."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.pool.blocks import Blocks, ranges


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6), n=st.integers(1, 3000), widest=st.sampled_from([1, 10, 2000]), at=st.floats(-1.2, 1.2)
)
def test_what_reaches_a_floor_is_found(seed: int, n: int, widest: int, at: float) -> None:
    """M3: no member that reaches the floor is left out, none below it is taken in, whatever its block adds."""
    rng = np.random.default_rng(seed)
    group, part, value = rng.integers(0, 3, n), rng.integers(0, 3, n), rng.integers(-widest, widest, n)
    floor = round(at * widest)
    blocks = Blocks.of(group, part, value, 3)
    assert sorted(blocks.order.tolist()) == list(range(n))
    added = rng.integers(-widest, widest, len(blocks)) // 2
    members, sums, block = blocks.reaching(np.arange(len(blocks)), added, floor)
    block_of = {(int(g), int(t)): i for i, (g, t) in enumerate(zip(blocks.group, blocks.part, strict=True))}
    sum_of = value + added[[block_of[g, t] for g, t in zip(group.tolist(), part.tolist(), strict=True)]]
    assert sorted(blocks.order[members].tolist()) == np.flatnonzero(sum_of >= floor).tolist()
    assert (sums == sum_of[blocks.order[members]]).all() and (blocks.part[block] == part[blocks.order[members]]).all()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 300))
def test_the_best_of_a_block_stands_first(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    group, part, value = rng.integers(0, 3, n), rng.integers(0, 3, n), rng.integers(-10, 10, n)
    blocks = Blocks.of(group, part, value, 3)
    for block in range(len(blocks)):
        members = blocks.order[blocks.starts[block] : blocks.starts[block + 1]]
        assert (np.diff(value[members]) <= 0).all() and blocks.top[block] == value[members[0]]
        assert (group[members] == blocks.group[block]).all() and (part[members] == blocks.part[block]).all()


def test_groups_name_their_blocks() -> None:
    blocks = Blocks.of(np.array([1, 0, 1, 0]), np.array([5, 5, 2, 5]), np.array([3, 1, 4, 2]), 3)
    assert blocks.group_starts.tolist() == [0, 1, 3, 3]
    assert blocks.part.tolist() == [5, 2, 5] and blocks.top.tolist() == [2, 4, 3]
    assert ranges(np.array([2, 2]), np.array([2, 4])).tolist() == [2, 3]
