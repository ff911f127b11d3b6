"""Paths of up to two steps for one person, compared with applying today.

Two programmes, licences or a vehicle are a path where they open together what neither opens alone. An identity card and
a loan open nothing by themselves, because no rule asks for either: they are the first of two steps where the other one
cannot be taken without them (see `moves`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.domain.bits import mask, positions
from matching.domain.match import Step, Unlock, Ways
from matching.domain.vocabulary import LicenceCode, OfferKind
from matching.explanation.figures import Both
from matching.pool.by_cell import everything
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules import passes
from matching.rules.papers import IDENTITY_CARD
from matching.taxonomy.licences import Licences
from matching.unlocks.doors import LOAN, PROGRAMME, Barred
from matching.unlocks.gains import allowed, of_programmes, with_gain
from matching.unlocks.locks import Locks
from matching.unlocks.moves import Move, Moves, span
from matching.unlocks.wording import (
    Course,
    Telling,
    rank,
    say_card,
    say_licence,
    say_loan,
    say_vehicle,
    total,
    unlock,
)

MOST_PATHS = 50
"""Paths of one person that are listed; the others are counted."""

_ALL_LICENCES = np.array([mask(LicenceCode)])


def ways(asked: Pairs, near: BoolArray, licences: Licences) -> Ways:
    """Return the ways of one person.

    Parameters
    ----------
    asked : Pairs
        One pair: the person, with any offer.
    near : bool (1, n_cells)
        Cells within reach.
    licences : Licences
        What each licence covers.
    """
    _, rows = everything.within(asked.offers, near)
    pairs = replace(asked, person=np.repeat(asked.person, len(rows)), offer=rows)
    today = passes(pairs)
    kinds = np.bincount(pairs.what.kind[today], minlength=len(OfferKind))
    listed, more = _Search(asked, pairs, today, licences).listed()
    return Ways(
        open_today={kind.value: int(kinds[code]) for kind, code in positions(OfferKind).items()},
        paths=listed,
        paths_not_listed=more,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """Steps in their order, and which sorts of locks open."""

    moves: tuple[Move, ...]
    opens: BoolArray


class _Search:
    """The steps of one person, and what they open."""

    def __init__(self, asked: Pairs, near: Pairs, today: BoolArray, licences: Licences) -> None:
        self._asked, self._offers, self._licences = asked, asked.offers, licences
        self._today = near.where(today)
        programmes = near.offer[near.what.kind == PROGRAMME]
        courses = of_programmes(self._offers, programmes, licences)[0].together()
        most = replace(courses, licences=_ALL_LICENCES, enrols=np.array([True]))
        lends = near.what.kind == LOAN
        then, on_foot = (with_gain(asked, replace(most, rides=np.array([rides]))) for rides in (True, False))
        work = allowed(then, near.offer[~today & ~lends])
        far = ~np.isin(work.offer, allowed(on_foot, work.offer).offer)
        loans = allowed(then, near.offer[~today & lends]).offer
        self._locks = Locks.of(asked, Barred.of(work), far, loans)
        self._moves = Moves(near, self._today, self._locks, licences)
        self._alone = self._locks.opened(self._moves.gains)
        self._alone[[move.far for move in self._moves.steps]] = False
        self._telling = Telling(self._locks)
        self._known: dict[int, Step] = {}

    def listed(self) -> tuple[tuple[Unlock, ...], int]:
        """Return the paths that open something, in the order of `rank`, and how many there are beyond the listed."""
        two, count = self._together()
        single = list(self._singles())
        ranked = sorted((self._ranked(path) for path in (*single, *two)), key=lambda its: its[0])[:MOST_PATHS]
        told = tuple(self._told(path, rows) for _, path, rows in ranked)
        return told, len(single) + count - len(told)

    def _singles(self) -> Iterator[_Path]:
        """Yield every step that opens something, behind what it waits for; plain programmes are left out."""
        card_first, loans = self._moves.card_first, self._moves.loans_for()
        for move, paid_by, opens in zip(self._moves.steps, loans, self._alone, strict=True):
            if not opens.any():
                continue
            if card_first:
                yield _Path(moves=(Move(kind="document"), move), opens=opens)
            elif paid_by:
                yield _Path(moves=(Move(kind="loan", rows=paid_by), move), opens=opens)
            elif move.kind != "programme":
                yield _Path(moves=(move,), opens=opens)

    def _together(self) -> tuple[list[_Path], int]:
        """Return the paths of two steps that could be listed, and how many there are that open something."""
        one, other = self._pairs()
        first, second = np.append(one, other), np.append(other, one)
        opens = self._both(first, second)
        again = np.arange(len(first)) >= len(one)
        again[again] = (opens[: len(one)] == opens[len(one) :]).all(axis=1)
        found = np.flatnonzero(opens.any(axis=1) & ~again)
        count = opens[found] @ self._locks.sizes
        most = found if len(found) <= MOST_PATHS else found[count >= np.partition(count, -MOST_PATHS)[-MOST_PATHS]]
        steps = self._moves.steps
        return [_Path(moves=(steps[first[at]], steps[second[at]]), opens=opens[at]) for at in most.tolist()], len(found)

    def _pairs(self) -> tuple[IntArray, IntArray]:
        """Return every two steps that make a path: what lies far needs the vehicle."""
        first, second = np.triu_indices(len(self._moves.steps), 1)
        far = np.array([move.far for move in self._moves.steps], dtype=bool)
        rides = self._moves.gains.rides
        possible = ~far[first] & (~far[second] | rides[first])
        return first[possible], second[possible]

    def _both(self, first: IntArray, second: IntArray) -> BoolArray:
        """Return what opens only after both steps, in this order, (n_paths, n_sorts)."""
        gains = self._moves.gains.where(first).then(self._moves.gains.where(second))
        at, which = gains.alike()
        opens = self._locks.opened(gains.where(at))[which] & ~(self._alone[first] | self._alone[second])
        ends, latest = (np.array([getattr(move, name) for move in self._moves.steps]) for name in ("ends", "latest"))
        opens[ends[first] > latest[second]] = False
        return opens

    def _ranked(self, path: _Path) -> tuple[tuple[object, ...], _Path, tuple[int | None, ...]]:
        """Return what a path is sorted by, the path, and the programme or loan of each of its steps."""
        rows = self._chosen(path.moves)
        steps = [self._step(move, row) for move, row in zip(path.moves, rows, strict=True)]
        names = tuple(step.offer_id or step.code or step.kind for step in steps)
        weeks, cost = total([step.weeks for step in steps]), total([step.cost_vnd for step in steps])
        return rank(int(path.opens @ self._locks.sizes), weeks, cost, names), path, rows

    def _chosen(self, moves: tuple[Move, ...]) -> tuple[int | None, ...]:
        """Return the shortest and cheapest programmes of a path that can follow each other, and the cheapest loan."""
        if [move.kind for move in moves] != ["programme", "programme"]:
            return tuple(move.rows[0] if move.rows else None for move in moves)
        (ends, _), (_, latest) = (span(self._offers, np.array(move.rows), self._asked.as_of) for move in moves)
        at = np.unravel_index(np.argmax(ends[:, None] <= latest), (len(ends), len(latest)))
        return tuple(move.rows[i] for move, i in zip(moves, at, strict=True))

    def _told(self, path: _Path, rows: tuple[int | None, ...]) -> Unlock:
        opens = self._telling.opens(path.opens)
        steps, said = [], []
        for move, row in zip(path.moves, rows, strict=True):
            step, phrase = self._said(move, row, opens.loans)
            alike = tuple(sorted(self._offers.ids[other] for other in move.rows if other != row))
            steps.append(replace(step, alike=alike))
            said.append(phrase)
        return unlock(tuple(steps), said, opens)

    def _step(self, move: Move, row: int | None) -> Step:
        """Return a step without what stands beside it."""
        if row is None:
            code = move.licence.value if move.licence is not None else None
            return Step(kind=move.kind, code=IDENTITY_CARD if move.kind == "document" else code)
        if row not in self._known:
            loan = Step(kind="loan", offer_id=self._offers.ids[row], weeks=0, cost_vnd=0)
            self._known[row] = loan if move.kind == "loan" else Course.of(self._offers, row).step
        return self._known[row]

    def _said(self, move: Move, row: int | None, loans: tuple[str, ...]) -> tuple[Step, Both]:
        """Return a step with what pays for it, and the phrase for it; *loans* are those that open to learners."""
        people, person = self._asked.people, int(self._asked.person[0])
        if row is not None and move.kind == "programme":
            return Course.of(self._offers, row).taken(int(people.licences[person]), loans, self._licences)
        step = self._step(move, row)
        if row is not None:
            return step, say_loan(self._offers, row)
        if move.licence is not None:
            return step, say_licence(move.licence, people, person, self._licences)
        if move.kind == "document":
            return step, say_card()
        return replace(step, funded_by=self._loans_today()), say_vehicle()

    def _loans_today(self) -> tuple[str, ...]:
        """Return the loans open today that are not for learners only."""
        rows = self._today.offer[(self._today.what.kind == LOAN) & (self._today.what.loan_enrolled != 1)]
        return tuple(sorted(self._offers.ids[row] for row in rows.tolist()))
