"""Seats shared among many: as many people as possible, then the most score, never a seat twice."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.allocation import Allocation, allocate, assign
from matching.domain.offer import Offer
from matching.domain.vocabulary import FixKind
from matching.features import matrix
from matching.pool.pairs import Pairs
from matching.pool.people import IntArray
from matching.ranking.additive import MICRO
from matching.ranking.prior import stated_prior
from matching.rules import passes
from tests import pools
from tests.builders import TODAY, Person, held, loan, opening, person, programme

HOME = "Xã Phan Rí Cửa"


def best_by_hand(person: IntArray, offer: IntArray, score: IntArray, seats: IntArray) -> tuple[int, int]:
    """Every choice of at most one offer a person: how many can be placed, and the most score of that many."""
    options = [[-1, *np.flatnonzero(person == p).tolist()] for p in np.unique(person)]
    best = (0, 0)
    for choice in product(*options):
        rows = [row for row in choice if row >= 0]
        if (np.bincount(offer[rows], minlength=len(seats)) <= seats).all():
            best = max(best, (len(rows), int(score[rows].sum())))
    return best


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), pairs=st.integers(0, 12))
def test_the_choice_is_the_best_of_all_choices(seed: int, pairs: int) -> None:
    """M12: exact, with scores of any sign and seats of any number."""
    rng = np.random.default_rng(seed)
    cells = rng.choice(5 * 4, size=min(pairs, 20), replace=False)
    person, offer = np.divmod(cells, 4)
    score = rng.integers(-3, 4, len(cells)) * MICRO + rng.integers(-2, 3, len(cells))
    seats = rng.integers(0, 3, 4)
    chosen = assign(person, offer, score, seats)
    assert (np.bincount(person[chosen], minlength=5) <= 1).all()
    assert (np.bincount(offer[chosen], minlength=4) <= seats).all()
    assert (int(chosen.sum()), int(score[chosen].sum())) == best_by_hand(person, offer, score, seats)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_prices_bring_in_what_the_first_edges_left_out(seed: int) -> None:
    """M12: started with one edge a person, the optimum is the same."""
    rng = np.random.default_rng(seed)
    person, offer = np.divmod(np.arange(30 * 12), 12)
    score = rng.integers(0, 10 * MICRO, len(person))
    seats = rng.integers(1, 4, 12)
    whole = assign(person, offer, score, seats)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.allocation._EDGES_A_PERSON", 1)
        grown = assign(person, offer, score, seats)
    assert (whole.sum(), score[whole].sum()) == (grown.sum(), score[grown].sum())


def allocated(who: list[Person], what: list[Offer]) -> Allocation:
    return allocate(*pools.columns(who, what), stated_prior(), as_of=TODAY)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_no_seat_is_promised_twice_and_everybody_is_accounted_for(seed: int) -> None:
    """M12: property over whole pools."""
    who, what = pools.people(seed, 12), pools.offers(seed, 25)
    found = allocated(who, what)
    people, offers = pools.columns(who, what)
    placed = [p.person_id for p in found.placements]
    assert sorted([*placed, *(u.person_id for u in found.unmatched_people)]) == sorted(people.ids)
    for row, offer_id in enumerate(offers.ids):
        taken = sum(p.offer_id == offer_id for p in found.placements)
        assert taken <= (1 if offers.seats[row] < 0 else offers.seats[row])
        has_seats = offers.seats[row] != 0 and what[row].kind != "loan"
        assert (offer_id in {e.offer_id for e in found.empty_offers}) == (has_seats and not taken)
    for p in found.placements:
        one = Pairs(
            people=people,
            offers=offers,
            person=np.array([people.ids.index(p.person_id)]),
            offer=np.array([offers.ids.index(p.offer_id)]),
            as_of=TODAY.toordinal(),
        )
        assert passes(one)[0]
        assert int(stated_prior().score(matrix(one))[0]) / MICRO == p.score
    assert found.total == pytest.approx(sum(p.score for p in found.placements), abs=1e-9)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    """M13."""
    who, what = pools.people(seed, 8), pools.offers(seed, 15)
    assert allocated(who, what) == allocated(who[::-1], what[::-1])


def test_more_people_come_before_more_score() -> None:
    """M12: the welder takes the worse place so that the newcomer gets the only one open to them."""
    welder = person("welder", commune=HOME, experience=[("7212", 9)], licences=[held("welding_3g")])
    other = person("other", commune=HOME, experience=[("7212", 1)])
    workshop = opening("workshop", commune=HOME, occupation="7212", headcount=1)
    yard = opening("yard", commune=HOME, occupation="9333", headcount=1, licences_required=["welding_3g"])
    found = allocated([welder, other], [workshop, yard])
    assert [(p.person_id, p.offer_id) for p in found.placements] == [("other", "workshop"), ("welder", "yard")]


def test_an_offer_that_names_no_number_has_one_seat_and_loans_have_none() -> None:
    who = [person(f"P{i}", commune=HOME) for i in range(2)]
    found = allocated(who, [opening("J1", commune=HOME), loan("L1")])
    assert len(found.placements) == 1
    assert found.empty_offers == ()
    change = found.unmatched_people[0].change
    assert change is not None
    assert (change.offer_id, [fix.kind for fix in change.fixes]) == ("J1", [FixKind.ASK_EMPLOYER])


def test_the_smallest_change_that_would_match_is_named_on_both_sides() -> None:
    """M12."""
    who = person("P1", commune=HOME)
    two_papers = opening("J1", commune=HOME, licences_required=["driving_B", "forklift"])
    one_paper = opening("J2", commune=HOME, licences_required=["forklift"])
    closed = opening("J3", commune=HOME, closes_on=TODAY.replace(year=2025))
    found = allocated([who], [two_papers, one_paper, closed])
    change = found.unmatched_people[0].change
    assert change is not None
    assert (change.offer_id, [fix.code for fix in change.fixes]) == ("J2", ["forklift"])
    by_offer = {e.offer_id: e.change for e in found.empty_offers}
    assert by_offer["J2"] == change
    assert by_offer["J1"] is not None and len(by_offer["J1"].fixes) == 2
    assert by_offer["J3"] is None


def test_nobody_and_nothing_is_an_allocation_too() -> None:
    assert allocated([], [opening("J1")]).total == 0
    assert [u.person_id for u in allocated([person("P1")], []).unmatched_people] == ["P1"]
    assert allocated([person("P1")], [programme("T1", capacity=3)]).placements[0].offer_id == "T1"
