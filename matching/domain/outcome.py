"""What is known afterwards about a pair, from which models learn: a judged grade, or what became of a referral."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.domain.referral import PATH, DeclinedBy, ReferralStatus

MAX_GRADE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How well one offer fits one person, as somebody judged it."""

    person_id: str
    offer_id: str
    grade: int
    """0 must not be proposed or does not fit, 1 possible, 2 good, 3 exactly right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one referral, of somebody who is only a number (`docs/decisions/0019`)."""

    person: str
    """Tells which outcomes are one person's, within one export only."""
    grade: int
    """As by `grade_of`."""
    features: Mapping[str, float]
    """What a model may see of the pair on the day it was put forward, rounded down to the steps of the stated prior;
    what is unknown is left out."""

    def __post_init__(self) -> None:
        if not 0 <= self.grade <= MAX_GRADE:
            raise ValueError(f"grade [{self.grade}] must be 0, 1, 2 or {MAX_GRADE}")


S = ReferralStatus

_REACHED = {S.STARTED: 2, S.KEPT_30D: 2, S.KEPT_90D: 3, S.KEPT_180D: 3, S.KEPT_365D: 3}
"""The grade of having come so far, whatever followed."""


def grade_of(steps: Sequence[ReferralStatus], declined_by: DeclinedBy | None = None) -> int | None:
    """Return how well an offer fitted, by what became of the referral; None while that says nothing.

    3 kept for 90 days, 2 begun, 1 met and then declined, 0 declined unmet by the person or the officer. A maker who
    declines somebody they have not met tells of themselves, not of the fit; who withdrew or was not heard of tells
    nothing.

    Parameters
    ----------
    steps : sequence of ReferralStatus
        Every step, oldest first.
    declined_by : DeclinedBy or None
        Who said no, if the last step is `declined`.

    >>> grade_of([S.PROPOSED, S.AGREED, S.SENT, S.STARTED, S.DECLINED], DeclinedBy.PERSON)
    2
    >>> grade_of([S.PROPOSED, S.AGREED, S.SENT, S.DECLINED], DeclinedBy.MAKER) is None
    True
    """
    farthest = max((step for step in steps if step in PATH), key=PATH.index, default=S.PROPOSED)
    if farthest in _REACHED:
        return _REACHED[farthest]
    if not steps or steps[-1] is not S.DECLINED:
        return None
    if farthest is S.INTERVIEW:
        return 1
    return None if declined_by in (None, DeclinedBy.MAKER) else 0
