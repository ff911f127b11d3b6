"""What is barred to one person today and could be opened, in sorts that the same steps open."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from matching.domain.vocabulary import OfferKind
from matching.pool.by_id import first_by_id
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules import passes
from matching.unlocks.doors import LOAN, Barred
from matching.unlocks.gains import Gains, afterwards, enrolments

_N_KINDS = len(OfferKind)
_ONE_LOAN = np.identity(_N_KINDS, dtype=np.int64)[[LOAN]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """Offers that are barred to one person today and that some steps could open.

    Openings and programmes that require the same licences, and are as far, are of one sort. Each loan is a sort of its
    own. All of them are allowed with what the steps give together.
    """

    asked: Pairs
    """One pair: the person, with any offer."""
    rows: IntArray
    """Row in the pool of each, by sort, (n,)."""
    rank: IntArray
    """Place of each among the ids, as `matching.pool.by_id.ranks` counts them, (n,)."""
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
            What is barred today and allowed with all that the steps give together.
        far : bool (n_work,)
            Which of it stays barred without a vehicle.
        loans : int (n_loans,)
            Rows of such loans.
        """
        required, none = asked.offers.licences_required.values, np.zeros(len(loans), dtype=np.int64)
        sort = work.required * np.uint32(2) + far
        met, kinds = _counted(sort, work.kind)
        order = slice(None) if (sort[1:] >= sort[:-1]).all() else sort.argsort(kind="stable")
        return cls(
            asked=asked,
            rows=np.concatenate((work.rows[order], loans)),
            rank=np.concatenate((work.rank[order], none - 1)),
            kinds=np.concatenate((kinds, _ONE_LOAN.repeat(len(loans), axis=0))),
            lacking=np.concatenate((required[met // 2] & ~asked.who.licences[0], none)),
            far=np.concatenate((met % 2 == 1, none > 0)),
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
        ends = [0, *np.cumsum(self.sizes).tolist()]
        its = [slice(*both) for both in pairwise(ends)]
        return [self.rows[one][first_by_id(self.rank[one], n)] for one in its]

    def opened(self, gains: Gains) -> BoolArray:
        """Return which sorts open with what each of some paths gives, (n_paths, n_sorts)."""
        opens: BoolArray = (self.lacking & ~gains.licences[:, None]) == 0
        opens &= ~self.far | gains.rides[:, None]
        if self.lends.any():
            opens[:, self.lends] = self._lent(gains)
        return opens

    def _lent(self, gains: Gains) -> BoolArray:
        """Return which loans are open with some gains, (n_paths, n_loans): all of them to whoever enrols.

        How long the programme takes counts only for who asks for a sum, where that bounds what is lent: then the rules
        are asked once of each length.
        """
        loans = self.rows_of(self.lends)
        lent = gains.enrols[:, None].repeat(len(loans), axis=1)
        if np.isnan(self.asked.who.loan_vnd[0]) or np.isnan(self.asked.offers.loan_max_month[loans]).all():
            return lent
        months, which = np.unique(gains.months, return_inverse=True)
        then = afterwards(self.asked.people, self.asked.person.repeat(len(months)), enrolments(months))
        person, offer = np.arange(len(months)).repeat(len(loans)), np.tile(loans, len(months))
        enough = passes(replace(self.asked, people=then, person=person, offer=offer))
        return lent & enough.reshape(len(months), len(loans))[which]


def _counted(sort: IntArray, kind: IntArray) -> tuple[IntArray, IntArray]:
    """Return the sorts that are met, ascending, and how many of each kind are of each, (n_sorts, n_kinds)."""
    n = int(sort.max(initial=0)) + 1
    kinds = np.bincount(sort * np.uint32(_N_KINDS) + kind, minlength=n * _N_KINDS).reshape(n, _N_KINDS)
    met = np.flatnonzero(kinds.any(axis=1))
    return met, kinds[met]
