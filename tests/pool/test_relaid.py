"""A served pool that is laid out anew is the pool of the offers that stand, whatever it was made of."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.pool.live import LivePool
from matching.pool.relaid import relaid
from matching.pool.snapshot import open_offers, save_offers
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY
from tests.pool.same import assert_same
from tests.test_search_live import some_happen

TAXONOMY = current_taxonomy()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.sampled_from([0, 1, 40]), moves=st.sampled_from([1, 30, 90]))
def test_what_is_laid_out_anew_is_what_stands(seed: int, n: int, moves: int) -> None:
    """Ids, records and columns; from objects and from a snapshot; and it can be stored and opened again."""
    _, offers = pools.pools(seed, 0, n + 1)
    with TemporaryDirectory() as place:
        save_offers(Path(place) / "first", offers, taxonomy=TAXONOMY, as_of=TODAY)
        opened = LivePool.open(Path(place) / "first", TAXONOMY, as_of=TODAY, home_province=pools.HOME_PROVINCE)
        served = LivePool(offers, TAXONOMY, as_of=TODAY, home_province=pools.HOME_PROVINCE)
        for pool in (served, opened):
            some_happen(pool, seed, moves)
            wanted = pool.offers.take(pool.offers.standing())
            anew = relaid(pool.offers)
            assert_same(anew, wanted)
            assert [anew.ids.index(name) for name in wanted.ids] == list(range(len(wanted)))
        save_offers(Path(place) / "again", anew, taxonomy=TAXONOMY, as_of=TODAY)
        assert_same(open_offers(Path(place) / "again", taxonomy=TAXONOMY, as_of=TODAY), wanted)


def test_records_are_taken_over_without_being_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A million records cost a copy of their bytes."""
    _, offers = pools.pools(3, 0, 30)
    save_offers(tmp_path / "pool", offers, taxonomy=TAXONOMY, as_of=TODAY)
    pool = LivePool.open(tmp_path / "pool", TAXONOMY, as_of=TODAY, home_province=pools.HOME_PROVINCE)
    pool.withdraw(offers.ids[7])
    monkeypatch.setattr("matching.pool.texts._DECODERS", ())
    assert len(relaid(pool.offers)) == 29
