"""Which offers lie within reach of somebody, by place: communes are measured, never offers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.pool.by_cell import everything as all_offers
from matching.pool.by_cell import n_cells_of
from matching.pool.offers import Offers
from matching.pool.once import Once
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.taxonomy.places import DEGREE_KM, distance_km

REACH_KM = 30.0
"""How far a person without a limit of their own is taken to look."""

_ROUNDING_KM = 0.01

_MOST_HOMES = 1_024
"""Homes whose cells within reach are kept, some seven kilobytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The place cells of a pool: a commune, and whether housing is given there (see `by_cell.cell_of`)."""

    offers: Offers

    def near(self, people: People, rows: IntArray, *, everything: bool = False) -> BoolArray:
        """Return which cells lie within reach of the people of *rows*, (n, n_cells).

        The person's own limit, else `REACH_KM`; an unknown place is within reach of everybody, and so is one that
        gives housing. With *everything* all.
        """
        near = np.ones((len(rows), n_cells_of(self.offers)), dtype=bool)
        if everything:
            return near
        within, limit = _within(self.offers), looked_km(people)
        somewhere = (people.place[rows] >= 0).nonzero()[0]
        homes = (column[rows[somewhere]].tolist() for column in (people.lat, people.lon, limit))
        for i, *home in zip(somewhere.tolist(), *homes, strict=True):
            near[i] = within(*home)
        return near

    def counts(self, near: BoolArray) -> IntArray:
        """Return how many offers stand in the cells that *near* (n, n_cells) names, of the kinds asked for, (n,)."""
        return all_offers.counts_within(self.offers, near)


def looked_km(people: People) -> FloatArray:
    """Return how far each person looks: the person's own limit, else `REACH_KM`."""
    limit = people.max_commute_km
    return np.where(np.isnan(limit), REACH_KM, limit)


def cells_in(offers: Offers) -> Cells:
    """Return the cells of a pool as it is now."""
    return Cells(offers=offers)


def _measuring(base: Offers) -> Callable[[float, float, float], BoolArray]:
    """Return what says which cells lie within so many kilometres of a home.

    People of one commune have much in common: what was measured for one is kept for the next.
    """
    lat, lon = base.lat.values[:-1], base.lon.values[:-1]

    @lru_cache(maxsize=_MOST_HOMES)
    def within(home_lat: float, home_lon: float, limit: float) -> BoolArray:
        near = np.ones(n_cells_of(base), dtype=bool)
        near[1 : len(lat) + 1] = inside = ~(np.abs(home_lat - lat) * DEGREE_KM > limit + _ROUNDING_KM)
        some = inside.nonzero()[0]
        near[1 + some] = ~(distance_km(home_lat, home_lon, lat[some], lon[some]).round(2) > limit)
        return near

    return within


_within = Once(_measuring)
"""Reads no offer but where communes lie, so it serves as long as the pool does."""
