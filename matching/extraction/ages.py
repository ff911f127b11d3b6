"""How old a person is, as stated: with or without a word for years."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise, product

from matching.domain.profile import Span
from matching.extraction.loans import is_lent
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.text.numbers import YEARS_OF_LIFE, years_of_life
from matching.text.quantities import Quantity, QuantityKind

_YOUNGEST, _OLDEST = 13, 95
"""Ages that a surveyed person may state of themselves."""

_NO_AGE = frozenset(
    {"tu", "nam", "hoi", "luc", "khoang", "tam", "chung", "gan", "ngoai", "hon", "tren", "duoi", "sap", "ngot", "du"}
)
"""Before "20t" these, and words for a loan, make it no age of today but one of then, or a sum of money."""

_THIS_YEAR = ("nam", "nay")

_OPENERS = frozenset({"chau", "em", "e", "chi", "anh", "chu", "bac", "co", "ong", "ba", "toi", "tui", "minh", "con"})
"""At the begin of a sentence these, with a bare number that ends its clause behind them: "Cháu 16, mới nghỉ học"."""
_SAYS_NOTHING = frozenset({"ay", "nay", "nam", "moi", "da", "cung", "duoc", "vua", "tron", "thi", "la", "ni"})
_CLOSING = frozenset({"roi", "ruoi", "ho", "a", "day", "thoi", "tuoi", "dau", "chu", "nha"})
"""What may still follow the number."""
_POLITE = frozenset({"da", "thua", "vang"})
_NAMES = frozenset({"nam", "tu"})
"""Behind a word for an elder these are a name: the fifth, the fourth of a family."""
_OF_OTHERS = frozenset({"anh", "chi", "ong", "ba", "chu", "bac", "co", "nam", "nu"})
"""These may have a name behind them: "anh T 41, đã có vợ"."""
_AGE = frozenset({"tuoi"})
_OF_WHOM = frozenset({"doi", "em", "toi", "tui", "chau", "minh", "nay", "la", "moi", "da", "duoc", "cua", "con"})
"""Between "tuổi" and its number."""
_OLD = frozenset({"cu"})
"""A last syllable of a word for an elder whom an officer writes about: "ông cụ 66t, còn khỏe"."""
_LONGEST_SPOKEN = 3
_DIGITS = ("mot", "hai", "ba", "bon", "tu", "nam", "lam", "sau", "bay", "tam", "chin")
"""What an age in words has beside its tens."""


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
    if begin < first and reading.text.folded[first - 1] in _NO_AGE and not _is_a_name(reading, first - 1):
        return False
    if is_lent(reading, first):
        return False
    since = [
        h for h in reading.layer("years_context") if h.code in ("since", "ago") and begin <= h.first and h.stop <= stop
    ]
    kin = [h for h in reading.layer("kin") if begin <= h.first < first and first - h.stop <= 3]
    if len(kin) == 1 and kin[0].first == 0 and reading.text.folded[kin[0].stop - 1] in _OLD:
        kin = []
    return not kin and not any(first - h.stop <= 2 for h in since)


def _is_a_name(reading: Reading, i: int) -> bool:
    """Whether syllable *i* is how an elder is called: "bác Năm 63 tuổi"."""
    return i > 0 and reading.text.folded[i] in _NAMES and reading.text.folded[i - 1] in _OF_OTHERS


@told_by(_THIS_YEAR)
def _this_year(reading: Reading) -> Iterator[int]:
    """Yield where a number that ends its clause follows "năm nay": "cháu năm nay 17, ..."."""
    for behind, words in enumerate(pairwise(reading.text.folded), start=2):
        if words == _THIS_YEAR and behind < len(reading.text):
            number = reading.past(behind, reading.clause_bounds(behind)[1], _OPENERS | _SAYS_NOTHING)
            if _ends_clause(reading, number):
                yield number


def _ends_clause(reading: Reading, i: int) -> bool:
    """Whether the number at syllable *i* ends its clause, or "rồi" follows it."""
    if i >= len(reading.text):
        return False
    words, end = reading.text.folded, reading.clause_bounds(i)[1]
    stop = i + _length(reading, i)
    return stop > i and (reading.past(stop, end, _CLOSING) == end or (stop < end and words[stop] == "roi"))


def _length(reading: Reading, i: int) -> int:
    """Return how many syllables from *i* on are one number of years of a life, 0 where none is."""
    words, end = reading.text.folded, reading.clause_bounds(i)[1]
    if words[i].isdigit():
        return 1
    for length in range(min(_LONGEST_SPOKEN, end - i), 1, -1):
        if re.fullmatch(YEARS_OF_LIFE, " ".join(words[i : i + length])):
            return length
    return 0


def _of_the_speaker(reading: Reading) -> Iterator[int]:
    """Yield where the speaker's bare number stands: "Chú 63 rồi, ...", "tuổi 38 họ không lấy"."""
    words = reading.text.folded
    for begin in reading.sentences.starts:
        if words[begin] in _POLITE:
            begin = reading.past(begin, reading.clause_bounds(begin)[1], _POLITE)
        if begin == len(words) or words[begin] not in _OPENERS:
            continue
        end = reading.clause_bounds(begin)[1]
        i = reading.past(begin + 1, end, _SAYS_NOTHING)
        if words[begin] in _OF_OTHERS and i < end and reading.text.typed(i)[:1].isupper() and i + 1 < end:
            i += 1
        if i < end and _ends_clause(reading, i):
            yield i
    for i in reading.where(_AGE):
        number = reading.past(i + 1, reading.clause_bounds(i)[1], _OF_WHOM)
        if number == len(words) or not (number < reading.clause_bounds(i)[1] or reading.after_colon(number)):
            continue
        if words[number].isdigit() or _ends_clause(reading, number):
            yield number


@told_by(
    *map(str, range(_YOUNGEST, _OLDEST + 1)),
    *product(["ham", "bam", "muoi"], _DIGITS),
    *product(_DIGITS, ["muoi", "mot", "tu", "lam"]),
)
def _age_now(reading: Reading) -> tuple[int, Span] | None:
    """Return the age of "vô đó từ năm 19 tuổi, giờ 27": a bare number after a word for now, when ages are spoken of."""
    nows = [h.stop for h in reading.layer("now")] if reading.of_kind(QuantityKind.AGE) else []
    for i in chain(reading.all_told((_this_year,)), _of_the_speaker(reading), nows):
        length = _length(reading, i) if i < len(reading.text) else 0
        if not length:
            continue
        age = years_of_life(" ".join(reading.text.folded[i : i + length]))
        if age is not None and _YOUNGEST <= age <= _OLDEST and not _is_counted(reading, i):
            return int(age), reading.text.span(i, i + length)
    return None


def _is_counted(reading: Reading, i: int) -> bool:
    """Whether the number at syllable *i* is one of a quantity that is told in full."""
    counted = (*reading.of_kind(QuantityKind.AGE), *reading.of_kind(QuantityKind.DURATION))
    return any(first <= i < stop for _, first, stop in counted)
