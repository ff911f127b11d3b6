"""What is barred to one person today and could be opened, in sorts that the same steps open."""

from dataclasses import dataclass, replace

import numpy as np

from matching.domain.vocabulary import OfferKind
from matching.pool.by_id import first_by_id
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules import passes
from matching.unlocks.doors import LOAN
from matching.unlocks.gains import Gains, afterwards

_N_KINDS = len(OfferKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """Offers that are barred to one person today and allowed with all that some steps give together.

    Openings and programmes that require the same licences, and are as far, are of one sort; each loan is its own.
    """

    asked: Pairs
    """One pair: the person, with any offer."""
    rows: IntArray
    """Row in the pool of each, by sort, (n,)."""
    kinds: IntArray
    """How many openings, programmes and loans are of each sort, (n_sorts, 3)."""
    lacking: IntArray
    """Licences that the offers of each sort require and the person has not, (n_sorts,) masks."""
    far: BoolArray
    """Whether they stay barred without a vehicle, (n_sorts,)."""

    @classmethod
    def of(cls, asked: Pairs, closed: Pairs, most: Gains) -> "Locks":
        """Return what of *closed*, the pairs that are barred today, could be opened.

        Parameters
        ----------
        most : Gains
            One row: all that the steps give together, and the months of the longest programme.
        """
        barred = closed.where(_allowed(asked, closed, most))
        far = np.zeros(len(barred), dtype=bool)
        if most.rides[0]:
            far = ~_allowed(asked, barred, replace(most, rides=~most.rides))
        required, kind = asked.offers.licences_required, barred.what.kind
        sort = required.code[barred.offer] * np.uint32(2) + far
        loans, n = (kind == LOAN).nonzero()[0], 2 * len(required.values)
        sort[loans] = n + np.arange(len(loans), dtype=np.uint32)
        kinds = np.bincount(sort * np.uint32(_N_KINDS) + kind, minlength=_N_KINDS * (n + len(loans)))
        kinds = kinds.reshape(-1, _N_KINDS)
        met = np.flatnonzero(kinds.any(axis=1))
        lacking = np.repeat(required.values & ~int(asked.people.licences[asked.person[0]]), 2)
        return cls(
            asked=asked,
            rows=barred.offer[np.argsort(sort.astype(np.min_scalar_type(len(kinds))), kind="stable")],
            kinds=kinds[met],
            lacking=np.append(lacking, np.zeros_like(loans))[met],
            far=(met < n) & (met % 2 == 1),
        )

    @property
    def sizes(self) -> IntArray:
        """How many offers are of each sort, (n_sorts,)."""
        return np.asarray(self.kinds.sum(axis=1))

    @property
    def lends(self) -> BoolArray:
        """Which sorts are a loan, (n_sorts,)."""
        return self.kinds[:, LOAN] > 0

    def rows_of(self, sorts: BoolArray) -> IntArray:
        """Return the rows in the pool of the offers of some sorts."""
        return self.rows[np.repeat(sorts, self.sizes)]

    def first_by_id(self, n: int) -> list[IntArray]:
        """Return the rows of each sort, of many only the *n* with the smallest ids."""
        ends = np.cumsum(self.sizes)[:-1]
        return [first_by_id(self.asked.offers, rows, n) for rows in np.split(self.rows, ends)]

    def opened(self, gains: Gains) -> BoolArray:
        """Return which sorts open with what each of some paths gives, (n_paths, n_sorts)."""
        opens: BoolArray = (self.lacking & ~gains.licences[:, None]) == 0
        opens &= ~self.far | gains.rides[:, None]
        if self.lends.any():
            opens[:, self.lends] = self._lent(gains)
        return opens

    def _lent(self, gains: Gains) -> BoolArray:
        """Return which loans are open with some gains, (n_paths, n_loans): asked once of all that enrol alike."""
        enrolments = replace(gains, licences=np.zeros_like(gains.licences), rides=np.zeros_like(gains.rides))
        first, which = enrolments.alike()
        loans = self.rows_of(self.lends)
        then = afterwards(self.asked.people, np.repeat(self.asked.person, len(first)), gains.where(first))
        person, offer = np.repeat(np.arange(len(first)), len(loans)), np.tile(loans, len(first))
        lent = passes(replace(self.asked, people=then, person=person, offer=offer))
        return np.asarray(lent.reshape(len(first), len(loans))[which])


def _allowed(asked: Pairs, pairs: Pairs, gain: Gains) -> BoolArray:
    """Return which pairs of one person pass every rule with one gain, (n_pairs,)."""
    then = afterwards(asked.people, asked.person, gain)
    return passes(replace(pairs, people=then, person=np.zeros_like(pairs.person)))
