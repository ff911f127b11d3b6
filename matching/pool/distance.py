"""How far the two places of each pair are apart."""

import numpy as np

from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray, IntArray
from matching.taxonomy.places import distance_km


def pair_distance_km(pairs: Pairs) -> FloatArray:
    """Return the road-like distance between the two places of each pair in km, (n_pairs,); NaN: a place is unknown.

    The distance is measured once for each two communes that meet in the pairs, not once a pair: a query of one person
    over a million offers measures at most as many distances as there are communes.
    """
    home, work = pairs.people.place[pairs.person], pairs.offers.place[pairs.offer]
    homes, home_at = _distinct(home)
    works, work_at = _distinct(work)
    if len(homes) * len(works) > len(pairs):
        people, offers = pairs.people, pairs.offers
        return distance_km(
            people.lat[pairs.person], people.lon[pairs.person], offers.lat[pairs.offer], offers.lon[pairs.offer]
        )
    lat1, lon1 = _centres(homes, pairs.people.place, pairs.people.lat, pairs.people.lon)
    lat2, lon2 = _centres(works, pairs.offers.place, pairs.offers.lat, pairs.offers.lon)
    grid = distance_km(lat1[:, None], lon1[:, None], lat2[None, :], lon2[None, :])
    return grid[home_at[home], work_at[work]]


def _distinct(places: IntArray) -> tuple[IntArray, IntArray]:
    """Return the distinct places, and a table from a place to its position among them (-1 is a place too)."""
    seen = np.zeros(int(places.max(initial=-1)) + 2, dtype=bool)
    seen[places] = True
    position = np.cumsum(seen) - 1
    distinct = np.flatnonzero(seen)
    distinct[distinct == len(seen) - 1] = -1
    return distinct, position


def _centres(places: IntArray, column: IntArray, lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the centres of *places*, looked up in the rows of a pool that lie there."""
    row = np.zeros(int(column.max(initial=-1)) + 2, dtype=np.intp)
    row[column] = np.arange(len(column))
    return lat[row[places]], lon[row[places]]
