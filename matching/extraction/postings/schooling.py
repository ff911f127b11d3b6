"""The schooling that a posting asks for, as a grade of school."""

import re

from matching.domain.posting import NumberRead
from matching.extraction.lexicon import Hit
from matching.extraction.postings.page import Page
from matching.extraction.postings.waivers import DIPLOMA, waiver

_ANYBODY = re.compile(
    rf"(?<!\w){DIPLOMA}\s*[:\-]\s*(?:lao dong pho thong|ldpt)(?!\w)|(?<!\w)biet doc\s*[,/&]\s*(?:biet )?viet(?!\w)"
)
"""Who works with their hands, or reads and writes, has learnt enough."""
_HIGHEST_GRADE = 12
VOCATIONAL_GRADE, COLLEGE_GRADE = 9, 12
"""Grades that a vocational school and a college build on."""
_HEAD_BEFORE, _HEAD_AFTER = 7, 4


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
    waived = waiver(page, DIPLOMA)
    if waived is None and (plain := _ANYBODY.search(page.text)):
        waived = page.of_text(*plain.span())
    return None if waived is None else NumberRead(value=0, evidence=waived)


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
