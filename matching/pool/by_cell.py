"""Offers of some sort, found and counted by place cell: a commune, and whether housing is given there.

What a pool held when it was laid out is grouped once. What was added since stands beside it and what was withdrawn is
left out, so that every answer is of the pool as it is now, and a change costs no more in a large pool.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.pool.blocks import ranges
from matching.pool.offers import Offers
from matching.pool.once import Once
from matching.pool.people import BoolArray, IntArray

_CODES = positions(OfferKind)
_N_KINDS = len(_CODES)

Choice = Callable[[Offers, IntArray | slice], BoolArray]
"""Says which of some rows are of the sort; it may read only columns that stay as they are while a pool is served."""


def cell_of(offers: Offers, rows: IntArray | slice) -> IntArray:
    """Return the place cell of some offers: the communes, none first, then all of them again with housing."""
    housed = (offers.housing[rows] == 1) * np.int32(len(offers.lat.values))
    return np.asarray(offers.place[rows] + np.int32(1) + housed)


def n_cells_of(offers: Offers) -> int:
    """Return how many cells there could be: two for each commune of the release, and two for no commune."""
    return 2 * len(offers.lat.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """Rows of a base by kind and cell."""

    rows: IntArray
    starts: IntArray
    """Where the rows of each kind and cell begin, and the last ones end, (n_kinds * n_cells + 1,)."""
    counts: IntArray
    """How many there are of all kinds in each cell, (n_cells,)."""


class ByCell:
    """The offers of a sort, in any pool.

    Parameters
    ----------
    choose : callable
        Which offers these are.
    """

    def __init__(self, choose: Choice) -> None:
        self._choose = choose
        self._laid = Once(self._lay_out)

    def within(self, offers: Offers, near: BoolArray) -> tuple[IntArray, IntArray]:
        """Return the rows in the cells that *near* (n, n_cells) names, by subject: whose each is, and the row."""
        laid, n_cells = self._laid(offers), near.shape[1]
        of, first, last = _runs(near)
        kinds = np.array([_CODES[kind] for kind in offers.kinds or OfferKind]) * n_cells
        starts, ends = (laid.starts[(cell[:, None] + kinds).ravel()] for cell in (first, last))
        of, rows = np.repeat(of, len(kinds)).repeat(ends - starts), laid.rows[ranges(starts, ends)]
        if len(offers.gone):
            stands = ~among(rows, offers.gone)
            of, rows = of[stands], rows[stands]
        if len(offers.added):
            newer = [self.added(offers, its) for its in near]
            of = np.concatenate((of, np.repeat(np.arange(len(newer)), [len(its) for its in newer])))
            order = np.argsort(of, kind="stable")
            of, rows = of[order], np.concatenate((rows, *newer))[order]
        return of, rows

    def rows(self, offers: Offers) -> IntArray:
        """Return the rows of all of them."""
        return self.within(offers, np.ones((1, n_cells_of(offers)), dtype=bool))[1]

    def added(self, offers: Offers, near: BoolArray) -> IntArray:
        """Return the rows that were added since the pool was laid out, in the cells that *near* (n_cells,) names."""
        added = self._these(offers, offers.added)
        return added[near[cell_of(offers, added)]]

    def counts_within(self, offers: Offers, near: BoolArray) -> IntArray:
        """Return how many there are in the cells that *near* (n, n_cells) names, (n,)."""
        counts: IntArray = near @ self._counts(offers)
        for rows, sign in ((offers.added, 1), (offers.gone, -1)):
            its = self._these(offers, rows)
            if len(its):
                counts += sign * np.count_nonzero(near[:, cell_of(offers, its)], axis=1)
        return counts

    def total(self, offers: Offers) -> int:
        """Return how many there are."""
        added, gone = (len(self._these(offers, rows)) for rows in (offers.added, offers.gone))
        return int(self._counts(offers).sum()) + added - gone

    def any_within(self, offers: Offers, near: BoolArray) -> BoolArray:
        """Return who has any of them in the cells that *near* (n, n_cells) names, (n,)."""
        return self.counts_within(offers, near) > 0

    def _counts(self, offers: Offers) -> IntArray:
        """Return how many of the base there are in each cell, of the kinds asked for, (n_cells,)."""
        laid = self._laid(offers)
        if offers.kinds is None:
            return laid.counts
        every = np.diff(laid.starts).reshape(_N_KINDS, -1)
        return np.asarray(every[[_CODES[kind] for kind in offers.kinds]].sum(axis=0))

    def _these(self, offers: Offers, rows: IntArray) -> IntArray:
        """Return those of some rows that are of this sort and of the kinds asked for."""
        if not len(rows):
            return rows
        its = self._choose(offers, rows)
        if offers.kinds is not None:
            its = its & np.isin(offers.kind[rows], [_CODES[kind] for kind in offers.kinds])
        return rows[its]

    def _lay_out(self, base: Offers) -> _Laid:
        rows = np.flatnonzero(self._choose(base, slice(None))).astype(np.int32)
        n_cells = n_cells_of(base)
        sort = cell_of(base, rows) + base.kind[rows] * np.int32(n_cells)
        order = np.argsort(sort.astype(np.min_scalar_type(n_cells * _N_KINDS)), kind="stable")
        sizes = np.bincount(sort, minlength=n_cells * _N_KINDS)
        starts = np.append(0, np.cumsum(sizes))
        return _Laid(rows=rows[order], starts=starts, counts=sizes.reshape(_N_KINDS, -1).sum(axis=0))


def _runs(near: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return every run of cells that are near one subject: whose it is, its first cell and one past its last."""
    n, width = near.shape[0], near.shape[1] + 1
    edged = np.zeros(n * width + 1, dtype=bool)
    edged[:-1].reshape(n, width)[:, 1:] = near
    edge = (edged[1:] != edged[:-1]).nonzero()[0]
    of, first = np.divmod(edge[::2], width)
    return of, first, edge[1::2] - of * width


def among(rows: IntArray, ascending: IntArray) -> BoolArray:
    """Return which of some rows stand in an ascending array.

    >>> among(np.array([5, 2, 9]), np.array([2, 9])).tolist()
    [False, True, True]
    """
    if not len(ascending):
        return np.zeros(len(rows), dtype=bool)
    at = np.minimum(np.searchsorted(ascending, rows), len(ascending) - 1)
    return np.asarray(ascending[at] == rows)


def _all(offers: Offers, rows: IntArray | slice) -> BoolArray:
    return np.ones(len(offers.kind[rows]), dtype=bool)


def _of_kind(kind: OfferKind) -> Choice:
    return lambda offers, rows: np.asarray(offers.kind[rows] == _CODES[kind])


everything = ByCell(_all)
programmes = ByCell(_of_kind(OfferKind.PROGRAMME))
loans = ByCell(_of_kind(OfferKind.LOAN))
