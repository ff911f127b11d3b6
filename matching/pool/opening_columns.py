"""What the fields and the text of an offer say together, as one row of columns; a field comes before the text."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from matching.domain.bits import mask, positions
from matching.domain.money import monthly
from matching.domain.offer import Loan, Opening, Programme
from matching.domain.posting import FlagRead, NumberRead, PostingRead
from matching.domain.vocabulary import Borrower, OfferKind, Physical, Support, WageUnit
from matching.errors import UnknownCodeError
from matching.extraction.postings.lint import holding
from matching.law import Law
from matching.pool.at_home import says_at_home
from matching.pool.layout import MAX_SKILLS
from matching.pool.packing import Row
from matching.pool.survey_columns import day_before, minutes
from matching.taxonomy.release import Taxonomy

NIGHT_MINUTES = 180
"""Stated hours that lie in the legal night for at least this long are night work, where the posting does not say."""

_NAN = float("nan")
_DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is needed to read an offer's row: names, law, day and how to find a commune."""

    taxonomy: Taxonomy
    law: Law
    as_of: date
    place: Callable[[str | None], int]
    barred_to_minors: Collection[str]
    """Unit groups that the law of the day closes to people under 18."""

    def occupation(self, code: str | None, offer_id: str) -> int:
        """Return the row of a unit group; raises UnknownCodeError that names the offer."""
        try:
            return self.taxonomy.occupations.row_of(code)
        except UnknownCodeError as error:
            raise UnknownCodeError(f"offer [{offer_id}]: {error}") from error


def opening_row(opening: Opening, read: PostingRead, reading: Reading) -> Row:
    """Return the columns of an opening: its own fields, then what its text was read as."""
    first = read.occupations[0].code if read.occupations else None
    code = opening.occupation if opening.occupation is not None else first
    low, high, unit = _wage(opening, read)
    start, end = _hours(opening)
    heavy = Physical.HEAVY_LIFTING in opening.physical
    licences = opening.licences_required or tuple(asked.code for asked in read.licences_required)
    faults = holding(read.law_flags)
    clause = opening.record_clause if opening.record_clause is not None else read.record_clause.value
    return {
        "kind": _code(OfferKind.OPENING),
        "place": reading.place(opening.commune),
        "occupation": reading.occupation(code, opening.offer_id),
        "barred_to_minors": heavy or code in reading.barred_to_minors,
        "seats": _known(opening.headcount),
        "opens_on": _day(opening.opens_on),
        "closes_on": _day(opening.closes_on),
        "wage_min": low,
        "wage_max": high,
        "wage_unit": _code(unit),
        "start": start,
        "end": end,
        "days_per_week": _known(opening.days_per_week),
        "nights_away": _known(opening.nights_away_per_trip),
        "night_shift": _night(opening, read, start, end, reading),
        "at_home": 1 if says_at_home(f"{opening.title}\n{opening.text}") else -1,
        "contract": -1 if opening.contract is None else _code(opening.contract),
        "min_years": _number(opening.min_years, read.min_years),
        "skills": skill_rows(opening.skills, reading.taxonomy),
        "licences_required": mask(licences),
        "min_schooling": _grade(opening.min_schooling_grade, read.min_schooling_grade),
        "min_age": _known(opening.min_age if opening.min_age is not None or not read.age else read.age.min),
        "max_age": _known(opening.max_age if opening.max_age is not None or not read.age else read.age.max),
        "trains": _flag(opening.trains_on_job, read.trains_on_job),
        "housing": _flag(opening.housing, read.housing),
        "meals": _flag(opening.meals, read.meals),
        "transport_provided": _flag(opening.transport_provided, read.transport_provided),
        "physical": mask(opening.physical),
        "record_clause": _code(clause),
        "gender_clause": _code(read.gender_clause.value),
        "pledge": _flag(opening.fair_chance_pledge, None),
        "held": bool(faults),
        "faults": (tuple(flag.rule for flag in faults), tuple(flag.text_vi for flag in faults)),
    }


def programme_row(programme: Programme, reading: Reading) -> Row:
    """Return the columns of a programme; it closes on the day before it starts."""
    support = programme.support
    return {
        "kind": _code(OfferKind.PROGRAMME),
        "place": reading.place(programme.commune),
        "occupation": reading.occupation(programme.occupation, programme.offer_id),
        "barred_to_minors": programme.occupation in reading.barred_to_minors,
        "seats": _known(programme.capacity),
        "closes_on": day_before(programme.starts_on),
        "skills": skill_rows(programme.skills_taught, reading.taxonomy),
        "licences_awarded": mask(programme.licences_awarded),
        "min_schooling": _known(programme.entry_schooling_grade),
        "min_age": _known(programme.min_age),
        "housing": 1 if Support.HOUSING in support else -1,
        "meals": 1 if Support.MEALS in support else -1,
        "weeks": _or_nan(programme.weeks),
        "fee": _or_nan(programme.fee_vnd),
        "support": mask(support),
        "schedule": -1 if programme.schedule is None else _code(programme.schedule),
    }


def loan_row(loan: Loan, reading: Reading) -> Row:
    """Return the columns of a loan; a list of allowed values that is None allows everybody, an empty one nobody."""
    categories = loan.eligible_categories
    return {
        "kind": _code(OfferKind.LOAN),
        "loan_min": _or_nan(loan.min_vnd),
        "loan_max": _or_nan(loan.max_vnd),
        "loan_max_month": _or_nan(loan.max_vnd_month),
        "loan_rate": _or_nan(loan.annual_rate_pct),
        "loan_balance": _or_nan(loan.balance_vnd),
        "loan_categories": -1 if categories is None else mask(categories),
        "loan_max_months": _known(loan.max_months_since_completion),
        "loan_enrolled": _flag(loan.must_be_enrolled, None),
        "loan_to_employer": loan.borrower is Borrower.EMPLOYER,
        "loan_communes": loan_communes(loan, reading),
        "loan_purposes": loan_purposes(loan, reading),
    }


def loan_communes(loan: Loan, reading: Reading) -> tuple[int, ...] | None:
    """Return the place rows a loan is for; None everywhere, -1 for a name that does not resolve."""
    return None if loan.communes is None else tuple(sorted({reading.place(name) for name in loan.communes}))


def loan_purposes(loan: Loan, reading: Reading) -> tuple[int, ...] | None:
    """Return the occupation rows a loan is for; None any; raises UnknownCodeError that names the offer."""
    if loan.purposes is None:
        return None
    return tuple(sorted({reading.occupation(code, loan.offer_id) for code in loan.purposes}))


def skill_rows(codes: tuple[str, ...], taxonomy: Taxonomy) -> tuple[int, ...]:
    """Return the rows of the first `MAX_SKILLS` codes that the release knows, filled up with -1."""
    known = [taxonomy.skills.row[code] for code in dict.fromkeys(codes) if code in taxonomy.skills.row][:MAX_SKILLS]
    return tuple(known) + (-1,) * (MAX_SKILLS - len(known))


def _wage(opening: Opening, read: PostingRead) -> tuple[float, float, WageUnit]:
    """Return the wage in VND a month (NaN: not comparable or not stated) and the unit it was stated in."""
    low, high, unit = opening.wage_min_vnd, opening.wage_max_vnd, opening.wage_unit
    if read.wage is not None:
        if low is None and high is None:
            low, high, unit = read.wage.min_vnd, read.wage.max_vnd, read.wage.unit
        elif unit is WageUnit.UNKNOWN:
            unit = read.wage.unit
    both = (_month(amount, unit, opening.days_per_week) for amount in (low, high))
    return *both, unit  # type: ignore[return-value]


def _month(amount: int | None, unit: WageUnit, days_per_week: int | None) -> float:
    value = None if amount is None else monthly(amount, unit, days_per_week=days_per_week)
    return _NAN if value is None else value


def _hours(opening: Opening) -> tuple[int, int]:
    if opening.hours is None:
        return -1, -1
    start, _, end = opening.hours.partition("-")
    return minutes(start), minutes(end)


def _night(opening: Opening, read: PostingRead, start: int, end: int, reading: Reading) -> int:
    """Return whether the job has night work: as said, else by its hours against the legal night."""
    said = _flag(opening.night_shift, read.night_shift)
    if said >= 0 or start < 0:
        return said
    stop = end if end > start else end + _DAY
    from_minute = int(reading.law.number("night_from_hour", reading.as_of)) * 60
    to_minute = int(reading.law.number("night_to_hour", reading.as_of)) * 60
    nights = ((from_minute - _DAY, to_minute), (from_minute, to_minute + _DAY))
    inside = sum(max(0, min(stop, last) - max(start, first)) for first, last in nights)
    return int(inside >= NIGHT_MINUTES)


def _code(member: StrEnum) -> int:
    return positions(type(member))[member]


def _day(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def _known(value: int | None) -> int:
    return -1 if value is None else value


def _or_nan(value: float | None) -> float:
    return _NAN if value is None else float(value)


def _flag(own: bool | None, read: FlagRead | None) -> int:
    if own is None:
        return -1 if read is None else int(read.value)
    return int(own)


def _number(own: float | None, read: NumberRead | None) -> float:
    if own is None:
        return _NAN if read is None else float(read.value)
    return float(own)


def _grade(own: int | None, read: NumberRead | None) -> int:
    value = _number(own, read)
    return -1 if np.isnan(value) else int(value)
