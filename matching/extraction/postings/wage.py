"""The wage that a posting states: which of its sums it is, for what unit, and what it leaves to talk about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from matching.domain.posting import WageRead
from matching.domain.profile import Span
from matching.domain.vocabulary import WageUnit
from matching.extraction.lexicon import Hit
from matching.extraction.postings.page import Page
from matching.text.quantities import QuantityKind

_FLOOR = re.compile(r"(?<!\w)(?:tu|tren|it nhat|toi thieu|hon|khoang tu|min|>=?|≥)\s*(?:tu\s*)?\Z")
_CAP = re.compile(
    r"(?<!\w)(?:len den|len toi|den|toi|up\s?to|toi da|duoi|cao nhat|max|<=?|≤)\s*(?:len\s*)?(?:den\s*|toi\s*)?\Z"
)
_BOUND_REACH = 24
_OPEN_END = re.compile(r"\s*(?:\+(?!\s*[\w%])|tro len|tro di)")
_COUNTED = (
    r"san pham|sp|chuyen|m2|m3|don|tan|ta|bao|met|cai|chiec|bo|doi|hop|thung|khung|lit|ket|kien|cont|container|"
    r"phong|cuoc|tam|vien|cuon|cay|con|ao|xe"
)
"""What work by the piece is counted in."""
_SHIFT_UNIT = re.compile(rf"\s*(?:/|\bmoi\b|\bmot\b|\b1\b)\s*(?:1\s*)?(?P<unit>ca|{_COUNTED})(?!\w)")
_LOOSE_UNIT = re.compile(r"\s*(?:vnd|d|dong)?\s*/\s*(?:1\s*)?(?P<unit>thang|th|ngay|gio|h|tieng|buoi|cong|ca)(?!\w)")
_HEAD_ONLY = re.compile(r"[\s:+\-–—~.,()]*(?:(?:muc\s)?luong|thu nhap)?[\s:+\-–—~.,()]*")
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
_PROBATION = re.compile(r"(?<!\w)(?:thu viec|hoc viec|dao tao|hoc nghe)(?!\w)")
_PIECE = re.compile(
    r"(?<![\w./])(?P<low>\d{1,3}(?:[.,]\d{3})*)\s*(?:k|ng|d|dong|vnd)?\s*/\s*(?:1\s*)?"
    rf"(?:kg|ky|ki|m|{_COUNTED})(?!\w)"
)
"""Small sums for a piece, which are no sums of money elsewhere: "1.500đ/kg"."""

_PER = {
    "thang": WageUnit.MONTH, "th": WageUnit.MONTH, "ngay": WageUnit.DAY, "buoi": WageUnit.DAY, "cong": WageUnit.DAY,
    "ca": WageUnit.DAY, "gio": WageUnit.HOUR, "h": WageUnit.HOUR, "tieng": WageUnit.HOUR,
}  # fmt: skip
_DEAREST_HOUR, _DEAREST_DAY = 95_000, 999_999
"""A sum without a unit that no month is paid with is a day's or an hour's."""
_SILLY_HOUR = 1_000_000
_PLAUSIBLE = {
    WageUnit.MONTH: (1_000_000, 150_000_000),
    WageUnit.DAY: (80_000, 3_000_000),
    WageUnit.HOUR: (10_000, 400_000),
}
_WORD_REACH = 7
"""Syllables between a word for wages and its sum."""


_THING = re.compile(r"/\s*(?:1\s*)?\w+(?:\s\w+)?\Z")
"""What a rate is for, at the end of its sum."""
_DOLLARS = re.compile(
    r"\$\s?(?P<low>\d{2,5}(?:[.,]\d{3})?)(?:\s*(?:-|–|—|~|den|toi)\s*\$?\s?(?P<high>\d{2,5}(?:[.,]\d{3})?))?"
)
"""A sum whose sign stands first: "$600 - $900"."""


class Rank(IntEnum):
    """What makes a sum the wage, the surest first."""

    COLUMN = 0
    """It is the first line of the text, alone: the salary column."""
    WAGE = 1
    INCOME = 2
    BASE = 3
    TITLE = 4
    BARE = 5
    """No word says what it is, but it looks like a wage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    low: float | None
    high: float | None
    unit: WageUnit
    """UNKNOWN where the sum itself does not say."""
    dollars: bool
    at: int
    to: int


def read_wage(page: Page) -> WageRead | None:
    """Return the wage, None when the posting does not state one.

    The salary column wins over other figures; else the sum nearest to a word for wages. A sum without a unit is a
    month's. Sums in dollars are not converted: their amounts stay None.
    """
    sums = [(rank, s) for s in _sums(page) if (rank := _rank(page, s)) is not None]
    open_span = _negotiable(page)
    if not sums:
        return _unstated(page, open_span)
    rank, best = min(sums, key=lambda found: (found[0], found[1].unit is WageUnit.PIECE, found[1].at))
    if open_span is not None and rank is Rank.BARE:
        return _unstated(page, open_span)
    if best.unit is WageUnit.PIECE:
        best = _of_rates(page, best, [found for _, found in sums])
    return WageRead(
        min_vnd=None if best.low is None or best.dollars else round(best.low),
        max_vnd=None if best.high is None or best.dollars else round(best.high),
        unit=_unit(page, best),
        negotiable=open_span is not None,
        evidence=page.of_text(best.at, best.to),
    )


def _unstated(page: Page, left_open: Span | None) -> WageRead | None:
    """Return a wage without a sum: left to talk about, or shares of a catch; None when not even that is said.

    Work by the piece tells its unit only beside a wage that is left open: without a rate it says nothing.
    """
    by = next((h for h in page.layer("paid_by") if h.code in ("piece", "share")), None)
    if left_open is not None:
        unit = WageUnit.UNKNOWN if by is None else WageUnit(by.code)
        return WageRead(min_vnd=None, max_vnd=None, unit=unit, negotiable=True, evidence=left_open)
    if by is None or WageUnit(by.code) is not WageUnit.SHARE:
        return None
    span = page.span(by.first, by.stop)
    return WageRead(min_vnd=None, max_vnd=None, unit=WageUnit.SHARE, negotiable=False, evidence=span)


def _of_rates(page: Page, best: _Sum, sums: list[_Sum]) -> _Sum:
    """Return the range of rates for one thing in one line: "45.000đ/tấn bốc lên, 38.000đ/tấn bốc xuống"."""
    line, thing = page.line(page.at(best.at)), _THING.search(page.text, best.at, best.to)
    if thing is None or best.low is None or best.high is None:
        return best
    low, high, to = best.low, best.high, best.to
    for other in sums:
        of = _THING.search(page.text, other.at, other.to)
        if of is not None and of[0] == thing[0] and page.line(page.at(other.at)) == line and other.low and other.high:
            low, high, to = min(low, other.low), max(high, other.high), max(to, other.to)
    return replace(best, low=low, high=high, to=to)


def _sums(page: Page) -> Iterator[_Sum]:
    """Yield the sums of money, with the words that open one end: "từ 8 triệu", "upto 10tr", "8tr trở lên"."""
    taken: list[tuple[int, int]] = []
    for quantity in page.reading.quantities:
        if quantity.kind is not QuantityKind.MONEY or quantity.low is None:
            continue
        taken.append((quantity.at, quantity.to))
        at = quantity.at
        dollars = quantity.currency == "usd" or page.text[max(0, at - 1) : at] == "$"
        unit, to = _stated_unit(page, quantity.to, quantity.per)
        yield _bounded(page, _Sum(low=quantity.low, high=quantity.high, unit=unit, dollars=dollars, at=at, to=to))
    for found in (*_bare_sums(page), *_odd_sums(page)):
        if all(found.to <= at or found.at >= to for at, to in taken):
            yield _bounded(page, found)


def _stated_unit(page: Page, to: int, per: str | None) -> tuple[WageUnit, int]:
    """Return the unit that stands right after a sum, and where the sum then ends."""
    if per is not None:
        return WageUnit(per), to
    shift = _SHIFT_UNIT.match(page.text, to)
    if shift:
        return (WageUnit.DAY if shift["unit"] == "ca" else WageUnit.PIECE), shift.end()
    loose = _LOOSE_UNIT.match(page.text, to)
    if loose:
        return _PER[loose["unit"]], loose.end()
    return WageUnit.UNKNOWN, to


def _odd_sums(page: Page) -> Iterator[_Sum]:
    """Yield what is paid for a piece, and sums in shorthand."""
    for found in _MILLIONS.finditer(page.text):
        low, high = (float((found[end] or found["low"]).replace(",", ".")) * 1e6 for end in ("low", "high"))
        yield _Sum(low=low, high=high, unit=WageUnit.MONTH, dollars=False, at=found.start(), to=found.end())
    for found in _DOLLARS.finditer(page.text):
        low, high = (float(re.sub(r"[.,]", "", found[end] or found["low"])) for end in ("low", "high"))
        yield _Sum(low=low, high=high, unit=WageUnit.UNKNOWN, dollars=True, at=found.start(), to=found.end())
    for found in _PIECE.finditer(page.text):
        low = float(re.sub(r"[.,]", "", found["low"]))
        yield _Sum(low=low, high=low, unit=WageUnit.PIECE, dollars=False, at=found.start(), to=found.end())


def _bare_sums(page: Page) -> Iterator[_Sum]:
    """Yield numbers without a unit that stand right after a word for wages, scaled to what such a number means."""
    for hit in page.layer("wage"):
        if hit.code == "other":
            continue
        start = page.reading.text.to[hit.stop - 1]
        gap = re.compile(r"[\s:]*(?:(?:tu|den|toi|len den|up\s?to|khoang|tren|duoi)\s*)?").match(page.text, start)
        found = _BARE.match(page.text, gap.end() if gap else start)
        if not found:
            continue
        low = float(found["low"].replace(",", "."))
        high = float(found["high"].replace(",", ".")) if found["high"] else low
        per = _PER.get((found["per"] or "").strip(" /"), WageUnit.UNKNOWN)
        scale = _scale(high, per, millions=bool(found["m1"] or found["m2"]))
        if scale is not None and high >= low:
            yield _Sum(
                low=low * scale, high=high * scale, unit=per, dollars=False, at=found.start(), to=found.end()
            )  # fmt: skip


def _scale(number: float, per: WageUnit, *, millions: bool) -> float | None:
    """Return what a number without a unit counts in: millions a month, thousands a day or an hour."""
    if millions or (per in (WageUnit.UNKNOWN, WageUnit.MONTH) and 3 <= number <= 80):
        return 1e6
    if per in (WageUnit.DAY, WageUnit.UNKNOWN) and 150 <= number <= 900:
        return 1e3
    return 1e3 if per is WageUnit.HOUR and 12 <= number <= 300 else None


def _bounded(page: Page, found: _Sum) -> _Sum:
    """Return the sum with one end open where a word before or after it says so."""
    single = found.low == found.high
    floor, cap = (p.search(page.text, max(0, found.at - _BOUND_REACH), found.at) for p in (_FLOOR, _CAP))
    if single and cap:
        return _Sum(low=None, high=found.high, unit=found.unit, dollars=found.dollars, at=cap.start(), to=found.to)
    if single and (floor or _OPEN_END.match(page.text, found.to)):
        at = floor.start() if floor else found.at
        return _Sum(low=found.low, high=None, unit=found.unit, dollars=found.dollars, at=at, to=found.to)
    at = floor.start() if floor else found.at
    return _Sum(low=found.low, high=found.high, unit=found.unit, dollars=found.dollars, at=at, to=found.to)


def _rank(page: Page, found: _Sum) -> Rank | None:
    """Return what makes a sum the wage, None when it is something else: a bonus, a deposit, a price."""
    if not (found.low or found.high):
        return None
    first = page.at(found.at)
    if _is_column(page, found):
        return Rank.COLUMN
    word = _word(page, found, first)
    if word is not None and word.code == "other":
        return None
    if not _plausible(found):
        return None
    if word is not None and not _is_of_probation(page, first):
        return {"wage": Rank.WAGE, "income": Rank.INCOME, "base": Rank.BASE}[word.code]
    return Rank.TITLE if first < page.title_stop else Rank.BARE


def _is_of_probation(page: Page, first: int) -> bool:
    """Whether a sum is paid while trying or learning the work: "thử việc 2 tháng lương 3 triệu"."""
    begin = page.clause(first)[0]
    return bool(_PROBATION.search(page.text, page.reading.text.at[begin], page.reading.text.at[first]))


def _is_column(page: Page, found: _Sum) -> bool:
    """Whether a sum fills the first line of the text."""
    if page.title_stop >= len(page.folded):
        return False
    begin = page.reading.text.at[page.title_stop]
    start = page.text.rfind("\n", 0, begin) + 1
    stop = page.text.find("\n", begin)
    stop = len(page.text) if stop < 0 else stop
    return (
        start <= found.at
        and found.to <= stop
        and _HEAD_ONLY.fullmatch(page.text, start, found.at) is not None
        and re.fullmatch(r"[\s+.,!]*(?:vnd|dong|d)?[\s+.,!]*(?:tro len)?\s*", page.text[found.to : stop]) is not None
    )


def _word(page: Page, found: _Sum, first: int) -> Hit | None:
    """Return the word for money that a sum belongs to: the last one before it in its sentence.

    A word for something other than wages does not reach across a comma: "đóng gói quà tết, 30k/giờ".
    """
    begin = page.sentence(first)[0]
    for hit in reversed(page.layer("wage")):
        if max(begin, first - _WORD_REACH) <= hit.first < first:
            apart = "," in page.text[page.reading.text.to[hit.stop - 1] : found.at]
            if hit.code != "other" or not apart:
                return hit
    return None


def _plausible(found: _Sum) -> bool:
    """Whether the sum could be what somebody is paid."""
    if found.dollars:
        return True
    if found.unit in (WageUnit.PIECE, WageUnit.SHARE):
        return True
    value = found.high or found.low or 0
    units = _PLAUSIBLE if found.unit is WageUnit.UNKNOWN else {found.unit: _PLAUSIBLE[found.unit]}
    return any(low <= value <= high for low, high in units.values()) or (
        found.unit is WageUnit.HOUR and value >= _SILLY_HOUR
    )


def _unit(page: Page, found: _Sum) -> WageUnit:
    """Return the unit of a sum: its own, that of the words before it, else what such a sum is paid for."""
    value = found.high or found.low or 0
    if found.unit is WageUnit.HOUR and value >= _SILLY_HOUR and not found.dollars:
        return WageUnit.UNKNOWN
    if found.unit is not WageUnit.UNKNOWN:
        return found.unit
    first = page.at(found.at)
    for hit in reversed(page.near("paid_by", first, first + 1, before=3)):
        unit = WageUnit(hit.code)
        low, high = _PLAUSIBLE.get(unit, (0, 0))
        if low <= value <= high:
            return unit
    if found.dollars or value > _DEAREST_DAY:
        return WageUnit.MONTH
    return WageUnit.DAY if value > _DEAREST_HOUR else WageUnit.HOUR


def _negotiable(page: Page) -> Span | None:
    """Return where the posting leaves the wage to talk about."""
    for hit in page.layer("negotiable"):
        begin, stop = page.line(hit.first)
        alone = stop - begin == hit.stop - hit.first or hit.first == page.title_stop
        words = [h for h in page.layer("wage") if begin <= h.first < stop and h.code != "other"]
        sums = any(
            begin <= page.at(q.at) < stop for q in page.reading.quantities if q.kind is QuantityKind.MONEY
        )  # fmt: skip
        if alone or words or sums:
            return page.span(hit.first, hit.stop)
    return None
