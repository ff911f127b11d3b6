"""The wage that a posting states: which of its sums it is, for what unit, and what it leaves to talk about."""

import re
from dataclasses import replace
from enum import IntEnum

from matching.domain.posting import WageRead
from matching.domain.profile import Span
from matching.domain.vocabulary import WageUnit
from matching.extraction.lexicon import Hit
from matching.extraction.postings.page import Page
from matching.extraction.postings.sums import Sum, sums
from matching.text.quantities import QuantityKind

_HEAD_ONLY = re.compile(r"[\s:+\-–—~.,()]*(?:(?:muc\s)?luong|thu nhap)?[\s:+\-–—~.,()]*")
_PROBATION = re.compile(
    r"(?<!\w)(?:thu viec|hoc viec|dao tao|hoc nghe|(?:thang|tuan|luc|ban|thoi gian) dau|moi vao|chua thao)(?!\w)"
)
_AT_FIRST = re.compile(r"\s(?:trong\s)?(?:\d\s)?(?:thang|tuan)\sdau(?!\w)")
"""After a sum: "6,5 triệu tháng đầu"."""
_SHARED = re.compile(r"(?<!\w)chia\s(?:deu|doi|\d{1,2}\s?[-/:]\s?\d{1,2}|\d{1,2}\s?%)(?!\w)")
_WEEKLY = re.compile(r"\s*(?:/|\bmoi\b|\bmot\b|\b1\b)\s*(?:1\s*)?tuan(?!\w)")
_PER_WEEK = re.compile(r"(?<!\w)(?:luong|moi|mot|1) tuan\s*:?\s*\Z")
"""Pay by the week has no unit of its own: its sum is kept, and the unit stays unknown."""
_BY_SCALE = re.compile(
    r"(?<!\w)(?:tien |muc )?luong\s*:?\s*(?:(?:duoc )?(?:huong|tra|xep|tinh) )?theo "
    r"(?:quy che|quy dinh|thang bang luong|thang luong|ngach|he so|nha nuoc)(?!\w)"
)
"""A wage that a scale sets, which the posting does not give."""
_MARK = re.compile(r"[a-z₫$]")
_BA_CU = re.compile(r"[a-z ]+ cu")
_LEAST_ALONE = 1_000_000
_BY = frozenset({"theo", "tuy"})
"""Before "tay nghề" these make it what a wage depends on, not what an allowance is for."""
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
    AT_FIRST = 6
    """It is paid while trying or learning the work."""


def read_wage(page: Page) -> WageRead | None:
    """Return the wage, None when the posting does not state one.

    The salary column wins over other figures; else the sum nearest to a word for wages. A sum without a unit is a
    month's. Sums in dollars are not converted: their amounts stay None.
    """
    ranked = [(rank, found) for found in sums(page) if (rank := _rank(page, found)) is not None]
    left_open = _negotiable(page)
    open_span = None if left_open is None else page.span(left_open.first, left_open.stop)
    if not ranked:
        return _unstated(page, open_span)
    rank, best = min(ranked, key=lambda found: (found[0], found[1].unit is WageUnit.PIECE, found[1].at))
    if left_open is not None and rank >= Rank.BARE and page.line(page.at(best.at)) != page.line(left_open.first):
        return _unstated(page, open_span)
    best = _widened(page, best, [found for _, found in ranked])
    return WageRead(
        min_vnd=None if best.low is None or best.dollars else round(best.low),
        max_vnd=None if best.high is None or best.dollars else round(best.high),
        unit=_unit(page, best),
        negotiable=open_span is not None,
        evidence=page.of_text(best.at, best.to),
    )


def _unstated(page: Page, left_open: Span | None) -> WageRead | None:
    """Return a wage without a sum: left to talk about, shares of a catch, by a scale; None when not even that is said.

    Work by the piece tells its unit only beside a wage that is left open: without a rate it says nothing.
    """
    by = next((h for h in page.layer("paid_by") if h.code in ("piece", "share")), None)
    if left_open is not None:
        unit = WageUnit.UNKNOWN if by is None else WageUnit(by.code)
        return WageRead(min_vnd=None, max_vnd=None, unit=unit, negotiable=True, evidence=left_open)
    shared, scale = _SHARED.search(page.text), _BY_SCALE.search(page.text)
    unit = WageUnit.SHARE
    if by is not None and WageUnit(by.code) is WageUnit.SHARE:
        span = page.span(by.first, by.stop)
    elif shared is not None:
        span = page.of_text(*shared.span())
    elif scale is not None:
        unit, span = WageUnit.UNKNOWN, page.of_text(*scale.span())
    else:
        return None
    return WageRead(min_vnd=None, max_vnd=None, unit=unit, negotiable=False, evidence=span)


def _widened(page: Page, best: Sum, found: list[Sum]) -> Sum:
    """Return the wage with those of its line that belong to it: rates for one thing, what men and women are paid."""
    if best.unit is WageUnit.PIECE:
        return _of_rates(page, best, found)
    sex, line = _sex_beside(page, best), page.line(page.at(best.at))
    for other in found:
        beside = _sex_beside(page, other) if sex and other.unit is best.unit and other.low and other.high else None
        if beside and beside != sex and page.line(page.at(other.at)) == line and best.low and best.high:
            low, high = min(best.low, other.low or best.low), max(best.high, other.high or best.high)
            return replace(best, low=low, high=high, at=min(best.at, other.at), to=max(best.to, other.to))
    return best


def _sex_beside(page: Page, found: Sum) -> str | None:
    """Return the sex that stands right before or after a sum in its clause."""
    first, stop = page.at(found.at), page.at(found.to - 1) + 1
    for hit in page.layer("gender"):
        beside = hit.stop == first or hit.first == stop
        if beside and hit.code in ("male", "female") and page.clause(hit.first) == page.clause(first):
            return hit.code
    return None


def _of_rates(page: Page, best: Sum, sums: list[Sum]) -> Sum:
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


def _rank(page: Page, found: Sum) -> Rank | None:
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
    if _is_at_first(page, found, first):
        return Rank.AT_FIRST
    if word is not None:
        return {"wage": Rank.WAGE, "income": Rank.INCOME, "base": Rank.BASE}[word.code]
    if not _is_money(page, found, first):
        return None
    return Rank.TITLE if first < page.title_stop else Rank.BARE


def _is_money(page: Page, found: Sum, first: int) -> bool:
    """Whether a sum that no word speaks of is one: it has a unit or fills its sentence; "700000" may be a postcode.

    Without accents "bà cụ" is "ba củ" too: said in words it is money only where the unit is told.
    """
    if found.unit is WageUnit.UNKNOWN and _BA_CU.fullmatch(page.text, found.at, found.to):
        return False
    if found.unit is not WageUnit.UNKNOWN or found.dollars or _MARK.search(page.text, found.at, found.to):
        return True
    begin, stop = page.sentence(first)
    alone = page.at(found.to - 1) + 1 - first == stop - begin
    return alone and (found.low or found.high or 0) >= _LEAST_ALONE


def _is_at_first(page: Page, found: Sum, first: int) -> bool:
    """Whether a sum is paid while trying or learning the work: "thử việc 2 tháng lương 3 triệu"."""
    if _AT_FIRST.match(page.text, found.to) or page.text.startswith("thang dau", found.to - len("thang")):
        return True
    begin = page.clause(first)[0]
    return bool(_PROBATION.search(page.text, page.reading.text.at[begin], page.reading.text.at[first]))


def _is_column(page: Page, found: Sum) -> bool:
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


def _word(page: Page, found: Sum, first: int) -> Hit | None:
    """Return the word for money that a sum belongs to: the last one before it in its sentence.

    A word for something other than wages does not reach across a comma: "đóng gói quà tết, 30k/giờ".
    """
    begin = page.sentence(first)[0]
    for hit in reversed(page.layer("wage")):
        if max(begin, first - _WORD_REACH) <= hit.first < first:
            if hit.code == "other" and _is_no_money(page, hit, found):
                continue
            apart = "," in page.text[page.reading.text.to[hit.stop - 1] : found.at]
            if hit.code != "other" or not apart:
                return hit
    return None


def _is_no_money(page: Page, hit: Hit, found: Sum) -> bool:
    """Whether a word speaks of no money here: "theo tay nghề"; "đóng thùng" that is paid by the piece."""
    if found.unit is WageUnit.PIECE and page.folded[hit.first : hit.stop] == ["dong"]:
        return True
    return hit.first > 0 and page.folded[hit.first - 1] in _BY


def _plausible(found: Sum) -> bool:
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


def _unit(page: Page, found: Sum) -> WageUnit:
    """Return the unit of a sum: its own, that of the words before it, else what such a sum is paid for."""
    value = found.high or found.low or 0
    if found.unit is WageUnit.HOUR and value >= _SILLY_HOUR and not found.dollars:
        return WageUnit.UNKNOWN
    if found.unit is not WageUnit.UNKNOWN:
        return found.unit
    if _WEEKLY.match(page.text, found.to) or _PER_WEEK.search(page.text, max(0, found.at - 16), found.at):
        return WageUnit.UNKNOWN
    first = page.at(found.at)
    for hit in reversed(page.near("paid_by", first, first + 1, before=3)):
        unit = WageUnit(hit.code)
        low, high = _PLAUSIBLE.get(unit, (0, 0))
        if low <= value <= high:
            return unit
    if found.dollars or value > _DEAREST_DAY:
        return WageUnit.MONTH
    return WageUnit.DAY if value > _DEAREST_HOUR else WageUnit.HOUR


def _negotiable(page: Page) -> Hit | None:
    """Return where the posting leaves the wage to talk about."""
    for hit in page.layer("negotiable"):
        begin, stop = page.line(hit.first)
        alone = stop - begin == hit.stop - hit.first or hit.first == page.title_stop
        words = [h for h in page.layer("wage") if begin <= h.first < stop and h.code != "other"]
        sums = any(begin <= page.at(q.at) < stop for q in page.reading.quantities if q.kind is QuantityKind.MONEY)
        if alone or words or sums:
            return hit
    return None
