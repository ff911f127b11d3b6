"""What the work gives beside the wage: a bed, meals, a bus, training; and whether money is to be left as a deposit."""

import re
from collections.abc import Callable

from matching.domain.posting import FlagRead
from matching.extraction.lexicon import Hit
from matching.extraction.postings.page import Page
from matching.text.quantities import QuantityKind

_DRIVERS = frozenset({"lai", "tai", "chay", "phu"})
"""Before "xe đưa đón" these make it the work itself."""
_COOKS = frozenset(
    {"nau", "vu", "ban", "giao", "bi", "don", "lam", "nghi", "che", "bien", "mon", "quan", "tiem", "hang"}
)
"""Before "cơm trưa" these make it the work itself, or a break."""
_PLACES = frozenset({"tai", "ve", "bao", "quan", "toa", "khu", "cua", "o", "vu", "phong"})
"""Before "ký túc xá" these make it the place of work."""
_SEARCHED = frozenset({"kiem", "tim"})
_PROMISES = frozenset({"co", "bao", "ho", "nuoi", "lo", "duoc", "cap", "sap", "bo", "cung", "an"})
_DUTIES = frozenset({"trien", "khai", "chuc", "hien", "lap", "phoi", "hop", "va"})
"""Before "đào tạo" these make it a duty: "tổ chức đào tạo", "triển khai đào tạo"."""
_DEMANDS = frozenset(
    {"phai", "can", "cau", "dong", "nop", "thu", "buoc", "nhan", "truoc", "phuc", "so", "giu", "co", "va", "the"}
)
"""Around "cọc" these, or a sum, make it asked of who applies."""
_FOREIGN_REACH, _SUM_REACH = 12, 5
_TEACHES = (
    r"(?:dao tao|kem cap|kem viec|kem|day nghe|day viec|day|chi viec|chi|huong dan|training)"
    r"(?:\s(?:cho|lai|them|tu dau|tan tinh|mien phi))?"
)
_CLAUSE_ENDS = r"\s*(?:[\n.,;!)]|\Z)"
_TAUGHT = re.compile(
    r"(?<!\w)(?:quan|tiem|xuong|trai|shop|cua hang|nha hang|khach san|salon|garage|gara|cong ty|cty|chu|ky thuat|"
    r"to truong|truong ca|truong nhom|quan ly|tho chinh|tho ca|tho cu|nguoi cu|thay|anh em|ben em|ben minh)"
    rf"\s(?:se\s|co\s)?{_TEACHES}(?={_CLAUSE_ENDS})"
    rf"|(?:(?<=\n)|(?<=, )|(?<=- )|(?<=\. ))(?:hoc viec|hoc nghe|{_TEACHES})"
    r"\s\d{1,2}(?:\s?-\s?\d{1,2})?\s(?:ngay|buoi|tuan|thang)"
    r"(?:\sdau)?(?!\w)"
)
"""Somebody of the place who teaches ("khách sạn đào tạo"), or a time of learning ("hướng dẫn 3 ngày")."""


def read_housing(page: Page) -> FlagRead | None:
    """Say whether a bed is given; an allowance for rent is none. None when the posting does not say."""
    return _flag(page, "housing", _is_bed)


def read_meals(page: Page) -> FlagRead | None:
    """Say whether meals, or money for them, are given; None when the posting does not say."""
    return _flag(page, "meals", _is_meal)


def read_transport(page: Page) -> FlagRead | None:
    """Say whether people are fetched; money for petrol or a car for the work is none of it."""
    return _flag(page, "transport", _is_bus)


def read_training(page: Page) -> FlagRead | None:
    """Say whether beginners are trained; teaching others, or a school one has been to, is no training."""
    found = _flag(page, "training", _is_training)
    taught = None if found is not None else _TAUGHT.search(page.text)
    return found if taught is None else FlagRead(value=True, evidence=page.of_text(*taught.span()))


def read_deposit(page: Page) -> FlagRead | None:
    """Say whether money is to be left with the employer; a customer's deposit is none."""
    return _flag(page, "deposit", _is_deposit)


def _flag(page: Page, layer: str, holds: Callable[[Page, Hit], bool]) -> FlagRead | None:
    """Return the first yes of a layer, else its first no."""
    denied = None
    for hit in page.layer(layer):
        if page.near("record", hit.first, hit.stop):  # without accents "tiền án" looks like "tiền ăn"
            continue
        if hit.code == "no" or page.negated(hit.first):
            denied = denied or hit
        elif holds(page, hit):
            return FlagRead(value=True, evidence=page.span(hit.first, hit.stop))
    return None if denied is None else FlagRead(value=False, evidence=page.span(denied.first, denied.stop))


def _before(page: Page, hit: Hit, count: int = 1) -> frozenset[str]:
    """Return the syllables right before a phrase in its clause."""
    begin = page.clause(hit.first)[0]
    return frozenset(page.folded[max(begin, hit.first - count) : hit.first])


def _is_bed(page: Page, hit: Hit) -> bool:
    first = page.folded[hit.first]
    if first in _PROMISES:
        return True
    return not (_before(page, hit, 2) & (_PLACES | _SEARCHED)) and hit.first >= page.title_stop


def _is_meal(page: Page, hit: Hit) -> bool:
    if page.near("rest", hit.first, hit.stop):
        return page.folded[hit.first] in ("bao", "ho", "phu", "tro", "mien", "nuoi")
    return not _before(page, hit) & _COOKS


def _is_bus(page: Page, hit: Hit) -> bool:
    return not _before(page, hit, 3) & _DRIVERS


def _is_training(page: Page, hit: Hit) -> bool:
    if page.folded[hit.first] == "dao" and _before(page, hit, 4) & _DUTIES:
        return False
    return not page.near("training_other", hit.first, hit.stop) and not page.preferred(hit.first, hit.stop)


def _is_deposit(page: Page, hit: Hit) -> bool:
    """Whether the word is about the worker's money: demanded or with a sum, and no customer in its sentence."""
    if page.near("deposit_other", hit.first, hit.stop, before=_FOREIGN_REACH, after=_FOREIGN_REACH):
        return False
    begin, end = page.sentence(hit.first)
    around = page.folded[max(begin, hit.first - 3) : min(end, hit.stop + 4)]
    sums = [page.at(q.at) for q in page.reading.quantities if q.kind in (QuantityKind.MONEY, QuantityKind.DURATION)]
    near = any(begin <= at < end and hit.first - _SUM_REACH <= at <= hit.stop + _SUM_REACH for at in sums)
    return near or bool(_DEMANDS & set(around)) or hit.stop - hit.first == end - begin
