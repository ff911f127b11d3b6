"""How old a person is, as stated: with or without a word for years."""

from collections.abc import Iterator
from itertools import chain, pairwise

from matching.domain.profile import Span
from matching.extraction.loans import is_lent
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.text.quantities import Quantity, QuantityKind

_YOUNGEST, _OLDEST = 13, 95
"""Ages that a surveyed person may state of themselves."""

_NO_AGE = frozenset({"tu", "nam", "hoi", "luc", "khoang", "tam", "chung"})
"""Before "20t" these, and words for a loan, make it no age of today but one of then, or a sum of money."""

_THIS_YEAR = ("nam", "nay")

_OPENERS = frozenset({"chau", "em", "e", "chi", "anh", "chu", "bac", "co", "ong", "ba", "toi", "tui", "minh", "con"})
"""At the begin of a sentence these, with a bare number that ends its clause behind them: "Cháu 16, mới nghỉ học"."""
_SAYS_NOTHING = frozenset({"ay", "nay", "nam", "moi"})
_CLOSING = frozenset({"roi", "ruoi", "ho"})
"""What may still follow the number."""
_AGE = frozenset({"tuoi"})


def read_age(reading: Reading) -> tuple[int, Span] | None:
    """Return the person's own age and where it stands: not a child's, not "từ hồi 15 tuổi"."""
    ages = [found for found in reading.of_kind(QuantityKind.AGE) if _own_age(reading, *found)]
    if ages:
        quantity = ages[0][0]
        return round(quantity.low or 0), reading.quantity_span(quantity)
    return _age_now(reading) if _age_now in reading.parts else None


def _own_age(reading: Reading, quantity: Quantity, first: int, stop: int) -> bool:
    if quantity.low is None or not _YOUNGEST <= quantity.low <= _OLDEST or quantity.high != quantity.low:
        return False
    begin = reading.clause_bounds(first)[0]
    if begin < first and reading.text.folded[first - 1] in _NO_AGE:
        return False
    if is_lent(reading, first):
        return False
    since = [
        h for h in reading.layer("years_context") if h.code in ("since", "ago") and begin <= h.first and h.stop <= stop
    ]
    kin = [h for h in reading.layer("kin") if begin <= h.first < first and first - h.stop <= 3]
    return not kin and not any(first - h.stop <= 2 for h in since)


@told_by(_THIS_YEAR)
def _this_year(reading: Reading) -> Iterator[int]:
    """Yield where a number that ends its clause follows "năm nay": "cháu năm nay 17, ..."."""
    text = reading.text
    for number, words in enumerate(pairwise(text.folded), start=2):
        if words == _THIS_YEAR and number < len(text) and number + 1 == reading.clause_bounds(number)[1]:
            yield number


def _of_the_speaker(reading: Reading) -> Iterator[int]:
    """Yield where the speaker's bare number stands: "Chú 63 rồi, ...", "tuổi 38 họ không lấy"."""
    words = reading.text.folded
    for begin in reading.sentences.starts:
        if words[begin] not in _OPENERS:
            continue
        end = reading.clause_bounds(begin)[1]
        i = reading.past(begin + 1, end, _SAYS_NOTHING)
        if i < end and reading.past(i + 1, end, _CLOSING) == end:
            yield i
    yield from (i + 1 for i in reading.where(_AGE) if i + 1 < reading.clause_bounds(i)[1])


@told_by(*map(str, range(_YOUNGEST, _OLDEST + 1)))
def _age_now(reading: Reading) -> tuple[int, Span] | None:
    """Return the age of "vô đó từ năm 19 tuổi, giờ 27": a bare number after a word for now, when ages are spoken of."""
    nows = [h.stop for h in reading.layer("now")] if reading.of_kind(QuantityKind.AGE) else []
    for i in chain(reading.all_told((_this_year,)), _of_the_speaker(reading), nows):
        if i < len(reading.text) and reading.text.folded[i].isdigit():
            age = int(reading.text.folded[i])
            if _YOUNGEST <= age <= _OLDEST and not any(f <= i < s for _, f, s in reading.of_kind(QuantityKind.AGE)):
                return age, reading.text.span(i, i + 1)
    return None
