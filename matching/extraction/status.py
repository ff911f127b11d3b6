"""What a person lives on now: as it is said, else as the work that they still do tells."""

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from matching.domain.profile import NeedMention, OccupationMention
from matching.domain.vocabulary import Assertion, EmploymentStatus, NeedCode
from matching.extraction.cues import is_of_kin
from matching.extraction.endings import work_ended
from matching.extraction.lexicon import Hit
from matching.extraction.pay import DOUBTS, has_contract, paid, wages
from matching.extraction.reading import Reading
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

_OWN_ACCOUNT = ("514", "611", "612", "613", "6221", "6222", "6320", "5211", "5212", "5221", "5244", "8321", "9331")
"""Groups whose work people mostly do for themselves: fields, herds, ponds, stalls, a barber's chair, a cyclo."""

_OCCUPATION_NOW = frozenset(
    {"nghề nghiệp", "nghề nghiệp hiện tại", "nghề nghiệp hiện nay", "nghề hiện nay", "việc làm"}
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

_MADE_AT_HOME = ("7313", "7314", "7315", "7317", "7318", "7319", "7512", "7221", "7522", "7531", "8160")
"""Groups whose work is one's own where money or tools are asked for: weaving, carving, baking, sewing, milling."""

_OWN_WORK = (*_OWN_ACCOUNT, *_MADE_AT_HOME)

_OURS = frozenset({"em", "tui", "toi", "minh", "chau", "con", "e", "co", "lam"})
_HANDED_DOWN = frozenset(
    {
        ("gia", "truyen"), ("doi", "ong"), ("doi", "cha"), ("truyen", "lai"), ("cha", "truyen"), ("nghe", "nha"),
        ("voi", "me"), ("voi", "ma"), ("voi", "bo"), ("voi", "cha"), ("voi", "tia"), ("voi", "vo"), ("voi", "chong"),
    }
)  # fmt: skip
"""Before a trade the former, behind it the latter tell that it is the family's: "nhà em", "đời ông", "với mẹ"."""

_LAND = frozenset({"sao", "cong", "mau", "ha", "hecta", "long", "vuong"})
_NUMBERS = frozenset({"may", "vai", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "chuc"})
_YIELDS = frozenset(
    {
        ("du", "an"), ("du", "song"), ("kiem", "song"), ("qua", "ngay"), ("dap", "doi"), ("e", "am"), ("e", "qua"),
        ("khach", "quen"), ("duoc", "mua"), ("mat", "mua"), ("lai", "rai"), ("rot", "gia"), ("mat", "gia"),
        ("co", "an"), ("kiem", "com"), ("kiem", "an"), ("rau", "mam"), ("it", "khach"), ("tu", "tuc"),
        ("khong", "du"), ("cung", "du"), ("song", "duoc"),
    }
)  # fmt: skip
"""Words for what one's own work yields, which tell that it goes on."""
_OPENS_YIELD = frozenset(first for first, _ in _YIELDS)

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
_EMPLOYERS = frozenset({"nguoi", "nha", "chu", "ong", "ba", "anh", "chi", "cong", "cty", "trang", "nong", "htx", "co"})
"""After "cho" these are who is worked for."""

_BY_THE_DAY = frozenset({"day", "hour", "piece"})
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
    done = {
        reading.text.index_in_original(m.evidence[0]): m for m in occupations if m.assertion is Assertion.EXPERIENCE
    }
    present = {first: mention for first, mention in done.items() if not is_past(reading, first)}
    told = wages(reading) if present else ()
    if said is EmploymentStatus.CASUAL and any("month" in paid(reading, first, told) for first in present):
        return EmploymentStatus.EMPLOYED
    if said is not EmploymentStatus.UNKNOWN:
        return said
    ended = work_ended(reading) if work_ended in reading.parts else -1
    if ended >= 0 and not any(first > ended for first in present):
        return EmploymentStatus.UNEMPLOYED
    hired = reading.meant(_HIRED)
    if any(_works_for_hire(reading, i) for i in hired):
        return EmploymentStatus.CASUAL
    return _as_paid(reading, present, hired, told) or _as_own(reading, present, needs) or EmploymentStatus.UNKNOWN


def _said(reading: Reading) -> EmploymentStatus:
    """Return the status that is said in words of the person, not of relatives, wishes or former times."""
    stated = reading.layer("status")
    if not stated:
        return EmploymentStatus.UNKNOWN
    hits = [
        h
        for h in stated
        if not _stands_after(reading, h, ("negator",), 0)
        and (h.code == EmploymentStatus.UNEMPLOYED or not _stands_after(reading, h, ("want", "need"), _WISHED))
        and not is_of_kin(reading, h.first)
    ]
    if not hits:
        return EmploymentStatus.UNKNOWN
    here = nows(reading)
    now = [h for h in hits if any(abs(h.first - n.stop) <= 2 or h.first <= n.first < h.stop for n in here)]
    told = now or [h for h in hits if h.code == EmploymentStatus.UNEMPLOYED or not is_past(reading, h.first)]
    return min(
        (EmploymentStatus(h.code) for h in told),
        key=lambda s: _ORDER.index(s) if s in _ORDER else len(_ORDER),
        default=EmploymentStatus.UNKNOWN,
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
    told: Collection[tuple[str, int]],
) -> EmploymentStatus | None:
    """Return what the way tells in which present work is paid: by the day, by the month, to oneself."""
    for_a_time = _is_for_a_time in reading.parts
    now = reading.relevant((_lasts, _is_now))
    contract = has_contract(reading)
    for first, mention in present.items():
        by_others = mention.years is None and any(first < i and _is_hired(reading, first, i) for i in hired)
        if by_others or (for_a_time and _is_for_a_time(reading, first)):
            return EmploymentStatus.CASUAL
        units = paid(reading, first, told)
        if units & _BY_THE_DAY:
            return EmploymentStatus.CASUAL
        if contract or ("month" in units and _for_an_employer(reading, first)):
            return EmploymentStatus.EMPLOYED
        if units or any(tells(reading, first) for tells in now):
            own = all(m.code.startswith(_OWN_ACCOUNT) for m in present.values())
            return EmploymentStatus.SELF_EMPLOYED if own else EmploymentStatus.EMPLOYED
    return None


def _as_own(
    reading: Reading, present: Mapping[int, OccupationMention], needs: Sequence[NeedMention]
) -> EmploymentStatus | None:
    """Return self-employment where work for oneself goes on: no other work is asked for, and nothing begins anew."""
    asked = {need.code for need in needs}
    if any(m.code.startswith(_OWN_WORK) and _is_ones_own(reading, f) for f, m in present.items()):
        return EmploymentStatus.SELF_EMPLOYED
    grows = bool(asked & _GROWS_OWN)
    leaves = NeedCode.JOB in asked if grows else bool(asked & _LEAVES_OWN)
    if leaves or any(_begins_anew(reading, need) for need in needs if need.code in _GROWS_OWN):
        return None
    own = [
        m
        for first, m in present.items()
        if m.code.startswith(_OWN_WORK if grows else _OWN_ACCOUNT)
        and (grows or (m.years is None and not _is_known(reading, first)))
        and not _for_an_employer(reading, first)
    ]
    return EmploymentStatus.SELF_EMPLOYED if own else None


def _is_ones_own(reading: Reading, first: int) -> bool:
    """Whether a trade is one's own by its land or by what it yields, or the family's, and no employer's."""
    own = any(tells(reading, first) for tells in reading.relevant((_has_land, _yields, _of_the_family)))
    if not own or _for_an_employer(reading, first) or _is_known(reading, first):
        return False
    return not any(first < i and _is_hired(reading, first, i) for i in reading.meant(_HIRED))


@told_by(*_LAND)
def _has_land(reading: Reading, first: int) -> bool:
    """Whether the clause of a trade counts its fields or cages: "trồng lúa 6 công"."""
    begin, end = reading.clause_bounds(first)
    words = reading.text.folded
    return any(
        words[i] in _LAND and (words[i - 1].isdigit() or words[i - 1] in _NUMBERS) for i in range(begin + 1, end)
    )


@told_by(*_YIELDS)
def _yields(reading: Reading, first: int) -> bool:
    """Whether what a trade yields is told in its sentence or the next: "trồng ngô, đủ ăn thôi"."""
    words = reading.text.folded
    end = reading.sentence_bounds(first)[1]
    if end < len(words):
        end = reading.sentence_bounds(end)[1]
    return any(
        first <= i < end - 1 and tuple(words[i : i + 2]) in _YIELDS and not is_past(reading, i)
        for i in reading.where(_OPENS_YIELD)
    )


@told_by(*product(["nha"], _OURS), *_HANDED_DOWN)
def _of_the_family(reading: Reading, first: int) -> bool:
    """Whether a trade is the family's: "nhà em làm mây tre đan", "bánh gai gia truyền", "làm ruộng với mẹ"."""
    begin, end = reading.clause_bounds(first)
    words = reading.text.folded
    theirs = any(words[i] == "nha" and words[i + 1] in _OURS for i in range(max(begin, first - 4), first))
    told = theirs or any(
        tuple(words[i : i + 2]) in _HANDED_DOWN for i in range(first, reading.sentence_bounds(first)[1] - 1)
    )
    return told and not words[begin:end].count("biet")


def _is_known(reading: Reading, first: int) -> bool:
    """Whether the trade is only known: "chỉ biết chăn vịt" does not say that it is done."""
    return "biet" in reading.text.folded[reading.clause_bounds(first)[0] : first]


def _for_an_employer(reading: Reading, first: int) -> bool:
    """Whether its clause tells for whom a trade is done, or its sentence that it is over."""
    (begin, end), (opens, closes) = reading.clause_bounds(first), reading.sentence_bounds(first)
    employers = [begin <= h.first < end for h in reading.layer("workplace")]
    over = any(opens <= h.first < closes for h in reading.layer("past"))
    return over or any(employers) or any(_is_for(reading, i) for i in range(first + 1, end - 1))


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


@told_by(*_THESE)
def _lasts(reading: Reading, first: int) -> bool:
    """Whether a time up to now follows a trade in its clause: "đạp xích lô mười hai năm ni"."""
    end = reading.clause_bounds(first)[1]
    return any(
        first < at and stop < end and reading.text.folded[stop] in _THESE
        for _, at, stop in reading.of_kind(QuantityKind.DURATION)
    )
