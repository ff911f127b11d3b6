"""What must not be proposed to an invented person at all: their pair is judged 0 whatever else speaks for it."""

from datetime import date

from matching.domain.bits import mask
from matching.domain.offer import Loan, Offer, Opening, Programme
from matching.domain.vocabulary import Assertion, Borrower, ConstraintCode, Contract, LicenceStatus, Physical, Transport
from matching.samples.preference import Person, monthly_best
from matching.taxonomy.licences import Licences

NEAR_HOME_KM = 15.0
NEAR_HOME_ON_FOOT_KM = 5.0

_BODY = (
    (Physical.HEAVY_LIFTING, ConstraintCode.NO_HEAVY_LIFTING),
    (Physical.HEIGHTS, ConstraintCode.NO_HEIGHTS),
    (Physical.HEAT, ConstraintCode.NO_HEAT),
    (Physical.STANDING, ConstraintCode.NO_PROLONGED_STANDING),
)


def in_conflict(person: Person, offer: Offer, *, km: float | None, as_of: date, licences: Licences) -> bool:
    """Say whether a declared limit, the law or the offer's own terms forbid the pair on a day.

    Loans are judged by sum, lender and category of the form; nothing else reads the category.
    """
    if isinstance(offer, Loan):
        return _loan_closed(person, offer, as_of)
    if isinstance(offer, Programme):
        return _barred(person, offer.occupation, as_of) or _programme_closed(person, offer, as_of)
    return (
        _barred(person, offer.occupation, as_of)
        or _not_now(offer, as_of)
        or _too_young(person, offer.min_age, as_of)
        or _body_or_time(person, offer)
        or _too_far(person, offer, km)
        or _below_floor(person, offer)
        or _lacks_licence(person, offer, as_of, licences)
    )


def _barred(person: Person, code: str | None, as_of: date) -> bool:
    bars = person.survey.court_bars
    barred = any(code in bar.occupations and as_of < bar.until for bar in bars)
    return barred or code in person.codes(Assertion.BARRED) or code in person.codes(Assertion.REFUSED)


def _not_now(opening: Opening, as_of: date) -> bool:
    early = opening.opens_on is not None and as_of < opening.opens_on
    late = opening.closes_on is not None and as_of > opening.closes_on
    return early or late or opening.headcount == 0


def _too_young(person: Person, min_age: int | None, as_of: date) -> bool:
    """Age counts from 1 January after the birthday year, as only the year is known."""
    born = person.survey.birth_year
    return born is not None and min_age is not None and as_of.year - born - 1 < min_age


def _body_or_time(person: Person, opening: Opening) -> bool:
    away = bool(opening.nights_away_per_trip)
    return (
        any(demand in opening.physical and person.has(limit) for demand, limit in _BODY)
        or (bool(opening.night_shift) and person.has(ConstraintCode.NO_NIGHT_SHIFT))
        or (away and person.has(ConstraintCode.NO_OVERNIGHT_AWAY))
        or (person.has(ConstraintCode.HOME_BASED_ONLY) and opening.contract is not Contract.PIECE)
    )


def _too_far(person: Person, opening: Opening, km: float | None) -> bool:
    if km is None or opening.housing or opening.transport_provided:
        return False
    limit = person.survey.max_commute_km
    if limit is None and person.has(ConstraintCode.NEAR_HOME_ONLY):
        on_foot = person.has(ConstraintCode.NO_VEHICLE) or person.survey.transport is Transport.NONE
        limit = NEAR_HOME_ON_FOOT_KM if on_foot else NEAR_HOME_KM
    return limit is not None and km > limit


def _below_floor(person: Person, opening: Opening) -> bool:
    best, floor = monthly_best(opening), person.survey.wage_floor_vnd_month
    return best is not None and floor is not None and best < floor


def _lacks_licence(person: Person, opening: Opening, as_of: date, licences: Licences) -> bool:
    if not opening.licences_required:
        return False
    held = [x.code for x in person.truth.licences if x.status is LicenceStatus.VALID]
    for ticked in person.survey.licences:
        if ticked.status is LicenceStatus.VALID and (ticked.expires_on is None or as_of <= ticked.expires_on):
            held.append(ticked.code)
    return bool(mask(opening.licences_required) & ~licences.satisfied_by(mask(held)))


def _programme_closed(person: Person, programme: Programme, as_of: date) -> bool:
    grade, asked = person.survey.schooling_grade, programme.entry_schooling_grade
    started = programme.starts_on is not None and programme.starts_on < as_of
    short = grade is not None and asked is not None and grade < asked
    return started or short or _too_young(person, programme.min_age, as_of)


def _loan_closed(person: Person, loan: Loan, as_of: date) -> bool:
    if loan.borrower is Borrower.EMPLOYER or loan.balance_vnd == 0 or loan.must_be_enrolled:
        return True
    wanted = person.truth.loan_vnd
    if wanted is not None and loan.max_vnd is not None and wanted > loan.max_vnd:
        return True
    restricted = person.survey.restricted
    if loan.eligible_categories is None:
        return False
    if restricted is None or restricted.category not in loan.eligible_categories:
        return True
    months, done = loan.max_months_since_completion, restricted.completed_on
    if months is None or done is None:
        return False
    since = (as_of.year - done.year) * 12 + as_of.month - done.month - (as_of.day < done.day)
    return since >= months
