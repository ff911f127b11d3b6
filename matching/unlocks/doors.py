"""What licences and enrolment may open, found by place: openings that require a licence, and loans to learners.

Rules read licences, enrolment and the months of a programme for no others.
"""

from dataclasses import dataclass

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.pool.blocks import ranges
from matching.pool.by_cell import ByCell, cell_of
from matching.pool.offers import Offers
from matching.pool.once import Once
from matching.pool.people import BoolArray, IntArray

OPENING = positions(OfferKind)[OfferKind.OPENING]
PROGRAMME = positions(OfferKind)[OfferKind.PROGRAMME]
LOAN = positions(OfferKind)[OfferKind.LOAN]


def _to_learners(offers: Offers, rows: IntArray | slice) -> BoolArray:
    by_month = ~np.isnan(offers.loan_max_month[rows])
    return np.asarray((offers.kind[rows] == LOAN) & (by_month | (offers.loan_enrolled[rows] == 1)))


_lent = ByCell(_to_learners)


def lent(offers: Offers, near: BoolArray) -> IntArray:
    """Return the loans within reach that lend to learners only, or by the months of a programme, by row."""
    return _lent.within(offers, near[None, :])[1].astype(np.intp)


def licensed(offers: Offers, near: BoolArray, *, held: int, gained: int) -> IntArray:
    """Return the openings within reach for which a licence lacks, and nothing but what is gained, by row.

    Parameters
    ----------
    near : bool (n_cells,)
        Cells within reach, as `matching.search.reach.Cells.near` returns them: all that give housing are.
    held, gained : int
        Masks of licences, with all that they cover.
    """
    if offers.kinds is not None and OfferKind.OPENING not in offers.kinds:
        return np.zeros(0, dtype=np.int32)
    lacking = offers.licences_required.values & ~held
    wanted = (lacking != 0) & ((lacking & ~gained) == 0)
    laid = _laid_out(offers)
    groups = np.append(0, near[: laid.n_groups - 1].nonzero()[0] + 1)
    sorts = wanted[: len(laid.starts) // laid.n_groups].nonzero()[0]
    lists = (sorts[:, None] * laid.n_groups + groups).ravel()
    rows = laid.rows[ranges(laid.starts[lists], laid.starts[lists + 1])]
    newer = offers.added[wanted[offers.licences_required.code[offers.added]]]
    newer = newer[(offers.kind[newer] == OPENING) & near[cell_of(offers, newer)]]
    return np.concatenate((rows, newer), dtype=np.intp)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """Openings by what they require, then those that give housing, then the others by commune."""

    rows: IntArray
    starts: IntArray
    """Where each group of each sort begins, and the last one ends, (n_sorts * n_groups + 1,)."""
    n_groups: int


def _lay_out(base: Offers) -> _Laid:
    required = base.licences_required
    rows = ((required.values != 0)[required.code] & (base.kind == OPENING)).nonzero()[0].astype(np.int32)
    n_places = len(base.lat.values)
    n_groups = n_places + 1
    cell = cell_of(base, rows)
    number = required.code[rows].astype(np.int64) * n_groups + np.where(cell < n_places, cell + 1, 0)
    sizes = np.bincount(number, minlength=len(required.values) * n_groups)
    order = np.argsort(number, kind="stable")
    return _Laid(rows=rows[order], starts=np.append(0, np.cumsum(sizes)).astype(np.int32), n_groups=n_groups)


_laid_out = Once(_lay_out)
