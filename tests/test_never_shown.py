"""M7: what may not be proposed is never shown, at any k, whoever asks: against the records read by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.bits import mask
from matching.domain.offer import Loan, Offer, Opening, Programme
from matching.domain.vocabulary import Physical
from matching.law import current_law
from matching.recommender import Recommender
from matching.search import Side
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY, Person

ADULT, AT_WORK = 18, 15
LICENCES = current_taxonomy().licences
ASKING = Recommender(current_taxonomy())
REASONS = {
    "court bar",
    "work barred to minors",
    "too young to work",
    "night work of a minor",
    "licence",
    "nights away",
    "dates",
    "full",
}


def _people(seed: int, n: int) -> list[Person]:
    """Drawn people, the youngest of them made two years younger: too young to work."""
    drawn = pools.people(seed, n)
    return [
        replace(one, survey=replace(one.survey, birth_year=2012)) if one.survey.birth_year == 2010 else one
        for one in drawn
    ]


def barred(who: Person, offer: Offer, on: date) -> Iterator[str]:
    """Why this person may not take this offer on a day, as a reader of the two records would say."""
    work = None if isinstance(offer, Loan) else offer.occupation
    if any(work in bar.occupations and on < bar.until for bar in who.survey.court_bars):
        yield "court bar"
    if isinstance(offer, Opening):
        yield from _barred_at_work(who, offer, on)
        seats = offer.headcount
    else:
        seats = offer.capacity if isinstance(offer, Programme) else None
    if isinstance(offer, Programme) and offer.starts_on is not None and offer.starts_on <= on:
        yield "dates"
    if seats == 0:
        yield "full"


def _barred_at_work(who: Person, opening: Opening, on: date) -> Iterator[str]:
    constraints = {constraint.code.value for constraint in who.profile.constraints}
    if "minor" in constraints or _younger(who, ADULT, on):
        if opening.occupation in current_law().barred_to_minors(on) or Physical.HEAVY_LIFTING in opening.physical:
            yield "work barred to minors"
        if opening.night_shift:
            yield "night work of a minor"
    if _younger(who, AT_WORK, on):
        yield "too young to work"
    held = [licence.code for licence in who.survey.licences if licence.status == "valid"]
    if mask(opening.licences_required) & ~int(np.bitwise_or.reduce([LICENCES.covers[code] for code in held] or [0])):
        yield "licence"
    if "no_overnight_away" in constraints and (opening.nights_away_per_trip or 0) > 0:
        yield "nights away"
    if (opening.closes_on or date.max) < on or on < (opening.opens_on or date.min):
        yield "dates"


def _younger(who: Person, years: int, on: date) -> bool:
    """Whether somebody is that young for all that is known: only the year of birth is."""
    return who.survey.birth_year is not None and on.year <= who.survey.birth_year + years


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    later=st.integers(-5, 5),
    k=st.sampled_from([1, 5, 1_000]),
    per=st.sampled_from(["person", "offer"]),
)
def test_what_may_not_be_proposed_is_never_shown(seed: int, later: int, k: int, per: Side) -> None:
    """M7: court bars, legal ages, licences, nights away, closed, not yet open and full offers."""
    on = TODAY + timedelta(days=later)
    who, what = _people(seed, 8), pools.offers(seed, 40)
    people, offers = {one.survey.person_id: one for one in who}, {one.offer_id: one for one in what}
    for answer in ASKING.recommend(*pools.columns(who, what, as_of=on), as_of=on, k=k, per=per):
        for match in answer.matches:
            assert not list(barred(people[match.person_id], offers[match.offer_id], on)), match


def test_every_such_reason_occurs_in_the_pools_that_are_drawn() -> None:
    """M7: the property above has something to forbid."""
    drawn = [(who, offer) for seed in range(6) for who in _people(seed, 40) for offer in pools.offers(seed, 60)]
    assert {reason for who, offer in drawn for reason in barred(who, offer, TODAY)} == REASONS


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), later=st.integers(-5, 5))
def test_a_bar_stands_until_its_day_and_no_longer(seed: int, later: int) -> None:
    """M7: who is told of a bar has one that ends after that day, and is told its day."""
    on = TODAY + timedelta(days=later)
    who, what = _people(seed, 12), pools.offers(seed, 30)
    ends = {one.survey.person_id: {bar.until for bar in one.survey.court_bars if bar.until > on} for one in who}
    for answer in ASKING.recommend(*pools.columns(who, what, as_of=on), as_of=on, why_not="all"):
        for excluded in answer.excluded:
            told = [verdict for verdict in excluded.verdicts if verdict.rule == "no_court_bar"]
            assert all(date.fromisoformat(str(verdict.wanted)) in ends[excluded.person_id] for verdict in told)
