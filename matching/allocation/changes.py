"""The smallest change that would create a match, for people without a seat and offers without anybody."""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

import numpy as np

from matching.allocation.edges import Edges
from matching.allocation.records import Change
from matching.domain.match import Fix
from matching.domain.vocabulary import FixKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules import failing, why_not
from matching.search import Searcher

MOST_FIXES = 2
"""A change of more fixes than this is not called small."""

ByRow = dict[int, Change]
"""The change of a person or of an offer, by row of the pool."""

_Waiting = tuple[int, int, int, Change | tuple[Pairs, int, BoolArray]]
"""Fixes at least needed, person, offer (no two alike), and the change or what it is made from."""


def changes(searcher: Searcher, pairs: Pairs, edges: Edges, chosen: BoolArray) -> tuple[ByRow, ByRow]:
    """Return the smallest change by person without a seat, and by offer with a seat to spare.

    Who fits somewhere already needs one seat more, or a larger share, and no other change.

    Parameters
    ----------
    pairs, edges
        Every pair that passes all rules at an offer with seats, as pairs and as edges, (n_edges,).
    chosen : bool (n_edges,)
        The allocation.
    """
    unplaced = np.ones(len(searcher.people), dtype=bool)
    unplaced[edges.person[chosen]] = False
    left = edges.seats - edges.taken(chosen)
    of_person, of_offer = _fitting(pairs, edges, unplaced, left)
    by_fixes = _with_fixes(searcher, np.flatnonzero(unplaced), left)
    return by_fixes[0] | of_person, by_fixes[1] | of_offer


def _fitting(pairs: Pairs, edges: Edges, unplaced: BoolArray, left: IntArray) -> tuple[ByRow, ByRow]:
    """Return, for people who fit somewhere, the offer that fits best; the same by offer where a seat is to spare."""
    of_person: ByRow = {}
    of_offer: ByRow = {}
    rows = np.flatnonzero(unplaced[edges.person])
    for row in rows[np.lexsort((edges.offer[rows], -edges.score[rows]))].tolist():
        person, offer = int(edges.person[row]), int(edges.offer[row])
        if person not in of_person:
            of_person[person] = _one_more(pairs, row, has_seat=left[offer] > 0)
        if left[offer] > 0 and offer not in of_offer:
            of_offer[offer] = _one_more(pairs, row, has_seat=True)
    return of_person, of_offer


def _one_more(pairs: Pairs, row: int, *, has_seat: bool) -> Change:
    """Return what would place a person where they fit: a larger share where there is a seat, a seat where not."""
    record = pairs.offers.records[pairs.offer[row]]
    vi, en = (
        (
            "vẫn còn chỗ, chỉ vượt phần được chia: xem có nới phần đó không.",
            "there is a seat, beyond the share allowed.",
        )
        if has_seat
        else ("đã hết chỗ: hỏi xem có nhận thêm một người không.", "every seat is taken: ask for one more.")
    )
    return Change(
        person_id=pairs.people.ids[pairs.person[row]],
        offer_id=record.offer_id,
        fixes=() if has_seat else (Fix(kind=FixKind.ASK_EMPLOYER),),
        text_vi=f"Hợp với “{record.title}” nhưng {vi}",
        text_en=f"Fits “{record.title}”, where {en}",
    )


def _with_fixes(searcher: Searcher, unplaced: IntArray, left: IntArray) -> tuple[ByRow, ByRow]:
    """Return the smallest change by person and by offer, over people without and offers with a seat to spare.

    Fewest fixes first, then the order of ids; only changes whose every verdict has a fix count.
    """
    of_person: ByRow = {}
    of_offer: ByRow = {}
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
