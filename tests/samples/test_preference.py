"""The declared preference: what judged pairs are made of, and what has no part in it."""

from dataclasses import replace
from datetime import date

import pytest

from matching.domain.offer import Loan, Opening, Programme
from matching.domain.survey import HeldLicence, Restricted, Survey
from matching.domain.vocabulary import (
    Assertion,
    Category,
    ConstraintCode,
    LicenceCode,
    LicenceStatus,
    NeedCode,
    Physical,
    Transport,
    WageUnit,
)
from matching.samples import Samples, TradeTruth, Truth, load_samples
from matching.samples.conflicts import in_conflict
from matching.samples.judged import judge
from matching.samples.preference import Person, preference
from matching.taxonomy.release import current_taxonomy

AS_OF = date(2026, 11, 23)
MASON = Opening(
    offer_id="J", title="Thợ hồ", occupation="7112", wage_max_vnd=450_000, wage_unit=WageUnit.DAY, days_per_week=6
)


@pytest.fixture(scope="module")
def samples() -> Samples:
    return load_samples()


def person(*, trades: tuple[TradeTruth, ...] = (), form: dict[str, object] | None = None, **truth: object) -> Person:
    survey = replace(Survey(person_id="P", text="", surveyed_on=AS_OF), **(form or {}))  # type: ignore[arg-type]
    return Person(survey=survey, truth=replace(Truth(person_id="P", trades=trades), **truth))  # type: ignore[arg-type]


def mason(years: float | None = 5, assertion: Assertion = Assertion.EXPERIENCE) -> TradeTruth:
    return TradeTruth(code="7112", assertion=assertion, years=years)


def conflict(who: Person, opening: Opening, km: float | None = 3.0, *, on: date = AS_OF) -> bool:
    return in_conflict(who, opening, km=km, as_of=on, licences=current_taxonomy().licences)


def test_a_known_or_wished_trade_a_short_way_and_better_pay_are_preferred() -> None:
    knows, stranger = person(trades=(mason(),)), person()
    assert preference(knows, MASON, km=3) > preference(stranger, MASON, km=3)
    assert preference(person(trades=(mason(8),)), MASON, km=3) >= preference(person(trades=(mason(1),)), MASON, km=3)
    assert preference(knows, MASON, km=3) > preference(knows, MASON, km=30)
    poor = replace(MASON, wage_max_vnd=250_000)
    assert preference(knows, MASON, km=3) > preference(knows, poor, km=3)


def test_a_way_costs_more_without_a_motorbike() -> None:
    rides = person(trades=(mason(),), form={"transport": Transport.MOTORBIKE})
    walks = person(trades=(mason(),), form={"transport": Transport.NONE})
    assert preference(rides, MASON, km=12) > 3 * preference(walks, MASON, km=12)


def test_a_refused_trade_is_worth_nothing_and_its_neighbour_little() -> None:
    """M8."""
    refuses = person(trades=(mason(assertion=Assertion.REFUSED),))
    assert preference(refuses, MASON, km=3) == 0
    tiler = replace(MASON, occupation="7113")
    assert 0 < preference(refuses, tiler, km=3) < preference(person(), tiler, km=3)


def test_a_course_matters_to_those_who_want_to_learn_and_a_loan_to_those_who_borrow() -> None:
    course = Programme(offer_id="T", title="Hàn", occupation="7212", fee_vnd=0)
    wish = TradeTruth(code="7212", assertion=Assertion.WISH)
    learns = person(trades=(wish,), needs=(NeedCode.TRAINING,))
    works = person(trades=(wish,), needs=(NeedCode.JOB,))
    assert preference(learns, course, km=3) > preference(works, course, km=3)
    fund = Loan(offer_id="L", title="Quỹ", max_vnd=25_000_000)
    borrows = person(needs=(NeedCode.LOAN,), loan_vnd=20_000_000)
    assert preference(borrows, fund, km=None) > 5 * preference(works, fund, km=None)


@pytest.mark.parametrize(
    ("limit", "terms"),
    [
        (ConstraintCode.NO_NIGHT_SHIFT, {"night_shift": True}),
        (ConstraintCode.NO_OVERNIGHT_AWAY, {"nights_away_per_trip": 5}),
        (ConstraintCode.NO_HEAVY_LIFTING, {"physical": (Physical.HEAVY_LIFTING,)}),
        (ConstraintCode.NO_HEIGHTS, {"physical": (Physical.HEIGHTS,)}),
    ],
)
def test_a_demand_against_a_limit_is_a_conflict(limit: ConstraintCode, terms: dict[str, object]) -> None:
    demanding = replace(MASON, **terms)  # type: ignore[arg-type]
    assert conflict(person(constraints=(limit,)), demanding)
    assert not conflict(person(), demanding)


def test_distance_wage_licence_age_and_dates_can_close_an_opening() -> None:
    """M7."""
    assert conflict(person(constraints=(ConstraintCode.NEAR_HOME_ONLY,)), MASON, 20)
    assert not conflict(person(constraints=(ConstraintCode.NEAR_HOME_ONLY,)), MASON, 14)
    assert conflict(person(form={"wage_floor_vnd_month": 2e7}), MASON)
    assert conflict(person(form={"birth_year": 2009}), replace(MASON, min_age=18))
    truck = replace(MASON, licences_required=(LicenceCode.DRIVING_C,))
    held = HeldLicence(code=LicenceCode.DRIVING_D, status=LicenceStatus.VALID, expires_on=date(2026, 11, 30))
    assert conflict(person(), truck)
    assert not conflict(person(form={"licences": (held,)}), truck)
    assert conflict(person(form={"licences": (held,)}), truck, on=date(2026, 12, 1))
    assert conflict(person(), replace(MASON, closes_on=date(2026, 11, 22)))


@pytest.mark.parametrize(("done", "closed"), [(date(2021, 11, 24), False), (date(2021, 11, 23), True)])
def test_the_months_of_decision_22_count_to_the_day(done: date, closed: bool) -> None:
    """M9: inside the 60th month open, on its last day closed."""
    loan = Loan(offer_id="L", title="Vay", eligible_categories=(Category.COMPLETED,), max_months_since_completion=60)
    who = person(form={"restricted": Restricted(category=Category.COMPLETED, completed_on=done)})
    assert in_conflict(who, loan, km=None, as_of=AS_OF, licences=current_taxonomy().licences) is closed


def test_category_age_and_text_change_no_judgement_of_openings_and_programmes(samples: Samples) -> None:
    """M2: grades of openings and programmes never tell who came home from where, so no model can learn it."""
    offers = [offer for offer in samples.offers if not isinstance(offer, Loan)]
    taxonomy = current_taxonomy()
    stripped = [replace(survey, restricted=None, text="") for survey in samples.surveys]
    swapped = [replace(s, restricted=Restricted(category=Category.CONDITIONAL), text="x") for s in samples.surveys]
    drawn = [
        judge(1, surveys, samples.truths, offers, as_of=AS_OF, taxonomy=taxonomy, home_province="Lâm Đồng")
        for surveys in (samples.surveys, stripped, swapped)
    ]
    assert drawn[0] == drawn[1] == drawn[2]


def test_an_opening_that_breaks_the_law_is_never_judged_worth_proposing(samples: Samples) -> None:
    """M15."""
    planted = {breach.offer_id for breach in samples.planted}
    assert {judgement.grade for judgement in samples.judgements if judgement.offer_id in planted} <= {0}


def test_nobody_is_judged_who_wants_nothing(samples: Samples) -> None:
    """X9: "none" gives no referral."""
    content = {truth.person_id for truth in samples.truths if NeedCode.NONE in truth.needs}
    assert content
    assert content & {judgement.person_id for judgement in samples.judgements} == set()
