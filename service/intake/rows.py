"""JSONL and CSV files as rows: each gives a record, or the reason why not."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from matching.errors import DataError
from service.errors import OperatorError

R = TypeVar("R")

MAX_FILE = 200_000_000
"""Bytes of a file; a commune's surveys of ten years have a few million."""

_TEXT = frozenset({"person_id", "text", "commune", "offer_id", "title", "employer_id", "provider_id", "lender_id"})
"""Columns whose cells are words, even when they look like a number."""

_MAX_CELL = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Generic[R]):
    """One row of a file."""

    number: int
    """Line of a JSONL file, row of a sheet (the header is row 1)."""
    record: R | None
    reason: str = ""
    """Why there is no record."""


def read_rows(path: Path, decode: Callable[[bytes], R]) -> Iterator[Row[R]]:
    """Yield the rows of a file that are not blank, by its ending: .jsonl, .ndjson or .csv.

    Raises
    ------
    OperatorError
        The file cannot be read, is of another kind, too large, or not UTF-8 or UTF-16 text.
    """
    readers = {".jsonl": _jsonl, ".ndjson": _jsonl, ".csv": _csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise OperatorError(f"{path.name}: [{path.suffix}] is not read; save the sheet as CSV (UTF-8) or use JSONL")
    try:
        if path.stat().st_size > MAX_FILE:
            raise OperatorError(f"{path.name}: more than {MAX_FILE} bytes; split the file")
        data = path.read_bytes()
    except OSError as error:
        raise OperatorError(f"{path.name}: the file cannot be read: {error.strerror}") from error
    for number, line in reader(path.name, data):
        try:
            yield Row(number=number, record=decode(line))
        except DataError as error:
            yield Row(number=number, record=None, reason=str(error))


def _jsonl(_name: str, data: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield number, line


def _csv(name: str, data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each row of a sheet as the JSON that JSONL would hold."""
    text = _decoded(name, data)
    csv.field_size_limit(_MAX_CELL)
    header, _, _ = text.partition("\n")
    separator = max((",", ";", "\t"), key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [cell.strip() for cell in next(rows, [])]
        if "" in names or len(set(names)) != len(names):
            raise OperatorError(f"{name}, row 1: every column needs a name of its own")
        for number, cells in enumerate(rows, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(names):
                raise OperatorError(f"{name}, row {number}: {len(cells)} cells, but {len(names)} columns are named")
            yield number, msgspec.json.encode(_record(dict(zip(names, cells, strict=False))))
    except csv.Error as error:
        raise OperatorError(f"{name}, near row {rows.line_num}: {error}") from error


def _record(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the record of a row: an empty cell is unknown, "restricted.category" is a key inside another."""
    record: dict[str, Any] = {}
    for name, cell in cells.items():
        if not cell.strip():
            continue
        outer, _, inner = name.partition(".")
        if inner:
            record.setdefault(outer, {})[inner] = _value(inner, cell)
        else:
            record[name] = _value(name, cell)
    return record


def _value(name: str, cell: str) -> Any:
    """Read a cell: words stay words; numbers, true, false and lists are written as in JSON."""
    if name in _TEXT:
        return cell if name == "text" else cell.strip()
    try:
        return msgspec.json.decode(cell.strip())
    except msgspec.DecodeError:
        return cell.strip()


def _decoded(name: str, data: bytes) -> str:
    """Return the text of a sheet; a file whose encoding is not certain is refused, never guessed."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise OperatorError(f"{name}, row {row}: not UTF-8; save the sheet again as CSV UTF-8") from error
