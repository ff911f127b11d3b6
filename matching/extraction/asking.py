"""Work, lessons and papers that are asked for: an asking, and what it is for ("kiếm trại nào")."""

from collections.abc import Iterator

from matching.domain.profile import NeedMention
from matching.domain.vocabulary import ConstraintCode, LicenceStatus, NeedCode
from matching.extraction.phrases import OCCUPATION
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.text.quantities import QuantityKind

_SEEKS = frozenset({"kiem", "tim", "xin", "can", "muon", "mun", "mong", "nho", "ung"})
"""Words that seek; the last words of phrases of asking too."""
_MORE = frozenset(
    {
        "them", "duoc", "dc", "mot", "1", "cai", "gium", "gap", "lai", "co", "giup", "ho", "em", "tui", "cho", "ra",
        "nghe", "may", "vai", "chi",
    }
)  # fmt: skip
"""Between seeking and work: "cần thêm việc"."""

_LEARNS = frozenset({"hoc"})
_NO_LESSON = frozenset({"phi", "bong", "sinh", "het", "toi", "xong", "lop", "k", "ko", "khong"})
"""After "học" these tell of fees, pupils and former schooling."""
_OR = frozenset({"hoac", "hay"})
_AND = _OR | {"va", "de"}
_EARNED = frozenset({"hoc", "thi", "hach"})
"""After "phải" and before "lại" these are lessons too: "phải sát hạch lại"."""

_WHETHER = frozenset({"khong", "ko", "k", "kg", "kh", "hong", "hok", "hem", "khum", "hay"})
_ADDRESSED = frozenset({"a", "vay", "nhi", "ha", "khi", "neu", "chua", "can", "anh", "chi", "xa", "nua", "khong"})
"""Behind a question these say whom it is put to, or under which condition."""
_LAWFUL = frozenset({("co", "duoc"), ("co", "dc"), ("co", "bi"), ("lieu", "co"), ("co", "cho")})
"""What opens a question for what is allowed or threatens: "mắt kém có được thi không"."""
_TERMS = frozenset({"viec", "an", "luong", "nghi", "vay", "muon", "hoc", "o"})
"""What a place gives or asks for: a question for one of these is none for a right, "có được nghỉ chủ nhật không"."""

_AGREES = frozenset(
    {("deu", "nhan"), ("deu", "lam"), ("cung", "nhan"), ("cung", "lam"), ("nhan", "tat"), ("nhan", "het")}
)
"""At the end of a clause these offer the work that is named in it: "giữ xe tôi đều nhận"."""
_ALL = frozenset(first for first, _ in _AGREES)

_WHOEVER = frozenset({"ai"})
_GIVES = frozenset({"giao", "thue", "muon", "can", "co", "keu"})
_IF = frozenset({"thi", "la"})
_TAKES = frozenset({"nhan", "ok", "oke", "theo", "mung", "xin"})
"""Who gives work, and that it would be taken: "ai có việc thì tui theo"."""

_PAPERS = frozenset({"so", "giay", "the", "can", "cccd", "cmnd", "bang"})

_HELPS = frozenset({"nho", "gium", "giup", "ho", "xin", "huong", "can", "muon", "mong", "de", "nghi"})
"""In a clause these ask for help with papers."""
_MAKES = frozenset({"lam", "cap", "doi", "lai", "giay", "bo", "sung"})
"""Before papers, or for a lost one, these tell what is asked."""
_PAPER_REACH = 3
_LOST = frozenset({"mat"})


@told_by("work", "employer")
def work_asked(reading: Reading) -> Iterator[NeedMention]:
    """Yield work that is sought: "kiếm vc trong xưởng", "xin tiệm nào cho phụ"; not by others, nor long ago."""
    sought = {h.first: h.stop for h in reading.layers("work", "employer")}
    for i in reading.where(_SEEKS) if sought else ():
        begin, end = reading.clause_bounds(i)
        at = next((j for j in range(i + 1, end) if j in sought or reading.text.folded[j] not in _MORE), end)
        stop = sought.get(at)
        if stop and stop <= end and not _of_others(reading, begin, i):
            yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(i, stop))


@told_by(*_LEARNS)
def learning_asked(reading: Reading) -> Iterator[NeedMention]:
    """Yield lessons that are asked for, in whatever: "muốn học bằng thuyền", "cho tui học đi"."""
    words = reading.text.folded
    wants = {h.stop: h.first for h in reading.layer("want")}
    granted = {h.stop: h.first for h in reading.layer("wish") if words[h.first] == "cho"}
    for i in reading.where(_LEARNS) if wants or granted else ():
        begin, end = reading.clause_bounds(i)
        if i + 1 >= end or words[i + 1] in _NO_LESSON or not reading.means(i, "học"):
            continue
        want = wants.get(i, granted.get(i + 1))
        if want is None and (i == begin or words[i - 1] in _AND) and not _lasted(reading, begin, end):
            want = next((first for first in wants.values() if reading.sentence(first) == reading.sentence(i)), None)
        if want is not None and not reading.negated(want) and not _of_others(reading, begin, min(want, i)):
            yield NeedMention(code=NeedCode.TRAINING, evidence=reading.text.span(min(want, i), end))


def _lasted(reading: Reading, begin: int, end: int) -> bool:
    """Whether a stretch tells how long something took: "học nghề hàn 2 năm" was done."""
    return any(begin <= first < end for _, first, _ in reading.of_kind(QuantityKind.DURATION))


@told_by("lai")
def learnt_again(reading: Reading) -> Iterator[NeedMention]:
    """Yield what has to be learnt or sat again: "phải học lại, sát hạch lại"."""
    words = reading.text.folded
    for i in reading.where(_EARNED):
        begin, end = reading.clause_bounds(i)
        again = words[i + 1 : i + 2] == ["lai"] and "phai" in words[max(begin, i - 2) : i]
        if again and not _of_others(reading, begin, i):
            yield NeedMention(code=NeedCode.TRAINING, evidence=reading.text.span(i, min(i + 2, end)))


@told_by(*_OR)
def instead(reading: Reading) -> Iterator[NeedMention]:
    """Yield work that is wished for beside lessons: "muốn bán ở sạp chợ, hoặc học trang điểm"."""
    words = reading.text.folded
    for i in [i for i in reading.where(_OR) if words[i + 1 : i + 2] == ["hoc"]]:
        opens = reading.sentence_bounds(i)[0]
        for want in reading.layer("want"):
            trades = [h.stop for h in reading.layer(OCCUPATION) if want.stop <= h.first and h.stop <= i]
            learns = "hoc" in words[want.first : i] or reading.negated(want.first)
            if want.first >= opens and trades and not learns:
                yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(want.first, trades[0]))


@told_by(*_WHETHER)
def rights_asked(reading: Reading) -> Iterator[NeedMention]:
    """Yield questions for what is allowed or threatens: "lương có bị trừ không"."""
    words = reading.text.folded
    for i in reading.where(_WHETHER):
        begin, end = reading.clause_bounds(i)
        if i + 1 < end and words[i + 1] not in _ADDRESSED:
            continue
        asked = [j for j in range(begin, i) if tuple(words[j : j + 2]) in _LAWFUL and j + 1 < i]
        if asked and _TERMS.isdisjoint(words[asked[0] + 2 : i]):
            yield NeedMention(code=NeedCode.LEGAL_INFO, evidence=reading.text.span(asked[0], end))


@told_by(*_ALL)
def work_agreed(reading: Reading) -> Iterator[NeedMention]:
    """Yield the work that is asked for by saying that it would be done: "làm bảo vệ hay giữ xe tôi đều nhận"."""
    words = reading.text.folded
    for i in reading.where(_ALL):
        begin, end = reading.clause_bounds(i)
        named = any(begin <= h.first < i for h in reading.layer(OCCUPATION))
        if named and tuple(words[end - 2 : end]) in _AGREES and not _of_others(reading, begin, end):
            yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(begin, end))


@told_by("ai")
def work_welcome(reading: Reading) -> Iterator[NeedMention]:
    """Yield work that whoever has it may give: "ai giao len về nhà móc thì em nhận"."""
    words = reading.text.folded
    for i in reading.where(_WHOEVER):
        end = reading.clause_bounds(i)[1]
        then = next((j for j in range(i + 2, end) if words[j] in _IF), end)
        gives = not _GIVES.isdisjoint(words[i + 1 : i + 3]) and not reading.negated(i)
        last = next((j for j in range(then + 1, end) if words[j] in _TAKES), None)
        if gives and last is not None:
            yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(i, last + 1))


def _of_others(reading: Reading, begin: int, i: int) -> bool:
    """Whether what stands before an asking in its clause says that it is denied, a relative's or over."""
    return any(begin <= h.first < i for h in reading.layers("kin", "past", "negator"))  # "vợ kiếm việc"


@told_by("possession", "licence_status", *_LOST)
def papers_asked(reading: Reading) -> Iterator[NeedMention]:
    """Yield papers that somebody asks help with: "nhờ làm giấy tờ giùm", "bằng mất, xin làm lại"."""
    words = reading.text.folded
    for paper in [h for h in reading.layer("possession") if h.code == ConstraintCode.NO_ID_CARD]:
        begin, end = reading.clause_bounds(paper.first)
        first = max(begin, paper.first - _PAPER_REACH)
        made = [i for i in range(first, paper.first) if words[i] in _MAKES]
        if made and not _HELPS.isdisjoint(words[begin:end]):
            yield NeedMention(code=NeedCode.DOCUMENTS, evidence=reading.text.span(made[0], paper.stop))
    for status in reading.layer("licence_status"):
        if status.code in (LicenceStatus.LOST, LicenceStatus.EXPIRED):
            yield from _made_again(reading, status.first, status.stop)
    for i in reading.where(_LOST):
        begin = reading.clause_bounds(i)[0]
        if not _PAPERS.isdisjoint(words[begin:i]) and reading.means(i, "mất"):
            yield from _made_again(reading, i, i + 1)


def _made_again(reading: Reading, lost: int, stop: int) -> Iterator[NeedMention]:
    """Yield "cho làm lại", "xin cấp lại" that ends its clause behind a lost paper in the same sentence or the next."""
    words = reading.text.folded
    end = reading.sentence_bounds(reading.sentence_bounds(lost)[1])[1]
    for i in range(stop, end - 1):
        again = words[i] in ("lam", "cap", "doi") and words[i + 1] == "lai"
        begin, last = reading.clause_bounds(i)
        if again and i + 2 == last and words[i - 1] != "di" and not _HELPS.isdisjoint(words[begin:i]):
            yield NeedMention(code=NeedCode.DOCUMENTS, evidence=reading.text.span(begin, last))
