"""What limits a person."""

from collections.abc import Callable, Iterator
from operator import attrgetter

from matching.domain.profile import ConstraintMention, Span
from matching.domain.vocabulary import ConstraintCode
from matching.extraction.cues import is_of_kin
from matching.extraction.dependants import DEPENDANTS
from matching.extraction.duties import DUTIES, attended, elders, is_child
from matching.extraction.hindrances import HINDRANCES
from matching.extraction.hours import hours
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION
from matching.extraction.possessions import names_other_papers
from matching.extraction.reach import at_home, near_home, recently
from matching.extraction.reading import Reading
from matching.extraction.refusals import turned_away
from matching.extraction.signs import told_by
from matching.taxonomy.wording import GAP
from matching.text.quantities import QuantityKind

ADULT_AGE = 18

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
_CHILDREN = {"con": "con", "be": "bé", "dua": "đứa", "chau": "cháu"}

_CLOSING = frozenset({"roi", "gi", "nua", "nhieu", "het", "luon", "a", "chi", "dau"})
_HANDLES = frozenset({"giu", "coi", "viec", "tien", "lam", "hang"})
"""After "không dám nhận" these are what somebody dares not take, nobody who is turned away."""

_IDLE = frozenset({("ai", "thue"), ("ai", "muon")})
"""Who is hired by nobody may only have no work: "cửa khẩu vắng, không ai thuê" needs a past that it is for."""

_MACHINES = frozenset({"may", "xe", "ghe", "tau"})
_SOLD = frozenset({("nha", "ban", "roi")})
_MUST = frozenset({"can", "phai"})
"""Before "có chỗ ở" these tell that there is none."""

_REASONS = {
    ConstraintCode.LIMITED_HAND_USE: frozenset({ConstraintCode.NO_HEIGHTS, ConstraintCode.NO_HEAVY_LIFTING}),
    ConstraintCode.NO_PROLONGED_STANDING: frozenset({ConstraintCode.NO_HEIGHTS, ConstraintCode.NO_HEAVY_LIFTING}),
    ConstraintCode.WEAK_HEALTH: frozenset(
        {ConstraintCode.NO_HEIGHTS, ConstraintCode.NO_HEAVY_LIFTING, ConstraintCode.NO_NIGHT_SHIFT}
    ),
}
"""Right behind a limit these are what it keeps from, and all there is: "gãy chân nên không leo trèo được"."""
_REASON_REACH = 2

_LIMITS = {code.value: code for code in ConstraintCode}

_EVIDENCE = attrgetter("evidence")

_KIN_REACH = 2
"""Syllables between a relative and what is said of them."""


def read_constraints(reading: Reading, age: tuple[int, Span] | None) -> list[ConstraintMention]:
    """Return the limits that are stated and not solved."""
    solved = {hit.code for hit in reading.layer("cancels") if not (_denied(reading, hit) or _inside(reading, hit))}
    first: dict[ConstraintCode, ConstraintMention] = {}
    for hit in reading.layer("constraint"):
        code = _LIMITS[hit.code]
        is_own = _OWN_WHERE.get(code)
        if code not in solved and not reading.negated(hit.first) and (is_own is None or is_own(reading, hit)):
            first.setdefault(code, ConstraintMention(code=code, evidence=reading.span(hit)))
    for mention in reading.all_told(_PARTS):
        if mention.code not in solved:
            first.setdefault(mention.code, mention)
    if first:
        _drop_overcome(reading, first)
    if QuantityKind.CLOCK in reading.placed:
        _add_hours(reading, first)
    if len(first) > 1:
        _settle(reading, first)
    if age is not None and age[0] < ADULT_AGE:
        first[ConstraintCode.MINOR] = ConstraintMention(code=ConstraintCode.MINOR, evidence=age[1])
    return sorted(first.values(), key=_EVIDENCE)


def _denied(reading: Reading, hit: Hit) -> bool:
    """Whether a negator before a phrase, or in its gap, turns it round: "nợ ngân hàng chưa trả xong"."""
    in_gap = GAP in hit.entries[0].phrase and any(hit.first < i < hit.stop for i in reading.denied)
    return reading.negated(hit.first) or in_gap


def _drop_overcome(reading: Reading, first: dict[ConstraintCode, ConstraintMention]) -> None:
    """Drop ailments of which the sentence says that they are over or hinder nothing, and children whom others mind."""
    at = reading.text.starting_before
    for code in _OF_THE_BODY & first.keys() if reading.layer("overcome") else ():
        stop = at(first[code].evidence[1])
        begin, end = reading.sentence_bounds(stop - 1)
        if any(max(begin, stop) <= h.first < end and _closes(reading, h) for h in reading.layer("overcome")):
            del first[code]
    child = first.get(ConstraintCode.CHILDCARE)
    if child is not None and attended(reading, at(child.evidence[1])):
        del first[ConstraintCode.CHILDCARE]


def _closes(reading: Reading, hit: Hit) -> bool:
    """Whether nothing but a word that ends a clause follows a phrase: "đi lại được rồi", not "làm được việc nhẹ"."""
    end = reading.clause_bounds(hit.first)[1]
    return all(word in _CLOSING for word in reading.text.folded[hit.stop : end])


def _add_hours(reading: Reading, first: dict[ConstraintCode, ConstraintMention]) -> None:
    """Add the limits that clock times give to the others; where a time says more of one, there is one."""
    nights = [reading.span(h) for h in reading.layer("constraint") if h.code == ConstraintCode.NO_NIGHT_SHIFT]
    for mention in hours(reading):
        known = first.get(mention.code)
        if any(_overlap(night, mention.evidence) for night in nights):
            continue  # "tối phải ở nhà trước 9 giờ" is one limit
        if known is None or known.time is None:
            first[mention.code] = mention
        away = first.get(ConstraintCode.NO_OVERNIGHT_AWAY)
        if away is not None and _overlap(away.evidence, mention.evidence):
            del first[ConstraintCode.NO_OVERNIGHT_AWAY]  # "5 giờ chiều phải về"


def _settle(reading: Reading, first: dict[ConstraintCode, ConstraintMention]) -> None:
    """Drop what only says more of another limit: the day of a report, the injury that work at height is refused for."""
    reports, meets = first.get(ConstraintCode.REPORTING_DUTY), first.get(ConstraintCode.FIXED_APPOINTMENT)
    if reports and meets and _overlap(reports.evidence, meets.evidence):
        del first[ConstraintCode.FIXED_APPOINTMENT]
    at = reading.text.index_in_original
    for code in _REASONS.keys() & first.keys():
        reason = first[code].evidence
        stop = at(reason[1])
        limits = [at(first[other].evidence[0]) for other in _REASONS[code] & first.keys()]
        if any(
            (0 <= limit - stop <= _REASON_REACH or (limit > stop and reading.text.folded[stop] == "nen"))
            and reading.sentence(limit) == reading.sentence(at(reason[0]))
            for limit in limits
        ):
            del first[code]


def _overlap(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


@told_by(*_CHILDREN)
def _with_children(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield small children by their age: "có con 4 tháng không ai trông"."""
    text = reading.text
    ages = [(q, first, stop) for q, first, stop in reading.of_kind(QuantityKind.AGE) if (q.high or 99) <= _SMALL]
    months = [
        (q, first, stop) for q, first, stop in reading.of_kind(QuantityKind.DURATION) if _in_months(reading, stop)
    ]
    for _, first, stop in (*ages, *months):
        begin = reading.clause_bounds(first)[0]
        child = next((i for i in range(max(begin, first - 3), first) if reading.means(i, *_CHILDREN.values())), None)
        if child is not None and text.folded[max(0, child - 1)] != "han":  # "hạn còn 14 tháng"
            yield ConstraintMention(code=ConstraintCode.CHILDCARE, evidence=text.span(child, stop))


def _in_months(reading: Reading, stop: int) -> bool:
    return reading.text.folded[stop - 1] == "thang"


_PARTS = (near_home, at_home, _with_children, turned_away, *HINDRANCES, *DUTIES, *DEPENDANTS)
"""What yields limits that are put together from several phrases."""


def _is_reach(reading: Reading, hit: Hit) -> bool:
    return not recently(reading, hit)


def _is_care(reading: Reading, hit: Hit) -> bool:
    return is_child(reading, hit.stop) and not is_of_kin(reading, hit.first)


def _is_debt(reading: Reading, hit: Hit) -> bool:
    """Whether a debt is neither feared ("sợ nợ") nor an employer's."""
    begin = reading.clause_bounds(hit.first)[0]
    feared = any(begin <= h.first and h.stop == hit.first for h in reading.layer("averse"))
    return not feared and reading.text.folded[max(begin, hit.first - 1)] not in _EMPLOYERS


def _is_bodily(reading: Reading, hit: Hit) -> bool:
    """Whether no relative is spoken of right before: "mẹ yếu"."""
    begin = reading.clause_bounds(hit.first)[0]
    return not any(
        begin <= k.first and k.stop <= hit.first <= k.stop + _KIN_REACH
        for k in (*reading.layer("kin"), *elders(reading))
    )


def _is_health(reading: Reading, hit: Hit) -> bool:
    begin = reading.clause_bounds(hit.first)[0]
    if reading.text.folded[max(begin, hit.first - 1)] in _MACHINES:
        return hit.first == begin  # "máy yếu rồi"
    return _is_bodily(reading, hit)


def _is_want_of_housing(reading: Reading, hit: Hit) -> bool:
    begin, words = reading.clause_bounds(hit.first)[0], reading.text.folded
    if tuple(words[hit.first : hit.stop]) in _SOLD:
        return hit.first == begin  # "khung cửi nhà bán rồi" was no house
    must = not _MUST.isdisjoint(words[begin : hit.first])
    return must or words[hit.first] != "co"  # "có chỗ ở thì đi luôn" only likes it


def _is_stigma(reading: Reading, hit: Hit) -> bool:
    words = reading.text.folded
    handles = words[hit.stop - 1] == "nhan" and not _HANDLES.isdisjoint(words[hit.stop : hit.stop + 1])
    return not handles and (tuple(words[hit.stop - 2 : hit.stop]) not in _IDLE or _has_past(reading))


def _is_want_of_papers(reading: Reading, hit: Hit) -> bool:
    return not names_other_papers(reading, hit.stop)


def _is_bound_to_home(reading: Reading, hit: Hit) -> bool:
    """Whether work at home is a limit: "gia công ở nhà không đủ sống" wants other work."""
    return reading.text.folded[hit.stop : hit.stop + 2] != ["khong", "du"]


def _is_want_of_a_vehicle(reading: Reading, hit: Hit) -> bool:
    """Whether nothing is done with the vehicle: "trời tối không chạy xe được", "sửa xe hư"."""
    begin = reading.clause_bounds(hit.first)[0]
    return not any(begin <= h.first < hit.first for h in reading.layers("activity", OCCUPATION))


_OWN_WHERE: dict[str, Callable[[Reading, Hit], bool]] = {
    **dict.fromkeys(_OF_THE_BODY, _is_bodily),
    ConstraintCode.WEAK_HEALTH: _is_health,
    ConstraintCode.NEAR_HOME_ONLY: _is_reach,
    ConstraintCode.CHILDCARE: _is_care,
    ConstraintCode.DEBT: _is_debt,
    ConstraintCode.NEEDS_HOUSING: _is_want_of_housing,
    ConstraintCode.STIGMA_BARRIER: _is_stigma,
    ConstraintCode.NO_ID_CARD: _is_want_of_papers,
    ConstraintCode.HOME_BASED_ONLY: _is_bound_to_home,
    ConstraintCode.NO_VEHICLE: _is_want_of_a_vehicle,
}
"""What tells of a phrase that it is a limit of the person's own, by what it limits; any other always is."""


def _has_past(reading: Reading) -> bool:
    """Whether the text tells of a past that somebody is turned away for."""
    return bool(reading.layer("stigma"))


def _inside(reading: Reading, hit: Hit) -> bool:
    """Whether a phrase is part of a constraint: "có điện thoại" of "không có điện thoại"."""
    return any(h.holds(hit) for h in reading.layer("constraint"))
