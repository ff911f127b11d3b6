"""What the work gives beside the wage: a bed, meals, a bus, training; and whether money is to be left as a deposit."""

from collections.abc import Callable

from matching.domain.posting import FlagRead
from matching.extraction.lexicon import Hit
from matching.extraction.postings.giving import (
    HOUSING,
    MEALS,
    NO_HOUSING,
    NO_MEALS,
    TRAINING,
    TRANSPORT,
    composed,
)
from matching.extraction.postings.goods import LISTED, goods
from matching.extraction.postings.page import Page
from matching.text.quantities import QuantityKind

_ASSURANCES = frozenset({"dam", "thong", "canh"})
"""Before "bao" these make one word of both: "đảm bảo", "thông báo"."""
_DRIVERS = frozenset({"lai", "tai", "chay", "phu"})
"""Before "xe đưa đón" these make it the work itself."""
_COOKS = frozenset(
    {"nau", "vu", "ban", "giao", "bi", "don", "lam", "nghi", "che", "bien", "mon", "quan", "tiem", "hang"}
)
"""Before "cơm trưa" these make it the work itself, or a break."""
_DISHES = frozenset({"thuc", "do", "noi", "tu"})
"""Before "ăn": "thức ăn", "đồ ăn"; "tự ăn" is one's own affair."""
_PLACES = frozenset(
    {"gan", "tai", "ve", "bao", "quan", "toa", "khu", "cua", "o", "vu", "phong", "don", "lam", "buong", "sinh"}
)
"""Before "ký túc xá" these make it the place of work."""
_SEARCHED = frozenset({"kiem", "tim"})
_BUILT = frozenset({"xay", "son", "thi"})
"""Before "nhà ở công nhân" these make it what is built or painted."""
_PROMISES = frozenset({"co", "bao", "ho", "nuoi", "lo", "duoc", "cap", "sap", "bo", "cung", "an"})
_DUTIES = frozenset({"trien", "khai", "chuc", "hien", "lap", "phoi", "hop", "va"})
"""Before "đào tạo" these make it a duty: "tổ chức đào tạo", "triển khai đào tạo"."""
_SCHOOLS = frozenset({"qua", "truong", "tam", "so", "theo", "bang", "su"})
"""Before "đào tạo" these make it a school, or training that one has had."""
_DEMANDS = frozenset(
    {"phai", "can", "cau", "dong", "nop", "thu", "buoc", "nhan", "truoc", "phuc", "so", "giu", "co", "va", "the"}
)
"""Around "cọc" these, or a sum, make it asked of who applies."""
_WITHHELD = frozenset({"giam", "giu"})
"""Wages kept back need no other word."""
_FOREIGN_REACH, _SUM_REACH = 12, 5
_BUILDERS = frozenset(
    {"xay", "cong", "lam", "son", "ban", "thue", "don", "sinh", "quan", "sua", "an", "khu", "do", "phong"}
)
"""Before "nhà ở" these make it something that is built, let or cleaned; before "ngủ" a thing one sleeps on or in."""
_ALLOWANCES = frozenset({"tro", "phu"})
"""Before "cấp nhà ở" these make it money."""
_PASSENGERS = frozenset({"khach", "hoc", "be", "sep", "tre"})
"""After "xe đưa đón" these make it the work itself."""


def read_housing(page: Page) -> FlagRead | None:
    """Say whether a bed is given; an allowance for rent is none. None when the posting does not say."""
    return _flag(page, "housing", _is_bed) or composed(page, HOUSING, NO_HOUSING, unless=_BUILDERS | _ALLOWANCES)


def read_meals(page: Page) -> FlagRead | None:
    """Say whether meals, or money for them, are given; None when the posting does not say."""
    return _flag(page, "meals", _is_meal) or composed(page, MEALS, NO_MEALS, unless=_COOKS | _DISHES | _ASSURANCES)


def read_transport(page: Page) -> FlagRead | None:
    """Say whether people are fetched; money for petrol or a car for the work is none of it."""
    return _flag(page, "transport", _is_bus) or composed(page, TRANSPORT, unless=_DRIVERS)


def read_training(page: Page) -> FlagRead | None:
    """Say whether beginners are trained; teaching others, or a school one has been to, is no training."""
    return _flag(page, "training", _is_training) or composed(page, TRAINING, unless=_DUTIES | _SCHOOLS)


def read_deposit(page: Page) -> FlagRead | None:
    """Say whether money is to be left with the employer; a customer's deposit is none."""
    return _flag(page, "deposit", _is_deposit)


def _flag(page: Page, layer: str, holds: Callable[[Page, Hit], bool]) -> FlagRead | None:
    """Return the first yes of a layer and of the lists that hold its goods, else their first no."""
    listed = list(goods(page, layer)) if layer in LISTED else []
    left = [page.of_text(found.at, found.to) for found in listed if not found.value]
    denied = None
    for hit in page.layer(layer):
        if page.near("record", hit.first, hit.stop) or _is_assurance(page, hit):
            continue  # without accents "tiền án" looks like "tiền ăn", "đảm bảo an toàn" holds "bao ăn"
        span = page.span(hit.first, hit.stop)
        if hit.code == "no" or _is_negated(page, hit) or any(at < span[1] and span[0] < to for at, to in left):
            denied = denied or span
        elif holds(page, hit):
            return FlagRead(value=True, evidence=span)
    given = next((page.of_text(found.at, found.to) for found in listed if found.value), None)
    if given is not None:
        return FlagRead(value=True, evidence=given)
    denied = denied or next(iter(left), None)
    return None if denied is None else FlagRead(value=False, evidence=denied)


def _is_negated(page: Page, hit: Hit) -> bool:
    """Whether a negator stands right before a phrase; "chưa có công ty cho đi học" tells who is given it."""
    return page.negated(hit.first) and "chua" not in _before(page, hit, 2)


def _is_assurance(page: Page, hit: Hit) -> bool:
    """Whether "bao" ends another word."""
    return page.folded[hit.first] == "bao" and not _ASSURANCES.isdisjoint(_before(page, hit))


def _before(page: Page, hit: Hit, count: int = 1) -> frozenset[str]:
    """Return the syllables right before a phrase in its clause."""
    begin = page.clause(hit.first)[0]
    return frozenset(page.folded[max(begin, hit.first - count) : hit.first])


def _is_bed(page: Page, hit: Hit) -> bool:
    if page.folded[hit.stop : hit.stop + 1] == ["trua"]:
        return False
    first = page.folded[hit.first]
    if first == "cap" and _before(page, hit) & _ALLOWANCES:
        return False
    if first in _PROMISES:
        return True
    return not (_before(page, hit, 2) & (_PLACES | _SEARCHED | _BUILT)) and hit.first >= page.title_stop


def _is_meal(page: Page, hit: Hit) -> bool:
    if page.near("rest", hit.first, hit.stop):
        return page.folded[hit.first] in ("bao", "ho", "phu", "tro", "mien", "nuoi")
    return not _before(page, hit) & _COOKS


def _is_bus(page: Page, hit: Hit) -> bool:
    after = page.folded[hit.stop] if hit.stop < len(page.folded) else ""
    return after not in _PASSENGERS and not _before(page, hit, 3) & _DRIVERS


def _is_training(page: Page, hit: Hit) -> bool:
    if page.folded[hit.first] == "dao" and _before(page, hit, 4) & _DUTIES:
        return False
    return not page.near("training_other", hit.first, hit.stop) and not page.preferred(hit.first, hit.stop)


def _is_deposit(page: Page, hit: Hit) -> bool:
    """Whether the word is about the worker's money: demanded or with a sum, and no customer in its sentence."""
    if page.near("deposit_other", hit.first, hit.stop, before=_FOREIGN_REACH, after=_FOREIGN_REACH):
        return False
    if page.folded[hit.first] in _WITHHELD and "luong" in page.folded[hit.first : hit.stop]:
        return True
    begin, end = page.sentence(hit.first)
    around = page.folded[max(begin, hit.first - 3) : min(end, hit.stop + 4)]
    sums = [page.at(q.at) for q in page.reading.quantities if q.kind in (QuantityKind.MONEY, QuantityKind.DURATION)]
    near = any(begin <= at < end and hit.first - _SUM_REACH <= at <= hit.stop + _SUM_REACH for at in sums)
    return near or bool(_DEMANDS & set(around)) or hit.stop - hit.first == end - begin
