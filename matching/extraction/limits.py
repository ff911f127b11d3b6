"""What limits a person and what they would like; schooling and age as stated."""

from collections.abc import Iterator
from itertools import pairwise

from matching.domain.profile import ConstraintMention, PreferenceMention, Span
from matching.domain.vocabulary import ConstraintCode, NeedCode, PreferenceCode
from matching.extraction.lexicon import Hit
from matching.extraction.reach import at_home, near_home, recently
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

_HALFWAY = frozenset({"giua", "do"})
"""Before a grade these tell that it was not finished: "bỏ học giữa lớp 9"."""

_SPANS = frozenset({"thang", "nam", "ngay", "tuan", "diem", "trieu", "tr"})
"""After a number these make it a time or a sum, not a grade: "bằng 12 tháng", "trừ hết 12 điểm"."""

_ABOUT = frozenset({"khoang", "tam", "chung"})
"""Before "20t" these, and words for a loan, make it a sum of money."""

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
_EMPLOYERS = frozenset({"chu", "khach", "cty"})
"""Before a debt these are who owes: "ông chủ vỡ nợ"."""

_SMALL = 9
"""Years up to which a child's age tells that it is looked after."""
_CHILDREN = frozenset({"con", "be", "dua", "chau"})

_RECORDS = frozenset({("ly", "lich"), ("tien", "an"), ("an", "tich"), ("qua", "khu"), ("chuyen", "cu")})
_REFUSES = frozenset({"ngai", "so", "khoa", "loai", "rot", "duoi", "che"})
_REFUSALS = frozenset(
    {("tu", "choi"), ("cho", "nghi"), ("khong", "nhan"), ("k", "nhan"), ("ko", "nhan"), ("dc", "nhan")}
)
_BECAUSE = frozenset({"vi", "tai", "do", "biet", "bi", "nghe", "doi", "hoi", "khi"})
"""Between a refusal and the record these tell that one is for the other."""
_REFUSAL_REACH = 9

_HOUSED = 3
"""Syllables of a need for housing that is more than a wish for lodging with the work."""

_KIN_REACH = 2
"""Syllables between a relative and what is said of them."""


def read_constraints(reading: Reading, age: tuple[int, Span] | None) -> list[ConstraintMention]:
    """Return the limits that are stated and not solved."""
    solved = {
        hit.code for hit in reading.layer("cancels") if not reading.negated(hit.first) and not _inside(reading, hit)
    }
    first: dict[ConstraintCode, ConstraintMention] = {}
    for hit in reading.layer("constraint"):
        code = ConstraintCode(hit.code)
        said = hit.code not in solved and not reading.negated(hit.first)
        if said and not _of_another(reading, hit) and not recently(reading, hit):
            first.setdefault(code, ConstraintMention(code=code, evidence=reading.span(hit)))
    for mention in (*near_home(reading), *at_home(reading), *_with_children(reading), *_turned_away(reading)):
        if mention.code not in solved:
            first.setdefault(mention.code, mention)
    nights = [h for h in reading.layer("constraint") if h.code == ConstraintCode.NO_NIGHT_SHIFT]
    for mention in _time_limits(reading):
        known = first.get(mention.code)
        if any(_overlap(reading.span(night), mention.evidence) for night in nights):
            continue  # "tối phải ở nhà trước 9 giờ" is one limit
        if known is None or known.time is None:
            first[mention.code] = mention
        away = first.get(ConstraintCode.NO_OVERNIGHT_AWAY)
        if away is not None and _overlap(away.evidence, mention.evidence):
            del first[ConstraintCode.NO_OVERNIGHT_AWAY]  # "5 giờ chiều phải về"
    if age is not None and age[0] < ADULT_AGE:
        first[ConstraintCode.MINOR] = ConstraintMention(code=ConstraintCode.MINOR, evidence=age[1])
    return sorted(first.values(), key=lambda m: m.evidence)


def _overlap(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _with_children(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield small children by their age: "có con 4 tháng không ai trông"."""
    text = reading.text
    ages = [(q, first, stop) for q, first, stop in reading.of_kind(QuantityKind.AGE) if (q.high or 99) <= _SMALL]
    months = [
        (q, first, stop) for q, first, stop in reading.of_kind(QuantityKind.DURATION) if _in_months(reading, stop)
    ]
    for _, first, stop in (*ages, *months):
        begin = reading.clause_bounds(first)[0]
        child = next((i for i in range(max(begin, first - 3), first) if text.folded[i] in _CHILDREN), None)
        if child is not None and text.folded[max(0, child - 1)] != "han":  # "hạn còn 14 tháng"
            yield ConstraintMention(code=ConstraintCode.CHILDCARE, evidence=text.span(child, stop))


def _in_months(reading: Reading, stop: int) -> bool:
    return reading.text.folded[stop - 1] == "thang"


def _turned_away(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield a refusal and the past that it is for: "trung tâm từ chối vì biết chuyện cũ"."""
    text = reading.text
    records = [(h.first, h.stop) for h in reading.layer("stigma")]
    records += [(i, i + 2) for i, pair in enumerate(pairwise(text.folded)) if pair in _RECORDS]
    for first, stop in records:
        begin = max(reading.sentence_bounds(first)[0], first - _REFUSAL_REACH)
        words = text.folded[begin:first]
        refused = [i for i in range(len(words)) if words[i] in _REFUSES or tuple(words[i : i + 2]) in _REFUSALS]
        if refused and _BECAUSE & set(words[refused[0] :]):
            evidence = text.span(begin + refused[0], stop)
            yield ConstraintMention(code=ConstraintCode.STIGMA_BARRIER, evidence=evidence)


def _of_another(reading: Reading, hit: Hit) -> bool:
    """Whether the body that is limited is a relative's: "mẹ già đau yếu"."""
    begin = reading.clause_bounds(hit.first)[0]
    if hit.code == ConstraintCode.DEBT and reading.text.folded[max(begin, hit.first - 1)] in _EMPLOYERS:
        return True
    return hit.code in _OF_THE_BODY and any(
        begin <= k.first and k.stop <= hit.first <= k.stop + _KIN_REACH for k in reading.layer("kin")
    )


def _inside(reading: Reading, hit: Hit) -> bool:
    """Whether a phrase is part of a constraint: "có điện thoại" of "không có điện thoại"."""
    return any(h.holds(hit) for h in reading.layer("constraint"))


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
        if code is ConstraintCode.NOT_AFTER and any(_forbids(reading, n, stop, end) for n in reading.layer("negator")):
            code = ConstraintCode.NOT_BEFORE  # "trước 8 giờ không đi làm được"
        found.append(_time_limit(code, quantity, span, reading.text.folded[begin:end]))
    return found


def _forbids(reading: Reading, negator: Hit, begin: int, end: int) -> bool:
    """Whether a negator in a stretch says what cannot be before a time, not what cannot be past it: "không làm quá"."""
    return begin <= negator.first < end and "qua" not in reading.text.folded[negator.stop : negator.stop + 3]


def _time_limit(code: ConstraintCode, quantity: Quantity, span: Span, words: list[str]) -> ConstraintMention:
    minutes = round(quantity.low or 0)
    if code is ConstraintCode.NOT_AFTER and minutes < 12 * 60 and {"toi", "dem", "chieu", "khuya"} & set(words):
        minutes += 12 * 60
    return ConstraintMention(code=code, evidence=span, time=f"{minutes // 60 % 24:02d}:{minutes % 60:02d}")


def read_preferences(reading: Reading) -> list[PreferenceMention]:
    """Return what the person would like."""
    housing = [n for n in reading.layer("need") if n.code == NeedCode.HOUSING and n.stop - n.first > _HOUSED]
    first: dict[str, PreferenceMention] = {}
    for hit in reading.layer("preference"):
        if reading.negated(hit.first) or any(n.first <= hit.first < n.stop for n in housing):
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
            return int(word) - (reading.text.folded[hit.first - 1] in _HALFWAY and hit.first > 0)
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


def _this_year(reading: Reading) -> Iterator[int]:
    """Yield where a number that ends its clause follows "năm nay": "cháu năm nay 17, ..."."""
    text = reading.text
    for i, pair in enumerate(pairwise(text.folded[:-1]), start=2):
        if pair == ("nam", "nay") and i + 1 == reading.clause_bounds(i)[1]:
            yield i


def _age_now(reading: Reading) -> tuple[int, Span] | None:
    """Return the age of "vô đó từ năm 19 tuổi, giờ 27": a bare number after a word for now, when ages are spoken of."""
    nows = [h.stop for h in reading.layer("now")] if reading.of_kind(QuantityKind.AGE) else []
    for i in (*_this_year(reading), *nows):
        if i < len(reading.text) and reading.text.folded[i].isdigit():
            age = int(reading.text.folded[i])
            if _YOUNGEST <= age <= _OLDEST and not any(f <= i < s for _, f, s in reading.of_kind(QuantityKind.AGE)):
                return age, reading.text.span(i, i + 1)
    return None
