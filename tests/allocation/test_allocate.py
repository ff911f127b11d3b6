"""Seats shared among many: as many people as possible, then the most score, never a seat twice."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.allocation import PLAIN, Allocation, Mode, Policy, Shares, allocate
from matching.domain.offer import Offer
from matching.domain.vocabulary import FixKind
from matching.features import matrix
from matching.pool.pairs import Pairs
from matching.ranking.additive import MICRO
from matching.ranking.prior import stated_prior
from matching.rules import passes
from matching.search import Searcher
from tests import pools
from tests.builders import TODAY, Person, held, loan, opening, person, programme

HOME = "Xã Phan Rí Cửa"


def allocated(who: list[Person], what: list[Offer], policy: Policy = PLAIN) -> Allocation:
    return allocate(*pools.columns(who, what), stated_prior(), as_of=TODAY, policy=policy)


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


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), mode=st.sampled_from(Mode), share=st.sampled_from((None, 0.3)))
def test_every_policy_accounts_for_everybody(seed: int, mode: Mode, share: float | None) -> None:
    """M12: whatever comes first, seats are never promised twice, and the best is told beside it."""
    who, what = pools.people(seed, 12), pools.offers(seed, 25)
    policy = Policy(mode=mode, largest_loss=0.05, shares=Shares(opening=share), options=3)
    found = allocated(who, what, policy)
    plain = allocated(who, what, Policy(shares=policy.shares))
    seats = dict(zip((offer.offer_id for offer in what), pools.columns(who, what)[1].seats[:].tolist(), strict=True))
    taken = Counter(p.offer_id for p in found.placements)
    assert all(count <= (1 if seats[offer] < 0 else seats[offer]) for offer, count in taken.items())
    assert share is None or max(taken.values(), default=0) <= max(1, share * len(found.placements))
    assert len(found.placements) + len(found.unmatched_people) == len(who)
    assert (found.best_placed, found.best_total) == (len(plain.placements), plain.total)
    assert (len(found.placements), found.total) <= (found.best_placed, found.best_total)
    assert [o.person_id for o in found.options] == sorted(p.survey.person_id for p in who)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), people_a_seat=st.integers(1, 3))
def test_everybody_keeps_three_live_options_or_is_told_why_not(seed: int, people_a_seat: int) -> None:
    """Floors: the own seat first; who has fewer has no other that fits and is not full."""
    who, what = pools.people(seed, 12), pools.offers(seed, 25)
    found = allocated(who, what, Policy(options=3, people_a_seat=people_a_seat))
    people, offers = pools.columns(who, what)
    searched = Searcher(people, offers, stated_prior(), per="person", as_of=TODAY.toordinal())
    fits = {
        (people.ids[p], offers.ids[o])
        for near, _ in searched.passing(np.arange(len(people)))
        for p, o in zip(near.person.tolist(), near.offer.tolist(), strict=True)
        if what[o].kind != "loan"
    }
    sent = Counter(offer_id for options in found.options for offer_id in options.offer_ids)
    room = {name: people_a_seat * max(1, int(offers.seats[:][row])) for row, name in enumerate(offers.ids)}
    assert all(count <= room[offer_id] for offer_id, count in sent.items())
    own = {p.person_id: p.offer_id for p in found.placements}
    for options in found.options:
        assert len(set(options.offer_ids)) == len(options.offer_ids) <= 3
        assert {(options.person_id, offer_id) for offer_id in options.offer_ids} <= fits
        assert options.offer_ids[:1] == (
            (own[options.person_id],) if options.person_id in own else options.offer_ids[:1]
        )
        assert (options.text_vi is None) == (options.text_en is None) == (len(options.offer_ids) == 3)
        if options.text_vi is not None:
            others = {o for p, o in fits if p == options.person_id} - set(options.offer_ids)
            assert all(sent[offer_id] == room[offer_id] for offer_id in others)
            assert ("đủ người" in options.text_vi) == bool(others)


def test_a_share_leaves_a_seat_empty_and_says_so() -> None:
    """Caps: three fit the factory's six seats, a third of all placements is one."""
    who = [person(f"P{i}", commune=HOME) for i in range(3)]
    found = allocated(who, [opening("J1", commune=HOME, headcount=6, title="May")], Policy(shares=Shares(opening=0.34)))
    assert len(found.placements) == 1
    change = found.unmatched_people[0].change
    assert change is not None
    assert (change.offer_id, change.fixes) == ("J1", ())
    assert change.text_vi == "Hợp với “May” nhưng vẫn còn chỗ, chỉ vượt phần được chia: xem có nới phần đó không."


def test_employers_share_over_all_their_openings() -> None:
    who = [person(f"P{i}", commune=HOME) for i in range(4)]
    what = [opening(f"J{i}", commune=HOME, employer_id="E1", headcount=1) for i in range(3)]
    what.append(opening("K1", commune=HOME, employer_id="E2", headcount=3))
    found = allocated(who, what, Policy(shares=Shares(employer=0.5)))
    assert Counter(p.offer_id[0] for p in found.placements) == {"J": 2, "K": 2}


def test_crowds_are_told_beside_what_everybody_alone_would_be_shown() -> None:
    """Three people have the same best offer; sharing sends one to each."""
    who = [person(f"P{i}", commune=HOME, experience=[("7212", 5)]) for i in range(3)]
    what = [opening(f"J{i}", commune=HOME, occupation=code) for i, code in enumerate(("7212", "9333", "9333"))]
    crowds = allocated(who, what, Policy(shortlist=1, options=2)).congestion
    assert (crowds["shortlists"].most, crowds["shortlists"].without) == (3, 2)
    assert (crowds["allocation"].most, crowds["allocation"].gini, crowds["allocation"].without) == (1, 0.0, 0)
    assert crowds["options"].most <= 3
