"""What a posting asks people to have done and learnt: years of experience, schooling."""

import re

from matching.domain.posting import NumberRead
from matching.extraction.lexicon import Hit
from matching.extraction.postings.page import Page
from matching.text.quantities import Quantity, QuantityKind

_FORM = r"(?<!\w)(?:{label})\s*[:\-]\s*(?:khong|ko|k|chua)\s?(?:yeu cau|can|bat buoc|doi hoi|co)?(?=\s*(?:[\n.,;)]|\Z))"
_NO_EXPERIENCE = re.compile(
    _FORM.format(label="kinh nghiem|kn|so nam kinh nghiem")
    + r"|(?<!\w)(?:khong|ko|k) (?:yeu cau|can)(?: ve)? (?:bang cap|trinh do|tay nghe)\s*[,/&]\s*"
    r"(?:kinh nghiem|kn)(?!\w)"
)
_PLUS = re.compile(r"(?<![\w.,])(?P<years>\d{1,2})\s?\+\s*(?:nam|years?)\s(?:of\s)?(?:kinh nghiem|kn|experience)(?!\w)")
_SCHOOLING_LABEL = r"trinh do|hoc van|trinh do hoc van|bang cap|trinh do van hoa|van hoa"
_NO_SCHOOLING = re.compile(
    _FORM.format(label=_SCHOOLING_LABEL) + rf"|(?<!\w)(?:{_SCHOOLING_LABEL})\s*[:\-]\s*(?:lao dong pho thong|ldpt|"
    r"(?:khong|ko|k) quan trong)(?!\w)"
)
"""Lines of forms: "Kinh nghiệm: không yêu cầu"."""
_SPAN = re.compile(r"(?:\d|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua).*(?:nam|nawm|thang|tuan)(?: ruoi)?", re.DOTALL)
"""How postings write a span of time: "chức vụ" is no ten seasons."""
_LONGEST = 30
_WORD_BEFORE, _WORD_AFTER = 7, 4
"""Syllables between the word for experience and its years."""
_LEAST = frozenset({"nhat", "thieu", "tren", "hon", "tu"})
"""Last syllable of "ít nhất", "tối thiểu": a number of years after it is asked for also without the word."""
_FEWER = frozenset({"duoi", "chua"})
_UPWARDS = re.compile(r"\s*tro len(?!\w)")
_FAR = 12
"""Syllables beyond which the word for experience is left out of the evidence."""
_FOREIGN_BEFORE, _FOREIGN_AFTER = 3, 3
_WEAK = frozenset({"biet", "tung", "ranh"})
"""Second syllable of "chưa biết ...": says 0 years only where no years are asked for; it may speak of a tool."""

_WORK_REACH = 5
_WORK = frozenset(
    {"lai", "chay", "dung", "may", "han", "nau", "tho", "tien", "sua", "son", "moc", "pha", "cat", "bien", "ghe"}
)
"""Verbs and things of trades: years after them are those of doing the work."""

_HIGHEST_GRADE = 12
VOCATIONAL_GRADE, COLLEGE_GRADE = 9, 12
"""Grades that a vocational school and a college build on."""
_HEAD_BEFORE, _HEAD_AFTER = 7, 4


def read_years(page: Page) -> NumberRead | None:
    """Return the years of experience asked for; 0 where beginners are told that they are welcome.

    A preference is no requirement. Months are fractions of a year.
    """
    welcome = [h for h in page.layer("no_experience") if _welcomes(page, h)]
    sure = [h for h in welcome if page.folded[h.first + 1] not in _WEAK]
    if sure:
        return _none_asked(page, sure[0])
    form = _NO_EXPERIENCE.search(page.text)
    if form:
        return NumberRead(value=0, evidence=page.of_text(*form.span()))
    plus = _PLUS.search(page.text)
    if plus:
        return NumberRead(value=float(plus["years"]), evidence=page.of_text(*plus.span()))
    for quantity, first, stop in page.reading.of_kind(QuantityKind.DURATION):
        found = _years(page, quantity, first, stop)
        if found is not None:
            return found
    return _none_asked(page, welcome[0]) if welcome else None


def _welcomes(page: Page, hit: Hit) -> bool:
    turned_away = page.near("turn_away", hit.first, hit.first, before=4)
    refused = [h for h in page.near("turn_away", hit.stop, hit.stop, after=3) if h.first >= hit.stop]
    return not turned_away and not refused and hit.first + 1 < len(page.folded)


def _none_asked(page: Page, hit: Hit) -> NumberRead:
    """Return 0 years, with the promise of training that follows at once: "chưa có kinh nghiệm sẽ được đào tạo"."""
    stop = hit.stop
    if page.folded[hit.first] in ("chua", "khong", "ko") and page.folded[hit.first + 1] not in ("yeu", "can"):
        following = page.near("training", hit.stop, hit.stop, after=5)
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
    begin, end = page.sentence(first)
    if _is_practised(page, quantity, first):
        return NumberRead(value=round(quantity.low, 4), evidence=page.span(first, stop + 2))
    at_least = _with_least(page, first, begin)
    reach = first - begin if at_least < first else _WORD_BEFORE
    words = page.near("experience", first, stop, before=reach, after=_WORD_AFTER)
    if words:
        near = min(words, key=lambda h: max(first - h.stop, h.first - stop))
        evidence = page.span(min(at_least, near.first if first - near.first <= _FAR else first), max(stop, near.stop))
        return NumberRead(value=round(quantity.low, 4), evidence=evidence)
    if (
        at_least < first
        and (at_least - begin <= 1 or _is_work(page, first))
        and not page.inside("not_experience", begin, end)
    ):
        return NumberRead(value=round(quantity.low, 4), evidence=page.span(at_least, stop))
    return None


def _is_practised(page: Page, quantity: Quantity, first: int) -> bool:
    """Whether the years are those of doing the work: "may được 1 năm trở lên", "đứng bếp 2 năm trở lên"."""
    done = first > 0 and (page.folded[first - 1] == "duoc" or _is_work(page, first))
    return done and _UPWARDS.match(page.text, quantity.to) is not None


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


def read_schooling(page: Page) -> NumberRead | None:
    """Return the lowest grade that is enough, None when the posting does not say or only prefers.

    A vocational school counts as grade 9, a college as 12; "không yêu cầu bằng cấp" is 0. Where school grades are
    named beside schools that build on them, the grades count.
    """
    asked = [(grade, h) for h in page.layer("schooling") if (grade := _grade(page, h)) is not None]
    levels = [(g, h) for g, h in asked if h.code not in ("0", "vocational", "college")]
    schools = [(g, h) for g, h in asked if h.code in ("vocational", "college")]
    nothing = [(g, h) for g, h in asked if h.code == "0"]
    for found in (levels, schools, nothing):
        if found:
            lowest = min(grade for grade, _ in found)
            return NumberRead(value=lowest, evidence=_with_head(page, found[0][1]))
    form = _NO_SCHOOLING.search(page.text)
    return NumberRead(value=0, evidence=page.of_text(*form.span())) if form else None


def _grade(page: Page, hit: Hit) -> int | None:
    """Return the grade a phrase asks for, None when it asks for none."""
    if page.preferred(hit.first, hit.stop):
        return None
    if hit.code == "0":
        return 0
    others = page.near("schooling_other", hit.first, hit.stop, before=5, after=1)
    if others and not _heads(page, hit, own=("tot", "tn")):
        return None
    if page.folded[hit.first - 1 if hit.first else 0] in ("ngay", "sau", "duoi"):
        return None
    if hit.code == "grade":
        return _number_after(page, hit)
    if not _heads(page, hit):
        return None
    if hit.code == "vocational":
        return VOCATIONAL_GRADE
    return COLLEGE_GRADE if hit.code == "college" else int(hit.code)


def _number_after(page: Page, hit: Hit) -> int | None:
    """Return the grade of "lớp 8/12", "văn hóa 9/12"; None when no grade follows."""
    end = page.sentence(hit.first)[1]
    for i in range(hit.stop, min(hit.stop + 2, end)):
        word = page.folded[i]
        if word.isdigit() and 1 <= int(word) <= _HIGHEST_GRADE:
            out_of = i + 1 < end and page.folded[i + 1] == "12"
            return int(word) if out_of or page.folded[hit.first] == "lop" else None
    return None


def _heads(page: Page, hit: Hit, own: tuple[str, ...] = ()) -> list[Hit]:
    """Return the words around a level that make it a requirement: "tốt nghiệp", "trình độ", "trở lên"."""
    around = page.near("schooling_head", hit.first, hit.stop, before=_HEAD_BEFORE, after=_HEAD_AFTER)
    return [h for h in around if not own or page.folded[h.first] in own]


def _with_head(page: Page, hit: Hit) -> tuple[int, int]:
    """Return the span of a level with the words that make it a requirement."""
    heads = [h for h in _heads(page, hit) if hit.first - h.stop <= 2 and h.first - hit.stop <= 1]
    return page.span(min([hit.first, *(h.first for h in heads)]), max([hit.stop, *(h.stop for h in heads)]))
