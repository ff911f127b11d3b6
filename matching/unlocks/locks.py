"""What is barred to one person today and could be opened, in sorts that the same steps open."""

from dataclasses import dataclass, replace

import numpy as np

from matching.domain.bits import mask
from matching.domain.vocabulary import LicenceCode
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.rules import passes
from matching.unlocks.doors import LOAN
from matching.unlocks.gains import Gains, afterwards, of_papers

_ALL_LICENCES = np.array([mask(LicenceCode)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """Offers that are barred to one person today and allowed with every licence, a vehicle and a long programme.

    Openings and programmes that lack the same licences, and are as far, are of one sort; each loan is one of its own.
    """

    asked: Pairs
    """One pair: the person, with any offer."""
    rows: IntArray
    """Row in the pool of each, by sort, (n,)."""
    ends: IntArray
    """One past the last of each sort, (n_sorts,)."""
    lacking: IntArray
    """Licences that the offers of each sort require and the person has not, (n_sorts,) masks."""
    far: BoolArray
    """Whether they stay barred without a vehicle, (n_sorts,)."""
    lends: BoolArray
    """Which sorts are a loan, (n_sorts,)."""

    @classmethod
    def of(cls, asked: Pairs, closed: Pairs, *, longest: FloatArray) -> "Locks":
        """Return what of *closed*, the pairs that are barred today, could be opened.

        Parameters
        ----------
        longest : float (1,)
            Months of the longest programme that there is.
        """
        on_foot = replace(of_papers(_ALL_LICENCES), enrols=np.array([True]), months=longest)
        barred = closed.where(_allowed(asked, closed, replace(on_foot, rides=np.array([True]))))
        required, loan = barred.what.licences_required, barred.what.kind == LOAN
        lacking = required & ~int(asked.people.licences[asked.person[0]])
        far = ~_allowed(asked, barred, on_foot)
        alike = np.stack((lacking, far, np.where(loan, barred.offer, -1)), axis=1)
        _, first, sort = np.unique(alike, axis=0, return_index=True, return_inverse=True)
        sort = sort.reshape(-1)
        return cls(
            asked=asked,
            rows=barred.offer[np.argsort(sort, kind="stable")],
            ends=np.cumsum(np.bincount(sort, minlength=len(first))),
            lacking=lacking[first],
            far=far[first],
            lends=loan[first],
        )

    @property
    def sizes(self) -> IntArray:
        """How many offers are of each sort, (n_sorts,)."""
        return np.diff(self.ends, prepend=0)

    def rows_of(self, sorts: BoolArray) -> IntArray:
        """Return the rows in the pool of the offers of some sorts."""
        return self.rows[np.repeat(sorts, self.sizes)]

    def opened(self, gains: Gains) -> BoolArray:
        """Return which sorts open with what each of some paths gives, (n_paths, n_sorts)."""
        opens: BoolArray = (self.lacking & ~gains.licences[:, None]) == 0
        opens &= ~self.far | gains.rides[:, None]
        opens[:, self.lends] = self._lent(gains)
        return opens

    def _lent(self, gains: Gains) -> BoolArray:
        """Return which loans are open with some gains, (n_paths, n_loans): asked once of all that enrol alike."""
        months = np.where(gains.enrols, np.nan_to_num(gains.months, nan=-1), -2)
        _, first, which = np.unique(months, return_index=True, return_inverse=True)
        loans = self.rows[self.ends[self.lends] - 1]
        then = afterwards(self.asked.people, np.repeat(self.asked.person, len(first)), gains.where(first))
        person, offer = np.repeat(np.arange(len(first)), len(loans)), np.tile(loans, len(first))
        lent = passes(replace(self.asked, people=then, person=person, offer=offer))
        return np.asarray(lent.reshape(len(first), len(loans))[which])


def _allowed(asked: Pairs, pairs: Pairs, gain: Gains) -> BoolArray:
    """Return which pairs of one person pass every rule with one gain, (n_pairs,)."""
    then = afterwards(asked.people, asked.person, gain)
    return passes(replace(pairs, people=then, person=np.zeros_like(pairs.person)))
