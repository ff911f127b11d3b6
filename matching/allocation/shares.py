"""No opening and no employer takes more than a share of what is given out."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.allocation.edges import Edges
from matching.pool.people import BoolArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The largest shares of all chosen pairs, above 0 to 1; None: no limit. One pair is always allowed."""

    opening: float | None = None
    employer: float | None = None

    def of(self, edges: Edges, total: int) -> Edges:
        """Return *edges* with the limits that these shares mean where *total* pairs are chosen."""
        seats, most = edges.seats, edges.most_an_employer
        if self.opening is not None:
            seats = np.minimum(seats, _part(self.opening, total))
        if self.employer is not None:
            most = _part(self.employer, total)
        return replace(edges, seats=seats, most_an_employer=most)


def within_shares(edges: Edges, shares: Shares, choose: Callable[[Edges], BoolArray]) -> BoolArray:
    """Return the choice of *choose* in which nobody has more than its share of all that is chosen, (n_edges,).

    A limit lowers the number of chosen pairs, of which it is a share; it is lowered with it until they agree. Where
    *choose* places as many as possible, no other choice that keeps the shares places more.
    """
    if shares == Shares():
        return choose(edges)
    total = len(edges)
    while True:
        chosen = choose(shares.of(edges, total))
        if chosen.sum() >= total:
            return chosen
        total = int(chosen.sum())


def _part(share: float, total: int) -> int:
    """Return the largest whole number within the share, at least 1."""
    return max(1, int(share * total + 1e-9))
