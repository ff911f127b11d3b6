"""What the way to each offer adds for one person: looked up by how far its place is.

What a feature of the way says rises or falls with the distance and never turns, so between two distances it adds at
most what it adds at one of them, and where it adds the same at both, it does so all the way; and a rule that passes at
a distance passes at every shorter one. For all who say the same, distances are parted where any of this turns: near by
to two metres, so that hardly any place lies where it is not known what the way adds.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.domain.vocabulary import OfferKind
from matching.features import FEATURES
from matching.pool.blocks import ranges
from matching.pool.pairs import KM, Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.search.facets import READS, WAY, Steps
from matching.search.layers import Layer, OfferIndex, Rings
from matching.search.nobody import known_to
from matching.search.tables import OUT, as_columns, contributed, kept, said, with_offers
from matching.taxonomy.places import chord, distance_km, on_the_sphere

_NEAR_KM = 60.0
"""Who looks everywhere is told apart the places up to here; others those within their reach."""

_MOST_BLOCKS = 8_192
"""Blocks of the nearest places that are told apart at most: beyond, looking at members is cheaper than at blocks."""

_SLACK_KM = 0.02
"""Distances are rounded before a model compares them: so near a threshold, a side is not told from the other."""

_SLIVER_KM = 0.002
"""How narrowly it is found near by where something turns."""

_PARTS = 16
"""Into how many parts a stretch with a turn is parted at once."""

_FARTHEST_KM = 100_000.0

_MOST_HOMES = 256
"""Surroundings that are kept, some hundred kilobytes each."""

_ELSEWHERE = np.iinfo(np.int32).max
"""A home where there is no offer."""


def edges_of(steps: Steps) -> FloatArray:
    """Return distances between which it is looked for turns, km, ascending, and NaN, (n_edges,).

    A fine grid near by and a coarse one farther away, and where a table of the model in kilometres takes a step.
    """
    by_km = [name for name, feature in FEATURES.items() if feature.unit == "km" and "lat" in READS.get(name, ())]
    turns = [km + side for name in by_km for km in steps.thresholds(name) for side in (-_SLACK_KM, _SLACK_KM)]
    grid = (*np.arange(0, _NEAR_KM, 0.5), *np.arange(_NEAR_KM, 10 * _NEAR_KM, 5), _FARTHEST_KM, np.nan)
    return np.unique([*grid, *(km for km in turns if 0 < km < _FARTHEST_KM)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """How far all places are from one home: the same for all who live there and say the same of their ways."""

    rings: Rings
    """What the ways of all who say the same add."""
    ring: IntArray
    """Row in `rings` of each place, (n_places,)."""
    near: IntArray
    """Places that are told apart, (n_near,)."""
    far: BoolArray
    """The others, (n_places,)."""
    met: BoolArray
    """Rows in `rings` where any of these lies."""
    ways: dict[OfferKind, "Way"]
    """The ways to the members of each layer."""

    @classmethod
    def of(cls, index: OfferIndex, person: Pairs, limit: float) -> "Surroundings":
        """Return what lies where, for the person of a pool of one who looks as far as *limit* km."""
        people = person.people
        home = (column[0].item() for column in (people.place, people.lat, people.lon))
        key = (*(None if value != value else value for value in home), limit, said(WAY, person))
        known: dict[tuple[object, ...], Surroundings] = index.surroundings
        return kept(known, key, lambda: cls._reckoned(index, person, limit), most=_MOST_HOMES)

    @classmethod
    def _reckoned(cls, index: OfferIndex, person: Pairs, limit: float) -> "Surroundings":
        people, rings = person.people, _rings(index, person)
        here = int(people.place[0])
        limited = here >= 0 and limit < np.inf
        line = index.points - on_the_sphere(people.lat, people.lon)
        apart = np.einsum("ij,ij->j", line, line)
        near = (apart <= chord(limit + _SLACK_KM if limited else _NEAR_KM) ** 2).nonzero()[0]
        ring = rings.begins.searchsorted(apart, side="right")
        if here >= 0:
            ring[index.place == here] = 0
        if limited:
            out = np.isfinite(apart)
            out[near] = distance_km(people.lat, people.lon, index.lat[near], index.lon[near]).round(2) > limit
            ring[out] += rings.beyond_reach
        told_apart = _told_apart(index, near, apart)
        far = np.ones(len(ring), dtype=bool)
        far[told_apart] = False
        met = np.bincount(ring[far], minlength=2 * rings.beyond_reach) > 0
        found = cls(rings=rings, ring=ring, near=told_apart, far=far, met=met, ways={})
        found.ways.update({layer.kind: Way(layer, found) for layer in index.layers})
        return found


class Way:
    """What the ways to the members of a layer add for those who live in one place and say the same.

    Attributes
    ----------
    near : int (n_blocks,)
        Blocks of the layer whose ways are told apart.
    near_added : int (n_blocks,)
        The most that the way to each of these adds.
    far_added : int (n_cells,)
        The most that a way to any other place adds, of the sort of each cell.
    sample_added : int (n_sample,)
        The most that the way to each member of the sample adds.
    """

    def __init__(self, layer: Layer, around: Surroundings) -> None:
        self._around, self._n_sorts = around, len(layer.ways.sorts)
        self._added, self._sure = around.rings.added[layer.kind], around.rings.sure[layer.kind]
        firsts = _first_blocks(layer)
        self.near = ranges(firsts[around.near], firsts[around.near + 1])
        self.near_added = self.added(layer.near.group[self.near])
        self.far_added = self._added[around.met].max(axis=0, initial=OUT).take(layer.far.group)
        self.sample_added = self.added(layer.sample.way)

    def added(self, ways: IntArray) -> IntArray:
        """Return the most that some ways add, (m,); `OUT` where a rule or the person's reach forbids it."""
        return self._added.take(self._cell(ways))

    def sure(self, ways: IntArray) -> BoolArray:
        """Say of some ways whether they add just what `added` says, (m,)."""
        return self._sure.take(self._cell(ways))

    def to_far(self, ways: IntArray) -> BoolArray:
        """Say of some ways whether they are not told apart, (m,)."""
        return self._around.far.take(ways // self._n_sorts)

    def _cell(self, ways: IntArray) -> IntArray:
        """Return where some ways stand in the flat tables of rings and sorts, (m,)."""
        place, sort = np.divmod(ways, self._n_sorts)
        return self._around.ring.take(place) * self._n_sorts + sort


def _told_apart(index: OfferIndex, near: IntArray, apart: FloatArray) -> IntArray:
    """Return the nearest places, as many as do not hold too many blocks."""
    sizes = np.zeros(len(near), dtype=np.int64)
    for layer in index.layers:
        firsts = _first_blocks(layer)
        sizes += firsts[near + 1] - firsts[near]
    if sizes.sum() <= _MOST_BLOCKS:
        return near
    nearest = np.argsort(apart[near])
    return near[nearest[sizes[nearest].cumsum() <= _MOST_BLOCKS]]


def _first_blocks(layer: Layer) -> IntArray:
    """Return the first and last-plus-one block of each place, (n_places + 1,)."""
    return layer.near.group_starts[:: len(layer.ways.sorts)]


def _rings(index: OfferIndex, person: Pairs) -> Rings:
    told, people = said(WAY, person) or (), person.people
    placed = int(people.place[0]) >= 0 and not np.isnan(people.lat[0])

    def reckoned() -> Rings:
        columns = as_columns(WAY, told)
        found = {layer.kind: _reckoned(layer, index, person, columns, placed) for layer in index.layers}
        return _joined(found, index.layers)

    return kept(index.rings, (placed, told), reckoned)


def _joined(found: dict[OfferKind, tuple[FloatArray, IntArray, BoolArray]], layers: tuple[Layer, ...]) -> Rings:
    """Return the rings of all kinds, parted where any of them are; behind them the same for what is out of reach."""
    begins = np.unique(np.concatenate(([np.nan], *(begins for begins, _, _ in found.values()))))
    added, sure = {}, {}
    for layer in layers:
        its_begins, its_added, its_sure = found[layer.kind]
        rows = np.append(0, its_begins.searchsorted(begins, side="right"))
        within = its_added[rows]
        added[layer.kind] = np.concatenate((within, np.where(layer.ways.housed, within, OUT)))
        sure[layer.kind] = np.tile(its_sure[rows], (2, 1))
    return Rings(begins=begins, beyond_reach=len(begins) + 1, added=added, sure=sure)


def _reckoned(
    layer: Layer, index: OfferIndex, person: Pairs, told: dict[str, float | None], placed: bool
) -> tuple[FloatArray, IntArray, BoolArray]:
    """Return the rings of one layer for all who say the same of their ways, and have a home that is known, or not.

    Returns
    -------
    begins : float (1 + n_rings,)
    added : int (2 + n_rings, n_sorts)
    sure : bool (2 + n_rings, n_sorts)
        As in `Rings`.
    """
    sorts, parts = layer.ways.sorts, layer.way_parts
    who = known_to(index.nobody, told | {"place": _ELSEWHERE if placed else -1})

    def at(km: FloatArray, sort: IntArray) -> IntArray:
        km, sort = np.broadcast_arrays(km, sort)
        pairs = with_offers(person, sorts[sort.ravel()], who)
        pairs.memo[KM] = km.ravel()
        found: list[IntArray] = [np.zeros(len(pairs), dtype=np.int64)]
        found += [index.steps.contributed(its, pairs) for its in parts.features]
        found += [np.where(its.passes(pairs), 0, OUT) for its in parts.rules]
        return np.reshape(found, (len(found), *km.shape))

    km, found = _parted(index.edges_km, np.arange(len(sorts)), at)
    turns = (found[:, 1:-1] != found[:, :-2]).any(axis=(0, 2))
    first = np.flatnonzero(np.append(True, turns[1:] | turns[:-1]))
    last = np.append(first[1:], len(km) - 2)
    first, last = np.append(first, len(km) - 1), np.append(last, len(km) - 1)
    added: IntArray = np.maximum(found[:, first], found[:, last]).sum(axis=0)
    sure = (found[:, first] == found[:, last]).all(axis=0)
    measured = layer.ways.placed & placed
    added[:-1, ~measured] = OUT
    added[-1, measured] = OUT
    home = _at_home(layer, index, person, told)
    known = np.ones((1, len(sorts)), dtype=bool)
    return chord(km[first]) ** 2, np.concatenate((home[None, :], added)), np.concatenate((known, sure))


def _parted(
    km: FloatArray, sorts: IntArray, at: Callable[[FloatArray, IntArray], IntArray]
) -> tuple[FloatArray, IntArray]:
    """Return distances and what is found *at* them for each sort: those given, and both sides of each turn near by.

    Of several turns of one sort between two of the distances given, the first one.
    """
    found = at(km[:, None], sorts)
    step, sort = np.nonzero((found[:, 1:] != found[:, :-1]).any(axis=0) & (km[:-1, None] < _NEAR_KM))
    before, low, width = found[:, None, step, sort], km[step], km[step + 1] - km[step]
    while (width > _SLIVER_KM).any():
        width = width / _PARTS
        alike = (at(low + width * np.arange(1, _PARTS)[:, None], sort) == before).all(axis=0)
        low = low + width * alike.sum(axis=0)
    sides = np.unique(np.concatenate((low, low + width)))
    where = km.searchsorted(sides)
    return np.insert(km, where, sides), np.insert(found, where, at(sides[:, None], sorts), axis=1)


def _at_home(layer: Layer, index: OfferIndex, person: Pairs, told: dict[str, float | None]) -> IntArray:
    """Return what a way of each sort adds for who lives where it leads to, (n_sorts,)."""
    sorts = layer.ways.sorts
    each = np.arange(len(sorts))
    neighbours = known_to(index.nobody, told).take(np.zeros_like(each))
    who = replace(neighbours, place=person.offers.place[sorts].astype(neighbours.place.dtype))
    here = Pairs(people=who, offers=person.offers, person=each, offer=sorts, as_of=person.as_of)
    here.memo[KM] = np.zeros(len(sorts))
    return contributed(layer.way_parts, index.steps, here)
