"""Reads one reviewable table of a release; every fault names file, line and column."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from matching.errors import TaxonomyError


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of each row of a UTF-8 CSV table.

    Raises
    ------
    TaxonomyError
        The file is missing, its header is not exactly *columns*, or a row has another number of cells.
    """
    try:
        stream = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise TaxonomyError(f"{path.name}: the table cannot be read: {error.strerror}") from error
    with stream:
        reader = csv.reader(stream)
        header = next(reader, [])
        if header != list(columns):
            raise TaxonomyError(f"{path.name}, line 1: the header is {header}, expected {list(columns)}")
        for row in reader:
            if len(row) != len(columns):
                raise TaxonomyError(
                    f"{path.name}, line {reader.line_num}: {len(row)} cells, expected {len(columns)}: [{','.join(row)}]"
                )
            yield reader.line_num, row
