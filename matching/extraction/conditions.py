"""What is asked of a job, put together from a thing and the asking beside it.

A condition (a phrase of `wording.csv`: "bảo hiểm", "chỗ nghỉ", "vài giờ") is no wish by itself. It is one where work is
asked for before it ("mong vô chỗ có bảo hiểm"), under a header of needs, or where it is said how good it would be
("có cơm trưa nữa thì quý"). An activity that others may not want is one where somebody is willing ("sẵn sàng đi tỉnh").
"""

from collections.abc import Iterator

from matching.domain.profile import PreferenceMention
from matching.domain.vocabulary import ConstraintCode, PreferenceCode
from matching.extraction.hindrances import is_said
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.text.quantities import QuantityKind

WELCOME: dict[str, PreferenceCode] = {
    ConstraintCode.NO_NIGHT_SHIFT: PreferenceCode.NIGHT_SHIFT_OK,
    ConstraintCode.NO_OVERNIGHT_AWAY: PreferenceCode.WILLING_TO_RELOCATE,
    ConstraintCode.NEAR_HOME_ONLY: PreferenceCode.WILLING_TO_RELOCATE,
}
"""What it means that an activity is welcome, by the limit it would be when it is denied."""

_ASKS = ("need", "want", "wish", "employer")
_ASKED_REACH = 7
"""Syllables between an asking and what is asked for: "mong muốn vào chỗ nào đóng BHXH"."""
_MONEY_FOR = frozenset({"loan", "debt", "instalment"})
"""Roles of money that is lent or paid: "vay đóng bảo hiểm" asks for no contract."""

_SO = frozenset({"thi", "la", "cang", "moi"})
_GOOD = frozenset(
    {"lam", "di", "mung", "tot", "quy", "hay", "ham", "nhan", "theo", "vo", "vao", "chiu", "do", "em", "khoe", "bang"}
)
"""After one of the former these tell how good it would be: "có ký túc xá là em đi"."""
_SO_REACH = 3

_WILLING = frozenset(
    {"ung", "khoai", "nhan", "sang", "y", "the", "quen", "tien", "thich", "muon", "chiu", "xin", "ham"}
)
"""Right before an activity, or before what is done there, these welcome it: "ưng trông coi ban đêm"."""
_DOING = frozenset(
    {"lam", "di", "trong", "coi", "canh", "gac", "truc", "viec", "ban", "cho", "duoc", "chay", "o", "theo", "man"}
)
_DOING_REACH = 3
_ERRANDS = frozenset({"kham", "hoc", "tham", "choi", "lay", "nop", "chua", "thi", "mua", "tai", "ban"})
"""Behind an activity these tell what somebody goes there for: "muốn lên tỉnh khám"."""
_ABROAD = frozenset({"khau", "ngoai"})
"""Who wants to work abroad asks about papers: "muốn đi xuất khẩu"."""

_STAYS = (["o", "lai"], ["ngu", "lai"])
_FAR = frozenset({"xa", "trinh", "truong"})
"""With one of these in the clause staying is being away: "ở lại công trình xa cũng được"."""

_UPWARDS = frozenset({("tro", "len"), ("do", "len"), ("tro", "ra"), ("do", "ra")})
"""Behind a sum these make it the least that work should pay: "mức từ 10 triệu đổ lên"."""


@told_by("condition")
def asked(reading: Reading) -> Iterator[PreferenceMention]:
    """Yield conditions that are asked for, or of which it is said how good they would be."""
    for thing in reading.layer("condition"):
        begin, end = reading.clause_bounds(thing.first)
        lent = any(begin <= h.first < thing.first and h.code in _MONEY_FOR for h in reading.layer("money_role"))
        if lent or reading.negated(thing.first) or reading.meets(thing, OCCUPATION, SKILL):
            continue
        if _is_asked(reading, thing, begin) or _would_be_good(reading, thing.stop, end):
            yield PreferenceMention(code=PreferenceCode(thing.code), evidence=reading.span(thing))


def _is_asked(reading: Reading, thing: Hit, begin: int) -> bool:
    """Whether an asking stands before a thing in its clause, or a header of needs over it."""
    header = reading.header_over(thing.first)
    return (header is not None and header.code == "need") or any(
        begin <= h.first and h.first < thing.first <= h.stop + _ASKED_REACH and not reading.negated(h.first)
        for h in reading.layers(*_ASKS)
    )


def _would_be_good(reading: Reading, stop: int, end: int) -> bool:
    """Whether it is said right behind a thing how good it would be: "thì quý", "là em làm"."""
    words = reading.text.folded
    so = next((i for i in range(stop, min(stop + _SO_REACH, end)) if words[i] in _SO), end)
    return so + 1 < end and words[so + 1] in _GOOD


@told_by("activity")
def willing(reading: Reading) -> Iterator[PreferenceMention]:
    """Yield activities that somebody is willing to do, told before them: "ưng trông coi ban đêm"."""
    words = reading.text.folded
    for topic in reading.layer("activity"):
        code = WELCOME.get(topic.code)
        if code is None or not is_said(reading, topic):
            continue
        begin, end = reading.clause_bounds(topic.first)
        i = topic.first
        while i > max(begin, topic.first - _DOING_REACH) and words[i - 1] in _DOING:
            i -= 1
        if is_lodging(reading, topic):
            continue
        for_another = words[topic.stop - 1] in _ABROAD or (topic.stop < end and words[topic.stop] in _ERRANDS)
        if i > begin and words[i - 1] in _WILLING and not for_another and not reading.negated(i - 1):
            yield PreferenceMention(code=code, evidence=reading.text.span(i - 1, topic.stop))


def is_lodging(reading: Reading, topic: Hit) -> bool:
    """Whether staying is spoken of and nothing far: "ở lại trại cũng được" is about lodging."""
    stays = reading.text.folded[topic.first : topic.first + 2] in _STAYS
    return stays and _FAR.isdisjoint(reading.text.folded[slice(*reading.clause_bounds(topic.first))])


@told_by(*_UPWARDS)
def least_pay(reading: Reading) -> Iterator[PreferenceMention]:
    """Yield sums that work should pay at least, where no money is lent: "cần mức từ 10 triệu đổ lên"."""
    words = reading.text.folded
    for _, first, stop in reading.of_kind(QuantityKind.MONEY):
        begin = reading.sentence_bounds(first)[0]
        lent = any(begin <= h.first < first and h.code in _MONEY_FOR for h in reading.layer("money_role"))
        if tuple(words[stop : stop + 2]) in _UPWARDS and not lent:
            yield PreferenceMention(code=PreferenceCode.WANTS_HIGHER_WAGE, evidence=reading.text.span(first, stop + 2))


CONDITIONS = (asked, willing, least_pay)
"""What yields what is asked of a job, in no order."""
