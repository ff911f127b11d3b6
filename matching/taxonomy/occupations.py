"""Occupations: unit groups of the Vietnamese list VSCO 2020 (Decision 34/2020/QĐ-TTg), four digits."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.errors import TaxonomyError, UnknownCodeError
from matching.taxonomy.aliases import Alias, read_aliases
from matching.taxonomy.compositions import compose_aliases
from matching.taxonomy.tables import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupations:
    """The unit groups of a release; `row` gives the position of a code in every column."""

    codes: tuple[str, ...]
    row: dict[str, int]
    names_vi: tuple[str, ...]
    names_en: tuple[str, ...]
    plain_vi: tuple[str, ...]
    """As one says it in a sentence: "thợ hồ"."""
    plain_en: tuple[str, ...]
    minor: npt.NDArray[np.int16]
    """Minor group (first three digits) of each unit group, (n,)."""
    aliases: tuple[Alias, ...]
    """Phrases written by hand; what is learnt from phrases is learnt from these."""
    composed: tuple[Alias, ...]
    """Phrases that tables put together; none of them is among the aliases."""

    def __len__(self) -> int:
        return len(self.codes)

    def row_of(self, code: str | None) -> int:
        """Return the row of *code*, -1 for None.

        Raises
        ------
        UnknownCodeError
            The release has no such unit group.
        """
        if code is None:
            return -1
        try:
            return self.row[code]
        except KeyError:
            raise UnknownCodeError(
                f"occupation [{code}] is not in the taxonomy release; use a four-digit unit group of VSCO 2020"
            ) from None

    def rows_of_group(self, prefix: str) -> tuple[int, ...]:
        """Return the rows whose code starts with *prefix* (a major, sub-major, minor or unit group)."""
        return tuple(i for i, code in enumerate(self.codes) if code.startswith(prefix))


def load_occupations(folder: Path) -> Occupations:
    """Load `occupations.csv`, `aliases.csv`, and what `compositions.csv` puts together.

    Raises
    ------
    TaxonomyError
        A code is malformed or repeated, or an alias does not fit.
    """
    path = folder / "occupations.csv"
    rows: dict[str, list[str]] = {}
    for line, cells in read_table(path, ("code", "name_vi", "name_en", "plain_vi", "plain_en")):
        code = cells[0]
        if len(code) != 4 or not code.isdigit():
            raise TaxonomyError(f"{path.name}, line {line}, column code: [{code}] is not four digits")
        if code in rows:
            raise TaxonomyError(f"{path.name}, line {line}, column code: [{code}] stands twice")
        rows[code] = cells
    codes = tuple(sorted(rows))
    aliases = read_aliases(folder / "aliases.csv", rows)
    columns = [tuple(rows[code][i] for code in codes) for i in range(1, 5)]
    return Occupations(
        codes=codes,
        row={code: i for i, code in enumerate(codes)},
        names_vi=columns[0],
        names_en=columns[1],
        plain_vi=columns[2],
        plain_en=columns[3],
        minor=np.array([int(code[:3]) for code in codes], dtype=np.int16),
        aliases=aliases,
        composed=compose_aliases(folder, rows, {alias.phrase for alias in aliases}),
    )
