"""What help is asked for: an asking, words of giving, and what people ask help with ("mong xã lo cho bộ đồ nghề")."""

from collections.abc import Iterable, Iterator, Set

from matching.domain.profile import NeedMention
from matching.domain.vocabulary import NeedCode
from matching.extraction.lexicon import Hit
from matching.extraction.loans import sums
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.extraction.tools import tool_end

_ASKS = {"nho": "nhờ", "thieu": "thiếu"}
"""Words that ask beside the wishes of the tables: "nhờ xã cấp cây giống", "chỉ thiếu đồ nghề"."""
_LIKES = frozenset({"thich", "me", "khoai"})
"""Who only likes a thing asks for none: "cháu thích máy tính"."""
_HELPS = frozenset(
    {
        ("ho", "tro"), ("giup", "do"), ("giup", "cho"), ("trang", "bi"), ("cho", "em"), ("cho", "tui"), ("cho", "toi"),
        ("cho", "chau"), ("cho", "minh"),
    }
)  # fmt: skip
"""They ask where they begin a clause: "Hỗ trợ cây giống", "cho em cái xe đẩy"."""

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

_AND = frozenset({"va", "voi", "cung", "hoac", "hay", "roi"})
"""Behind what is asked for these go on to more: "xin chỗ ở và việc làm"."""

_DOING = {
    NeedCode.EQUIPMENT: frozenset({"mua", "sam", "thay", "doi", "san"}),
    NeedCode.DOCUMENTS: frozenset({"lam", "doi", "nhap", "dang", "ky", "ki", "khai", "huong", "dan", "thu", "tuc"}),
    NeedCode.HOUSING: frozenset(
        {"xay", "cat", "dung", "sua", "lam", "thue", "o", "ngu", "vao", "vo", "bo", "tri", "sap", "xep"}
    ),
    NeedCode.TRAINING: frozenset(
        {
            "hoc", "du", "tham", "gia", "theo", "vao", "vo", "mo", "di", "dang", "ky", "ki", "biet", "bao", "day",
            "huong", "dan",
        }
    ),
    NeedCode.LEGAL_INFO: frozenset({"hoi", "biet", "ro", "hieu", "tu", "van", "huong", "dan", "thich", "nghe", "ve"}),
    NeedCode.COUNSELLING: frozenset({"gap", "nghe", "tu", "van", "ve"}),
    NeedCode.LOAN: frozenset({"vay", "tiep", "nguon", "bo"}),
    NeedCode.JOB: frozenset({"bo", "tri", "gioi", "thieu", "sap", "xep", "dang", "ky", "vao"}),
}  # fmt: skip
"""What is done with that which is asked for may stand there too: "xin học lớp", "nhờ giới thiệu việc"."""

_LACKS = frozenset(
    {
        "mat", "chua", "khong", "ko", "k", "hong", "hu", "hao", "chay", "sap", "dot", "het", "thieu", "bi", "lac", "cu",
        "rach", "troi", "nat", "gay", "hoi", "yeu", "kho", "chang", "cha", "tung", "ket", "hut", "thung", "vuong",
    }
)  # fmt: skip
"""In a clause before a plea these tell that what is named there is lacking: "khai sinh bị mối ăn, nhờ xã giúp"."""
_PLEAS = frozenset(
    {
        "huong", "dan", "bao", "noi", "thiep", "quan", "tam", "xem", "coi", "lam", "xay", "dung", "sua", "nhap", "ghi",
        "lanh", "sung", "som", "nhe", "a", "da", "doi", "cu", "ve", "vao", "thu", "tuc", "nay", "gap", "nua", "tu",
        "van", "tra", "cuu", "hoi", "khac", "sam", "chuyen", "day", "duc", "ai", "vay", "khau",
    }
)  # fmt: skip
"""With words of giving these make up a clause that asks for help without naming it."""
_HELPING = frozenset(
    {
        "giup", "gium", "dum", "tro", "lai", "chi", "dan", "thiep", "lo", "cap", "xet", "quyet", "tim", "doi", "sua",
        "xay", "dung", "nhap", "moi", "bao", "coi", "xem", "van", "tra", "khac", "chuyen", "vay",
    }
)  # fmt: skip

_ADVICE = "van"
_LIVELIHOOD = frozenset({NeedCode.JOB, NeedCode.TRAINING})
"""Who asks for advice on these asks for advice: "chưa biết học nghề gì, nhờ tư vấn"."""
_MASTERED = frozenset({"ranh", "biet", "thao", "quen"})
"""What of a tool is lacking when one of these stands in its clause is skill."""
_ANOTHER = frozenset({"moi", "khac"})
_STANDING = frozenset({NeedCode.DOCUMENTS, NeedCode.LEGAL_INFO})
_LOOKING = frozenset({"van", "tra", "xem", "coi", "chuyen", "nhap", "doi"})
"""What is to be looked up, or moved, need not be lacking: "án tích còn hay hết rồi, nhờ tra giúp"."""

_MADE = "lam"
"""Of papers this asks to have them made; of anything else to work."""
_FOR = "để"
"""Behind a plea this tells what for: "muốn có cái mới để trữ cá"."""

_YES = frozenset({"co", "nhu", "cau", "dang", "ky", "ki", "can", "rat", "ho", "tro", "giup"})
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
_HAS = frozenset({"co", "can"})
_GRANTED = frozenset({"co", "duoc", "dc"})
_GLAD = frozenset({"tot", "mung", "quy", "hay", "do", "may", "vui", "cam", "bang", "biet"})
_WELCOME = frozenset({NeedCode.HOUSING, NeedCode.JOB})
"""What comes with work is welcome, no need of its own; work that is hoped for is told by its own words."""
_GLAD_REACH = 3
"""Behind "thì" these tell how good it would be."""
_STARTS = frozenset({NeedCode.EQUIPMENT, NeedCode.LOAN})
"""What somebody would begin with if they had it."""


@told_by("request")
def requested(reading: Reading) -> Iterator[NeedMention]:
    """Yield help that is asked for by its name, with or without its name in the clause, and on the lines of forms."""
    bounds = reading.clauses.bounds
    near = {edge for thing in reading.layer("request") for edge in bounds[thing.first]}
    askings = [(first, i) for first, i in _askings(reading) if bounds[first][0] in near or bounds[i][0] in near]
    if askings:
        yield from _named(reading, askings)
        yield from _pleaded(reading, askings)
    yield from _ticked(reading)


def _named(reading: Reading, askings: Iterable[tuple[int, int]]) -> Iterator[NeedMention]:
    """Yield help that is asked for by its name: "xin xã cấp cho ít cây giống", "nguyện vọng: nhà ở"."""
    named = {hit.first: hit for hit in reading.layer("request")}
    for first, i in askings:
        end = reading.clause_bounds(i if reading.after_colon(i) else first)[1]
        thing = _thing_asked(reading, named, i, end)
        while thing is not None and _is_own(reading, first):
            yield _mention(reading, NeedCode(thing.code), first, thing.stop)
            also = reading.past(thing.stop, end, _AND)
            thing = _thing_asked(reading, named, also, end) if also > thing.stop else None


def _askings(reading: Reading) -> list[tuple[int, int]]:
    """Return where an asking begins and where it ends, whoever asks."""
    words = reading.text.folded
    found = [(h.first, h.stop) for h in reading.layer("want") if words[h.stop - 1] not in _LIKES]
    found += [(h.first, h.stop) for h in reading.layer("header") if h.code == "need" and reading.is_label(h)]
    found += [(i, i + 1) for i in reading.meant(_ASKS)]
    found += [(i, i + 2) for i in reading.clauses.starts if tuple(words[i : i + 2]) in _HELPS]
    return found


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
    for first, i in askings:
        begin = reading.clause_bounds(first)[0]
        opens, stop = reading.clause_bounds(begin - 1) if begin else (0, 0)
        thing = next((h for h in reversed(reading.layer("request")) if opens <= h.first and h.stop <= stop), None)
        plea = _plea(reading, i) if thing is not None and not _of_kin(reading, opens, thing.first) else None
        code = _lacking(reading, thing, plea) if thing is not None and plea is not None else None
        if thing is not None and code is not None and _is_own(reading, first):
            yield _mention(reading, code, thing.first, reading.clause_bounds(first)[1])


def _plea(reading: Reading, i: int) -> Set[str] | None:
    """Return the words of a clause that asks for help from before syllable *i* on; None where it names what it asks."""
    end = reading.clause_bounds(i - 1)[1]
    plea = {*reading.text.folded[i - 1 : next((j for j in range(i, end) if reading.means(j, _FOR)), end)]}
    return plea if plea <= _BETWEEN | _PLEAS else None


def _lacking(reading: Reading, thing: Hit, plea: Set[str]) -> NeedCode | None:
    """Return which need the clause of a thing and the plea behind it tell; None where nothing lacks.

    Who does not know how to use a tool asks for lessons; who asks for advice on a trade does not ask for the trade.
    """
    opens, stop = reading.clause_bounds(thing.first)
    around = reading.text.folded[opens:stop]
    code = NeedCode(thing.code)
    if code is NeedCode.EQUIPMENT and not _MASTERED.isdisjoint(around):
        code = NeedCode.TRAINING
    helps = plea & _HELPING or (code is NeedCode.DOCUMENTS and _MADE in plea)
    stands = not _LACKS.isdisjoint(around) or (code in _STANDING and plea & _LOOKING)
    return code if helps and stands and not (_ADVICE in plea and code in _LIVELIHOOD) else None


@told_by(*_ANOTHER)
def replaced(reading: Reading) -> Iterator[NeedMention]:
    """Yield tools that gave out and for which another is asked: "thúng thủng rồi, xin chiếc mới"."""
    for first, i in _askings(reading):
        begin, end = reading.clause_bounds(first)
        plea = _plea(reading, i) if begin else None
        if plea is None or _ANOTHER.isdisjoint(plea) or not _is_own(reading, first):
            continue
        opens, stop = reading.clause_bounds(begin - 1)
        tool = next((j for j in range(opens, stop) if tool_end(reading, j, stop)), None)
        if tool is not None and not _LACKS.isdisjoint(reading.text.folded[opens:stop]):
            yield _mention(reading, NeedCode.EQUIPMENT, tool, end)


def _ticked(reading: Reading) -> Iterator[NeedMention]:
    """Yield the lines of a form that are answered with yes: "Học nghề: có nhu cầu", "Tập huấn nuôi ong: cần"."""
    for line in reading.layer("request"):
        begin, colon = reading.clause_bounds(line.first)
        if line.first == begin and reading.after_colon(colon):
            end = reading.clause_bounds(colon)[1]
            answer = set(reading.text.folded[colon:end])
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
        if had < begin or words[had] not in _HAS or not set(words[begin:had]) <= _IF | _TAKERS:
            continue
        so = next((j for j in range(stop, min(stop + _SO_REACH, end)) if words[j] in _SO), end)
        if not _DOES.isdisjoint(words[so:end]):
            yield _mention(reading, code, had, stop)


@told_by(*_SO)
def gladly(reading: Reading) -> Iterator[NeedMention]:
    """Yield help of which it is told how good it would be: "được nhà nước dạy nghề thì quý quá"."""
    words = reading.text.folded
    for thing in reading.layer("request"):
        begin, end = reading.clause_bounds(thing.first)[0], reading.sentence_bounds(thing.first)[1]
        before = set(words[begin : thing.first])
        so = next((j for j in range(thing.stop, end) if words[j] in _SO), end)
        glad = not _GLAD.isdisjoint(words[so + 1 : min(so + 1 + _GLAD_REACH, end)])
        if (
            glad
            and thing.code not in _WELCOME
            and before & _GRANTED
            and before <= _BETWEEN | _IF | _DOING[NeedCode(thing.code)]
        ):
            yield _mention(reading, NeedCode(thing.code), begin, thing.stop)


def of_others(reading: Reading, begin: int, i: int) -> bool:
    """Whether what stands before an asking in its clause says that it is denied, a relative's or over."""
    return any(begin <= h.first < i for h in reading.layers("kin", "past", "negator"))  # "vợ kiếm việc"


def _of_kin(reading: Reading, begin: int, i: int) -> bool:
    """Whether a relative, or a word for former times, stands before syllable *i* in its clause."""
    return any(begin <= h.first < i for h in reading.layers("kin", "past"))


def _mention(reading: Reading, code: NeedCode, first: int, stop: int) -> NeedMention:
    return NeedMention(code=code, evidence=reading.text.span(first, stop))
