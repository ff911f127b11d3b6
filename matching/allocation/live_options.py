"""Everybody keeps a few live options, or is told why not."""

from functools import partial

import numpy as np

from matching.allocation.edges import Edges
from matching.allocation.flow import spread
from matching.allocation.policy import Policy
from matching.allocation.records import Options
from matching.allocation.shares import within_shares
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray


def live_options(edges: Edges, placed: BoolArray, policy: Policy) -> BoolArray:
    """Return which edges are live options, (n_edges,): the *placed* (n_edges,), and others up to the policy's number.

    An offer is an option of at most `people_a_seat` people a seat, those placed there among them. Who has fewer than
    asked for has no other offer left that fits and is not full in this sense.
    """
    seats = edges.seats * policy.people_a_seat - edges.taken(placed)
    rest = np.flatnonzero(~placed)
    others = Edges(
        person=edges.person[rest],
        offer=edges.offer[rest],
        score=edges.score[rest],
        seats=seats,
        employer=edges.employer,
    )
    have = np.bincount(edges.person[placed], minlength=edges.n_people)
    options = placed.copy()
    options[rest] = within_shares(others, policy.shares, partial(spread, have=have, floor=policy.options))
    return options


def told(pairs: Pairs, edges: Edges, placed: BoolArray, options: BoolArray, policy: Policy) -> tuple[Options, ...]:
    """Return the options of every person of the pool, in the order of rows, with the reason where they are few."""
    order = np.lexsort((edges.offer, -edges.score, ~placed, edges.person))
    listed = order[options[order]]
    people = np.arange(len(pairs.people))
    bounds = np.searchsorted(edges.person[listed], np.append(people, len(people)))
    fitting = np.bincount(edges.person, minlength=len(people))
    found = []
    for person, (first, last) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        texts = (None, None) if last - first >= policy.options else _why_few(int(fitting[person]), last - first)
        found.append(
            Options(
                person_id=pairs.people.ids[person],
                offer_ids=tuple(pairs.offers.ids[row] for row in edges.offer[listed[first:last]].tolist()),
                text_vi=texts[0],
                text_en=texts[1],
            )
        )
    return tuple(found)


def _why_few(fitting: int, listed: int) -> tuple[str, str]:
    """Return in Vietnamese and English why somebody for whom *fitting* offers would do has only *listed* options."""
    if not fitting:
        return (
            "Trong tầm đi lại chưa có chỗ nào hợp: xem điều cần thay đổi.",
            "Nothing within reach fits yet: see what would have to change.",
        )
    if fitting == listed:
        return (
            f"Trong tầm đi lại chỉ có {fitting} chỗ hợp.",
            f"Only {fitting} within reach {'fit' if fitting > 1 else 'fits'}.",
        )
    return (
        f"Có {fitting} chỗ hợp, nhưng {fitting - listed} chỗ đã có đủ người được giới thiệu.",
        f"{fitting} fit, but enough people are sent to {fitting - listed} of them already.",
    )
