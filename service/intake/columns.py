"""What the columns of a sheet may be: the fields of the contract's records, and what communes call them."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from matching.domain.vocabulary import OfferKind
from matching.text.fold import fold

NAMES = Path(__file__).parent / "columns.toml"

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_NO_LETTER = re.compile(r"[^0-9a-z]+")


class Content(StrEnum):
    """How the cells of a column are read."""

    WORDS = "words"
    TEXT = "text"
    """Words that are kept exactly, spaces and all."""
    DAY = "day"
    WHOLE = "whole"
    GRADE = "grade"
    NUMBER = "number"
    SUM = "sum"
    YES_NO = "yes_no"
    CHOICE = "choice"
    LIST = "list"
    RECORDS = "records"
    """Records inside the record, as JSON; licences also as "A1, B2 (hết hạn)"."""


_BY_TYPE = {bool: Content.YES_NO, int: Content.WHOLE, float: Content.NUMBER, date: Content.DAY, str: Content.WORDS}
_BY_KEY = {"text": Content.TEXT, "schooling_grade": Content.GRADE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record."""

    key: str
    """Its name in the contract; a dot parts a record from a field inside it: "restricted.category"."""
    heading: str
    """What communes call it: for messages and the empty form."""
    content: Content
    choices: Mapping[str, str]
    """Of a closed set: plain name -> code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns that sheets of one kind may have."""

    fields: Mapping[str, Field]
    """By key."""
    needed: Sequence[str]
    """Keys without which there is no record."""
    by_name: Mapping[str, str]
    """Plain heading -> key."""

    def key_of(self, heading: str) -> str | None:
        """Return the key that a heading means, with or without what stands in its brackets; None when unknown."""
        return self.by_name.get(plain(heading)) or self.by_name.get(plain(_BRACKETS.sub(" ", heading)))


def plain(text: str) -> str:
    """Return words without case, accents and punctuation.

    >>> plain(" N/vọng:"), plain("restricted.category")
    ('n vong', 'restricted category')
    """
    return _NO_LETTER.sub(" ", fold(text)).strip()


def unit_of(heading: str) -> int | None:
    """Return how many VND one of a column's numbers counts; None when the heading does not say.

    >>> unit_of("Lương (triệu đồng)"), unit_of("Lương (1.000đ)"), unit_of("wage_min_vnd"), unit_of("Lương")
    (1000000, 1000, 1, None)
    """
    if "_vnd" in heading:
        return 1
    said = (_units().get(plain(found)) for found in _BRACKETS.findall(heading))
    return next((unit for unit in said if unit is not None), None)


def columns_of(*kinds: type, table: str, needed: Sequence[str]) -> Columns:
    """Return the columns of the records *kinds*, with the names of a table of `columns.toml`."""
    names = _tables()[table]
    hints = {key: hint for kind in reversed(kinds) for key, hint in _flat(kind, "")}
    if "kind" in names:
        hints["kind"] = OfferKind
    found = {
        key: Field(
            key=key,
            heading=(names.get(key) or [key])[0],
            content=_content(key, hint),
            choices=_choices(hint),
        )
        for key, hint in hints.items()
    }
    called = {plain(name): key for key, its in names.items() for one in its for name in (one, _BRACKETS.sub(" ", one))}
    return Columns(fields=found, needed=needed, by_name={plain(key): key for key in found} | called)


@cache
def words_of(name: str) -> frozenset[str]:
    """Return a list of plain words: "yes", "no", "passed_over" or "forbidden"."""
    tables = _tables()
    return frozenset(map(plain, (tables["words"] if name in ("yes", "no") else tables)[name]["names"]))


@cache
def choices_of(kind: type[StrEnum]) -> Mapping[str, str]:
    """Return the codes of a closed set by their plain names, the codes themselves among them."""
    said = _tables()["words"].get(kind.__name__, {})
    return {plain(one.value): one.value for one in kind} | {plain(n): code for code, its in said.items() for n in its}


def _flat(kind: type, prefix: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a record with their types, those of a record inside it with a dot."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint = _given(hints[field.name])
        if isinstance(hint, type) and is_dataclass(hint):
            yield from _flat(hint, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name, hint


def _given(hint: Any) -> Any:
    """Return a type without "or None"."""
    known = [its for its in get_args(hint) if its is not type(None)]
    return known[0] if type(None) in get_args(hint) else hint


def _content(key: str, hint: Any) -> Content:
    if key in _BY_KEY:
        return _BY_KEY[key]
    if "_vnd" in key:
        return Content.SUM
    if hint in _BY_TYPE:
        return _BY_TYPE[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Content.CHOICE
    return Content.RECORDS if is_dataclass(get_args(hint)[0]) else Content.LIST


def _choices(hint: Any) -> Mapping[str, str]:
    kind = next(iter(get_args(hint)), hint)
    return choices_of(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else {}


@cache
def _units() -> Mapping[str, int]:
    return {plain(name): int(unit) for unit, names in _tables()["units"].items() for name in names}


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(NAMES.read_text(encoding="utf-8"))
