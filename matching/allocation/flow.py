"""Exact sharing: one minimum-cost flow from people through offers (and their employers), solved by OR-tools.

    source ──slots──► person ──edges──► offer ──seats──► [employer ──cap──►] sink

Costs are whole millionths, so an optimum is exact. Edges enter the solver by person and offer, so the answer does not
depend on their order; which of several equal optima it is, the pinned version of the solver decides.
"""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matching.allocation.edges import Edges
from matching.errors import MatchingError
from matching.pool.people import BoolArray, IntArray


def assign(edges: Edges, *, bonus: IntArray | None = None) -> BoolArray:
    """Return which edges are chosen, (n_edges,): most people first, then the largest sum of scores.

    Nobody is chosen twice, no offer (and no employer) more often than it takes.

    Parameters
    ----------
    bonus : int64 (n_people,) or None
        Added to whatever score a person is placed with, in millionths; None: nothing.

    Raises
    ------
    MatchingError
        Scores or bonuses too large to be added up exactly for so many people.
    """
    slots = np.arange(edges.n_people)
    cost = np.zeros(len(slots), dtype=np.int64) if bonus is None else -bonus
    return _cheapest_flow(edges, slots, cost)


def spread(edges: Edges, *, have: IntArray, floor: int) -> BoolArray:
    """Return which edges are chosen, (n_edges,), so that people come as near as possible to *floor* of them.

    As many as possible, as evenly as possible (nobody gets one more where somebody with fewer could have had it), then
    the largest sum of scores.

    Parameters
    ----------
    have : int (n_people,)
        How many each person has already, beside *edges*.
    floor : int
        Nobody is given more than this, with what they have.

    Raises
    ------
    MatchingError
        As for `assign`.
    """
    # The degrees that a flow can give to people are the points of a polymatroid. Among its largest points one is the
    # most even, and it is the cheapest for every price that rises with the number of the slot.
    person, slot = np.nonzero(np.arange(floor) >= have[: edges.n_people, None])
    at_most = min(len(person), int(edges.seats.sum()))
    dearer = at_most * int(np.ptp(edges.score)) + 1 if len(edges) else 0
    return _cheapest_flow(edges, person, slot * dearer)


def _cheapest_flow(edges: Edges, slot_of: IntArray, slot_cost: IntArray) -> BoolArray:
    """Return the edges of the largest flow that costs least; each slot lets one unit into a person at its cost."""
    chosen = np.zeros(len(edges), dtype=bool)
    order = np.lexsort((edges.offer, edges.person))
    order = order[edges.seats[edges.offer[order]] > 0]
    if not len(order):
        return chosen
    offers, offer = np.unique(edges.offer[order], return_inverse=True)
    first_offer, first_employer = edges.n_people, edges.n_people + len(offers)
    after, caps = _employers(edges, offers)
    source, sink = first_employer + len(caps), first_employer + len(caps) + 1
    after = np.where(after < 0, sink, first_employer + after)
    network = SimpleMinCostFlow()
    arcs = _add(network, edges.person[order], first_offer + offer, 1, -edges.score[order])
    _add(network, source, slot_of, 1, slot_cost)
    _add(network, first_offer + np.arange(len(offers)), after, edges.seats[offers], 0)
    _add(network, first_employer + np.arange(len(caps)), sink, caps, 0)
    network.set_nodes_supplies(np.array([source, sink], np.int32), np.array([len(slot_of), -len(slot_of)], np.int64))
    status = network.solve_max_flow_with_min_cost()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise MatchingError(f"the seats could not be shared out at once [{status.name}]; take fewer people at a time")
    chosen[order] = np.asarray(network.flows(arcs)) > 0
    return chosen


def _employers(edges: Edges, offers: IntArray) -> tuple[IntArray, IntArray]:
    """Return the position of each offer's employer among those with a cap, -1 none, and the caps."""
    if edges.employer is None or edges.most_an_employer is None:
        return np.full(len(offers), -1), np.zeros(0, dtype=np.int64)
    owned = edges.employer[offers]
    employers, position = np.unique(owned[owned >= 0], return_inverse=True)
    after = np.full(len(offers), -1)
    after[owned >= 0] = position
    return after, np.full(len(employers), edges.most_an_employer)


def _add(
    network: SimpleMinCostFlow,
    tail: IntArray | int,
    head: IntArray | int,
    capacity: IntArray | int,
    cost: IntArray | int,
) -> IntArray:
    """Add arcs, single numbers standing for all of them, and return their numbers."""
    columns = np.broadcast_arrays(tail, head, capacity, cost)
    types = (np.int32, np.int32, np.int64, np.int64)
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        *(np.ascontiguousarray(column, dtype=kind) for column, kind in zip(columns, types, strict=True))
    )
    return np.asarray(arcs)
