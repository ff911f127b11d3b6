"""Finds the row that names the columns, below titles and over one line or two, and what each column means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from service.intake.cells import Column, is_month_first
from service.intake.columns import Columns, plain, unit_of, words_of
from service.intake.decoded import DecodedSheet
from service.intake.problems import Problem, problem, refusal
from service.intake.sheets import Cell

_LOOKED_AT = 30
"""Rows of a sheet among which its headings stand."""

_LEAST_KNOWN = 2
"""Headings by which a row is known to be the one that names the columns."""

_LONGEST = 200
"""Characters of a heading that are looked at."""

Headings = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the columns are named, and what they mean."""

    row: int
    """Of the headings, or of the first of two lines, from 1."""
    data: int
    """Place of the first row below the headings, from 0."""
    columns: Sequence[Column]
    passed: Sequence[str]
    """Headings of columns that hold nothing to keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    row: int
    lines: int
    headings: Headings
    known: int


def header_of(sheet: DecodedSheet, columns: Columns, *, name: str) -> Header:
    """Return the header of a sheet.

    Raises
    ------
    FileError
        No row names the columns; one is missing, unknown, named twice, or may not be kept. All of that is told.
    """
    place = _place(sheet.rows, columns)
    if place is None:
        needed = ", ".join(columns.fields[key].heading for key in columns.needed)
        raise refusal(problem("no_header", name=name, needed=needed))
    data = place.row + place.lines
    if data < len(sheet.rows) and _is_numbering(sheet.rows[data]):
        data += 1
    body = sheet.rows[data:]
    problems = list(_problems(sheet, place, body, columns, name=name))
    if problems:
        raise refusal(*problems)
    read = [(at, heading, columns.key_of(heading)) for at, heading in enumerate(place.headings)]
    return Header(
        row=place.row + 1,
        data=data,
        columns=[
            Column(
                at=at,
                heading=heading,
                field=columns.fields[key],
                unit_vnd=unit_of(heading),
                has_month_first=any(is_month_first(_at(row, at)) for row in body),
            )
            for at, heading, key in read
            if key is not None
        ],
        passed=[heading for _, heading, key in read if heading and key is None],
    )


def names_columns(sheet: DecodedSheet, columns: Columns) -> bool:
    """Say whether some row of a sheet names its columns."""
    return _place(sheet.rows, columns) is not None


def letter(sheet: DecodedSheet, at: int) -> str:
    """Return the letters of a column as a spreadsheet shows them."""
    number, letters = at + sheet.first_column + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _place(rows: Sequence[Sequence[Cell]], columns: Columns) -> _Place | None:
    """Return the row, or the row and the one below it, in which most headings are known; the first such."""
    found: list[_Place] = []
    for row, cells in enumerate(islice(rows, _LOOKED_AT)):
        one = [_heading(cell) for cell in cells]
        found.append(_Place(row=row, lines=1, headings=one, known=_known(one, columns)))
        if row + 1 < len(rows):
            two = _joined(one, [_heading(cell) for cell in rows[row + 1]], columns)
            found.append(_Place(row=row, lines=2, headings=two, known=_known(two, columns)))
    best = max(found, key=lambda place: (place.known, -place.lines, -place.row), default=None)
    return best if best is not None and best.known >= min(_LEAST_KNOWN, len(best.headings)) > 0 else None


def _heading(cell: Cell) -> str:
    return " ".join(cell[:_LONGEST].split()) if isinstance(cell, str) else ""


def _known(headings: Headings, columns: Columns) -> int:
    return len({columns.key_of(h) or plain(h) for h in headings if h and _means_something(h, columns)})


def _means_something(heading: str, columns: Columns) -> bool:
    return columns.key_of(heading) is not None or plain(heading) in words_of("passed_over") | words_of("forbidden")


def _joined(upper: Headings, lower: Headings, columns: Columns) -> Headings:
    """Return the headings of two lines: a wide cell above stands over several below it."""
    headings, over = list[str](), ""
    for at in range(max(len(upper), len(lower))):
        above, below = (line[at] if at < len(line) else "" for line in (upper, lower))
        over = above or over
        choices = (f"{over} {below}", below, above) if below else (above,)
        headings.append(next((its for its in choices if _means_something(its, columns)), choices[0]))
    return headings


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Say whether a row only numbers the columns, as printed forms do: (1) (2) (3), or A 1 2 3."""
    cells = [str(cell).strip(" ().") for cell in row if cell is not None]
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    letters = [cell for cell in cells if len(cell) == 1 and cell.isalpha()]
    return (
        len(cells) > _LEAST_KNOWN
        and len(numbers) + len(letters) == len(cells)
        and numbers == list(range(1, len(numbers) + 1))
    )


def _problems(
    sheet: DecodedSheet, place: _Place, body: Sequence[Sequence[Cell]], columns: Columns, *, name: str
) -> Iterator[Problem]:
    row, seen = place.row + place.lines, set[str]()
    known = ", ".join(field.heading for field in columns.fields.values() if field.heading != field.key)
    for at, heading in enumerate(place.headings):
        where = {"name": name, "row": row, "letter": letter(sheet, at), "column": heading}
        key = columns.key_of(heading)
        if key is not None:
            if key in seen:
                yield problem("same_column", **where)
            seen.add(key)
        elif plain(heading) in words_of("forbidden"):
            yield problem("forbidden_column", **where)
        elif plain(heading) not in words_of("passed_over") and any(not is_blank(_at(cells, at)) for cells in body):
            yield problem("unknown_column" if heading else "unnamed_column", known=known, **where)
    for key in columns.needed:
        if key not in seen:
            yield problem("missing_column", name=name, row=row, column=columns.fields[key].heading)


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _at(row: Sequence[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else None
