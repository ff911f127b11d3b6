"""What the extractor makes of an opening; spans count in its title and text, joined by one newline."""

from dataclasses import dataclass

from matching.domain.profile import Span
from matching.domain.vocabulary import GenderClause, LicenceCode, RecordClause, WageUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingOccupation:
    """A unit group the posting may be for; the best comes first."""

    code: str
    confidence: float
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class WageRead:
    """A wage as the posting states it; a bound that is not stated is None."""

    min_vnd: int | None
    max_vnd: int | None
    unit: WageUnit
    negotiable: bool
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRead:
    """Ages asked for, both inclusive; None is an open end."""

    min: int | None
    max: int | None
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRead:
    """A number and where it stands."""

    value: float
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRead:
    """A yes or no and where it stands."""

    value: bool
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class GenderClauseRead:
    """Always present: NONE without evidence when the posting says nothing."""

    value: GenderClause = GenderClause.NONE
    evidence: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClauseRead:
    """Always present: NONE without evidence when the posting says nothing."""

    value: RecordClause = RecordClause.NONE
    evidence: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceAsked:
    """A licence that is required, not merely preferred."""

    code: LicenceCode
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFlag:
    """A sentence of the posting that the law does not allow."""

    rule: str
    text_vi: str
    evidence: Span | None = None
    """None when the fault is in a field, not in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRead:
    """A posting, read; None is "the posting does not say"."""

    offer_id: str
    occupations: tuple[PostingOccupation, ...] = ()
    wage: WageRead | None = None
    age: AgeRead | None = None
    gender_clause: GenderClauseRead = GenderClauseRead()
    min_years: NumberRead | None = None
    licences_required: tuple[LicenceAsked, ...] = ()
    min_schooling_grade: NumberRead | None = None
    night_shift: FlagRead | None = None
    rotating_shifts: FlagRead | None = None
    hours_per_day: NumberRead | None = None
    housing: FlagRead | None = None
    meals: FlagRead | None = None
    transport_provided: FlagRead | None = None
    trains_on_job: FlagRead | None = None
    record_clause: RecordClauseRead = RecordClauseRead()
    deposit_asked: FlagRead | None = None
    law_flags: tuple[LawFlag, ...] = ()
