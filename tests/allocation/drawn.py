"""Small allocation problems, and the answer by trying everything."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import strategies as st

from matching.allocation import Edges
from matching.pool.people import BoolArray
from matching.ranking.additive import MICRO

PEOPLE, OFFERS, EMPLOYERS = 5, 4, 2


@st.composite
def edges(draw: st.DrawFn, *, capped: bool = False, most_edges: int = 12) -> Edges:
    """Scores of any sign with many ties, seats of any number, employers of some offers."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    cells = rng.choice(PEOPLE * OFFERS, size=draw(st.integers(0, most_edges)), replace=False)
    person, offer = np.divmod(cells, OFFERS)
    return Edges(
        person=person,
        offer=offer,
        score=rng.integers(-3, 4, len(cells)) * MICRO + rng.integers(-2, 3, len(cells)),
        seats=rng.integers(0, 4, OFFERS),
        employer=rng.integers(-1, EMPLOYERS, OFFERS),
        most_an_employer=draw(st.integers(0, 3)) if capped else None,
    )


def keeps_limits(problem: Edges, chosen: BoolArray) -> bool:
    """Nobody twice, no offer beyond its seats, no employer beyond its cap."""
    return bool((np.bincount(problem.person[chosen], minlength=1) <= 1).all()) and keeps_seats(problem, chosen)


def keeps_seats(problem: Edges, chosen: BoolArray) -> bool:
    """No offer beyond its seats, no employer beyond its cap."""
    taken = problem.taken(chosen)
    if problem.most_an_employer is not None:
        assert problem.employer is not None
        of_employer = np.bincount(problem.employer + 1, weights=taken, minlength=1)[1:]
        if (of_employer > problem.most_an_employer).any():
            return False
    return bool((taken <= problem.seats).all())


def choices(problem: Edges) -> Iterator[BoolArray]:
    """Every choice that keeps the limits."""
    options = [[-1, *np.flatnonzero(problem.person == p).tolist()] for p in np.unique(problem.person)]
    for rows in product(*options):
        chosen = np.zeros(len(problem), dtype=bool)
        chosen[[row for row in rows if row >= 0]] = True
        if keeps_limits(problem, chosen):
            yield chosen


def value(problem: Edges, chosen: BoolArray) -> tuple[int, int]:
    """How many are placed, and their total score."""
    return int(chosen.sum()), int(problem.score[chosen].sum())


def shuffled(problem: Edges, seed: int) -> tuple[Edges, BoolArray]:
    """The same pairs in another order, and that order."""
    order = np.random.default_rng(seed).permutation(len(problem))
    return Edges(
        person=problem.person[order],
        offer=problem.offer[order],
        score=problem.score[order],
        seats=problem.seats,
        employer=problem.employer,
        most_an_employer=problem.most_an_employer,
    ), order
