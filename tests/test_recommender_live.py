"""A pool that is served answers as the same offers laid out anew do, to the last word and number (M3, M13)."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import recommender as recommending
from matching.domain.vocabulary import OfferKind
from matching.pool.by_cell import ByCell, cell_of, n_cells_of
from matching.pool.live import LivePool
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.ranking.prior import stated_prior
from matching.recommender import Recommender
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY
from tests.test_search_live import some_happen, whatever_the_wages

SEEDS = st.integers(0, 10**6)
KINDS = st.sets(st.sampled_from(list(OfferKind)), min_size=1)


def answers(people: People, offers: Offers, **asked: Any) -> Any:
    taxonomy = current_taxonomy()
    return Recommender(taxonomy, whatever_the_wages(stated_prior())).recommend(people, offers, as_of=TODAY, **asked)


def served(offers: Offers) -> LivePool:
    return LivePool(offers, current_taxonomy(), as_of=TODAY, home_province=pools.HOME_PROVINCE)


def anew(offers: Offers) -> Offers:
    """The offers that stand, laid out by themselves."""
    return offers.take(offers.standing())


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, n=st.sampled_from([1, 30, 120]), kinds=KINDS, why_not=st.sampled_from(["none", "near", "all"]))
def test_every_answer_is_that_of_the_offers_laid_out_anew(seed: int, n: int, kinds: set[OfferKind], why_not: str):
    """Matches, exclusions, counts, what to ask, unlocks, ways and offers one fix away, of all or of some kinds."""
    people, offers = pools.pools(seed, 5, n)
    pool = served(offers)
    asked: dict[str, Any] = {"k": 3, "why_not": why_not, "also": ("ways", "almost")}
    for step in range(2):
        some_happen(pool, seed + step, 25)
        now = pool.offers.of_kinds(kinds)
        assert answers(people, now, **asked) == answers(people, anew(now), **asked)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, kinds=KINDS, k=st.sampled_from([0, 2, 30]))
def test_so_is_every_answer_of_the_search_that_stops_early(seed: int, kinds: set[OfferKind], k: int):
    """What was not judged may be others; the numbers still add up to the offers that stand."""
    people, offers = pools.pools(seed, 5, 150)
    pool = served(offers)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(recommending, "_FEW_OFFERS", 0)
        for step in range(2):
            some_happen(pool, seed + step, 25)
            now = pool.offers.of_kinds(kinds)
            found, wanted = (answers(people, its, k=k) for its in (now, anew(now)))
            assert [_judged(answer) for answer in found] == [_judged(answer) for answer in wanted]


def _judged(answer: Any) -> Any:
    """An answer without how many were judged of those that are not shown; their sum stays."""
    counts = answer.not_shown + answer.excluded_count + answer.not_judged
    return replace(answer, not_shown=counts, excluded_count=0, not_judged=0)


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_every_opening_that_stands_is_answered_for(seed: int):
    """Asked from the other side: one answer for each offer that stands, none for those that are gone."""
    people, offers = pools.pools(seed, 20, 15)
    pool = served(offers)
    some_happen(pool, seed, 20)
    assert answers(people, pool.offers, k=3, per="offer") == answers(people, anew(pool.offers), k=3, per="offer")


def test_a_question_on_its_way_adds_up_whatever_is_withdrawn():
    """The pool that a question was given says itself what stands; what goes meanwhile is no longer proposed."""
    people, offers = pools.pools(7, 6, 80)
    pool = served(offers)
    some_happen(pool, 7, 30)
    taken = pool.offers
    shown = _shown(answers(people, taken, k=2))
    for offer_id in shown:
        pool.withdraw(offer_id)
    later = answers(people, taken, k=2, why_not="near")
    assert shown and not shown & _shown(later)
    for answer in later:
        counted = len(answer.matches) + answer.not_shown + answer.excluded_count + answer.not_near + answer.not_judged
        assert counted == taken.n_standing
        assert shown & {e.offer_id for e in answer.excluded} or not answer.excluded


def _shown(found: Collection[Any]) -> set[str]:
    return {match.offer_id for answer in found for match in answer.matches}


def test_what_a_change_costs_does_not_grow_with_the_pool():
    """Cells are counted and found again by looking at what changed, and at nothing else."""
    _, offers = pools.pools(3, 0, 200)
    pool, looked_at = served(offers), list[int]()
    near = np.random.default_rng(3).random((20, n_cells_of(offers))) < 0.5

    def licensed(some: Offers, rows: Any) -> Any:
        looked_at.append(len(some.kind[rows]))
        return np.asarray(some.licences_required[rows] != 0)

    by_cell = ByCell(licensed)
    by_cell.counts_within(pool.offers, near)
    assert looked_at == [200]
    some_happen(pool, 3, 10)
    now = pool.offers
    counts = by_cell.counts_within(now, near)
    assert counts.tolist() == ByCell(licensed).counts_within(anew(now), near).tolist()
    assert max(looked_at[1:3]) <= 20
    assert (by_cell.any_within(now, near) == (counts > 0)).all()
    of, rows = by_cell.within(now, near)
    assert (of == np.sort(of)).all() and (near[of, cell_of(now, rows)]).all()
    assert np.bincount(of, minlength=20).tolist() == counts.tolist()
