"""How unevenly offers are shown and filled."""

from dataclasses import dataclass

import numpy as np

from matching.allocation.edges import Edges
from matching.pool.people import BoolArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Congestion:
    """How people crowd at offers; only offers with seats that somebody would do for are counted."""

    most: int
    """People at the offer that has most of them."""
    most_a_seat: float
    """People a seat, where that is highest."""
    gini: float
    """0 every offer has as many people as any other, towards 1 a few have them all."""
    without: int
    """Offers with nobody."""


def congestion(edges: Edges, chosen: BoolArray) -> Congestion:
    """Return how unevenly the people of the edges *chosen* (n_edges,) stand at the offers of all edges."""
    counted = np.unique(edges.offer[edges.seats[edges.offer] > 0])
    people = edges.taken(chosen)[counted]
    return Congestion(
        most=int(people.max(initial=0)),
        most_a_seat=float((people / edges.seats[counted]).max(initial=0.0)),
        gini=gini(people),
        without=int((people == 0).sum()),
    )


def top_of(edges: Edges, k: int) -> BoolArray:
    """Return which edges are among the best *k* of their person, (n_edges,); equal scores in the order of offers.

    This is what everybody is shown who is looked at alone.
    """
    order = np.lexsort((edges.offer, -edges.score, edges.person))
    person = edges.person[order]
    rank = np.arange(len(person)) - np.searchsorted(person, person)
    best = np.zeros(len(person), dtype=bool)
    best[order] = rank < k
    return best


def gini(amounts: IntArray) -> float:
    """Return Gini's coefficient of *amounts* (n,), 0 or more each; 0 where there is nothing.

    >>> gini(np.array([5, 5, 5])), gini(np.array([0, 0, 0, 12]))
    (0.0, 0.75)
    """
    total = int(amounts.sum())
    if not total:
        return 0.0
    n = len(amounts)
    place = 2 * np.arange(1, n + 1) - n - 1
    return int((place * np.sort(amounts)).sum()) / (n * total)
