"""Reads one sheet of a stranger, in a process of its own with little memory and time; run as a script.

A crafted sheet of a kilobyte can ask for gigabytes, and the reader of spreadsheets then ends its process. So this file
imports nothing of ours: it is started with ``python -I``, takes the file on standard input, and writes on standard
output what it found: one JSON object with the keys of `service.intake.sheets.Found`.
"""

import csv
import io
import json
import resource
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

MEMORY_BYTES = 768_000_000
CPU_SECONDS = 10
MAX_ROWS, MAX_COLUMNS = 100_000, 500
MAX_CELL = 1_000_000
"""Characters."""

_SEPARATORS = ",;\t"
_TRIED = 50
"""Rows by which the separator of a sheet is found."""

Fault = tuple[str, int]
"""What is wrong, and the row, or 0."""


class SheetError(Exception):
    """A sheet that is not read."""


def limit(memory_bytes: int, cpu_seconds: int, written_bytes: int) -> None:
    """Take memory, time and the right to write much from this process, for good."""
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, written_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it: writing too much must end the process


def read_book(data: bytes) -> list[dict[str, Any]]:
    """Return the visible sheets of a workbook (XLSX, XLSM, XLSB, XLS or ODS) that hold anything."""
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            visible = (
                its.name for its in book.sheets_metadata if its.visible is python_calamine.SheetVisibleEnum.Visible
            )
            sheets = [_sheet(book.get_sheet_by_name(name)) for name in visible]
    except python_calamine.PasswordError:
        raise SheetError("locked", 0) from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise SheetError("broken", 0) from None
    return [sheet for sheet in sheets if sheet["rows"]]


def _sheet(sheet: python_calamine.CalamineSheet) -> dict[str, Any]:
    if sheet.start is None or sheet.end is None:
        return {"name": sheet.name, "rows": [], "first_column": 0}
    if sheet.end[0] >= MAX_ROWS or sheet.width > MAX_COLUMNS:
        raise SheetError("too_wide", sheet.end[0] + 1)
    rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows()]
    return {"name": sheet.name, "rows": rows, "first_column": sheet.start[1]}


def _cell(value: object) -> object:
    """Return a cell as JSON: words, a number, true or false, {"day": ...} for a date, null when it is empty."""
    if isinstance(value, date):  # a datetime too
        on = value.date() if isinstance(value, datetime) else value
        return {"day": on.isoformat()}
    if isinstance(value, (time, timedelta)):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return None if value == "" else value


def read_text(data: bytes) -> tuple[str, list[dict[str, Any]]]:
    """Return how a CSV file is encoded and its one sheet; "bytes" is one character a byte, still to be read."""
    encoding, text = _decoded(data)
    if "\0" in text:
        raise SheetError("broken", 0)
    if text[:4].lower() == "sep=" and text[5:6] in "\r\n":
        separator, text = text[4], text[5:]
    else:
        separator = max(_SEPARATORS, key=lambda its: _evenness(text, its))
    rows = [[cell or None for cell in row] for row in _rows(text, separator)]
    return encoding, [{"name": "", "rows": rows, "first_column": 0}]


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        attempts = ["utf-16"]
    elif data[1:2] == b"\0":
        attempts = ["utf-16-le"]
    else:
        attempts = ["utf-8-sig", "latin-1"]
    for encoding in attempts:
        try:
            return ("bytes" if encoding == "latin-1" else encoding), data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("broken", 0)


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """Say how well a separator cuts the first rows into as many cells each: (rows of the usual width, that width)."""
    widths = Counter[int]()
    try:
        for row in _first(_rows(text, separator), _TRIED):
            widths[len(row)] += 1
    except SheetError:
        return 0, 0
    (width, rows), *_ = [*widths.most_common(1), (0, 0)]
    return (rows, width) if width > 1 else (0, 0)


def _first(rows: Iterable[list[str]], most: int) -> Iterator[list[str]]:
    for row, _ in zip(rows, range(most), strict=False):
        yield row


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if number > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise SheetError("too_wide", number)
            yield row
    except csv.Error:
        raise SheetError("quotes", number + 1) from None


def main() -> None:
    """Read standard input; the command line gives the kind of file, "book" or "text", and the limits."""
    kind, *limits = sys.argv[1:]
    limit(*map(int, limits))
    data = sys.stdin.buffer.read()
    answer: dict[str, Any] = {"encoding": "", "sheets": [], "fault": "", "row": 0}
    try:
        if kind == "book":
            answer["sheets"] = read_book(data)
        else:
            answer["encoding"], answer["sheets"] = read_text(data)
    except SheetError as fault:
        answer["fault"], answer["row"] = fault.args
    except MemoryError:
        answer["fault"] = "too_much"
    sys.stdout.write(json.dumps(answer, allow_nan=False))


if __name__ == "__main__":
    main()
