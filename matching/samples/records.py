"""What a set of samples holds: the contract's records, and what is declared to be true of them."""

from dataclasses import dataclass

from matching.domain.offer import Offer
from matching.domain.outcome import Judgement
from matching.domain.survey import Survey
from matching.domain.vocabulary import (
    Assertion,
    ConstraintCode,
    EmploymentStatus,
    LicenceCode,
    LicenceStatus,
    NeedCode,
    PreferenceCode,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeTruth:
    """A trade as it stands to an invented person."""

    code: str
    """VSCO unit group."""
    assertion: Assertion
    years: float | None = None
    """Years in the trade; None when the text does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceTruth:
    """A licence that an invented person's text or form tells of."""

    code: LicenceCode
    status: LicenceStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What an invented person's text is meant to say; the text is written from it, or it from the text.

    Empty lists mean that the text says nothing of the kind.
    """

    person_id: str
    trades: tuple[TradeTruth, ...] = ()
    licences: tuple[LicenceTruth, ...] = ()
    needs: tuple[NeedCode, ...] = ()
    constraints: tuple[ConstraintCode, ...] = ()
    preferences: tuple[PreferenceCode, ...] = ()
    employment_status: EmploymentStatus = EmploymentStatus.UNKNOWN
    loan_vnd: int | None = None
    loan_purpose: str | None = None
    """Unit group that the money is for; None when no loan is asked for, or its purpose is open."""
    also_right: tuple[str, ...] = ()
    """Readings that a careful reader may make or leave out: "experience:8160", "need:loan", "licence:other:expired"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """An opening that was written to break the law, so that the service can show that it is held."""

    offer_id: str
    breach: str
    """`record_slip`, `minimum_wage`, `sex_or_age`, `identity_card` or `deposit`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """Invented people and offers, how well pairs of them fit, and what is declared to be true of them."""

    surveys: tuple[Survey, ...]
    offers: tuple[Offer, ...]
    judgements: tuple[Judgement, ...] = ()
    """Grouped by person."""
    truths: tuple[Truth, ...] = ()
    """One for each survey, in the same order."""
    planted: tuple[Planted, ...] = ()
