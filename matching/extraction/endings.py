"""Work that came to an end, told by what became of those who gave it: "xưởng giải thể", "chủ sang tiệm rồi"."""

from itertools import product

from matching.extraction.cues import is_of_kin
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by

_GIVERS = frozenset(
    {"xuong", "lo", "trai", "quan", "tiem", "hang", "chu", "vua", "mo", "truong", "cty", "sep", "kho", "san", "dong"}
    | {"ty", "may", "so", "sap", "doi", "htx", "xa", "ghe", "tau", "tham"}
)
"""Last syllables of those who give work: "công ty", "nhà máy", "ông chủ", "hợp đồng"."""
_LONG_GIVERS = {
    "ty": {"cong"}, "may": {"nha"}, "so": {"co"}, "san": {"khach"}, "dong": {"hop"}, "truong": {"nong", "lam", "cong"},
    "xa": {"tac"}, "hang": {"nha", "cua"}, "tham": {"ben"},
}  # fmt: skip
"""What stands before those of them that are no word of their own."""
_ALSO_ALONE = frozenset({"hang", "truong"})

_ENDED = frozenset(
    {
        ("giai", "the"), ("dong", "cua"), ("pha", "san"), ("cho", "nghi"), ("cho", "thoi"), ("het", "don"),
        ("het", "hang"), ("het", "viec"), ("thanh", "ly"), ("thanh", "li"), ("ngung", "hoat"), ("ngung", "chay"),
        ("sa", "thai"), ("chuyen", "di"), ("chuyen", "ve"), ("doi", "di"), ("doi", "ve"), ("don", "ve"), ("don", "di"),
        ("thu", "xe"), ("sang", "tiem"), ("sang", "tay"), ("sang", "quan"), ("sang", "tau"), ("sang", "ghe"),
        ("sang", "nhuong"), ("giam", "bien"), ("giam", "nguoi"), ("cat", "nguoi"), ("cat", "giam"), ("bot", "nguoi"),
        ("dep", "roi"), ("dep", "luon"), ("dep", "tiem"), ("sap", "tiem"), ("bi", "chay"), ("het", "han"),
        ("ban", "ghe"), ("ban", "tau"), ("ban", "roi"), ("ban", "het"), ("ban", "xuong"), ("nghi", "luon"),
        ("nghi", "han"), ("nghi", "lam"), ("khong", "thue"), ("khong", "ky"), ("khong", "ki"),
        ("ko", "thue"), ("ko", "ky"), ("duoi", "viec"), ("vua", "cat"), ("moi", "cat"), ("bi", "sap"),
    }
)  # fmt: skip
"""What becomes of them, or what they do, when work ends."""
_OPENS_END = frozenset(first for first, _ in _ENDED)
_LAST = {"dep": "dẹp", "sap": "sập", "cat": "cắt"}
"""The same at the end of a clause."""
_OPENING = _OPENS_END | _LAST.keys()
_UNPAID = "luong"
"""Close behind it tells of leave: "cho nghỉ không lương"."""
_LEFT = "nghi"
_SO_LEFT = frozenset({"cho", "roi"})
"""Before "nghỉ" these tell that work was left: "làm 2 năm rồi nghỉ", "chủ cho nghỉ"."""
_OTHER_REST = frozenset({"hoc", "khong", "phep", "tet", "le", "trua", "de", "sinh", "mat", "he", "vi"})
"""Behind "nghỉ" these make it no work that was left: "nghỉ học", "nghỉ không lương"."""
_REACH = 4
"""Syllables between them."""


@told_by(*_ENDED, *_LAST)
def work_ended(reading: Reading) -> int:
    """Return where it is told that those who gave work gave up or let people go; -1 where nothing tells it."""
    for i in reading.where(_OPENING):
        begin = reading.clause_bounds(i)[0]
        if _ends(reading, i) and any(_gives(reading, j) for j in range(max(begin, i - _REACH), i)):
            return i
    return -1


@told_by(*product(_SO_LEFT, [_LEFT]))
def work_left(reading: Reading) -> int:
    """Return where it is told that the person left work: "đóng chai 1 năm rồi nghỉ"; -1 where nothing tells it."""
    words = reading.text.folded
    for i in reading.where(frozenset({_LEFT})):
        begin, end = reading.clause_bounds(i)
        follows = i + 1 < end and words[i + 1] in _OTHER_REST
        if begin < i and words[i - 1] in _SO_LEFT and not follows and not is_of_kin(reading, i):
            return i
    return -1


def _ends(reading: Reading, i: int) -> bool:
    """Whether an end is told at syllable *i*: no leave, and none that is denied."""
    words, end = reading.text.folded, reading.clause_bounds(i)[1]
    at_last = i + 1 == end and reading.text.typed(i).lower() in (words[i], _LAST.get(words[i]))  # "mỏ cát" is no end
    ended = tuple(words[i : min(i + 2, end)]) in _ENDED or (at_last and words[i] in _LAST)
    return ended and _UNPAID not in words[i + 2 : i + 4] and not reading.negated(i)


def _gives(reading: Reading, i: int) -> bool:
    """Whether syllable *i* ends a word for those who give work."""
    words = reading.text.folded
    if words[i] not in _GIVERS:
        return False
    before = words[i - 1 : i] if i else []
    whole = words[i] not in _LONG_GIVERS or not _LONG_GIVERS[words[i]].isdisjoint(before)
    return whole or words[i] in _ALSO_ALONE
