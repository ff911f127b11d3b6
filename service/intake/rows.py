"""Files from outside as rows: each gives a record, or the reason why not.

Sheets (spreadsheets, CSV) are read by another process (`sheets`), put into Unicode (`decoded`), and cut into columns by
their headings (`headers`); JSONL is the contract's own form.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from matching.domain.offer import Loan, Offer, Opening, Programme
from matching.domain.survey import Survey
from matching.domain.vocabulary import OfferKind
from matching.errors import DataError
from matching.jsonl import decode_offer, decode_survey
from service.errors import FileTooLargeError, OperatorError
from service.intake.cells import Column, both, value_of
from service.intake.columns import Columns, columns_of
from service.intake.decoded import DecodedSheet, decoded
from service.intake.headers import Header, header_of, is_blank, letter, names_columns
from service.intake.legacy import Writing
from service.intake.problems import CellError, Problem, problem, refusal, reported
from service.intake.sheets import BOOKS, TEXTS, Cell, Found, read_sheets

R = TypeVar("R", covariant=True)

MAX_LINES_FILE = 200_000_000
"""Bytes of a JSONL file."""
MAX_SHEET_FILE = 50_000_000
"""Bytes of a sheet; a commune's surveys of ten years have a few million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a file is read."""

    rows: int | None = None
    """None: as many as its bytes allow."""
    cells_bytes: int = 150_000_000
    """What all cells of a sheet may take as text."""


WHOLE = Limits()
"""For whoever runs the service."""

_LINES = frozenset({".jsonl", ".ndjson"})
ENDINGS = TEXTS | BOOKS | _LINES
"""Of files that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Generic[R]):
    """One row of a file."""

    number: int
    """Line of a JSONL file, row of a sheet from 1 on, titles and headings counted."""
    record: R | Problem
    """Or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake(Generic[R]):
    """What a file holds."""

    rows: Sequence[Row[R]]
    """Those that are not blank."""
    told: Sequence[Problem] = ()
    """What whoever handed the file in should know of how it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[R]):
    """What the rows of a file are."""

    columns: Columns
    decode: Callable[[bytes], R]
    usual: dict[str, str] = field(default_factory=dict)
    """Values of fields for which a sheet has no column."""


SURVEYS: Form[Survey] = Form(
    columns=columns_of(Survey, table="surveys", needed=("person_id", "text", "surveyed_on")), decode=decode_survey
)
OFFERS: Form[Offer] = Form(
    columns=columns_of(Opening, Programme, Loan, table="offers", needed=("offer_id", "title")),
    decode=decode_offer,
    usual={"kind": OfferKind.OPENING.value},
)


def read_path(path: Path, form: Form[R]) -> Intake[R]:
    """Read a file of the machine; see `read_file`.

    Raises
    ------
    OperatorError
        The file cannot be read from the disk.
    FileError
        It is not read as it is.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_LINES_FILE + 1)
    except OSError as error:
        raise OperatorError(f"{path.name}: the file cannot be read: {error.strerror}") from error
    return read_file(path.name, data, form)


def read_file(name: str, data: bytes, form: Form[R], limits: Limits = WHOLE) -> Intake[R]:
    """Return the rows of a file that are not blank; its name says by the ending what it is.

    Raises
    ------
    FileError
        It is of another kind, broken, too large, not certainly in one encoding, or its columns are not as they
        must be; a FileTooLargeError when it asks for too much.
    """
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise refusal(problem("kind_unknown", name=name))
    most = MAX_LINES_FILE if ending in _LINES else MAX_SHEET_FILE
    if len(data) > most:
        raise refusal(problem("too_large", name=name, most=most), kind=FileTooLargeError)
    if ending in _LINES:
        _check_rows(name, data.count(b"\n"), limits)
        return Intake(rows=list(_lines(data, form)))
    found = read_sheets(name, data, most_cells_bytes=limits.cells_bytes)
    _check_rows(name, max((len(sheet.rows) for sheet in found.sheets), default=0), limits)
    return _sheet_rows(name, found, form)


def _check_rows(name: str, rows: int, limits: Limits) -> None:
    if limits.rows is not None and rows > limits.rows:
        raise refusal(problem("too_many_rows", name=name, most=limits.rows), kind=FileTooLargeError)


def _lines(data: bytes, form: Form[R]) -> Iterator[Row[R]]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield _decoded_row(number, line, form)


def _decoded_row(number: int, line: bytes, form: Form[R]) -> Row[R]:
    try:
        return Row(number=number, record=form.decode(line))
    except DataError as error:
        return Row(number=number, record=reported(error))


def _sheet_rows(name: str, found: Found, form: Form[R]) -> Intake[R]:
    sheet = _the_sheet(name, found, form.columns)
    header = header_of(sheet, form.columns, name=name)
    rows = [
        _row(number, cells, sheet, header, form)
        for number, cells in enumerate(sheet.rows[header.data :], start=header.data + 1)
        if not all(map(is_blank, cells))
    ]
    return Intake(rows=rows, told=list(_told(sheet, header)))


def _the_sheet(name: str, found: Found, columns: Columns) -> DecodedSheet:
    """Return the one sheet that has the columns; where none has, the first, so that it is told what is missing."""
    sheets = [decoded(sheet, name=name, as_bytes=found.encoding == "bytes") for sheet in found.sheets if sheet.rows]
    named = [sheet for sheet in sheets if names_columns(sheet, columns)]
    if len(named) > 1:
        raise refusal(problem("several_sheets", name=name, sheets=", ".join(sheet.name for sheet in named)))
    if not sheets:
        needed = ", ".join(columns.fields[key].heading for key in columns.needed)
        raise refusal(problem("no_header", name=name, needed=needed))
    return (named or sheets)[0]


def _row(number: int, cells: Sequence[Cell], sheet: DecodedSheet, header: Header, form: Form[R]) -> Row[R]:
    """Return one row of a sheet, with everything that is wrong with it."""
    record: dict[str, Any] = {}
    problems = list[Problem]()
    for column in header.columns:
        cell = cells[column.at] if column.at < len(cells) else None
        try:
            if is_blank(cell):
                _check_blank(column, form)
            else:
                _check_read(number - 1, column, sheet)
                _put(record, column.field.key, value_of(cell, column))
        except CellError as error:
            problems.append(error.said)
    beyond = next((at for at in range(_width(header, sheet), len(cells)) if not is_blank(cells[at])), None)
    if beyond is not None:
        problems.append(problem("more_cells", letter=letter(sheet, beyond)))
    if problems:
        return Row(number=number, record=both(problems))
    read = _decoded_row(number, msgspec.json.encode({**form.usual, **record}), form)
    return read if not isinstance(read.record, Problem) else Row(number=number, record=_named(read.record, header))


def _named(said: Problem, header: Header) -> Problem:
    """Return what the contract has against a row with the column's own heading, where it begins with a key."""
    key = said.en.partition(" ")[0].rstrip(":")
    heading = next((column.heading for column in header.columns if column.field.key == key), None)
    return said if heading is None else problem("bad_value", column=heading, said=said.en)


def _width(header: Header, sheet: DecodedSheet) -> int:
    return max(len(line) for line in sheet.rows[header.row - 1 : header.data])


def _check_blank(column: Column, form: Form[Any]) -> None:
    if column.field.key in form.columns.needed:
        raise CellError(problem("no_value", column=column.heading))


def _check_read(row: int, column: Column, sheet: DecodedSheet) -> None:
    if (row, column.at) in sheet.unread:
        its = sheet.unread[row, column.at]
        raise CellError(problem(its.key, column=column.heading, value=its.words, encoding=its.writing.value))


def _put(record: dict[str, Any], key: str, value: Any) -> None:
    """Put a value where its key says: "restricted.category" is a key inside another."""
    outer, _, inner = key.partition(".")
    if inner:
        record.setdefault(outer, {})[inner] = value
    else:
        record[outer] = value


def _told(sheet: DecodedSheet, header: Header) -> Iterator[Problem]:
    if sheet.writing is not Writing.UNICODE:
        yield problem("told_encoding", encoding=sheet.writing.value)
    for column in header.columns:
        if column.at in sheet.columns:
            yield problem("told_column", column=column.heading, encoding=sheet.columns[column.at].value)
    if header.passed:
        yield problem("told_passed", columns=", ".join(header.passed))
