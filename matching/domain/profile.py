"""What the extractor makes of one survey; every fact in a list carries the span it was read from."""

from dataclasses import dataclass, field

from matching.domain.vocabulary import (
    Assertion,
    ConstraintCode,
    EmploymentStatus,
    LicenceCode,
    LicenceStatus,
    NeedCode,
    PreferenceCode,
    RedactionKind,
)

Span = tuple[int, int]
"""Half-open [start, end) in Unicode code points of the text as given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationMention:
    """A trade (VSCO unit group) and how it stands to the person."""

    code: str
    assertion: Assertion
    evidence: Span
    years: float | None = None
    """Years in the trade; None when the text does not say."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillMention:
    """Something the person can do."""

    code: str
    evidence: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceMention:
    """A licence and whether it is valid today."""

    code: LicenceCode
    status: LicenceStatus
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedMention:
    """Something the person asks for."""

    code: NeedCode
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintMention:
    """Something that limits the person."""

    code: ConstraintCode
    evidence: Span
    time: str | None = None
    """"HH:MM" of `not_before` and `not_after`, or of an appointment; None when the text gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferenceMention:
    """Something the person would like."""

    code: PreferenceCode
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanWish:
    """The loan a person asks for."""

    evidence: Span
    amount_vnd: int | None = None
    """Principal; None when no sum is named."""
    purpose: str | None = None
    """Unit group of the work the money is for; None when the text does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A stretch of text that others must not read."""

    kind: RedactionKind
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A reading that the text leaves open: the officer is asked, nothing is guessed."""

    evidence: Span
    candidates: tuple[str, ...]
    ask_vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Facts read from one survey; empty lists mean that nothing was found, never "no"."""

    person_id: str
    employment_status: EmploymentStatus = EmploymentStatus.UNKNOWN
    occupations: tuple[OccupationMention, ...] = ()
    skills: tuple[SkillMention, ...] = ()
    licences: tuple[LicenceMention, ...] = ()
    needs: tuple[NeedMention, ...] = ()
    loan: LoanWish | None = None
    constraints: tuple[ConstraintMention, ...] = ()
    preferences: tuple[PreferenceMention, ...] = ()
    schooling_grade: int | None = None
    age_stated: int | None = None
    redactions: tuple[Redaction, ...] = ()
    questions: tuple[Question, ...] = field(default=())
