"""Sheets that the product writes: no cell of them is run by a spreadsheet, and each comes back as it was.

A cell that begins like a formula gets an apostrophe in front, which spreadsheets show as text; one that begins with
apostrophes and then like a formula gets one more, so that taking one away is always right.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How cells begin that a spreadsheet would run, or that were written here."""


def as_text(cell: object) -> object:
    """Return a cell that no spreadsheet runs; numbers stay numbers.

    >>> [as_text(cell) for cell in ("=1+1", "- phụ hồ", "'=x", "tho ho", -5)]
    ["'=1+1", "'- phụ hồ", "''=x", 'tho ho', -5]
    """
    return f"'{cell}" if isinstance(cell, str) and _RUNS.match(cell) else cell


def as_it_was(cell: str) -> str:
    """Return what `as_text` was given.

    >>> [as_it_was(cell) for cell in ("'=1+1", "''=x", "=1+1", "'quoted'")]
    ['=1+1', "'=x", '=1+1', "'quoted'"]
    """
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV whose cells are text to a spreadsheet; None is an empty cell."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue()
