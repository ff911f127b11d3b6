"""Pairs by kind of offer: each pair once, and nothing where there is none."""

import gc
import weakref

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.pool.pairs import Pairs
from matching.rules import passes
from tests import pools
from tests.builders import TODAY


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 12))
def test_each_pair_stands_under_its_kind_and_no_kind_stands_empty(seed: int, n: int) -> None:
    """M1: rules are put to pairs of their kinds, and never to nobody."""
    pairs = Pairs.cross(*pools.pools(seed, 1, n), as_of=TODAY.toordinal())
    met = np.zeros(len(pairs), dtype=int)
    for kind, rows, its in pairs.by_kind():
        met[rows] += 1
        assert len(its) and (its.what.kind == kind).all()
    assert (met == 1).all() and len(passes(pairs)) == n


def test_pairs_of_one_kind_go_when_nobody_holds_them() -> None:
    """P8: what was reckoned of a person waits for no collector."""
    pairs = Pairs.cross(*pools.pools(1, 1, 12), as_of=TODAY.toordinal())
    alone = pairs.where(pairs.what.kind == pairs.what.kind[0])
    [(_, _, its)] = alone.by_kind()
    assert its is alone
    rows = weakref.ref(alone.offer)
    gc.disable()
    try:
        del alone, its
        assert rows() is None
    finally:
        gc.enable()
