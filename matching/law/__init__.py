"""What the law says, as dated rows: amounts, ages and lists, each with its period and source.

No clock: every question names the day it is asked for. A rule that follows the law quotes `Law.source`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from matching.errors import DataError

Value = bool | int | float | str | tuple[str, ...]

TABLE = Path(__file__).parent / "law.toml"
"""The rows that ship with the package."""

REGIONS = ("I", "II", "III", "IV")
"""Regions of the minimum wage, dearest first."""

_BARRED_TO_MINORS = "barred_to_minors_"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """One value and the days on which it holds."""

    name: str
    value: Value
    unit: str
    valid_from: date
    valid_to: date | None = None
    """First day on which the row no longer holds; None when it is in force until further notice."""
    source: str
    verified: bool
    """Whether the value was read in a public text of the act; False: a lawyer should confirm it."""

    def holds(self, on: date) -> bool:
        """Say whether the row is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """All rows, by name; the rows of one name never overlap."""

    rows: Mapping[str, tuple[LawRow, ...]]

    def row(self, name: str, on: date) -> LawRow:
        """Return the row of *name* that is in force on a day.

        Raises
        ------
        DataError
            There is no such name, or no row of it holds on that day.
        """
        try:
            rows = self.rows[name]
        except KeyError:
            raise DataError(f"law row [{name}] is not defined; the names are in law.toml") from None
        for row in rows:
            if row.holds(on):
                return row
        periods = "; ".join(f"from {r.valid_from} to {r.valid_to or 'further notice'}" for r in rows)
        raise DataError(f"law row [{name}] holds no value on [{on}] (it has: {periods}); add a dated row to law.toml")

    def value(self, name: str, on: date) -> Value:
        """Return the value of *name* on a day (lists as tuples); raises as `row` does.

        >>> from datetime import date
        >>> current_law().value("min_wage_region_IV", date(2026, 11, 23))
        3700000
        >>> current_law().value("min_wage_region_IV", date(2025, 12, 31))
        3450000
        """
        return self.row(name, on).value

    def source(self, name: str, on: date) -> str:
        """Return the act that the value of *name* on a day is taken from; raises as `row` does."""
        return self.row(name, on).source

    def number(self, name: str, on: date) -> int | float:
        """Return a value that is a number.

        Raises
        ------
        DataError
            As `row` does, or the value is no number.
        """
        value = self.value(name, on)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise DataError(f"law row [{name}] is no number but [{value}]")
        return value

    def words(self, name: str, on: date) -> tuple[str, ...]:
        """Return a value that is a list of words or codes.

        Raises
        ------
        DataError
            As `row` does, or the value is no list.
        """
        value = self.value(name, on)
        if not isinstance(value, tuple):
            raise DataError(f"law row [{name}] is no list but [{value}]")
        return value

    def allows(self, name: str, on: date) -> bool:
        """Return a value that is a yes or no.

        Raises
        ------
        DataError
            As `row` does, or the value is no yes or no.
        """
        value = self.value(name, on)
        if not isinstance(value, bool):
            raise DataError(f"law row [{name}] is no yes or no but [{value}]")
        return value

    def minimum_wage_month(self, region: str, on: date) -> int:
        """Return the minimum wage of a region ("I" to "IV") in VND a month."""
        return int(self.number(f"min_wage_region_{region}", on))

    def minimum_wage_hour(self, region: str, on: date) -> int:
        """Return the minimum wage of a region ("I" to "IV") in VND an hour."""
        return int(self.number(f"min_wage_hour_region_{region}", on))

    def barred_to_minors(self, on: date) -> dict[str, LawRow]:
        """Return the unit groups that are closed to people under 18 on a day, each with the row that closes it."""
        names = (name for name in self.rows if name.startswith(_BARRED_TO_MINORS))
        holding = (row for name in names for row in self.rows[name] if row.holds(on))
        return {code: row for row in holding if isinstance(row.value, tuple) for code in row.value}

    @property
    def begins_on(self) -> date:
        """The first day of which anything is known: no question is answered for a day before."""
        return min(rows[0].valid_from for rows in self.rows.values())

    def same_since(self, on: date) -> date:
        """Return the first day since which the very rows hold that hold on a day; `date.min` when none ever changed."""
        turns = (day for rows in self.rows.values() for row in rows for day in (row.valid_from, row.valid_to))
        return max((day for day in turns if day is not None and day <= on), default=date.min)


def load_law(path: Path = TABLE) -> Law:
    """Load a table of dated rows.

    Raises
    ------
    DataError
        The file is no TOML, a row lacks a key or has a wrong one, or two rows of a name overlap.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["row"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: the table of law rows cannot be read: {error}") from error
    rows: dict[str, list[LawRow]] = {}
    for number, table in enumerate(tables, start=1):
        row = _row(table, f"{path.name}, row {number}")
        rows.setdefault(row.name, []).append(row)
    return Law(rows={name: _in_order(found, path.name) for name, found in rows.items()})


@cache
def current_law() -> Law:
    """Return the rows that ship with the package, loaded once a process."""
    return load_law()


def _row(table: dict[str, object], where: str) -> LawRow:
    value = table.get("value")
    try:
        row = LawRow(**(table | {"value": tuple(value) if isinstance(value, list) else value}))  # type: ignore[arg-type]
    except TypeError as error:
        raise DataError(f"{where} [{table.get('name')}]: {error}") from error
    if not isinstance(row.valid_from, date) or not isinstance(row.valid_to, date | None):
        raise DataError(f"{where} [{row.name}]: valid_from and valid_to must be dates, written without quotes")
    if row.value is None or not row.source or (row.valid_to is not None and row.valid_to <= row.valid_from):
        raise DataError(f"{where} [{row.name}]: needs a value, a source and a period that is not empty")
    return row


def _in_order(rows: list[LawRow], where: str) -> tuple[LawRow, ...]:
    ordered = sorted(rows, key=lambda row: row.valid_from)
    for earlier, later in pairwise(ordered):
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            raise DataError(f"{where}: two rows of [{later.name}] hold on [{later.valid_from}]; close the earlier one")
    return tuple(ordered)
