"""From pools of people and offers to an allocation: candidates, seats, what is left over, and what it cost."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import numpy as np

from matching.allocation.changes import changes
from matching.allocation.congestion import congestion, top_of
from matching.allocation.edges import Edges
from matching.allocation.flow import assign
from matching.allocation.hardest import hardest_first
from matching.allocation.live_options import live_options, told
from matching.allocation.policy import PLAIN, Mode, Policy
from matching.allocation.records import Allocation, EmptyOffer, Options, Placement, UnmatchedPerson
from matching.allocation.shares import within_shares
from matching.allocation.stable import stable
from matching.domain.bits import positions
from matching.domain.offer import Offer, Opening, Programme
from matching.domain.vocabulary import OfferKind
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray, People
from matching.ranking.additive import MICRO, AdditiveModel
from matching.search import Searcher

SEATS_UNSAID = 1
"""Seats of an offer that does not say how many it has."""

_LOAN = positions(OfferKind)[OfferKind.LOAN]


def allocate(
    people: People, offers: Offers, model: AdditiveModel, *, as_of: date, policy: Policy = PLAIN
) -> Allocation:
    """Return who gets which seat, over every pair within reach that passes all rules.

    Openings and programmes have seats, loans have none. Exact and, up to equal optima of one version of the solver,
    independent of the order of rows.

    Parameters
    ----------
    policy : Policy
        The default places as many people as possible, then takes the largest total score.
    """
    people = people.take(np.array(sorted(range(len(people)), key=people.ids.__getitem__), dtype=np.int64))
    offers = offers.take(np.array(sorted(range(len(offers)), key=offers.ids.__getitem__), dtype=np.int64))
    searcher = Searcher(people, offers, model, per="person", as_of=as_of.toordinal())
    pairs, edges = _candidates(searcher)
    best = within_shares(edges, policy.shares, assign)
    chosen = best if policy.mode is Mode.BEST else within_shares(edges, policy.shares, _mode(policy))
    crowds = {"shortlists": congestion(edges, top_of(edges, policy.shortlist)), "allocation": congestion(edges, chosen)}
    options: tuple[Options, ...] = ()
    if policy.options:
        live = live_options(edges, chosen, policy)
        options, crowds["options"] = told(pairs, edges, chosen, live, policy), congestion(edges, live)
    unmatched, empty = _left_over(searcher, pairs, edges, chosen)
    return Allocation(
        placements=_placements(pairs, edges, chosen),
        unmatched_people=unmatched,
        empty_offers=empty,
        total=_total(edges, chosen),
        best_placed=int(best.sum()),
        best_total=_total(edges, best),
        options=options,
        congestion=crowds,
    )


def _candidates(searcher: Searcher) -> tuple[Pairs, Edges]:
    """Return every pair within reach that passes all rules at an offer with seats, by person and offer."""
    offers = searcher.offers
    seats = np.where(offers.seats[:] < 0, SEATS_UNSAID, offers.seats[:]) * (offers.kind != _LOAN)
    pieces: list[tuple[IntArray, IntArray, IntArray]] = [(np.zeros(0, np.int64),) * 3]
    for passing, scores in searcher.passing(np.arange(len(searcher.people))):
        kept = seats[passing.offer] > 0
        pieces.append((passing.person[kept], passing.offer[kept], scores[kept]))
    person, offer, score = (np.concatenate(column) for column in zip(*pieces, strict=True))
    order = np.lexsort((offer, person))
    pairs = Pairs(people=searcher.people, offers=offers, person=person[order], offer=offer[order], as_of=searcher.as_of)
    employer = _employers(offers.records)
    return pairs, Edges(person=pairs.person, offer=pairs.offer, score=score[order], seats=seats, employer=employer)


def _employers(records: Sequence[Offer]) -> IntArray:
    """Return a number for each employer (or provider of programmes), (n_offers,); -1 where none is named."""
    numbers: dict[str, int] = {}
    return np.array([-1 if name is None else numbers.setdefault(name, len(numbers)) for name in map(_owner, records)])


def _owner(record: Offer) -> str | None:
    match record:
        case Opening():
            return record.employer_id
        case Programme():
            return record.provider_id
        case _:
            return None


def _mode(policy: Policy) -> Callable[[Edges], BoolArray]:
    if policy.mode is Mode.STABLE:
        return stable
    return partial(hardest_first, largest_loss=policy.largest_loss)


def _placements(pairs: Pairs, edges: Edges, chosen: BoolArray) -> tuple[Placement, ...]:
    return tuple(
        Placement(
            person_id=pairs.people.ids[pairs.person[row]],
            offer_id=pairs.offers.ids[pairs.offer[row]],
            score=int(edges.score[row]) / MICRO,
        )
        for row in np.flatnonzero(chosen).tolist()
    )


def _left_over(
    searcher: Searcher, pairs: Pairs, edges: Edges, chosen: BoolArray
) -> tuple[tuple[UnmatchedPerson, ...], tuple[EmptyOffer, ...]]:
    """Return people without a seat and offers with seats and nobody, with the smallest change for each."""
    of_person, of_offer = changes(searcher, pairs, edges, chosen)
    ids, names = pairs.people.ids, pairs.offers.ids
    unmatched = np.setdiff1d(np.arange(len(ids)), edges.person[chosen])
    empty = np.setdiff1d(np.flatnonzero(edges.seats > 0), edges.offer[chosen])
    return (
        tuple(UnmatchedPerson(person_id=ids[row], change=of_person.get(row)) for row in unmatched.tolist()),
        tuple(EmptyOffer(offer_id=names[row], change=of_offer.get(row)) for row in empty.tolist()),
    )


def _total(edges: Edges, chosen: BoolArray) -> float:
    return int(edges.score[chosen].sum()) / MICRO
