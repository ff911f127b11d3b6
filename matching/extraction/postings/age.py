"""Ages that a posting asks for: ranges, lower and upper limits, and years of birth."""

import re
from dataclasses import dataclass, replace

from matching.domain.posting import AgeRead
from matching.extraction.postings.page import Page

_YOUNGEST, _OLDEST = 14, 75
"""Ages that a posting may ask for."""

_DASH = r"\s*(?:t|tuoi)?\s*(?:-|–|—|~|->|→|đen|den|toi)\s*(?P<under>duoi\s*)?"
_RANGE = re.compile(
    rf"(?<![\w.,/])(?:tu\s*)?(?P<low>\d{{2}}){_DASH}(?P<high>\d{{2}})(?![\d%]|[.,:/]\d|\w*[hk])\s*(?P<word>tuoi|t\b)?"
)
_LOWER = re.compile(
    r"(?<!\w)(?:(?:do\s)?tuoi\s*:?\s*)?(?:tu|tren|du|it nhat|toi thieu|hon|>=?|≥)\s*:?\s*(?:du\s*|tu\s*)?"
    r"(?P<low>\d{2})(?![\d%]|[.,:]\d)\s*(?P<word>tuoi|t\b)?\s*(?P<up>tro len|tro di|\+)?"
)
_UPWARDS = re.compile(r"(?<![\w.,/])(?P<low>\d{2})\s*(?P<word>tuoi|t\b)?\s*(?P<up>tro len|tro di|\+)")
_UPPER = re.compile(
    r"(?<!\w)(?P<how>duoi|khong qua|ko qua|k qua|toi da|max|den|toi|<=?|≤|khong tren|chua qua|chua den|nho hon)\s*:?\s*"
    r"(?P<high>\d{2})(?![\d%]|[.,:]\d)\s*(?P<word>tuoi|t\b)?"
)
_DOWNWARDS = re.compile(r"(?<![\w.,/])(?P<high>\d{2})\s*(?P<word>tuoi|t\b)\s*(?:tro xuong|tro lai)")
_BORN = re.compile(
    r"(?<!\w)(?:sinh nam|sn|nam sinh|sinh tu(?: nam)?"
    r"|tuoi(?=\s*:?\s*(?:tu\s*)?(?:19|20)\d\d))\s*:?\s*(?:tu\s*)?(?:nam\s*)?(?P<first>(?:19|20)?\d{2})"
    r"(?:\s*(?:-|–|—|~|->|→|den|toi)\s*(?:nam\s*)?(?P<last>(?:19|20)?\d{2}))?(?!\d)\s*"
    r"(?P<side>tro ve sau|tro lai|tro len|tro di|tro ve truoc|tro xuong)?"
)
_OF_OTHERS = frozenset({"be", "con", "chau", "tre", "cu", "bao", "ba", "benh", "khach", "hoc", "gia"})
"""Whose age it is, in the syllables before: a child's, an old person's, a patient's."""
_WELCOME = re.compile(
    r"(?:\s(?:con|ma|nhung|neu)(?:\s\w+){1,4})?\s(?:van|cung|thi van)\s(?:\w+\s)?(?:nhan|duoc|dc|ok|lam|tuyen)(?!\w)"
)
"""After an age these say that it is no hindrance: "trên 50 tuổi vẫn nhận", "ngoài 60 còn khoẻ cũng được"."""
_OF_AGE = re.compile(
    r"(?:(?:duoi|tren|(?:tu )?du)\s*18|(?:tu|tren) 1[68] tro len|18\s*\+)(?=\s*(?:[\n.,;!)]|\Z|deu\s))"
)
"""The age of majority needs no "tuổi"."""

_FIT = re.compile(r"(?<!\w)(?:khoe(?: manh)?|suc khoe(?: tot)?|nhanh nhen|sieng nang|cham chi|chiu kho)\s*[,:(]?\s*\Z")
_PEOPLE = re.compile(
    r"(?<!\w)(?:(?:lao dong|nguoi|anh em|ae|chi em|cong nhan|vo chong|ai|ung vien|dan ong|phu nu|thanh nien)(?: nao)?"
    r"|(?:tho|ban|em|anh|chi|co|chu|bac) nao)\s*[,:(]?\s*\Z"
)
"""Right before numbers these make them ages of who is sought: "nam khoẻ mạnh 30 - 55 bốc hàng", "cô nào dưới 55"."""
_ALONE = re.compile(r"\s*(?:[\n.,;!)|]|\Z)")
_EARLIEST_END = 25
_USUAL_LOW, _USUAL_HIGH = frozenset({16, 18, 20, 22, 25}), frozenset({30, 35, 40, 45, 50, 55, 60})
"""Ages that are told by their place alone end after this: "14-22" are hours."""

_AGE_WORDS_REACH = 5
_TURNED_BEFORE, _TURNED_AFTER = 4, 3
_STRICTLY_UNDER = frozenset({"duoi", "<", "chua den", "nho hon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ages:
    low: int | None
    high: int | None
    at: int
    to: int
    sure: bool
    """Whether the word "tuổi" stands in it."""
    born: bool = False
    """Whether it was read from years of birth."""


def read_age(page: Page, *, year: int) -> AgeRead | None:
    """Return the ages asked for, None when the posting does not say or only prefers.

    Parameters
    ----------
    year : int
        Year in which years of birth become ages.

    Notes
    -----
    "dưới 40" is 39 at most, "trên 18" is 18 at least; where men and women are asked for different ages the widest
    range is returned.
    """
    found = [_turned(page, ages) for ages in _candidates(page, year) if _asked(page, ages)]
    if not found:
        return None
    first = found[0]
    together = [a for a in found if a.born == first.born and _belongs(page, a, first)]
    lows = [a.low for a in together if a.low is not None]
    highs = [a.high for a in together if a.high is not None]
    return AgeRead(
        min=min(lows) if lows else None,
        max=max(highs) if highs else None,
        evidence=page.of_text(first.at, max(a.to for a in together)),
    )


def _belongs(page: Page, ages: _Ages, first: _Ages) -> bool:
    """Whether ages complete the first ones: in their line, or their open end in a line of a form."""
    if page.line(page.at(ages.at)) == page.line(page.at(first.at)):
        return True
    return (first.high is None and ages.low is None) or (first.low is None and ages.high is None)


def _candidates(page: Page, year: int) -> list[_Ages]:
    """Return what looks like ages, in the order of the text; a longer reading takes its place from a shorter one."""
    text = page.text
    found: list[_Ages] = []
    for match in _RANGE.finditer(text):
        found.append(_ages(match, int(match["low"]), int(match["high"]) - bool(match["under"])))
    for pattern in (_LOWER, _UPWARDS):
        found += [_ages(m, int(m["low"]), None) for m in pattern.finditer(text)]
    for match in _UPPER.finditer(text):
        high = int(match["high"]) - (match["how"] in _STRICTLY_UNDER)
        found.append(_ages(match, None, high))
    found += [_ages(m, None, int(m["high"])) for m in _DOWNWARDS.finditer(text)]
    found += [_born(m, year) for m in _BORN.finditer(text)]
    kept: list[_Ages] = []
    for ages in sorted(found, key=lambda a: (-(a.low is not None) - (a.high is not None), a.at - a.to)):
        if all(ages.to <= k.at or ages.at >= k.to for k in kept):
            kept.append(ages)
    return sorted(kept, key=lambda a: a.at)


def _ages(match: re.Match[str], low: int | None, high: int | None) -> _Ages:
    at, to = match.span()
    to -= len(match.group()) - len(match.group().rstrip())
    return _Ages(low=low, high=high, at=at, to=to, sure="tuoi" in match.group() or bool(match["word"]))


def _born(match: re.Match[str], year: int) -> _Ages:
    """Return the ages that years of birth give: "1990-2005", "từ 2000 trở lại", "từ 2007 trở về trước"."""
    first = _year(match["first"])
    last = _year(match["last"]) if match["last"] else None
    to = match.end() - (len(match.group()) - len(match.group().rstrip()))
    if last is not None:
        low, high = year - max(first, last), year - min(first, last)
        return _Ages(low=low, high=high, at=match.start(), to=to, sure=True, born=True)
    before = match["side"] in ("tro ve truoc", "tro xuong")
    age = year - first
    return _Ages(
        low=age if before else None, high=None if before else age, at=match.start(), to=to, sure=True, born=True
    )


def _year(text: str) -> int:
    number = int(text)
    if number >= 100:
        return number
    return 1900 + number if number > 30 else 2000 + number


def _asked(page: Page, ages: _Ages) -> bool:
    """Whether the ages are those of the people who are sought."""
    limits = [age for age in (ages.low, ages.high) if age is not None]
    if not all(_YOUNGEST <= age <= _OLDEST for age in limits) or (
        ages.low is not None and ages.high is not None and ages.low >= ages.high
    ):
        return False
    first, stop = page.at(ages.at), page.at(ages.to - 1) + 1
    if page.preferred(first, stop):
        return False
    if ages.high is None and _WELCOME.match(page.text, ages.to):
        return False
    begin = page.clause(first)[0]  # "yêu trẻ, không quá 45 tuổi" is no child's age
    if _OF_OTHERS & set(page.folded[max(begin, first - 3) : first]) and not page.near("age", first, first, before=3):
        return False
    return ages.sure or _spoken_of(page, ages, first, stop)


def _turned(page: Page, ages: _Ages) -> _Ages:
    """Return the ages that are taken where the text names those that are turned away: "không nhận người dưới 18"."""
    first, stop = page.at(ages.at), page.at(ages.to - 1) + 1
    begin = page.clause(first)[0]
    before = [h for h in page.near("turn_away", first, first, before=_TURNED_BEFORE) if h.first >= begin]
    after = page.following("turn_away", stop, reach=_TURNED_AFTER)
    if (not before and not after) or (ages.low is None) == (ages.high is None):
        return ages
    if ages.low is None and ages.high is not None:
        return replace(ages, low=ages.high + 1, high=None)
    return replace(ages, low=None, high=ages.low)


def _spoken_of(page: Page, ages: _Ages, first: int, stop: int) -> bool:
    """Whether numbers without "tuổi" are ages: after "độ tuổi", or, for a range, right after a sex."""
    if _unit_follows(page, ages.to):
        return False
    if page.near("age", first, stop, before=_AGE_WORDS_REACH):
        return True
    if _OF_AGE.match(page.text, ages.at) and not page.near("wage", first, stop, before=_AGE_WORDS_REACH):
        return True
    sexes = [h for h in page.near("gender", first, stop, before=3) if h.code != "neither" and h.stop <= first]
    return (bool(sexes) and sexes[-1].stop >= first - 1) or _stands_for_people(page, ages, first)


def _stands_for_people(page: Page, ages: _Ages, first: int) -> bool:
    """Whether mere numbers are ages by their place: right after who is sought, or a range in a clause of its own."""
    begin = page.reading.text.at[page.sentence(first)[0]]
    is_range = ages.low is not None and ages.high is not None and ages.high > _EARLIEST_END
    if is_range and _FIT.search(page.text, begin, ages.at):
        return True
    alone = _ALONE.match(page.text, ages.to) is not None
    if _PEOPLE.search(page.text, begin, ages.at):
        return is_range or (alone and (ages.low is None or ages.high is None))
    return alone and is_range and first == page.clause(first)[0] and _are_likely(page, ages, first)


def _are_likely(page: Page, ages: _Ages, first: int) -> bool:
    """Whether a range in a clause of its own is one of ages: "Từ 18 tới 50.", beside a sex, or a usual one."""
    if page.text.startswith("tu ", ages.at) or page.inside("gender", *page.sentence(first)):
        return True
    return ages.low in _USUAL_LOW and ages.high in _USUAL_HIGH


_UNIT = re.compile(r"[^\S\n]*(?:(?:tr|trieu|k|cu|nam|thang|gio|h|tieng|ngay|nguoi|kg|km|ng|ca|phut)(?!\w)|[%/])")


def _unit_follows(page: Page, to: int) -> bool:
    return _UNIT.match(page.text, to) is not None
