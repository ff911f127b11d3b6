"""What the way to each offer adds for one person: near places one by one, far ones ring by ring.

What a feature of the way says rises or falls with the distance and never turns, so between two distances it adds at
most what it adds at one of them; and a rule that passes at a distance passes at every shorter one.
"""

from dataclasses import dataclass
from itertools import pairwise

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
"""Up to here places are asked one by one, and up to where the person looks."""

_SLACK_KM = 0.02
"""Distances are rounded before a model compares them: so near a threshold, a side is not told from the other."""

_FARTHEST_KM = 100_000.0

_ELSEWHERE = np.iinfo(np.int32).max
"""A home where there is no offer."""


def rings_of(steps: Steps) -> FloatArray:
    """Return where the rings beyond the near places begin and end, km, (n_rings, 2); the last one is NaN.

    They part where the model takes a step, so that nearly everywhere the whole of a ring adds the same.
    """
    by_km = [name for name, feature in FEATURES.items() if feature.unit == "km" and "lat" in READS.get(name, ())]
    steps_km = {km for name in by_km for km in steps.thresholds(name) if km > _NEAR_KM + _SLACK_KM}
    edges = sorted({_NEAR_KM, _FARTHEST_KM, *(km + side for km in steps_km for side in (-_SLACK_KM, _SLACK_KM))})
    return np.array([*pairwise(edges), (np.nan, np.nan)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """How far all places are from one person."""

    limit: float
    """How far the person looks, km; infinite also for who lives nobody knows where."""
    near: IntArray
    """Places near enough to be asked one by one."""
    km: FloatArray
    """Road-like distance of these as features read it, (n_near,); NaN unknown."""
    out: BoolArray
    """Which of these lie beyond the person's reach, unless housing is given, (n_near,)."""
    ring: IntArray
    """0 near, then the rings of the index, (n_places,)."""

    @classmethod
    def of(cls, index: OfferIndex, person: Pairs, limit: float) -> "Surroundings":
        """Return what lies where, for the person of a pool of one who looks as far as *limit* km."""
        people = person.people
        home = int(people.place[0])
        limit = limit if home >= 0 else np.inf
        apart = index.points - on_the_sphere(people.lat, people.lon)
        apart = np.einsum("ij,ij->j", apart, apart)
        ring = np.square(chord(index.rings_km[:, 0])).searchsorted(apart, side="right")
        ring[index.place == home] = 0
        if _NEAR_KM < limit < np.inf:
            ring[apart <= chord(limit + _SLACK_KM) ** 2] = 0
        near = np.flatnonzero(ring == 0)
        exact = distance_km(people.lat, people.lon, index.lat[near], index.lon[near])
        return cls(limit=limit, near=near, km=exact.round(6), out=exact.round(2) > limit, ring=ring)


class Way:
    """What the ways to the members of a layer add for one person.

    Attributes
    ----------
    added : int (n_ways,)
        The most that each way adds; `OUT` where a rule or the person's reach forbids it.
    far : int (n_sorts,)
        The most that a way of each sort to any place adds that is not near.
    beyond_far : int (n_ways,)
        What each way adds beyond that: nothing above 0; `OUT` for near ways, which are not among the far ones.
    """

    def __init__(self, layer: Layer, index: OfferIndex, person: Pairs, around: Surroundings) -> None:
        self._ways, self._parts, self._ring = layer.ways, layer.way_parts, around.ring
        self._steps, self._person = index.steps, person
        ways, rings = layer.ways, _rings(layer, index, person)
        self._sure, added = rings.sure, rings.added
        if around.limit < np.inf:
            added = added.copy()
            added[:-1, ~ways.housed] = OUT
        self.far = added.max(axis=0, where=_met(around.ring, len(added))[:, None], initial=OUT)
        beyond = added - self.far
        beyond[0] = OUT
        self.beyond_far = beyond[around.ring].ravel()
        self.added = added[around.ring].ravel()
        self._ask_near(around)

    def _ask_near(self, around: Surroundings) -> None:
        """Put in what the ways to near places add: of these it is exact."""
        ways = self._ways
        first, stop = ways.starts[around.near], ways.starts[around.near + 1]
        at, times = ranges(first, stop), stop - first
        near = ways.met[at]
        self.added[near] = self.exact(ways.examples[at], np.repeat(around.km, times))
        out = np.repeat(around.out, times) & ~ways.housed[near % len(ways.sorts)]
        self.added[near[out]] = OUT

    def exact(self, offers: IntArray, km: FloatArray | None = None) -> IntArray:
        """Return what the ways to some rows of the pool add, (m,); *km* when it is at hand how far they are."""
        pairs = with_offers(self._person, offers)
        if km is not None:
            pairs.memo[KM] = km
        return contributed(self._parts, self._steps, pairs)

    def unsure(self, ways: IntArray) -> IntArray:
        """Return which of some ways may add less than `added` says: positions in *ways*."""
        place, sort = np.divmod(ways, len(self._ways.sorts))
        return np.flatnonzero(~self._sure[self._ring[place], sort])


def _met(ring: IntArray, n: int) -> BoolArray:
    """Return in which of *n* rings there is any place."""
    return np.bincount(ring, minlength=n) > 0


def _rings(layer: Layer, index: OfferIndex, person: Pairs) -> Rings:
    people = person.people
    told = said(WAY, person) or {}
    told["place"] = _ELSEWHERE if people.place[0] >= 0 else -1
    placed = not np.isnan(people.lat[0])

    def reckoned() -> Rings:
        ways, km = layer.ways, index.rings_km
        edges = with_offers(person, np.tile(ways.sorts, km.size), known_to(index.nobody, told))
        edges.memo[KM] = np.repeat(km.ravel(), len(ways.sorts))
        return _between(layer, index.steps, edges, placed)

    return kept(index.rings, (layer.kind, placed, *told.values()), reckoned)


def _between(layer: Layer, steps: Steps, edges: Pairs, placed: bool) -> Rings:
    """Return what ways between two distances add at most.

    Parameters
    ----------
    edges : Pairs
        By ring, then begin and end, then sort of way.
    """
    n_sorts = len(layer.ways.sorts)
    shape = (-1, 2, n_sorts)
    added = np.zeros((1 + len(edges) // (2 * n_sorts), n_sorts), dtype=np.int64)
    sure = np.ones(added.shape, dtype=bool)
    for feature in layer.way_parts.features:
        at = steps.contributed(feature, edges).reshape(shape)
        added[1:] += at.max(axis=1)
        sure[1:] &= at[:, 0] == at[:, 1]
    for rule in layer.way_parts.rules:
        passes = rule.passes(edges).reshape(shape)
        added[1:][~passes[:, 0]] = OUT
        sure[1:] &= passes[:, 0] == passes[:, 1]
    measured = layer.ways.placed & placed
    added[0] = OUT
    added[1:-1, ~measured] = OUT
    added[-1, measured] = OUT
    return Rings(added=added, sure=sure)
