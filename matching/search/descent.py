"""One person's best offers of one kind: blocks opened best bound first until nothing left can reach the k-th score."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matching.pool.blocks import ranges
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.search.facets import GROWING, Parts
from matching.search.index import WAYS, Facet, Layer, OfferIndex

RULED_OUT = -(1 << 50)
"""Below every score: what a rule keeps away."""

_OUT = -(1 << 55)
_STEP = 250_000
_SAMPLE = 8_192
"""Members that are looked at to guess the k-th score."""

_RINGS_KM = np.array([60.0, 160.0])
"""Beyond the first of these distances cells are bounded ring by ring."""

_FEW = 256
"""Offers that are judged together at least."""

_NONE = np.zeros(0, dtype=np.int64)

Judge = Callable[[IntArray], tuple[BoolArray, IntArray]]
"""From rows of the pool to which of them pass every rule, and the scores of those that pass."""


class Judged:
    """What was put to the rules so far, and the k-th best score among what passes."""

    def __init__(self, k: int) -> None:
        self.k = k
        self.rows: list[IntArray] = [_NONE]
        self.passing: list[BoolArray] = [np.zeros(0, dtype=bool)]
        self.score: list[IntArray] = [_NONE]
        self._best: IntArray = _NONE

    def add(self, rows: IntArray, passing: BoolArray, score: IntArray) -> None:
        """Take up judged rows, with the scores of those that pass."""
        self.rows.append(rows)
        self.passing.append(passing)
        self.score.append(score)
        best = np.concatenate((self._best, score))
        self._best = -np.partition(-best, self.k - 1)[: self.k] if len(best) > self.k else best

    @property
    def wanted(self) -> int:
        """How many of the best are still to be found."""
        return self.k - len(self._best)

    @property
    def worst(self) -> int:
        """The k-th best score; below every score while there are fewer."""
        return RULED_OUT if self.wanted else int(self._best.min())


class Descent:
    """The search through one layer for one person.

    Parameters
    ----------
    person : Pairs
        One pair: who asks, with any offer.
    near : bool (n_cells,)
        Cells of the layer within reach.
    km : float (n_cells,)
        The way to each cell; NaN unknown.
    """

    def __init__(self, layer: Layer, index: OfferIndex, person: Pairs, near: BoolArray, km: FloatArray) -> None:
        self._layer, self._steps, self._person = layer, index.steps, person
        nobody = index.nobody
        self._tables = [self._beyond_usual(facet, nobody) for facet in layer.facets]
        cells, blocks = np.flatnonzero(near), layer.blocks
        self._cells = cells
        self._bound_ways(cells, km)
        self._bound_trades()
        self._blocks = np.arange(len(blocks)) if len(cells) == len(near) else blocks.of_cells(cells)
        width = blocks.cell_starts[1:] - blocks.cell_starts[:-1]
        trade = layer.trade if len(cells) == len(near) else layer.trade[self._blocks]
        self._fixed = np.repeat(self._cell[cells], width[cells]) + self._trade[trade]
        self._top = self._fixed + (blocks.top if len(cells) == len(near) else blocks.top[self._blocks])
        self._level = int(self._top.max(initial=_OUT)) + 1
        self._lowest = _least(self._cell) + _least(self._trade) + blocks.lowest
        self._seen = np.zeros(len(layer.rows), dtype=bool)

    def run(self, k: int, judge: Judge) -> Judged:
        """Judge offers, best bound first, until the best *k* are certain."""
        judged = Judged(k)
        if k == 0 or self._level <= RULED_OUT:
            return judged
        target = self._likely(k)
        while RULED_OUT < self._level > judged.worst:
            target = judged.worst if not judged.wanted else min(target, self._level - 1)
            self._level = target if target > self._lowest else RULED_OUT
            target = self._level - _STEP
            members, bounds = self._reaching(max(self._level, judged.worst))
            if len(members) >= judged.wanted or self._level == RULED_OUT:
                self._judge_best(members, bounds, judged, judge)
        return judged

    def _likely(self, k: int) -> int:
        """Return a guess at the k-th score: from every so many members within reach."""
        blocks = self._layer.blocks
        first = blocks.starts[blocks.cell_starts]
        begins = first[self._cells]
        ends = np.cumsum(first[self._cells + 1] - begins)
        stride = int(ends[-1]) // _SAMPLE
        if stride < 2:
            return self._lowest
        place = np.arange(stride // 2, int(ends[-1]), stride)
        at = np.searchsorted(ends, place, side="right")
        sample = place + (begins - np.append(0, ends[:-1]))[at]
        of = np.searchsorted(blocks.starts, sample, side="right") - 1
        _, bound = self._narrowed(sample, self._layer.trade[of], RULED_OUT)
        wanted = k // stride + 2
        return _kth(bound, wanted) if len(bound) >= wanted else self._lowest

    def _judge_best(self, members: IntArray, bounds: IntArray, judged: Judged, judge: Judge) -> None:
        """Judge members that no unopened offer can beat, best bound first."""
        while len(members):
            size = max(_FEW, judged.wanted + judged.wanted // 4)
            best = bounds >= _kth(bounds, size) if len(members) > size else np.ones(len(members), dtype=bool)
            rows = self._layer.rows[members[best]]
            judged.add(rows, *judge(rows))
            self._seen[members[best]] = True
            left = ~best & (bounds >= judged.worst)
            members, bounds = members[left], bounds[left]

    def _bound_ways(self, cells: IntArray, km: FloatArray) -> None:
        """Reckon what each way to the cells within reach adds, and the most of each cell; the others are out.

        Of far cells only the nearest of each ring is asked: farther ones of the same sort add no more.
        """
        layer = self._layer
        self._way = np.full(len(layer.way.examples), _OUT, dtype=np.int64)
        self._cell = np.full(len(layer.cells), _OUT, dtype=np.int64)
        if not len(cells):
            return
        cells = cells[np.argsort(-km[cells], kind="stable")]
        starts, ends = layer.way_starts[cells], layer.way_starts[cells + 1]
        ways, ring = ranges(starts, ends), np.repeat(_ring(km[cells]), ends - starts)
        far = np.flatnonzero(ring)
        sort = ring[far] * WAYS + layer.way_sort[ways[far]]
        nearest = np.full((len(_RINGS_KM) + 1) * WAYS, -1)
        nearest[sort] = ways[far]
        asked = np.concatenate((ways[ring == 0], nearest[nearest >= 0]))
        self._way[asked] = self._table(layer.way.parts, layer.way.examples[asked])
        self._way[ways[far]] = (self._way[nearest] + self._growth(nearest))[sort]
        self._cell[cells] = np.maximum.reduceat(self._way[ways], np.cumsum(ends - starts) - (ends - starts))

    def _growth(self, ways: IntArray) -> IntArray:
        """Return how much more a way of the same sort can add for being longer."""
        pairs = self._pairs(self._layer.way.examples[ways])
        growth = np.zeros(len(ways), dtype=np.int64)
        for feature in self._layer.way.parts.features:
            if feature.name in GROWING:
                known = ~np.isnan(feature.function(pairs))
                growth += known * (self._steps.largest(feature.name) - self._steps.contributed(feature, pairs))
        return growth

    def _bound_trades(self) -> None:
        """Bound what everything but the way can add to an offer of each trade."""
        layer = self._layer
        self._most: list[IntArray] = []
        for facet, table in zip(layer.facets, self._tables, strict=True):
            if facet.by_trade is None:
                self._most.append(np.full(len(layer.trades), table.max()))
            else:
                codes, starts = facet.by_trade
                self._most.append(np.maximum.reduceat(table[codes], starts))
        beside = sum(self._steps.largest(feature.name) for feature in layer.by_row)
        self._trade = np.sum(self._most, axis=0) + beside if self._most else np.full(len(layer.trades), beside)

    def _beyond_usual(self, facet: Facet, nobody: People) -> IntArray:
        """Return what each combination of a facet adds beyond what it adds for somebody of whom nothing is known."""
        people, row = self._person.people, self._person.person
        if facet.who and all(_equal(getattr(people, name)[row], getattr(nobody, name)) for name in facet.who):
            return np.zeros(len(facet.usual), dtype=np.int64)
        if facet.by_skill is None:
            return self._table(facet.parts, facet.examples) - facet.usual
        codes, starts = facet.by_skill
        held = np.flatnonzero(people.skills[row[0]])
        held = held[held < len(starts) - 1]
        asked = np.unique(codes[ranges(starts[held], starts[held + 1])])
        beyond = np.zeros(len(facet.usual), dtype=np.int64)
        beyond[asked] = self._table(facet.parts, facet.examples[asked]) - facet.usual[asked]
        return beyond

    def _table(self, parts: Parts, examples: IntArray) -> IntArray:
        """Return what the features of a facet add for each combination; out where one of its rules fails."""
        pairs = self._pairs(examples)
        table = np.zeros(len(examples), dtype=np.int64)
        for feature in parts.features:
            table += self._steps.contributed(feature, pairs)
        for rule in parts.rules:
            table[~rule.passes(pairs)] = _OUT
        return table

    def _reaching(self, floor: int) -> tuple[IntArray, IntArray]:
        """Return the members that were not judged and can reach *floor*, with the most each can score."""
        layer = self._layer
        open_ = np.flatnonzero(self._top >= floor)
        some, fixed = self._blocks[open_], self._fixed[open_]
        begin = layer.blocks.starts[some]
        stop = layer.blocks.reaching(some, floor - fixed)
        members, sizes = ranges(begin, stop), stop - begin
        able = np.flatnonzero(layer.static[members] >= np.repeat(floor - fixed, sizes))
        members, trade = members[able], np.repeat(layer.trade[some], sizes)[able]
        fresh = np.flatnonzero(~self._seen[members])
        return self._narrowed(members[fresh], trade[fresh], floor)

    def _narrowed(self, members: IntArray, trade: IntArray, floor: int) -> tuple[IntArray, IntArray]:
        """Bound members by their trade, then by what each facet truly adds, dropping what falls below *floor*."""
        layer = self._layer
        bound = layer.static[members] + self._way[layer.way.codes[members]] + self._trade[trade]
        members, bound, trade = _kept(members, bound, trade, floor)
        for facet, table, most in zip(layer.facets, self._tables, self._most, strict=True):
            change = table[facet.codes[members]] - most[trade]
            members, bound, trade = _kept(members, bound + change, trade, floor)
        pairs = self._pairs(layer.rows[members])
        for feature in layer.by_row:
            bound = bound + self._steps.contributed(feature, pairs) - self._steps.largest(feature.name)
        members, bound, _ = _kept(members, bound, trade, floor)
        return members, bound

    def _pairs(self, rows: IntArray) -> Pairs:
        return replace(self._person, person=np.repeat(self._person.person, len(rows)), offer=rows)


def _equal(own: FloatArray | IntArray, usual: FloatArray | IntArray) -> bool:
    return bool((own == usual).all() or (np.isnan(own) & np.isnan(usual)).all())


def _ring(km: FloatArray) -> IntArray:
    """Return the ring of each distance; 0 for what is near or unknown."""
    return np.where(np.isnan(km), 0, np.searchsorted(_RINGS_KM, km, side="right"))


def _kept(members: IntArray, bound: IntArray, trade: IntArray, floor: int) -> tuple[IntArray, IntArray, IntArray]:
    kept = bound >= max(floor, RULED_OUT)
    return (members, bound, trade) if kept.all() else (members[kept], bound[kept], trade[kept])


def _kth(values: IntArray, k: int) -> int:
    """Return the k-th largest of at least *k* values."""
    return int(np.partition(values, len(values) - k)[len(values) - k])


def _least(bounds: IntArray) -> int:
    """Return the least of some bounds that a rule leaves."""
    return int(bounds.min(where=bounds > RULED_OUT, initial=1 << 50))
