"""What an allocation answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from matching.allocation.congestion import Congestion
from matching.domain.match import Fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One person in one seat."""

    person_id: str
    offer_id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The smallest change that would create a match."""

    person_id: str
    offer_id: str
    fixes: tuple[Fix, ...]
    """All of them are needed; () where only a share that was asked for stands between them."""
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedPerson:
    """Somebody without a seat."""

    person_id: str
    change: Change | None
    """None: no small change is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyOffer:
    """An opening or programme with seats, where nobody was placed."""

    offer_id: str
    change: Change | None
    """Of somebody who has no seat elsewhere; None: no small change is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The live options of one person: offers that fit, and to which not too many people are sent."""

    person_id: str
    offer_ids: tuple[str, ...]
    """The person's own seat first, then best first."""
    text_vi: str | None
    text_en: str | None
    """Why there are fewer than asked for; None when there are as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """Who gets which seat, and what is left over, each in the order of ids."""

    placements: tuple[Placement, ...]
    unmatched_people: tuple[UnmatchedPerson, ...]
    empty_offers: tuple[EmptyOffer, ...]
    total: float
    """Sum of the scores of the placements."""
    best_placed: int
    """People that the best allocation within the same shares places."""
    best_total: float
    """Sum of the scores of that allocation."""
    options: tuple[Options, ...] = ()
    """One a person where options were asked for."""
    congestion: Mapping[str, Congestion] = field(default_factory=dict)
    """Of "shortlists" (everybody's best alone), "allocation", and "options" where they were asked for."""
