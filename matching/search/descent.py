"""One person's best offers of one kind: blocks opened best bound first until nothing left can reach the k-th score."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matching.pool.blocks import ranges
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.search.facets import Parts, Steps, row_features
from matching.search.index import Layer

RULED_OUT = -(1 << 50)
"""Below every score: what a rule keeps away."""

_OUT = -(1 << 55)
_FIRST_STEP = 250_000
_ENOUGH = 1024
_FEW = 256
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
        self._best = _NONE

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
    """

    def __init__(self, layer: Layer, steps: Steps, person: Pairs, near: BoolArray) -> None:
        self._layer, self._steps, self._person = layer, steps, person
        self._by_row = row_features(layer.kind)
        self._tables = [self._table(facet.parts, facet.examples) for facet in layer.facets]
        self._bound_ways(np.flatnonzero(near))
        self._bound_trades()
        self._cell_bound = self._cell + layer.blocks.cell_top + int(self._trade.max())
        self._level = int(self._cell_bound.max()) + 1
        self._lowest = _least(self._cell) + _least(self._trade) + int(layer.static.min())
        self._done = layer.blocks.starts[:-1].copy()

    def run(self, k: int, judge: Judge) -> Judged:
        """Judge offers, best bound first, until the best *k* are certain."""
        judged = Judged(k)
        pending, bound = _NONE, _NONE
        step = _FIRST_STEP
        while k > 0 and RULED_OUT < self._level > judged.worst:
            if not judged.wanted:
                target = judged.worst
            elif len(pending) >= max(judged.wanted, _ENOUGH):
                target = _kth(bound, judged.wanted)
            else:
                target, step = self._level - step, step * 2
            self._level = target if target > self._lowest else RULED_OUT
            more, its = self._opened(judged.worst)
            pending, bound = np.concatenate((pending, more)), np.concatenate((bound, its))
            if np.count_nonzero(bound >= self._level) >= judged.wanted or self._level == RULED_OUT:
                pending, bound = self._judged(pending, bound, judged, judge)
        return judged

    def _judged(
        self, pending: IntArray, bound: IntArray, judged: Judged, judge: Judge
    ) -> tuple[IntArray, IntArray]:
        """Judge what no unopened offer can beat, best bound first; return what is left."""
        while True:
            sure = np.flatnonzero(bound >= max(self._level, judged.worst))
            if not len(sure):
                left = np.flatnonzero(bound >= judged.worst)
                return pending[left], bound[left]
            size = max(_FEW, judged.wanted + judged.wanted // 4)
            if len(sure) > size:
                sure = sure[bound[sure] >= _kth(bound[sure], size)]
            rows = self._layer.rows[pending[sure]]
            judged.add(rows, *judge(rows))
            bound[sure] = _OUT

    def _bound_ways(self, cells: IntArray) -> None:
        """Bound what the way to each cell adds, and reckon it for each of its ways; far cells are out."""
        layer = self._layer
        starts, ends = layer.way_starts[cells], layer.way_starts[cells + 1]
        ways = ranges(starts, ends)
        self._way = np.full(len(layer.way.examples), _OUT, dtype=np.int64)
        self._cell = np.full(len(layer.cells), _OUT, dtype=np.int64)
        if len(cells):
            self._way[ways] = self._table(layer.way.parts, layer.way.examples[ways])
            self._cell[cells] = np.maximum.reduceat(self._way[ways], np.cumsum(ends - starts) - (ends - starts))

    def _bound_trades(self) -> None:
        """Bound what everything but the way can add to an offer of each trade."""
        layer = self._layer
        self._beside = layer.unwritten
        anywhere = layer.unwritten + sum(self._steps.largest(f.name) for f in self._by_row)
        best = np.zeros(len(layer.trades), dtype=np.int64)
        for facet, table in zip(layer.facets, self._tables, strict=True):
            if facet.by_trade is None:
                anywhere += int(table.max())
            else:
                codes, starts = facet.by_trade
                best += np.maximum.reduceat(table[codes], starts)
        self._trade = best + anywhere

    def _table(self, parts: Parts, examples: IntArray) -> IntArray:
        """Return what the features of a facet add for each combination; out where one of its rules fails."""
        pairs = replace(self._person, person=np.repeat(self._person.person, len(examples)), offer=examples)
        table = np.zeros(len(examples), dtype=np.int64)
        for feature in parts.features:
            table += self._steps.contributed(feature, pairs)
        for rule in parts.rules:
            table[~rule.passes(pairs)] = _OUT
        return table

    def _opened(self, worst: int) -> tuple[IntArray, IntArray]:
        """Return members that can reach the level and were not opened before, with the most each can score."""
        blocks = self._layer.blocks
        cells = np.flatnonzero(self._cell_bound >= self._level)
        some = blocks.of_cells(cells)
        beside = self._cell[blocks.cell[some]] + self._trade[self._layer.trade[some]]
        reaching = np.flatnonzero(beside + blocks.top[some] >= self._level)
        some = some[reaching]
        stop = blocks.reaching(some, self._level - beside[reaching])
        begin = self._done[some]
        stop = np.maximum(stop, begin)
        self._done[some] = stop
        members = ranges(begin, stop)
        bound = self._bound(members)
        kept = np.flatnonzero(bound >= max(worst, RULED_OUT))
        return members[kept], bound[kept]

    def _bound(self, members: IntArray) -> IntArray:
        """Return the most that each member can score: exact where every feature is written, out where a rule fails."""
        layer = self._layer
        bound = layer.static[members] + self._way[layer.way.codes[members]] + self._beside
        for facet, table in zip(layer.facets, self._tables, strict=True):
            bound += table[facet.codes[members]]
        for feature in self._by_row:
            bound += self._steps.contributed(feature, self._pairs(layer.rows[members]))
        return bound

    def _pairs(self, rows: IntArray) -> Pairs:
        return replace(self._person, person=np.repeat(self._person.person, len(rows)), offer=rows)


def _kth(values: IntArray, k: int) -> int:
    """Return the k-th largest of at least *k* values."""
    return int(np.partition(values, len(values) - k)[len(values) - k])


def _least(bounds: IntArray) -> int:
    """Return the least of some bounds that a rule leaves."""
    return int(bounds.min(where=bounds > RULED_OUT, initial=1 << 50))
