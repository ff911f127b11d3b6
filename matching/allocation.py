"""Seats shared among many people: as many placed as possible, then the largest total score, never a seat twice.

Openings and programmes have seats, loans have none. An offer that does not say how many seats it has counts as one.
The engine is scipy: a maximum flow gives how many can be placed, a linear programme (HiGHS) which placement of that
many scores most. Its matrix is totally unimodular, so its vertices are whole placements; costs are whole millionths,
so an optimum is exact. Edges enter it as prices call for them, until no pair that is left out could improve it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import maximum_flow

from matching.domain.bits import positions
from matching.domain.match import Fix
from matching.domain.vocabulary import FixKind, OfferKind
from matching.errors import MatchingError
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.ranking.additive import MICRO, AdditiveModel
from matching.rules import failing, why_not
from matching.search import Searcher

SEATS_UNSAID = 1
"""Seats of an offer that does not say how many it has."""

MOST_FIXES = 2
"""A change of more fixes than this is not called small."""

_EDGES_A_PERSON = 20
"""Best pairs of each person that the linear programme starts with, and most that one round of prices adds."""

_LOAN = positions(OfferKind)[OfferKind.LOAN]


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
    """All of them are needed."""
    text_vi: str
    text_en: str


_Waiting = tuple[int, int, int, Change | tuple[Pairs, int, BoolArray]]
"""Fixes at least needed, person, offer (no two alike), and the change or what it is made from."""


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
class Allocation:
    """Who gets which seat, and what is left over, each in the order of ids."""

    placements: tuple[Placement, ...]
    unmatched_people: tuple[UnmatchedPerson, ...]
    empty_offers: tuple[EmptyOffer, ...]
    total: float
    """Sum of the scores of the placements."""


def allocate(people: People, offers: Offers, model: AdditiveModel, *, as_of: date) -> Allocation:
    """Return the best placement of people within reach into seats: most people first, then the largest total score.

    Exact and, up to equal optima of one version of the solver, independent of the order of rows.
    """
    people = people.take(np.array(sorted(range(len(people)), key=people.ids.__getitem__), dtype=np.int64))
    offers = offers.take(np.array(sorted(range(len(offers)), key=offers.ids.__getitem__), dtype=np.int64))
    searcher = Searcher(people, offers, model, per="person", as_of=as_of.toordinal())
    seats = np.where(offers.seats[:] < 0, SEATS_UNSAID, offers.seats[:]) * (offers.kind != _LOAN)
    pairs, score = _candidates(searcher, seats)
    chosen = assign(pairs.person, pairs.offer, score, seats)
    placed = np.zeros(len(people), dtype=bool)
    placed[pairs.person[chosen]] = True
    left = seats - np.bincount(pairs.offer[chosen], minlength=len(offers))
    of_person, of_offer = _changes(searcher, np.flatnonzero(~placed), left)
    more = _one_more_seat(pairs, score, ~placed)
    taken = np.unique(pairs.offer[chosen])
    empty = np.setdiff1d(np.flatnonzero(seats > 0), taken)
    return Allocation(
        placements=tuple(
            Placement(
                person_id=people.ids[pairs.person[row]],
                offer_id=offers.ids[pairs.offer[row]],
                score=int(score[row]) / MICRO,
            )
            for row in np.flatnonzero(chosen).tolist()
        ),
        unmatched_people=tuple(
            UnmatchedPerson(person_id=people.ids[row], change=more.get(row, of_person.get(row)))
            for row in np.flatnonzero(~placed).tolist()
        ),
        empty_offers=tuple(EmptyOffer(offer_id=offers.ids[row], change=of_offer.get(row)) for row in empty.tolist()),
        total=int(score[chosen].sum()) / MICRO,
    )


def assign(person: IntArray, offer: IntArray, score: IntArray, seats: IntArray) -> BoolArray:
    """Return which pairs are chosen, (n_pairs,): most pairs first, then the largest sum of scores.

    Parameters
    ----------
    person, offer : int (n_pairs,)
        Each pair at most once; a person is chosen at most once, an offer at most *seats* times.
    score : int64 (n_pairs,)
        Whole millionths.
    seats : int (n_offers,)
        By offer.

    Raises
    ------
    MatchingError
        The solver did not find an optimum; its message is passed on.
    """
    chosen = np.zeros(len(person), dtype=bool)
    if not len(person):
        return chosen
    flow = _largest_flow(person, offer, seats)
    used = flow | (_rank_by_score(person, score) < _EDGES_A_PERSON)
    while True:
        edges = np.flatnonzero(used)
        amounts, reduced = _solved(person, offer, score, seats, edges, int(flow.sum()))
        missing = ~used & (reduced < -0.5)
        if not missing.any():
            chosen[edges[amounts > 0.5]] = True
            return chosen
        gain = np.where(missing, -np.rint(reduced), -1).astype(np.int64)
        used |= missing & (_rank_by_score(person, gain) < _EDGES_A_PERSON)


def _candidates(searcher: Searcher, seats: IntArray) -> tuple[Pairs, IntArray]:
    """Return every pair within reach that passes all rules and has a seat, with its score, by person and offer."""
    pieces: list[tuple[IntArray, IntArray, IntArray]] = [(np.zeros(0, np.int64),) * 3]
    for pairs, score in searcher.passing(np.arange(len(searcher.people))):
        kept = seats[pairs.offer] > 0
        pieces.append((pairs.person[kept], pairs.offer[kept], score[kept]))
    person, offer, score = (np.concatenate(column) for column in zip(*pieces, strict=True))
    order = np.lexsort((offer, person))
    pairs = Pairs(
        people=searcher.people,
        offers=searcher.offers,
        person=person[order],
        offer=offer[order],
        as_of=searcher.as_of,
    )
    return pairs, score[order]


def _rank_by_score(person: IntArray, score: IntArray) -> IntArray:
    """Return the position of each pair among its person's, best first."""
    order = np.lexsort((np.arange(len(person)), -score, person))
    starts = np.searchsorted(person[order], person[order])
    rank = np.empty(len(person), dtype=np.int64)
    rank[order] = np.arange(len(person)) - starts
    return rank


def _largest_flow(person: IntArray, offer: IntArray, seats: IntArray) -> BoolArray:
    """Return a choice of as many pairs as possible, (n_pairs,)."""
    n_people, n_offers = int(person.max()) + 1, len(seats)
    source, sink = n_people + n_offers, n_people + n_offers + 1
    have = np.unique(person)
    open_ = np.flatnonzero(seats > 0)
    tails = np.concatenate((np.full(len(have), source), person, n_people + open_))
    heads = np.concatenate((have, n_people + offer, np.full(len(open_), sink)))
    capacity = np.concatenate((np.ones(len(have) + len(person)), seats[open_])).astype(np.int32)
    graph = csr_array(coo_array((capacity, (tails, heads)), shape=(sink + 1, sink + 1)))
    flow = csr_array(maximum_flow(graph, source, sink).flow)
    return np.asarray(flow[person, n_people + offer]).reshape(-1) > 0


def _solved(
    person: IntArray, offer: IntArray, score: IntArray, seats: IntArray, edges: IntArray, count: int
) -> tuple[FloatArray, FloatArray]:
    """Return how much of each of *edges* is chosen, and what each pair costs at the prices found, (n_pairs,).

    A cost below zero means that the pair could improve the placement.
    """
    n_people, n_offers, n = int(person.max()) + 1, len(seats), len(edges)
    rows = np.concatenate((person[edges], n_people + offer[edges]))
    limits: Any = csr_array((np.ones(2 * n), (rows, np.tile(np.arange(n), 2))), shape=(n_people + n_offers, n))
    total: Any = csr_array(np.ones((1, n)))
    found: Any = linprog(
        -score[edges].astype(np.float64),
        A_ub=limits,
        b_ub=np.concatenate((np.ones(n_people), seats)),
        A_eq=total,
        b_eq=[count],
        bounds=(0, None),
        method="highs-ds",
    )
    if found.status != 0:
        raise MatchingError(f"the seats could not be shared out: {found.message}")
    price = found.ineqlin.marginals
    reduced = -score - price[person] - price[n_people + offer] - found.eqlin.marginals[0]
    return found.x, reduced


def _one_more_seat(pairs: Pairs, score: IntArray, unplaced: BoolArray) -> dict[int, Change]:
    """Return, for people who pass somewhere where every seat is taken, the offer that fits best."""
    changes: dict[int, Change] = {}
    rows = np.flatnonzero(unplaced[pairs.person])
    for row in rows[np.lexsort((pairs.offer[rows], -score[rows]))].tolist():
        person, record = int(pairs.person[row]), pairs.offers.records[pairs.offer[row]]
        if person not in changes:
            changes[person] = Change(
                person_id=pairs.people.ids[person],
                offer_id=record.offer_id,
                fixes=(Fix(kind=FixKind.ASK_EMPLOYER),),
                text_vi=f"Hợp với “{record.title}” nhưng đã hết chỗ: hỏi xem có nhận thêm một người không.",
                text_en=f"Fits “{record.title}”, where every seat is taken: ask for one more.",
            )
    return changes


def _changes(searcher: Searcher, unplaced: IntArray, left: IntArray) -> tuple[dict[int, Change], dict[int, Change]]:
    """Return the smallest change by person and by offer, over people without and offers with a seat to spare.

    Fewest fixes first, then the order of ids; only changes whose every verdict has a fix count.
    """
    of_person: dict[int, Change] = {}
    of_offer: dict[int, Change] = {}
    waiting: list[_Waiting] = list(_nearly(searcher, unplaced, left))
    heapify(waiting)
    while waiting:
        size, person, offer, found = heappop(waiting)
        if person in of_person and offer in of_offer:
            continue
        change = found if isinstance(found, Change) else _change(*found)
        if change is not None and len(change.fixes) > size:
            heappush(waiting, (len(change.fixes), person, offer, change))
        elif change is not None:
            of_person.setdefault(person, change)
            of_offer.setdefault(offer, change)
    return of_person, of_offer


def _nearly(searcher: Searcher, unplaced: IntArray, left: IntArray) -> Iterator[_Waiting]:
    """Yield pairs that fail at most `MOST_FIXES` rules, at offers with a seat to spare."""
    for pairs in searcher.failing(unplaced):
        failed = failing(pairs)
        count = failed.sum(axis=1)
        for row in np.flatnonzero((count <= MOST_FIXES) & (left[pairs.offer] > 0)).tolist():
            yield int(count[row]), int(pairs.person[row]), int(pairs.offer[row]), (pairs, row, failed[row])


def _change(pairs: Pairs, row: int, failed: BoolArray) -> Change | None:
    verdicts = why_not(pairs, row, failed)
    fixes = tuple(verdict.fix for verdict in verdicts if verdict.fix is not None)
    if len(fixes) < len(verdicts) or len(fixes) > MOST_FIXES:
        return None
    return Change(
        person_id=pairs.people.ids[pairs.person[row]],
        offer_id=pairs.offers.ids[pairs.offer[row]],
        fixes=fixes,
        text_vi=" ".join(verdict.text_vi for verdict in verdicts),
        text_en=" ".join(verdict.text_en for verdict in verdicts),
    )
