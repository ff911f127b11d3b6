"""Makes `places.csv` and `old_places.csv` from the tables of the package vietnamadminunits (MIT).

Run by hand when a table changes, in an environment that holds that package (it is no dependency of the product):

    python -m matching.taxonomy.build_places

Only the package's tables are read, none of its code is run. `place_renamings.csv` holds what was renamed since.
"""

import argparse
import csv
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import numpy as np

from matching.errors import TaxonomyError
from matching.taxonomy.places import ROAD_FACTOR, distance_km
from matching.taxonomy.tables import read_table

DATA = Path(__file__).parent / "data"
PACKAGE, VERSION = "vietnamadminunits", "1.0.4"

_FAR_KM, _FAR_FROM_MANY_KM, _MANY = 50.0, 20.0, 3
"""A centre this far from each part of its commune is another place of the same name (see SOURCES.md)."""

_ISLANDS = {"318": "11948", "471": "19742", "498": "20333", "536": "21548", "755": "26732"}
"""Island districts that had no communes, by district code -> the special zone that each became."""

_UNIT_WORD = re.compile(r"\A(?:thitran|phuong|xa|(?:ward|p|f)(?=\d))(?=.)")
"""How an alias of the package may begin; short forms only before a number."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """One commune of today; `key` is how the package's mapping names it."""

    code: str
    name: str
    province: str
    province_code: str
    centre: Point
    key: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldUnit:
    """One commune of before July 2025; `centre` is None when the package knows only its district's."""

    code: str
    name: str
    district: str
    province: str
    centre: Point | None
    key: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An old unit, or a part of it, that went to a commune of today."""

    old: str
    new: str
    default: bool


def main(arguments: Sequence[str] | None = None) -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=Path, help="folder of the package's tables, when it is not installed")
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    tables = options.tables or _installed_tables()
    communes, old_units = read_units(tables / "dataset.db")
    parts = read_mapping(tables / "converter_2025.json", communes, old_units)
    write_communes(options.out / "places.csv", communes, old_units, parts)
    write_old_units(options.out / "old_places.csv", old_units, parts)


def _installed_tables() -> Path:
    package = distribution(PACKAGE)
    if package.version != VERSION:
        raise TaxonomyError(f"{PACKAGE} is version [{package.version}]: install {VERSION}, which SOURCES.md describes")
    return Path(str(package.locate_file(f"{PACKAGE}/data")))


def read_units(database: Path) -> tuple[list[Commune], list[OldUnit]]:
    """Return the communes of today and of before July 2025, as the package has them."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    try:
        communes = [_commune(row) for row in connection.execute("SELECT * FROM admin_units ORDER BY wardCode")]
        old = connection.execute("SELECT * FROM admin_units_legacy ORDER BY wardCode, districtCode").fetchall()
    finally:
        connection.close()
    shared = Counter((row["wardLat"], row["wardLon"]) for row in old)
    return communes, [_old_unit(row, shared) for row in old]


def _commune(row: sqlite3.Row) -> Commune:
    return Commune(
        code=row["wardCode"],
        name=row["ward"],
        province=row["province"],
        province_code=row["provinceCode"],
        centre=(float(row["wardLat"]), float(row["wardLon"])),
        key=(row["provinceKey"], row["wardKey"]),
    )


def _old_unit(row: sqlite3.Row, shared: Counter[Point]) -> OldUnit:
    island = not row["wardCode"]
    lat, lon = row["wardLat"], row["wardLon"]
    return OldUnit(
        code=row["districtCode"] if island else row["wardCode"],
        name=_one_spelling(row["district"] if island else row["ward"]),
        district="" if island else _one_spelling(row["district"]),
        province=row["province"],
        # Units that share one point were placed at their district's: that is no fact about them.
        centre=None if island or lat is None or shared[lat, lon] > 1 else (float(lat), float(lon)),
        key="_".join((row["provinceKey"], row["districtKey"], row["wardKey"] or "")),
        earlier=_earlier(row["wardAlias"], row["wardShortKey"] or ""),
    )


def _one_spelling(name: str) -> str:
    """Return a full name whose unit word has one capital: the package writes some with two."""
    for unit_word in ("Thị trấn", "Thị xã", "Thành phố"):
        if name.casefold().startswith(unit_word.casefold()):
            return unit_word + name[len(unit_word) :]
    return name


def _earlier(aliases: str | None, own: str) -> tuple[str, ...]:
    """Return the folded names, without unit words, of communes that had been merged into an old unit before 2025."""
    names = {_UNIT_WORD.sub("", alias) for alias in (json.loads(aliases) if aliases else ())}
    # Two letters without accents could be anything.
    return tuple(sorted({name.lstrip("0") for name in names if len(name) > 2 or name.isdigit()} - {own}))


def read_mapping(path: Path, communes: Iterable[Commune], old_units: Iterable[OldUnit]) -> list[Part]:
    """Return which old unit went where; a unit that was divided has one default and others."""
    new = {commune.key: commune.code for commune in communes}
    old = {unit.key: unit.code for unit in old_units}
    codes = set(old.values())
    tables = json.loads(path.read_text(encoding="utf-8"))
    parts: list[Part] = [
        Part(old=district, new=zone, default=True) for district, zone in _ISLANDS.items() if district in codes
    ]
    for province, wards in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            code = new[province, ward]
            parts += [Part(old=old[key], new=code, default=True) for key in keys if not key.endswith("_")]
    for province, divided in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, targets in divided.items():
            parts += [
                Part(old=old[key], new=new[province, t["newWardKey"]], default=bool(t["isDefaultNewWard"]))
                for t in targets
            ]
    _check_one_default(parts, codes)
    return parts


def _check_one_default(parts: Iterable[Part], codes: Iterable[str]) -> None:
    defaults = Counter(part.old for part in parts if part.default)
    wrong = sorted(code for code in codes if defaults[code] != 1)
    if wrong:
        raise TaxonomyError(
            f"{len(wrong)} old units do not have exactly one default commune, the first is [{wrong[0]}]"
        )


def write_communes(path: Path, communes: Iterable[Commune], old_units: Iterable[OldUnit], parts: list[Part]) -> None:
    """Write the communes of today with their current names and checked centres."""
    provinces, names = _renamings()
    centre_of = {unit.code: unit.centre for unit in old_units}
    members: defaultdict[str, list[Point]] = defaultdict(list)
    for part in parts:
        centre = centre_of[part.old]
        if centre is not None:
            members[part.new].append(centre)
    rows = []
    for commune in communes:
        lat, lon = _checked_centre(commune.centre, members[commune.code])
        name = names.get(commune.code, commune.name)
        earlier = commune.name if name != commune.name else ""
        province = provinces.get(commune.province_code, commune.province)
        rows.append((commune.code, name, province, f"{lat:.4f}", f"{lon:.4f}", earlier))
    _write(path, ("code", "name", "province", "lat", "lon", "earlier_name"), rows)


def _renamings() -> tuple[dict[str, str], dict[str, str]]:
    """Return the current names of provinces and of communes, each by code."""
    names: dict[str, dict[str, str]] = {"province": {}, "commune": {}}
    columns = ("level", "code", "name", "valid_from", "source")
    for _, (level, code, name, _since, _source) in read_table(DATA / "place_renamings.csv", columns):
        names[level][code] = name
    return names["province"], names["commune"]


def _checked_centre(centre: Point, members: list[Point]) -> Point:
    """Return *centre*, or the middle of the commune's parts when *centre* lies near none of them."""
    if not members:
        return centre
    lat, lon = np.array(members).T
    nearest = float(distance_km(*centre, lat, lon).min()) / ROAD_FACTOR
    if nearest > _FAR_KM or (len(members) >= _MANY and nearest > _FAR_FROM_MANY_KM):
        return float(np.median(lat)), float(np.median(lon))
    return centre


def write_old_units(path: Path, old_units: Iterable[OldUnit], parts: Iterable[Part]) -> None:
    """Write the units of before July 2025, each with the communes it went to, the default first."""
    targets: defaultdict[str, list[str]] = defaultdict(list)
    for part in sorted(parts, key=lambda part: (not part.default, part.new)):
        targets[part.old].append(part.new)
    units = sorted(old_units, key=lambda unit: unit.code)
    taken = {(unit.district, unit.province, unit.key.rsplit("_", 1)[1]) for unit in units}
    rows = []
    for unit in units:
        lat, lon = ("", "") if unit.centre is None else (f"{unit.centre[0]:.4f}", f"{unit.centre[1]:.4f}")
        earlier = [
            name
            for name in unit.earlier
            if not any((unit.district, unit.province, word + name) in taken for word in ("xa", "phuong", "thitran"))
        ]
        rows.append(
            (
                unit.code,
                unit.name,
                unit.district,
                unit.province,
                "|".join(targets[unit.code]),
                lat,
                lon,
                "|".join(earlier),
            )
        )
    columns = ("code", "name", "district", "province", "communes", "lat", "lon", "earlier_names")
    _write(path, columns, rows)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
