"""Work, lessons and papers that are asked for: an asking, and what it is for ("kiếm trại nào")."""

from collections.abc import Iterator
from itertools import product

from matching.domain.profile import NeedMention
from matching.domain.vocabulary import ConstraintCode, EmploymentStatus, LicenceStatus, NeedCode
from matching.extraction.cues import SPEAKERS
from matching.extraction.phrases import OCCUPATION
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.text.quantities import QuantityKind

_SEEKS = frozenset({"kiem", "tim", "xin", "can", "muon", "mun", "mong", "nho", "ung"})
"""Words that seek; the last words of phrases of asking too."""
_MORE = frozenset(
    {
        "them", "duoc", "dc", "mot", "1", "cai", "gium", "dum", "zum", "gap", "lai", "co", "giup", "ho", "em", "tui",
        "cho", "ra", "nghe", "may", "vai", "chi",
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

_TAKES_ON = frozenset({"nhan", "tuyen", "thue", "muon"})
_HANDS = frozenset({"nguoi", "tho", "lao", "phu", "nam", "nu", "lam", "them", "ai", "cong"})
"""Whom they take on."""
_ADDRESS = 3
"""Syllables at the end of a question, with whom it is put to: "còn chỗ không cán bộ"."""
_OFFERED = frozenset({"co", "mo", "con", "duoc"})
"""Before a course these ask whether there is one, or whether one may come."""
_WHETHER = frozenset({"khong", "ko", "k", "kg", "kh", "hong", "hok", "hem", "khum", "hay"})
_ADDRESSED = frozenset({"a", "vay", "nhi", "ha", "khi", "neu", "chua", "can", "anh", "chi", "xa", "nua", "khong"})
"""Behind a question these say whom it is put to, or under which condition."""
_LONGEST = 40
"""Words of a question at most."""
_LAWFUL = frozenset({("co", "duoc"), ("co", "dc"), ("co", "bi"), ("lieu", "co"), ("co", "cho"), ("co", "cach")})
"""What opens a question for what is allowed or threatens: "mắt kém có được thi không"."""
_TERMS = frozenset({"viec", "an", "luong", "nghi", "vay", "muon", "hoc", "o"})
"""What a place gives or asks for: a question for one of these is none for a right, "có được nghỉ chủ nhật không"."""

_AGREES = frozenset(
    {("deu", "nhan"), ("deu", "lam"), ("cung", "nhan"), ("cung", "lam"), ("nhan", "tat"), ("nhan", "het")}
)
"""At the end of a clause these offer the work that is named in it: "giữ xe tôi đều nhận"."""
_ALL = frozenset(first for first, _ in _AGREES)

_WHOEVER = frozenset({"ai", "dau"})
_CALLS = frozenset(
    {"giao", "thue", "muon", "can", "co", "keu", "cho", "goi", "tuyen", "nhan", "kiem", "thieu", "moi", "bao", "mo"}
)
_HAD = frozenset({"co"})
_CALL_REACH = 3
_DARES = frozenset({"dam", "them", "noi", "chiu"})
"""After "ai" these make it nobody: "ai dám giao vàng cho mình"."""
_IF = frozenset({"thi", "la", "cung"})
_READY = frozenset(
    {
        "nhan", "ok", "oke", "theo", "mung", "xin", "di", "lam", "man", "vo", "vao", "toi", "keu", "oi", "bao", "hay",
        "gioi", "nho", "goi", "chiu", "ham", "qua", "co", "alo", "hu", "lien",
    }
)  # fmt: skip
_SOMEBODY = frozenset({("co", "nguoi"), ("co", "ai"), ("co", "cho"), ("co", "moi")})
"""They call as "ai" does: "có người kêu là tui đi liền"."""
_TEACHES = frozenset({"day", "chi", "lop", "truyen"})
"""After who calls these tell of lessons, which are taken by learning: "ai chỉ cho thì em học"."""
_OFFERS_LESSONS = frozenset({"ai", "co", "xa", "tam", "noi", "dau", "mo"})
_ENROLS = frozenset({"hoc", "dang", "ghi", "theo", "di", "tham", "vo", "vao"})
_CALL_ME = frozenset({"oi", "hu", "alo", "bao", "keu", "goi", "ho", "nhan"})
"""Who says so asks to be called, however they live: "ai cần thì ới"."""
"""Who gives work, and that it would be taken: "ai có việc thì tui theo", "công trường nào gọi cũng đi"."""
_AT_ONCE = frozenset({"lien", "ngay", "luon", "tuot"})
"""Who goes at once when called asks for work; who goes when called tells how they live: "ai kêu thì làm"."""

_ANY = frozenset({"gi", "chi", "nao"})
_TAKEN = frozenset(
    {"lam", "man", "nhan", "duoc", "dc", "chiu", "ok", "theo", "khong", "ko", "k", "hong", "mung", "di", "ham"}
)
"""After "việc gì cũng" these take it: "việc gì cũng không chê"."""
_HOPES = frozenset(
    {
        ("thi", "tot"), ("thi", "mung"), ("thi", "hay"), ("thi", "quy"), ("thi", "do"), ("la", "mung"), ("la", "tot"),
        ("cho", "tui"), ("cho", "toi"), ("cho", "em"), ("thi", "cho"), ("xin", "cho"), ("thi", "keu"), ("thi", "goi"),
        ("thi", "nho"), ("thi", "alo"), ("thi", "bao"), ("thi", "hu"), ("cu", "keu"), ("cu", "goi"), ("cu", "alo"),
        ("nho", "goi"), ("nho", "keu"), ("nho", "bao"),
    }
)  # fmt: skip
"""Behind work these ask for it."""
_DONE_BEFORE = frozenset({"qua", "roi", "biet", "het", "tung"})
"""Behind them these tell of what was done: "việc gì cũng làm qua"."""

_PAPERS = frozenset({"so", "giay", "the", "can", "cccd", "cmnd", "bang"})

_HELPS = frozenset({"nho", "gium", "giup", "ho", "xin", "huong", "can", "muon", "mong", "de", "nghi"})
"""In a clause these ask for help with papers."""
_MAKES = frozenset({"lam", "cap", "doi", "lai", "giay", "bo", "sung"})
"""Before papers, or for a lost one, these tell what is asked."""
_MADE_AGAIN = frozenset({("lam", "lai"), ("cap", "lai"), ("doi", "lai"), ("xin", "lai")})
_PAPER_REACH = 3
_LOST = frozenset({"mat"})
_GRANTED = frozenset({"duoc", "dc", "o", "dau", "cho", "voi", "a", "nhe"})
"""Behind "làm lại" these only ask whether, where and for whom."""


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


@told_by(*_WHETHER)
def work_inquired(reading: Reading) -> Iterator[NeedMention]:
    """Yield questions for whoever takes people on: "xưởng đó có nhận người lớn tuổi không"."""
    words = reading.text.folded
    for i in reading.where(_TAKES_ON):
        begin, end = reading.clause_bounds(i)
        asked = words[i - 1 : i] in (["co"], ["con"], ["ai"], ["nao"]) and words[i] not in words[i + 1 : i + 2]
        hands = not _HANDS.isdisjoint(words[i + 1 : i + 3]) or words[i + 1 : i + 2] in (["khong"], ["ko"], ["k"])
        whether = not _WHETHER.isdisjoint(words[max(i + 1, end - _ADDRESS) : end])
        if asked and hands and whether and not _of_others(reading, begin, i - 1):
            yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(begin, end))


@told_by("request")
def lessons_inquired(reading: Reading) -> Iterator[NeedMention]:
    """Yield lessons that somebody asks after: "nghe nói có lớp dạy may, còn chỗ không"."""
    words = reading.text.folded
    for lesson in [h for h in reading.layer("request") if h.code == NeedCode.TRAINING]:
        begin, end = reading.clause_bounds(lesson.first)[0], reading.sentence_bounds(lesson.first)[1]
        offered = not _OFFERED.isdisjoint(words[begin : lesson.first])
        asked = not _WHETHER.isdisjoint(words[max(lesson.stop, end - _ADDRESS) : end])
        if offered and asked:
            yield NeedMention(code=NeedCode.TRAINING, evidence=reading.text.span(begin, end))


def _lasted(reading: Reading, begin: int, end: int) -> bool:
    """Whether a stretch tells how long something took: "học nghề hàn 2 năm" was done."""
    return any(begin <= first < end for _, first, _ in reading.of_kind(QuantityKind.DURATION))


@told_by(*product(_EARNED, ["lai"]))
def learnt_again(reading: Reading) -> Iterator[NeedMention]:
    """Yield what has to be learnt or sat again: "phải học lại, sát hạch lại"."""
    words = reading.text.folded
    for i in reading.where(_EARNED):
        begin, end = reading.clause_bounds(i)
        again = words[i + 1 : i + 2] == ["lai"] and "phai" in words[max(begin, i - 2) : i]
        if again and not _of_others(reading, begin, i):
            yield NeedMention(code=NeedCode.TRAINING, evidence=reading.text.span(i, min(i + 2, end)))


@told_by(*product(_OR, _LEARNS))
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


@told_by(*_LAWFUL)
def rights_asked(reading: Reading) -> Iterator[NeedMention]:
    """Yield questions for what is allowed or threatens: "lương có bị trừ không"."""
    words = reading.text.folded
    for i in reading.where(_WHETHER):
        begin, end = reading.clause_bounds(i)
        if i + 1 < end and words[i + 1] not in _ADDRESSED:
            continue
        asked = [j for j in range(max(begin, i - _LONGEST), i - 1) if tuple(words[j : j + 2]) in _LAWFUL]
        if asked and _TERMS.isdisjoint(words[asked[0] + 2 : i]):
            yield NeedMention(code=NeedCode.LEGAL_INFO, evidence=reading.text.span(asked[0], end))


@told_by(*_AGREES)
def work_agreed(reading: Reading) -> Iterator[NeedMention]:
    """Yield the work that is asked for by saying that it would be done: "làm bảo vệ hay giữ xe tôi đều nhận"."""
    words = reading.text.folded
    for i in reading.where(_ALL):
        begin, end = reading.clause_bounds(i)
        named = any(begin <= h.first < i for h in reading.layer(OCCUPATION))
        if named and tuple(words[end - 2 : end]) in _AGREES and not _of_others(reading, begin, end):
            yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(begin, end))


@told_by("employer", *_WHOEVER, *_HAD)
def work_welcome(reading: Reading) -> Iterator[NeedMention]:
    """Yield work that whoever has it may give: "ai giao len về nhà móc thì em nhận", "chỗ nào gọi cũng đi"."""
    words = reading.text.folded
    givers = [(i, i + 1) for i in reading.where(_WHOEVER)] + [(h.first, h.stop) for h in reading.layer("employer")]
    givers += [(i, i + 2) for i in reading.where(_HAD) if tuple(words[i : i + 2]) in _SOMEBODY]
    for first, stop in givers:
        call = _called(reading, first, stop)
        last = _taken_up(reading, call + 1, reading.sentence_bounds(first)[1]) if call else 0
        if last and not _lives_so(reading, first, call, last):
            yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(first, last))


def _called(reading: Reading, first: int, stop: int) -> int:
    """Return where those who may give work, at syllables [first, stop), do; 0 where they do not."""
    words = reading.text.folded
    begin, end = reading.clause_bounds(first)[0], min(stop + _CALL_REACH, reading.sentence_bounds(first)[1])
    if not _TEACHES.isdisjoint(words[stop : stop + _CALL_REACH]):
        return 0
    nobody = not _DARES.isdisjoint(words[stop : stop + 1]) or reading.negated(first)
    if nobody or _of_others(reading, begin, first):
        return 0
    return next((i for i in range(stop, end) if words[i] in _CALLS), 0)


def _lives_so(reading: Reading, first: int, call: int, last: int) -> bool:
    """Whether going when called is how somebody lives: "ai kêu thì làm", unless they are idle or go at once."""
    words = reading.text.folded
    if words[first] not in _WHOEVER or _IF.isdisjoint(words[call + 1 : call + 2]):
        return False
    idle = [h.first for h in reading.layer("status") if h.code == EmploymentStatus.UNEMPLOYED]
    idle_else = any(reading.sentence(i) != reading.sentence(first) for i in idle)
    called = words[last - 1] in _CALL_ME or not _AT_ONCE.isdisjoint(words[last : last + 2])
    return not (idle_else or called)


def _taken_up(reading: Reading, i: int, end: int) -> int:
    """Return where it is said that what is called for would be taken, behind "thì", "cũng" or the speaker; else 0."""
    words = reading.text.folded
    for j in range(i, end - 1):
        if (words[j] in _IF or words[j] in SPEAKERS) and not reading.negated(j + 1):
            ready = next((n for n in range(j + 1, min(j + 3, end)) if words[n] in _READY), end)
            if ready < end and not reading.negated(ready):
                return ready + 1
    return 0


@told_by(*_TEACHES)
def lessons_welcome(reading: Reading) -> Iterator[NeedMention]:
    """Yield lessons that whoever gives them may give: "ai chỉ cho thì em học", "có lớp nào dạy thì tôi theo"."""
    words = reading.text.folded
    for i in reading.where(_TEACHES):
        begin, end = reading.clause_bounds(i)[0], reading.sentence_bounds(i)[1]
        offered = not _OFFERS_LESSONS.isdisjoint(words[begin:i]) and not _of_others(reading, begin, i)
        then = next((j for j in range(i + 1, end) if words[j] == "thi"), end)
        taken = next((j for j in range(then + 1, min(then + 4, end)) if words[j] in _ENROLS), end)
        if offered and taken < end and not reading.negated(taken):
            yield NeedMention(code=NeedCode.TRAINING, evidence=reading.text.span(begin, taken + 1))


@told_by(*_HOPES)
def work_hoped(reading: Reading) -> Iterator[NeedMention]:
    """Yield work of which it is told how good it would be, or to be let do it: "có việc ngồi một chỗ thì tốt"."""
    words = reading.text.folded
    for work in reading.layer("work"):
        begin, end = reading.clause_bounds(work.first)
        hoped = next((i for i in range(work.stop, end - 1) if tuple(words[i : i + 2]) in _HOPES), 0)
        if hoped and not _of_others(reading, begin, work.first):
            yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(work.first, hoped + 2))


@told_by(*product(["cung"], _TAKEN))
def any_work(reading: Reading) -> Iterator[NeedMention]:
    """Yield work of whatever kind: "việc gì cũng không chê"; not what was done: "việc gì cũng làm qua"."""
    words = reading.text.folded
    for work in reading.layer("work"):
        begin, end = reading.clause_bounds(work.first)
        also = next((i for i in range(work.stop, min(work.stop + 3, end - 1)) if words[i] == "cung"), 0)
        whichever = words[work.stop - 1] in _ANY or (also and words[work.stop] in _ANY)
        taken = also and words[also + 1] in _TAKEN and _DONE_BEFORE.isdisjoint(words[also + 1 : end])
        if whichever and taken and not _of_others(reading, begin, work.first):
            yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(work.first, also + 2))


def _of_others(reading: Reading, begin: int, i: int) -> bool:
    """Whether what stands before an asking in its clause says that it is denied, a relative's or over."""
    return any(begin <= h.first < i for h in reading.layers("kin", "past", "negator"))  # "vợ kiếm việc"


@told_by("possession")
def papers_asked(reading: Reading) -> Iterator[NeedMention]:
    """Yield papers that somebody asks help with: "nhờ làm giấy tờ giùm"."""
    words = reading.text.folded
    for paper in [h for h in reading.layer("possession") if h.code == ConstraintCode.NO_ID_CARD]:
        begin, end = reading.clause_bounds(paper.first)
        first = max(begin, paper.first - _PAPER_REACH)
        made = [i for i in range(first, paper.first) if words[i] in _MAKES]
        if made and not _HELPS.isdisjoint(words[begin : paper.first] + words[paper.stop : end]):
            yield NeedMention(code=NeedCode.DOCUMENTS, evidence=reading.text.span(made[0], paper.stop))


@told_by(*_MADE_AGAIN)
def papers_renewed(reading: Reading) -> Iterator[NeedMention]:
    """Yield lost papers that somebody asks for anew: "bằng mất, xin làm lại"."""
    words = reading.text.folded
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
        again = (words[i], words[i + 1]) in _MADE_AGAIN
        begin, last = reading.clause_bounds(i)
        if (
            again
            and reading.past(i + 2, last, _WHETHER | _HELPS | _GRANTED) == last
            and words[i - 1] != "di"
            and not _HELPS.isdisjoint(words[begin : i + 1])
        ):
            yield NeedMention(code=NeedCode.DOCUMENTS, evidence=reading.text.span(begin, last))
