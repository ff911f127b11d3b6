"""Quantities as people write them in surveys and postings: money, years, ages, clock times, hours, dates.

All patterns run over folded text, so that accents, case and tone position do not matter; offsets count in it.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from operator import attrgetter

from msgspec import Struct

from matching.text.numbers import FIRST_WORD, NUMBER, NUMBER_WORDS, YEARS_OF_LIFE, number, years_of_life

Match = re.Match[str]


class QuantityKind(StrEnum):
    """What a number is a number of."""

    MONEY = "money"
    DURATION = "duration"
    AGE = "age"
    CLOCK = "clock"
    HOURS = "hours"
    YEAR = "year"

    __hash__ = str.__hash__  # that of enums is written in Python


class Quantity(Struct, frozen=True, kw_only=True, gc=False):
    """One quantity at [at, to) of the folded text.

    MONEY is in VND (or dollars), DURATION in years, AGE in years, CLOCK in minutes after midnight, HOURS in hours.
    """

    kind: QuantityKind
    low: float | None
    """The number, or the lower end of a range; None when it is too vague to say ("mấy mùa")."""
    high: float | None
    """Upper end of a range; equal to `low` when there is one number; None for an open end."""
    at: int
    to: int
    per: str | None = None
    """For MONEY: "month", "day", "hour", "piece"; None when the text does not say."""
    currency: str = "vnd"


_SOME = r"(?:may|vai|nhieu|tram)"
_JOIN = r"\s*(?:-|–|—|~|\bden\b|\btoi\b|\bhoac\b|->)\s*"
_MONEY_UNIT = r"(?:ty|ti|trieu|tr|cu|nghin|ngan|ng|k|dong|vnd|d)"
_CURRENCY = r"(?:[^\S\n]*(?:dong|vnd|d|₫|usd|\$))?"
_AFTER_A_WORD = (
    rf"\s*(?:[\d\-–—~₫$]|{FIRST_WORD}|{NUMBER_WORDS}|(?:{_MONEY_UNIT}{_CURRENCY}|usd|den|toi|hoac|hon|ngoai|may|"
    r"nawm|mua|vu|thang|tuan|n|tuoi|ruoi)(?![a-z]))"
)
"""What stands behind a word that a quantity begins with: another number, a unit, or what joins it to one."""

_BEGIN = re.compile(rf"(?<!\w)(?:\d|(?:{FIRST_WORD}|{_SOME}|ham|bam)(?!\w)(?={_AFTER_A_WORD}))", re.ASCII)
"""Where a quantity may begin: nothing else is looked at. Plain letters and digits alone: they are told much faster."""

_PER = (
    r"(?P<per>[^\S\n]*(?:/\s*(?:1|mot)?|\bmoi\b|\bmot\b|\b1\b)?[^\S\n]*"
    r"(?:thang|th|ngay|buoi|cong(?!\s(?:ty|nhan|viec|trinh|doan|an|tac|nghe|suat|ca|khai|chung))|gio|h|"
    r"tieng|san\spham|sp|cai|ky|kg)\b)?"
)
_SPOKEN = r"(?<=trieu)[^\S\n]\d(?=\s?/\s?[a-z]|\s*(?:[,;!)\n]|\Z)(?!\d)|\s(?:mot|1|moi)\sthang)"
"""The tenths of a million as they are said: "3 triệu 2/tháng"."""
_MONEY = re.compile(
    rf"(?<![\w./])(?P<low>{NUMBER})(?:[^\S\n]*(?P<unit1>{_MONEY_UNIT})(?P<odd1>\d{{1,3}}|\sruoi|{_SPOKEN})?)?(?:{_CURRENCY})"
    rf"(?:{_JOIN}(?P<high>{NUMBER})(?:[^\S\n]*(?P<unit2>{_MONEY_UNIT})(?P<odd2>\d{{1,3}}|\sruoi)?)?{_CURRENCY})?(?![\w])"
    rf"(?P<over>\s(?:may|hon|ngoai|mot\schut))?{_PER}"
)
_LEAST_BARE_VND = 10_000
"""Below this a number is no sum of money, whatever stands after it."""

_SHORTEST_BARE = len(str(_LEAST_BARE_VND))
"""Letters or digits of a number that may be a sum with nothing beside it."""

_NOT_A_SUM = re.compile(r"0\d{2,}|\d{10,}")
"""Telephone and identity numbers."""

_SCALE = {"ty": 1e9, "ti": 1e9, "trieu": 1e6, "tr": 1e6, "cu": 1e6, "nghin": 1e3, "ngan": 1e3, "ng": 1e3, "k": 1e3}
_PER_UNIT = {
    "thang": "month", "th": "month", "ngay": "day", "cong": "day", "buoi": "day", "gio": "hour", "h": "hour",
    "tieng": "hour",
}  # fmt: skip
_DURATION = re.compile(
    rf"(?<![\w.,/])(?!(?<=(?:may|vai)\s)chuc)(?!(?:(?<=bac\s)|(?<=mien\s)|(?<=viet\s))nam)"
    rf"(?:(?P<one>(?=(?:nam|thang)\sruoi\b))|(?P<low>{NUMBER})(?:(?:{_JOIN}|\s)?(?P<high>(?<=[\s\-–~])(?:{NUMBER})))?|{_SOME})\s*"
    r"(?P<over>(?:hon|ngoai|may|mot)\s)?(?P<unit>nam(?!\s(?:19|20)\d\d\b)|nawm|mua|vu|thang|tuan|n)(?P<half>\sruoi)?"
    r"(?P<months>(?<=nam)\s\d{1,2}\sthang)?(?!\w)"
)
_YEARS = {"nam": 1.0, "nawm": 1.0, "mua": 1.0, "vu": 1.0, "n": 1.0, "thang": 1 / 12, "tuan": 1 / 52}
_LONGEST_CAREER = 70
_LONGEST_LIFE = 110
_AGE = re.compile(r"(?<![\w.,/])(?P<low>\d{1,2})(?:\s*(?:-|–|den|toi|~)\s*(?P<high>\d{1,2}))?\s*(?:tuoi|t)(?!\w)")
_SPOKEN_AGE = re.compile(rf"(?<!\w)(?P<low>(?!\d(?!\s?chuc)){YEARS_OF_LIFE})\stuoi(?!\w)")
"""An age in words: "bốn mươi hai tuổi"."""
_CLOCK = re.compile(
    r"(?<![\w.,/])(?P<hour>[01]?\d|2[0-4])\s*(?:(?:h|g|:|gio)\s?(?P<minute>[0-5]\d)?|gio|(?=\sruoi\s(?:moi|sang|chieu|phai)))(?P<half>\s(?:ruoi))?(?!\w)"
    r"(?P<part>\s*(?:sang|trua|chieu|toi|dem|khuya))?"
)
_HOURS = re.compile(
    r"(?<![\w.,/])(?P<low>\d{1,2}(?:[.,]5)?)\s*(?:tieng|gio|h)\s*(?:/|mot|moi|1)\s*ngay(?!\w)"
    r"|(?<![\w.,/])(?P<low2>\d{1,2})\s*tieng(?!\w)"
)
_YEAR = re.compile(r"(?<![\w./])(?:19[4-9]\d|20[0-4]\d)(?![\w])")


def quantities(folded: str) -> list[Quantity]:
    """Return the quantities of a folded text in its order; where readings overlap the more specific one stays.

    >>> [(q.low, q.high, q.per) for q in quantities("luong 7-10 trieu/thang, 200k/ngay, 22k/h")]
    [(7000000.0, 10000000.0, 'month'), (200000.0, 200000.0, 'day'), (22000.0, 22000.0, 'hour')]
    >>> [(q.kind.value, q.low) for q in quantities("lam hon 8 nam, hon chuc nam, may mua, 6 thang, 17t, truoc 9 gio")]
    [('duration', 8.0), ('duration', 10.0), ('duration', None), ('duration', 0.5), ('age', 17.0), ('clock', 540.0)]
    """
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    starts = [number.start() for number in _BEGIN.finditer(folded)]
    if not starts:
        return []
    digits = [start for start in starts if folded[start].isdigit()]
    for pattern, read, in_words in _READERS:
        end = 0
        for start in starts if in_words else digits:
            match = pattern.match(folded, start) if start >= end else None
            if match is None:
                continue
            end = match.end()
            quantity = read(match)
            if quantity is not None and all(quantity.to <= at or quantity.at >= to for at, to in taken):
                taken.append((quantity.at, quantity.to))
                found.append(quantity)
    return sorted(found, key=_AT)


def _money(match: Match) -> Quantity | None:
    if match.end() == match.end("low") < match.start() + _SHORTEST_BARE:
        return None
    low, high = _range(match["low"], match["high"])
    dollars = match.group().removesuffix(match["per"] or "").rstrip().endswith(("usd", "$"))
    scale_high = _SCALE.get(match["unit2"] or match["unit1"] or "", 1.0)
    scale_low = _SCALE.get(match["unit1"] or match["unit2"] or "", 1.0)
    if (
        low is None
        or match["low"].startswith("00")
        or _NOT_A_SUM.fullmatch(match["low"])
        or max(low * scale_low, (high or 0) * scale_high) < (10 if dollars else _LEAST_BARE_VND)
    ):
        return None
    first = low * scale_low + _odd(match["odd1"], scale_low)
    last = first if high is None else high * scale_high + _odd(match["odd2"], scale_high)
    per = _per(match["per"])
    return Quantity(
        kind=QuantityKind.MONEY,
        low=first,
        high=max(first, last),
        at=match.start(),
        to=match.end() if per else match.end() - len(match["per"] or ""),
        per=per,
        currency="usd" if dollars else "vnd",
    )


def _range(low: str, high: str | None) -> tuple[float | None, float | None]:
    """Return both ends of a range; two number words in a row ("ba bốn") are a range too; a missing end is None."""
    first = number(low)
    if first is None and high is None and len(words := low.split()) == 2:
        return number(words[0]), number(words[1])
    return first, number(high) if high else None


def _odd(text: str | None, scale: float) -> float:
    """Return what "4tr5" or "1 triệu rưỡi" adds: tenths, hundredths or thousandths of the unit, or half of it."""
    if text is None:
        return 0.0
    return scale / 2 if "ruoi" in text else int(text) * scale / 10 ** len(text.strip())


def _per(text: str | None) -> str | None:
    if not text or not text.strip():
        return None
    words = re.findall(r"[a-z]+", text)
    return _PER_UNIT.get(words[-1], "piece") if words else None


def _duration(match: Match) -> Quantity | None:
    scale = _YEARS[match["unit"]]
    if match["unit"] == "n" and not match.group()[0].isdigit():
        return None
    low, high = _range(match["low"], match["high"]) if match["low"] else (None, None)
    if match["one"] is not None:
        low = 1.0
    if low is not None and high is not None and high < low:  # "trung tâm 1 năm" without accents holds no "8 - 1"
        low = high
    months = int(match["months"].split()[0]) if match["months"] else 6 if match["half"] else 0
    first = None if low is None else (low + months / 12) * scale
    if first is not None and first > _LONGEST_CAREER:
        return None
    last = first if high is None else (high + months / 12) * scale
    return Quantity(kind=QuantityKind.DURATION, low=first, high=last, at=match.start(), to=match.end())


def _age(match: Match) -> Quantity | None:
    low = float(match["low"])
    high = float(match["high"]) if match["high"] else low
    return Quantity(kind=QuantityKind.AGE, low=low, high=high, at=match.start(), to=match.end())


def _spoken_age(match: Match) -> Quantity | None:
    age = years_of_life(match["low"])
    if age is None or age > _LONGEST_LIFE:
        return None
    return Quantity(kind=QuantityKind.AGE, low=age, high=age, at=match.start(), to=match.end())


def _hours(match: Match) -> Quantity | None:
    value = number(match["low"] or match["low2"])
    return Quantity(kind=QuantityKind.HOURS, low=value, high=value, at=match.start(), to=match.end())


def _clock(match: Match) -> Quantity | None:
    hour = int(match["hour"])
    part = (match["part"] or "").strip()
    if part in ("chieu", "toi", "dem") and hour < 12:
        hour += 12
    minutes = hour * 60 + int(match["minute"] or 0) + (30 if match["half"] else 0)
    return Quantity(kind=QuantityKind.CLOCK, low=float(minutes), high=float(minutes), at=match.start(), to=match.end())


def _year(match: Match) -> Quantity | None:
    year = float(match.group())
    return Quantity(kind=QuantityKind.YEAR, low=year, high=year, at=match.start(), to=match.end())


_READERS: tuple[tuple[re.Pattern[str], Callable[[Match], Quantity | None], bool], ...] = (
    (_AGE, _age, False),
    (_SPOKEN_AGE, _spoken_age, True),
    (_HOURS, _hours, False),
    (_MONEY, _money, True),
    (_DURATION, _duration, True),
    (_CLOCK, _clock, False),
    (_YEAR, _year, False),
)
"""The more specific come first; a reader returns None for a match that is none of its quantities.

Last whether the number may be a word; the others begin with a digit.
"""

_AT = attrgetter("at")
