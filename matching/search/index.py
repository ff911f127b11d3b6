"""Everything about a pool of offers that no question changes, laid out so that a question touches little of it.

Reckoned once for a pool, a model and a day: what each offer scores whoever asks, its blocks, and the number of its
combination in each facet.
"""

import logging
import weakref
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.errors import DataError, SnapshotBrokenError, SnapshotStaleError
from matching.features import FEATURES
from matching.pool.blocks import Blocks
from matching.pool.closing import WITHDRAWN
from matching.pool.coded import Coded
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray, People
from matching.ranking.additive import AdditiveModel
from matching.search.facets import FACETS, TRADE, WAY, Steps, combined, parts_of, rest_of, static_parts
from matching.search.layers import Facet, Layer, Lists, OfferIndex, Sample, Ways
from matching.search.nobody import unknown_person
from matching.search.stored import read_index, write_index
from matching.search.ways import edges_of
from matching.taxonomy.places import on_the_sphere

_LOG = logging.getLogger(__name__)

MOST_CODES = 65_536
"""Combinations of a facet beyond which it is not asked: its tables' largest values bound it."""

_MOST_MET = 131_072
_ROWS_A_PIECE = 65_536
_SAMPLE = 4_096


class _Building:
    """An index being reckoned."""

    def __init__(self, people: People, offers: Offers, model: AdditiveModel, as_of: int) -> None:
        self.offers, self.as_of, self.steps = offers, as_of, Steps(model)
        self.nobody = unknown_person(people)
        self.place, self.at = combined([offers.place])
        self.unplaced = np.isnan(offers.lat[self.at])

    def index(self) -> OfferIndex:
        """Return the index."""
        offers, at = self.offers, self.at
        found = (self._layer(kind) for kind in OfferKind)
        return OfferIndex(
            n_offers=len(offers),
            steps=self.steps,
            nobody=self.nobody,
            place=offers.place[at],
            lat=offers.lat[at],
            lon=offers.lon[at],
            points=on_the_sphere(offers.lat[at], offers.lon[at]),
            edges_km=edges_of(self.steps),
            layers=tuple(layer for layer in found if layer is not None),
            tables={},
            rings={},
            surroundings={},
            added={},
        )

    def _pairs(self, rows: IntArray) -> Pairs:
        nobody = np.zeros(len(rows), dtype=np.intp)
        return Pairs(people=self.nobody, offers=self.offers, person=nobody, offer=rows, as_of=self.as_of)

    def _layer(self, kind: OfferKind) -> Layer | None:
        standing = self.offers.closes_on != WITHDRAWN
        rows = np.flatnonzero(standing & (self.offers.kind == positions(OfferKind)[kind]))
        value, open_to_some = self._static(rows, kind)
        rows, value = rows[open_to_some], value[open_to_some]
        if not len(rows):
            return None
        found = [self._facet(name, kind, rows) for name in FACETS if name != WAY]
        facets = [facet for facet in found if facet is not None]
        for facet, codes in facets:
            value += facet.usual[codes]
        trade, named = combined([self.offers.occupation[rows]])
        trades = self.offers.occupation[rows[named]]
        way, ways = self._ways(rows)
        far = Blocks.of(way % len(ways.sorts), trade, value, len(ways.sorts))
        rows, way, value = rows[far.order], way[far.order], value[far.order]
        cell = np.repeat(np.arange(len(far), dtype=np.int32), np.diff(far.starts))
        stride = np.arange(0, len(rows), -(-len(rows) // _SAMPLE))
        codes = np.empty((len(rows), len(facets)), dtype=np.uint16)
        for i, (_, its) in enumerate(facets):
            codes[:, i] = its[far.order]
        return Layer(
            kind=kind,
            rows=rows.astype(np.int32),
            near=Blocks.of(way, cell, value, len(self.at) * len(ways.sorts)),
            far=replace(far, order=far.order[:0]),
            way=way.astype(np.int32),
            ways=ways,
            trades=trades,
            facets=tuple(
                _with_lists(facet, its, cell, far.part) for (facet, _), its in zip(facets, codes.T, strict=True)
            ),
            codes=codes,
            way_parts=parts_of(WAY, kind),
            rest=rest_of(kind, {WAY, *(facet.name for facet, _ in facets)}),
            sample=Sample(way=way[stride], cell=cell[stride], value=value[stride]),
        )

    def _static(self, rows: IntArray, kind: OfferKind) -> tuple[IntArray, BoolArray]:
        """Return what each offer scores whoever asks, and whether it is open to anybody."""
        parts = static_parts(kind)
        other = sum(self.steps.missing(name) for name, f in FEATURES.items() if kind not in f.kinds)
        value = np.full(len(rows), self.steps.bias + other, dtype=np.int64)
        passing = np.ones(len(rows), dtype=bool)
        for piece in _pieces(len(rows)):
            pairs = self._pairs(rows[piece])
            for feature in parts.features:
                value[piece] += self.steps.contributed(feature, pairs)
            for rule in parts.rules:
                passing[piece] &= rule.passes(pairs)
        return value, passing

    def _facet(self, name: str, kind: OfferKind, rows: IntArray) -> tuple[Facet, IntArray] | None:
        """Return a facet and the number of each row's combination; None: nothing is asked of it, or too many differ."""
        parts = parts_of(name, kind)
        if not parts.features and not parts.rules:
            return None
        codes, at = combined([c for read in sorted(FACETS[name] - {"kind"}) for c in self._columns(read, rows)])
        if len(at) > MOST_CODES:
            return None
        pairs = self._pairs(rows[at])
        usual = np.zeros(len(at), dtype=np.int64)
        for feature in parts.features if name != TRADE else ():
            usual += self.steps.contributed(feature, pairs)
        by_skill = _by_skill(self.offers.skills[rows[at]]) if FACETS[name] == {"skills", "kind"} else None
        facet = Facet(name=name, parts=parts, examples=rows[at], usual=usual, by_skill=by_skill)
        return facet, codes.astype(np.uint16)

    def _columns(self, name: str, rows: IntArray) -> list[Any]:
        """Return what a facet is made of, as numbers that differ where the facet's functions could.

        The wage against the pool's is told apart only as far as a model does; of a wage, the best that is paid and
        whether it has an upper end.
        """
        if name == "wage_to_usual":
            pairs = self._pairs(rows)
            return [self.steps.step("higher_wage_wanted", FEATURES[name].function(pairs))]
        if name == "wage_min":
            return [np.fmax(self.offers.wage_min[rows], self.offers.wage_max[rows])]
        if name == "wage_max":
            return [np.isnan(self.offers.wage_max[rows]).astype(np.int8)]
        column = getattr(self.offers, name)
        return [_numbers(column)[column.code[rows]] if isinstance(column, Coded) else column[rows]]

    def _ways(self, rows: IntArray) -> tuple[IntArray, Ways]:
        """Return the way to each of *rows*, and the ways."""
        offers, place = self.offers, self.place[rows]
        terms = [offers.housing[rows] == 1, offers.at_home[rows] == 1, offers.transport_provided[rows]]
        sort, one = combined([*terms, self.unplaced[place]])
        way = place * len(one) + sort
        _, at = combined([way])
        return way, Ways(
            met=way[at],
            starts=np.searchsorted(way[at], np.arange(len(self.at) + 1) * len(one)),
            examples=rows[at],
            sorts=rows[one],
            housed=offers.housing[rows[one]] == 1,
            placed=~self.unplaced[place[one]],
        )


def _numbers(column: Coded[Any]) -> IntArray:
    """Return a number for what each code of a column stands for: several codes may stand for the same."""
    return np.unique(column.values, axis=0, return_inverse=True)[1].ravel()


def _with_lists(facet: Facet, codes: IntArray, cell: IntArray, trade: IntArray) -> Facet:
    """Return a facet with what is met where; *codes* and *cell* are of each member, *trade* of each cell."""
    by_cell = _met(codes, cell) if FACETS[facet.name] & FACETS[WAY] > {"kind"} else None
    return replace(facet, by_trade=_met(codes, trade[cell]), by_cell=by_cell)


def _met(codes: IntArray, of: IntArray) -> Lists | None:
    """Return which combinations are met in each trade or cell; None: too many."""
    _, at = combined([of, codes])
    if len(at) > _MOST_MET:
        return None
    return _listed(codes[at], of[at])


def _by_skill(skills: IntArray) -> Lists:
    """Return which sets of skills name each skill."""
    code, column = np.nonzero(skills >= 0)
    skill = skills[code, column]
    order = np.argsort(skill, kind="stable")
    return _listed(code[order], skill[order])


def _listed(numbers: IntArray, of: IntArray) -> Lists:
    """Return numbers as lists, by what they are *of* (ascending, 0 ..)."""
    starts = np.searchsorted(of, np.arange(int(of.max(initial=-1)) + 2))
    return Lists(numbers=numbers.astype(np.intp), starts=starts)


def _pieces(n: int) -> Iterator[IntArray]:
    for first in range(0, n, _ROWS_A_PIECE):
        yield np.arange(first, min(first + _ROWS_A_PIECE, n))


_KNOWN: dict[tuple[int, int, int], tuple[weakref.ref[Any], AdditiveModel, OfferIndex]] = {}
"""Indexes by pool, model and day; an entry goes when its pool does."""

_MOST_KNOWN = 16
"""Indexes that are kept at once: whoever asks for many other days has them reckoned again."""


def index_of(people: People, offers: Offers, model: AdditiveModel, *, as_of: int) -> OfferIndex:
    """Return the index of a pool: opened where it is stored, reckoned otherwise, once for a pool, a model and a day.

    Of a pool that is served it is the index of what it has grown from (`Offers.base`): it stays as it is while offers
    open and close, and says nothing of the rows from `OfferIndex.n_offers` on.
    """
    base = offers if offers.base is None else offers.base
    column = base.wage_max
    key = (id(column), id(model), as_of)
    known = _KNOWN.get(key)
    if known is None or known[0]() is not column:
        while len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.pop(next(iter(_KNOWN)), None)
        reference = weakref.ref(column, lambda _: _KNOWN.pop(key, None))
        known = _KNOWN[key] = (reference, model, _opened_or_reckoned(people, base, model, as_of))
    return known[2]


def store_index(people: People, offers: Offers, model: AdditiveModel, *, as_of: int) -> None:
    """Reckon the index of a pool and store it inside its snapshot: whoever opens the snapshot then need not.

    Raises
    ------
    DataError
        The pool was not opened from a snapshot.
    """
    base = offers if offers.base is None else offers.base
    if base.snapshot is None:
        raise DataError("the pool was not opened from a snapshot: there is no folder to store its index in")
    index = _Building(people, base, model, as_of).index()
    write_index(base.snapshot, index, base, model, as_of=as_of)


def _opened_or_reckoned(people: People, base: Offers, model: AdditiveModel, as_of: int) -> OfferIndex:
    if base.snapshot is not None:
        try:
            return read_index(base.snapshot, people, base, model, as_of=as_of)
        except (SnapshotBrokenError, SnapshotStaleError) as error:
            _LOG.warning("an index of %s offers is reckoned anew: %s", len(base), error)
    return _Building(people, base, model, as_of).index()
