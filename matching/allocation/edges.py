"""Who could take which seat, as arrays: all that sharing out seats needs to know."""

from dataclasses import dataclass

import numpy as np

from matching.errors import DataError
from matching.pool.people import BoolArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Pairs of a person and an offer that would do, in any order, and how many each offer takes.

    Raises
    ------
    DataError
        Columns of different lengths, scores that are no whole numbers, or an offer that has no number of seats.
    """

    person: IntArray
    """Number of the person, (n_edges,); with `offer` each pair at most once."""
    offer: IntArray
    """Row of the offer in `seats`, (n_edges,)."""
    score: IntArray
    """Whole millionths, of any sign, (n_edges,)."""
    seats: IntArray
    """People an offer takes at most, 0 or more, (n_offers,)."""
    employer: IntArray | None = None
    """Number of the employer of each offer, -1 nobody's, (n_offers,); None: nobody's."""
    most_an_employer: int | None = None
    """People that the offers of one employer take together; None: as many as there are seats."""

    def __post_init__(self) -> None:
        if not len(self.person) == len(self.offer) == len(self.score):
            lengths = len(self.person), len(self.offer), len(self.score)
            raise DataError(f"person, offer and score have {lengths} rows; they are columns of the same pairs")
        if not np.issubdtype(self.score.dtype, np.integer):
            raise DataError(f"scores are [{self.score.dtype}]; give whole millionths, so that sums are exact")
        if len(self.offer) and not 0 <= self.offer.min() <= self.offer.max() < len(self.seats):
            raise DataError(f"an offer has no seats: rows must lie in [0, {len(self.seats)})")

    def __len__(self) -> int:
        return len(self.person)

    @property
    def n_people(self) -> int:
        """One more than the largest number of a person."""
        return int(self.person.max(initial=-1)) + 1

    def options(self) -> IntArray:
        """Return at how many offers with seats each person would do, (n_people,)."""
        return np.bincount(self.person[self.seats[self.offer] > 0], minlength=self.n_people)

    def taken(self, chosen: BoolArray) -> IntArray:
        """Return how many people each offer takes where the edges *chosen* (n_edges,) are, (n_offers,)."""
        return np.bincount(self.offer[chosen], minlength=len(self.seats))
