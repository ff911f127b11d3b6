"""Everything about a pool of offers that no question changes, laid out so that a question touches little of it.

Reckoned once for a pool, a model and a day: what each offer scores whoever asks, its blocks, and the number of its
combination in each facet.
"""

import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching.domain.bits import mask, positions
from matching.domain.vocabulary import NeedCode, OfferKind
from matching.features import FEATURES
from matching.features.feature import Feature
from matching.pool.blocks import Blocks
from matching.pool.layout import PEOPLE, column
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.ranking.additive import AdditiveModel
from matching.search.facets import DECIDED_BY, FACETS, TRADE, WAY, Parts, Steps, combined, parts_of, static_parts

MOST_CODES = 16_384
"""Combinations of a facet beyond which it is not asked: its tables' largest values bound it."""

WAYS = 12
"""Sorts of way that features tell apart besides the distance."""

_MOST_BY_TRADE = 65_536
_ROWS_A_PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One facet of the offers of one kind."""

    parts: Parts
    codes: IntArray
    """Number of each offer's combination, in the order of the blocks, (n,)."""
    examples: IntArray
    """An offer that has each combination: row in the pool, (n_codes,)."""
    usual: IntArray
    """What somebody of whom nothing is known scores by each combination: part of `Layer.static`, (n_codes,)."""
    by_skill: tuple[IntArray, IntArray] | None = None
    """Combinations that name each skill (codes, and where each skill's begin), where it is made of skills only.

    The others score what they score for anybody: no skill of theirs is the person's."""
    who: tuple[str, ...] = ()
    """Columns of `People` that alone decide: who holds nothing in them scores what anybody does."""
    by_trade: tuple[IntArray, IntArray] | None = None
    """Combinations met in each trade (codes, and where each trade's begin); None: too many to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The offers of one kind that the rules leave to anybody."""

    kind: OfferKind
    blocks: Blocks
    rows: IntArray
    """Row in the pool of each member, in the order of the blocks, (n,) int32."""
    static: IntArray
    """What each scores whoever asks, with the bias and the usual part of the facets, (n,) int64 in millionths."""
    cells: IntArray
    """Which place cell of the index each cell is, (n_cells,)."""
    trades: IntArray
    """The occupations that are met, (n_trades,) ascending."""
    trade: IntArray
    """Which of them each block is of, (n_blocks,)."""
    way: Facet
    way_starts: IntArray
    """First and last-plus-one way of each cell: combinations of `way` stand by cell, (n_cells + 1,)."""
    way_sort: IntArray
    """Which of `WAYS` sorts of way each is: housing, work at home, transport given or not, (n_ways,)."""
    facets: tuple[Facet, ...]
    """All facets but `way`."""
    by_row: tuple[Feature, ...]
    """Features without a facet: their tables' largest values bound them until an offer is looked at by itself."""


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
        Where each place cell lies; NaN unknown.
    anywhere : bool (n_cells,)
        Cells that give housing: within reach of everybody.
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
        self.anywhere = offers.housing[first] == 1
        self.lat, self.lon = offers.lat[first], offers.lon[first]
        found = (_layer(kind, everything, cell, self.steps) for kind in OfferKind)
        self.nobody = unknown_person(people)
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
    found = {name: _facet(name, kind, mine, steps) for name in FACETS if name != WAY}
    facets = [facet for facet in found.values() if facet is not None]
    for facet in facets:
        static += facet.usual[facet.codes]
    cells, cell = np.unique(place_cell[mine.offer], return_inverse=True)
    blocks = Blocks.of(cell, offers.occupation[mine.offer].astype(np.int64), static)
    rows, cell = mine.offer[blocks.order], cell[blocks.order]
    trades, trade = np.unique(blocks.trade, return_inverse=True)
    by_row = np.repeat(trade, np.diff(blocks.starts))
    way_codes, examples = combined([cell, offers.at_home[rows] == 1, offers.transport_provided[rows]])
    way = Facet(parts=parts_of(WAY, kind), codes=way_codes, examples=rows[examples], usual=examples * 0)
    asked = [*facets, way]
    written = {f.name for facet in asked for f in facet.parts.features}
    written |= {f.name for f in static_parts(kind).features}
    return Layer(
        kind=kind,
        blocks=blocks,
        rows=rows,
        static=static[blocks.order],
        cells=cells,
        trades=trades,
        trade=trade.astype(np.intp),
        way=way,
        way_sort=_way_sorts(offers, rows[examples]),
        way_starts=np.searchsorted(cell[examples], np.arange(len(cells) + 1)),
        facets=tuple(_laid_out(facet, blocks.order, by_row) for facet in facets),
        by_row=tuple(f for name, f in FEATURES.items() if kind in f.kinds and name not in written),
    )


def _way_sorts(offers: Offers, rows: IntArray) -> IntArray:
    given = offers.transport_provided[rows].astype(np.int64) + 1
    return np.asarray(((offers.housing[rows] == 1) * 2 + (offers.at_home[rows] == 1)) * 3 + given)


def _laid_out(facet: Facet, order: IntArray, trade: IntArray) -> Facet:
    """Return a facet in the order of the blocks, with what is met in each trade."""
    codes = facet.codes[order]
    return replace(facet, codes=codes, by_trade=_by_trade(codes, trade))


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


def _facet(name: str, kind: OfferKind, mine: Pairs, steps: Steps) -> Facet | None:
    """Return a facet; None where nothing is asked of it, or its combinations are too many."""
    parts, rows = parts_of(name, kind), mine.offer
    if not parts.features and not parts.rules:
        return None
    codes, examples = combined([c for read in sorted(FACETS[name] - {"kind"}) for c in _columns(read, mine, steps)])
    if len(examples) > MOST_CODES and name != TRADE:
        return None
    anybody = replace(mine, people=unknown_person(mine.people))
    pairs = anybody.where(examples)
    usual = np.zeros(len(examples), dtype=np.int64)
    for feature in parts.features if name != TRADE else ():
        usual += steps.contributed(feature, pairs)
    narrow = codes.astype(np.uint16) if len(examples) <= MOST_CODES else codes
    by_skill = _by_skill(mine.offers.skills[rows[examples]]) if FACETS[name] == {"skills", "kind"} else None
    return Facet(
        parts=parts, codes=narrow, examples=rows[examples], usual=usual, by_skill=by_skill, who=DECIDED_BY.get(name, ())
    )


def _by_skill(skills: IntArray) -> tuple[IntArray, IntArray]:
    code, column = np.nonzero(skills >= 0)
    skill = skills[code, column]
    order = np.argsort(skill, kind="stable")
    return code[order], np.searchsorted(skill[order], np.arange(int(skills.max(initial=-1)) + 2))


def unknown_person(people: People) -> People:
    """Return somebody of whom nothing is known but that work is asked for, as a pool of one.

    What this person scores is only a point to measure from: the nearer to most people's, the tighter the bounds.
    """
    nothing: dict[str, Any] = {name: column([_UNKNOWN.get(name, 0)], kind) for name, kind in PEOPLE.items()}
    nowhere = np.full(1, np.nan, dtype=np.float32)
    return People(
        ids=("",),
        lat=nowhere,
        lon=nowhere,
        **nothing,
        trades=people.trades.of_nobody(),
        bar_days=((),),
        closed_trades=np.zeros(1, dtype=np.int8),
        evidence_years=nowhere,
    )


_NAN = float("nan")
_UNKNOWN: dict[str, float] = {
    "place": -1,
    "max_commute_km": _NAN,
    "transport": -1,
    "wage_floor": _NAN,
    "schooling": -1,
    "needs": mask([NeedCode.JOB]),
    "not_before": -1,
    "not_after": -1,
    "appointment": -1,
    "loan_vnd": _NAN,
    "loan_purpose": -1,
    "training_months": _NAN,
}


def _columns(name: str, mine: Pairs, steps: Steps) -> list[IntArray | FloatArray]:
    """Return what a facet is made of; the wage against the pool's is told apart only as far as a model does."""
    if name == "wage_to_usual":
        return [steps.step("higher_wage_wanted", FEATURES["wage_to_usual"].function(mine))]
    values = getattr(mine.offers, name)[mine.offer]
    return [values] if values.ndim == 1 else list(values.T)


def _by_trade(codes: IntArray, trade: IntArray) -> tuple[IntArray, IntArray] | None:
    n_codes = int(codes.max()) + 1
    met = np.unique(trade.astype(np.int64) * n_codes + codes)
    if len(met) > _MOST_BY_TRADE:
        return None
    return met % n_codes, np.flatnonzero(np.diff(met // n_codes, prepend=-1))
