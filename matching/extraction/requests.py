"""What help is asked for: an asking, words of giving, and what people ask help with ("mong xã lo cho bộ đồ nghề")."""

from collections.abc import Iterable, Iterator

from matching.domain.profile import NeedMention
from matching.domain.vocabulary import NeedCode
from matching.extraction.lexicon import Hit
from matching.extraction.loans import sums
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by

_ASKS = {"nho": "nhờ", "thieu": "thiếu"}
"""Words that ask beside the wishes of the tables: "nhờ xã cấp cây giống", "chỉ thiếu đồ nghề"."""
_LIKES = frozenset({"thich", "me", "khoai"})
"""Who only likes a thing asks for none: "cháu thích máy tính"."""
_HELPS = frozenset({("ho", "tro"), ("giup", "do"), ("giup", "cho"), ("trang", "bi")})
"""They ask where they begin a clause, as officers write: "Hỗ trợ cây giống"."""
_OPENS_HELP = frozenset(first for first, _ in _HELPS)

_GIVERS = frozenset(
    {
        "xa", "nha", "nuoc", "hoi", "phu", "nu", "quy", "can", "bo", "chinh", "quyen", "cong", "an", "dia", "phuong",
        "doan", "the", "huyen", "anh", "chi", "thon", "ap", "ban", "khuyen", "nong", "trung", "tam",
    }
)  # fmt: skip
_TAKERS = frozenset({"em", "tui", "toi", "chau", "minh", "con", "gia", "dinh", "nguoi"})
_COUNTS = frozenset(
    {
        "mot", "1", "2", "hai", "vai", "may", "it", "them", "cai", "chiec", "con", "bo", "so", "chut", "moi", "chung",
        "khoang", "tam", "san",
    }
)  # fmt: skip
_GIVING = frozenset(
    {
        "co", "duoc", "dc", "cho", "cap", "ho", "tro", "giup", "gium", "dum", "do", "lo", "xet", "duyet", "xin", "nhan",
        "mong", "muon", "nho", "de", "nghi", "trang", "bi", "tao", "dieu", "kien", "giai", "quyet", "lai", "kiem",
        "tim", "voi",
    }
)  # fmt: skip
_BETWEEN = _GIVERS | _TAKERS | _COUNTS | _GIVING
"""May stand between an asking and what is asked for: who gives, who takes, how many, and words of giving."""

_DOING = {
    NeedCode.EQUIPMENT: frozenset({"mua", "sam", "thay", "doi"}),
    NeedCode.DOCUMENTS: frozenset({"lam", "doi", "nhap", "dang", "ky", "ki", "khai", "huong", "dan", "thu", "tuc"}),
    NeedCode.HOUSING: frozenset(
        {"xay", "cat", "dung", "sua", "lam", "thue", "o", "ngu", "vao", "bo", "tri", "sap", "xep"}
    ),
    NeedCode.TRAINING: frozenset({"hoc", "du", "tham", "gia", "theo", "vao", "vo", "mo", "di", "dang", "ky", "ki"}),
    NeedCode.LEGAL_INFO: frozenset({"hoi", "biet", "ro", "hieu", "tu", "van", "huong", "dan", "thich", "nghe", "ve"}),
    NeedCode.COUNSELLING: frozenset({"gap", "nghe", "tu", "van", "ve"}),
    NeedCode.LOAN: frozenset({"vay", "tiep", "nguon", "bo"}),
    NeedCode.JOB: frozenset({"bo", "tri", "gioi", "thieu", "sap", "xep", "dang", "ky", "vao"}),
}
"""What is done with that which is asked for may stand there too: "xin học lớp", "nhờ giới thiệu việc"."""

_LACKS = frozenset(
    {
        "mat", "chua", "khong", "ko", "k", "hong", "hu", "hao", "chay", "sap", "dot", "het", "thieu", "bi", "lac", "cu",
        "rach", "troi", "nat", "gay", "hoi", "yeu", "kho", "chang", "cha",
    }
)  # fmt: skip
"""In a clause before a plea these tell that what is named there is lacking: "khai sinh bị mối ăn, nhờ xã giúp"."""
_PLEAS = frozenset(
    {
        "huong", "dan", "bao", "noi", "thiep", "quan", "tam", "xem", "coi", "lam", "xay", "dung", "sua", "nhap", "ghi",
        "lanh", "sung", "som", "nhe", "a", "da", "doi", "cu", "ve", "vao", "thu", "tuc", "nay", "gap", "nua",
    }
)  # fmt: skip
"""With words of giving these make up a clause that asks for help without naming it."""
_HELPING = frozenset(
    {
        "giup", "gium", "dum", "tro", "lai", "chi", "dan", "thiep", "lo", "cap", "xet", "quyet", "tim", "doi", "sua",
        "xay", "dung", "nhap", "moi", "bao", "coi", "xem",
    }
)  # fmt: skip

_MADE = "lam"
"""Of papers this asks to have them made; of anything else to work."""
_FOR = "để"
"""Behind a plea this tells what for: "muốn có cái mới để trữ cá"."""

_YES = frozenset({"co", "nhu", "cau", "dang", "ky", "ki", "can", "rat"})
_NEEDED = frozenset({"nhu", "dang", "can"})
"""What answers a label with yes: "Học nghề: có nhu cầu"; a bare "có" tells of what is there already."""

_SO = frozenset({"thi", "la"})
_SO_REACH = 4
_DOES = frozenset({"duoc", "dc", "lien", "ngay", "lai", "tot", "hay", "do", "mung", "quy", "biet"})
"""Behind "có máy thì" these tell what could be done if only it were there."""
_IF = frozenset(
    {"neu", "gia", "ma", "uoc", "gi", "chi", "nhu", "giờ", "gio", "can", "mong", "bay", "cung", "the", "mai"}
)
"""Before "có" these leave it a condition."""
_HAD = "co"
_STARTS = frozenset({NeedCode.EQUIPMENT, NeedCode.LOAN})
"""What somebody would begin with if they had it."""


@told_by("request")
def requested(reading: Reading) -> Iterator[NeedMention]:
    """Yield help that is asked for by its name, with or without its name in the clause, and on the lines of forms."""
    askings = [*_askings(reading)]
    yield from _named(reading, askings)
    yield from _pleaded(reading, askings)
    yield from _ticked(reading)


def _named(reading: Reading, askings: Iterable[tuple[int, int]]) -> Iterator[NeedMention]:
    """Yield help that is asked for by its name: "xin xã cấp cho ít cây giống", "nguyện vọng: nhà ở"."""
    named = {hit.first: hit for hit in reading.layer("request")}
    for first, i in askings:
        thing = _thing_asked(reading, named, i, reading.clause_bounds(i if reading.after_colon(i) else first)[1])
        if thing is not None and _is_own(reading, first):
            yield _mention(reading, NeedCode(thing.code), first, thing.stop)


def _askings(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where an asking begins and where it ends, whoever asks."""
    words = reading.text.folded
    yield from [(h.first, h.stop) for h in reading.layer("want") if words[h.stop - 1] not in _LIKES]
    yield from [(h.first, h.stop) for h in reading.layer("header") if h.code == "need" and reading.is_label(h)]
    yield from [(i, i + 1) for i in reading.meant(_ASKS)]
    for i in reading.clauses.starts:
        if words[i] in _OPENS_HELP and tuple(words[i : i + 2]) in _HELPS:
            yield i, i + 2


def _is_own(reading: Reading, first: int) -> bool:
    """Whether an asking is neither denied nor of others."""
    return not (reading.negated(first) or of_others(reading, reading.clause_bounds(first)[0], first))


def _thing_asked(reading: Reading, named: dict[int, Hit], i: int, end: int) -> Hit | None:
    """Return what is asked for from syllable *i* on: nothing but words of giving, and of using it, stands before it."""
    words = reading.text.folded
    passed: set[str] = set()
    if named.keys().isdisjoint(range(i, end)):
        return None
    for j in range(i, end):
        thing = named.get(j)
        if thing is not None and thing.stop <= end and passed <= _DOING[NeedCode(thing.code)]:
            return thing
        if words[j] not in _BETWEEN:
            passed.add(words[j])
    return None


def _pleaded(reading: Reading, askings: Iterable[tuple[int, int]]) -> Iterator[NeedMention]:
    """Yield what is lacking and then asked for without its name: "khai sinh bị mối ăn, nhờ xã giúp"."""
    words = reading.text.folded
    named = reading.layer("request")
    for first, i in askings:
        begin, end = reading.clause_bounds(first)
        if begin == 0:
            continue
        opens, stop = reading.clause_bounds(begin - 1)
        thing = next((h for h in reversed(named) if opens <= h.first and h.stop <= stop), None)
        if thing is None or _LACKS.isdisjoint(words[opens:stop]) or _of_kin(reading, opens, thing.first):
            continue
        rest = set(words[i - 1 : next((j for j in range(i, end) if reading.means(j, _FOR)), end)])
        helps = rest & _HELPING or (thing.code == NeedCode.DOCUMENTS and _MADE in rest)
        if helps and rest <= _BETWEEN | _PLEAS and _is_own(reading, first):
            yield _mention(reading, NeedCode(thing.code), thing.first, end)


def _ticked(reading: Reading) -> Iterator[NeedMention]:
    """Yield the lines of a form that are answered with yes: "Học nghề: có nhu cầu"."""
    for line in reading.layer("request"):
        if reading.is_label(line):
            end = reading.clause_bounds(line.stop)[1]
            answer = set(reading.text.folded[line.stop : end])
            if answer <= _YES and answer & _NEEDED:
                yield _mention(reading, NeedCode(line.code), line.first, end)


@told_by(*_SO)
def would_begin(reading: Reading) -> Iterator[NeedMention]:
    """Yield what somebody would begin with if they had it: "có cái máy hàn thì tui tự làm được"."""
    words = reading.text.folded
    things = [(h.first, h.stop, NeedCode(h.code)) for h in reading.layer("request") if h.code in _STARTS]
    things += [(first, stop, NeedCode.LOAN) for _, first, stop in sums(reading)]
    for first, stop, code in things:
        begin, end = reading.clause_bounds(first)[0], reading.sentence_bounds(first)[1]
        had = next((j for j in range(first - 1, begin - 1, -1) if words[j] not in _COUNTS), begin - 1)
        if had < begin or words[had] != _HAD or not set(words[begin:had]) <= _IF | _TAKERS:
            continue
        so = next((j for j in range(stop, min(stop + _SO_REACH, end)) if words[j] in _SO), end)
        if not _DOES.isdisjoint(words[so:end]):
            yield _mention(reading, code, had, stop)


def of_others(reading: Reading, begin: int, i: int) -> bool:
    """Whether what stands before an asking in its clause says that it is denied, a relative's or over."""
    return any(begin <= h.first < i for h in reading.layers("kin", "past", "negator"))  # "vợ kiếm việc"


def _of_kin(reading: Reading, begin: int, i: int) -> bool:
    """Whether a relative, or a word for former times, stands before syllable *i* in its clause."""
    return any(begin <= h.first < i for h in reading.layers("kin", "past"))


def _mention(reading: Reading, code: NeedCode, first: int, stop: int) -> NeedMention:
    return NeedMention(code=code, evidence=reading.text.span(first, stop))
