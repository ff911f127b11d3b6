"""An index that is stored beside its snapshot answers as one that was reckoned, or is not read at all (M3, M13)."""

import logging
import os
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import DataError
from matching.pool.arrays import check_arrays
from matching.pool.live import LivePool
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.pool.snapshot import open_offers, save_offers
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import stated_prior
from matching.search import Found, Searcher, index, stored
from matching.search.index import index_of, store_index
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY
from tests.test_search_best import DAY, assert_same_answers, both, random_model
from tests.test_search_live import some_happen

SEEDS = st.integers(0, 10**6)
MODEL = stated_prior()


def opened(folder: Path) -> Offers:
    return open_offers(folder, taxonomy=current_taxonomy(), as_of=TODAY)


def written(folder: Path, offers: Offers) -> Path:
    save_offers(folder, offers, taxonomy=current_taxonomy(), as_of=TODAY)
    return folder


def best(people: People, offers: Offers, model: AdditiveModel, as_of: int = DAY) -> Found:
    searcher = Searcher(people, offers, model, per="person", as_of=as_of)
    return searcher.best(np.arange(len(people)), k=5, everything=True)


@pytest.fixture
def people() -> People:
    return pools.pools(7, 6, 0)[0]


@pytest.fixture
def snapshot(tmp_path: Path, people: People) -> Path:
    """A snapshot with its index."""
    folder = written(tmp_path / "pool", pools.pools(7, 0, 80)[1])
    store_index(people, opened(folder), MODEL, as_of=DAY)
    return folder


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, k=st.sampled_from([1, 5, 40]), n=st.sampled_from([0, 3, 60, 300]), everything=st.booleans())
def test_a_stored_index_answers_as_one_that_was_reckoned(seed: int, k: int, n: int, everything: bool) -> None:
    """Opened by somebody else, and beside offers that were added, changed, closed and withdrawn since."""
    people, offers = pools.pools(seed, 6, n)
    model = random_model(seed)
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patched:
        folder = written(Path(place) / "pool", offers)
        store_index(people, opened(folder), model, as_of=DAY)
        check_arrays(folder / stored.FOLDER)
        _, reckoned = both(people, offers, model, k, everything)
        patched.delattr(index._Building, "index")
        whole, found = both(people, opened(folder), model, k, everything)
        assert_same_answers(whole, found)
        assert_same_answers(reckoned, found)
        pool = LivePool.open(folder, current_taxonomy(), as_of=TODAY, home_province=pools.HOME_PROVINCE)
        some_happen(pool, seed, 30 if n else 0)
        assert_same_answers(*both(people, pool.offers, model, k, everything))


def test_the_index_is_mapped_and_cannot_be_written_to(
    snapshot: Path, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(index._Building, "index")
    its = index_of(people, opened(snapshot), MODEL, as_of=DAY)
    for array in (its.layers[0].codes, its.layers[0].near.level, its.layers[0].rows):
        assert isinstance(array.base, np.memmap) and not array.flags.writeable


def reckoned_anew(people: People, offers: Offers, model: AdditiveModel, as_of: int = DAY) -> None:
    """What is shown is what the rules and scores say, whatever is stored."""
    searcher = Searcher(people, offers, model, per="person", as_of=as_of)
    whole = searcher.find(np.arange(len(people)), k=5, everything=True)
    assert_same_answers(whole, best(people, offers, model, as_of))


def test_an_index_of_another_model_or_day_is_not_read(
    snapshot: Path, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    reckoned_anew(people, opened(snapshot), random_model(3))
    assert "made for model" in caplog.text
    caplog.clear()
    reckoned_anew(people, opened(snapshot), MODEL, as_of=(TODAY + timedelta(days=3)).toordinal())
    assert "made for as_of" in caplog.text


def test_an_index_of_another_pool_is_not_read(
    snapshot: Path, tmp_path: Path, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    """Also when somebody puts it there."""
    other = written(tmp_path / "other", pools.pools(8, 0, 80)[1])
    (snapshot / stored.FOLDER).rename(other / stored.FOLDER)
    reckoned_anew(people, opened(other), MODEL)
    assert "made for pool" in caplog.text


def test_an_index_that_other_code_made_is_not_read(
    snapshot: Path, people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(stored, "_code", lambda: "other")
    reckoned_anew(people, opened(snapshot), MODEL)
    assert "made for code" in caplog.text


@pytest.mark.parametrize("name", ["manifest.json", "opening.codes.npy", "loan.near.ends.npy", "usual_wages.npy"])
def test_an_index_that_was_cut_short_is_not_read(
    snapshot: Path, people: People, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = snapshot / stored.FOLDER / name
    os.truncate(path, path.stat().st_size // 2)
    reckoned_anew(people, opened(snapshot), MODEL)
    assert f"{len(opened(snapshot))} offers is reckoned anew" in caplog.text and name in caplog.text


def test_a_snapshot_without_an_index_is_no_error(
    tmp_path: Path, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    folder = written(tmp_path / "pool", pools.pools(7, 0, 20)[1])
    with caplog.at_level(logging.WARNING):
        reckoned_anew(people, opened(folder), MODEL)
    assert caplog.messages


def test_a_newer_index_takes_the_place_of_the_old_one(snapshot: Path, people: People) -> None:
    other = random_model(5)
    store_index(people, opened(snapshot), other, as_of=DAY)
    assert stored.read_index(snapshot, people, opened(snapshot), other, as_of=DAY).n_offers == 80
    assert [path.name for path in snapshot.iterdir() if path.is_dir()] == [stored.FOLDER]


def test_a_pool_that_is_in_no_snapshot_has_nowhere_to_store_its_index(people: People) -> None:
    with pytest.raises(DataError, match="snapshot"):
        store_index(people, pools.pools(7, 0, 5)[1], MODEL, as_of=DAY)
