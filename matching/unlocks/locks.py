"""What is barred to one person today and could be opened, in sorts that the same steps open."""

from dataclasses import dataclass, replace

import numpy as np

from matching.domain.vocabulary import OfferKind
from matching.pool.by_id import first_by_id
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules import passes
from matching.unlocks.doors import LOAN, Barred
from matching.unlocks.gains import Gains, afterwards

_N_KINDS = len(OfferKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """Offers that are barred to one person today and that some steps could open.

    Openings and programmes that require the same licences, and are as far, are of one sort: all of them are
    allowed with what the steps give together. Each loan is a sort of its own, and may stay barred whatever is done.
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
    def of(cls, asked: Pairs, work: Barred, far: BoolArray, loans: IntArray) -> "Locks":
        """Return what is barred today, by sort.

        Parameters
        ----------
        work : Barred
            What is allowed with all that the steps give together.
        far : bool (n_work,)
            Which of it stays barred without a vehicle.
        loans : int (n_loans,)
            Rows of loans.
        """
        required = asked.offers.licences_required
        sort = work.required * np.uint32(2) + far
        kinds = np.bincount(sort * np.uint32(_N_KINDS) + work.kind, minlength=2 * len(required.values) * _N_KINDS)
        kinds = kinds.reshape(-1, _N_KINDS)
        met = np.flatnonzero(kinds.any(axis=1))
        lacking = required.values[met // 2] & ~int(asked.people.licences[asked.person[0]])
        rows = work.rows[np.argsort(sort.astype(np.min_scalar_type(len(kinds))), kind="stable")]
        none = np.zeros_like(loans)
        return cls(
            asked=asked,
            rows=np.append(rows, loans),
            kinds=np.append(kinds[met], np.identity(_N_KINDS, dtype=kinds.dtype)[none + LOAN], axis=0),
            lacking=np.append(lacking, none),
            far=np.append(met % 2 == 1, none > 0),
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
        """Return which loans are open with some gains, (n_paths, n_loans): asked once of all that enrol alike.

        How long the programme takes counts only for who asks for a sum, where that bounds what is lent.
        """
        loans = self.rows_of(self.lends)
        by_month = ~np.isnan(self.asked.offers.loan_max_month[loans]).all() and not np.isnan(self.asked.who.loan_vnd[0])
        enrolments = replace(
            gains,
            licences=np.zeros_like(gains.licences),
            rides=np.zeros_like(gains.rides),
            months=gains.months if by_month else np.full_like(gains.months, np.nan),
        )
        first, which = enrolments.alike()
        then = afterwards(self.asked.people, np.repeat(self.asked.person, len(first)), gains.where(first))
        person, offer = np.repeat(np.arange(len(first)), len(loans)), np.tile(loans, len(first))
        lent = passes(replace(self.asked, people=then, person=person, offer=offer))
        return np.asarray(lent.reshape(len(first), len(loans))[which])
