"""What somebody cannot do, lacks or suffers from, put together from a topic and what is said of it in its clause.

A topic (an activity, a thing one has, a part of the body, a relative) tells which limit may be meant, what stands
beside it whether it is one: "tối không trực được", "xe cũ bán rồi", "chân phải yếu", "má bịnh nằm một chỗ". Both are
phrases of `wording.csv`; only words that say nothing stand between them. A label takes its answer over a colon
("Vốn: không").
"""

from collections.abc import Iterator

from matching.domain.profile import ConstraintMention
from matching.domain.vocabulary import ConstraintCode
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.possessions import answered_none, lacking
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by

_SPEAKERS = frozenset({"tui", "toi", "em", "e", "minh", "con", "chau", "anh", "chi", "ong", "ba", "bac", "no", "ai"})
_LINKS = frozenset({"thi", "la", "cung", "lai", "nua", "deu", "gio", "nay", "qua", "lam", "ma", "cu", "van", "moi"})
BETWEEN = _SPEAKERS | _LINKS
"""Between a topic and what is said of it these say nothing: "ca đêm thì em cũng không làm được"."""

_TRIES = frozenset(
    {
        "lam", "di", "the", "dam", "muon", "duoc", "dc", "nhan", "chiu", "noi", "phai", "quen", "hop", "cho", "nen",
        "ham", "thich", "biet", "tien", "man", "bat", "co", "viec", "dung", "xai", "xep", "sap", "giao",
    }
)  # fmt: skip
"""Between a negator and an activity these leave it denied: "không dám lên cao"."""

_ABLE = frozenset(
    {"duoc", "dc", "noi", "dang", "xue", "kham", "xong", "ranh", "thong", "thao", "lau", "chiu", "chat", "vung"}
)
"""After an activity and a negator these tell that it cannot be done."""
_DONE = frozenset({"lam", "nhan", "di", "dam", "truc", "ham", "theo", "the", "chay", "man", "hop", "quen", "biet"})
"""The same at the end of a clause: "ca đêm thì không nhận"."""
_ABLE_REACH = 3
"""Syllables between the negator and one of these: "tối không chạy xe được"."""

_CLEAR = frozenset(
    {
        "viet", "doc", "treo", "nong", "vac", "khieng", "dau", "xiu", "ngat", "met", "nhuc", "sung", "quy", "choang",
    }
)  # fmt: skip
"""Words that are clear without their accents beside what denies them."""

_BEFORE_SYMPTOM = BETWEEN | frozenset(
    {
        "la", "bi", "thi", "hay", "de", "lien", "ngay", "cai", "mat", "nguoi", "chan", "dau", "lung", "cu", "lau",
        "chut", "xiu", "nhieu", "hoi", "tay",
    }
)  # fmt: skip
"""Between an activity and a symptom: "ra nắng là mặt đỏ rần"."""
_BORNE = frozenset(
    {
        "quen", "thuong", "chuyen", "nghe", "khoe", "duoc", "dc", "on", "thich", "ham", "chinh", "viec", "lam", "co",
        "kiem", "ok", "tot", "vui", "luong", "nhan", "di", "nhat", "it", "nhieu", "xong", "ai", "gioi", "phai",
    }
)  # fmt: skip
"""After an activity and "là" these tell of no harm; anything else does: "vác bao xi măng là lụi luôn"."""
_HARM_REACH = 6
"""Syllables in which the harm is told."""
_OBJECT_REACH = 4
"""Syllables between the activity and "là", which name its object: "vác bao xi măng là"."""
_THEN_COMES = "la"
_THEN = frozenset({"thi", "la"})
_STRAINS = frozenset(
    {
        ConstraintCode.NO_HEAVY_LIFTING,
        ConstraintCode.NO_HEIGHTS,
        ConstraintCode.NO_HEAT,
        ConstraintCode.NO_PROLONGED_STANDING,
        ConstraintCode.NO_NIGHT_SHIFT,
    }
)
"""Limits that a symptom may tell of."""

_SIDES = frozenset(
    {
        "phai", "trai", "mat", "ben", "mot", "hai", "1", "2", "nay", "bi", "hoi", "thi", "dang", "lai", "cung", "hay",
        "rat", "qua", "da", "van", "no", "tui", "em", "con", "ca", "moi", "day", "cua", "toan", "gio", "nhin", "coi",
        "hom", "dao", "cha", "trong",
        "luc", "nao", "chi", "cho", "cui", "khom", "buoc", "duoi", "xoay", "doc", "cam", "nam", "cu", "dong",
    }
)  # fmt: skip
"""Between a part of the body and what ails it: "con mắt bên phải bị mờ", "lưng cúi không nổi"."""
_SENSES = frozenset({"thay", "ro", "nghe", "duoi", "nam", "cam", "nhac", "khoe", "tot", "cu", "gap", "nhin"})
"""What a part of the body does: "tay không nắm được"."""
_SERVES = frozenset({"phep", "xuong", "len", "duoc", "dc", "noi", "vung", "chat", "thay", "ro"})
"""The same after what it is used for: "cánh tay không giơ lên được", "lưng cúi không nổi"."""
_SERVES_REACH = 3
_NUMBERS = frozenset({"1", "2", "3", "4", "mot", "hai", "ba", "bon", "may"})
_COUNTS = _NUMBERS | {"ngon", "long", "dot", "ben", "con", "cai", "ban"}
_HURT = frozenset(
    {"cut", "liet", "que", "teo", "phong", "bong", "rut", "dap", "gay", "trat", "sung", "te", "chot", "loa"}
)
"""Right before a part of the body, or before how much of it, these tell that it ails: "bỏng co rút tay phải"."""
_PARTS_OF = frozenset(
    {"toi", "den", "mat", "co", "ca", "hai", "mot", "1", "2", "may", "cai", "ben", "het", "o", "khop"}
)
_LOST = frozenset({"mat", "cut", "liet", "hu", "hong", "gay", "teo", "mu", "dui", "que", "dut"})
"""Before a number and a part of the body these tell that it is lost: "mất 1 chân"."""
_BETTER = frozenset({"lanh", "khoi", "do"})
"""After an ailment these tell that it is over: "gãy tay lành rồi"."""
_TRUSTED = frozenset({"tay", "chan", "mat", "lung", "viet", "doc"})
"""Parts of the body that are meant even where accents are missing, beside what ails them."""


def _mention(reading: Reading, topic: Hit, first: int, stop: int) -> ConstraintMention:
    return ConstraintMention(code=ConstraintCode(topic.code), evidence=reading.text.span(first, stop))


@told_by("activity")
def _activities(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield what cannot be done: a negator or an aversion before it, an inability or a symptom after it."""
    told = 0
    for topic in reading.layer("activity"):
        if not is_said(reading, topic) or reading.text.folded[topic.stop : topic.stop + 1] == ["thu"]:
            continue  # "trừ tối thứ sáu" is one evening
        label = _refusing_label(reading, topic)
        if label is not None:
            yield _mention(reading, topic, label if told <= label else topic.first, topic.stop)
            told = topic.stop
            continue
        first = _denied_from(reading, topic)
        stop = _denied_until(reading, topic)
        if told <= first < topic.first or stop > topic.stop:
            told = stop
            yield _mention(reading, topic, first, stop)


def is_said(reading: Reading, topic: Hit) -> bool:
    """Whether a topic of one word carries its accents: a bare "toi" is "tôi" as likely as "tối"."""
    if topic.stop - topic.first > 1:
        return True
    typed = reading.text.typed(topic.first).lower()
    return typed == topic.entries[0].phrase or typed in _CLEAR


def _denied_from(reading: Reading, topic: Hit) -> int:
    """Return where a negator or an aversion before an activity begins; the activity itself where none denies it."""
    begin = reading.clause_bounds(topic.first)[0]
    folded = reading.text.folded
    i = topic.first
    while i > begin and folded[i - 1] in _TRIES:
        i -= 1
    for cue in reading.layer("negator"):
        if begin <= cue.first and i <= cue.stop <= topic.first:
            return cue.first
    for cue in reading.layer("averse"):
        if begin <= cue.first and i <= cue.stop <= topic.first and not reading.negated(cue.first):
            return cue.first
    return topic.first


def _refusing_label(reading: Reading, topic: Hit) -> int | None:
    """Return where a label begins that denies what is listed under it: "Không nhận: leo cột, trên cao"; else None."""
    listed = reading.sentence_bounds(topic.first)[0]
    if not reading.after_colon(listed):
        return None
    begin = reading.clause_bounds(listed - 1)[0]
    for cue in reading.layers("negator", "averse"):
        if cue.first == begin and reading.past(cue.stop, listed, _TRIES) == listed:
            return begin
    return None


def _denied_until(reading: Reading, topic: Hit) -> int:
    """Return where what says after an activity that it cannot be done ends; the activity itself without any."""
    if reading.is_label(topic):
        return answered_none(reading, topic)
    end = reading.clause_bounds(topic.first)[1]
    i = reading.past(_past_object(reading, topic.stop, end), end, BETWEEN)
    unable = [h.stop for h in reading.layer("unable") if topic.stop <= h.first <= i]
    if unable:
        return max(unable)
    if topic.code in _STRAINS:
        j = reading.past(i, end, _BEFORE_SYMPTOM)
        felt = [
            h.stop
            for h in reading.layer("symptom")
            if topic.stop <= h.first <= j and h.stop <= end and is_said(reading, h)
        ]
        if felt:
            return max(felt)
        if _harms(reading, topic.stop, end):
            return end
    asks = "co" in reading.text.folded[reading.clause_bounds(topic.first)[0] : topic.first]
    denied = [
        h.stop
        for h in reading.layer("negator")
        if topic.stop <= h.first <= i and h.stop <= end and not (asks and h.stop == end)
    ]  # "có dạy tối không" is a question
    return _unable_until(reading, denied[0], end) or topic.stop if denied else topic.stop


def _past_object(reading: Reading, stop: int, end: int) -> int:
    """Return where "thì" or "là" follows what an activity is done to: "ở lại công trình thì không nhận"."""
    words = reading.text.folded[stop : min(stop + _OBJECT_REACH, end)]
    if _THEN.isdisjoint(words):
        return stop
    then = next(n for n, word in enumerate(words) if word in _THEN)
    return stop + then if _BORNE.isdisjoint(words[:then]) else stop


def _harms(reading: Reading, stop: int, end: int) -> bool:
    """Whether what an activity that ends at *stop* leads to is told, and is nothing good: "leo thang là em run"."""
    words = reading.text.folded[stop:end]
    if _THEN_COMES not in words[:_OBJECT_REACH]:
        return False
    comes = stop + words.index(_THEN_COMES)
    return 1 < end - comes <= _HARM_REACH and reading.means(comes, "là") and _BORNE.isdisjoint(words)


def _unable_until(reading: Reading, stop: int, end: int) -> int:
    """Return where what a negator that ends at *stop* denies ends ("không trực được"); 0 for no inability."""
    folded = reading.text.folded
    if folded[stop - 1] in _ABLE or stop == end:
        return stop
    for i in range(stop, min(stop + _ABLE_REACH + 1, end)):
        if folded[i] in _ABLE:
            return i + 1
    return stop + 1 if folded[stop] in _DONE and stop + 1 == end else 0


@told_by("limb")
def _ailments(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield parts of the body that ail: "tay mặt liệt", "hư một con mắt", "Mắt: kém"."""
    ailments = reading.layer("ailment")
    for limb in reading.layer("limb"):
        begin, end = reading.clause_bounds(limb.first)
        if reading.is_label(limb):
            end = reading.clause_bounds(limb.stop)[1]
        after = reading.past(limb.stop, end, _SIDES)
        ails = [
            h.stop for h in ailments if limb.stop <= h.first <= after and h.stop <= end and not _of_next(reading, h)
        ]
        fails = [
            stop
            for n in reading.layer("negator")
            if limb.stop <= n.first <= after and n.stop < end and (stop := _failing_until(reading, n.stop, end))
        ]
        stop = max((*ails, *fails), default=limb.stop)
        first = limb.first if ails or fails else _lost_from(reading, limb, begin)
        ailing = first < limb.first or (stop > limb.stop and _BETTER.isdisjoint(reading.text.folded[stop : stop + 2]))
        if ailing and _is_ones_own(reading, limb, begin):
            yield _mention(reading, limb, first, stop)


def _is_ones_own(reading: Reading, limb: Hit, begin: int) -> bool:
    """Whether a part of the body is one, not a part of a trade's name, and no relative's."""
    words = reading.text.folded
    meant = is_said(reading, limb) or words[limb.first] in _TRUSTED
    return (
        meant
        and words[limb.stop : limb.stop + 1] != ["nghe"]
        and not reading.meets(limb, OCCUPATION, SKILL)
        and not _of_kin(reading, begin, _hurt_from(reading, limb, begin))
    )


def _of_next(reading: Reading, ailment: Hit) -> bool:
    """Whether what ails is counted behind: "SK: mất 1 chân" tells of the leg, not of health."""
    following = reading.text.folded[ailment.stop : ailment.stop + 1]
    return not _NUMBERS.isdisjoint(following) and reading.text.folded[ailment.first] in _LOST


def _lost_from(reading: Reading, limb: Hit, begin: int) -> int:
    """Return where "mất", "cụt" and a number before a part of the body begin: "cụt hai ngón tay"; else the limb."""
    words = reading.text.folded
    i = limb.first
    while i > begin and words[i - 1] in _COUNTS:
        i -= 1
    hurt = _hurt_from(reading, limb, begin)
    if hurt < limb.first:
        return hurt
    counted = not _NUMBERS.isdisjoint(words[i : limb.first + 1])
    return i - 1 if counted and i > begin and words[i - 1] in _LOST else limb.first


def _hurt_from(reading: Reading, limb: Hit, begin: int) -> int:
    """Return where what ails right before a part of the body begins: "bỏng co rút tay phải"; else the limb."""
    words = reading.text.folded
    if _HURT.isdisjoint(words[begin : limb.first]) or (words[limb.first] == "mat" and not is_said(reading, limb)):
        return limb.first  # "cụt mất ngón trỏ" typed without accents
    hurt = next(i for i in range(begin, limb.first) if words[i] in _HURT)
    return hurt if reading.past(hurt, limb.first, _HURT | _PARTS_OF) == limb.first else limb.first


def _failing_until(reading: Reading, stop: int, end: int) -> int:
    """Return where what a part of the body does not do ends: "không duỗi"; 0 for anything else."""
    words = reading.text.folded
    if stop < end and words[stop] in _SENSES:
        return stop + 1
    return next((i + 1 for i in range(stop, min(stop + _SERVES_REACH, end)) if words[i] in _SERVES), 0)


def _of_kin(reading: Reading, begin: int, first: int) -> bool:
    """Whether a relative stands before a syllable in its clause: "mẹ già chân yếu"."""
    return any(begin <= k.first and k.stop <= first for k in reading.layers("kin", "elder"))


HINDRANCES = (_activities, lacking, _ailments)
"""What yields the limits that a topic and what is said of it tell together, in no order."""
