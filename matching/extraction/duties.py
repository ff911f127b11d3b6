"""What others and the clock ask of a person: relatives to look after, appointments, reporting, debts, hours.

Each is put together from two phrases of one clause: who is looked after and how they are, when and what for, whom
money is owed to and how much, from what time to what time.
"""

from collections.abc import Iterator, Sequence

from matching.domain.profile import ConstraintMention, Span
from matching.domain.vocabulary import ConstraintCode
from matching.extraction.cues import is_counting
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.text.quantities import QuantityKind

_BETWEEN = frozenset(
    {
        "thi", "la", "cung", "nay", "dang", "bi", "tui", "em", "minh", "lai", "hay", "suot", "gia", "gio", "toi",
        "nha", "lon", "va", "rat", "qua", "hoai", "con", "da", "nua", "80t",
    }
)  # fmt: skip
"""Between a relative and how they are these say nothing."""
_AGED = _BETWEEN | frozenset(
    {
        "tuoi", "ngoai", "gan", "hon", "tren", "nam", "chuc", "muoi", "lam", "bay", "tam", "chin", "sau", "roi", "ca",
        "cung", "mot", "hai", "ba", "bon", "nay",
    }
)  # fmt: skip
"""After a relative these tell how old; an illness may open the next clause: "mẹ tôi tám mươi rồi, ốm đau luôn"."""
_BROUGHT = frozenset({"dua", "cho", "dat", "cong", "don"})
"""First words of what takes a child or a parent somewhere; more may follow: "phải đưa đi học can thiệp"."""
_SETTLES = frozenset({"nop", "tra", "dong", "boi", "thi", "den"})
_WHOLLY = frozenset({"xong", "het", "du", "duoc", "dc", "noi", "hoan", "tat", "thuong", "hanh", "cac", "khoan", "cho"})
"""After a negator one of the former, then of the latter, tells of what is owed: "chưa nộp xong tiền bồi thường"."""
_LIE = frozenset({"mot", "1", "cho", "giuong", "lien", "mien", "hoai", "suot", "miet", "nang", "luon"})
"""After an illness these say more of it: "bịnh nằm một chỗ"."""
_TO = frozenset({"cho", "them", "hai", "ca"})
"""Between caring and who is cared for."""
_DEPENDANTS = frozenset({"vo", "chong", "con", "chau", "xa", "dau", "re", "gai", "trai", "em", "anh", "chi"})
"""Last words of relatives who are fed by many and nursed by few: "nuôi vợ con" tells no care."""
_COUNTS = frozenset(
    {
        "hai", "ba", "bon", "1", "2", "3", "4", "may", "cac", "cho", "them", "dam", "bay", "lu", "mot", "em", "nhung",
        "dua", "thang",
    }
)  # fmt: skip
"""Between caring and children."""
_OF_CHILDREN = frozenset(
    {
        "nho", "dai", "mon", "tho", "cai", "tui", "em", "minh", "cho", "di", "hoc", "bu", "dang", "con", "moi", "o",
        "nua", "roi", "duoc", "vi", "nen", "noi", "ngoai", "gai", "trai", "de", "ma", "thi", "nao", "luon", "2", "3",
        "1", "4", "5", "6", "7", "8", "9", "tan", "tu", "ve",
    }
)  # fmt: skip
"""After "con" these leave it a child: "chăm con heo" is none."""

_APART = 6
"""Syllables between a day and what it is for."""
_OWED_REACH = 5
"""Syllables between a word for owing and the sum."""
_PAID = frozenset({"tra", "het", "xong", "so", "doi", "chu", "khach"})
"""Before "nợ" these tell of no debt of the person's: "hết nợ", "sợ nợ", "đòi nợ"."""


def _mention(reading: Reading, code: ConstraintCode, first: int, stop: int) -> ConstraintMention:
    return ConstraintMention(code=code, evidence=reading.text.span(first, stop))


def _relatives(reading: Reading) -> Sequence[Hit]:
    """Return who may be looked after."""
    return [*reading.layer("kin"), *elders(reading)]


def elders(reading: Reading) -> Sequence[Hit]:
    """Return the words for parents and grandparents."""
    return [h for h in reading.layer("elder") if _is_elder(reading, h)]


def _is_elder(reading: Reading, hit: Hit) -> bool:
    """Whether a word for a parent is one: a single one carries its accents, and "ba" counts nothing."""
    if hit.stop - hit.first > 1:
        return True
    spelt = reading.text.typed(hit.first).lower() == hit.entries[0].phrase
    return spelt and not is_counting(reading, hit) and not reading.text.source.original.isascii()


def _is_trade(reading: Reading, hit: Hit) -> bool:
    return reading.meets(hit, OCCUPATION)


@told_by("sick", "care")
def _elders(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield relatives who are ill or old, or are nursed: "má bịnh nằm một chỗ", "lo thuốc thang cho ba"."""
    relatives = _relatives(reading)
    if not relatives:
        return
    for relative in relatives:
        end = reading.clause_bounds(relative.first)[1]
        i = reading.past(relative.stop, end, _BETWEEN)
        ill = [h for h in reading.layer("sick") if relative.stop <= h.first <= i and h.stop <= end]
        if ill:
            stop = reading.past(max(h.stop for h in ill), end, _LIE)
            yield _mention(reading, ConstraintCode.ELDERCARE, relative.first, stop)
        elif _past_age(reading, relative.stop, end) == end:
            ill = [
                h
                for h in reading.layer("sick")
                if h.first == end and reading.sentence(end) == reading.sentence(end - 1)
            ]
            if ill:
                yield _mention(reading, ConstraintCode.ELDERCARE, relative.first, ill[0].stop)
    for care in reading.layer("care"):
        end = reading.clause_bounds(care.first)[1]
        i = reading.past(care.stop, end, _TO)
        for relative in relatives:
            nursed = care.stop <= relative.first <= i and relative.stop <= end and care.code != "child"
            loose = reading.text.folded[relative.stop - 1] in _DEPENDANTS and care.code != "elder"
            if nursed and not loose and not _is_trade(reading, care):
                yield _mention(reading, ConstraintCode.ELDERCARE, care.first, relative.stop)


def _past_age(reading: Reading, i: int, end: int) -> int:
    """Return the first syllable from *i* on, before *end*, that tells nothing of an age."""
    while i < end and (reading.text.folded[i] in _AGED or reading.text.folded[i].isdigit()):
        i += 1
    return i


def attended(reading: Reading, stop: int) -> bool:
    """Whether a relative minds those whose phrase ends at *stop*: "2 con nhỏ vợ trông"."""
    end = reading.clause_bounds(stop - 1)[1]
    minding = {h.first for h in reading.layer("care")}
    return any(
        stop <= k.first <= stop + 1 and k.stop < end and not minding.isdisjoint(range(k.stop, min(k.stop + 2, end)))
        for k in _relatives(reading)
    )


@told_by("child")
def _children(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield children who are looked after: "giữ 2 đứa nhỏ"; "nuôi con" only tells that there are children."""
    children = {h.first: h for h in reading.layer("child")}
    for care in reading.layer("care") if children else ():
        end = reading.clause_bounds(care.first)[1]
        if care.code == "elder" or reading.text.folded[care.first] == "nuoi" or _is_trade(reading, care):
            continue
        stop = reading.past(care.stop, end, _COUNTS)
        child = next((children[i] for i in range(care.stop, min(stop, end - 1) + 1) if i in children), None)
        if child is not None and is_child(reading, child.stop) and not reading.negated(care.first):
            yield _mention(reading, ConstraintCode.CHILDCARE, care.first, child.stop)


def is_child(reading: Reading, stop: int) -> bool:
    """Whether a word for a child that ends at *stop* is one: "con" before an animal only counts it."""
    end = reading.clause_bounds(stop - 1)[1]
    return reading.text.folded[stop - 1] != "con" or stop >= end or reading.text.folded[stop] in _OF_CHILDREN


@told_by("ai")
def _unattended(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield those whom nobody else looks after: "hai đứa nhỏ không ai coi", "cha già không ai hầu"."""
    caring = {h.first: h for h in reading.layer("care")}
    for negator in reading.layer("negator") if caring else ():
        begin, end = reading.clause_bounds(negator.first)
        i = reading.past(negator.stop, end, frozenset({"co", "ai"}))
        if i >= end or i not in caring or reading.text.folded[i - 1] != "ai":
            continue
        children = [h for h in reading.layer("child") if begin <= h.first < negator.first]
        elders = [h for h in _relatives(reading) if begin <= h.first < negator.first]
        code = ConstraintCode.CHILDCARE if children else ConstraintCode.ELDERCARE
        if children or elders:
            yield _mention(reading, code, (children or elders)[0].first, caring[i].stop)


@told_by("duty")
def _appointments(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield what comes back with its days: "thứ hai nào cũng phải lên công an", "chủ nhật đi lễ"."""
    for duty, days in _recurring(reading):
        first, stop = min(duty.first, days[0].first), max(duty.stop, days[-1].stop)
        yield _mention(reading, ConstraintCode(duty.code), first, stop)


@told_by("duty")
def reports(reading: Reading) -> Iterator[Span]:
    """Yield the words for reports to an authority that come back with their days: they tell of a sentence."""
    for duty, _ in _recurring(reading):
        if duty.code == ConstraintCode.REPORTING_DUTY:
            must = duty.first - (duty.first > 0 and reading.text.folded[duty.first - 1] == "phai")
            yield reading.text.span(must, duty.stop)


@told_by("phai")
def _bound(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield those who are spoken of before it is said that they must be looked after: "mẹ nằm liền, phải chăm"."""
    for care in reading.layer("care"):
        begin, end = reading.sentence_bounds(care.first)[0], reading.clause_bounds(care.first)[1]
        opens = care.stop == end or reading.text.folded[care.first] in _BROUGHT
        if (
            not opens
            or reading.text.folded[care.first] == "nuoi"
            or care.first == begin
            or reading.text.folded[care.first - 1] != "phai"
        ):
            continue
        children = [h for h in reading.layer("child") if begin <= h.first and h.stop < care.first]
        elders = [h for h in _relatives(reading) if begin <= h.first and h.stop < care.first]
        code = ConstraintCode.CHILDCARE if children else ConstraintCode.ELDERCARE
        if children or elders:
            yield _mention(reading, code, (children or elders)[0].first, care.stop)


def _recurring(reading: Reading) -> Iterator[tuple[Hit, list[Hit]]]:
    """Yield duties with the days beside them in their clause: no child's, none of former times."""
    for duty in reading.layer("duty"):
        begin, end = reading.clause_bounds(duty.first)
        days = [
            h for h in reading.layer("regular")
            if begin <= h.first and h.stop <= end and h.first - duty.stop <= _APART and duty.first - h.stop <= _APART
        ]  # fmt: skip
        of_a_child = reading.text.folded[duty.first - 1] in ("con", "chau", "be") and duty.first > begin
        if days and not of_a_child and not any(begin <= h.first < duty.first for h in reading.layer("past")):
            yield duty, days


@told_by("no", "thieu")
def _debts(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield sums that are owed: "nợ 40tr tiền cám", "còn thiếu đại lý 60 triệu"."""
    creditors = reading.layer("creditor")
    for _, first, stop in reading.of_kind(QuantityKind.MONEY):
        begin, end = reading.clause_bounds(first)
        for i in range(max(begin, first - _OWED_REACH), first):
            owed = reading.means(i, "nợ") and not _PAID & set(reading.text.folded[max(begin, i - 2) : i])
            short = reading.means(i, "thiếu") and any(i < c.first <= stop and c.stop <= end for c in creditors)
            if (owed or short) and not reading.negated(i):
                yield _mention(reading, ConstraintCode.DEBT, i, stop)
                break


@told_by("creditor")
def _unpaid(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield what has not been paid: "chưa nộp xong tiền bồi thường", "ko đóng nổi tiền lãi"."""
    for negator in reading.layer("negator"):
        i = negator.stop
        if not reading.negated(i) or _SETTLES.isdisjoint(reading.text.folded[i : i + 1]):
            continue
        whole = reading.past(i + 1, reading.clause_bounds(i)[1], _WHOLLY)
        owed = [c.stop for c in reading.layer("creditor") if i < c.first and whole - 1 <= c.first <= whole + 1]
        if whole > i + 1 and owed:
            yield _mention(reading, ConstraintCode.DEBT, negator.first, owed[0])


DUTIES = (_elders, _children, _unattended, _bound, _appointments, _debts, _unpaid)
"""What yields what relatives, authorities, creditors and appointments ask of the person, in no order."""
