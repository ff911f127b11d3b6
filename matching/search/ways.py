"""What the way to each offer adds for one person: near places one by one, far ones ring by ring.

What a feature of the way says rises or falls with the distance and never turns, so between two distances it adds at
most what it adds at one of them; and a rule that passes at a distance passes at every shorter one.
"""

from dataclasses import dataclass

import numpy as np

from matching.pool.blocks import ranges
from matching.pool.pairs import KM, Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.search.facets import WAY, Steps
from matching.search.layers import Layer, OfferIndex, Rings, Ways
from matching.search.nobody import known_to
from matching.search.tables import OUT, contributed, kept, said, some_pairs
from matching.taxonomy.places import distance_km

_NEAR, _UNKNOWN = 0, 3
_EDGES_KM = np.array([[60.0, 160.0], [160.0, 100_000.0], [np.nan, np.nan]])
"""Where each ring beyond the near places begins and ends; the last one is what lies at an unknown distance."""

_ELSEWHERE = np.iinfo(np.int32).max
"""A home where there is no offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """How far all places are from one person."""

    km: FloatArray
    """Road-like distance as features read it, (n_places,); NaN unknown."""
    out: BoolArray
    """Beyond the person's reach, unless housing is given, (n_places,)."""
    ring: IntArray
    """0 near, then the rings of `_EDGES_KM`, (n_places,) int8."""

    @classmethod
    def of(cls, index: OfferIndex, person: Pairs, limit: float) -> "Surroundings":
        """Return what lies where, for the person of one pair who looks as far as *limit* km."""
        people, row = person.people, person.person
        exact = distance_km(people.lat[row], people.lon[row], index.lat, index.lon)
        km = np.round(exact, 6)
        ring = np.where(np.isnan(km), _UNKNOWN, (km >= _EDGES_KM[0, 0]) + (km >= _EDGES_KM[1, 0]).astype(np.int8))
        home = people.place[row[0]]
        if home >= 0:
            ring[index.place == home] = _NEAR
        return cls(km=km, out=(np.round(exact, 2) > limit) & (home >= 0), ring=ring)


class Way:
    """What the ways to the members of a layer add for one person.

    Attributes
    ----------
    added : int (n_ways,)
        The most that each way adds; `OUT` where a rule or the person's reach forbids it.
    near : int (n_near,)
        Ways to near places: what these add is exact.
    far : int (n_sorts,)
        The most that a way of each sort to any other place adds.
    beyond_far : int (n_ways,)
        What each way adds beyond that: nothing above 0; `OUT` for near ways, which are not among the far ones.
    """

    def __init__(self, layer: Layer, index: OfferIndex, person: Pairs, around: Surroundings) -> None:
        self._ways, self._steps, self._person, self._km = layer.ways, index.steps, person, around.km
        ways = layer.ways
        self._rings = _rings(layer, index, person)
        self._ringed = around.ring.take(ways.place) * len(ways.one) + ways.sort
        self.added = self._rings.added.ravel().take(self._ringed)
        places = np.flatnonzero(around.ring == _NEAR)
        self.near = ranges(ways.starts[places], ways.starts[places + 1])
        self.added[self.near] = self.exact(self.near)
        if around.out.any():
            self.added[around.out[ways.place] & ~ways.housed[ways.sort]] = OUT
        self.far = np.where(ways.housed, self._most(around.ring), self._most(around.ring[~around.out]))
        self.beyond_far = self.added - self.far.take(ways.sort)
        self.beyond_far[self.near] = OUT

    def exact(self, ways: IntArray) -> IntArray:
        """Return what some ways add, (m,)."""
        pairs = some_pairs(self._person.people, int(self._person.person[0]), self._person, self._ways.examples[ways])
        pairs.memo[KM] = self._km[self._ways.place[ways]]
        return contributed(self._ways.parts, self._steps, pairs)

    def unsure(self, ways: IntArray) -> IntArray:
        """Return which of some ways may add less than `added` says: positions in *ways*."""
        return np.flatnonzero(~self._rings.sure.ravel().take(self._ringed.take(ways)))

    def _most(self, ring: IntArray) -> IntArray:
        met = np.bincount(ring, minlength=_UNKNOWN + 1) > 0
        met[_NEAR] = False
        return np.asarray(self._rings.added.max(axis=0, where=met[:, None], initial=OUT))


def _rings(layer: Layer, index: OfferIndex, person: Pairs) -> Rings:
    people, row = person.people, person.person[0]
    told = said(WAY, person) or {}
    told["place"] = _ELSEWHERE if people.place[row] >= 0 else -1
    placed = not np.isnan(people.lat[row])

    def reckoned() -> Rings:
        ways = layer.ways
        some = Pairs(
            people=known_to(index.nobody, told),
            offers=person.offers,
            person=np.zeros(_EDGES_KM.size * len(ways.one), dtype=np.intp),
            offer=np.tile(ways.examples[ways.one], _EDGES_KM.size),
            as_of=person.as_of,
        )
        some.memo[KM] = np.repeat(_EDGES_KM.ravel(), len(ways.one))
        return _between(ways, index.steps, some, placed)

    return kept(index.rings, (layer.kind, placed, *told.values()), reckoned)


def _between(ways: Ways, steps: Steps, edges: Pairs, placed: bool) -> Rings:
    """Return what ways between two distances add at most.

    Parameters
    ----------
    edges : Pairs
        By ring, then begin and end, then sort of way.
    """
    shape = (*_EDGES_KM.shape, len(ways.one))
    added = np.full((len(_EDGES_KM) + 1, len(ways.one)), 0, dtype=np.int64)
    sure = np.ones(added.shape, dtype=bool)
    for feature in ways.parts.features:
        at = steps.contributed(feature, edges).reshape(shape)
        added[1:] += at.max(axis=1)
        sure[1:] &= at[:, 0] == at[:, 1]
    for rule in ways.parts.rules:
        passes = rule.passes(edges).reshape(shape)
        added[1:][~passes[:, 0]] = OUT
        sure[1:] &= passes[:, 0] == passes[:, 1]
    measured = ways.placed & placed
    added[1:_UNKNOWN, ~measured] = OUT
    added[_UNKNOWN, measured] = OUT
    return Rings(added=added, sure=sure)
