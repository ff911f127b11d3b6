"""Clauses about who a candidate is: a sex, a clean background."""

import re
from collections.abc import Iterator

from matching.domain.posting import GenderClauseRead, RecordClauseRead
from matching.domain.profile import Span
from matching.domain.vocabulary import GenderClause, RecordClause
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION
from matching.extraction.postings.page import Page

_SOUGHT = frozenset(
    {
        "tuyen", "can", "hop", "nhan", "lay", "tim", "thue", "tinh", "la", "vien", "dong", "cong", "tho", "nguoi",
        "ban", "cau", "nv", "cn", "ld", "ldpt", "nvbh", "uv", "gioi", "em", "su", "luong", "them", "gap", "chi",
    }
)  # fmt: skip
"""Syllables right before a sex that make it the sex of who is sought."""
_NORTH = "bac"
"""Before "Nam" it makes it the south: "chạy Bắc – Nam"."""
_YEAR_AFTER = frozenset({"kinh", "kn", "tro", "exp", "lien", "dau", "nay", "hoc", "tuoi", "lam", "ke"})
_YEAR_BEFORE = frozenset({"moi", "hang", "hoc", "mot", "hai", "ba", "cuoi", "trong", "sau", "thu", "1", "theo", "sinh"})
"""Around "nam" typed without its accent these make it a year."""
_OPPOSITE = {GenderClause.MALE: GenderClause.FEMALE, GenderClause.FEMALE: GenderClause.MALE}


def read_gender(page: Page) -> GenderClauseRead:
    """Return the sex that is asked for; NONE for both, for a preference, and where nothing is said."""
    hits = page.layer("gender")
    if any(h.code == "both" for h in hits):
        return GenderClauseRead()
    asked: dict[GenderClause, tuple[int, int]] = {}
    for hit in hits:
        if hit.code in ("male", "female") and _is_demanded(page, hit):
            sex = GenderClause(hit.code)
            begin = page.clause(hit.first)[0]
            turned = [h for h in page.near("turn_away", hit.first, hit.first, before=3) if h.first >= begin]
            turned += page.right_after("turn_away", hit.stop)
            sex, first = (_OPPOSITE[sex], min(turned[0].first, hit.first)) if turned else (sex, _with_word(page, hit))
            asked.setdefault(sex, page.span(first, hit.stop))
    if len(asked) != 1:
        return GenderClauseRead()
    value, evidence = next(iter(asked.items()))
    return GenderClauseRead(value=value, evidence=evidence)


_WELCOME = re.compile(r"(?<!\w)(?:deu|cung|van)\s(?:lam\s)?(?:duoc|nhan|ok)(?!\w)")
"""After a sex in its sentence these make it one of several who are taken: "phụ nữ, người già đều làm được"."""


def _is_demanded(page: Page, hit: Hit) -> bool:
    """Whether a sex is that of the people who are sought, and more than welcome or preferred."""
    if not _is_sought(page, hit) or page.preferred(hit.first, hit.stop):
        return False
    stop = page.sentence(hit.first)[1]
    return _WELCOME.search(page.text, page.reading.text.to[hit.stop - 1], page.reading.text.to[stop - 1]) is None


def _is_sought(page: Page, hit: Hit) -> bool:
    """Whether the word tells the sex of the people who are sought, not of customers or clothes."""
    before = page.folded[hit.first - 1] if hit.first else ""
    if _is_year(page, hit, before) or before == _NORTH:
        return False
    if hit.first in (page.clause(hit.first)[0], page.sentence(hit.first)[0]):
        return True
    if before in _SOUGHT or before.isdigit():
        return True
    return any(o.stop == hit.first for o in page.layer(OCCUPATION))


def _is_year(page: Page, hit: Hit, before: str) -> bool:
    """Whether "nam" without accents is the word for a year."""
    around = page.reading.text.source.original[slice(*page.span(*page.sentence(hit.first)))]
    if hit.stop - hit.first > 1 or page.folded[hit.first] != "nam" or not around.isascii():
        return False
    after = page.folded[hit.stop] if hit.stop < page.sentence(hit.first)[1] else ""
    if len(after) == 4 and after.isdigit():
        return True
    if before.isdigit():  # "5 nam" are men only where men are counted: "cần 5 nam bốc xếp"
        counted = page.near("recruit", hit.first, hit.first, before=4)
        return not counted or bool(page.near("experience", hit.first, hit.stop, before=5, after=3))
    return after in _YEAR_AFTER or (before in _YEAR_BEFORE and not after.isdigit())


def _with_word(page: Page, hit: Hit) -> int:
    """Return where "giới tính" right before the sex begins, else where the sex does."""
    begin = page.line(hit.first)[0]
    if hit.first - 2 >= begin and page.folded[hit.first - 2 : hit.first] == ["gioi", "tinh"]:
        return hit.first - 2
    return hit.first


_STAIN = r"(?:tien an(?! trua| ca| sang| toi| uong)|tien su(?! benh)|an tich|an hinh su|an treo)"
_CONVICTED = (
    r"(?:(?:di|ngoi|o|vao|ra) tu|bi (?:ket an|truy to|khoi to|xu ly hinh su|phat tu|an)|pham toi|"
    r"(?:mang|dinh|co) an(?! tuong| toan)|(?:vuong|dinh) (?:vao )?(?:vong )?lao ly)"
)
_WITHOUT = re.compile(
    rf"(?<!\w)(?:khong|ko|k|chua|hong|chang)(?: (?:he|tung|bao gio|duoc|co|bi|dinh|mang|vuong|lien quan|den|toi|gi))* "
    rf"(?:{_STAIN}|{_CONVICTED})(?!\w)"
)
"""Nobody with a record: "chưa từng ngồi tù", "không vướng tiền sự"."""
_LAWFUL = re.compile(
    r"(?<!\w)(?:khong|ko|k|chua|chang)(?: (?:he|tung|bao gio|co))* "
    r"(?:vi pham|pham|dinh|dinh dang|dinh liu|vuong|vuong mac|lien quan|co van de)(?: (?:den|toi|vao|ve|gi))* "
    r"phap luat(?! lao dong)"
)
"""Nobody in trouble with the law: "không dính dáng tới pháp luật"."""
_WITH = re.compile(rf"(?<!\w)(?:{_STAIN}|{_CONVICTED})(?!\w)")
_TURNED_REACH = 5
_TAKEN = re.compile(r"(?: \w+){0,2}? (?:van|cung|deu) (?:nhan|duoc|dc|ok|tuyen|lam|lay)(?!\w)")
"""After a past these say that it is no hindrance: "người có án tích vẫn nhận"."""
_SPELT = {"an": "án", "tien": "tiền", "su": "sự", "tu": "tù", "toi": "tội", "o": "ở"}


def read_record(page: Page) -> RecordClauseRead:
    """Return what is asked of a candidate's past: a clean background in words, or proof of it.

    The personal data sheet ("sơ yếu lý lịch") is a paper like others and says nothing.
    """
    hits = [h for h in page.layer("record") if h.code != "none" and not _waived(page, h)]
    hard = [page.span(h.first, h.stop) for h in hits if h.code == "hard"] or list(_turned_away(page))[:1]
    if hard:
        return RecordClauseRead(value=RecordClause.HARD, evidence=hard[0])
    for hit in hits:
        return RecordClauseRead(value=RecordClause(hit.code), evidence=page.span(hit.first, hit.stop))
    lawful = _LAWFUL.search(page.text)
    return (
        RecordClauseRead(value=RecordClause.SOFT, evidence=page.of_text(*lawful.span()))
        if lawful
        else RecordClauseRead()
    )


def _turned_away(page: Page) -> Iterator[Span]:
    """Yield where people with a record are turned away in words that the table does not have."""
    for found in (*_WITHOUT.finditer(page.text), *_WITH.finditer(page.text)):
        first, stop = page.at(found.start()), page.at(found.end() - 1) + 1
        if (
            page.near("record", first, stop)
            or _TAKEN.match(page.text, found.end())
            or not page.is_spelt(*found.span(), _SPELT)
        ):
            continue  # the table has said what it is: "không phân biệt tiền án"
        refused = page.near("turn_away", first, first, before=_TURNED_REACH)
        refused += page.following("turn_away", stop, reach=2)
        if found.re is _WITHOUT or refused:
            yield page.span(min([first, *(h.first for h in refused)]), max([stop, *(h.stop for h in refused)]))


_WAIVERS = frozenset({"cau", "can", "hoi", "doi", "biet", "trong"})


def _waived(page: Page, hit: Hit) -> bool:
    """Whether "không cần", "không yêu cầu" stands right before the clause."""
    return any(
        0 <= hit.first - n.stop <= 1 and page.folded[n.stop - 1] in _WAIVERS
        for n in page.layer("negator")
    )  # fmt: skip
