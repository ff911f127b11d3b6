"""Reads the tables of places and fills the index of their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.errors import TaxonomyError
from matching.taxonomy.place_index import BEFORE, EARLIER, TODAY, PlaceIndex, Unit, key_of, split_name
from matching.taxonomy.place_words import DISTRICT, PROVINCE, ROMAN
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
        if code in seen:
            raise TaxonomyError(f"{path.name}, line {line}, column code: [{code}] stands twice")
        seen.add(code)
        communes.append(
            Commune(
                code=code,
                name=name,
                province=province,
                lat=_degrees(lat, LAT, path, line, "lat"),
                lon=_degrees(lon, LON, path, line, "lon"),
                earlier_name=earlier_name,
            )
        )
    return communes


def _degrees(cell: str, limits: tuple[float, float], path: Path, line: int, column: str) -> float:
    try:
        value = float(cell)
    except ValueError as error:
        raise TaxonomyError(
            f"{path.name}, line {line}, column {column}: [{cell}] is not a number of degrees"
        ) from error
    if not limits[0] <= value < limits[1]:
        raise TaxonomyError(f"{path.name}, line {line}, column {column}: [{cell}] is not within {limits}")
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
    _read_nicknames(index, folder / "place_nicknames.csv", old.within)


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
        self.within: dict[tuple[str, str], tuple[int, int]] = {}
        """Areas of a district and of its province, by their names."""
        self.sets: dict[tuple[int, int], frozenset[int]] = {}

    def read(self, path: Path) -> None:
        columns = ("code", "name", "district", "province", "communes", "lat", "lon", "earlier_names")
        units: list[Unit] = []
        merged: list[Unit] = []
        seen: set[str] = set()
        for line, (code, name, district, province, targets, _lat, _lon, earlier) in read_table(path, columns):
            if code in seen:
                raise TaxonomyError(f"{path.name}, line {line}, column code: [{code}] stands twice")
            seen.add(code)
            try:
                rows = tuple([self.row[code] for code in targets.split("|")])
            except KeyError as error:
                raise TaxonomyError(
                    f"{path.name}, line {line}, column communes: {error} is not a code of places.csv"
                ) from error
            if not district:  # an island district that had no communes
                self._areas(name, province, rows)
                continue
            areas = self._areas(district, province, rows)
            kind, bare = split_name(name)
            label = f"{name}, {district}, {province}"
            units.append(Unit(bare, kind, rows[0], rows[1:], BEFORE, label, areas))
            if earlier:
                merged += [Unit(key, "", rows[0], rows[1:], EARLIER, label, areas) for key in earlier.split("|")]
        self.index.add_units(units)
        roman = [unit for unit in units if unit.kind == "phuong" and unit.name.lower() in ROMAN]
        self.index.add_units(roman, keys=[ROMAN[unit.name.lower()] for unit in roman])
        self.index.add_units(merged)

    def _areas(self, district: str, province: str, rows: tuple[int, ...]) -> frozenset[int]:
        """Return the areas of a unit of *district* that became *rows*, and put these communes in them."""
        within = self.within.get((district, province))
        if within is None:
            within = self.within[district, province] = self._add_district(district, province)
        for row in rows:
            self.areas_of_row[row].update(within)
        for area in within:
            self.index.rows_of_area[area].add(rows[0])
        key = within[0], self.new_area[rows[0]]
        if key not in self.sets:
            self.sets[key] = frozenset((*within, key[1]))
        return self.sets[key]

    def _add_district(self, district: str, province: str) -> tuple[int, int]:
        if province not in self.provinces:
            self.provinces[province] = self.index.add_area(province, level=PROVINCE, old=True)
        within = self.provinces[province]
        return self.index.add_area(district, level=DISTRICT, old=True, within=within), within


def _read_nicknames(index: PlaceIndex, path: Path, within: dict[tuple[str, str], tuple[int, int]]) -> None:
    districts = {
        (district, key_of(split_name(province)[1])): areas[0] for (district, province), areas in within.items()
    }
    for line, (alias, district, province) in read_table(path, ("alias", "district", "province")):
        key = key_of(province)
        named = [name.area for name in index.area_keys.get(key, ()) if name.official]
        areas = [area for area in named if index.areas[area].level == PROVINCE]
        if not areas:
            raise TaxonomyError(
                f"{path.name}, line {line}, column province: [{province}] is not a province, old or new"
            )
        if district:
            if (district, key) not in districts:
                raise TaxonomyError(f"{path.name}, line {line}, column district: [{district}] is not one of {province}")
            areas = [districts[district, key]]
        for area in areas:
            index.name_area(area, alias, official=False)
