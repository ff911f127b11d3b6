"""The steps of one person, in sorts that give the same: a vehicle, licences, programmes; and what must come first.

Whoever lacks an identity card needs it before any other step: contracts, courses and loans ask for it. Whoever said
that money is short needs a loan for a step that costs, where one is open to them.
"""

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from matching.domain.bits import mask, members_of
from matching.domain.match import StepKind
from matching.domain.vocabulary import ConstraintCode, LicenceCode, Support
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray, IntArray
from matching.rules import passes
from matching.rules.papers import identity_card_missing
from matching.taxonomy.licences import Licences
from matching.unlocks.doors import LOAN, PROGRAMME
from matching.unlocks.gains import Gains, afterwards, of_papers, of_programmes
from matching.unlocks.locks import Locks

_SHORT_OF_MONEY = mask([ConstraintCode.NO_CAPITAL, ConstraintCode.DEBT])
_TUITION = mask([Support.TUITION])


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One sort of step."""

    kind: StepKind
    rows: tuple[int, ...] = ()
    """Programmes that give the same (the shortest first, then the cheapest), or loans (the cheapest first)."""
    licence: LicenceCode | None = None
    far: bool = False
    """Whether these programmes are within reach with a vehicle only."""
    ends: float = -inf
    """Ordinal of the first day on which one of these programmes has ended; infinite where no length is known."""
    latest: float = inf
    """Ordinal of the last day on which one of them takes people."""


class Moves:
    """The steps of one person and what each gives.

    Attributes
    ----------
    steps : list of Move
    gains : Gains
        One row a step.
    """

    def __init__(self, near: Pairs, allowed: Pairs, locks: Locks, licences: Licences) -> None:
        self._asked, self._offers, self._licences = locks.asked, near.offers, licences
        self._loans = self._cheapest_loans(near.offer[near.what.kind == LOAN])
        self.steps: list[Move] = []
        parts: list[Gains] = []
        if locks.far.any():
            self.steps.append(Move(kind="vehicle"))
            parts.append(of_papers(np.zeros(1, dtype=np.int64), rides=True))
        required = int(np.bitwise_or.reduce(near.what.licences_required, initial=0))
        codes = members_of(required & ~int(self._asked.who.licences[0]), LicenceCode)
        self.steps += [Move(kind="licence", licence=code) for code in codes]
        parts.append(of_papers(np.array([licences.covers[code] for code in codes], dtype=np.int64)))
        for far, rows in ((False, allowed.offer), (True, locks.rows_of(locks.far))):
            moves, gains = self._programmes(rows[self._offers.kind[rows] == PROGRAMME], far)
            self.steps += moves
            parts.append(gains)
        self.gains = Gains.joined(parts)

    @property
    def card_first(self) -> bool:
        """Whether the person has to get an identity card before anything else."""
        return bool(identity_card_missing(self._asked)[0])

    def loans_for(self) -> list[tuple[int, ...]]:
        """Return for each step the loans that would pay for it, by row; () where it costs nothing or none is needed.

        The rules are asked of the person as they are with the step, asking for what it costs; what a vehicle costs is
        not known, and a loan for learners pays for none.
        """
        costs = np.array([self._cost(move) for move in self.steps])
        paid = np.flatnonzero(costs > 0)
        found: list[tuple[int, ...]] = [()] * len(costs)
        if not len(self._loans) or not len(paid) or not self._asked.who.constraints[0] & _SHORT_OF_MONEY:
            return found
        then = afterwards(self._asked.people, np.repeat(self._asked.person, len(paid)), self.gains.where(paid))
        sums = np.where(np.isfinite(costs[paid]), costs[paid], then.loan_vnd)
        person, offer = np.repeat(np.arange(len(paid)), len(self._loans)), np.tile(self._loans, len(paid))
        lent = passes(replace(self._asked, people=replace(then, loan_vnd=sums), person=person, offer=offer))
        lent &= np.isfinite(costs[paid])[person] | (self._offers.loan_enrolled[offer] != 1)
        for i, its in zip(paid.tolist(), lent.reshape(len(paid), -1), strict=True):
            found[i] = tuple(self._loans[its].tolist())
        return found

    def _cost(self, move: Move) -> float:
        """Return what the person pays for a step, VND; 0 nothing that is known, infinite for a vehicle."""
        if move.kind == "vehicle":
            return inf
        return float(np.nan_to_num(self._fees(np.array(move.rows[:1], dtype=np.int64)), nan=0).sum())

    def _fees(self, rows: IntArray) -> FloatArray:
        """Return what programmes cost the learner, VND; NaN unknown, 0 where the tuition is paid."""
        return np.where(self._offers.support[rows] & _TUITION, 0, self._offers.fee[rows])

    def _cheapest_loans(self, rows: IntArray) -> IntArray:
        rows = self._by_id(rows)
        return rows[np.argsort(np.nan_to_num(self._offers.loan_rate[rows], nan=inf), kind="stable")]

    def _by_id(self, rows: IntArray) -> IntArray:
        return np.array(sorted(rows.tolist(), key=self._offers.ids.__getitem__), dtype=np.int64)

    def _programmes(self, rows: IntArray, far: bool) -> tuple[list[Move], Gains]:
        """Return a step for all programmes that give the same, and what each gives."""
        offers, rows = self._offers, self._by_id(rows)
        weeks = np.nan_to_num(offers.weeks[rows], nan=inf)
        rows = rows[np.lexsort((np.nan_to_num(self._fees(rows), nan=inf), weeks))]
        gains, sort = of_programmes(offers, rows, self._licences)
        ends, latest = span(offers, rows, self._asked.as_of)
        moves = []
        for number in range(len(gains)):
            its = np.flatnonzero(sort == number)
            programmes = tuple(rows[its].tolist())
            moves.append(
                Move(kind="programme", rows=programmes, far=far, ends=ends[its].min(), latest=latest[its].max())
            )
        return moves, gains


def span(offers: Offers, rows: IntArray, as_of: int) -> tuple[FloatArray, FloatArray]:
    """Return the day on which each programme has ended if it is begun, and the last day on which it takes people.

    Both ordinals, (n,): the first is infinite where the length is not known, the second where no day is.
    """
    closes = offers.closes_on[rows].astype(np.float64)
    begins = np.where(closes > 0, closes + 1, as_of)
    return begins + 7 * np.nan_to_num(offers.weeks[rows], nan=inf), np.where(closes > 0, closes, inf)
