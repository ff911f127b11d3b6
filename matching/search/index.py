"""Everything about a pool of offers that no question changes, laid out so that a question touches little of it.

Reckoned once for a pool, a model and a day: what each offer scores whoever asks, its blocks, and the number of its
combination in each facet.
"""

import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.features import FEATURES
from matching.pool.blocks import Blocks
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.ranking.additive import AdditiveModel
from matching.search.facets import FACETS, TRADE, WAY, Parts, Steps, combined, parts_of, row_features, static_parts

MOST_CODES = 16_384
"""Combinations of a facet beyond which it is not asked: its tables' largest values bound it."""

_MOST_BY_TRADE = 16_384
_ROWS_A_PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One facet of the offers of one kind."""

    parts: Parts
    codes: IntArray
    """Number of each offer's combination, in the order of the blocks, (n,)."""
    examples: IntArray
    """An offer that has each combination: row in the pool, (n_codes,)."""
    by_trade: tuple[IntArray, IntArray] | None
    """Combinations met in each trade (codes, and where each trade's begin); None: too many to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The offers of one kind that the rules leave to anybody."""

    kind: OfferKind
    blocks: Blocks
    rows: IntArray
    """Row in the pool of each member, in the order of the blocks, (n,) int32."""
    static: IntArray
    """What each scores whoever asks, with the bias, (n,) int64 in millionths."""
    cells: IntArray
    """Which place cell of the index each cell is, (n_cells,)."""
    trades: IntArray
    """The occupations that are met, (n_trades,) ascending."""
    trade: IntArray
    """Which of them each block is of, (n_blocks,)."""
    way: Facet
    way_starts: IntArray
    """First and last-plus-one way of each cell: combinations of `way` stand by cell, (n_cells + 1,)."""
    facets: tuple[Facet, ...]
    """All facets but `way`."""
    unwritten: int
    """The most that features without a bound of their own can add."""


class OfferIndex:
    """The layers of one pool.

    Parameters
    ----------
    people : People
        Any pool: functions that are asked here read nothing of it.
    as_of : int
        Ordinal of the day: it decides what is open and how long.

    Attributes
    ----------
    lat, lon : float (n_cells,)
        Where each place cell lies; NaN for those within reach of everybody.
    sizes : int (n_cells,)
        Offers of each cell, of all kinds, open or not.
    """

    def __init__(self, people: People, offers: Offers, model: AdditiveModel, *, as_of: int) -> None:
        everything = Pairs(
            people=people,
            offers=offers,
            person=np.zeros(len(offers), dtype=np.int8),
            offer=np.arange(len(offers), dtype=np.int32),
            as_of=as_of,
        )
        self.steps = Steps(model)
        _, first, cell, self.sizes = np.unique(
            cells_of(offers), return_index=True, return_inverse=True, return_counts=True
        )
        nowhere = (offers.housing[first] == 1) | (offers.place[first] < 0)
        self.lat = np.where(nowhere, np.nan, offers.lat[first])
        self.lon = np.where(nowhere, np.nan, offers.lon[first])
        found = (_layer(kind, everything, cell, self.steps) for kind in OfferKind)
        self.layers: tuple[Layer, ...] = tuple(layer for layer in found if layer is not None)


_KNOWN: dict[tuple[int, int, int], tuple[weakref.ref[Any], AdditiveModel, OfferIndex]] = {}
"""Indexes by pool, model and day; an entry goes when its pool does."""


def index_of(people: People, offers: Offers, model: AdditiveModel, *, as_of: int) -> OfferIndex:
    """Return the index of a pool, built once for a pool, a model and a day."""
    column = offers.wage_max
    key = (id(column), id(model), as_of)
    known = _KNOWN.get(key)
    if known is None or known[0]() is not column:
        reference = weakref.ref(column, lambda _: _KNOWN.pop(key, None))
        known = _KNOWN[key] = (reference, model, OfferIndex(people, offers, model, as_of=as_of))
    return known[2]


def cells_of(offers: Offers) -> IntArray:
    """Return the place cell of each offer: its commune, and whether it gives housing, (n,)."""
    return np.asarray((offers.place.astype(np.int64) + 1) * 2 + (offers.housing == 1))


def _layer(kind: OfferKind, everything: Pairs, place_cell: IntArray, steps: Steps) -> Layer | None:
    offers = everything.offers
    mine = everything.where(np.flatnonzero(offers.kind == positions(OfferKind)[kind]))
    static, open_to_some = _static(mine, static_parts(kind), kind, steps)
    mine, static = mine.where(open_to_some), static[open_to_some]
    if not len(mine):
        return None
    cells, cell = np.unique(place_cell[mine.offer], return_inverse=True)
    blocks = Blocks.of(cell, offers.occupation[mine.offer].astype(np.int64), static)
    rows, static, cell = mine.offer[blocks.order], static[blocks.order], cell[blocks.order]
    trades, trade = np.unique(blocks.trade, return_inverse=True)
    by_row = np.repeat(trade, np.diff(blocks.starts))
    found = {name: _facet(name, kind, offers, rows, by_row, steps) for name in FACETS if name != WAY}
    facets = {name: facet for name, facet in found.items() if facet is not None}
    way_codes, examples = combined([cell, offers.at_home[rows] == 1, offers.transport_provided[rows]])
    way_parts = parts_of(WAY, kind)
    written = [f for facet in facets.values() for f in facet.parts.features]
    written += [*way_parts.features, *row_features(kind), *static_parts(kind).features]
    about = [name for name, f in FEATURES.items() if kind in f.kinds and f not in written]
    return Layer(
        kind=kind,
        blocks=blocks,
        rows=rows,
        static=static,
        cells=cells,
        trades=trades,
        trade=trade.astype(np.int32),
        way=Facet(parts=way_parts, codes=way_codes, examples=rows[examples], by_trade=None),
        way_starts=np.searchsorted(cell[examples], np.arange(len(cells) + 1)),
        facets=tuple(facets.values()),
        unwritten=sum(steps.largest(name) for name in about),
    )


def _static(mine: Pairs, parts: Parts, kind: OfferKind, steps: Steps) -> tuple[IntArray, BoolArray]:
    """Return what each offer scores whoever asks, and whether it is open to anybody."""
    other = sum(steps.missing(name) for name, f in FEATURES.items() if kind not in f.kinds)
    static = np.full(len(mine), steps.bias + other, dtype=np.int64)
    passing = np.ones(len(mine), dtype=bool)
    for piece in _pieces(len(mine)):
        pairs = mine.where(piece)
        for feature in parts.features:
            static[piece] += steps.contributed(feature, pairs)
        for rule in parts.rules:
            passing[piece] &= rule.passes(pairs)
    return static, passing


def _pieces(n: int) -> Iterator[IntArray]:
    for first in range(0, n, _ROWS_A_PIECE):
        yield np.arange(first, min(first + _ROWS_A_PIECE, n))


def _facet(
    name: str, kind: OfferKind, offers: Offers, rows: IntArray, trade: IntArray, steps: Steps
) -> Facet | None:
    """Return a facet; None where nothing is asked of it, or its combinations are too many."""
    parts = parts_of(name, kind)
    if not parts.features and not parts.rules:
        return None
    read = FACETS[name] - {"kind"}
    columns = [_column(column, offers, rows, steps) for column in sorted(read)]
    codes, examples = combined(columns)
    if len(examples) > MOST_CODES and name != TRADE:
        return None
    narrow = codes.astype(np.uint16) if len(examples) <= MOST_CODES else codes
    return Facet(parts=parts, codes=narrow, examples=rows[examples], by_trade=_by_trade(codes, trade))


def _column(name: str, offers: Offers, rows: IntArray, steps: Steps) -> IntArray | FloatArray:
    if name != "wage_to_usual":
        column: IntArray | FloatArray = getattr(offers, name)[rows]
        return column
    feature = FEATURES["wage_to_usual"]
    pairs = Pairs(people=None, offers=offers, person=rows, offer=rows, as_of=0)  # type: ignore[arg-type]
    return steps.step("higher_wage_wanted", feature.function(pairs))


def _by_trade(codes: IntArray, trade: IntArray) -> tuple[IntArray, IntArray] | None:
    n_codes = int(codes.max()) + 1
    met = np.unique(trade.astype(np.int64) * n_codes + codes)
    if len(met) > _MOST_BY_TRADE:
        return None
    return met % n_codes, np.flatnonzero(np.diff(met // n_codes, prepend=-1))
