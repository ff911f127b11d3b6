"""The sums of money in a posting, with their unit and the words that open one end; `wage` says which is the wage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matching.domain.vocabulary import WageUnit
from matching.extraction.postings.page import Page
from matching.text.quantities import QuantityKind

_FLOOR = re.compile(r"(?<!\w)(?:(?:khong|ko|k) duoi|tu|tren|it nhat|toi thieu|hon|khoang tu|min|>=?|≥)\s*(?:tu\s*)?\Z")
_CAP = re.compile(
    r"(?<!\w)(?:len den|len toi|den|toi|up\s?to|toi da|(?<!khong )(?<!ko )(?<!k )duoi|cao nhat|max|<=?|≤)\s*(?:len\s*)?"
    r"(?:den\s*|toi\s*)?\Z"
)
_BOUND_REACH = 24
_EXTRA_MONTH = "13"
""""Lương tháng 13" is a bonus."""
_OPEN_END = re.compile(r"\s*(?:\+(?!\s*[\w%])|tro len|tro di)")
_COUNTED = (
    r"san pham|sp|chuyen|m2|m3|don|tan|ta|bao|met|cai|chiec|bo|doi|hop|thung|khung|lit|ket|kien|cont|container|"
    r"phong|cuoc|tam|vien|cuon|cay|con|ao|xe|m|khoi|sao|mau|trai|qua|can|mieng|goi|bich|chai|ro|suat|mon|diem|khach|ho|me|"
    r"thien|luong rau|bo cua|cong (?:dat|ruong|lua)"
)
"""What work by the piece is counted in."""
_NO_PIECE = r"(?:nam|nu|tuan|nguoi|ng|lan|bua|thang|th|thg|ngay|dem|toi|buoi|cong|ca|h|tieng|vnd|dong|d|k|tr|trieu)"
_ANY_THING = rf"(?!{_NO_PIECE}(?!\w))[a-z]+(?!\s*/)"
"""Whatever stands after a stroke is what is counted, but for times, people and occasions: "45k/tay lưới"."""
_SHIFT_UNIT = re.compile(
    rf"\s*(?:(?:/|\bmoi\b|\bmot\b|\b1\b)\s*(?:\d{{1,4}}\s*)?(?P<unit>ca|{_COUNTED})|/\s*{_ANY_THING})(?!\w)"
)
_A_PIECE = re.compile(rf"(?<!\w)(?:moi|mot|1) (?:{_COUNTED})(?: (?:la|duoc|tra))?\s*:?\s*\Z")
"""Right before a sum: "mỗi chuyến 700k"."""
_LOOSE_UNIT = re.compile(
    r"\s*(?:vnd|d|dong)?\s*(?:/|\bmot\b|\bmoi\b)\s*(?:1\s*)?"
    r"(?P<unit>thang|th|ngay|gio|h|tieng|buoi|cong|ca|dem|toi)(?!\w)"
)
_OF_LAND = re.compile(r"\s(?:dat|ruong|lua)(?!\w)")
"""After "công" these make it a measure of fields, not a day's work."""
_GAP = re.compile(r"[\s:]*(?:(?:tu|den|toi|len den|up\s?to|khoang|tren|duoi)\s*)?")
"""What may stand between a word for wages and its bare number."""
_BARE = re.compile(
    r"(?<![\w.,/])(?P<low>\d{1,3}(?:[.,]\d{1,2})?)\s*(?P<m1>m)?\s*(?:(?:-|–|—|~|den|toi)\s*"
    r"(?P<high>\d{1,3}(?:[.,]\d{1,2})?)\s*(?P<m2>m)?)?(?![\w%]|[.,]\d|\s*(?:%|nam|tuoi|nguoi|ngay|thang|gio|h|bua|buoi|lan|cong|ca|"
    r"tieng|phut|km|bac|k|tr|trieu|cu|ng|nghin|ngan|d)(?!\w))(?P<per>\s*/\s*(?:thang|th|ngay|gio|h|tieng|cong))?"
)
"""Numbers without a unit right after a word for wages: "lương 8-10", "lương 10m", "lương 300-350/ngày"."""

_MILLIONS = re.compile(
    r"(?<![\w.,/])(?P<low>\d{1,2}(?:[.,]\d)?)\s?m?\s*(?:(?:-|–|den|toi)\s*(?P<high>\d{1,2}(?:[.,]\d)?)\s?)?m\s*/\s*(?:thang|th)(?!\w)"
)
"""English shorthand for millions: "8.5M/tháng"."""
_PIECE = re.compile(
    r"(?<![\w./])(?P<low>\d{1,3}(?:[.,]\d{1,3}){0,3})\s*(?:(?P<thousands>k|ng|ngan|nghin)|(?P<mark>d|dong|vnd))?\s*/\s*"
    rf"(?:\d{{1,4}}\s*)?(?:kg|ky|ki|{_COUNTED}|(?(thousands)|(?(mark)|(?!))){_ANY_THING})(?!\w)"
)
"""Small sums for a piece, which are no sums of money elsewhere: "1.500đ/kg"."""

_A_DAY = re.compile(
    r"(?<![\w.,/])(?P<low>\d{3})(?:\s?(?:-|–|den|toi)\s?(?P<high>\d{3}))?\s?/\s?(?:1\s)?(?:ngay|cong|ca|buoi|dem)(?!\w)"
)
"""A day's pay whose thousands are left out: "450/ngày"."""
_HOURLY = re.compile(
    r"(?<![\w.,/])(?P<low>\d{2,3})\s?(?:k|ngan|nghin|ng)?(?:\s?(?:-|–|den|toi)\s?(?P<high>\d{2,3}))?\s?(?:k|ngan|nghin|ng)\s?"
    r"(?:/|1|mot|moi)\s?(?:1\s)?(?:tieng|gio|h)(?!\w)"
)
"""An hour's pay as it is said: "25 ngàn 1 tiếng"."""

_PER = {
    "thang": WageUnit.MONTH, "th": WageUnit.MONTH, "ngay": WageUnit.DAY, "buoi": WageUnit.DAY, "cong": WageUnit.DAY,
    "ca": WageUnit.DAY, "dem": WageUnit.DAY, "toi": WageUnit.DAY,
    "gio": WageUnit.HOUR, "h": WageUnit.HOUR, "tieng": WageUnit.HOUR,
}  # fmt: skip
_DOLLARS = re.compile(
    r"\$\s?(?P<low>\d{2,5}(?:[.,]\d{3})?)(?:\s*(?:-|–|—|~|den|toi)\s*\$?\s?(?P<high>\d{2,5}(?:[.,]\d{3})?))?"
)
"""A sum whose sign stands first: "$600 - $900"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum of money at [at, to) of the folded text."""

    low: float | None
    high: float | None
    unit: WageUnit
    """UNKNOWN where the sum itself does not say."""
    dollars: bool
    at: int
    to: int


def sums(page: Page) -> Iterator[Sum]:
    """Yield the sums of money, with the words that open one end: "từ 8 triệu", "upto 10tr", "8tr trở lên"."""
    taken: list[tuple[int, int]] = []
    for quantity in page.reading.quantities:
        if quantity.kind is not QuantityKind.MONEY or quantity.low is None:
            continue
        taken.append((quantity.at, quantity.to))
        at = quantity.at
        dollars = quantity.currency == "usd" or page.text[max(0, at - 1) : at] == "$"
        unit, to = _stated_unit(page, at, quantity.to, quantity.per)
        yield _bounded(page, Sum(low=quantity.low, high=quantity.high, unit=unit, dollars=dollars, at=at, to=to))
    for found in (*_bare_sums(page), *_odd_sums(page)):
        if all(found.to <= at or found.at >= to for at, to in taken):
            yield _bounded(page, found)


def _stated_unit(page: Page, at: int, to: int, per: str | None) -> tuple[WageUnit, int]:
    """Return the unit that stands right after a sum at [at, to), or a piece right before it, and where it then ends."""
    if page.text.endswith("gio", at, to) and not page.reading.means(page.at(to - 1), "giờ"):
        return WageUnit.PIECE, to  # "12k/giỏ"
    if per is not None:
        field = _OF_LAND.match(page.text, to) if per == WageUnit.DAY else None
        return (WageUnit(per), to) if field is None else (WageUnit.PIECE, field.end())
    a_piece = _A_PIECE.search(page.text, max(0, at - _BOUND_REACH), at)
    if a_piece:
        return WageUnit.PIECE, to
    shift = _SHIFT_UNIT.match(page.text, to)
    if shift:
        return (WageUnit.DAY if shift["unit"] == "ca" else WageUnit.PIECE), shift.end()
    loose = _LOOSE_UNIT.match(page.text, to)
    if loose:
        return _PER[loose["unit"]], loose.end()
    return WageUnit.UNKNOWN, to


def _odd_sums(page: Page) -> Iterator[Sum]:
    """Yield what is paid for a piece, and sums in shorthand."""
    for found in _MILLIONS.finditer(page.text):
        low, high = (float((found[end] or found["low"]).replace(",", ".")) * 1e6 for end in ("low", "high"))
        yield Sum(low=low, high=high, unit=WageUnit.MONTH, dollars=False, at=found.start(), to=found.end())
    for found in _DOLLARS.finditer(page.text):
        low, high = (float(re.sub(r"[.,]", "", found[end] or found["low"])) for end in ("low", "high"))
        yield Sum(low=low, high=high, unit=WageUnit.UNKNOWN, dollars=True, at=found.start(), to=found.end())
    for pattern, unit in ((_HOURLY, WageUnit.HOUR), (_A_DAY, WageUnit.DAY)):
        for found in pattern.finditer(page.text):
            low, high = (float(found[end] or found["low"]) * 1e3 for end in ("low", "high"))
            yield Sum(low=low, high=high, unit=unit, dollars=False, at=found.start(), to=found.end())
    for found in _PIECE.finditer(page.text):
        if found[0].endswith("gio") and page.reading.means(page.at(found.end() - 1), "giờ"):
            continue
        low = _rate(found["low"], thousands=found["thousands"] is not None)
        yield Sum(low=low, high=low, unit=WageUnit.PIECE, dollars=False, at=found.start(), to=found.end())


def _rate(number: str, *, thousands: bool) -> float:
    """Return what is paid for a piece.

    >>> _rate("2.500", thousands=False), _rate("2,5", thousands=True), _rate("45", thousands=True)
    (2500.0, 2500.0, 45000.0)
    """
    if thousands and re.fullmatch(r"\d+[.,]\d{1,2}", number):
        return float(number.replace(",", ".")) * 1e3
    return float(re.sub(r"[.,]", "", number)) * (1e3 if thousands else 1)


def _bare_sums(page: Page) -> Iterator[Sum]:
    """Yield numbers without a unit that stand right after a word for wages, scaled to what such a number means."""
    for hit in page.layer("wage"):
        if hit.code == "other":
            continue
        start = page.reading.text.to[hit.stop - 1]
        gap = _GAP.match(page.text, start)
        found = _BARE.match(page.text, gap.end() if gap else start)
        if not found:
            continue
        if found["low"] == _EXTRA_MONTH and page.folded[hit.stop - 1] == "thang":
            continue
        low = float(found["low"].replace(",", "."))
        high = float(found["high"].replace(",", ".")) if found["high"] else low
        per = _PER.get((found["per"] or "").strip(" /"), WageUnit.UNKNOWN)
        scale = _scale(high, per, millions=bool(found["m1"] or found["m2"]))
        if scale is not None and high >= low:
            at, to = found.span()
            yield Sum(low=low * scale, high=high * scale, unit=per, dollars=False, at=at, to=to)


def _scale(number: float, per: WageUnit, *, millions: bool) -> float | None:
    """Return what a number without a unit counts in: millions a month, thousands a day or an hour."""
    if millions or (per in (WageUnit.UNKNOWN, WageUnit.MONTH) and 3 <= number <= 80):
        return 1e6
    if per in (WageUnit.DAY, WageUnit.UNKNOWN) and 150 <= number <= 900:
        return 1e3
    return 1e3 if per is WageUnit.HOUR and 12 <= number <= 300 else None


def _bounded(page: Page, found: Sum) -> Sum:
    """Return the sum with one end open where a word before or after it says so."""
    single = found.low == found.high
    floor, cap = (p.search(page.text, max(0, found.at - _BOUND_REACH), found.at) for p in (_FLOOR, _CAP))
    if single and cap:
        return Sum(low=None, high=found.high, unit=found.unit, dollars=found.dollars, at=cap.start(), to=found.to)
    if single and (floor or _OPEN_END.match(page.text, found.to)):
        at = floor.start() if floor else found.at
        return Sum(low=found.low, high=None, unit=found.unit, dollars=found.dollars, at=at, to=found.to)
    at = floor.start() if floor else found.at
    return Sum(low=found.low, high=found.high, unit=found.unit, dollars=found.dollars, at=at, to=found.to)
