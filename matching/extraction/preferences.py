"""What a person would like of a job: as it is said in words, and put together from work and that it is welcome."""

from collections.abc import Iterator

from matching.domain.profile import PreferenceMention
from matching.domain.vocabulary import NeedCode, PreferenceCode
from matching.extraction.conditions import CONDITIONS, WELCOME, is_lodging
from matching.extraction.hindrances import BETWEEN, is_said
from matching.extraction.lexicon import Hit
from matching.extraction.pay import is_had
from matching.extraction.phrases import OCCUPATION
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.text.quantities import QuantityKind

_HOUSED = 3
"""Syllables of a need for housing that is more than a wish for lodging with the work."""

_BEFORE_AGREEING = BETWEEN | frozenset(
    {
        "may", "gi", "nao", "ca", "thang", "tuan", "nam", "ngay", "lau", "do", "day", "lam", "truc", "chay",
    }
)  # fmt: skip
_AGREES = frozenset({"duoc", "dc", "ok", "oke", "okela", "dang", "quen", "tot", "thoai", "sao"})
"""After an activity these welcome it: "ca tối được luôn", "xa nhà cả tháng cũng được"."""
_ALSO = frozenset({"lam", "di", "nhan", "theo", "chiu", "truc"})
"""After "cũng" these do too: "đêm cũng làm"."""
_TAKES = frozenset({"nhan", "theo", "ham", "ung", "thich", "me", "khoai"})
_CLOSES = frozenset({"luon", "het", "tat", "thoi", "a", "nha", "nhe", "lien"})
"""One of the former at the end of the clause welcomes it too: "trực đêm em nhận"."""
_BETTER = frozenset({"tot", "ham", "thich", "hay", "khoe", "vui", "mung"})
_BETTER_REACH = 7
"""Syllables in which "càng" and one of these follow: "ca đêm lương cao hơn thì càng ham"."""
_BACK = frozenset({"ve", "nghi", "hoc", "ngu", "don", "o"})
"""Beside "được" these tell of something else: "tối được về nhà"."""

_FORCED = frozenset({"bat", "phai", "ep", "giup"})
"""Before what would be liked these tell that an employer asks for it, or of a trade: "trại bắt ở lại", "giúp việc"."""

_ASKS = ("need", "want", "wish", "employer")
_ALL_YEAR = ("quanh", "nam")
_WORK = frozenset({"viec"})
"""Without work "quanh năm" only tells how long."""
_GIVERS = frozenset({"chu", "sep"})
"""Who already gives board and lodging, unless it is told how good that would be."""
_LIKED = frozenset({"cang", "thi", "tot", "mung", "mien", "duoc", "dc", "luon"})

_MONEY = frozenset({"tien", "luong", "cong", "luon", "thi", "la", "mat", "tuoi", "deu"})
"""Between being paid and when: "lấy tiền mặt hàng ngày"."""


def read_preferences(reading: Reading) -> list[PreferenceMention]:
    """Return what the person would like."""
    first: dict[PreferenceCode, PreferenceMention] = {}
    for hit in reading.layer("preference"):
        unasked = _is_forced(reading, hit) or _is_needed(reading, hit) or _is_had(reading, hit)
        if not (unasked or reading.negated(hit.first)):
            code = PreferenceCode(hit.code)
            first.setdefault(code, PreferenceMention(code=code, evidence=reading.span(hit)))
    for mention in reading.all_told(_PARTS):
        first.setdefault(mention.code, mention)
    return list(first.values())


def _is_needed(reading: Reading, hit: Hit) -> bool:
    """Whether a phrase is part of a need for housing."""
    return any(
        need.first <= hit.first < need.stop and need.code == NeedCode.HOUSING and need.stop - need.first > _HOUSED
        for need in reading.layer("need")
    )


def _is_had(reading: Reading, hit: Hit) -> bool:
    """Whether a phrase tells what an employer gives, or when one is where one is: "chú nuôi cơm", "quanh năm ở đấy"."""
    if hit.code == PreferenceCode.WANTS_FORMAL_CONTRACT:
        return is_had(reading, hit) and any(h.first < hit.first for h in reading.layer(OCCUPATION))
    begin, end = reading.clause_bounds(hit.first)
    words = reading.text.folded
    if hit.code == PreferenceCode.WANTS_YEAR_ROUND:
        had = tuple(words[hit.first : hit.stop]) == _ALL_YEAR and _WORK.isdisjoint(words[begin:end])
    else:
        given = words[hit.first] in _GIVERS or words[max(begin, hit.first - 1)] in _GIVERS
        had = given and hit.code == PreferenceCode.WANTS_MEALS_OR_HOUSING
    liked = had and not _LIKED.isdisjoint(words[begin:end])
    return had and not (liked or any(begin <= h.first < end for h in reading.layers(*_ASKS)))


def _is_forced(reading: Reading, hit: Hit) -> bool:
    begin = reading.clause_bounds(hit.first)[0]
    return hit.first > begin and reading.text.folded[hit.first - 1] in _FORCED


@told_by("activity")
def _welcomed(reading: Reading) -> Iterator[PreferenceMention]:
    """Yield activities that others may not want and the person does: "ca đêm làm được", "đi xa mấy cũng được"."""
    for topic in reading.layer("activity"):
        code = WELCOME.get(topic.code)
        if code is None or not is_said(reading, topic) or _is_forced(reading, topic):
            continue
        if is_lodging(reading, topic):
            continue
        stop = _agreed_until(reading, topic)
        if stop:
            yield PreferenceMention(code=code, evidence=reading.text.span(topic.first, stop))


def _agreed_until(reading: Reading, topic: Hit) -> int:
    """Return where what welcomes an activity ends; 0 where it is denied, past or another thing is spoken of."""
    begin, end = reading.clause_bounds(topic.first)
    if reading.is_label(topic):
        begin, end = reading.clause_bounds(topic.stop)
        topic_stop = begin
    else:
        topic_stop = topic.stop
    words = reading.text.folded
    i = reading.past(topic_stop, end, _BEFORE_AGREEING)
    also = "cung" in words[topic_stop:i]
    better = next((j for j in range(i, min(i + _BETTER_REACH, end - 1)) if words[j] == "cang"), end)
    if better < end and words[better + 1] in _BETTER:
        return better + 2
    if i < end and words[i] in _TAKES and (i + 1 == end or words[i + 1] in _CLOSES):
        other = any(begin <= h.first <= i for h in reading.layer("negator"))
        return 0 if other else i + 1
    if i >= end or not (words[i] in _AGREES or (also and (words[i] in _ALSO or words[i - 1] in _ALSO))):
        return i if i == end and also and words[i - 1] in _ALSO else 0
    if i + 1 < end and words[i + 1] in _BACK:
        return 0
    other = any(h.first < topic.first and begin <= h.first for h in reading.layer("negator"))
    return 0 if other or "hoc" in words[begin : topic.first] else i + 1


@told_by("daily")
def _paid_daily(reading: Reading) -> Iterator[PreferenceMention]:
    """Yield pay that is asked for by the day: "lãnh tiền theo ngày"; with a sum it is what work pays or paid."""
    sums = [first for _, first, _ in reading.of_kind(QuantityKind.MONEY)]
    for pay in reading.layer("pay"):
        begin, end = reading.clause_bounds(pay.first)
        i = reading.past(pay.stop, end, _MONEY)
        told = any(begin <= first < end for first in sums)
        told = told or any(begin <= h.first < pay.first for h in reading.layer("past"))
        for daily in reading.layer("daily"):
            if pay.stop <= daily.first <= i and not told:
                code = PreferenceCode.WANTS_DAILY_PAY
                yield PreferenceMention(code=code, evidence=reading.text.span(pay.first, daily.stop))


_PARTS = (_welcomed, _paid_daily, *CONDITIONS)
"""What yields preferences that are put together from several phrases."""
