"""One survey form, as an officer filled it in."""

from dataclasses import dataclass
from datetime import date

from matching.domain.vocabulary import Category, LicenceCode, LicenceStatus, Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLicence:
    """A licence ticked on the form."""

    code: LicenceCode
    status: LicenceStatus
    expires_on: date | None = None
    """Last day of validity; None when the form does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtBar:
    """Occupations a court closes until a day; why is never stored."""

    occupations: tuple[str, ...]
    until: date
    """First day on which the work is open again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restricted:
    """What only loan rules may read; never a feature, never shown to an employer."""

    category: Category
    completed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One completed survey form; its free text is kept exactly as typed."""

    person_id: str
    text: str
    surveyed_on: date
    commune: str | None = None
    """As written: old or new unit, any spelling."""
    birth_year: int | None = None
    transport: Transport | None = None
    """None when nobody asked, which is not "on foot"."""
    max_commute_km: float | None = None
    """The person's own limit; None when the box was left empty, which is not "no limit"."""
    wage_floor_vnd_month: float | None = None
    licences: tuple[HeldLicence, ...] = ()
    schooling_grade: int | None = None
    """Last school grade finished, 0 to 12."""
    court_bars: tuple[CourtBar, ...] = ()
    agreed_to_be_shown: bool = False
    """Whether employers may see the person's card."""
    restricted: Restricted | None = None

    def __post_init__(self) -> None:
        if self.schooling_grade is not None and not 0 <= self.schooling_grade <= 12:
            raise ValueError(f"schooling_grade [{self.schooling_grade}] must be a grade from 0 to 12, or null")
        if self.max_commute_km is not None and not 0 <= self.max_commute_km <= 5000:
            raise ValueError(f"max_commute_km [{self.max_commute_km}] must be between 0 and 5000 km, or null")
        if self.birth_year is not None and not 1900 <= self.birth_year <= 2100:
            raise ValueError(f"birth_year [{self.birth_year}] must be a year from 1900, or null")
        if self.wage_floor_vnd_month is not None and not 0 <= self.wage_floor_vnd_month <= 10**10:
            raise ValueError(f"wage_floor_vnd_month [{self.wage_floor_vnd_month}] must be a sum in VND, or null")
