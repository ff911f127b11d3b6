"""The three kinds of offer: openings, training programmes and loans."""

import re
from dataclasses import dataclass
from datetime import date

from matching.domain.vocabulary import (
    Borrower,
    Category,
    Contract,
    LicenceCode,
    OfferKind,
    Physical,
    RecordClause,
    Schedule,
    Support,
    WageUnit,
)

_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A job as an employer posts it; None is "the posting does not say", never no or 0."""

    offer_id: str
    title: str
    employer_id: str | None = None
    text: str = ""
    commune: str | None = None
    occupation: str | None = None
    """VSCO unit group; None: read from title and text."""
    headcount: int | None = None
    wage_min_vnd: int | None = None
    wage_max_vnd: int | None = None
    wage_unit: WageUnit = WageUnit.UNKNOWN
    hours: str | None = None
    """"HH:MM-HH:MM"; an end before the start is past midnight."""
    days_per_week: int | None = None
    nights_away_per_trip: int | None = None
    night_shift: bool | None = None
    contract: Contract | None = None
    min_years: float | None = None
    skills: tuple[str, ...] = ()
    licences_required: tuple[LicenceCode, ...] = ()
    min_schooling_grade: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    trains_on_job: bool | None = None
    housing: bool | None = None
    meals: bool | None = None
    transport_provided: bool | None = None
    physical: tuple[Physical, ...] = ()
    record_clause: RecordClause | None = None
    fair_chance_pledge: bool | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    """Last day on which a candidate may still be proposed."""

    @property
    def kind(self) -> OfferKind:
        """Always an opening."""
        return OfferKind.OPENING

    def __post_init__(self) -> None:
        if self.hours is not None and not _HOURS.fullmatch(self.hours):
            raise ValueError(f'hours [{self.hours}] must look like "07:15-16:45", or be null')
        if self.headcount is not None and self.headcount < 0:
            raise ValueError(f"headcount [{self.headcount}] must be 0 or more, or null")


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A training programme."""

    offer_id: str
    title: str
    provider_id: str | None = None
    text: str = ""
    commune: str | None = None
    occupation: str | None = None
    weeks: float | None = None
    capacity: int | None = None
    fee_vnd: int | None = None
    support: tuple[Support, ...] = ()
    entry_schooling_grade: int | None = None
    min_age: int | None = None
    schedule: Schedule | None = None
    skills_taught: tuple[str, ...] = ()
    licences_awarded: tuple[LicenceCode, ...] = ()
    certificate: str | None = None
    starts_on: date | None = None

    @property
    def kind(self) -> OfferKind:
        """Always a programme."""
        return OfferKind.PROGRAMME


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A loan scheme; a list of allowed values that is None allows everybody, an empty one nobody."""

    offer_id: str
    title: str
    lender_id: str | None = None
    purposes: tuple[str, ...] | None = None
    min_vnd: int | None = None
    max_vnd: int | None = None
    max_vnd_month: int | None = None
    """Ceiling a month of training."""
    max_term_months: int | None = None
    annual_rate_pct: float | None = None
    eligible_categories: tuple[Category, ...] | None = None
    max_months_since_completion: int | None = None
    must_be_enrolled: bool | None = None
    balance_vnd: int | None = None
    """What the fund still holds; None when the lender does not say (not "empty")."""
    communes: tuple[str, ...] | None = None
    borrower: Borrower = Borrower.PERSON
    source: str | None = None
    as_of: date | None = None

    @property
    def kind(self) -> OfferKind:
        """Always a loan."""
        return OfferKind.LOAN


Offer = Opening | Programme | Loan
