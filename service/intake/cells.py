"""One cell as the value its field takes: days, numbers, sums and choices as people write them, or not at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec

from matching.domain.vocabulary import LicenceCode, LicenceStatus
from matching.text.fold import fold
from matching.text.numbers import number
from matching.text.quantities import QuantityKind, quantities
from service.intake.columns import Content, Field, choices_of, plain, words_of
from service.intake.outgoing import as_it_was
from service.intake.problems import CellError, Problem, problem
from service.intake.sheets import Cell, Day

_MIDNIGHT = r"(?:[T ]0?0:00(?::00)?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_MIDNIGHT}")
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})\s?[/.\-]\s?(?P<month>\d{{1,2}})\s?[/.\-]\s?(?P<year>\d{{4}}){_MIDNIGHT}")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""Days that spreadsheets count: 1954 to 2119."""

_DIGITS = re.compile(r"\d[\d.,  ]*")
_COUNTED = re.compile(r"(?P<number>\d[\d., ]*?)\s*(?:km|cay so|nguoi|cho|tuoi|tuan|thang|nam|ngay|dem|%)?")
_GRADE = re.compile(r"(?:lop|hoc xong lop|het lop)?\s*(?P<grade>\d{1,2})(?:\s*/\s*1[02])?")
_LEAST_BARE_VND = 10_000
"""A smaller sum without a unit may be in thousands or millions."""

_SHORT = frozenset({Content.WHOLE, Content.NUMBER, Content.GRADE, Content.SUM, Content.YES_NO, Content.CHOICE})
_LONGEST = 100
"""Characters of a cell that holds one number or choice."""

_PERSONAL = re.compile(r"0\d{9}|0\d{11}")
"""A telephone or citizen's number."""
_NAME = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){1,5}")
"""Words without a digit."""

_ITEMS = re.compile(r"[,;\n]+")
_LICENCE_WORDS = re.compile(r"\b(?:bang|lai|xe|hang|gplx|giay phep|giay|phep)\b")
_COMMUNE_DIGITS = 5
_LICENCES, _JSON = "licences", "[{...}] (JSON)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet that is read."""

    at: int
    """Place in each row, from 0."""
    heading: str
    """As the sheet writes it."""
    field: Field
    unit_vnd: int | None = None
    """What one of its numbers counts; None when the heading does not say."""
    has_month_first: bool = False
    """Whether some day of the column can only be read with its month first, so that none is clear."""


def value_of(cell: Cell, column: Column) -> Any:
    """Return the value of a cell that is not empty.

    Raises
    ------
    CellError
        It cannot be read exactly.
    """
    content = column.field.content
    if content is Content.DAY:
        return _day(cell, column).isoformat()
    if isinstance(cell, Day):
        raise _wrong("became_day", column, cell.day.strftime("%d/%m/%Y"))
    if isinstance(cell, str):
        cell = as_it_was(cell)
        if content in _SHORT and len(cell) > _LONGEST:
            raise _wrong("too_long", column, cell)
    if content is Content.YES_NO:
        return _yes_or_no(cell, column)
    if content is Content.SUM:
        return _sum(cell, column)
    if content in (Content.WHOLE, Content.NUMBER, Content.GRADE):
        return _number(cell, column)
    words = str(cell)
    if content is Content.TEXT:
        return words
    if content is Content.WORDS:
        return _named(words.strip(), column)
    return _chosen(words.strip(), column)


def _named(words: str, column: Column) -> str:
    """Return words; an id of a person is no name and no number of theirs, a commune's code has its zeros."""
    key = column.field.key
    if key == "person_id" and (_PERSONAL.fullmatch(words) or _NAME.fullmatch(words)):
        raise _wrong("personal_id", column, words)
    return words.zfill(_COMMUNE_DIGITS) if key == "commune" and words.isdigit() else words


def is_month_first(cell: Cell) -> bool:
    """Say whether a cell is a day that can only be read with its month first.

    >>> [is_month_first(cell) for cell in ("11/23/2026", "23/11/2026", "11/12/2026")]
    [True, False, False]
    """
    found = _DAY_FIRST.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return found is not None and int(found["month"]) > 12 >= int(found["day"])


def _day(cell: Cell, column: Column) -> date:
    if isinstance(cell, Day):
        return cell.day
    text = str(cell).strip()
    if text.isdigit() and int(text) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(text))
    found = _ISO.fullmatch(text)
    if found is None:
        found = _DAY_FIRST.fullmatch(text)
        if column.has_month_first:
            raise _wrong("month_first", column, text)
    try:
        if found is not None:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        pass
    raise _wrong("no_day", column, text)


def _number(cell: Cell, column: Column) -> int | float:
    value: float | None = None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        value = cell
    elif isinstance(cell, str):
        text = fold(cell).strip()
        grade = _GRADE.fullmatch(text) if column.field.content is Content.GRADE else None
        found = _COUNTED.fullmatch(text)
        value = float(grade["grade"]) if grade else number(found["number"].replace(" ", "")) if found else None
    if value is None:
        raise _wrong("no_number", column, cell)
    if value == int(value):
        return int(value)
    if column.field.content is not Content.NUMBER:
        raise _wrong("no_whole", column, cell)
    return value


def _sum(cell: Cell, column: Column) -> int | float:
    value = _bare_sum(cell)
    if value is not None:
        value *= column.unit_vnd or 1
        if column.unit_vnd is None and 0 < value < _LEAST_BARE_VND:
            value = None
    elif isinstance(cell, str):
        value = _said_sum(fold(cell).strip())
    if value is None:
        raise _wrong("no_sum", column, cell)
    return round(value) if abs(value - round(value)) < 1e-6 else value


def _bare_sum(cell: Cell) -> float | None:
    """Return a number without a unit."""
    if isinstance(cell, str):
        text = cell.strip()
        return number(text.replace(" ", "").replace("\u00a0", "")) if _DIGITS.fullmatch(text) else None
    return None if isinstance(cell, (bool, Day)) else cell


def _said_sum(folded: str) -> float | None:
    """Return a sum with its unit, "5,5 triệu": one sum and nothing beside it."""
    found = [quantity for quantity in quantities(folded) if quantity.kind is QuantityKind.MONEY]
    if len(found) != 1 or (found[0].at, found[0].to) != (0, len(folded)):
        return None
    return found[0].low if found[0].low == found[0].high and found[0].currency == "vnd" else None


def _yes_or_no(cell: Cell, column: Column) -> bool:
    if isinstance(cell, bool):
        return cell
    said = plain(str(cell))
    if said in words_of("yes") or said in words_of("no"):
        return said in words_of("yes")
    raise _wrong("no_yes", column, cell)


def _chosen(text: str, column: Column) -> Any:
    """Return a code of a closed set, or a list: as JSON, or parted by commas, semicolons or line breaks."""
    field = column.field
    if field.content is Content.CHOICE:
        return _code(text, field.choices, column)
    if text.startswith("["):
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError:
            raise _wrong("no_choice", column, text, known=_JSON) from None
    if field.content is Content.RECORDS and field.key != _LICENCES:
        raise _wrong("no_choice", column, text, known=_JSON)
    items = [item.strip() for item in _ITEMS.split(text) if item.strip()]
    if field.content is Content.RECORDS:
        return [_held(item, column) for item in items]
    return [_code(item, field.choices, column) for item in items] if field.choices else items


def _held(item: str, column: Column) -> dict[str, str]:
    """Return a licence that a form names in words: "B2 (hết hạn)"."""
    said, statuses = plain(item), choices_of(LicenceStatus)
    state = max((name for name in statuses if f" {said} ".endswith(f" {name} ")), key=len, default="")
    name = " ".join(_LICENCE_WORDS.sub(" ", said.removesuffix(state)).split())
    code = _code(name or item, choices_of(LicenceCode), column)
    return {"code": code, "status": statuses[state] if state else LicenceStatus.VALID.value}


def _code(text: str, choices: Mapping[str, str], column: Column) -> str:
    code = choices.get(plain(text))
    if code is None:
        raise _wrong("no_choice", column, text, known=", ".join(dict.fromkeys(choices.values())))
    return code


def _wrong(key: str, column: Column, value: object, **more: object) -> CellError:
    return CellError(problem(key, column=column.heading, value=str(value), **more))


def both(problems: list[Problem]) -> Problem:
    """Return several problems of a row as one."""
    return Problem("; ".join(one.vi for one in problems), "; ".join(one.en for one in problems))
