"""Files of surveys and offers into the database."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from matching.domain.survey import Survey
from matching.jsonl import write_lines
from service import audit
from service.errors import FileError, OperatorError
from service.intake.legacy import Writing
from service.intake.rows import OFFERS, SURVEYS, read_path
from service.operations.importing import ImportReport, import_offers, import_surveys
from tests.service.conftest import World
from tests.service.examples import OPENING, SURVEY
from tests.service.intake.made import HEADINGS, ROWS, book_of, csv_of, written_as

HEADER = "person_id,text,commune,surveyed_on,birth_year,transport,agreed_to_be_shown,restricted.category\n"


def surveys(world: World, path: Path) -> ImportReport:
    return import_surveys(world.house, read_path(path, SURVEYS).rows, name=path.name)


def written(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    assert report.rows_in == report.saved + report.changed + report.duplicate + len(report.rejected)
    return report.rows_in, report.saved, report.changed, len(report.rejected), report.duplicate


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_the_same_file_again_changes_nothing(world: World, tmp_path: Path):
    """F4."""
    path = written(tmp_path, "a.jsonl", lines(*(SURVEY | {"person_id": f"P{i}"} for i in range(5))))
    assert counts(surveys(world, path)) == (5, 5, 0, 0, 0)
    before = dump(world.path)
    assert counts(surveys(world, path)) == (5, 0, 0, 0, 5)
    assert dump(world.path) == before


def test_every_row_is_saved_changed_a_duplicate_or_rejected_with_a_reason(world: World, tmp_path: Path):
    """F4."""
    surveys(world, written(tmp_path, "a.jsonl", lines(SURVEY)))
    rows = [
        SURVEY,
        SURVEY | {"person_id": "new"},
        SURVEY | {"person_id": "new"},
        SURVEY | {"person_id": "new", "text": "khac"},
        SURVEY | {"person_id": "far", "commune": "qwertyuiop"},
        SURVEY | {"person_id": "bad", "birth_year": "x"},
    ]
    report = surveys(world, written(tmp_path, "b.jsonl", lines(*rows) + "{nonsense\n\n"))
    assert counts(report) == (7, 1, 0, 4, 2)
    assert [row for row, _ in report.rejected] == [4, 5, 6, 7]
    assert all(reason for _, reason in report.rejected)


def test_a_changed_row_is_changed_and_an_older_one_rejected(world: World, tmp_path: Path):
    """F4."""
    surveys(world, written(tmp_path, "a.jsonl", lines(SURVEY)))
    newer = SURVEY | {"text": "tho moc 3 nam", "surveyed_on": "2026-11-22"}
    assert counts(surveys(world, written(tmp_path, "b.jsonl", lines(newer)))) == (1, 0, 1, 0, 0)
    report = surveys(world, written(tmp_path, "a.jsonl", lines(SURVEY)))
    assert counts(report) == (1, 0, 0, 1, 0)
    assert "newer" in report.rejected[0][1].en


def test_an_import_that_is_stopped_leaves_nothing(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """F4, F5: one transaction."""
    path = written(tmp_path, "a.jsonl", lines(*(SURVEY | {"person_id": f"P{i}"} for i in range(5))))
    before = dump(world.path)

    def stopped(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(audit, "append", stopped)
        with pytest.raises(KeyboardInterrupt):
            surveys(world, path)
    assert dump(world.path) == before
    assert counts(surveys(world, path))[1] == 5


def test_the_same_people_in_any_kind_of_file_are_the_same(world: World, tmp_path: Path):
    """F4: half of them first, then all as CSV, in an old encoding, as a spreadsheet, and as JSONL."""
    table = [HEADINGS, *ROWS]
    half = written(tmp_path, "half.csv", csv_of(table[:3]))
    assert counts(surveys(world, half)) == (2, 2, 0, 0, 0)
    assert counts(surveys(world, written(tmp_path, "a.csv", csv_of(table)))) == (4, 2, 0, 0, 2)
    before = dump(world.path)
    book = written(tmp_path, "a.xlsx", book_of({"A": table}))
    old = written(tmp_path, "b.csv", written_as(csv_of(table), Writing.VNI))
    rows = [row.record for row in read_path(book, SURVEYS).rows if isinstance(row.record, Survey)]
    for path in (book, old, written(tmp_path, "a.jsonl", write_lines(rows))):
        assert counts(surveys(world, path)) == (4, 0, 0, 0, 4)
    assert dump(world.path) == before


def test_one_person_in_two_spellings_of_a_commune_stands_twice(world: World, tmp_path: Path):
    """F4: or each import would change them to and fro."""
    rows = [SURVEY, SURVEY | {"commune": "phan ri cua"}]
    path = written(tmp_path, "a.jsonl", lines(*rows))
    assert counts(surveys(world, path)) == (2, 1, 0, 1, 0)
    assert counts(surveys(world, path)) == (2, 0, 0, 1, 1)


def test_the_same_file_twice_at_once_is_kept_once(world: World, tmp_path: Path):
    """F4."""
    path = written(tmp_path, "a.jsonl", lines(*(SURVEY | {"person_id": f"P{i}"} for i in range(5))))
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: surveys(world, path), range(2)))
    assert sorted(counts(report) for report in reports) == [(5, 0, 0, 0, 5), (5, 5, 0, 0, 0)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet_is_read_exactly(world: World, tmp_path: Path, encoding: str, separator: str):
    """F3: and a cell may hold the separator, quotes and line breaks."""
    text = 'Làm "phụ hồ"; 4 năm,\nxây\ttô được'
    row = [
        "P1",
        '"' + text.replace('"', '""') + '"',
        "Xã Phan Rí Cửa",
        "2026-11-20",
        "1990",
        "motorbike",
        "true",
        "completed",
    ]
    sheet = HEADER.replace(",", separator) + separator.join(row) + "\r\n"
    report = surveys(world, written(tmp_path, "a.csv", sheet.encode(encoding)))
    assert counts(report) == (1, 1, 0, 0, 0), report.rejected
    person = world.client("officer.phanri").get("/api/v1/people/P1").json()["survey"]
    assert person["text"] == text
    assert (person["birth_year"], person["transport"], person["agreed_to_be_shown"]) == (1990, "motorbike", True)
    assert person["restricted"]["category"] == "completed"


def test_a_sheet_of_another_encoding_is_refused_with_its_row(tmp_path: Path):
    """F3: never guessed."""
    sheet = (
        (HEADER + "P1,tho,Xa Phan Ri Cua,2026-11-20,,,,\n").encode() + "P2,Thợ hồ,,,,,,\n".encode()[:5] + b"\xfe\xe9\n"
    )
    with pytest.raises(FileError, match="row 3"):
        read_path(written(tmp_path, "a.csv", sheet), SURVEYS)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK"),
        ("a.csv", b"person_id,person_id\n"),
        ("a.csv", b"person_id,\n1,2\n"),
        ("a.csv", b"person_id\n1,2\n"),
        ("missing.csv", None),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str, data: bytes | None):
    """F2, F3."""
    path = tmp_path / name if data is None else written(tmp_path, name, data)
    with pytest.raises((FileError, OperatorError)):
        read_path(path, SURVEYS)


def test_a_column_nobody_may_keep_is_refused_by_name(tmp_path: Path):
    """F1, M2: a sheet with such a column is not half kept."""
    path = written(tmp_path, "a.csv", "person_id,text,surveyed_on,offence\nP1,tho,2026-11-20,x\n")
    with pytest.raises(FileError, match=r'row 1, column D: "offence" may not be kept'):
        read_path(path, SURVEYS)


def test_a_file_of_lines_has_as_many_as_it_has(tmp_path: Path):
    """F4: a pool of offers has more rows than any sheet."""
    line = json.dumps(SURVEY).encode() + b"\n"
    path = written(tmp_path, "a.jsonl", line * 150 + b"\n" * 200_000)
    assert len(read_path(path, SURVEYS).rows) == 150


def test_offers_go_to_the_user_they_name(world: World, tmp_path: Path):
    record = OPENING | {"offer_id": "J1", "kind": "opening", "employer_id": "employer.one"}
    path = written(tmp_path, "o.jsonl", lines(record, record | {"offer_id": "J2", "employer_id": "nobody"}))

    def imported() -> ImportReport:
        return import_offers(world.house, read_path(path, OFFERS).rows, name="o")

    assert counts(imported()) == (2, 2, 0, 0, 0)
    assert counts(imported()) == (2, 0, 0, 0, 2)
    mine = world.client("employer.one").get("/api/v1/openings").json()["items"]
    assert [offer["offer_id"] for offer in mine] == ["J1"]


def test_an_imported_person_is_seen_by_their_officer_only(world: World, tmp_path: Path):
    """P1."""
    surveys(world, written(tmp_path, "a.jsonl", lines(SURVEY)))
    assert world.client("officer.phanri").get("/api/v1/people/PR-1").status_code == 200
    assert world.client("officer.tratan").get("/api/v1/people/PR-1").status_code == 404
