"""What licences and enrolment may open, found by place: openings that require a licence, and loans to learners.

Rules read licences, enrolment and the months of a programme for no others.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.pool.blocks import ranges
from matching.pool.by_cell import Choice, among, cell_of
from matching.pool.by_id import ranks
from matching.pool.coded import Coded
from matching.pool.offers import NO_ROWS, Offers
from matching.pool.once import Once
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.unlocks.gains import allowed

OPENING = positions(OfferKind)[OfferKind.OPENING]
PROGRAMME = positions(OfferKind)[OfferKind.PROGRAMME]
LOAN = positions(OfferKind)[OfferKind.LOAN]


class Few:
    """Offers of one kind of which there are few in any country: a look at the place of each finds those within reach.

    Parameters
    ----------
    kind : OfferKind
    choose : callable
        Which offers of that kind these are.
    """

    def __init__(self, kind: OfferKind, choose: Choice) -> None:
        self._kind, self._choose = kind, choose
        self._laid = Once(lambda base: self._with_cells(base, np.arange(len(base))))

    def within(self, offers: Offers, near: BoolArray) -> IntArray:
        """Return the rows in the cells that *near* (n_cells,) names, withdrawn ones too: no rule lets these pass."""
        if offers.kinds is not None and self._kind not in offers.kinds:
            return NO_ROWS
        (rows, cell), (newer, cell_of_newer) = self._laid(offers), self._with_cells(offers, offers.added)
        return np.concatenate((rows[near[cell]], newer[near[cell_of_newer]]))

    def _with_cells(self, offers: Offers, rows: IntArray) -> tuple[IntArray, IntArray]:
        """Return those of some rows that are of this sort, and the place cell of each."""
        its = rows[offers.kind[rows] == positions(OfferKind)[self._kind]]
        if not len(its):
            return NO_ROWS, NO_ROWS
        its = its[self._choose(offers, its)]
        return its, cell_of(offers, its)


def _all(_offers: Offers, rows: IntArray | slice) -> BoolArray:
    return np.ones(len(rows), dtype=bool)  # type: ignore[arg-type]


def _to_learners(offers: Offers, rows: IntArray | slice) -> BoolArray:
    return np.asarray(~np.isnan(offers.loan_max_month[rows]) | (offers.loan_enrolled[rows] == 1))


programmes = Few(OfferKind.PROGRAMME, _all)
lent = Few(OfferKind.LOAN, _to_learners)
"""Loans that lend to learners only, or by the months of a programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Openings and programmes that are barred to one person today and that some steps open."""

    rows: IntArray
    """Row in the pool, (n,)."""
    kind: IntArray
    required: IntArray
    """Code of what each requires, as `Offers.licences_required` counts them, (n,)."""
    rank: IntArray
    """Place of each among the ids, as `matching.pool.by_id.ranks` counts them, (n,)."""

    @classmethod
    def of(cls, pairs: Pairs, laid: "_Laid | None" = None) -> "Barred":
        """Return the offers of some pairs; *laid*: they are rows of its pool."""
        its, required = pairs.offer, pairs.offers.licences_required.code[pairs.offer]
        if laid is None:
            return cls(rows=its, kind=pairs.what.kind, required=required, rank=ranks(pairs.offers, its))
        return cls(rows=laid.rows[its], kind=pairs.what.kind, required=required, rank=laid.rank[its])

    @classmethod
    def joined(cls, parts: "list[Barred]") -> "Barred":
        """Return offers one after the other."""
        if len(parts) == 1:
            return parts[0]
        none = Barred(rows=NO_ROWS, kind=NO_ROWS, required=NO_ROWS.astype(np.uint8), rank=NO_ROWS)
        columns = {f.name: [getattr(part, f.name) for part in (none, *parts)] for f in fields(cls)}
        return cls(**{name: np.concatenate(column) for name, column in columns.items()})


def licensed(asked: Pairs, then: Pairs, near: BoolArray) -> Barred:
    """Return the openings within reach for which a licence lacks today, and that are allowed with what is gained.

    Parameters
    ----------
    asked, then : Pairs
        One pair each: the person as they are and as they would be, with any offer.
    near : bool (n_cells,)
        Cells within reach, as `matching.search.reach.Cells.near` returns them: all that give housing are.
    """
    offers, laid = asked.offers, _laid_out(asked.offers)
    lacking, still = (offers.licences_required.values & ~its.who.licences for its in (asked, then))
    members, newer = _within(laid, offers, near, (lacking != 0) & (still == 0))
    found = []
    if len(members):
        found.append(Barred.of(allowed(then, members, laid.standing(offers)), laid))
    if len(newer):
        found.append(Barred.of(allowed(then, newer)))
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
    if not wanted.any() or (offers.kinds is not None and OfferKind.OPENING not in offers.kinds):
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
    rank: IntArray
    """Place of each among the ids."""
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
        rank=ranks(base, rows),
        offers=Offers.of((), (), {name: column[rows] for name, column in base.rows.items()}, base.tables),
        starts=np.append(0, np.cumsum(sizes)).astype(np.int32),
        n_groups=n_groups,
    )


_laid_out = Once(_lay_out)
