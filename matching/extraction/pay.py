"""How work is paid: the units of the wages that are told beside it, in sums and in the short ways of day labourers."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from matching.domain.vocabulary import PreferenceCode
from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.extraction.tenses import is_past
from matching.text.quantities import Quantity, QuantityKind

DOUBTS = ("want", "wish", "negator", "need")
"""Layers after whose words nothing is told that there is: "muốn lương 8 triệu"."""

_ASKS = ("need", "want", "wish", "employer", "negator")
_LIKED = frozenset({"cang", "thi", "tot", "mung", "mien", "moi", "phai", "uu", "tim", "kiem"})
"""In a sentence these tell what would be good, or has to be: "có hợp đồng thì tốt"."""

_OWED = frozenset({"instalment", "debt", "loan"})
"""Roles of money that is paid back: "trả góp mỗi tháng 2 triệu"."""
_DAYS = frozenset({"ngay", "buoi"})
_UNIT_REACH = 4
"""Syllables between "ngày" and what it pays: "mỗi ngày cô cho 150 ngàn"."""

_EACH = frozenset({"moi", "mot", "tram", "1", "100"})
"""Before what is counted these tell of pay by the piece: "mỗi chiếc được hai chục ngàn"."""
_PAYS, _ABOUT = "tra", frozenset({"em", "toi", "tui", "tam", "chung", "khoang", "duoc", "co"})
_MONTHLY = 2e6
"""What an employer pays from this sum on is paid by the month: "tiệm anh họ trả 4 triệu"."""

_DAY_WORK = frozenset({"ngay", "buoi", "cong"})
_SHORT_REACH = 4
_HUNDRED = "tram"
_ROUND = frozenset({"ruoi", "may", "bac", "hai", "ba", "tu", "nam", "sau", "bay", "tam"})
"""After "trăm" these make it a sum: "ngày công trăm rưỡi"."""
_LEAST, _MOST = 100, 900
"""Thousands that a bare number beside a day may pay: "công ngày 300"."""
_COUNTED = frozenset(
    {"con", "cai", "ky", "ki", "kg", "met", "m", "cay", "trai", "nguoi", "goc", "bao", "km", "chiec", "ao", "bo"}
)
"""After a number these are what is counted."""


def has_contract(reading: Reading) -> bool:
    """Whether a contract or an insurance is told that is had: nothing is asked for in its sentence."""
    return any(
        hit.code == PreferenceCode.WANTS_FORMAL_CONTRACT and is_had(reading, hit) for hit in reading.layer("preference")
    )


def is_had(reading: Reading, hit: Hit) -> bool:
    """Whether what a phrase names is had: nobody asks in its sentence, nor says how good it would be."""
    begin, end = reading.sentence_bounds(hit.first)
    asked = any(begin <= h.first < end for h in reading.layers(*_ASKS))
    header = reading.header_over(hit.first)
    headed = header is not None and header.code == "need"
    return not (asked or headed or is_past(reading, hit.first)) and _LIKED.isdisjoint(reading.text.folded[begin:end])


def wages(reading: Reading) -> list[tuple[str, int]]:
    """Return the units of the wages that are told, none of former times nor wished for, and the sentence of each."""
    told = [*_by_sums(reading)] if QuantityKind.MONEY in reading.placed else []
    if _in_short in reading.parts:
        told += _in_short(reading)
    if not told:
        return []
    doubts = [h.first for h in reading.layers(*DOUBTS)]
    begins = reading.sentences.bounds
    return [
        (unit, reading.sentence(at))
        for unit, at in told
        if not is_past(reading, at) and not any(begins[at][0] <= doubt < at for doubt in doubts)
    ]


def paid(reading: Reading, first: int, told: Iterable[tuple[str, int]]) -> set[str]:
    """Return the units of those wages that are told in the sentence of a trade or the one after it."""
    return {unit for unit, where in told if 0 <= where - reading.sentence(first) <= 1}


def _by_sums(reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield the unit of each sum that is a wage, and where it stands."""
    sums = reading.of_kind(QuantityKind.MONEY)
    roles = reading.layer("money_role")
    of_wages = {reading.clause(h.first) for h in roles if h.code == "wage"}
    for quantity, at, _ in sums:
        begin = reading.clause_bounds(at)[0]
        owed = any(begin <= h.first < at and h.code in _OWED for h in roles)
        unit = None if owed else _unit(reading, quantity, at)
        if unit is not None or reading.clause(at) in of_wages:
            yield unit or "month", at


def _unit(reading: Reading, quantity: Quantity, first: int) -> str | None:
    """Return the unit of a sum, "day" for "ngày được 250 nghìn"; None where no word for a time tells it."""
    begin = max(reading.clause_bounds(first)[0], first - _UNIT_REACH)
    before = reading.text.folded[begin:first]
    if quantity.per is not None or _DAYS & set(before):
        return quantity.per or "day"
    if any(each in _EACH and piece in _COUNTED for each, piece in pairwise(before)):
        return "piece"
    monthly = "thang" in before or (_is_paid_out(before) and (quantity.low or 0) >= _MONTHLY)
    return "month" if monthly else None


def _is_paid_out(before: Sequence[str]) -> bool:
    """Whether what stands before a sum tells that somebody pays it for work: no instalment, no debt."""
    return before[-1:] == [_PAYS] or (before[-2:-1] == [_PAYS] and before[-1] in _ABOUT)


@told_by(_HUNDRED, *map(str, range(_LEAST, _MOST + 1)))
def _in_short(reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield where the pay of a day is told without its thousands: "ngày 250", "công nhật trăm rưỡi"."""
    words = reading.text.folded
    for i in reading.where(_DAY_WORK):
        for j in range(i + 1, min(i + 1 + _SHORT_REACH, reading.clause_bounds(i)[1])):
            following = words[j + 1 : j + 2]
            number = words[j].isdigit() and _LEAST <= int(words[j]) <= _MOST
            hundred = words[j] == _HUNDRED and not _ROUND.isdisjoint(following)
            if hundred or (number and _COUNTED.isdisjoint(following)):
                yield "day", j
                break
