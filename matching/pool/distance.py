"""How far the two places of each pair are apart."""

import numpy as np

from matching.pool.pairs import KM, Pairs, Rows
from matching.pool.people import FloatArray, IntArray
from matching.taxonomy.places import distance_km

FEW = 4096
"""Pairs up to which measuring each one is as quick as looking for the distinct communes."""


def pair_distance_km(pairs: Pairs) -> FloatArray:
    """Return the road-like distance between the two places of each pair in km, (n_pairs,); NaN: a place is unknown.

    Of many pairs, the distance is measured once for each two communes that meet, not once a pair: one person and a
    million offers take at most as many measurements as there are communes.
    """
    known: FloatArray | None = pairs.memo.get(KM)
    if known is None:
        known = pairs.memo[KM] = _by_communes(pairs)
    return known


def _by_communes(pairs: Pairs) -> FloatArray:
    people, offers = pairs.people, pairs.offers
    if len(pairs) > FEW:
        homes, works = _Ends(pairs.who.place), _Ends(pairs.what.place)
        if len(homes.row) * len(works.row) <= len(pairs):
            home, work = pairs.person[homes.row][:, None], pairs.offer[works.row][None, :]
            grid = _measured(Rows(people, home), Rows(offers, work))
            measured: FloatArray = grid[homes.position, works.position]
            return measured
    return _measured(pairs.who, pairs.what)


def _measured(home: Rows, work: Rows) -> FloatArray:
    """Return the distances, to the millimetre: the last bits of sines differ between machines."""
    return np.round(distance_km(home.lat, home.lon, work.lat, work.lon), 6)


class _Ends:
    """The distinct places at one end of some pairs.

    Attributes
    ----------
    row : array (n_distinct,)
        A pair that lies at each of them.
    position : array (n_pairs,)
        Which of them each pair lies at.
    """

    def __init__(self, places: IntArray) -> None:
        first = np.full(int(places.max()) + 2, -1, dtype=np.intp)
        first[places] = np.arange(len(places))
        self.row = first[first >= 0]
        self.position = (np.cumsum(first >= 0) - 1)[places]
