"""How far from home work may be, told by the place or the distance beside what is asked for."""

from collections.abc import Iterator, Sequence
from itertools import product

from matching.domain.profile import ConstraintMention
from matching.domain.vocabulary import ConstraintCode
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by

_NEAR, _LIVES = frozenset({"gan", "quanh"}), frozenset({"nha", "o"})
"""Before the name of a place the first limit how far work may be, unless one of the second stands before them."""

_BESIDE = frozenset({"canh", "sat"})
_WITHIN = frozenset({"trong", "quanh", "gan", *_BESIDE})
_HERE = frozenset(
    {
        "xa", "huyen", "thon", "buon", "ban", "xom", "ap", "phuong", "lang", "dao", "que", "vung", "nha", "day", "tinh",
    }
)  # fmt: skip
"""After one of the former these are where the person lives: "xin việc trong xã"."""
_INSIDE = frozenset({"tinh", "xa", "huyen", "thon", "buon", "xom", "ap", "phuong", "lang"})
"""What one may stand "in", as one does not in "trong nhà hàng"."""

_AT_MOST = frozenset({"duoi", "qua", "khoang", "trong", "tam", "chung", "vong", "hon", "vi"})
_KILOMETRES = frozenset({"km", "cay", "kilomet", "ki"})
_GOES = frozenset({"di", "cach", "xa", "lam", "chay", "duong"})
_SCOPE = frozenset({"pham"})
_ELSEWHERE = frozenset({"hay", "hoac", "hang", "may", "tro", "nguoi", "ngta", "dan", "chu", "xe", "nghi"})
"""After "ở nhà" these are another choice or another's house."""
_ASKS = ("need", "want", "wish")

_LANDMARKS = (
    ("chợ",), ("trường",), ("tiểu", "học"), ("cấp",), ("mẫu", "giáo"), ("mầm", "non"), ("bệnh", "viện"), ("trạm",),
    ("chùa",), ("nhà", "thờ"), ("uỷ", "ban"), ("ủy", "ban"), ("bến", "xe"), ("cầu",), ("ngã", "ba"), ("ngã", "tư"),
)  # fmt: skip
"""Right after "gần" these are where one lives or has to be: "gần chợ", "gần tiểu học Thới Hoà"."""


_LIMITS = _KILOMETRES | _NEAR | _WITHIN
"""Words beside which something may tell how far work may be."""

_NO_MARKET = (["cho", "lam"], ["cho", "o"], ["cho", "tro"], ["cho", "em"])
"""A bare "cho" that is no market: "gan cho lam"."""
_AT = frozenset({"o", "tai"})
_WORK_REACH = 2
"""Syllables between work and home where only a header asks: "Nhu cầu: việc nhẹ tại nhà"."""


@told_by(*_KILOMETRES, *_NEAR, *product(_WITHIN - _NEAR, _HERE))
def near_home(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield what limits work to the neighbourhood: "gần Võ Xu", "trong xã", "dưới 10 cây số"."""
    text = reading.text
    for i in filter(None, reading.where(_LIMITS)):
        word = text.folded[i]
        stop = 0
        if word in _KILOMETRES:
            stop = _distance(reading, i)
        elif word in _BESIDE and reading.text.typed(i).isascii():
            continue  # "canh nhà" is to guard a house
        else:
            stop = _named_place(reading, i) or _own_place(reading, i) or _landmark(reading, i)
        if stop and (word in _KILOMETRES or _is_asked(reading, i)):
            first = i if word not in _KILOMETRES else max(reading.clause_bounds(i)[0], i - 2)
            yield ConstraintMention(code=ConstraintCode.NEAR_HOME_ONLY, evidence=text.span(first, stop))


@told_by(*product(_AT, ["nha"]))
def at_home(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield "ở nhà", "tại nhà" where only such work is asked for or done: "mình chỉ làm ở nhà thôi"."""
    text = reading.text
    for i in filter(None, reading.where(_AT)):
        if text.breaks[i] or text.folded[i + 1] != "nha":
            continue
        begin, end = reading.clause_bounds(i)
        before, after = text.folded[begin:i], text.folded[i + 2 : end]
        headed = "viec" in before[-_WORK_REACH:] and _under_a_need(reading, i)
        works = headed or bool({"lam", "man", "nhan"} & set(before)) or _is_work(reading, begin, i)
        only = "chi" in before or "thoi" in after[:2]
        called = bool({"keu", "goi"} & set(after))
        if (
            works
            and (only or called or headed or _asks_for_work(reading, begin, i))
            and not (_ELSEWHERE & set(after[:2]))
        ):
            yield ConstraintMention(code=ConstraintCode.HOME_BASED_ONLY, evidence=text.span(i, i + 2))


def _is_work(reading: Reading, begin: int, end: int) -> bool:
    """Whether a trade or a skill ends right before a place: "vá lưới ở nhà thôi"."""
    return any(begin <= h.first and h.stop == end for h in reading.layers(OCCUPATION, SKILL))


def _asks_for_work(reading: Reading, begin: int, end: int) -> bool:
    """Whether work is asked for in a stretch, and no money."""
    asked = [h for h in reading.layers(*_ASKS) if begin <= h.first < end]
    lent = [h for h in reading.layer("money_role") if begin <= h.first < end and h.code == "loan"]
    return bool(asked) and not lent


def _is_asked(reading: Reading, i: int) -> bool:
    """Whether work is asked for before a place: in its clause, before a clause that it opens, or by the header."""
    begin = reading.clause_bounds(i)[0]
    if _under_a_need(reading, i):
        return True
    opens = reading.sentence_bounds(i)[0] if i == begin else begin
    return any(opens <= h.first < i for h in reading.layers(*_ASKS))


def _under_a_need(reading: Reading, i: int) -> bool:
    """Whether the header over a syllable asks for what stands there: "Mong muốn: ..., gần tiểu học"."""
    header = reading.header_over(i)
    return header is not None and header.code == "need"


def _named_place(reading: Reading, i: int) -> int:
    """Return where the name of a place after "gần" ends; 0 without one: it is told by its capital."""
    text = reading.text
    if text.folded[i] not in _NEAR or i + 1 == len(text) or text.breaks[i] or text.folded[i - 1] in _LIVES:
        return 0
    name = text.typed(i + 1)
    if not name[:1].isupper() or name.isupper() or text.typed(i)[:1].isupper():
        return 0
    stop = i + 2
    while stop < len(text) and not text.breaks[stop - 1] and text.typed(stop)[:1].isupper():
        stop += 1
    return stop


def _own_place(reading: Reading, i: int) -> int:
    """Return where "trong xã", "quanh đảo" or a last "gần" ends; 0 where none of these stands."""
    text = reading.text
    last = i + 1 == reading.clause_bounds(i)[1]
    if last:
        return i + 1 if reading.means(i, "gần") else 0
    place, following = text.folded[i + 1], text.folded[i + 2 : i + 3]
    inside = text.folded[i] != "trong" or (place in _INSIDE and following != ["hoi"])
    return i + 2 if place in _HERE and inside and text.folded[i - 1] not in _LIVES and following != ["hang"] else 0


def _landmark(reading: Reading, i: int) -> int:
    """Return where a landmark that work is to be near to ends: "gần chợ Năm Căn"; 0 for anything else."""
    text = reading.text
    end = reading.clause_bounds(i)[1]
    if not reading.means(i, "gần") or text.folded[i - 1] in _LIVES or i + 1 >= end:
        return 0
    stop = next((i + 1 + len(mark) for mark in _LANDMARKS if _stands_at(reading, i + 1, end, mark)), 0)
    while 0 < stop < end and text.typed(stop)[:1].isupper():
        stop += 1
    return 0 if text.folded[i + 1 : i + 3] in _NO_MARKET else stop


def _stands_at(reading: Reading, i: int, end: int, words: Sequence[str]) -> bool:
    """Whether *words* stand at syllable *i*, before *end*."""
    return i + len(words) <= end and all(reading.means(i + n, word) for n, word in enumerate(words))


def _distance(reading: Reading, i: int) -> int:
    """Return where "dưới 10 cây số" ends; 0 where a distance is no limit."""
    text = reading.text
    begin, end = reading.clause_bounds(i)
    counted = i - 1 > begin and text.folded[i - 1].isdigit() and text.folded[i - 2] in _AT_MOST
    counted = counted and text.folded[max(begin, i - 3) : i - 1] != ["trung", "tam"]
    goes = counted and (_GOES | _SCOPE) & set(text.folded[begin : i - 1])
    return min(end, i + 1 + (text.folded[i] == "cay")) if goes else 0


def recently(reading: Reading, hit: Hit) -> bool:
    """Whether "gần đây" is a time: nothing is asked for in its clause."""
    return "".join(reading.text.folded[hit.first : hit.stop]) == "ganday" and not _is_asked(reading, hit.first)
