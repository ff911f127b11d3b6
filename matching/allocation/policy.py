"""What a coordinator may choose about an allocation."""

from dataclasses import dataclass, field
from enum import StrEnum

from matching.allocation.shares import Shares


class Mode(StrEnum):
    """What comes first once no seat is promised twice."""

    BEST = "best"
    """As many people as possible, then the largest total score."""
    STABLE = "stable"
    """Nobody and no offer would rather have each other; may place fewer people."""
    HARDEST_FIRST = "hardest-first"
    """As many people as possible, those with few options first, within a stated loss of total score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How seats are shared; the defaults are the plain allocation."""

    mode: Mode = Mode.BEST
    largest_loss: float = 0.01
    """Of the total score, as a share; only where people who are hard to place come first."""
    shares: Shares = field(default_factory=Shares)
    options: int = 0
    """Live options that everybody is to keep, their own seat among them; 0: none are looked for."""
    people_a_seat: int = 3
    """An offer is a live option of at most this many people a seat."""
    shortlist: int = 10
    """Length of the lists of single persons that congestion is compared with."""


PLAIN = Policy()
"""As many people as possible, then the largest total score, and nothing else."""
