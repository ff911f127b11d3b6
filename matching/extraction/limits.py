"""What limits a person and what they would like; schooling and age as stated."""

from collections.abc import Iterator

from matching.domain.profile import ConstraintMention, PreferenceMention, Span
from matching.domain.vocabulary import ConstraintCode, PreferenceCode
from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading
from matching.extraction.wants import is_lent
from matching.text.quantities import Quantity, QuantityKind

ADULT_AGE = 18

_YOUNGEST, _OLDEST = 13, 95
"""Ages that a surveyed person may state of themselves."""

_HIGHEST_GRADE = 12

_CHILD = frozenset({"con", "be", "dua", "nho"})
"""Before a word for schooling these tell of a child: "con học lớp 3"."""

_THEN = frozenset({"tu", "nam", "hoi", "luc"})
"""Before a grade or an age these tell when something was: "từ năm lớp 8", "từ 16 tuổi"."""

_SPANS = frozenset({"thang", "nam", "ngay", "tuan", "diem", "trieu", "tr"})
"""After a number these make it a time or a sum, not a grade: "bằng 12 tháng", "trừ hết 12 điểm"."""

_ABOUT = frozenset({"khoang", "tam", "chung"})
"""Before "20t" these, and words for a loan, make it a sum of money."""

_NEAR, _LIVES = frozenset({"gan", "quanh"}), frozenset({"nha", "o"})
"""Before the name of a place the first limit how far work may be, unless one of the second stands before them."""

_OF_THE_BODY = frozenset(
    {
        ConstraintCode.WEAK_HEALTH,
        ConstraintCode.LOW_VISION,
        ConstraintCode.LOW_HEARING,
        ConstraintCode.LIMITED_HAND_USE,
        ConstraintCode.NO_HEAVY_LIFTING,
        ConstraintCode.NO_PROLONGED_STANDING,
    }
)
_KIN_REACH = 2
"""Syllables between a relative and what is said of them."""


def read_constraints(reading: Reading, age: tuple[int, Span] | None) -> list[ConstraintMention]:
    """Return the limits that are stated and not solved."""
    solved = {hit.code for hit in reading.layer("cancels") if not _negated(reading, hit) and not _inside(reading, hit)}
    first: dict[ConstraintCode, ConstraintMention] = {}
    for hit in reading.layer("constraint"):
        code = ConstraintCode(hit.code)
        if hit.code not in solved and not _negated(reading, hit) and not _of_another(reading, hit):
            first.setdefault(code, ConstraintMention(code=code, evidence=reading.span(hit)))
    for mention in _near_places(reading):
        first.setdefault(mention.code, mention)
    for mention in _time_limits(reading):
        known = first.get(mention.code)
        if known is None or known.time is None:
            first[mention.code] = mention
    if age is not None and age[0] < ADULT_AGE:
        first[ConstraintCode.MINOR] = ConstraintMention(code=ConstraintCode.MINOR, evidence=age[1])
    return sorted(first.values(), key=lambda m: m.evidence)


def _near_places(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield "gần Võ Xu" where it says how far the work asked for may be; a place is told by its capital."""
    text = reading.text
    for i in range(1, len(text) - 1):
        if text.folded[i] not in _NEAR or text.breaks[i] or text.folded[i - 1] in _LIVES:
            continue
        begin = reading.clause_bounds(i)[0]
        asked = any(begin <= h.first < i for layer in ("need", "want", "wish") for h in reading.layer(layer))
        name = text.typed(i + 1)
        if asked and name[:1].isupper() and not name.isupper() and not text.typed(i)[:1].isupper():
            stop = i + 2
            while stop < len(text) and not text.breaks[stop - 1] and text.typed(stop)[:1].isupper():
                stop += 1
            yield ConstraintMention(code=ConstraintCode.NEAR_HOME_ONLY, evidence=text.span(i, stop))


def _of_another(reading: Reading, hit: Hit) -> bool:
    """Whether the body that is limited is a relative's: "mẹ già đau yếu"."""
    begin = reading.clause_bounds(hit.first)[0]
    return hit.code in _OF_THE_BODY and any(
        begin <= k.first and k.stop <= hit.first <= k.stop + _KIN_REACH for k in reading.layer("kin")
    )


def _inside(reading: Reading, hit: Hit) -> bool:
    """Whether a phrase is part of a constraint: "có điện thoại" of "không có điện thoại"."""
    return any(h.first <= hit.first and hit.stop <= h.stop for h in reading.layer("constraint"))


def _negated(reading: Reading, hit: Hit) -> bool:
    """Whether a negator that is no part of the phrase stands right before it: "không sợ độ cao"."""
    begin = reading.clause_bounds(hit.first)[0]
    return any(begin <= n.first and n.stop == hit.first for n in reading.layer("negator"))


def _time_limits(reading: Reading) -> list[ConstraintMention]:
    """Return limits that a clock time gives: "tới 8 giờ mới xong", "phải về trước 9 giờ"."""
    found = []
    for quantity, first, stop in reading.of_kind(QuantityKind.CLOCK):
        begin, end = reading.clause_bounds(first)
        cues = [
            h for h in reading.layer("time_limit") if begin <= h.first and h.stop <= end and not first <= h.first < stop
        ]
        if not cues or quantity.low is None:
            continue
        cue = min(cues, key=lambda h: min(abs(h.first - stop), abs(first - h.stop)))
        span = reading.text.span(min(first, cue.first), max(stop, cue.stop))
        code = ConstraintCode(cue.code)
        if code is ConstraintCode.NOT_AFTER and any(stop <= n.first < end for n in reading.layer("negator")):
            code = ConstraintCode.NOT_BEFORE  # "trước 8 giờ không đi làm được"
        found.append(_time_limit(code, quantity, span, reading.text.folded[begin:end]))
    return found


def _time_limit(code: ConstraintCode, quantity: Quantity, span: Span, words: list[str]) -> ConstraintMention:
    minutes = round(quantity.low or 0)
    if code is ConstraintCode.NOT_AFTER and minutes < 12 * 60 and {"toi", "dem", "chieu", "khuya"} & set(words):
        minutes += 12 * 60
    return ConstraintMention(code=code, evidence=span, time=f"{minutes // 60 % 24:02d}:{minutes % 60:02d}")


def read_preferences(reading: Reading) -> list[PreferenceMention]:
    """Return what the person would like."""
    first: dict[str, PreferenceMention] = {}
    for hit in reading.layer("preference"):
        if _negated(reading, hit):
            continue
        first.setdefault(hit.code, PreferenceMention(code=PreferenceCode(hit.code), evidence=reading.span(hit)))
    return list(first.values())


def read_schooling(reading: Reading) -> int | None:
    """Return the last grade finished, None when the text does not say."""
    for hit in reading.layer("schooling"):
        begins = hit.first == reading.clause_bounds(hit.first)[0]
        before, after = reading.text.folded[hit.first - 1], reading.text.folded[hit.stop : hit.stop + 1]
        if (not begins and before in (_CHILD | _THEN)) or _SPANS & set(after):
            continue
        if hit.code != "grade":
            return int(hit.code)
        grade = _grade_near(reading, hit)
        if grade is not None:
            return grade
    return None


def _grade_near(reading: Reading, hit: Hit) -> int | None:
    """Return the number that follows a word such as "lớp" within its sentence: "9/12" and "lop 9" are grade 9."""
    end = reading.sentence_bounds(hit.first)[1]
    for i in range(hit.stop, min(hit.stop + 2, end + 1, len(reading.text))):
        word, following = reading.text.folded[i], reading.text.folded[i + 1 : i + 2]
        if word.isdigit() and 0 <= int(word) <= _HIGHEST_GRADE and not _SPANS & set(following):
            return int(word)
    return None


def read_age(reading: Reading) -> tuple[int, Span] | None:
    """Return the person's own age and where it stands: not a child's, not "từ hồi 15 tuổi"."""
    ages = [found for found in reading.of_kind(QuantityKind.AGE) if _own_age(reading, *found)]
    if ages:
        quantity = ages[0][0]
        return round(quantity.low or 0), reading.quantity_span(quantity)
    return _age_now(reading)


def _own_age(reading: Reading, quantity: Quantity, first: int, stop: int) -> bool:
    if quantity.low is None or not _YOUNGEST <= quantity.low <= _OLDEST or quantity.high != quantity.low:
        return False
    begin = reading.clause_bounds(first)[0]
    if begin < first and reading.text.folded[first - 1] in (_THEN | _ABOUT):
        return False
    if is_lent(reading, first):
        return False
    since = [
        h for h in reading.layer("years_context") if h.code in ("since", "ago") and begin <= h.first and h.stop <= stop
    ]
    kin = [h for h in reading.layer("kin") if begin <= h.first < first and first - h.stop <= 3]
    return not kin and not any(first - h.stop <= 2 for h in since)


def _age_now(reading: Reading) -> tuple[int, Span] | None:
    """Return the age of "vô đó từ năm 19 tuổi, giờ 27": a bare number after a word for now, when ages are spoken of."""
    if not reading.of_kind(QuantityKind.AGE):
        return None
    for now in reading.layer("now"):
        i = now.stop
        if i < len(reading.text) and reading.text.folded[i].isdigit():
            age = int(reading.text.folded[i])
            if _YOUNGEST <= age <= _OLDEST and not any(f <= i < s for _, f, s in reading.of_kind(QuantityKind.AGE)):
                return age, reading.text.span(i, i + 1)
    return None
