"""What the work gives beside the wage: a bed, meals, a bus, training; and whether money is to be left as a deposit."""

from collections.abc import Callable

from matching.domain.posting import FlagRead
from matching.extraction.lexicon import Hit
from matching.extraction.postings.page import Page

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
_FOREIGN_REACH = 5


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
    return _flag(page, "training", _is_training)


def read_deposit(page: Page) -> FlagRead | None:
    """Say whether money is to be left with the employer; a customer's deposit is none."""
    return _flag(page, "deposit", _is_deposit)


def _flag(page: Page, layer: str, holds: Callable[[Page, Hit], bool]) -> FlagRead | None:
    """Return the first yes of a layer, else its first no."""
    denied = None
    for hit in page.layer(layer):
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
    return not page.near("training_other", hit.first, hit.stop) and not page.preferred(hit.first, hit.stop)


def _is_deposit(page: Page, hit: Hit) -> bool:
    return not page.near("deposit_other", hit.first, hit.stop, before=_FOREIGN_REACH, after=_FOREIGN_REACH)
