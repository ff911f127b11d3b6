"""One person's best offers of one kind: blocks opened best bound first until nothing left can reach the k-th score."""

from collections.abc import Iterator

import numpy as np

from matching.features import matrix
from matching.pool.blocks import Blocks
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.ranking.additive import AdditiveModel
from matching.rules import passes
from matching.search.layers import Layer, OfferIndex
from matching.search.tables import added_by, contributed, with_offers
from matching.search.ways import Surroundings

RULED_OUT = -(1 << 50)
"""Below every score: what a rule keeps away."""

_FIRST = 1_024
"""Members whose bounds are to reach the first level; each further level takes in `_WIDER` times as many."""

_WIDER = 4
_LEAST_SAMPLE = 4
"""Members of the sample that decide a level at least: fewer tell little."""

_FEW = 64
"""Offers that are judged together at least."""

_NONE = np.zeros(0, dtype=np.int64)


class Judged:
    """What was judged so far, and the k-th best score among what passes."""

    def __init__(self, k: int) -> None:
        self.k = k
        self.rows: IntArray = _NONE
        self.passing: BoolArray = _NONE > 0
        self.score: IntArray = _NONE
        self._best: IntArray = _NONE

    def add(self, rows: IntArray, passing: BoolArray, score: IntArray) -> None:
        """Take up judged rows, with the scores of those that pass."""
        self.rows = np.concatenate((self.rows, rows))
        self.passing = np.concatenate((self.passing, passing))
        self.score = np.concatenate((self.score, score))
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


def judged_all(person: Pairs, rows: IntArray, model: AdditiveModel) -> Judged:
    """Judge some rows of the pool for the person of a pool of one: those that no index knows."""
    its = Judged(len(rows))
    if len(rows):
        pairs = with_offers(person, rows)
        passing = passes(pairs)
        its.add(rows, passing, model.score(matrix(pairs.where(passing))))
    return its


class Descent:
    """The search through one layer for one person.

    Parameters
    ----------
    person : Pairs
        Who asks, of a pool of one.
    """

    def __init__(self, layer: Layer, index: OfferIndex, person: Pairs, around: Surroundings) -> None:
        self._layer, self._steps, self._person = layer, index.steps, person
        self._added, self._way = added_by(layer, index, person), around.ways[layer.kind]
        way, cell = self._way, self._added.cell
        self._near = _Opening(layer.near, way.near, way.near_added + cell.take(layer.near.part.take(way.near)))
        self._far = _Opening(layer.far, np.arange(len(layer.far)), way.far_added + cell)

    def run(self, k: int) -> Judged:
        """Judge offers, best bound first, until the best *k* are certain."""
        judged = Judged(k)
        above = 1 << 60
        for level in self._levels(k):
            floor = max(level, judged.worst)
            members, bound = self.narrowed(*self._between(floor, above), judged.worst)
            self._judge_best(members, bound, judged)
            if judged.worst >= floor or level <= RULED_OUT:
                break
            above = floor
        return judged

    def _levels(self, k: int) -> Iterator[int]:
        """Yield ever lower levels, by how many members of a sample reach them; the last one leaves nothing out."""
        if k == 0:
            return
        sample = self._layer.sample
        bound = sample.value + self._way.sample_added + self._added.cell.take(sample.cell)
        rank = max(max(_FIRST, 8 * k) * len(bound) // len(self._layer), _LEAST_SAMPLE)
        while rank < len(bound):
            yield max(_kth(bound, rank + 1), RULED_OUT)
            rank *= _WIDER
        yield RULED_OUT

    def _between(self, floor: int, above: int) -> tuple[IntArray, IntArray, IntArray]:
        """Return members whose bounds reach *floor* and not *above*, the bounds, and their cells."""
        layer, way = self._layer, self._way
        place, near, block = self._near.reaching(floor)
        members, far, cell = self._far.reaching(floor)
        ways = layer.way.take(members)
        far += way.added(ways) - way.far_added.take(cell)
        kept = ((far >= floor) & way.to_far(ways)).nonzero()[0]
        members = np.concatenate((layer.near.order.take(place), members.take(kept)))
        bound = np.concatenate((near, far.take(kept)))
        cell = np.concatenate((layer.near.part.take(block), cell.take(kept)))
        fresh = (bound < above).nonzero()[0]
        return members.take(fresh), bound.take(fresh), cell.take(fresh)

    def narrowed(self, members: IntArray, bound: IntArray, cell: IntArray, floor: int) -> tuple[IntArray, IntArray]:
        """Replace the most that each facet adds by what it truly adds, dropping what falls below *floor*."""
        codes = self._layer.codes.take(members, axis=0)
        bound = bound - self._added.slack.take(cell)
        for i, table in self._added.facets:
            bound += table.beyond.take(codes[:, i])
        kept = (bound >= max(floor, RULED_OUT)).nonzero()[0]
        return members.take(kept), bound.take(kept)

    def _judge_best(self, members: IntArray, bounds: IntArray, judged: Judged) -> None:
        """Judge members, best bound first, as long as they could be among the best."""
        while len(members):
            size = judged.wanted + max(_FEW, judged.wanted // 4)
            best = bounds >= _kth(bounds, size) if len(members) > size else np.ones(len(members), dtype=bool)
            judged.add(*self.judged(members[best], bounds[best]))
            left = ~best & (bounds >= judged.worst)
            members, bounds = members[left], bounds[left]

    def judged(self, members: IntArray, bound: IntArray) -> tuple[IntArray, BoolArray, IntArray]:
        """Return the row of each member and whether it passes every rule, and the scores of those that pass.

        All that a facet knows is in the bound already; the rest is asked of each offer by itself.
        """
        layer = self._layer
        rows, ways, score = layer.rows.take(members), layer.way.take(members), bound.copy()
        pairs = with_offers(self._person, rows)
        unsure = (~self._way.sure(ways)).nonzero()[0]
        if len(unsure):
            exact = contributed(layer.way_parts, self._steps, pairs.where(unsure))
            score[unsure] += exact - self._way.added(ways[unsure])
        for feature in layer.rest.features:
            score += self._steps.contributed(feature, pairs) - self._steps.largest(feature.name)
        passing: BoolArray = score > RULED_OUT
        for rule in layer.rest.rules:
            passing &= rule.passes(pairs)
        return rows, passing, score[passing]


class _Opening:
    """Blocks that are open to one person, with what is *added* to the values of each."""

    def __init__(self, blocks: Blocks, which: IntArray, added: IntArray) -> None:
        self._blocks, self._which, self._added = blocks, which, added
        self._top = blocks.top.take(which) + added

    def reaching(self, floor: int) -> tuple[IntArray, IntArray, IntArray]:
        """Return members that can reach *floor*, how far they can, and their blocks."""
        open_ = (self._top >= floor).nonzero()[0]
        return self._blocks.reaching(self._which.take(open_), self._added.take(open_), floor)


def _kth(values: IntArray, k: int) -> int:
    """Return the k-th largest of at least *k* values."""
    return int(np.partition(values, len(values) - k)[len(values) - k])
