"""Work that comes and goes, told by its turns: "bữa làm bữa nghỉ", "ngày nào chạy ngày ấy", "ai kêu gì làm nấy"."""

from collections.abc import Callable, Sequence, Set

from matching.extraction.cues import is_of_kin
from matching.extraction.pay import DOUBTS
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.extraction.tenses import is_past

_TURNS = frozenset({"bua", "ngay", "hom", "khi", "luc", "thang", "dem", "tuan", "buoi", "chuyen", "gio"})
"""Times that are said twice where work comes by turns."""
_WHICH, _THAT = "nao", frozenset({"ay", "do", "nay", "day", "no"})
_THIS, _OTHER = "nay", frozenset({"kia", "khac", "mai", "sau", "no"})
_SO = frozenset({"thi", "moi"})
_COMES = frozenset({"hang", "viec", "nguoi", "moi", "khach", "cont", "chuyen", "mo", "keu", "goi", "thue", "muon"})
_WORK = frozenset({"lam", "man", "di", "chay", "viec", "hang", "co", "duoc", "phu", "xong", "an", "boc", "vac", "dat"})
_IDLE = frozenset({"khong", "ko", "k", "hong", "nghi", "choi", "thoi", "e", "chang"})
_DATED = frozenset({"nay", "qua", "kia", "xua", "truoc", "dau", "cuoi", "sau", "le", "dem"})
"""Behind a time these tell when: "ngày xưa", "tháng sau"."""
_TURN = 5
"""Syllables from the one time to the other at most."""

_CALLS = {
    "keu": "kêu", "goi": "gọi", "muon": "mướn", "thue": "thuê", "nho": "nhờ", "can": "cần", "dat": "đặt", "chi": "chỉ",
    "bao": "bảo", "nhan": "nhắn", "oi": "ới", "hu": "hú", "alo": "alo", "tra": "trả", "sai": "sai", "giao": "giao",
}  # fmt: skip
_ANY = frozenset({"gi", "chi", "dau", "mo", "sao", "nhieu", "nao", "j", "may"})
_DOES = frozenset({"lam", "man", "di", "chay", "toi", "lay", "nhan", "cho", "theo", "hay"})
_ECHO = frozenset({"nay", "do", "day", "no", "vay", "nhieu", "het"})
_ASKED = 2
"""Syllables from a call to what is asked, as in "kêu làm gì"."""
_ANSWERED = 4


def comes_and_goes(reading: Reading) -> bool:
    """Whether the person's work of today comes by turns, or as somebody calls."""
    return any(
        not (is_past(reading, i) or is_of_kin(reading, i) or _is_wished(reading, i))
        for part, words in _PARTS
        if part in reading.parts
        for i in reading.where(words)
        if part(reading, i)
    )


def _is_wished(reading: Reading, i: int) -> bool:
    begin = reading.sentence_bounds(i)[0]
    return any(begin <= h.first < i for h in reading.layers(*DOUBTS))


@told_by(*_TURNS)
def _by_turns(reading: Reading, i: int) -> bool:
    """Whether a time and its like set work by turns: "lúc đi cấy lúc đi gặt", "ngày nào có ngày đó"."""
    words, end = reading.text.folded, reading.sentence_bounds(i)[1]
    if i + 1 < end and words[i + 1] == _WHICH and _then(words[i + 2 : min(i + 3 + _TURN, end)]):
        return True
    later = words[i + 2 : min(i + 2 + _TURN, end)]
    if words[i] not in later:
        return False
    other = i + 2 + later.index(words[i])
    if other + 1 >= end:
        return False
    between, behind = words[i + 1 : other], words[other + 1 : other + 3]
    if between[0] == _THIS:
        return behind[0] in _OTHER and not _WORK.isdisjoint(reading.text.folded[i:end])
    if between[0].isdigit() or between[0] in _DATED or _WORK.isdisjoint(between):
        return False
    if between[0] == _WHICH:
        return behind[0] in _THAT
    return not (_IDLE | _WORK).isdisjoint(behind)


def _then(words: Sequence[str]) -> bool:
    """Whether *words* tell of work that is done when there is some: "(ngày nào) có hàng thì làm"."""
    then = next((n for n, word in enumerate(words) if word in _SO), 0)
    return not _COMES.isdisjoint(words[:then]) and not _DOES.isdisjoint(words[then + 1 : then + 2])


@told_by(*_CALLS)
def _as_called(reading: Reading, i: int) -> bool:
    """Whether a call is answered whatever it is for: "ai kêu gì làm nấy", "người ta trả bao nhiêu lấy bấy nhiêu"."""
    words, end = reading.text.folded, reading.sentence_bounds(i)[1]
    last = min(i + 2 + _ASKED, end)
    if _ANY.isdisjoint(words[i + 1 : last]) or not reading.means(i, _CALLS[words[i]]):
        return False
    asked = next(j for j in range(i + 1, last) if words[j] in _ANY)
    answer = words[asked + 1 : min(asked + 2 + _ANSWERED, end)]
    return any(word in _DOES and not _ECHO.isdisjoint(answer[n + 1 : n + 3]) for n, word in enumerate(answer))


_PARTS: tuple[tuple[Callable[[Reading, int], bool], Set[str]], ...] = (
    (_by_turns, _TURNS),
    (_as_called, _CALLS.keys()),
)
"""What tells of such work, each with where it may stand."""
