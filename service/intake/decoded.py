"""A sheet with its words in Unicode, whatever they were written in, and the cells that cannot be.

The sheet as a whole tells how it is written, then a column that does not fit it. A column with too few words to tell,
in a sheet of several writings, is read cell by cell, where one of them only makes syllables of it. A cell that does not
read well where it stands, but would in another writing, is refused with its row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.intake.legacy import Writing
from service.intake.problems import problem, refusal
from service.intake.sheets import Cell, Sheet
from service.intake.writings import (
    ENOUGH,
    UndecidedError,
    as_written,
    decide,
    has_lost_letters,
    is_open,
    reads_well,
    tally,
)

_BYTES = (Writing.TCVN3, Writing.VNI, Writing.VISCII, Writing.WINDOWS_1258)
_TEXTS = (Writing.UNICODE, *_BYTES, Writing.TWICE)

Place = tuple[int, int]
"""(row, column) of a cell, both from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A cell whose words cannot be told."""

    key: str
    """Of the problem."""
    words: str
    """As they came."""
    writing: Writing
    """Of the sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedSheet:
    """The rows of a sheet in Unicode."""

    name: str
    rows: Sequence[Sequence[Cell]]
    first_column: int
    writing: Writing
    columns: Mapping[int, Writing]
    """Columns that are written otherwise."""
    unread: Mapping[Place, Unread]


def decoded(sheet: Sheet, *, name: str, as_bytes: bool) -> DecodedSheet:
    """Return a sheet with its words in Unicode.

    Parameters
    ----------
    as_bytes : bool
        Each character still is one byte of an unknown encoding.

    Raises
    ------
    FileError
        The words are bytes of which it is not certain how they are written.
    """
    among = _BYTES if as_bytes else _TEXTS
    accented = _accented(sheet)
    writing = _of_sheet(sheet, accented, among, name=name)
    columns = {at: other for at, cells in accented.items() if (other := _of_column(cells, writing, among)) is not None}
    seen = _seen(accented, writing, columns)
    unsure = {at for at, cells in accented.items() if not _is_sure(cells, columns.get(at, writing), seen)}
    rows, unread = [list(row) for row in sheet.rows], dict[Place, Unread]()
    for number, at, cell in _words(sheet):
        its = columns.get(at, writing)
        read = _alone(cell, seen) if at in unsure else _read(cell, its, among)
        if read is None or has_lost_letters(cell):
            unread[number, at] = Unread(
                key="other_encoding" if read is None else "lost_letters", words=cell, writing=its
            )
        else:
            rows[number][at] = read
    return DecodedSheet(
        name=sheet.name, rows=rows, first_column=sheet.first_column, writing=writing, columns=columns, unread=unread
    )


def _accented(sheet: Sheet) -> dict[int, set[str]]:
    """Return the cells with other than ASCII letters, by column."""
    columns: dict[int, set[str]] = {}
    for _, at, cell in _words(sheet):
        if not cell.isascii():
            columns.setdefault(at, set()).add(cell)
    return columns


def _words(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Yield the cells that have accents or may have lost them, with their places."""
    for number, row in enumerate(sheet.rows):
        for at, cell in enumerate(row):
            if isinstance(cell, str) and ("?" in cell or not cell.isascii()):
                yield number, at, cell


def _of_sheet(sheet: Sheet, accented: Mapping[int, set[str]], among: Sequence[Writing], *, name: str) -> Writing:
    """Return how most of a sheet is written; a file that is said to be Unicode is, where nothing else can be told."""
    stated = Writing.UNICODE if Writing.UNICODE in among else None
    if not accented:
        return Writing.UNICODE
    try:
        return decide((cell for cells in accented.values() for cell in cells), among, likely=stated)
    except UndecidedError:
        if stated is not None:
            return stated
        first = next(number for number, _, cell in _words(sheet) if not cell.isascii())
        raise refusal(problem("encoding", name=name, row=first + 1)) from None


def _of_column(cells: set[str], writing: Writing, among: Sequence[Writing]) -> Writing | None:
    """Return how a column is written that does not fit its sheet; None when it fits, or has too few words to tell."""
    if tally(cells, writing).is_good:
        return None
    try:
        other = decide(cells, among)
    except UndecidedError:
        return None
    return other if tally(cells, other).words >= ENOUGH else None


def _seen(accented: Mapping[int, set[str]], writing: Writing, columns: Mapping[int, Writing]) -> set[Writing]:
    certain = any(not is_open(cell) for cells in accented.values() for cell in cells)
    return {writing, *columns.values(), *([Writing.UNICODE] if certain else [])}


def _is_sure(cells: set[str], writing: Writing, seen: set[Writing]) -> bool:
    """Say whether the words of a column are in one writing of those that its sheet has, and in no other."""
    bad = tally(cells, writing).bad
    return all(tally(cells, other).bad >= bad + ENOUGH for other in seen if other is not writing)


def _read(cell: str, writing: Writing, among: Sequence[Writing]) -> str | None:
    """Return a cell of a column whose writing is known; None when another reads more of its words."""
    if not is_open(cell):
        return cell
    bad = tally([cell], writing).bad
    if bad and any(tally([cell], other).bad < bad for other in among):
        return None
    return as_written(cell, writing)


def _alone(cell: str, seen: set[Writing]) -> str | None:
    """Return a cell in the one of several writings that reads it; None when none does, or more than one."""
    if not is_open(cell) or tally([cell], Writing.UNICODE).words == 0:
        return cell
    readings = {as_written(cell, writing) for writing in seen if reads_well(cell, writing)}
    return readings.pop() if len(readings) == 1 else None
