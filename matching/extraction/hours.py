"""From when and until when somebody can work, told by clock times and the words beside them."""

from collections.abc import Iterator
from itertools import pairwise

from matching.domain.profile import ConstraintMention, Span
from matching.domain.vocabulary import ConstraintCode
from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading
from matching.text.quantities import Quantity, QuantityKind
from matching.text.syllables import STOP

_EVENING = frozenset({"toi", "dem", "chieu", "khuya"})
"""Beside a time before noon these make it one after noon."""

_UNTIL = frozenset({"den", "toi"})
_FREE = frozenset({"chi", "duoc", "dc", "ranh"})
"""Before two times these tell that they are the hours one can work."""

_NOT_UNTIL = "moi"
"""After a time "mới" tells that nothing goes before it."""
_COMES = frozenset({"vao", "vo", "toi", "den", "ranh", "lam", "di", "duoc", "dc", "ra", "co"})
"""After "mới" these tell of coming to work; "11h mới dậy" is a habit."""
_COMES_REACH = 2


def hours(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield limits that a clock time gives: "tới 8 giờ mới xong", "phải về trước 9 giờ", "từ 8h đến 16h"."""
    times = reading.of_kind(QuantityKind.CLOCK)
    taken = set()
    for early, late in pairwise(times):
        if _are_window(reading, early[1], early[2], late[1]):
            for code, (quantity, first, stop) in ((ConstraintCode.NOT_BEFORE, early), (ConstraintCode.NOT_AFTER, late)):
                taken.add(first)
                words = reading.text.folded[stop : stop + 1]
                yield _limit(code, quantity, reading.text.span(first, stop), words)
    for quantity, first, stop in times:
        mention = None if first in taken else _of_cue(reading, quantity, first, stop) or _late(reading, quantity, stop)
        if mention is not None:
            yield mention


def _are_window(reading: Reading, first: int, stop: int, late: int) -> bool:
    """Whether two times are the hours that one can work: "chỉ đi làm được từ 8h sáng đến 4h chiều"."""
    words, breaks = reading.text.folded, reading.text.breaks
    if late - stop > 2 or (late > stop and words[late - 1] not in _UNTIL):
        return False
    begin = reading.clause_bounds(first)[0]
    labelled = first == begin and begin > 0 and breaks[begin - 1] >= STOP and late == stop
    return labelled or not _FREE.isdisjoint(words[begin:first])


def _of_cue(reading: Reading, quantity: Quantity, first: int, stop: int) -> ConstraintMention | None:
    """Return what the nearest cue of its clause makes of a time; None without one."""
    begin, end = reading.clause_bounds(first)
    cues = [
        h for h in reading.layer("time_limit")
        if begin <= h.first and h.stop <= end and not first <= h.first < stop
        and not _of_former_times(reading, h, first)
    ]  # fmt: skip
    if not cues or quantity.low is None:
        return None
    cue = min(cues, key=lambda h: min(abs(h.first - stop), abs(first - h.stop)))
    code = ConstraintCode(cue.code)
    if any(_forbids(reading, n, stop, end) for n in reading.layer("negator")):
        code = _OTHERWISE.get((code, reading.text.folded[cue.stop - 1]), code)
    span = reading.text.span(min(first, cue.first), max(stop, cue.stop))
    return _limit(code, quantity, span, reading.text.folded[begin:end])


def _of_former_times(reading: Reading, cue: Hit, first: int) -> bool:
    """Whether "trước" opens its clause far from the time: "trước làm ở lò mổ từ 1h sáng" tells of former times."""
    opens = cue.first == reading.clause_bounds(cue.first)[0]
    return opens and cue.stop < first - 1 and reading.text.folded[cue.first : cue.stop] == ["truoc"]


_OTHERWISE = {
    (ConstraintCode.NOT_AFTER, "truoc"): ConstraintCode.NOT_BEFORE,
    (ConstraintCode.NOT_BEFORE, "sau"): ConstraintCode.NOT_AFTER,
}
"""What a limit is when work is denied there: "trước 8 giờ không đi làm được", "sau 18h không làm được"."""


def _forbids(reading: Reading, negator: Hit, begin: int, end: int) -> bool:
    """Whether a negator in a stretch says what cannot be before a time, not what cannot be past it: "không làm quá"."""
    return begin <= negator.first < end and "qua" not in reading.text.folded[negator.stop : negator.stop + 3]


def _late(reading: Reading, quantity: Quantity, stop: int) -> ConstraintMention | None:
    """Return the limit of "7h30 mới vào làm được": nothing goes before."""
    end = reading.clause_bounds(stop - 1)[1]
    words = reading.text.folded
    for i in range(stop, min(stop + 2, end)):
        if words[i] == _NOT_UNTIL and not _COMES.isdisjoint(words[i + 1 : min(i + 1 + _COMES_REACH, end)]):
            last = next((j for j in range(end - 1, i, -1) if words[j] in _COMES), i)
            span = reading.text.span(reading.text.index_at(quantity.at), last + 1)
            return _limit(ConstraintCode.NOT_BEFORE, quantity, span, [])
    return None


def _limit(code: ConstraintCode, quantity: Quantity, span: Span, words: list[str]) -> ConstraintMention:
    minutes = round(quantity.low or 0)
    if code is ConstraintCode.NOT_AFTER and minutes < 12 * 60 and not _EVENING.isdisjoint(words):
        minutes += 12 * 60
    return ConstraintMention(code=code, evidence=span, time=f"{minutes // 60 % 24:02d}:{minutes % 60:02d}")
