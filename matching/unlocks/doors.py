"""What licences and enrolment may open, found by place: openings that require a licence, and loans to learners.

Rules read licences, enrolment and the months of a programme for no others.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.pool.blocks import ranges
from matching.pool.by_cell import ByCell, among, cell_of
from matching.pool.coded import Coded
from matching.pool.offers import NO_ROWS, Offers
from matching.pool.once import Once
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.unlocks.gains import Gains, allowed

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Openings and programmes that are barred to one person today and that some steps open."""

    rows: IntArray
    """Row in the pool, (n,)."""
    kind: IntArray
    required: IntArray
    """Code of what each requires, as `Offers.licences_required` counts them, (n,)."""

    @classmethod
    def of(cls, pairs: Pairs, row: IntArray | None = None) -> "Barred":
        """Return the offers of some pairs; *row*: the row in the pool of each row of theirs, where that is another."""
        required = pairs.offers.licences_required.code[pairs.offer]
        return cls(rows=pairs.offer if row is None else row[pairs.offer], kind=pairs.what.kind, required=required)

    @classmethod
    def joined(cls, parts: "list[Barred]") -> "Barred":
        """Return offers one after the other."""
        none = Barred(rows=NO_ROWS, kind=NO_ROWS, required=NO_ROWS.astype(np.uint8))
        columns = {f.name: [getattr(part, f.name) for part in (none, *parts)] for f in fields(cls)}
        return cls(**{name: np.concatenate(column) for name, column in columns.items()})


def licensed(asked: Pairs, near: BoolArray, gain: Gains) -> Barred:
    """Return the openings within reach for which a licence lacks today, and that are allowed with one gain.

    Parameters
    ----------
    asked : Pairs
        One pair: the person, with any offer.
    near : bool (n_cells,)
        Cells within reach, as `matching.search.reach.Cells.near` returns them: all that give housing are.
    gain : Gains
        One row.
    """
    offers, held = asked.offers, asked.who.licences
    lacking = offers.licences_required.values & ~held
    laid = _laid_out(offers)
    members, newer = _within(laid, offers, near, (lacking != 0) & ((lacking & ~gain.licences) == 0))
    found = []
    if len(members):
        found.append(Barred.of(allowed(asked, laid.standing(offers), members, gain), laid.rows))
    if len(newer):
        found.append(Barred.of(allowed(asked, offers, newer, gain)))
    return Barred.joined(found)


def licences_required(offers: Offers, near: BoolArray) -> int:
    """Return the mask of all licences that any opening within reach requires."""
    laid, sorts = _laid_out(offers), offers.licences_required.values
    members, newer = _within(laid, offers, near, sorts != 0)
    rows = np.concatenate((laid.rows[members], newer))
    met = np.unique(offers.licences_required.code[rows[~among(rows, offers.gone)]])
    return int(np.bitwise_or.reduce(sorts[met], initial=0))


def _within(laid: "_Laid", offers: Offers, near: BoolArray, wanted: BoolArray) -> tuple[IntArray, IntArray]:
    """Return the openings within reach that require what is *wanted* of all that is required, withdrawn ones too.

    Returns
    -------
    members, newer : int (n,)
        Position in *laid*, and row of those that were added since.
    """
    if offers.kinds is not None and OfferKind.OPENING not in offers.kinds:
        return NO_ROWS, NO_ROWS
    groups = np.append(0, near[: laid.n_groups - 1].nonzero()[0] + 1)
    sorts = wanted[: len(laid.starts) // laid.n_groups].nonzero()[0]
    lists = (sorts[:, None] * laid.n_groups + groups).ravel()
    newer = offers.added[wanted[offers.licences_required.code[offers.added]]]
    newer = newer[(offers.kind[newer] == OPENING) & near[cell_of(offers, newer)]]
    return ranges(laid.starts[lists], laid.starts[lists + 1]), newer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """Openings by what they require, then those that give housing, then the others by commune."""

    rows: IntArray
    offers: Offers
    """They as a pool of their own, in this order and without words: what is asked together lies together."""
    starts: IntArray
    """Where each group of each sort begins, and the last one ends, (n_sorts * n_groups + 1,)."""
    n_groups: int

    def standing(self, offers: Offers) -> Offers:
        """Return them with the last days that they have now in the pool that is served."""
        closes_on: Any = Coded(self.rows, offers.closes_on)
        return replace(self.offers, closes_on=closes_on)


def _lay_out(base: Offers) -> _Laid:
    required = base.licences_required
    rows = ((required.values != 0)[required.code] & (base.kind == OPENING)).nonzero()[0]
    n_places = len(base.lat.values)
    n_groups = n_places + 1
    cell = cell_of(base, rows)
    number = required.code[rows].astype(np.int64) * n_groups + np.where(cell < n_places, cell + 1, 0)
    sizes = np.bincount(number, minlength=len(required.values) * n_groups)
    rows = rows[np.argsort(number, kind="stable")]
    return _Laid(
        rows=rows,
        offers=Offers.of((), (), {name: column[rows] for name, column in base.rows.items()}, base.tables),
        starts=np.append(0, np.cumsum(sizes)).astype(np.int32),
        n_groups=n_groups,
    )


_laid_out = Once(_lay_out)
