"""The generator's tables: which trades a market has, which communes, and how things are said."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from matching.domain.vocabulary import Contract, LicenceCode, Physical, WageUnit
from matching.taxonomy.tables import read_table

_DATA = Path(__file__).parent / "data"

Phrases = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Templates by situation and by the code or name within it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One unit group in the invented market: how many live on it and seek people for it, and on which terms."""

    code: str
    people: int
    """Weight among people's trades."""
    openings: int
    """Weight among openings."""
    low_k: int
    high_k: int
    """Wage in thousands of VND a `unit`."""
    unit: WageUnit
    hours: str | None = None
    contract: Contract | None = None
    physical: tuple[Physical, ...]
    night_pct: int
    nights_away: int
    """Nights a trip; 0 for none."""
    licence: LicenceCode | None = None
    """What mostly is asked for."""
    years_max: int
    housing_pct: int
    transport_pct: int
    trains_pct: int
    seats_max: int
    course_weeks: int = 0
    """Weeks of the usual course; 0 when nobody teaches it."""
    awards: LicenceCode | None = None
    where: str
    """Setting where it is mostly found: `coast`, `farm`, `town`, `resort` or `any`."""
    own_business: bool
    """Whether people borrow to start it on their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A commune of the invented market and the ways in which it is written."""

    code: str
    weight: int
    setting: str
    spellings: tuple[str, ...]


@cache
def market() -> tuple[Trade, ...]:
    """Return `market.csv`, whose columns are the fields of a trade."""
    names = [f.name for f in fields(Trade)]
    return tuple(_trade(dict(zip(names, cells, strict=True))) for _, cells in read_table(_DATA / "market.csv", names))


def _trade(cells: dict[str, str]) -> Trade:
    told: dict[str, Any] = {name: cell for name, cell in cells.items() if cell}
    return msgspec.convert(told | {"physical": cells["physical"].split()}, Trade, strict=False)


@cache
def communes() -> tuple[Commune, ...]:
    """Return `communes.csv`: the coast and the farms around Phan Rí Cửa and Trà Tân, and the towns between."""
    rows = read_table(_DATA / "communes.csv", ("code", "weight", "setting", "spellings"))
    return tuple(
        Commune(code=code, weight=int(weight), setting=setting, spellings=tuple(spellings.split(";")))
        for _, (code, weight, setting, spellings) in rows
    )


@cache
def clauses() -> Phrases:
    """Return `clauses.toml`: what people and officers say."""
    return _phrases("clauses.toml")


@cache
def postings() -> Phrases:
    """Return `postings.toml`: what employers and schools write."""
    return _phrases("postings.toml")


def _phrases(name: str) -> Phrases:
    loaded: dict[str, dict[str, Any]] = tomllib.loads((_DATA / name).read_text(encoding="utf-8"))
    flat: dict[str, dict[str, tuple[str, ...]]] = {}
    for situation, lists in loaded.items():
        for key, value in lists.items():
            if isinstance(value, dict):
                flat[f"{situation}.{key}"] = {inner: tuple(texts) for inner, texts in value.items()}
            else:
                flat.setdefault(situation, {})[key] = tuple(value)
    return flat
