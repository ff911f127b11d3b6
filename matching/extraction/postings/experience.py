"""The years of experience that a posting asks for, and whether beginners are welcome."""

import re

from matching.domain.posting import FlagRead, NumberRead
from matching.domain.profile import Span
from matching.extraction.lexicon import Hit
from matching.extraction.postings.giving import BEGINNERS_TAUGHT, composed
from matching.extraction.postings.page import Page
from matching.extraction.postings.waivers import PRACTICE, waiver
from matching.text.quantities import Quantity, QuantityKind

_ABBREVIATED = (
    r"(?<![\w.,])(?P<number>\d{1,2})(?:\s?-\s?\d{1,2})?\s?"
    r"(?:\+\s?nam|\+?\s?(?P<unit>n|th|thg|years?|yrs?|months?))(?!\w)"
)
_WORD = r"(?:kinh nghiem|kn|tay nghe|exp(?:erience)?)"
_SHORT = (
    re.compile(rf"{_ABBREVIATED}\s?(?:of |lam )?{_WORD}(?!\w)"),
    re.compile(rf"(?<!\w){_WORD}\s?:?\s?(?:(?:tu|tren|it nhat|toi thieu|min|>=?|≥)\s?)?{_ABBREVIATED}"),
)
"""Years and months in shorthand or English beside the word: "6th kinh nghiệm", "KN: 1-2n", "3+ years of experience"."""
_MONTHS = frozenset({"th", "thg", "month", "months"})
_TAUGHT = r"(?:day|chi|dao tao|huong dan|kem|bay)"
_NOVICE = r"(?:nguoi moi(?: vao)?|linh moi|tay ngang|(?:nguoi|ai|ban nao) chua (?:biet|co|tung|lam))"
_NEVER_DONE = (
    r"(?:chua|khong|ko|k|hong) (?:tung|he|ranh|quen|lam(?! duoc)|biet(?! chu| doc| viet| di xe| chay xe| tieng)|"
    r"co (?:nghe|tay nghe|kn|kinh nghiem)|\w+(?: \w+)? bao gio)(?: \w+){0,3}?,?"
)
_BEGINNERS = re.compile(
    rf"(?<!\w)(?:(?:nhan|tuyen|lay)(?: (?:ca|luon|them|\d+))? {_NOVICE}"
    rf"|(?:co|biet) (?:{PRACTICE} )?(?:hay|hoac) (?:chua|khong|ko)(?: \w+){{0,2}}? (?:deu|cung) (?:duoc|nhan|ok)"
    rf"|{_NEVER_DONE} (?:thi )?(?:van|cung|deu) (?:duoc|dc|nhan|ok|lay|tuyen|lam duoc|vo|vao)"
    rf"|{_NOVICE}(?: \w+){{0,3}}? (?:(?:van|cung|deu) (?:duoc|dc|nhan|ok|lam)|(?:duoc|dc|se|co nguoi) {_TAUGHT}))(?!\w)"
)
"""Beginners who are taken, or told that they will be taught."""
_INSTEAD = re.compile(rf"(?<!\w)(?:chua|khong|ko|k) co,? (?:thi|se|cung)(?: \w+){{0,4}}? {_TAUGHT}(?!\w)")
_REFUSALS = frozenset({"khong", "ko", "k", "mien", "thoi", "dung"})
_SPAN = re.compile(r"(?:\d|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua).*(?:nam|nawm|thang|tuan)(?: ruoi)?", re.DOTALL)
"""How postings write a span of time: "chức vụ" is no ten seasons."""
_LONGEST = 30
_WORD_BEFORE, _WORD_AFTER = 7, 4
"""Syllables between the word for experience and its years."""
_LEAST = frozenset({"nhat", "thieu", "tren", "hon", "tu"})
"""Last syllable of "ít nhất", "tối thiểu": a number of years after it is asked for also without the word."""
_FEWER = frozenset({"duoi", "chua"})
_UPWARDS = re.compile(r"\s*(?:tro len|tro di|(?:la|thi|moi) (?:nhan|duoc|lay|ok))(?!\w)")
_OF_OTHERS = re.compile(
    r"(?<!\w)(?:(?:cong ty|cty|chung toi|ben minh|xuong|co so|doi ngu(?: \w+){0,3}|thuong hieu|giam doc|chuyen gia)"
    r"|(?:cho|cua|voi|cung|boi|bao cao) (?:\w+ )?(?:quan doc|to truong|bep truong|truong phong|quan ly|tho ca|thay))"
    r"(?: (?:co|voi|da|da co|hon|tren|gan))*\s*\Z"
)
"""Before years these make them an employer's or a superior's: "công ty 10 năm kinh nghiệm"."""
_OTHERS_REACH = 60
"""Letters before the years in which they are looked for."""
_DONE = (["chay"], ["lam"], ["dung"], ["lai"], ["trong"], ["theo"], ["di"], ["nau"], ["may"], ["han"])
"""After "ít nhất 3 năm" these tell what was done so long."""
_TUNG = "tung"
"""In "đã từng lái xe ... 2 năm": the years are those of doing the work."""
_FAR = 12
"""Syllables beyond which the word for experience is left out of the evidence."""
_FOREIGN_BEFORE, _FOREIGN_AFTER = 3, 3
_WEAK = frozenset({"biet", "tung", "ranh"})
"""Second syllable of "chưa biết ...": says 0 years only where no years are asked for; it may speak of a tool."""

_WORK_REACH = 5
_WORK = frozenset(
    {
        "lai",
        "chay",
        "dung",
        "may",
        "han",
        "nau",
        "tho",
        "tien",
        "sua",
        "son",
        "moc",
        "pha",
        "cat",
        "bien",
        "ghe",
        "biet",
    }
)
"""Verbs and things of trades: years after them are those of doing the work."""


def read_years(page: Page) -> NumberRead | None:
    """Return the years of experience asked for; 0 where beginners are told that they are welcome.

    A preference is no requirement. Months are fractions of a year.
    """
    welcome = [h for h in page.layer("no_experience") if _welcomes(page, h)]
    sure = [h for h in welcome if page.folded[h.first + 1] not in _WEAK]
    if sure:
        return _none_asked(page, sure[0])
    waived = waiver(page, PRACTICE) or _taught_instead(page)
    if waived is not None:
        return NumberRead(value=0, evidence=waived)
    short = _in_short(page)
    if short is not None:
        return short
    for quantity, first, stop in page.reading.of_kind(QuantityKind.DURATION):
        found = _years(page, quantity, first, stop)
        if found is not None:
            return found
    if welcome:
        return _none_asked(page, welcome[0])
    taken = composed(page, BEGINNERS_TAUGHT) or _beginners(page)
    return None if taken is None else NumberRead(value=0, evidence=taken.evidence)


def _in_short(page: Page) -> NumberRead | None:
    """Return years that are written in shorthand, None where there are none or they are only preferred."""
    for found in (match for pattern in _SHORT for match in pattern.finditer(page.text)):
        first, stop = page.at(found.start()), page.at(found.end() - 1) + 1
        if not page.preferred(first, stop):
            number = float(found["number"])
            value = round(number / 12, 4) if found["unit"] in _MONTHS else number
            return NumberRead(value=value, evidence=page.of_text(*found.span()))
    return None


def _taught_instead(page: Page) -> Span | None:
    """Return where who lacks what was asked is taught it: "...; chưa có thì đăng ký lớp đào tạo"."""
    for found in _INSTEAD.finditer(page.text):
        words = page.folded[page.at(found.start()) : page.at(found.end())]
        if not _REFUSALS & set(words[2:]):
            return page.of_text(*found.span())
    return None


def _beginners(page: Page) -> FlagRead | None:
    """Return where beginners are taken, None where they are not, or turned away."""
    for found in _BEGINNERS.finditer(page.text):
        if not page.negated(page.at(found.start())):
            return FlagRead(value=True, evidence=page.of_text(*found.span()))
    return None


def _welcomes(page: Page, hit: Hit) -> bool:
    turned_away = page.near("turn_away", hit.first, hit.first, before=4)
    refused = page.following("turn_away", hit.stop, reach=3)
    return not turned_away and not refused and hit.first + 1 < len(page.folded)


def _none_asked(page: Page, hit: Hit) -> NumberRead:
    """Return 0 years, with the promise of training that follows at once: "chưa có kinh nghiệm sẽ được đào tạo"."""
    stop = hit.stop
    if page.folded[hit.first] in ("chua", "khong", "ko") and page.folded[hit.first + 1] not in ("yeu", "can"):
        following = page.following("training", hit.stop, reach=5)
        stop = max([stop, *(h.stop for h in following)])
    return NumberRead(value=0, evidence=page.span(hit.first, stop))


def _years(page: Page, quantity: Quantity, first: int, stop: int) -> NumberRead | None:
    """Return the years a duration asks for, None when it speaks of something else."""
    if (
        quantity.low is None
        or not _SPAN.fullmatch(page.text, quantity.at, quantity.to)
        or not 0 < quantity.low <= _LONGEST
        or page.preferred(first, stop)
    ):
        return None
    foreign = [
        h
        for h in page.near("not_experience", first, stop, before=_FOREIGN_BEFORE, after=_FOREIGN_AFTER)
        if page.folded[h.first] not in _FEWER or h.stop == first  # "dưới 45t, kn 2 năm"
    ]
    if foreign and not _turns_beginners_away(page, foreign, first):
        return None
    if _OF_OTHERS.search(page.text, max(0, quantity.at - _OTHERS_REACH), quantity.at):
        return None
    begin, end = page.sentence(first)
    at_least = _with_least(page, first, begin)
    if _is_practised(page, quantity, at_least):
        return NumberRead(value=round(quantity.low, 4), evidence=page.span(at_least, stop + 2))
    if _has_done(page, first, at_least):
        return NumberRead(value=round(quantity.low, 4), evidence=page.span(at_least, stop))
    reach = first - begin if at_least < first else _WORD_BEFORE
    words = page.near("experience", first, stop, before=reach, after=_WORD_AFTER)
    if words:
        near = min(words, key=lambda h: max(first - h.stop, h.first - stop))
        evidence = page.span(min(at_least, near.first if first - near.first <= _FAR else first), max(stop, near.stop))
        return NumberRead(value=round(quantity.low, 4), evidence=evidence)
    if (
        at_least < first
        and (at_least - begin <= 1 or _is_work(page, first) or page.folded[stop : stop + 1] in _DONE)
        and not page.inside("not_experience", begin, end)
    ):
        return NumberRead(value=round(quantity.low, 4), evidence=page.span(at_least, stop))
    return None


def _is_practised(page: Page, quantity: Quantity, first: int) -> bool:
    """Whether the years are those of doing the work: "may được 1 năm trở lên", "đứng bếp 2 năm trở lên"."""
    done = first > 0 and (page.folded[first - 1] == "duoc" or _is_work(page, first))
    return done and _UPWARDS.match(page.text, quantity.to) is not None


def _has_done(page: Page, first: int, at_least: int) -> bool:
    """Whether the clause tells of work that was done: "đã từng lái xe 2 năm", "đã lái xe tải ít nhất 2 năm"."""
    told = page.folded[max(page.clause(first)[0], first - _WORD_BEFORE) : max(at_least - 1, 0)]
    return _TUNG in told or (at_least < first and "da" in told and _is_work(page, first))


def _is_work(page: Page, first: int) -> bool:
    """Whether a verb of a trade stands before syllable *first* in its clause: "lái máy từ 2 năm"."""
    begin = max(page.clause(first)[0], first - _WORK_REACH)
    return bool(_WORK & set(page.folded[begin:first]))


def _turns_beginners_away(page: Page, words: list[Hit], first: int) -> bool:
    """Whether fewer years are turned away: "không nhận thợ dưới 1 năm" asks for one."""
    under = all(page.folded[h.first] in _FEWER and h.stop == first for h in words)
    return under and bool(page.near("turn_away", first, first, before=_WORD_BEFORE))


def _with_least(page: Page, first: int, begin: int) -> int:
    """Return where "ít nhất", "tối thiểu có" or "từ" before *first* begins, else *first*."""
    last = first - 2 if first - 2 >= begin and page.folded[first - 1] == "co" else first - 1
    if last >= begin and page.folded[last] in _LEAST:
        return max(begin, last - 1) if page.folded[last] in ("nhat", "thieu") else last
    return first
