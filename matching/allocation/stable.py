"""Seats given so that nobody has a better place waiting: no blocking pair."""

import numpy as np

from matching.allocation.edges import Edges
from matching.pool.people import BoolArray


def stable(edges: Edges) -> BoolArray:
    """Return which edges are chosen, (n_edges,), such that no other pair would rather have each other.

    Person and offer rank each other by the score of their pair, so deferred acceptance needs no refusals: the best
    pair of all is everybody's first choice and never given up, then the best of what is left. Equal scores stand in
    the order of person and offer, which makes the stable choice unique. A pair that is not chosen meets a side that is
    full (the person, the offer, or an employer that has its share) of pairs that rank before it.
    """
    employer = np.full(len(edges.seats), -1) if edges.employer is None else edges.employer
    n_employers = int(employer.max(initial=-1)) + 1
    most = len(edges) if edges.most_an_employer is None else edges.most_an_employer
    free, seats = [True] * edges.n_people, edges.seats.tolist()
    room = [most] * n_employers + [len(edges)]  # offers of nobody, -1, share the last place, which never fills
    order = np.lexsort((edges.offer, edges.person, -edges.score))
    columns = (order, edges.person[order], edges.offer[order], employer[edges.offer[order]])
    chosen = np.zeros(len(edges), dtype=bool)
    for edge, person, offer, owner in zip(*(column.tolist() for column in columns), strict=True):
        if free[person] and seats[offer] and room[owner]:
            free[person] = False
            seats[offer] -= 1
            room[owner] -= 1
            chosen[edge] = True
    return chosen
