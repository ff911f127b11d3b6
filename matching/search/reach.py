"""Which offers lie within reach of somebody, by place: communes are measured, never offers."""

from dataclasses import dataclass

import numpy as np

from matching.pool.by_cell import everything
from matching.pool.offers import Offers
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.taxonomy.places import DEGREE_KM, distance_km

REACH_KM = 30.0
"""How far a person without a limit of their own is taken to look."""

_ROUNDING_KM = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The place cells of a pool: a commune, and whether housing is given there (see `by_cell.cell_of`)."""

    sizes: IntArray
    """Offers of each cell that stand, of the kinds asked for, open or not, (n_cells,)."""
    lat: FloatArray
    lon: FloatArray
    """Degrees of each commune, the unknown one last, (n_cells / 2,); NaN unknown. Of cells it is the first."""

    def near(self, people: People, rows: IntArray, *, everything: bool = False) -> BoolArray:
        """Return which cells lie within reach of the people of *rows*, (n, n_cells).

        The person's own limit, else `REACH_KM`; an unknown place is within reach of everybody, and so is one that
        gives housing. With *everything* all. Of a cell without offers nothing is said.
        """
        near = np.ones((len(rows), len(self.sizes)), dtype=bool)
        if everything:
            return near
        limit = people.max_commute_km[rows]
        limit = np.where(np.isnan(limit), REACH_KM, limit)[:, None]
        somewhere = people.place[rows] >= 0
        lat, lon = (np.where(somewhere, column[rows], np.nan)[:, None] for column in (people.lat, people.lon))
        inside = ~(np.abs(lat - self.lat[:-1]) * DEGREE_KM > limit + _ROUNDING_KM)
        near[:, 1 : len(self.lat)] = inside
        met = (self.sizes[1 : len(self.lat)] * inside.any(axis=0)).nonzero()[0]
        km = np.round(distance_km(lat, lon, self.lat[met], self.lon[met]), 2)
        near[:, 1 + met] = ~(km > limit)
        return near


def cells_in(offers: Offers) -> Cells:
    """Return the cells of a pool as it is now."""
    return Cells(sizes=everything.counts(offers), lat=offers.lat.values, lon=offers.lon.values)
