"""Many people at once: what each is shown depends on nobody else, on no order and on no worker (M13)."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.batch import Shortlists, read_many, recommend_many, shortlist_many
from matching.batch.workers import packed, unpacked
from matching.domain.vocabulary import OfferKind
from matching.features import FEATURES
from matching.jsonl import dump
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import People
from matching.pool.records import pools_of
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import stated_prior
from matching.recommender import Recommender
from matching.samples.committed import load_samples
from matching.search import Searcher
from matching.search.facets import ASKED, WAY, parts_of
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.benchmarks.engine.generated import openings, seekers
from tests.builders import TODAY
from tests.dask_cluster import running
from tests.test_search import flat_model
from tests.test_search_best import random_model

DAY = TODAY.toordinal()
SEEDS = st.integers(0, 10**6)


def assert_as_found(people: People, offers: Offers, model: AdditiveModel, k: int) -> None:
    lists = shortlist_many(people, offers, model, as_of=TODAY, k=k)
    found = Searcher(people, offers, model, per="person", as_of=DAY).find(np.arange(len(people)), k=k)
    assert lists.offer.tolist() == found.shown.offer.tolist()
    assert lists.score.tolist() == found.score.tolist()
    assert np.diff(lists.ends, prepend=0).tolist() == np.bincount(found.shown_of, minlength=len(people)).tolist()
    assert lists.not_shown.tolist() == found.not_shown.tolist()
    assert lists.excluded.tolist() == found.excluded_count.tolist()
    assert lists.not_near.tolist() == found.not_near.tolist()
    assert lists.not_judged.tolist() == found.not_judged.tolist()


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, k=st.sampled_from([0, 1, 5, 40]), n=st.sampled_from([0, 3, 60, 600]), flat=st.booleans())
def test_everybody_is_shown_and_told_what_find_says(seed: int, k: int, n: int, flat: bool) -> None:
    """M3, M13: three kinds, every rule, ties, known and unknown homes; all counts of the pool."""
    people, offers = pools.pools(seed, 20, n)
    assert_as_found(people, offers, flat_model() if flat else random_model(seed), k)


@pytest.mark.parametrize("shape", ["country", "city"])
def test_many_openings(shape: Any) -> None:
    """M3: blocks of people, offers of thousands of places."""
    assert_as_found(seekers(shape, 80, seed=3), openings(shape, 30_000, seed=4), stated_prior(), 20)


def test_what_no_facet_holds_is_looked_at_offer_by_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    """M13: the answer never depends on a facet being there."""
    monkeypatch.setattr("matching.batch.shelf._MOST_CODES", 6)
    people, offers = pools.pools(11, 30, 300)
    assert_as_found(people, offers, random_model(11), 4)


def test_the_way_depends_on_the_columns_named_and_no_others() -> None:
    """M13: people of one place who have these in common share what a way adds."""
    people, offers = pools.pools(5, 60, 80)
    alike = replace(
        pools.pools(6, 60, 1)[0], **{name: getattr(people, name) for name in ("place", "lat", "lon", *ASKED[WAY])}
    )
    for kind in OfferKind:
        parts = parts_of(WAY, kind)
        one, other = (Pairs.cross(who, offers, as_of=DAY) for who in (people, alike))
        mine = offers.kind[one.offer] == list(OfferKind).index(kind)
        for feature in parts.features:
            np.testing.assert_array_equal(feature.function(one.where(mine)), feature.function(other.where(mine)))
        for rule in parts.rules:
            np.testing.assert_array_equal(rule.passes(one.where(mine)), rule.passes(other.where(mine)))
    assert FEATURES["distance_km"] in parts_of(WAY, OfferKind.OPENING).features


def listed(people: People, offers: Offers, workers: int | None = 1) -> Shortlists:
    return shortlist_many(people, offers, stated_prior(), as_of=TODAY, k=5, workers=workers)


def test_the_order_of_rows_changes_no_byte() -> None:
    """M13."""
    people, offers = pools.pools(7, 300, 200)
    rng = np.random.default_rng(0)
    shuffled = people.take(rng.permutation(len(people))), offers.take(rng.permutation(len(offers)))
    assert listed(*shuffled).to_bytes() == listed(people, offers).to_bytes()


def test_the_number_of_workers_changes_no_byte() -> None:
    """M13: two processes, and as many as joblib is told."""
    people, offers = pools.pools(7, 600, 200)
    alone = listed(people, offers)
    assert alone.person_ids == list(people.ids)
    assert list(listed(people, offers, workers=2).lines()) == list(alone.lines())
    with joblib.parallel_config("threading", n_jobs=3):
        assert list(listed(people, offers, workers=None).lines()) == list(alone.lines())


def test_answers_with_words_are_told_where_they_are_made() -> None:
    """M13: the same lines from one process and from two, as `recommend` gives them."""
    people, offers = pools.pools(8, 520, 40)
    asking = Recommender(current_taxonomy())
    lines = [recommend_many(asking, people, offers, as_of=TODAY, k=2, told=dump, workers=workers) for workers in (1, 2)]
    assert lines[0] == lines[1]
    assert lines[0][:9] == tuple(
        dump(answer) for answer in asking.recommend(people, offers, as_of=TODAY, k=2, rows=np.arange(9))
    )


def test_texts_are_read_alike_by_one_process_and_by_two() -> None:
    """M13: the same columns, in the order of the records."""
    samples, taxonomy = load_samples(), current_taxonomy()
    surveys = [replace(survey, person_id=f"{survey.person_id}-{i}") for i in range(6) for survey in samples.surveys]
    alone = pools_of(surveys, samples.offers, taxonomy, as_of=TODAY)
    both = read_many(surveys, samples.offers, taxonomy, as_of=TODAY, workers=2)
    assert both.people.ids == alone.people.ids and both.offers.records == alone.offers.records
    for name, column in alone.offers.rows.items():
        np.testing.assert_array_equal(both.offers.rows[name], column, err_msg=name)
    for name in ("needs", "constraints", "preferences", "place", "licences", "experience", "skills"):
        np.testing.assert_array_equal(getattr(both.people, name), getattr(alone.people, name), err_msg=name)


def test_a_parcel_holds_what_was_packed_and_its_columns_are_views() -> None:
    people, offers = pools.pools(9, 5, 30)
    parcel = packed((people, offers))
    again, columns = unpacked(parcel)
    assert columns.ids == offers.ids and np.shares_memory(columns.place, parcel)
    np.testing.assert_array_equal(columns.wage_max, offers.wage_max)
    np.testing.assert_array_equal(again.experience, people.experience)


def test_nobody_has_no_list_and_a_negative_k_is_refused() -> None:
    people, offers = pools.pools(1, 3, 5)
    nobody = listed(people.take(np.arange(0)), offers)
    assert len(nobody) == 0 and nobody.to_bytes() == b""
    with pytest.raises(ValueError, match=r"\[-1\]"):
        shortlist_many(people, offers, stated_prior(), as_of=TODAY, k=-1)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Any]:
    """A client of a cluster."""
    pytest.importorskip("distributed", reason="dask[distributed] is not installed")
    with running(tmp_path) as client:
        yield client


@pytest.mark.skipif(find_spec("distributed") is None, reason="dask[distributed] is not installed")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_dask_cluster_gives_the_same_bytes(cluster: Any) -> None:
    """M13: the same call on a scheduler and two workers, who both work."""
    people, offers = pools.pools(7, 1_500, 300)
    with joblib.parallel_config("dask"):
        lists = listed(people, offers, workers=None)
    assert list(lists.lines()) == list(listed(people, offers).lines())
    assert len(cluster.scheduler_info()["workers"]) == 2
    done = cluster.run(lambda dask_worker: dask_worker.state.executed_count)
    assert min(done.values()) > 0
