"""What the way to each offer adds for one person: looked up by how far its place is.

What a feature of the way says rises or falls with the distance and never turns, so between two distances it adds at
most what it adds at one of them, and where it adds the same at both, it does so all the way; and a rule that passes at
a distance passes at every shorter one. For all who say the same, distances are parted where any of this turns: near by
to two metres, so that hardly any place lies where it is not known what the way adds.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.features import FEATURES
from matching.pool.blocks import ranges
from matching.pool.pairs import KM, Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.search.facets import READS, WAY, Steps
from matching.search.layers import Layer, OfferIndex, Rings
from matching.search.nobody import known_to
from matching.search.tables import OUT, contributed, kept, said, with_offers
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
    """How far all places are from one person."""

    limited: bool
    """Whether the person looks no farther than some way from home."""
    home: IntArray
    """The place where the person lives, if there are offers, (0 or 1,)."""
    apart: FloatArray
    """Square of the straight line through the unit sphere to each place, (n_places,); NaN unknown."""
    near: IntArray
    """Places that may be told apart, (n_near,)."""
    out: BoolArray
    """Beyond the person's reach, unless housing is given, (n_places,)."""

    @classmethod
    def of(cls, index: OfferIndex, person: Pairs, limit: float) -> "Surroundings":
        """Return what lies where, for the person of a pool of one who looks as far as *limit* km."""
        people = person.people
        here = int(people.place[0])
        limited = here >= 0 and limit < np.inf
        line = index.points - on_the_sphere(people.lat, people.lon)
        apart = np.einsum("ij,ij->j", line, line)
        near = (apart <= chord(limit + _SLACK_KM if limited else _NEAR_KM) ** 2).nonzero()[0]
        out = np.isfinite(apart) & limited
        if limited:
            out[near] = distance_km(people.lat, people.lon, index.lat[near], index.lon[near]).round(2) > limit
        home = (index.place == here).nonzero()[0] if here >= 0 else near[:0]
        return cls(limited=limited, home=home, apart=apart, near=near, out=out)


class Way:
    """What the ways to the members of a layer add for one person.

    Attributes
    ----------
    added : int (n_ways,)
        The most that each way adds; `OUT` where a rule or the person's reach forbids it.
    near : int (n_blocks,)
        Blocks of the layer whose ways are told apart.
    far : int (n_sorts,)
        The most that a way of each sort to any other place adds.
    """

    def __init__(self, layer: Layer, index: OfferIndex, person: Pairs, around: Surroundings) -> None:
        self._parts, self._steps, self._person = layer.way_parts, index.steps, person
        rings, near, housed = _rings(layer, index, person), _told_apart(layer, around), layer.ways.housed
        self._sure, self._ring = rings.sure, rings.begins.searchsorted(around.apart, side="right")
        self._ring[around.home] = 0
        self._far = np.ones(len(self._ring), dtype=bool)
        self._far[near] = False
        added, self.far = rings.added.take(self._ring, axis=0), self._most(rings, self._far)
        if around.limited:
            added[around.out[:, None] & ~housed] = OUT
            self.far = np.where(housed, self.far, self._most(rings, self._far & ~around.out))
        self.added = added.ravel()
        firsts = _first_blocks(layer)
        self.near = ranges(firsts[near], firsts[near + 1])

    def _most(self, rings: Rings, places: BoolArray) -> IntArray:
        """Return the most that a way of each sort to some *places* adds, (n_sorts,)."""
        met = np.bincount(self._ring[places], minlength=len(rings.added)) > 0
        most: IntArray = rings.added[met].max(axis=0, initial=OUT)
        return most

    def to_far(self, ways: IntArray) -> BoolArray:
        """Say of some ways whether they are not told apart, (m,)."""
        far: BoolArray = self._far.take(ways // self._sure.shape[1])
        return far

    def exact(self, offers: IntArray) -> IntArray:
        """Return what the ways to some rows of the pool add, (m,)."""
        return contributed(self._parts, self._steps, with_offers(self._person, offers))

    def unsure(self, ways: IntArray) -> IntArray:
        """Return which of some ways may add less than `added` says: positions in *ways*."""
        place, sort = np.divmod(ways, self._sure.shape[1])
        return np.flatnonzero(~self._sure[self._ring[place], sort])


def _told_apart(layer: Layer, around: Surroundings) -> IntArray:
    """Return the nearest places, as many as do not hold too many blocks."""
    firsts, places = _first_blocks(layer), around.near
    sizes = firsts[places + 1] - firsts[places]
    if sizes.sum() <= _MOST_BLOCKS:
        return places
    nearest = np.argsort(around.apart[places])
    return places[nearest[sizes[nearest].cumsum() <= _MOST_BLOCKS]]


def _first_blocks(layer: Layer) -> IntArray:
    """Return the first and last-plus-one block of each place, (n_places + 1,)."""
    return layer.near.group_starts[:: len(layer.ways.sorts)]


def _rings(layer: Layer, index: OfferIndex, person: Pairs) -> Rings:
    placed = int(person.people.place[0]) >= 0 and not np.isnan(person.people.lat[0])
    told = said(WAY, person) or {}
    return kept(
        index.rings, (layer.kind, placed, *told.values()), lambda: _reckoned(layer, index, person, told, placed)
    )


def _reckoned(layer: Layer, index: OfferIndex, person: Pairs, told: dict[str, float | None], placed: bool) -> Rings:
    """Return the rings of all who say the same of their ways, and have a home that is known, or not."""
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
    return Rings(
        begins=chord(km[first]) ** 2,
        added=np.concatenate((home[None, :], added)),
        sure=np.concatenate((np.ones((1, len(sorts)), dtype=bool), sure)),
    )


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
