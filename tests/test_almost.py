"""Almost eligible: the offers that one fix opens, equal to trying every stated fix of every pair by hand."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.match import Verdict
from matching.domain.offer import Offer, Opening
from matching.domain.vocabulary import Assertion, ConstraintCode, FixKind, LicenceCode, WageUnit
from matching.pool.pairs import Pairs
from matching.rules import passes, why_not
from matching.search.reach import cells_in
from matching.taxonomy.release import current_taxonomy
from matching.unlocks.almost import almost_eligible
from tests import pools
from tests.builders import TODAY, Person, bar, held, opening, pairs_of, person

Told = dict[str, tuple[str, FixKind]]


def found(who: Person, *what: Offer) -> Told:
    people, offers = pools.columns([who], list(what))
    asked = Pairs(people=people, offers=offers, person=np.array([0]), offer=np.array([0]), as_of=TODAY.toordinal())
    almost = almost_eligible(asked, cells_in(offers).near(people, asked.person, everything=True), LICENCES)
    ids = [offers.ids[row] for row in almost.pairs.offer]
    verdicts = [tell() for tell in almost.told]
    return {i: (v.rule, v.fix.kind) for i, v in zip(ids, verdicts, strict=True) if v.fix is not None}


LICENCES = current_taxonomy().licences


def by_hand(who: Person, *what: Offer) -> Told:
    """Do each stated fix alone, read the records anew, and ask every rule."""
    told = {}
    pool = pairs_of(who, list(what))
    for row, offer in enumerate(what):
        for verdict in why_not(pool, row):
            if verdict.fix is not None and passes(fixed(who, offer, verdict))[0]:
                told.setdefault(offer.offer_id, (verdict.rule, verdict.fix.kind))
    return told


def fixed(who: Person, offer: Offer, verdict: Verdict) -> Pairs:
    assert verdict.fix is not None
    if verdict.rule == "enrolled_where_learners_borrow":
        return pairs_of(who, offer, training_weeks={who.survey.person_id: None})
    match verdict.fix.kind:
        case FixKind.DATE:
            assert verdict.fix.on is not None
            return replace(pairs_of(who, offer), as_of=verdict.fix.on.toordinal())
        case FixKind.LICENCE:
            licence = held(verdict.fix.code or "")
            kept = tuple(h for h in who.survey.licences if h.code is not licence.code)
            return pairs_of(replace(who, survey=replace(who.survey, licences=(*kept, licence))), offer)
        case FixKind.ASK_EMPLOYER:
            return pairs_of(who, employer_says_yes(offer, verdict))
    return pairs_of(person_says_yes(who, verdict), offer)


def employer_says_yes(offer: Offer, verdict: Verdict) -> Offer:
    assert isinstance(offer, Opening)
    night = bool(pairs_of(person(), offer).offers.night_shift[0] == 1)
    return {
        "no_night_shift": replace(offer, night_shift=False),
        "hours_fit": replace(offer, hours=None, night_shift=night),
        "can_be_done_at_home": replace(offer, text="làm tại nhà"),
        "wage_reaches_the_floor": replace(offer, wage_max_vnd=10**8, wage_unit=WageUnit.MONTH),
    }[verdict.rule]


def person_says_yes(who: Person, verdict: Verdict) -> Person:
    survey, profile = who.survey, who.profile
    if verdict.rule == "something_is_asked_for":
        return replace(who, profile=replace(profile, needs=()))
    if verdict.rule == "no_bar_told_in_the_survey":
        kept = tuple(m for m in profile.occupations if m.assertion is not Assertion.BARRED)
        return replace(who, profile=replace(profile, occupations=kept))
    if verdict.rule == "amount_within_the_ceiling":
        assert profile.loan is not None
        return replace(who, profile=replace(profile, loan=replace(profile.loan, amount_vnd=int(str(verdict.offered)))))
    near = verdict.rule == "within_reach"
    gone = ConstraintCode.NEAR_HOME_ONLY if near else ConstraintCode.MINOR
    form = {"max_commute_km": 5000} if near else {"birth_year": 1990}
    limits = tuple(c for c in profile.constraints if c.code is not gone)
    return Person(survey=replace(survey, **form), profile=replace(profile, constraints=limits))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_one_fix_away_is_what_trying_every_fix_finds(seed: int) -> None:
    """M3: none is missed, none is said that a single fix does not open, and the fix that is told is the first one."""
    who, what = pools.people(seed, 1)[0], pools.offers(seed, 30)
    assert found(who, *what) == by_hand(who, *what)


def test_two_matters_are_two_fixes() -> None:
    who = person(needs=["job"], constraints=["no_night_shift"])
    night = opening("J1", night_shift=True)
    assert found(who, night) == {"J1": ("no_night_shift", FixKind.ASK_EMPLOYER)}
    assert found(who, replace(night, licences_required=(LicenceCode.FORKLIFT,))) == {}


def test_one_licence_that_covers_the_other_is_one_fix() -> None:
    both = opening("J1", licences_required=["driving_B", "driving_C"])
    assert found(person(), both) == {"J1": ("licence_held", FixKind.LICENCE)}


def test_one_day_may_settle_two_matters() -> None:
    """M7: a bar that ends after the offer opens; waiting for the later day settles both."""
    who = person(experience=["8332"], court_bars=[bar("8332", until=TODAY + timedelta(days=9))])
    lorry = opening("J1", occupation="8332", opens_on=TODAY + timedelta(days=5))
    assert found(who, lorry) == {"J1": ("no_court_bar", FixKind.DATE)}
    assert found(who, replace(lorry, closes_on=TODAY + timedelta(days=7))) == {}
