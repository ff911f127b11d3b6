"""What the recommender answers: matches with reasons, and verdicts on what was left out."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

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


StepKind = Literal["programme", "licence", "vehicle", "document", "loan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something a person could do that may open offers which are barred today."""

    kind: StepKind
    offer_id: str | None = None
    """The programme or the loan."""
    code: str | None = None
    """The licence or the document."""
    weeks: float | None = None
    """How long it takes, nothing where it runs beside the step it pays for; None unknown."""
    cost_vnd: int | None = None
    """What the person pays: nothing where the tuition is paid for them, nor for a loan; None unknown."""
    support: tuple[str, ...] = ()
    """What is paid for learners."""
    funded_by: tuple[str, ...] = ()
    """Loans that the person could take for it, once it is begun."""
    alike: tuple[str, ...] = ()
    """Other programmes that give this person the same, or other loans that would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """What a programme, a licence or a vehicle, or two of these together, would open that is barred today."""

    offer_id: str
    """The programme, or the code of the licence, of the first step; "vehicle" for a vehicle."""
    opens: tuple[str, ...]
    """Offers that open, by id: the first ones."""
    text_vi: str
    text_en: str
    more: int = 0
    """Offers that open beside those listed."""
    weeks: float | None = None
    cost_vnd: int | None = None
    """Of all steps together; None when any is unknown."""
    steps: tuple[Step, ...] = ()

    @property
    def count(self) -> int:
        """How many offers open."""
        return len(self.opens) + self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something the survey does not say that would make the answer better."""

    field: str
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What is open to one person today, and what a licence, a vehicle or two steps would add."""

    open_today: dict[str, int]
    """Offers within reach that pass every rule, by kind."""
    paths: tuple[Unlock, ...]
    """Licences, a vehicle, and paths of two steps, what opens most first; single programmes are `unlocks`.

    A step that waits for an identity card stands behind it, one that costs money which is short stands behind a loan.
    """
    paths_not_listed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFixAway:
    """An offer that is barred today and that one fix alone would open."""

    offer_id: str
    kind: OfferKind
    score: float
    """What the pair would score."""
    rule: str
    fix: Fix
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlmostEligible:
    """The offers that are one fix away, best first, and how many more there are."""

    almost: tuple[OneFixAway, ...]
    almost_not_listed: int


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
    """Programmes that would open offers, what opens most first."""
    unlocks_not_listed: int = 0
    missing: tuple[Missing, ...] = ()
    ways: Ways | None = None
    almost: AlmostEligible | None = None
    """None when these were not asked for."""
