"""The first offers by id are found by their rank, whatever was added since."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.pool.by_id import first_by_id, ranks
from matching.pool.live import LivePool
from matching.pool.snapshot import save_offers
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY
from tests.test_search_live import some_happen


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(0, 12))
def test_the_smallest_ids_are_among_those_that_are_looked_at(seed: int, n: int) -> None:
    _, offers = pools.pools(seed, 0, 60)
    with TemporaryDirectory() as place:
        save_offers(Path(place) / "pool", offers, taxonomy=current_taxonomy(), as_of=TODAY)
        pool = LivePool.open(Path(place) / "pool", current_taxonomy(), as_of=TODAY, home_province=pools.HOME_PROVINCE)
    some_happen(pool, seed, 20)
    for its in (pool.offers, offers):
        rows = its.standing()[::2]
        found = rows[first_by_id(ranks(its, rows), n)]
        assert sorted(its.ids[row] for row in found.tolist())[:n] == sorted(its.ids[row] for row in rows.tolist())[:n]
    rank = ranks(pool.offers, pool.offers.standing())
    assert len(first_by_id(rank, n)) <= n + len(pool.offers.added)
