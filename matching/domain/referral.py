"""A referral: one person put forward for one offer, step by step, with what became of it.

    proposed ──► agreed ──► sent ──► seen ──► interview ──► started ──► kept_30d ──► kept_90d ──► ...
       ▲           │          └────────┴─────────────────────►
       └─ parked ◄─┘                     declined, withdrawn, obsolete or expired end it

Nothing of a person is told to whoever makes the offer before `sent`; from then on a seat is theirs until it ends.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from matching.domain.offer import Offer, Opening, Programme


class ReferralStatus(StrEnum):
    """How far a referral has come."""

    PROPOSED = "proposed"
    """Somebody put it forward: the officer, or the employer who asked for an introduction."""
    AGREED = "agreed"
    """The person said yes, and that is written down."""
    SENT = "sent"
    """The officer said yes: the maker of the offer may know who it is."""
    SEEN = "seen"
    INTERVIEW = "interview"
    STARTED = "started"
    """Work or training began, or the loan was paid out."""
    KEPT_30D = "kept_30d"
    KEPT_90D = "kept_90d"
    KEPT_180D = "kept_180d"
    KEPT_365D = "kept_365d"
    PARKED = "parked"
    """Nothing happens until a day."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """The person took their yes back, or left."""
    OBSOLETE = "obsolete"
    """The offer closed before the person was sent."""
    EXPIRED = "expired"
    """Nothing was heard for too long."""


class DeclinedBy(StrEnum):
    """Who said no."""

    PERSON = "person"
    OFFICER = "officer"
    MAKER = "maker"
    """The employer, provider or lender whose offer it is."""


class ConsentForm(StrEnum):
    """How a person said yes."""

    SPOKEN = "spoken"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person's yes to one offer, as the officer wrote it down."""

    given_on: date
    form: ConsentForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What a person lets the maker of one offer know; it is forgotten when the referral ends."""

    name: str | None = None
    contact: str | None = None
    """A telephone number or a place to meet; None: by way of the officer."""


S = ReferralStatus

PATH = (
    S.PROPOSED, S.AGREED, S.SENT, S.SEEN, S.INTERVIEW, S.STARTED, S.KEPT_30D, S.KEPT_90D, S.KEPT_180D, S.KEPT_365D,
)  # fmt: skip
"""The way that a referral hopes to go."""

ENDS = frozenset({S.DECLINED, S.WITHDRAWN, S.OBSOLETE, S.EXPIRED})
"""From here nothing follows."""

HOLDS_SEAT = frozenset(PATH[PATH.index(S.SENT) :])
"""A seat is this person's, and the maker of the offer may know what the person shares."""

BY_ITSELF = frozenset({S.OBSOLETE, S.EXPIRED})
"""Steps that only the service makes."""

KEPT_DAYS = {S.KEPT_30D: 30, S.KEPT_90D: 90, S.KEPT_180D: 180, S.KEPT_365D: 365}
"""Days that must have passed since the start."""

NOT_SENT = frozenset({S.PROPOSED, S.AGREED, S.PARKED})
"""It stands, and the maker of the offer does not know who it is."""

_SAID_NO = {S.DECLINED, S.WITHDRAWN}
_WAITING = _SAID_NO | BY_ITSELF

STEPS = {
    S.PROPOSED: frozenset({S.AGREED, S.PARKED} | _WAITING),
    S.AGREED: frozenset({S.SENT, S.PARKED} | _WAITING),
    S.PARKED: frozenset({S.PROPOSED, S.AGREED, S.PARKED} | _WAITING),
    S.SENT: frozenset({S.SEEN, S.INTERVIEW, S.STARTED, S.EXPIRED} | _SAID_NO),
    S.SEEN: frozenset({S.INTERVIEW, S.STARTED, S.EXPIRED} | _SAID_NO),
    S.INTERVIEW: frozenset({S.STARTED} | _SAID_NO),
    S.STARTED: frozenset({S.KEPT_30D} | _SAID_NO),
    S.KEPT_30D: frozenset({S.KEPT_90D} | _SAID_NO),
    S.KEPT_90D: frozenset({S.KEPT_180D} | _SAID_NO),
    S.KEPT_180D: frozenset({S.KEPT_365D} | _SAID_NO),
    S.KEPT_365D: frozenset({S.WITHDRAWN}),
    **dict.fromkeys(ENDS, frozenset[S]()),
}
"""What may follow each status; there are no other steps."""

EXPIRES_AFTER_DAYS = 60
"""Days without a step after which what waits for somebody's word expires."""


def next_by_hand(status: ReferralStatus) -> tuple[ReferralStatus, ...]:
    """Return the steps that an officer may make from *status*, in the order of the statuses.

    >>> [step.value for step in next_by_hand(ReferralStatus.INTERVIEW)]
    ['started', 'declined', 'withdrawn']
    """
    return tuple(step for step in ReferralStatus if step in STEPS[status] - BY_ITSELF)


def seats_left(offer: Offer, *, taken: int) -> int | None:
    """Return how many seats of an offer nobody holds; None for loans, which have none.

    An opening or programme that does not say how many it has is taken to have one, as `matching.rules.seats` does.
    """
    if isinstance(offer, Opening):
        seats = offer.headcount
    elif isinstance(offer, Programme):
        seats = offer.capacity
    else:
        return None
    return max(0, (1 if seats is None else int(seats)) - taken)


def with_seats_left(offer: Offer, *, taken: int) -> Offer:
    """Return an offer that has only the seats that nobody holds; a loan as it is."""
    left = seats_left(offer, taken=taken)
    if isinstance(offer, Opening):
        return replace(offer, headcount=left)
    return replace(offer, capacity=left) if isinstance(offer, Programme) else offer
