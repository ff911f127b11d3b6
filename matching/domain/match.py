"""What the recommender answers: matches with reasons, and verdicts on what was left out."""

from dataclasses import dataclass
from datetime import date

from matching.domain.vocabulary import FixKind, OfferKind

Plain = str | int | float | bool | None | tuple[str, ...]
"""What a rule wanted and what was offered, as plain values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One contribution to the score, and the sentence that says it."""

    feature: str
    contribution: float
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What would make a failing rule pass."""

    kind: FixKind
    offer_id: str | None = None
    """The programme or loan that would help."""
    code: str | None = None
    """Licence or paper that is missing."""
    on: date | None = None
    """The day from which the rule passes by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Why one rule keeps one person from one offer."""

    rule: str
    wanted: Plain
    """What the person has or needs."""
    offered: Plain
    """What the offer has or asks."""
    text_vi: str
    text_en: str
    fix: Fix | None = None
    source: str | None = None
    """The law or decision the rule follows; None when it follows the person's own words."""

    @property
    def fixable(self) -> bool:
        """Whether anything known would make the rule pass."""
        return self.fix is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """Something to settle before a shown match can work; it excludes nothing by itself."""

    rule: str
    text_vi: str
    text_en: str
    fix: Fix | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One proposal, with why it stands where it stands."""

    rank: int
    person_id: str
    offer_id: str
    kind: OfferKind
    score: float
    reasons: tuple[Reason, ...]
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A pair that failed, with every failing rule."""

    person_id: str
    offer_id: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """A programme or paper that would open offers which are barred today."""

    offer_id: str
    opens: tuple[str, ...]
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something the survey does not say that would make the answer better."""

    field: str
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The answer for one person (or one offer): matches, and the whole rest of the pool accounted for.

    ``len(matches) + not_shown + (len(excluded) or excluded_count) + not_near + not_judged`` is the pool's size.
    """

    subject_id: str
    as_of: date
    model: str
    matches: tuple[Match, ...]
    not_shown: int
    excluded: tuple[Exclusion, ...]
    excluded_count: int
    not_near: int
    not_judged: int = 0
    unlocks: tuple[Unlock, ...] = ()
    missing: tuple[Missing, ...] = ()
