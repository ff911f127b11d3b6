"""Files that mean harm cost a refusal with a reason, and never the process that asked (F2)."""

import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.errors import FileError, FileTooLargeError
from service.intake import child, sheets
from service.intake.rows import SURVEYS, read_file
from tests.service.intake.made import HEADINGS, ROWS, book_of, grid_bomb, many_entities, open_document, zip_bomb


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """A file of some hundred kilobytes that unpacks to 150 megabytes."""
    data = zip_bomb(150)
    assert len(data) < 1_000_000
    return data


def outcome(name: str, data: bytes) -> FileError | None:
    try:
        read_file(name, data, SURVEYS)
    except FileError as error:
        return error
    return None


def test_a_grid_bomb_is_refused_as_too_large(monkeypatch: pytest.MonkeyPatch):
    """F2: two cells that ask for half a terabyte, and one that stands a hundred million times."""
    assert isinstance(outcome("a.xlsx", grid_bomb()), FileTooLargeError)
    monkeypatch.setattr(child, "MEMORY_BYTES", 150_000_000)
    assert isinstance(outcome("a.ods", open_document([["x"]], repeated=10_000)), FileTooLargeError)


@pytest.mark.parametrize(("limit", "most"), [("MEMORY_BYTES", 100_000_000), ("CPU_SECONDS", 1)])
def test_a_zip_bomb_is_refused_as_too_large(bomb: bytes, limit: str, most: int, monkeypatch: pytest.MonkeyPatch):
    """F2: whichever limit it meets first; the process that asked takes none of it."""
    monkeypatch.setattr(child, limit, most)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert isinstance(outcome("a.xlsx", bomb), FileTooLargeError)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000, "kilobytes"


def test_entities_are_not_let_grow():
    """F2: "billion laughs"."""
    error = outcome("a.xlsx", many_entities())
    assert isinstance(error, FileError)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"," * 3_000_000),
        ("a.csv", b"a,b\n" * 150_000),
        ("a.csv", b'person_id,text\nP1,"' + b"a" * 2_000_000),
    ],
    ids=["columns", "rows", "cell"],
)
def test_a_csv_file_of_too_many_cells_is_refused(name: str, data: bytes):
    """F2."""
    assert outcome(name, data) is not None


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"", "does not say what the file is"),
        ("a.xlsx", b"PK\x03\x04", "broken"),
        ("a.xlsx", b"<html><table><tr><td>Ma</td></tr></table></html>", "does not say what the file is"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "broken"),
        ("a.ods", b"PK\x03\x04" + b"x" * 100, "broken"),
        ("a.csv", b"PK\x03\x04", "does not say what the file is"),
        ("a.csv", b'a,b\n"x', "quotation marks"),
        ("a.csv", b"a,b\n\0,\n", "broken"),
        ("a.csv", b"\xff\xfe\x00", "broken"),
        ("a.docx", b"PK\x03\x04", "kind of file"),
        ("a", b"x", "kind of file"),
    ],
)
def test_a_file_that_is_broken_is_refused_with_the_reason(name: str, data: bytes, said: str):
    """F2: in both languages."""
    error = outcome(name, data)
    assert isinstance(error, FileError)
    assert said in str(error)
    assert error.vi.startswith(name)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_spreadsheet_is_read_or_refused(seed: int):
    """F2: whichever bytes of it are changed."""
    rng, data = random.Random(seed), bytearray(book_of({"A": [HEADINGS, *ROWS]}))
    for _ in range(rng.randint(1, 30)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    error = outcome("a.xlsx", bytes(data))
    assert error is None or str(error)


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """F2: time on the wall is limited too."""
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(sheets, "SECONDS", 0.3)
    monkeypatch.setattr(child, "__file__", str(sleeper))
    began = time.monotonic()
    assert isinstance(outcome("a.csv", b"a,b"), FileTooLargeError)
    assert time.monotonic() - began < 10


def test_the_limits_hold_in_the_reader():
    """F2: memory, time, and how much it may write."""
    script = (
        "import resource; from service.intake import child; child.limit(900_000_000, 7, 5_000);"
        "print([resource.getrlimit(k)[0] for k in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([900_000_000, 7, 5_000])


def test_the_reader_knows_nothing_of_the_house():
    """F2: it is started alone, sees no environment and imports nothing of ours."""
    source = Path(child.__file__).read_text(encoding="utf-8")
    assert "import service" not in source
    assert "from service" not in source
    assert "matching" not in source
