"""What a person lives on now: as it is said, else as the work that they still do tells."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from matching.domain.profile import NeedMention, OccupationMention
from matching.domain.vocabulary import Assertion, EmploymentStatus, NeedCode
from matching.extraction.cues import is_of_kin
from matching.extraction.endings import work_ended, work_left
from matching.extraction.lexicon import Hit
from matching.extraction.odd_jobs import comes_and_goes
from matching.extraction.own_work import is_known, is_ones_own, sells_what_is_made
from matching.extraction.pay import DOUBTS, has_contract, paid, wages
from matching.extraction.phrases import OCCUPATION
from matching.extraction.reading import Reading
from matching.extraction.seeking import seeks_in_vain
from matching.extraction.signs import told_by
from matching.extraction.tenses import is_past, nows
from matching.text.fold import fold
from matching.text.quantities import QuantityKind

_ORDER = (
    EmploymentStatus.EMPLOYED,
    EmploymentStatus.SELF_EMPLOYED,
    EmploymentStatus.CASUAL,
    EmploymentStatus.UNEMPLOYED,
)

_SETTLED = frozenset({EmploymentStatus.EMPLOYED, EmploymentStatus.SELF_EMPLOYED})
"""What is said so is so, whatever the work tells."""

_OWN_ACCOUNT = ("514", "611", "612", "613", "6221", "6222", "6320", "5211", "5212", "5221", "5244", "8321", "9331")
"""Groups whose work people mostly do for themselves: fields, herds, ponds, stalls, a barber's chair, a cyclo."""

_OCCUPATION_NOW = frozenset(
    {"nghề nghiệp", "nghề nghiệp hiện tại", "nghề nghiệp hiện nay", "nghề hiện nay", "nghề hiện tại", "việc làm"}
    | {"công việc hiện tại", "công việc hiện nay", "công việc", "việc làm hiện tại", "việc làm hiện nay"}
)
_OCCUPATION_BEGINS = frozenset((first, second) for first, second, *_ in map(str.split, map(fold, _OCCUPATION_NOW)))
_NONE = frozenset({"khong", "ko", "k", "chua"})
"""One of these, with or without "có", is all that stands in a form where there is no occupation."""

_WISHED = 2
"""Syllables between a wish and the work it is for: "muốn đi làm thuê" tells of no work that is there."""

_GROWS_OWN = frozenset({NeedCode.LOAN, NeedCode.EQUIPMENT})
"""Needs of somebody who goes on with their own work."""
_LEAVES_OWN = frozenset({NeedCode.JOB, NeedCode.TRAINING})
"""Needs of somebody who may not."""

_MADE_AT_HOME = ("7313", "7314", "7315", "7317", "7318", "7319", "7512", "7221", "7522", "7531", "8160", "8189", "6210")
"""Groups whose work is one's own where money or tools are asked for: weaving, carving, baking, sewing, milling."""

_OWN_WORK = (*_OWN_ACCOUNT, *_MADE_AT_HOME)

_ANEW = {"mo": "mở", "rieng": "riêng", "dung": "dựng"}
"""Beside what is asked for these tell of work that is not there (yet): "vay 15tr mở lại tiệm"."""

_HIRED = {"thue": "thuê", "muon": "mướn"}
"""After a trade these tell that it is done by the day for others."""

_NOT_WORK = frozenset({"nha", "tro", "dat", "ruong", "mat", "xe", "phong", "ki", "sap", "quan", "kho", "vuon"})
"""After "thuê" these are what is rented."""

_NO_HIRE = frozenset({"ai", "nguoi", "cho", "duoc", "de", "can", "phai", "tien", "gia", "hang", "ta"})
_WHERE_HIRED = frozenset({"trong", "ngoai", "cho", "o", "theo", "gio", "tung", "ngay", "quanh", "khap", "voi"})
"""Before "thuê" the former make it no way of work; the latter may follow it where it is one."""

_IN_SEASON = frozenset({("theo", "mua"), ("theo", "vu"), ("thoi", "vu"), ("tung", "vu")})
"""At the end of a clause these make work casual: "làm lò hấp cá theo mùa"."""

_TO_MARKET = frozenset({"ngoai", "o", "ra", "di", "duoi"})
"""Before a bare "cho" these make it a market."""
_AT = frozenset({"cho", "o", "trong", "tai", "ben", "cua"})
_OPEN_PLACES = frozenset({"cho", "dong", "ray", "cong", "xe"})
"""A place of work is an employer's where its phrase begins with one of the former and ends with none of the latter."""
_EMPLOYERS = frozenset({"nguoi", "nha", "chu", "ong", "ba", "anh", "chi", "cong", "cty", "trang", "nong", "htx", "co"})
"""After "cho" these are who is worked for."""

_SIMPLE = ("9201", "9203", "9204", "9205", "9206", "9312", "9313", "9333", "8321")
"""Groups of day labour that nobody calls a trade of theirs."""

_STANDS = ("521", "522", "524", "5141", "5142", "7231", "7421")
"""Groups whose day's pay is what customers leave: stalls, barbers, menders by the road."""

_DAY_LABOUR = ("9201", "9206", "9312", "9313", "9333", "6223", "8321", "9211")
"""Groups whose work is done for whoever calls, where it is done now and nothing tells of a wage by the month."""

_FINE = frozenset({"duoc", "dc", "chiu", "lam", "ok"})
_AT_HOME = ("o", "nha")

_LEFT = frozenset({"nghi", "thoi"})

_BY_THE_DAY = frozenset({"day", "hour", "piece"})
_TODAY = ("hiện tại", "hiện nay", "hiện thời", "đang làm", "hiện làm", "bây giờ")
"""How the name of a header ends under which the work of today stands."""

_THESE = frozenset({"nay", "ni"})
"""After a length of time these let it last: "9 năm nay"."""


def read_status(
    reading: Reading, occupations: Sequence[OccupationMention], needs: Sequence[NeedMention]
) -> EmploymentStatus:
    """Return what the person lives on now; UNKNOWN when the text does not tell.

    What is said in words wins, with a word for "now" over the rest. Otherwise work that is done now tells by how it is
    paid, and work for oneself that somebody wants to go on with is self-employment.
    """
    none = _without_occupation in reading.parts and _without_occupation(reading)
    said = EmploymentStatus.UNEMPLOYED if none else _said(reading)
    if said in _SETTLED:
        return said
    done = {
        reading.text.index_in_original(m.evidence[0]): m for m in occupations if m.assertion is Assertion.EXPERIENCE
    }
    present = {first: mention for first, mention in done.items() if not is_past(reading, first)}
    if said is EmploymentStatus.CASUAL:
        return EmploymentStatus.EMPLOYED if _is_paid_by_the_month(reading, present) else said
    if said is EmploymentStatus.UNEMPLOYED and not _works_since(reading, present):
        return said
    ended = work_ended(reading) if work_ended in reading.parts else -1
    if ended >= 0 and not any(first > ended for first in present):
        return EmploymentStatus.UNEMPLOYED
    hired = reading.meant(_HIRED)
    if any(_works_for_hire(reading, i) for i in hired) or comes_and_goes(reading):
        return EmploymentStatus.CASUAL
    if _speaks_as_staff(reading, present):
        return EmploymentStatus.EMPLOYED
    lives_on = _as_paid(reading, present, hired) or _as_own(reading, present, needs)
    if lives_on is None and (_left(reading, done) or (seeks_in_vain in reading.parts and seeks_in_vain(reading))):
        return EmploymentStatus.UNEMPLOYED
    return lives_on or EmploymentStatus.UNKNOWN


def _said(reading: Reading) -> EmploymentStatus:
    """Return the status that is said in words of the person, not of relatives, wishes or former times."""
    stated = reading.layer("status")
    if not stated:
        return EmploymentStatus.UNKNOWN
    hits = [h for h in stated if _is_of_the_person(reading, h)]
    now = [h for n in nows(reading) for h in hits if abs(h.first - n.stop) <= 2 or h.first <= n.first < h.stop]
    told = now or [h for h in hits if h.code == EmploymentStatus.UNEMPLOYED or not is_past(reading, h.first)]
    codes = {h.code for h in told}
    return next((status for status in _ORDER if status in codes), EmploymentStatus.UNKNOWN)


def _is_of_the_person(reading: Reading, hit: Hit) -> bool:
    """Whether a status is neither denied nor a relative's, and no work that is only asked for."""
    if _stands_after(reading, hit, ("negator",), 0) or is_of_kin(reading, hit.first):
        return False
    if hit.code == EmploymentStatus.UNEMPLOYED:
        return not _works_at_home(reading, hit)
    return not (_stands_after(reading, hit, ("want", "need"), _WISHED) or _is_welcome(reading, hit))


def _is_paid_by_the_month(reading: Reading, present: Iterable[int]) -> bool:
    told = wages(reading)
    return bool(told) and any("month" in paid(reading, first, told) for first in present)


def _speaks_as_staff(reading: Reading, present: Mapping[int, OccupationMention]) -> bool:
    """Whether something is said that only those say who are employed: "lương tháng", "xin đổi ca"."""
    said = reading.layer("staff")
    if not said or (present and all(m.code.startswith(_OWN_ACCOUNT) for m in present.values())):
        return False
    said = [h for h in said if not (is_past(reading, h.first) or is_of_kin(reading, h.first))]
    return any(not (_is_wished(reading, hit) or _has_left(reading, hit)) for hit in said)


def _is_wished(reading: Reading, hit: Hit) -> bool:
    """Whether a wish stands before the hit in its sentence: "muốn chỗ trả lương tháng"."""
    begin = reading.sentence_bounds(hit.first)[0]
    return any(begin <= h.first and h.stop <= hit.first for h in reading.layers(*DOUBTS))


def _has_left(reading: Reading, hit: Hit) -> bool:
    """Whether it is told in the sentence of the hit that work was left: "lương thấp nên nghỉ"."""
    begin, end = reading.sentence_bounds(hit.first)
    return any(begin <= i < end and not hit.first <= i < hit.stop for i in reading.where(_LEFT))


def _left(reading: Reading, done: Mapping[int, OccupationMention]) -> bool:
    """Whether work that was done for others was left, and none is told behind that."""
    if not done or work_left not in reading.parts:
        return False
    last = max(done)
    return last < work_left(reading) and not done[last].code.startswith(_OWN_WORK)


def _works_since(reading: Reading, present: Mapping[int, OccupationMention]) -> bool:
    """Whether work of today is told behind the last word for having none: "chưa ai gọi, hiện bưng bê quán"."""
    if _is_now not in reading.parts:
        return False
    last = max((h.first for h in reading.layer("status") if h.code == EmploymentStatus.UNEMPLOYED), default=0)
    return any(first > last and _is_now(reading, first) for first in present)


def _is_welcome(reading: Reading, hit: Hit) -> bool:
    """Whether "cũng được" or its like follows: "làm thuê, làm mướn gì cũng được" is asked for."""
    words, end = reading.text.folded, reading.clause_bounds(hit.first)[1]
    behind = words[hit.stop : min(hit.stop + 4, end)]
    return any(word == "cung" and then in _FINE for word, then in pairwise(behind))


def _works_at_home(reading: Reading, hit: Hit) -> bool:
    """Whether "ở nhà" only tells where the trade right behind it is done: "giờ ở nhà may đồ"."""
    at_home = tuple(reading.text.folded[hit.stop - 2 : hit.stop]) == _AT_HOME
    return (
        at_home
        and any(hit.stop <= h.first <= hit.stop + 1 for h in reading.layer(OCCUPATION))
        and (hit.stop < reading.clause_bounds(hit.first)[1])
    )


@told_by(*_OCCUPATION_BEGINS)
def _without_occupation(reading: Reading) -> bool:
    """Whether the form says that there is no occupation: "Nghề nghiệp: không"."""
    return any(
        header.stop in reading.sentences.starts
        and _says_none(reading.text.folded[slice(*reading.sentence_bounds(header.stop))])
        for header in reading.layer("header")
        if header.entries[0].phrase in _OCCUPATION_NOW and header.stop < len(reading.text)
    )


def _says_none(answer: Sequence[str]) -> bool:
    words = set(answer) - {"co"}
    return len(words) == 1 and words <= _NONE


def _stands_after(reading: Reading, hit: Hit, layers: tuple[str, ...], reach: int) -> bool:
    """Whether a phrase of *layers* stands before the hit in its clause, at most *reach* syllables away."""
    begin = reading.clause_bounds(hit.first)[0]
    return any(begin <= cue.first < hit.first <= cue.stop + reach for cue in reading.layers(*layers))


def _as_paid(
    reading: Reading,
    present: Mapping[int, OccupationMention],
    hired: Sequence[int],
) -> EmploymentStatus | None:
    """Return what the way tells in which present work is paid: by the day, by the month, to oneself."""
    if not present:
        return None
    told = wages(reading)
    for_a_time = _is_for_a_time in reading.parts
    now = reading.relevant((_lasts, _is_now, _is_told_of_today))
    contract = has_contract(reading)
    for first, mention in present.items():
        by_others = mention.years is None and any(first < i and _is_hired(reading, first, i) for i in hired)
        if by_others or (for_a_time and _is_for_a_time(reading, first)):
            return EmploymentStatus.CASUAL
        units = paid(reading, first, told)
        if units & _BY_THE_DAY:
            own = mention.code.startswith(_STANDS)
            return EmploymentStatus.SELF_EMPLOYED if own else EmploymentStatus.CASUAL
        if contract or ("month" in units and _for_an_employer(reading, first)):
            return EmploymentStatus.EMPLOYED
        goes_on = not units and any(tells(reading, first) for tells in now)
        if goes_on and mention.code.startswith(_DAY_LABOUR):
            return EmploymentStatus.CASUAL
        if units or goes_on:
            own = all(m.code.startswith(_OWN_ACCOUNT) for m in present.values())
            return EmploymentStatus.SELF_EMPLOYED if own else EmploymentStatus.EMPLOYED
    return None


def _as_own(
    reading: Reading, present: Mapping[int, OccupationMention], needs: Sequence[NeedMention]
) -> EmploymentStatus | None:
    """Return self-employment where work for oneself goes on: no other work is asked for, and nothing begins anew."""
    if sells_what_is_made in reading.parts and sells_what_is_made(reading):
        return EmploymentStatus.SELF_EMPLOYED
    if not present:
        return None
    if any(m.code.startswith(_OWN_WORK) and _goes_on_as_own(reading, f) for f, m in present.items()):
        return EmploymentStatus.SELF_EMPLOYED
    asked = {need.code for need in needs}
    grows = bool(asked & _GROWS_OWN)
    leaves = NeedCode.JOB in asked if grows else bool(asked & _LEAVES_OWN)
    if _is_day_labour(reading, present) and not grows:
        return EmploymentStatus.CASUAL
    if leaves or any(_begins_anew(reading, need) for need in needs if need.code in _GROWS_OWN):
        return None
    own = [
        m
        for first, m in present.items()
        if m.code.startswith(_OWN_WORK if grows else _OWN_ACCOUNT)
        and (grows or (m.years is None and not is_known(reading, first)))
        and not _for_an_employer(reading, first)
    ]
    if own and all(m.code.startswith(_DAY_LABOUR) for m in own):
        return EmploymentStatus.CASUAL
    return EmploymentStatus.SELF_EMPLOYED if own else None


def _is_day_labour(reading: Reading, present: Mapping[int, OccupationMention]) -> bool:
    """Whether all work that is told is day labour, none of it for some years or only known, and nothing is past."""
    return not reading.layer("past") and all(
        m.code.startswith(_SIMPLE) and m.years is None and not is_known(reading, f) for f, m in present.items()
    )


def _goes_on_as_own(reading: Reading, first: int) -> bool:
    """Whether a trade is one's own and goes on, for no employer."""
    if not is_ones_own(reading, first) or _for_an_employer(reading, first) or is_known(reading, first):
        return False
    return not any(first < i and _is_hired(reading, first, i) for i in reading.meant(_HIRED))


def _for_an_employer(reading: Reading, first: int) -> bool:
    """Whether its clause tells for whom a trade is done, or its sentence that it is over."""
    (begin, end), (opens, closes) = reading.clause_bounds(first), reading.sentence_bounds(first)
    employers = [begin <= h.first < end and _employs(reading, h) for h in reading.layer("workplace")]
    over = any(opens <= h.first < closes for h in reading.layer("past"))
    return over or any(employers) or any(_is_for(reading, i) for i in range(first + 1, end - 1))


def _employs(reading: Reading, place: Hit) -> bool:
    """Whether a place of work is somebody's who pays: no market, no field, nothing that is only near."""
    words = reading.text.folded
    return words[place.first] in _AT and words[place.stop - 1] not in _OPEN_PLACES


def _is_for(reading: Reading, i: int) -> bool:
    """Whether syllable *i* is "cho" before those who are worked for: "cạo mủ cho nhà người quen"."""
    text = reading.text
    follows = text.folded[i - 1] not in _TO_MARKET and text.folded[i + 1] in _EMPLOYERS
    return follows and reading.means(i, "cho")


def _begins_anew(reading: Reading, need: NeedMention) -> bool:
    """Whether the sentence of a need tells of work that begins with it: "vay 15tr mở lại tiệm"."""
    begin, end = reading.sentence_bounds(reading.text.index_in_original(need.evidence[0]))
    return any(begin <= i < end for i in reading.meant(_ANEW))


def _is_hired(reading: Reading, first: int, i: int) -> bool:
    """Whether "thuê" or "mướn" at syllable *i* follows a trade and says whom it is for: "trồng rau thuê cho bà con"."""
    words = reading.text.folded
    end = reading.clause_bounds(first)[1]
    following = words[i + 1] if i + 1 < end else ""
    return i < end and words[i - 1] != "cho" and following not in _NOT_WORK and _follows_work(reading, i)


def _works_for_hire(reading: Reading, i: int) -> bool:
    """Whether "thuê" or "mướn" says how work is done that no phrase names: "giờ đi móc bùn mướn trong xóm"."""
    begin, end = reading.clause_bounds(i)
    words = reading.text.folded
    bare = i - begin < 2 or words[i - 1] in _NO_HIRE or (i + 1 < end and words[i + 1] not in _WHERE_HIRED)
    doubted = any(begin <= h.first < i for h in reading.layers(*DOUBTS))
    return not (bare or doubted or is_past(reading, i) or is_of_kin(reading, i)) and _follows_work(reading, i)


@told_by("daily", *_IN_SEASON)
def _is_for_a_time(reading: Reading, first: int) -> bool:
    """Whether the clause of a trade ends with a season or a day: "hái cà phê theo vụ", "rửa chén công nhật"."""
    end = reading.clause_bounds(first)[1]
    by_days = any(first < h.first and h.stop == end for h in reading.layer("daily"))
    return by_days or (end - first > 2 and tuple(reading.text.folded[end - 2 : end]) in _IN_SEASON)


def _follows_work(reading: Reading, i: int) -> bool:
    """Whether a bare "muon" is "mướn": its clause ends with it, or whom it is for follows; "thuê" always is."""
    text = reading.text
    if text.folded[i] != "muon" or text.typed(i) != "muon":
        return True
    return i + 1 == reading.clause_bounds(i)[1] or text.folded[i + 1] in ("cho", "theo")


@told_by("now")
def _is_now(reading: Reading, first: int) -> bool:
    """Whether a word for "now" stands before a trade in its clause, and no wish between: "đang lột tôm"."""
    begin = reading.clause_bounds(first)[0]
    now = [h.first for h in nows(reading) if begin <= h.first < first]
    return (
        bool(now)
        and "hoc" not in reading.text.folded[now[-1] : first + 1]
        and not any(now[-1] <= h.first <= first for h in reading.layers(*DOUBTS, "learnt_inside"))
    )


@told_by("header")
def _is_told_of_today(reading: Reading, first: int) -> bool:
    """Whether a trade stands under a header for the work of today: "Công việc hiện nay: bán xăng"."""
    header = reading.header_over(first)
    return header is not None and header.entries[0].phrase.endswith(_TODAY)


@told_by(*_THESE)
def _lasts(reading: Reading, first: int) -> bool:
    """Whether a time up to now follows a trade in its clause: "đạp xích lô mười hai năm ni"."""
    end = reading.clause_bounds(first)[1]
    return any(
        first < at and stop < end and reading.text.folded[stop] in _THESE
        for _, at, stop in reading.of_kind(QuantityKind.DURATION)
    )
