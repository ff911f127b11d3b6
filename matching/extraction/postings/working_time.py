"""When the work is done: night work, rotating shifts, hours a day."""

import re
from dataclasses import dataclass

from matching.domain.posting import FlagRead, NumberRead
from matching.extraction.lexicon import Hit
from matching.extraction.postings.page import Page

_NIGHT_FROM, _NIGHT_TO = 22 * 60, 30 * 60
"""The legal night, in minutes after midnight of the first day (Labour Code, article 106)."""
_NIGHT_MINUTES = 150
_DAY_AND_NIGHT = re.compile(r"(?<!\w)(?:ngay|chieu|toi)\s*[/,&+-]\s*(?:va\s)?(?:ca\s)?dem(?!\w)")
_DAY = 24 * 60
_A_WEEK = r"(?:[1-4] |mot |hai )?tuan (?:lam )?(?:ca )?(?:ngay|sang|dem|chieu)"
_IN_THE_DARK = re.compile(
    r"(?<!\w)(?:(?:tu|day(?: lam)?(?: luc)?|bat dau(?: lam)?(?: tu| luc)?|lam luc) "
    r"(?:12|[1-3])\s?(?:h|gio)\s?(?:[0-5]\d)?\s?(?:khuya|dem|sang)"
    r"|(?:nua dem|khuya) (?:lam|di|ra khoi|xuat ben|chay|lay hang|do hang|cao|bat dau)"
    r"|(?:chay|di|cao|lay hang|xuat ben) (?:luc |ban |buoi )?(?:khuya|nua dem))(?!\w)"
)
"""Work that begins after midnight: "cạo từ 2h khuya", "khuya xuất bến"."""
_WEEKS = re.compile(
    rf"(?<!\w)(?:{_A_WEEK}\s*,?\s*{_A_WEEK}|(?:tuan|thang) (?:thi |lai )?(?:doi|xoay|dao|thay)|"
    r"(?:doi|xoay|dao) (?:nhau )?(?:1 lan\s?/\s?|hang |moi |theo )tuan)(?!\w)"
)
"""Weeks that differ: "tuần sáng, tuần chiều", "tuần đổi 1 lần"."""
_SHIFTS = frozenset({"ca", "kip", "ngay", "dem", "sang"})
"""Beside weeks that change these say what changes."""
_RESTS = frozenset({"nghi", "phep", "nhat"})
"""Around "luân phiên" in its clause these make it days off that rotate."""

_STATED = re.compile(
    r"(?<![\w.,/+-])(?P<low>\d{1,2}(?:[.,]5)?)\s*(?:(?:-|–|den|toi|~)\s*(?P<high>\d{1,2})\s*)?(?:tieng|gio|h)\s*"
    r"(?:(?:/|mot|moi|1)\s*(?:1\s*)?(?:ngay|ca|ng|buoi)(?!\w)|(?<=tieng)(?!\w)|(?<=tieng\s)(?!\w))"
    r"|(?<!\w)(?:ca|moi ca|ngay|1 ngay|mot ngay|moi ngay|lam|lam viec|ngay lam|ngay lam viec|full\s?time)\s*:?\s*"
    r"(?:co\s|lam\s)?(?P<bare>\d{1,2})\s*(?:h|gio|tieng)(?![\w:]|\s*(?:\d|-|–|den|toi|~|sang|trua|chieu|dem|khuya|ve))"
)
_NOT_A_DAY = re.compile(r"\s*/\s*(?:tuan|thang)|\s*(?:moi|mot|1)\s*(?:tuan|thang)")
_FEWEST, _MOST = 3, 16
_HOURS = {"bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi hai": 12}
_IN_WORDS = re.compile(r"(?<!\w)(?:ca|ngay|lam|du|viec) (?P<said>muoi hai|bon|nam|sau|bay|tam|chin|muoi) tieng(?!\w)")
"""Hours a day in words: "mỗi ca tám tiếng"."""
_TURNS = frozenset({"cu", "luot", "chuyen", "suat"})
"""Before hours these make them those of one of several turns a day."""

_TIME = (
    r"(?P<h{n}>[01]?\d|2[0-4])\s*(?:(?P<u{n}>h|g|:|gio)[^\S\n]?(?P<m{n}>[0-5]\d)?)?[^\S\n]*"
    r"(?P<p{n}>am\b|pm\b|sang|trua|chieu|toi|dem|khuya)?"
)
_UNTIL = r"(?:-|–|—|~|->|→|den|toi|,?\s*(?:ve|ket thuc|tan ca|tan lam|xong)(?: luc| vao)?)"
_SHIFT = re.compile(rf"(?<![\w.,/])(?:tu\s*)?{_TIME.format(n=1)}\s*{_UNTIL}\s*{_TIME.format(n=2)}(?![\w/%]|[.,]\d)")
_FROM_TO = re.compile(
    r"(?<!\w)sang\s*:?\s*(?:(?:tu|vao|vo|lam|bat dau)\s)*(?P<h1>[5-9])\s?(?:h|gio)\s?(?P<m1>[0-5]\d)?"
    r"(?:\s(?:lam|vao|vo|bat dau|co mat))?\s*[,\-–]?\s*(?:den\s|toi\s)?"
    r"chieu\s*:?\s*(?:(?:den|toi|ra|ve|nghi|tan|xong)\s)*(?P<h2>[3-7]|1[5-9])\s?(?:h|gio)\s?(?P<m2>[0-5]\d)?"
    r"(?!\w|\s*(?:-|–|den|toi))"
)
"""A day from its morning to its afternoon end: "sáng 6h chiều 5h"."""
_AFTERNOON = re.compile(r"(?<!\w)(?:chieu|toi)\s*:?\s*(?:tu\s*)?\Z")
_LATER = frozenset({"chieu", "toi", "dem", "pm"})
_IN_THE_NIGHT = frozenset({"dem", "khuya"})
_MORNING = 6
"""Up to this hour "đêm" and "khuya" follow midnight: "2h đêm" is 2:00, "10h đêm" 22:00, "12h đêm" midnight."""
_NOON = "trua"
""""1h trưa" is after noon, "11h trưa" before it."""
_OTHER_TIMES = re.compile(
    r"(?<!\w)(?:nop|ho so|phong van|goi|lien he|lh|alo|zalo|mo cua|dong cua|inbox|ib|hotline|dang ky)(?!\w)"
)
"""Before a time span in its sentence these make it the hours of an office or shop: "nộp hồ sơ 8h-17h", "mở cửa"."""
_LONGEST_BREAK = 150
_LUNCH_SPAN = (9 * 60, 9 * 60 + 30)
"""A span of this length holds an hour and more of lunch, stated or not."""
_FULL_DAY = 8.0
_LONGEST_SHIFT = 13 * 60
"""Longer spans are the opening hours of a shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A stretch of work, in minutes after midnight; an end after 1440 is past midnight."""

    start: int
    end: int
    at: int
    to: int


def read_night(page: Page) -> FlagRead | None:
    """Say whether there is night work: in words, or by hours that lie in the legal night."""
    denied = None
    for hit in page.layer("night"):
        if hit.code == "no" or page.negated(hit.first, reach=3):
            denied = denied or FlagRead(value=False, evidence=page.span(hit.first, hit.stop))
        elif not page.preferred(hit.first, hit.stop):
            return FlagRead(value=True, evidence=page.span(hit.first, hit.stop))
    if denied is None:
        for both in (*_DAY_AND_NIGHT.finditer(page.text), *_IN_THE_DARK.finditer(page.text)):
            if not page.negated(page.at(both.start()), reach=2):
                return FlagRead(value=True, evidence=page.of_text(*both.span()))
        for shift in shifts(page):
            if _in_the_night(shift) >= _NIGHT_MINUTES:
                return FlagRead(value=True, evidence=page.of_text(shift.at, shift.to))
    return denied


def _in_the_night(shift: Shift) -> int:
    """Return how many minutes of a shift lie in the legal night."""
    nights = ((_NIGHT_FROM - _DAY, _NIGHT_TO - _DAY), (_NIGHT_FROM, _NIGHT_TO))
    return sum(max(0, min(shift.end, stop) - max(shift.start, start)) for start, stop in nights)


def read_rotation(page: Page) -> FlagRead | None:
    """Say whether people change shifts in turn; "theo ca" alone says nothing."""
    denied = None
    for hit in page.layer("rotation"):
        if hit.code == "no" or page.negated(hit.first, reach=2):
            denied = denied or FlagRead(value=False, evidence=page.span(hit.first, hit.stop))
        elif not _of_days_off(page, hit) and not page.preferred(hit.first, hit.stop):
            return FlagRead(value=True, evidence=page.span(hit.first, hit.stop))
    weeks = next((m for m in _WEEKS.finditer(page.text) if _SHIFTS & set(_sentence_at(page, m.start()))), None)
    return denied if weeks is None else FlagRead(value=True, evidence=page.of_text(*weeks.span()))


def _sentence_at(page: Page, offset: int) -> list[str]:
    return page.folded[slice(*page.sentence(page.at(offset)))]


def _of_days_off(page: Page, hit: Hit) -> bool:
    begin, stop = page.clause(hit.first)
    around = (*page.folded[max(begin, hit.first - 3) : hit.first], *page.folded[hit.stop : min(stop, hit.stop + 2)])
    return bool(_RESTS & set(around))


def read_hours(page: Page) -> NumberRead | None:
    """Return the hours a day: as stated, else by the times of the first shift with its break taken off."""
    for match in _STATED.finditer(page.text):
        value = float((match["low"] or match["bare"]).replace(",", "."))
        if _FEWEST <= value <= _MOST and _is_a_day(page, match):
            return NumberRead(value=value, evidence=page.of_text(match.start(), match.end()))
    found = shifts(page)
    if found:
        return _of_shifts(page, found)
    said = _IN_WORDS.search(page.text)
    return NumberRead(value=_HOURS[said["said"]], evidence=page.of_text(*said.span())) if said else None


def _is_a_day(page: Page, match: re.Match[str]) -> bool:
    """Whether hours are those of a working day: not of overtime, of a break, of a week."""
    first, stop = page.at(match.start()), page.at(match.end() - 1) + 1
    if _NOT_A_DAY.match(page.text, match.end()):
        return False
    if first and page.folded[first - 1] in _TURNS:
        return False
    extra = page.near("overtime", first, stop, before=4) or page.near("rest", first, stop, before=3)
    return not extra


def shifts(page: Page) -> list[Shift]:
    """Return the stretches of work that the posting gives times for, in the order of the text."""
    found = []
    for match in _SHIFT.finditer(page.text):
        if not (match["u2"] or match["p2"]) or (match["u1"] is None and match["u2"] == ":"):
            continue
        first = page.at(match.start())
        begin, end = page.sentence(first)
        if _OTHER_TIMES.search(page.text, page.reading.text.at[begin], match.start()) or page.near(
            "rest", first, first, before=3
        ):
            continue
        start, stop = _minutes(match, 1), _minutes(match, 2)
        if _AFTERNOON.search(page.text, max(0, match.start() - 8), match.start()) and (stop <= 12 * 60 or stop == _DAY):
            start, stop = start + 12 * 60 * (start < 12 * 60), stop + 12 * 60 * (stop < _DAY)
        elif (match["p2"] in _LATER - _IN_THE_NIGHT and stop <= 12 * 60) or (match["p2"] == _NOON and stop <= 3 * 60):
            stop += 12 * 60
        if stop <= start:
            stop += _DAY // 2 if start < _DAY // 2 and match["p2"] is None and match["u2"] != ":" else _DAY
        if _FEWEST * 60 - 60 <= stop - start <= _LONGEST_SHIFT and end > first:
            found.append(Shift(start=start, end=stop, at=match.start(), to=match.end()))
    return found or [_whole_day(match) for match in _FROM_TO.finditer(page.text)]


def _whole_day(match: re.Match[str]) -> Shift:
    start, stop = (int(match[f"h{n}"]) * 60 + int(match[f"m{n}"] or 0) for n in (1, 2))
    return Shift(start=start, end=stop % (_DAY // 2) + _DAY // 2, at=match.start(), to=match.end())


def _minutes(match: re.Match[str], n: int) -> int:
    hour = int(match[f"h{n}"])
    part = match[f"p{n}"] or match[f"u{n}"]
    if part in _IN_THE_NIGHT:
        hour = hour % 12 + 12 * (_MORNING < hour < 12) + 24 * (n == 2 and hour == 12)
    elif n == 1 and part in _LATER and hour < 12:
        hour += 12
    return hour * 60 + int(match[f"m{n}"] or 0)


def _of_shifts(page: Page, found: list[Shift]) -> NumberRead | None:
    """Return the hours of the first shift, or of its two halves around a long break ("7h-11h, 13h-17h")."""
    first = found[0]
    to = first.to
    minutes = first.end - first.start
    second = found[1] if len(found) > 1 else None
    if second is not None and _halves(page, first, second):
        minutes += second.end - second.start
        to = second.to
    rest = _break(page, first) if to == first.to else 0
    hours = (minutes - rest) / 60
    if not rest and to == first.to and _LUNCH_SPAN[0] <= minutes <= _LUNCH_SPAN[1]:
        hours = _FULL_DAY
    if not _FEWEST <= hours <= _MOST:
        return None
    return NumberRead(value=round(hours, 2), evidence=page.of_text(first.at, to))


def _halves(page: Page, first: Shift, second: Shift) -> bool:
    """Whether two stretches are one day with a break between, not two shifts."""
    same_line = page.line(page.at(first.at)) == page.line(page.at(second.at))
    short = max(first.end - first.start, second.end - second.start) <= 6 * 60
    words = page.text[first.to : second.at]
    apart = re.search(r"hoac|ca\s?2|/(?!\s*chieu)", words)
    return same_line and short and 0 < second.start - first.end <= 4 * _LONGEST_BREAK and apart is None


_REST = re.compile(
    r"nghi\s*(?:trua|giua ca|giai lao|an trua|an com)?\s*:?\s*"
    r"(?:(?P<n>\d{1,2}(?:[.,]5)?|nua|mot|hai)\s*)?(?P<u>h|gio|tieng|t|phut|p)(?!\w*[a-z])\s*(?P<m>30|ruoi)?(?!\d)"
)
_SAID = {"nua": 0.5, "mot": 1.0, "hai": 2.0}


def _break(page: Page, shift: Shift) -> int:
    """Return the minutes of the break that the posting states for a shift, 0 when it states none."""
    match = _REST.search(page.text, shift.to, shift.to + 60)
    if match is None or not (match["n"] or match["m"]):
        return 0
    number = match["n"] or "mot"  # "nghỉ trưa tiếng rưỡi"
    amount = _SAID.get(number) or float(number.replace(",", "."))
    if match["u"] in ("phut", "p"):
        return round(amount)
    return round(amount * 60) + (30 if match["m"] else 0) if amount <= 3 else 0
