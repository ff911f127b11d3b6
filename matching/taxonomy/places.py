"""Places: every commune of the country, and the old units that became it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.taxonomy.place_index import PlaceIndex
from matching.taxonomy.place_reader import read_place
from matching.taxonomy.place_tables import LAT, LON, fill_index, read_communes

FloatArray = npt.NDArray[np.float64]

ROAD_FACTOR = 1.3
"""Roads are longer than the straight line: 1.3 is the usual detour of networks of country roads."""

_EARTH_RADIUS_KM = 6371.0088

DEGREE_KM = np.pi / 180 * _EARTH_RADIUS_KM * ROAD_FACTOR
"""Road-like distance of a degree of latitude in km: two points lie at least this apart for each of theirs."""

CELL_DEGREES = 0.25
"""Side of a grid cell: about 27 km."""

_CELLS_A_ROW = int((LON[1] - LON[0]) / CELL_DEGREES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCandidate:
    """A commune that a text may mean."""

    commune_code: str
    commune: str
    province: str
    old_unit: str | None
    """Full name of the old unit that the text then names; None when it names the commune itself."""
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRead:
    """What a text that names a place was read as."""

    text: str
    """As given."""
    commune_code: str | None
    """None when the text is unknown, or leaves open which commune it means."""
    commune: str | None
    province: str | None
    old_unit: str | None
    """Full name of the old unit, when one was named."""
    lat: float | None
    lon: float | None
    """Centre of the commune of today, degrees."""
    candidates: tuple[PlaceCandidate, ...]
    """Best first, at most 10. Without a code: what the text may mean. With a code: the other communes that took
    a part of the old unit (mostly none)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Places:
    """The communes of today as columns, with all names they are known by; arrays are read-only."""

    codes: tuple[str, ...]
    row: dict[str, int]
    """Position of a code in every column."""
    communes: tuple[str, ...]
    provinces: tuple[str, ...]
    """Full current names: "Xã Phan Rí Cửa", "Tỉnh Lâm Đồng"."""
    lat: FloatArray
    lon: FloatArray
    """Centres in degrees, (n,)."""
    cell: npt.NDArray[np.int32]
    """Number of the grid cell (0.25 degrees a side) of each centre, (n,)."""
    index: PlaceIndex
    """Every name, old and new."""

    def __len__(self) -> int:
        return len(self.codes)

    def resolve(self, text: str, *, home_province: str | None = None) -> PlaceRead:
        """Read a place as people write it.

        Parameters
        ----------
        text : str
            A commune of today or an old unit, in any case, with or without accents, unit words, district and
            province, in any order.
        home_province : str or None
            Where the writer is: a name that exists in several provinces is read there. Old or new name.

        Returns
        -------
        PlaceRead
            Without a code when the text is unknown or leaves the commune open.

        Raises
        ------
        UnknownCodeError
            `home_province` is not a province.
        """
        reading = read_place(self.index, text, home_province)
        candidates = tuple(self._candidate(row, label) for row, label in reading.candidates)
        if reading.row is None:
            return PlaceRead(
                text=text,
                commune_code=None,
                commune=None,
                province=None,
                old_unit=None,
                lat=None,
                lon=None,
                candidates=candidates,
            )
        found = self._candidate(reading.row, reading.old_unit)
        return PlaceRead(
            text=text,
            commune_code=found.commune_code,
            commune=found.commune,
            province=found.province,
            old_unit=found.old_unit,
            lat=found.lat,
            lon=found.lon,
            candidates=candidates,
        )

    def row_of(self, text: str | None, *, home_province: str | None = None) -> int:
        """Return the row of the commune that *text* names; -1 when it is None, unknown or left open."""
        if text is None:
            return -1
        row = read_place(self.index, text, home_province).row
        return -1 if row is None else row

    def _candidate(self, row: int, old_unit: str | None) -> PlaceCandidate:
        return PlaceCandidate(
            commune_code=self.codes[row],
            commune=self.communes[row],
            province=self.provinces[row],
            old_unit=old_unit,
            lat=float(self.lat[row]),
            lon=float(self.lon[row]),
        )


def distance_km(
    lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Return the road-like distance between points in km: great circle times 1.3.

    The arguments are degrees and broadcast; the result has their common shape, NaN where one of them is NaN.
    No road network is consulted: across a bay or a mountain the true way is longer.

    >>> float(distance_km(11.0, 108.0, 11.0, 108.0))
    0.0
    >>> round(float(distance_km(10.0, 107.0, 11.0, 107.0)), 1)  # one degree of latitude is 111.2 km
    144.6
    """
    a1, o1, a2, o2 = (np.radians(x, dtype=np.float64) for x in (lat1, lon1, lat2, lon2))
    chord = np.sin((a2 - a1) / 2) ** 2 + np.cos(a1) * np.cos(a2) * np.sin((o2 - o1) / 2) ** 2
    return np.asarray(2 * _EARTH_RADIUS_KM * ROAD_FACTOR * np.arcsin(np.sqrt(np.minimum(chord, 1))))


def on_the_sphere(lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
    """Return points given in degrees on the unit sphere, (3, n); NaN where a coordinate is."""
    a, o = (np.radians(np.asarray(x, dtype=np.float64)) for x in (lat, lon))
    return np.stack((np.cos(a) * np.cos(o), np.cos(a) * np.sin(o), np.sin(a)))


def chord(km: npt.ArrayLike) -> FloatArray:
    """Return the straight line through the unit sphere between two points that lie *km* apart by `distance_km`.

    The farther apart, the longer: whoever only compares distances needs no arcs.

    >>> here, there = on_the_sphere([10.0, 11.0], [107.0, 107.0]).T
    >>> bool(abs(chord(distance_km(10.0, 107.0, 11.0, 107.0)) - np.hypot.reduce(here - there)) < 1e-12)
    True
    """
    half = np.asarray(km, dtype=np.float64) / (2 * _EARTH_RADIUS_KM * ROAD_FACTOR)
    return np.asarray(2 * np.sin(np.minimum(half, np.pi / 2)))


def load_places(folder: Path) -> Places:
    """Load `places.csv`, `old_places.csv` and `place_nicknames.csv`.

    Raises
    ------
    TaxonomyError
        A table is missing, a code stands twice, a reference does not resolve, or a centre lies outside the country;
        the message names file, line and column.
    """
    communes = read_communes(folder / "places.csv")
    index = PlaceIndex()
    fill_index(index, communes, folder)
    lat = np.array([commune.lat for commune in communes])
    lon = np.array([commune.lon for commune in communes])
    cell = np.floor((lat - LAT[0]) / CELL_DEGREES) * _CELLS_A_ROW + np.floor((lon - LON[0]) / CELL_DEGREES)
    cell = cell.astype(np.int32)
    for column in (lat, lon, cell):
        column.flags.writeable = False
    return Places(
        codes=tuple(commune.code for commune in communes),
        row={commune.code: i for i, commune in enumerate(communes)},
        communes=tuple(commune.name for commune in communes),
        provinces=tuple(commune.province for commune in communes),
        lat=lat,
        lon=lon,
        cell=cell,
        index=index,
    )
