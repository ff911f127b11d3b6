"""Reads the tables of places and fills the index of their names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.errors import TaxonomyError
from matching.taxonomy.place_index import BEFORE, EARLIER, TODAY, PlaceIndex, Unit, key_of, keys_of, split_name
from matching.taxonomy.place_words import DISTRICT, PROVINCE, ROMAN, normal
from matching.taxonomy.tables import read_table

LAT, LON = (6.0, 24.0), (101.0, 118.0)
"""The country with its islands lies inside, in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """One row of `places.csv`."""

    code: str
    name: str
    province: str
    lat: float
    lon: float
    earlier_name: str
    """Its name of July 2025 when it was renamed after; "" otherwise."""


def read_communes(path: Path) -> list[Commune]:
    """Return the communes of today, in the order of the table.

    Raises
    ------
    TaxonomyError
        A code stands twice, or a centre lies outside the country.
    """
    communes: list[Commune] = []
    seen: set[str] = set()
    columns = ("code", "name", "province", "lat", "lon", "earlier_name")
    for line, (code, name, province, lat, lon, earlier_name) in read_table(path, columns):
        where = f"{path.name}, line {line}, column"
        if code in seen:
            raise TaxonomyError(f"{where} code: [{code}] stands twice")
        seen.add(code)
        communes.append(
            Commune(
                code=code,
                name=name,
                province=province,
                lat=_degrees(lat, LAT, f"{where} lat"),
                lon=_degrees(lon, LON, f"{where} lon"),
                earlier_name=earlier_name,
            )
        )
    return communes


def _degrees(cell: str, limits: tuple[float, float], where: str) -> float:
    try:
        value = float(cell)
    except ValueError as error:
        raise TaxonomyError(f"{where}: [{cell}] is not a number of degrees") from error
    if not limits[0] <= value < limits[1]:
        raise TaxonomyError(f"{where}: [{cell}] is not between {limits[0]} and {limits[1]}")
    return value


def fill_index(index: PlaceIndex, communes: Sequence[Commune], folder: Path) -> None:
    """Enter the communes of today, then `old_places.csv` and `place_nicknames.csv`, into an empty *index*.

    Raises
    ------
    TaxonomyError
        A code stands twice, or a commune, district or province that a row refers to does not exist.
    """
    new_areas: dict[str, int] = {}
    for row, commune in enumerate(communes):
        if commune.province not in new_areas:
            new_areas[commune.province] = index.add_area(commune.province, level=PROVINCE, old=False)
        index.rows_of_area[new_areas[commune.province]].add(row)
    areas_of_row: list[set[int]] = [{new_areas[commune.province]} for commune in communes]
    old = _OldTable(index, communes, new_areas, areas_of_row)
    old.read(folder / "old_places.csv")
    index.add_units(_units_of_today(communes, areas_of_row))
    _read_nicknames(index, folder / "place_nicknames.csv", old.districts)


def _units_of_today(communes: Sequence[Commune], areas_of_row: Sequence[set[int]]) -> list[Unit]:
    units: list[Unit] = []
    for row, commune in enumerate(communes):
        areas = frozenset(areas_of_row[row])
        for full_name in filter(None, (commune.name, commune.earlier_name)):
            kind, name = split_name(full_name)
            units.append(Unit(name, kind, row, (), TODAY, None, areas))
            first, dash, _town = name.partition(" - ")
            if dash:  # "Xuân Hương - Đà Lạt" is called Xuân Hương
                units.append(Unit(first, kind, row, (), TODAY, None, areas))
    return units


class _OldTable:
    """The units of before July 2025, entered row by row."""

    def __init__(
        self, index: PlaceIndex, communes: Sequence[Commune], new_areas: dict[str, int], areas_of_row: list[set[int]]
    ) -> None:
        self.index = index
        self.row = {commune.code: i for i, commune in enumerate(communes)}
        self.new_area = [new_areas[commune.province] for commune in communes]
        self.areas_of_row = areas_of_row
        self.provinces: dict[str, int] = {}
        self.districts: dict[tuple[str, str], int] = {}
        self.sets: dict[tuple[int, int, int], frozenset[int]] = {}

    def read(self, path: Path) -> None:
        columns = ("code", "name", "district", "province", "communes", "lat", "lon", "earlier_names")
        units: list[Unit] = []
        merged: list[Unit] = []
        seen: set[str] = set()
        for line, (code, name, district, province, targets, lat, lon, earlier) in read_table(path, columns):
            where = f"{path.name}, line {line}, column"
            if code in seen:
                raise TaxonomyError(f"{where} code: [{code}] stands twice")
            seen.add(code)
            if lat or lon:
                _degrees(lat, LAT, f"{where} lat")
                _degrees(lon, LON, f"{where} lon")
            rows = self._rows(targets, f"{where} communes")
            if not district:  # an island district that had no communes
                self._areas(name, province, rows)
                continue
            areas = self._areas(district, province, rows)
            kind, bare = split_name(name)
            unit = Unit(bare, kind, rows[0], rows[1:], BEFORE, f"{name}, {district}, {province}", areas)
            units.append(unit)
            merged += [unit._replace(name=key, kind="", standing=EARLIER) for key in earlier.split("|") if key]
        keys = keys_of(unit.name for unit in units)
        numbered = [ROMAN.get(k, k) if u.kind == "phuong" else k for k, u in zip(keys, units, strict=True)]
        self.index.add_units(units, keys=numbered)
        self.index.add_units(merged, keys=[normal(unit.name) for unit in merged])

    def _rows(self, targets: str, where: str) -> tuple[int, ...]:
        try:
            return tuple([self.row[code] for code in targets.split("|")])
        except KeyError as error:
            raise TaxonomyError(f"{where}: {error} is not a code of places.csv") from error

    def _areas(self, district: str, province: str, rows: tuple[int, ...]) -> frozenset[int]:
        """Return the areas of a unit of *district* that became *rows*, and put these communes in them."""
        if province not in self.provinces:
            self.provinces[province] = self.index.add_area(province, level=PROVINCE, old=True)
        if (district, province) not in self.districts:
            area = self.index.add_area(district, level=DISTRICT, old=True, within=province)
            self.districts[district, province] = area
        key = self.districts[district, province], self.provinces[province], self.new_area[rows[0]]
        if key not in self.sets:
            self.sets[key] = frozenset(key)
        for row in rows:
            self.areas_of_row[row].update(key[:2])
        for area in key[:2]:
            self.index.rows_of_area[area].add(rows[0])
        return self.sets[key]


def _read_nicknames(index: PlaceIndex, path: Path, districts: dict[tuple[str, str], int]) -> None:
    by_short_name = {(district, key_of(split_name(province)[1])): area for (district, province), area in districts.items()}
    for line, (alias, district, province) in read_table(path, ("alias", "district", "province")):
        where = f"{path.name}, line {line}, column"
        found = [name.area for name in index.area_keys.get(key_of(province), ()) if name.official]
        found = [area for area in found if index.areas[area].level == PROVINCE]
        if not found:
            raise TaxonomyError(f"{where} province: [{province}] is not a province, old or new")
        if district:
            if (district, key_of(province)) not in by_short_name:
                raise TaxonomyError(f"{where} district: [{district}] is not a district of {province}")
            found = [by_short_name[district, key_of(province)]]
        for area in found:
            index.name_area(area, alias, official=False)
