"""What somebody has not or has no longer: "chả có xe", "xe cũ bán rồi", "Vốn: không"."""

from collections.abc import Iterator

from matching.domain.profile import ConstraintMention
from matching.domain.vocabulary import ConstraintCode
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by

_HAVES = frozenset({"co", "con", "du", "sam", "mua", "duoc", "dc", "1", "mot", "cai", "chiec", "dong", "nao"})
"""Between a negator and a thing these leave it lacking: "chưa sắm được chiếc xe"."""
_TAKEN = frozenset(
    {
        "co",
        "con",
        "lam",
        "lay",
        "nhan",
        "duoc",
        "doi",
        "cap",
        "linh",
        "lanh",
        "cai",
        "to",
        "manh",
        "gi",
        "dong",
        "chiec",
    }
)
"""After a thing and a negator these leave it lacking: "căn cước chưa lấy được", "xe không còn chiếc nào"."""
_OVER = frozenset(
    {
        "roi",
        "mat",
        "het",
        "luon",
        "tra",
        "chua",
        "nam",
        "do",
        "tu",
        "lau",
        "sach",
        "tieu",
        "sat",
        "ca",
        "lu",
        "theo",
        "hoi",
        "luc",
    }
)
"""After "bán", "cầm", "hư" these tell that a thing is gone."""
_OWNS = frozenset(
    {
        "cu",
        "may",
        "qua",
        "thi",
        "cung",
        "bi",
        "deu",
        "da",
        "ca",
        "nha",
        "em",
        "e",
        "tui",
        "toi",
        "minh",
        "chau",
        "con",
        "vua",
        "dem",
        "lai",
        "moi",
        "nguoi",
        "ta",
    }
)
_DETERMINERS = frozenset({"chiec", "cai", "con", "co", "nha", "duoc", "moi", "may", "ma", "va"})
"""Before a thing that begins its clause."""
_OF_OTHER_PAPERS = frozenset({"ki", "ky", "hop", "xe", "dat", "cam", "vay"})
"""After "giấy tờ" these make them a contract's or a thing's."""
_NOTHING = frozenset(
    {"khong", "ko", "k", "kg", "hong", "hok", "chua", "co", "gi", "mat", "het", "0", "hu", "ca", "dung", "xai"}
)
_NEGATIVE = frozenset({"khong", "ko", "k", "kg", "hong", "hok", "chua", "mat", "het", "0", "hu"})
"""What answers a label with "none": only words of the first, one of the second."""


@told_by("possession")
def lacking(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield what somebody has not or has no longer: "chả có xe", "xe cũ bán rồi", "Vốn: không"."""
    for thing in reading.layer("possession"):
        stop = _lacking_until(reading, thing)
        first = thing.first if stop else _lacking_from(reading, thing)
        other = thing.code == ConstraintCode.NO_ID_CARD and names_other_papers(reading, thing.stop)
        if (stop or first < thing.first) and not (other or reading.meets(thing, OCCUPATION, "licence")):
            span = reading.text.span(first, stop or thing.stop)
            yield ConstraintMention(code=ConstraintCode(thing.code), evidence=span)


def names_other_papers(reading: Reading, stop: int) -> bool:
    """Whether a word for papers that ends at *stop* is one for others: "làm không giấy tờ ký kết gì"."""
    return not _OF_OTHER_PAPERS.isdisjoint(reading.text.folded[stop : stop + 1])


def _lacking_from(reading: Reading, thing: Hit) -> int:
    """Return where what tells before a thing that there is none begins: "chưa sắm được chiếc xe"; else the thing."""
    begin = reading.clause_bounds(thing.first)[0]
    i = thing.first
    while i > begin and reading.text.folded[i - 1] in _HAVES:
        i -= 1
    has = not {"co", "con", "sam"}.isdisjoint(reading.text.folded[i : thing.first])
    denied = [n.first for n in reading.layer("negator") if begin <= n.first and n.stop in (i, i + 1)]
    return denied[0] if denied and has else thing.first


def _lacking_until(reading: Reading, thing: Hit) -> int:
    """Return where what tells after a thing that there is none ends; 0 where nothing does."""
    begin, end = reading.clause_bounds(thing.first)
    folded = reading.text.folded
    if reading.is_label(thing):
        return answered_none(reading, thing)
    if reading.past(begin, thing.first, _DETERMINERS) < thing.first:
        return 0
    i = reading.past(thing.stop, end, _OWNS)
    for cue in reading.layer("negator"):
        if thing.stop <= cue.first <= i and (cue.stop == end or folded[cue.stop] in _TAKEN):
            return min(cue.stop + 1, end)
    for cue in reading.layer("gone"):
        if thing.stop <= cue.first <= i and (cue.stop == end or folded[cue.stop] in _OVER):
            return min(cue.stop + 1, end)
    return 0


def answered_none(reading: Reading, label: Hit) -> int:
    """Return where the answer to a label ends that says there is none; 0 for any other answer."""
    begin, end = reading.clause_bounds(label.stop)
    words = set(reading.text.folded[begin:end])
    return end if words <= _NOTHING and words & _NEGATIVE else 0
