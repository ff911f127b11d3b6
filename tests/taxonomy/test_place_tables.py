"""The tables of places: columns, distances, faults that are named, and the build that makes them (M11)."""

import csv
import json
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import TaxonomyError
from matching.taxonomy.build_places import main as build
from matching.taxonomy.places import Places, distance_km, load_places

DATA = Path(__file__).parents[2] / "matching" / "taxonomy" / "data"
TABLES = ("places.csv", "old_places.csv", "place_nicknames.csv")


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(DATA)


# --- columns ---------------------------------------------------------------------------------------------------------


def test_columns_are_aligned_and_read_only(places: Places) -> None:
    row = places.row_of("Xã Phan Rí Cửa, Lâm Đồng")
    assert places.row[places.codes[row]] == row
    assert (places.communes[row], places.provinces[row]) == ("Xã Phan Rí Cửa", "Tỉnh Lâm Đồng")
    found = places.resolve("Phan Rí Cửa")
    assert (found.lat, found.lon) == (places.lat[row], places.lon[row])
    assert places.row_of(None) == -1
    for column in (places.lat, places.lon, places.cell):
        assert column.shape == (len(places),)
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def test_a_cell_holds_only_neighbours(places: Places) -> None:
    """Communes of one cell are at most one cell's diagonal apart."""
    assert places.cell.dtype == np.int32
    for cell in np.unique(places.cell)[::10]:
        inside = places.cell == cell
        assert np.ptp(places.lat[inside]) < 0.25
        assert np.ptp(places.lon[inside]) < 0.25


def test_distances_are_between_places_not_between_strings(places: Places) -> None:
    """M11: the neighbour is nearer than the namesake."""
    here, neighbour, ward = (
        places.row_of(text) for text in ("Phan Rí Cửa", "TT Liên Hương, Tuy Phong", "Đông Hà, Quảng Trị")
    )
    km = distance_km(
        places.lat[here], places.lon[here], places.lat[[here, neighbour, ward]], places.lon[[here, neighbour, ward]]
    )
    assert km[0] == 0
    assert 5 < km[1] < 40
    assert km[2] > 700
    assert np.isnan(distance_km(np.nan, 108.0, 11.0, 108.0))


@given(*[st.floats(8, 24), st.floats(102, 116)] * 2)
@settings(max_examples=100)
def test_distance_is_symmetric_and_never_negative(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    there, back = distance_km(lat1, lon1, lat2, lon2), distance_km(lat2, lon2, lat1, lon1)
    assert there >= 0
    assert there == pytest.approx(back)


def test_no_centre_lies_far_from_what_the_commune_was_made_of(places: Places) -> None:
    """M11: the tables put no commune at a namesake's place."""
    parts: dict[str, list[tuple[float, float]]] = {}
    with (DATA / "old_places.csv").open(encoding="utf-8", newline="") as stream:
        old = [row for row in csv.DictReader(stream) if row["lat"]]
    assert len(old) > 9000
    for row in old:
        for code in row["communes"].split("|"):
            parts.setdefault(code, []).append((float(row["lat"]), float(row["lon"])))
    for code, points in parts.items():
        lat, lon = np.array(points).T
        row_ = places.row[code]
        assert distance_km(places.lat[row_], places.lon[row_], lat, lon).min() / 1.3 <= 50, places.communes[row_]


# --- tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        (
            "places.csv",
            "00004,Phường Lặp,Thành phố Hà Nội,21.0,105.8,",
            r"places.csv, line \d+, column code: \[00004\]",
        ),
        ("places.csv", "99999,Xã Xa,Thành phố Hà Nội,48.8,2.3,", r"places.csv, line \d+, column lat: \[48.8\]"),
        ("places.csv", "99999,Xã Xa,Thành phố Hà Nội,21.0,x,", r"places.csv, line \d+, column lon: \[x\]"),
        ("old_places.csv", "00001,Xã Lặp,Huyện A,Tỉnh B,00004,,,", r"old_places.csv, line \d+, column code: \[00001\]"),
        (
            "old_places.csv",
            "99999,Xã Xa,Huyện A,Tỉnh B,77777,,,",
            r"old_places.csv, line \d+, column communes: '77777'",
        ),
        ("place_nicknames.csv", "X,,Atlantis", r"place_nicknames.csv, line \d+, column province: \[Atlantis\]"),
        ("place_nicknames.csv", "X,Huyện X,Bình Thuận", r"place_nicknames.csv, line \d+, column district: \[Huyện X\]"),
        ("place_nicknames.csv", "X,Y", r"place_nicknames.csv, line \d+"),
    ],
)
def test_a_fault_in_a_table_is_named_by_file_line_and_column(
    tmp_path: Path, table: str, row: str, message: str
) -> None:
    for name in TABLES:
        shutil.copy(DATA / name, tmp_path)
    with (tmp_path / table).open("a", encoding="utf-8") as stream:
        stream.write(row + "\n")
    with pytest.raises(TaxonomyError, match=message):
        load_places(tmp_path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match=r"places\.csv"):
        load_places(tmp_path)


OLD_COLUMNS = "province provinceKey district districtKey districtCode"
OLD_COLUMNS += " ward wardKey wardShortKey wardCode wardLat wardLon wardAlias"
NEW_COLUMNS = "province provinceCode provinceKey ward wardKey wardCode wardLat wardLon"


def a_package(folder: Path, old: list[tuple[object, ...]], new: list[tuple[object, ...]]) -> None:
    """Write tables of the form that the build reads; in them xax, xay and xaz became commune xan."""
    connection = sqlite3.connect(folder / "dataset.db")
    for table, columns, content in (("admin_units_legacy", OLD_COLUMNS, old), ("admin_units", NEW_COLUMNS, new)):
        names = columns.split()
        connection.execute(f"CREATE TABLE {table} ({', '.join(names)})")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", content)
    connection.commit()
    connection.close()
    whole = {"tinhp": {"xan": [f"tinhp_huyend_{row[6]}" for row in old]}}
    mapping = {"DICT_PROVINCE_WARD_NO_DIVIDED": whole, "DICT_PROVINCE_WARD_DIVIDED": {}}
    (folder / "converter_2025.json").write_text(json.dumps(mapping), encoding="utf-8")


def test_the_build_corrects_what_the_source_has_wrong(tmp_path: Path) -> None:
    """A centre at a namesake's place, coordinates that are only the district's, two capitals, short aliases."""
    district = ("Tỉnh P", "tinhp", "Thị Xã D", "huyend", "001")
    old = [
        (*district, "Thị Trấn X", "xax", "x", "00001", 21.0, 105.0, '["xadongxa", "xaxa", "phuong07"]'),
        (*district, "Xã Y", "xay", "y", "00002", 21.5, 105.5, None),
        (*district, "Xã Z", "xaz", "z", "00003", 21.5, 105.5, None),
    ]
    a_package(tmp_path, old, [("Tỉnh P", "00", "tinhp", "Xã N", "xan", "00009", 12.0, 108.0)])
    build(["--tables", str(tmp_path), "--out", str(tmp_path)])
    assert (tmp_path / "places.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "00009,Xã N,Tỉnh P,21.0000,105.0000,"
    ]
    assert (tmp_path / "old_places.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "00001,Thị trấn X,Thị xã D,Tỉnh P,00009,21.0000,105.0000,7|dongxa",
        "00002,Xã Y,Thị xã D,Tỉnh P,00009,,,",
        "00003,Xã Z,Thị xã D,Tỉnh P,00009,,,",
    ]
