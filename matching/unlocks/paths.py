"""Paths of up to two steps for one person: programmes, licences and a vehicle, compared with applying today.

A path opens what is barred today and after either step alone, and allowed after both. Papers such as an identity card
bar nothing, so they open nothing: they are said as blockers of a match. A loan opens no offer by itself either; where
one could pay for a step it stands in `Step.funded_by`.
"""

from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np

from matching.domain.bits import mask, members_of, positions
from matching.domain.match import Step, Unlock, Ways
from matching.domain.vocabulary import LicenceCode, OfferKind
from matching.explanation.facts import Both
from matching.pool.by_cell import everything
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules import passes
from matching.rules.place import WITHIN_REACH
from matching.taxonomy.licences import Licences
from matching.unlocks.doors import LOAN, PROGRAMME
from matching.unlocks.gains import Gains, afterwards, of_papers, of_programmes
from matching.unlocks.wording import Opens, programme_step, rank, say_licence, say_programme, say_vehicle, unlock

MOST_PATHS = 50
"""Paths of one person that are listed; the others are counted."""

_ALL_LICENCES = mask(LicenceCode)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """One sort of step."""

    rows: tuple[int, ...] = ()
    """Programmes that give the same; () for a licence or a vehicle."""
    licence: LicenceCode | None = None
    far: bool = False
    """Whether these programmes are within reach with a vehicle only."""


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
    kinds = np.bincount(asked.offers.kind[rows[today]], minlength=len(OfferKind))
    search = _Search(asked, pairs.where(today), pairs.where(~today), licences)
    found = sorted(search.paths(), key=lambda u: rank(u.count, u.weeks, u.cost_vnd, tuple(_name(s) for s in u.steps)))
    return Ways(
        open_today={kind.value: int(kinds[code]) for kind, code in positions(OfferKind).items()},
        paths=tuple(found[:MOST_PATHS]),
        paths_not_listed=max(len(found) - MOST_PATHS, 0),
    )


class _Search:
    """The steps of one person, and what they open."""

    def __init__(self, asked: Pairs, today: Pairs, closed: Pairs, licences: Licences) -> None:
        self._asked, self._offers, self._licences = asked, asked.offers, licences
        self._today = today
        self._barred = self._openable(closed)
        held = int(asked.people.licences[asked.person[0]])
        required = self._offers.licences_required[closed.offer] & ~held
        self._asked_for = members_of(int(np.bitwise_or.reduce(required, initial=0)), LicenceCode)
        self._lacking = self._offers.licences_required[self._barred.offer] & ~held
        self._far = ~WITHIN_REACH.passes(self._barred)
        self._loan = self._offers.kind[self._barred.offer] == LOAN
        self._moves, self._gains = self._steps()

    def _openable(self, closed: Pairs) -> Pairs:
        """Return what would be allowed with every licence, a vehicle and the longest programme."""
        programmes = np.flatnonzero(self._offers.kind == PROGRAMME)
        months = of_programmes(self._offers, programmes, self._licences).months
        longest = float(np.nanmax(months, initial=1.0))
        everything = replace(
            of_papers(np.array([_ALL_LICENCES]), rides=True), enrols=np.array([True]), months=np.array([longest])
        )
        then = afterwards(self._asked.people, self._asked.person, everything)
        return closed.where(passes(replace(closed, people=then, person=np.zeros_like(closed.person))))

    def _steps(self) -> tuple[list[_Move], Gains]:
        """Return every sort of step and what each gives: a vehicle, licences that are asked for, programmes."""
        moves, parts = [], []
        if self._far.any():
            moves.append(_Move())
            parts.append(of_papers(np.zeros(1, dtype=np.int64), rides=True))
        moves += [_Move(licence=code) for code in self._asked_for]
        parts.append(of_papers(np.array([self._licences.covers[code] for code in self._asked_for], dtype=np.int64)))
        possible = self._barred.where(self._far)
        for far, pairs in ((False, self._today), (True, possible)):
            rows = np.sort(pairs.offer[self._offers.kind[pairs.offer] == PROGRAMME])
            gains = of_programmes(self._offers, rows, self._licences)
            sorts = np.stack((gains.licences, np.nan_to_num(gains.months, nan=-1).astype(np.int64)), axis=1)
            _, first, sort = np.unique(sorts, axis=0, return_index=True, return_inverse=True)
            members = [tuple(rows[sort.reshape(-1) == i].tolist()) for i in range(len(first))]
            moves += [_Move(rows=its, far=far) for its in members]
            parts.append(gains.where(first))
        return moves, Gains.joined(parts)

    def paths(self) -> list[Unlock]:
        """Return every path that opens something, single programmes left out."""
        moves = self._moves
        singles = self._opened(self._gains)
        singles[[i for i, move in enumerate(moves) if move.far]] = False
        told = [self._told((i,), singles[i]) for i, move in enumerate(moves) if not move.rows and singles[i].any()]
        two = [(i, j) for i, j in combinations(range(len(moves)), 2) if self._together(i, j)]
        if two:
            first, second = np.array(two).T
            both = self._opened(self._gains.where(first).then(self._gains.where(second)))
            both &= ~(singles[first] | singles[second])
            told += [self._told(pair, both[row]) for row, pair in enumerate(two) if both[row].any()]
        return [path for path in told if path is not None]

    def _together(self, i: int, j: int) -> bool:
        """Say whether two steps make a path: what lies far needs the vehicle first."""
        one, other = self._moves[i], self._moves[j]
        vehicle = not one.rows and one.licence is None
        return not one.far and (not other.far or vehicle)

    def _opened(self, gains: Gains) -> BoolArray:
        """Return what each of some paths opens, (n_paths, n_barred): every rule is asked again."""
        lacks = (self._lacking[None, :] & ~gains.licences[:, None]) != 0
        stays = (self._far[None, :] & ~gains.rides[:, None]) | (self._loan[None, :] & ~gains.enrols[:, None])
        path, row = np.nonzero(~lacks & ~stays)
        then = afterwards(self._asked.people, np.repeat(self._asked.person, len(gains)), gains)
        pairs = replace(self._barred, people=then, person=path, offer=self._barred.offer[row])
        opened = np.zeros(lacks.shape, dtype=bool)
        opened[path, row] = passes(pairs)
        return opened

    def _told(self, path: tuple[int, ...], opened: BoolArray) -> Unlock | None:
        """Return a path with its shortest and cheapest programmes; None where they cannot follow each other."""
        opens = Opens.of(self._offers, self._barred.offer[opened])
        moves = [self._moves[i] for i in path]
        choices: list[list[int | None]] = [[*sorted(move.rows, key=self._cheapest)] or [None] for move in moves]
        chosen = next((rows for rows in product(*choices) if self._follow(rows)), None)
        if chosen is None:
            return None
        steps = [self._step(move, row, opens) for move, row in zip(moves, chosen, strict=True)]
        if len(steps) > 1 and not self._in_order(chosen):
            steps = steps[::-1]
        return unlock(tuple(s for s, _ in steps), [said for _, said in steps], opens)

    def _cheapest(self, row: int) -> tuple[object, ...]:
        step = programme_step(self._offers, row)
        return rank(0, step.weeks, step.cost_vnd, (step.offer_id or "",))

    def _follow(self, rows: tuple[int | None, ...]) -> bool:
        return self._in_order(rows) or self._in_order(rows[::-1])

    def _in_order(self, rows: tuple[int | None, ...]) -> bool:
        """Say whether the last programme may be begun when the first has ended."""
        if len(rows) == 1 or rows[0] is None or rows[-1] is None:
            return True
        begins, closes = (int(self._offers.closes_on[row]) for row in (rows[0], rows[-1]))
        days = float(self._offers.weeks[rows[0]]) * 7
        return closes == 0 or (begins + 1 if begins else self._asked.as_of) + days <= closes

    def _step(self, move: _Move, row: int | None, opens: Opens) -> tuple[Step, Both]:
        """Return a step and the phrase for it."""
        people, person = self._asked.people, int(self._asked.person[0])
        if row is not None:
            alike = tuple(sorted(self._offers.ids[other] for other in move.rows if other != row))
            step = programme_step(self._offers, row, loans=opens.loans, alike=alike)
            return step, say_programme(step, self._offers, row, int(people.licences[person]), self._licences)
        if move.licence is not None:
            return Step(kind="licence", code=move.licence.value), say_licence(
                move.licence, people, person, self._licences
            )
        today = self._today.offer
        loans = today[(self._offers.kind[today] == LOAN) & (self._offers.loan_enrolled[today] != 1)]
        return Step(kind="vehicle", funded_by=tuple(sorted(self._offers.ids[loan] for loan in loans))), say_vehicle()


def _name(step: Step) -> str:
    return step.offer_id or step.code or step.kind
