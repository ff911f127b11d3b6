"""Which years belong to which trade."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from matching.extraction.cues import is_of_kin
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION
from matching.extraction.reading import Reading
from matching.text.quantities import Quantity, QuantityKind

_NEAR = 1
"""Syllables that may stand between a number of years and a word such as "hết hạn" that makes it something else's."""

_LONGEST = 60.0

_UNTIL = frozenset({"den", "toi", "nam"})
"""Words between two calendar years that somebody worked from and to."""

_JOINING = frozenset({"va", "voi", "lan", "cung", "kiem", "them", "roi", "ca"})
_LISTED = 1
"""Words between the items of a list at most."""

_THEN = frozenset({"thi", "roi", "moi", "xong"})
"""After a duration these tell what came next: "chạy xe 2 năm thì bị bắt"."""

_NEXT = frozenset({"ve", "moi", "nghi", "lay", "cuoi", "ra", "that", "mat", "bo", "benh", "dau", "om"})
"""First words of what comes after the years in a trade."""

_SINCE = "tu"
"""Right before a calendar year it tells when the work began."""

_SENTENCED = "án"
"""Before a duration it is a sentence, where its accent is typed: "án 5 năm"."""

_BEGINS = ("bat", "dau")
"""Behind a calendar year: "hồi 2017 bắt đầu làm nail"."""

_RESTS = "nghi"
"""At the head of a clause it makes a duration the time since: "nghỉ bán vé số 1 năm"."""

_SCHOOL = "truong"
_LEARNT = "hoc"
"""Right before a duration it tells of lessons ("học 6 tháng"), at the head of a clause of a trade that was learnt."""

_WEEKDAY = "thu"
"""Before a number it makes a day of the week: "thứ 2, thứ 6 tuần nào cũng"."""

_CROPS, _HARVEST = (["lua"], ["ruong"], ["mau"]), "vu"
"""How often a field bears in a year: "làm lúa 3 vụ"."""

_TIMES = frozenset({"lua", "vu", "lan", "dot", "ky", "chuyen"})
"""After a duration and a number these tell how often: "một năm 2 lứa"."""

_OPENING = frozenset(
    ["duoc", "dc", "hon", "gan", "tam", "khoang", "nghe", "viec", "nay", "do", "lam", "cung", "tong", "kn"]
)
"""Words before a duration at the head of a sentence that speaks of the trade of the sentence before."""
_HEADS = frozenset(
    {("kinh", "nghiem"), ("tham", "nien"), ("thoi", "gian"), ("so", "nam"), ("tuoi", "nghe"), ("tg",), ("kn",)}
)
"""Heads of lines of forms that say how long the first trade of the line before was done: "Thâm niên: 6 năm"."""


def years_of(reading: Reading, trades: list[Hit], surveyed_on: date) -> dict[Hit, float]:
    """Return the years in each trade that the text gives them for.

    A duration belongs to the nearest trade before it in its sentence, else to the one after it in its clause; when
    the text names one trade only, a duration of another sentence is that trade's too.
    """
    times = (*reading.of_kind(QuantityKind.DURATION), *reading.of_kind(QuantityKind.YEAR))
    if not (trades and times):
        return {}
    found: dict[Hit, float] = {}
    later: list[tuple[Hit, float]] = []
    loose: list[float] = []
    spells = _spells(reading)
    for quantity, first, stop in times:
        years = spells.get(first) or _years(reading, quantity, first, stop, surveyed_on)
        if years is None or years > _LONGEST:
            continue
        trade = _trade_of(reading, trades, first, stop)
        if trade is None:
            loose.append(years)
        elif trade.first >= stop:
            later.append((trade, years))
        else:
            for one in (trade, *_listed_before(reading, trades, trade)):
                found.setdefault(one, years)
    for trade, years in later:
        found.setdefault(trade, years)
    if loose and not found and len({(h.first, h.stop) for h in trades}) == 1:
        found[trades[0]] = loose[0]
    return found


def _spells(reading: Reading) -> dict[int, float]:
    """Return the years between two calendar years, by the syllable of the first: "từ 2015 đến 2019"."""
    calendar = reading.of_kind(QuantityKind.YEAR)
    if not calendar:
        return {}
    return {
        first: end.low - begin.low
        for (begin, first, stop), (end, then, _) in pairwise(calendar)
        if begin.low is not None
        and end.low is not None
        and 0 < end.low - begin.low <= _LONGEST
        and then - stop <= len(_UNTIL)
        and _UNTIL.issuperset(reading.text.folded[stop:then])
    }


def _years(reading: Reading, quantity: Quantity, first: int, stop: int, surveyed_on: date) -> float | None:
    """Return the years a quantity says somebody worked, None when it says something else."""
    if quantity.low is None:
        return None
    begin, end = reading.clause_bounds(first)
    codes = {
        h.code
        for h in reading.layer("years_context")
        if (begin <= h.first and 0 <= first - h.stop <= _NEAR)
        or (h.stop <= end and 0 <= h.first - stop <= _NEAR and not _comes_next(reading, h))
    }
    if quantity.kind is QuantityKind.YEAR:
        since = surveyed_on.year - quantity.low
        begun = "since" in codes or (first > begin and reading.text.folded[first - 1] == _SINCE)
        begun = begun or _BEGINS in zip(*(reading.text.folded[n:end] for n in (stop, stop + 1)), strict=False)
        return float(since) if begun and since > 0 else None
    before = reading.text.folded[max(begin, first - 2) : first]
    if _RESTS in reading.text.folded[begin : min(begin + 2, first)]:
        return None
    named = any(h.first < first - 1 and h.stop == first for h in reading.layer(OCCUPATION))  # "giáo viên tiểu học"
    lessons = before[-1:] == [_LEARNT] and before[0] != _SCHOOL and not named
    each = reading.text.folded[stop : stop + 2]
    often = stop < end and len(each) > 1 and each[0].isdigit() and each[1] in _TIMES
    recurs = often or before[-1:] == [_WEEKDAY] or (before[-1:] in _CROPS and reading.text.folded[stop - 1] == _HARVEST)
    if lessons or recurs or codes & {"not_years", "ago"} or _inside_stigma(reading, first, stop):
        return None
    if any(h.first == begin and is_of_kin(reading, first) for h in reading.layer("kin")):
        return None
    # "phân bón 6 năm" is no four to six: the name of the trade has the first number
    ranges = quantity.high is not None and quantity.high != quantity.low
    within = ranges and any(h.first < first < h.stop < stop for h in reading.layer(OCCUPATION))
    return round(quantity.high if within and quantity.high else quantity.low, 2)


def _comes_next(reading: Reading, hit: Hit) -> bool:
    """Whether words that may make a duration something else's tell what came after it: "làm hồ 3 năm rồi về quê"."""
    return hit.code == "not_years" and reading.text.folded[hit.first] in _NEXT


def _inside_stigma(reading: Reading, first: int, stop: int) -> bool:
    """Whether the duration is a sentence or a bar: it touches words of stigma or of a bar in its clause.

    It is none where a trade was learnt ("học may trong trại 2 năm") or has those words ("lái xe lu làm đường").
    """
    closed = reading.layers("stigma", "bar")
    if first and reading.text.typed(first - 1).lower() == _SENTENCED:
        return True
    if not closed:
        return False
    begin, folded = reading.clause_bounds(first)[0], reading.text.folded
    trades = [t for t in reading.layer(OCCUPATION) if begin <= t.first and t.stop <= first]
    if trades and _LEARNT in folded[begin : trades[0].first + 1]:
        return False
    return any(
        h.first <= stop + 1
        and first - 1 <= h.stop
        and reading.clause(h.first) == reading.clause(first)
        and not (stop <= h.first <= stop + 1 and folded[stop] in _THEN)
        and not any(t.holds(h) for t in trades)
        for h in closed
    )


def _trade_of(reading: Reading, trades: list[Hit], first: int, stop: int) -> Hit | None:
    opens = reading.sentence_bounds(first)[0]
    begin, end = reading.clause_bounds(first)
    before = [h for h in trades if opens <= h.first and h.stop <= first]
    same = [h for h in before if begin <= h.first]
    after = [h for h in trades if stop <= h.first < end]
    if same:
        return max(same, key=lambda h: h.stop)
    if after and not _closes(reading, first, stop, before):
        return min(after, key=lambda h: h.first)
    head = _head_of(reading, first)
    if head >= 0 and not before:
        above = reading.sentence(head) - 1
        return next((h for h in trades if h.stop <= head and reading.sentence(h.first) == above), None)
    if not before and _says_how_long(reading, first):
        before = [h for h in trades if h.stop <= opens and reading.sentence(h.first) == reading.sentence(first) - 1]
    return max(before, key=lambda h: h.stop) if before else None


def _head_of(reading: Reading, first: int) -> int:
    """Return where the head of a duration begins, -1 where it has none: "Thâm niên: 6 năm", "Kinh nghiệm 6 năm"."""
    folded, opens = reading.text.folded, reading.sentence_bounds(first)[0]
    begin = reading.sentence_bounds(opens - 1)[0] if opens == first > 0 else opens
    return begin if tuple(folded[begin:first]) in _HEADS else -1


def _says_how_long(reading: Reading, first: int) -> bool:
    """Whether the duration opens its sentence, and so speaks of the one before: "Sửa máy nổ; nghề này 15 năm"."""
    begin = reading.sentence_bounds(first)[0]
    return all(word in _OPENING for word in reading.text.folded[begin:first])


def _listed_before(reading: Reading, trades: list[Hit], trade: Hit) -> Iterator[Hit]:
    """Yield the other trades of the list that ends in *trade*: "thợ sơn nước & chống thấm: 6 năm"."""
    last = trade
    for other in reversed([h for h in trades if h.stop <= trade.first]):
        between = reading.text.folded[other.stop : last.first]
        if reading.sentence(other.first) != reading.sentence(trade.first) or len(between) > _LISTED:
            return
        if not _JOINING.issuperset(between) or (not between and reading.text.breaks[other.stop - 1]):
            return
        yield other
        last = other


def _closes(reading: Reading, first: int, stop: int, before: list[Hit]) -> bool:
    """Whether the duration stands alone between commas, and so speaks of what precedes it."""
    begin, end = reading.clause_bounds(first)
    return bool(before) and first - begin <= 1 and end - stop <= 1
