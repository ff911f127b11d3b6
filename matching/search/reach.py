"""Which offers lie within reach of somebody, by place: communes are measured, never offers."""

from dataclasses import dataclass

import numpy as np

from matching.pool.blocks import ranges
from matching.pool.offers import Offers
from matching.pool.once import Once
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.taxonomy.places import distance_km

REACH_KM = 30.0
"""How far a person without a limit of their own is taken to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The place cells of a pool: a commune, and whether housing is given there."""

    of: IntArray
    """Cell of each offer, (n_offers,)."""
    sizes: IntArray
    """Offers of each cell, of all kinds, open or not, (n_cells,)."""
    place: IntArray
    """Row in `Places` of each cell; -1 unknown."""
    housed: BoolArray
    """Cells that give housing: within reach of everybody."""
    lat: FloatArray
    lon: FloatArray
    """Degrees; NaN where the place is unknown."""

    @classmethod
    def reckoned(cls, offers: Offers) -> "Cells":
        """Look at a whole pool; `cells_in` keeps what this returns."""
        code, first, of, sizes = np.unique(
            _cells_of(offers), return_index=True, return_inverse=True, return_counts=True
        )
        return cls(
            of=of.astype(np.int32),
            sizes=sizes,
            place=code // 2 - 1,
            housed=code % 2 == 1,
            lat=offers.lat[first],
            lon=offers.lon[first],
        )

    def near(self, people: People, rows: IntArray, *, everything: bool = False) -> BoolArray:
        """Return which cells lie within reach of the people of *rows*, (n, n_cells).

        The person's own limit, else `REACH_KM`; an unknown place is within reach of everybody. With *everything* all.
        """
        if everything:
            return np.ones((len(rows), len(self.sizes)), dtype=bool)
        limit = people.max_commute_km[rows]
        limit = np.where(np.isnan(limit), REACH_KM, limit)
        somewhere = people.place[rows] >= 0
        lat, lon = (np.where(somewhere, column[rows], np.nan)[:, None] for column in (people.lat, people.lon))
        km = np.round(distance_km(lat, lon, self.lat, self.lon), 2)
        return np.asarray(self.housed | ~(km > limit[:, None]))

    def having(self, offers: BoolArray) -> BoolArray:
        """Return which cells hold any of some offers, (n_cells,)."""
        return np.bincount(self.of[offers], minlength=len(self.sizes)) > 0


cells_in = Once(Cells.reckoned)
"""The cells of a pool, reckoned once."""


class ByCell:
    """Some rows of a pool, laid out so that those within reach are found without looking at the others."""

    def __init__(self, cells: Cells, rows: IntArray) -> None:
        order = np.argsort(cells.of[rows], kind="stable")
        self._rows = rows[order].astype(np.int32)
        self._starts = np.searchsorted(cells.of[self._rows], np.arange(len(cells.sizes) + 1))

    def __len__(self) -> int:
        return len(self._rows)

    def within(self, near: BoolArray) -> tuple[IntArray, IntArray]:
        """Return the rows in the cells that *near* (n, n_cells) names, by subject: whose each is, and the row."""
        of, cell = np.nonzero(near)
        starts, ends = self._starts[cell], self._starts[cell + 1]
        return np.repeat(of, ends - starts), self._rows[ranges(starts, ends)]


def _cells_of(offers: Offers) -> IntArray:
    """Return the place cell of each offer: its commune, and whether it gives housing, (n,)."""
    return np.asarray((offers.place.astype(np.int64) + 1) * 2 + (offers.housing == 1))
