"""What the way to each offer adds for one person: looked up by how far its place is.

What a feature of the way says rises or falls with the distance and never turns, so between two distances it adds at
most what it adds at one of them, and where it adds the same at both, it does so all the way; and a rule that passes at
a distance passes at every shorter one. For all who say the same, distances are parted where any of this turns.
"""

from dataclasses import dataclass, replace

import numpy as np

from matching.features import FEATURES
from matching.pool.pairs import KM, Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.search.facets import READS, WAY, Steps
from matching.search.layers import Layer, OfferIndex, Rings
from matching.search.nobody import known_to
from matching.search.tables import OUT, contributed, kept, said, with_offers
from matching.taxonomy.places import chord, distance_km, on_the_sphere

_NEAR_KM = 60.0
"""Who looks everywhere is told apart the places up to here; others those within their reach."""

_SLACK_KM = 0.02
"""Distances are rounded before a model compares them: so near a threshold, a side is not told from the other."""

_FARTHEST_KM = 100_000.0

_ELSEWHERE = np.iinfo(np.int32).max
"""A home where there is no offer."""


def edges_of(steps: Steps) -> FloatArray:
    """Return distances between which it is looked for turns, km, ascending, and NaN, (n_edges,).

    A fine grid near by and a coarse one farther away, and where a table of the model in kilometres takes a step.
    """
    by_km = [name for name, feature in FEATURES.items() if feature.unit == "km" and "lat" in READS.get(name, ())]
    turns = [km + side for name in by_km for km in steps.thresholds(name) for side in (-_SLACK_KM, _SLACK_KM)]
    grid = (*np.arange(0, _NEAR_KM, 0.25), *np.arange(_NEAR_KM, 10 * _NEAR_KM, 5), _FARTHEST_KM, np.nan)
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
    """Places that are told apart, (n_near,)."""
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
    far : int (n_sorts,)
        The most that a way of each sort to any place adds that is not near.
    beyond_far : int (n_ways,)
        What each way adds beyond that: nothing above 0; `OUT` for near ways, which are not among the far ones.
    """

    def __init__(self, layer: Layer, index: OfferIndex, person: Pairs, around: Surroundings) -> None:
        self._parts, self._steps, self._person = layer.way_parts, index.steps, person
        rings, unhoused = _rings(layer, index, person), ~layer.ways.housed
        self._sure, self._ring = rings.sure, rings.begins.searchsorted(around.apart, side="right")
        self._ring[around.home] = 0
        added = rings.added.take(self._ring, axis=0)
        far = np.concatenate((rings.added, np.full_like(rings.added[:1], OUT)))
        if around.limited:
            added[np.ix_(around.out, unhoused)] = OUT
            far[:-2, unhoused] = OUT
        far_ring = self._ring.copy()
        far_ring[around.near] = len(far) - 1
        met = np.bincount(far_ring, minlength=len(far)) > 0
        self.added = added.ravel()
        self.far = far.max(axis=0, where=met[:, None], initial=OUT)
        self.beyond_far = (far - self.far).take(far_ring, axis=0).ravel()

    def exact(self, offers: IntArray) -> IntArray:
        """Return what the ways to some rows of the pool add, (m,)."""
        return contributed(self._parts, self._steps, with_offers(self._person, offers))

    def unsure(self, ways: IntArray) -> IntArray:
        """Return which of some ways may add less than `added` says: positions in *ways*."""
        place, sort = np.divmod(ways, self._sure.shape[1])
        return np.flatnonzero(~self._sure[self._ring[place], sort])


def _rings(layer: Layer, index: OfferIndex, person: Pairs) -> Rings:
    placed = int(person.people.place[0]) >= 0 and not np.isnan(person.people.lat[0])
    told = said(WAY, person) or {}
    return kept(
        index.rings, (layer.kind, placed, *told.values()), lambda: _reckoned(layer, index, person, told, placed)
    )


def _reckoned(layer: Layer, index: OfferIndex, person: Pairs, told: dict[str, float | None], placed: bool) -> Rings:
    """Return the rings of all who say the same of their ways, and have a home that is known, or not."""
    sorts, km = layer.ways.sorts, index.edges_km
    who = known_to(index.nobody, told | {"place": _ELSEWHERE if placed else -1})
    edges = with_offers(person, np.tile(sorts, len(km)), who)
    edges.memo[KM] = np.repeat(km, len(sorts))
    shape, parts = (len(km), len(sorts)), layer.way_parts
    at = [np.zeros(shape, int), *(index.steps.contributed(its, edges).reshape(shape) for its in parts.features)]
    passes = [np.ones(shape, bool), *(rule.passes(edges).reshape(shape) for rule in parts.rules)]
    turns = np.any([(its[1:-1] != its[:-2]).any(axis=1) for its in (*at, *passes)], axis=0)
    first = np.flatnonzero(np.append(True, turns[1:] | turns[:-1]))
    last = np.append(first[1:], len(km) - 2)
    first, last = np.append(first, len(km) - 1), np.append(last, len(km) - 1)
    added: IntArray = np.sum([np.maximum(its[first], its[last]) for its in at], axis=0)
    sure = np.all([its[first] == its[last] for its in (*at, *passes)], axis=0)
    added[~np.all([its[first] for its in passes], axis=0)] = OUT
    measured = layer.ways.placed & placed
    added[:-1, ~measured] = OUT
    added[-1, measured] = OUT
    home = _at_home(layer, index, person, told)
    return Rings(
        begins=chord(km[first]) ** 2,
        added=np.concatenate((home[None, :], added)),
        sure=np.concatenate((np.ones((1, len(sorts)), dtype=bool), sure)),
    )


def _at_home(layer: Layer, index: OfferIndex, person: Pairs, told: dict[str, float | None]) -> IntArray:
    """Return what a way of each sort adds for who lives where it leads to, (n_sorts,)."""
    sorts = layer.ways.sorts
    each = np.arange(len(sorts))
    neighbours = known_to(index.nobody, told).take(np.zeros_like(each))
    who = replace(neighbours, place=person.offers.place[sorts].astype(neighbours.place.dtype))
    here = Pairs(people=who, offers=person.offers, person=each, offer=sorts, as_of=person.as_of)
    here.memo[KM] = np.zeros(len(sorts))
    return contributed(layer.way_parts, index.steps, here)
