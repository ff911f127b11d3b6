"""The best k of a pool that is served: what was added is found, what was closed, changed or filled is not (M3, M13)."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.pool.live import LivePool
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import stated_prior
from matching.search import Found, Searcher
from matching.search.index import index_of
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY, loan, opening, person
from tests.test_search import FAR, HOME
from tests.test_search_best import DAY, assert_same_answers, both, random_model

SEEDS = st.integers(0, 10**6)


def served(people: People, offers: Offers, model: AdditiveModel) -> LivePool:
    """A pool to be served, with its index reckoned before anything happens to it."""
    pool = LivePool(offers, current_taxonomy(), as_of=TODAY, home_province=pools.HOME_PROVINCE)
    index_of(people, pool.offers, model, as_of=DAY)
    return pool


def whatever_the_wages(model: AdditiveModel) -> AdditiveModel:
    """The same model, but for what is usual in a pool: that counts anew only when the pool is written anew."""
    flat = {
        name: replace(model.shapes[name], values=(0.0,) * len(model.shapes[name].values), missing=0.0)
        for name in ("wage_to_usual", "higher_wage_wanted")
    }
    return AdditiveModel(model.shapes | flat, bias=model.bias, name=model.name)


def in_words(found: Found) -> list[tuple[int, str, int]]:
    names = [found.shown.offers.ids[row] for row in found.shown.offer.tolist()]
    return list(zip(found.shown_of.tolist(), names, found.score.tolist(), strict=True))


def some_happen(pool: LivePool, seed: int, n: int) -> None:
    """Offers are added, changed, closed (some of them later than was said before) and withdrawn."""
    rng = np.random.default_rng(seed)
    for record in pools.offers(seed + 1, n):
        row = int(rng.integers(len(pool.offers)))
        name, what = pool.offers.ids[row], rng.integers(4)
        stands = pool.row_of(name) is not None
        if what == 0 and stands:
            pool.change(replace(record, offer_id=name))
        elif what == 1:
            pool.close(row, as_of=TODAY + timedelta(days=int(rng.integers(-3, 12))))
        elif what == 2 and stands:
            pool.withdraw(name)
        else:
            pool.add(replace(record, offer_id=f"N{len(pool.offers):05d}"))


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, k=st.sampled_from([1, 3, 40]), n=st.sampled_from([0, 12, 200]), everything=st.booleans())
def test_a_pool_that_is_served_answers_like_one_built_anew(seed: int, k: int, n: int, everything: bool) -> None:
    """M3, M13: added, changed, closed and withdrawn after the index was reckoned; ties and counts included."""
    people, offers = pools.pools(seed, 6, n + 1)
    model = whatever_the_wages(random_model(seed))
    pool = served(people, offers, model)
    for step in range(2):
        some_happen(pool, seed + step, 40)
        whole, best = both(people, pool.offers, model, k, everything)
        assert_same_answers(whole, best)
        anew, _ = both(people, pool.offers.take(pool.offers.standing()), model, k, everything)
        assert in_words(best) == in_words(anew)
        for name in ("not_near", "not_shown", "excluded_count", "not_judged"):
            assert getattr(whole, name).tolist() == getattr(anew, name).tolist()


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_usual_wages_are_those_of_the_pool_that_is_served(seed: int) -> None:
    """What is added is measured against the same wages as the rest: the index and whoever judges all agree."""
    people, offers = pools.pools(seed, 4, 150)
    model = random_model(seed)
    pool = served(people, offers, model)
    some_happen(pool, seed, 60)
    assert_same_answers(*both(people, pool.offers, model, 5, True))


@pytest.mark.parametrize("everything", [False, True])
def test_the_index_of_a_pool_is_kept_while_it_grows(everything: bool) -> None:
    people, offers = pools.pools(4, 3, 80)
    model = stated_prior()
    pool = served(people, offers, model)
    index = index_of(people, pool.offers, model, as_of=DAY)
    some_happen(pool, 5, 40)
    assert len(pool.offers) > len(offers) == index.n_offers
    assert index_of(people, pool.offers, model, as_of=DAY) is index
    assert index_of(people, offers.take(np.arange(80)), model, as_of=DAY) is not index


def test_added_offers_are_asked_whether_they_lie_within_reach() -> None:
    """Far away they are not judged, unless housing is given or no place is known."""
    people, offers = pools.columns([person("P1", commune=HOME)], [opening("old", commune=HOME)])
    pool = served(people, offers, stated_prior())
    added = (opening("far", commune=FAR), opening("housed", commune=FAR, housing=True), loan("money"))
    for record in (*added, opening("near", commune=HOME)):
        pool.add(record)
    whole, best = both(people, pool.offers, stated_prior(), 5, False)
    assert_same_answers(whole, best)
    assert best.not_near.tolist() == [1]
    assert {"old", "housed", "near"} <= {name for _, name, _ in in_words(best)}


def test_an_offer_without_a_seat_is_not_shown_also_when_the_index_knew_one() -> None:
    """Seats that are filled in place: the rule reads the column, not the index."""
    people, offers = pools.columns([person("P1", commune=HOME)], [opening(headcount=2), opening("J2", headcount=0)])
    model = stated_prior()
    assert [name for _, name, _ in in_words(both(people, offers, model, 3, False)[1])] == ["J1"]
    offers.seats.code[0] = offers.seats.code[1]
    searcher = Searcher(people, offers, model, per="person", as_of=DAY)
    assert not in_words(searcher.best(np.array([0]), k=3))
