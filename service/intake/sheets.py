"""Sheets of files from outside: spreadsheets and CSV as rows of cells, read by a process with limits."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

import msgspec

from service.errors import FileTooLargeError
from service.intake import child
from service.intake.problems import problem, refusal

TEXTS = frozenset({".csv", ".tsv", ".txt"})
BOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})

SECONDS = 30
"""On the wall, for a machine that has other work; the process may reckon a third of it."""

_AT_ONCE = BoundedSemaphore(2)
"""Sheets that one server reads at once, so that several bombs take no more memory than two."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Day(msgspec.Struct, frozen=True):
    """A cell that the spreadsheet itself shows as a date."""

    day: date


Cell = str | int | float | bool | Day | None
"""None: empty."""


class Sheet(msgspec.Struct, frozen=True):
    """One sheet of a file."""

    name: str
    rows: Sequence[Sequence[Cell]]
    """From row 1 on, blank ones too."""
    first_column: int
    """Column of the first cell of every row, 0 for "A"."""


class Found(msgspec.Struct, frozen=True):
    """What the process answers."""

    encoding: str
    """Of a CSV file: "utf-8-sig", "utf-16", or "bytes" when each character still is one byte of an unknown encoding."""
    sheets: Sequence[Sheet]
    fault: str
    row: int


_ENDED = Found(encoding="", sheets=(), fault="too_much", row=0)
"""A limit ended the process before it could answer."""


def read_sheets(name: str, data: bytes, *, most_cells_bytes: int) -> Found:
    """Return the sheets of a file; *name* tells by its ending what it is.

    Parameters
    ----------
    most_cells_bytes : int
        What all cells together may take as text: this process will hold them.

    Raises
    ------
    FileTooLargeError
        Reading it takes more memory, time or cells than a sheet may.
    FileError
        It is broken, locked, or not what its ending says.
    """
    kind = "text" if Path(name).suffix.lower() in TEXTS else "book"
    if (kind == "text") == data.startswith((_ZIP, _OLE)):
        raise refusal(problem("other_kind", name=name))
    with _AT_ONCE, tempfile.TemporaryFile() as answer:
        status = _run(kind, data, answer.fileno(), most_cells_bytes)
        answer.seek(0)
        written = answer.read()
    if status > 0:
        raise refusal(problem("broken", name=name))
    found = msgspec.json.decode(written, type=Found) if status == 0 else _ENDED
    if found.fault == "too_much":
        raise refusal(problem("too_much", name=name), kind=FileTooLargeError)
    if found.fault == "too_wide":
        most = problem("too_wide", name=name, rows=child.MAX_ROWS, columns=child.MAX_COLUMNS)
        raise refusal(most, kind=FileTooLargeError)
    if found.fault:
        raise refusal(problem(found.fault, name=name, row=found.row))
    return found


def _run(kind: str, data: bytes, answer: int, written_bytes: int) -> int:
    """Return the exit status; a process that takes too long is ended."""
    command = [sys.executable, "-I", str(Path(child.__file__)), kind]
    command += map(str, (child.MEMORY_BYTES, child.CPU_SECONDS, written_bytes))
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and nothing of the stranger's on the command line
            command, input=data, stdout=answer, stderr=subprocess.DEVNULL, env={}, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return -1
    return done.returncode
