"""What a person asks for, as it is said and put together."""

from collections.abc import Callable, Iterable
from itertools import pairwise

from matching.domain.profile import NeedMention, OccupationMention
from matching.domain.vocabulary import ConstraintCode, EmploymentStatus, NeedCode
from matching.extraction.asking import (
    any_work,
    instead,
    learning_asked,
    learnt_again,
    lessons_inquired,
    lessons_welcome,
    papers_asked,
    papers_renewed,
    rights_asked,
    work_agreed,
    work_asked,
    work_hoped,
    work_inquired,
    work_welcome,
)
from matching.extraction.learning import learns
from matching.extraction.lexicon import Hit
from matching.extraction.loans import asks_for_money, borrowing, sums
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.possessions import answered_none, names_other_papers
from matching.extraction.reading import Reading
from matching.extraction.requests import gladly, replaced, requested, would_begin
from matching.extraction.signs import told_by
from matching.extraction.tools import bought, wished

_ASKS = frozenset({"muon", "mun", "xin", "mong", "thich", "tinh", "dinh", "ung"})
"""Last words of wishes that ask for work where they ask for nothing else; "cần" may be anything."""
_OTHERS = frozenset(
    {
        "ai", "nguoi", "ng", "co", "duoc", "con", "vo", "chong", "mo", "thua", "mien", "kieu", "thoi", "loi", "phep",
        "nghi", "chiu",
    }
)  # fmt: skip
"""After a wish these begin what others are to do, what is to be had, or a refusal: "đêm thì xin thua"."""

_WORKS_ONLY = frozenset({("di", "lam"), ("lam", "viec"), ("lam", "dc"), ("lam", "duoc")})
_WHERE_OR_WHEN = frozenset({"gan", "quanh", "buoi", "ban", "duoc", "dc", "nua", "viec", "ngoi"})
"""After these where or when is told which work could be done: "chỉ đi làm gần thôi", "làm được việc buổi sáng"."""
_OFFERED = frozenset({"viec", "hang", "do"})
"""After "chỉ nhận" these are work."""
_OWN = ("mở", "nuôi")
"""Between a wish and its end these tell of work for oneself, which nobody gives: "muốn mở phòng xoa bóp"."""

_ONES_OWN = ("6", "521", "522", "524")
"""Groups whose work nobody gives: fields, herds, stalls."""

_TAKEN = frozenset({"cung", "nhan", "deu"})
"""Behind work that others give these tell that it would be taken."""
_LET = "cho"
"""Opens the clause of somebody who asks to be let do something: "Cho tôi làm bảo vệ"."""

_UNDER_WAY = frozenset({"sap", "dang", "da"})
"""Before what would be asked for these tell that it is coming or was had: "sắp thi lại", "đã vay nuôi bò"."""

_ONCE = frozenset({NeedCode.JOB, NeedCode.LOAN, ""})
"""What may have been asked for in former times, a bare wish (without a code) too: "năm ngoái có xin việc"."""

_NOW = "mat"
"""Behind "trước" this makes it now: "trước mắt cần chỗ làm"."""

_TRAINED = frozenset({NeedCode.TRAINING, NeedCode.JOB})
_LISTED = {("viec", "lam"): NeedCode.JOB, ("hoc", "nghe"): NeedCode.TRAINING}
"""Needs that a list under a header names in two words."""

_ANOTHER_TRADE = frozenset({("doi", "nghe"), ("chuyen", "nghe")})
_MOVES_ON = frozenset({("chuyen", "sang"), ("chuyen", "qua"), ("doi", "sang"), ("doi", "qua")})
_WORKS = frozenset({"viec", "lam", "vao", "vo", "doi", "kiem", "tim"})
"""First words of work that a header alone asks for: "Nguyện vọng: vào tổ bảo trì"."""
_PAPERS = frozenset({"giay", "so", "the", "can", "cccd", "bang", "ho", "khai", "nha", "chuong", "an"})
"""In what is asked for these tell of papers or of one's own: "làm lại giấy tờ", "làm nhà"."""

_LEARN = frozenset({"hoc", "hc", "thi"})
_GRANTED = frozenset({"duoc", "dc", "di", "co"})
"""Before what a header asks for these say nothing of it: "Nguyện vọng: được học nghề"."""

_NEEDS = {code.value: code for code in NeedCode}

_MERE = frozenset({"toi", "tui", "em", "chau", "minh", "moi", "dang", "cung", "vua", "no", "ay", "lon", "ut", "hai"})
_MERE_REACH = 2
"""Between a relative and what they ask for: whose they are, which of them, and when."""

Finder = Callable[[Reading], Iterable[NeedMention]]


def read_needs(reading: Reading) -> list[NeedMention]:
    """Return the needs that are stated; an explicit "nothing" stands alone."""
    void = reading.relevant((_negated, _by_others, _done, _of_old))
    hits = [h for h in reading.layer("need") if not any(tells(reading, h) for tells in void)]
    helped = reading.all_told(_HELP)
    asked = [h for h in hits if h.code != NeedCode.NONE and not (_names_another(h, hits) or _for(reading, h, helped))]
    if not (asked or helped):
        nothing = [h for h in hits if h.code == NeedCode.NONE] or _answered_nothing(reading)
        if nothing:
            return [NeedMention(code=NeedCode.NONE, evidence=reading.span(nothing[0]))]
    first: dict[NeedCode, NeedMention] = {}
    for hit in asked:
        code = _NEEDS[hit.code]
        if code not in first:
            first[code] = NeedMention(code=code, evidence=reading.text.span(hit.first, _object_end(reading, hit)))
    _add(reading, first, _PARTS)
    for need in helped:
        first.setdefault(need.code, need)
    if NeedCode.TRAINING in first and _changes_trade(reading, first.get(NeedCode.JOB)):
        del first[NeedCode.JOB]
    if NeedCode.JOB not in first:
        _add(reading, first, (work_asked, work_inquired, work_welcome, work_hoped, any_work))
    if NeedCode.TRAINING not in first:
        _add(reading, first, (lessons_welcome,))
    if not first.keys() & _TRAINED:
        _add(reading, first, (work_agreed,))
    loan = first.get(NeedCode.LOAN)
    if loan is not None:
        for need in bought(reading, reading.text.index_in_original(loan.evidence[0])):
            first.setdefault(need.code, need)
    _add(reading, first, (wished,))
    return list(first.values())


def _add(reading: Reading, first: dict[NeedCode, NeedMention], parts: Iterable[Finder]) -> None:
    """Add what parts find of needs that are not known yet."""
    for need in reading.all_told(parts):
        first.setdefault(need.code, need)


def _changes_trade(reading: Reading, job: NeedMention | None) -> bool:
    """Whether all the work that is asked for is another trade than before, which is to be learnt."""
    if job is None:
        return False
    first, last = (reading.text.starting_before(job.evidence[0] + 1), reading.text.starting_before(job.evidence[1]))
    words = reading.text.folded[first - 1 : last]
    return tuple(words[-2:]) in _ANOTHER_TRADE or any(pair in _MOVES_ON for pair in pairwise(words))


def _answered_nothing(reading: Reading) -> list[Hit]:
    """Return headers of what is asked for that are answered with "none": "Nguyện vọng: không"."""
    return [
        h for h in reading.layer("header") if h.code == "need" and reading.is_label(h) and answered_none(reading, h)
    ]


def need_of_a_wish(reading: Reading, wishes: list[OccupationMention]) -> list[NeedMention]:
    """Return the need that a wish implies where no need is stated: "xin vô làm KCS" asks for work.

    Used only when `read_needs` finds no work, lesson or loan: a wish beside one of these belongs to it.
    """
    if not wishes:
        return _of_a_bare_wish(reading) or _of_an_offer(reading)
    start, end = wishes[0].evidence
    first = reading.text.index_in_original(start)
    begin, _ = reading.clause_bounds(first)
    cues = [h for h in reading.layers("wish", "want") if begin <= h.first <= first]
    if not cues:
        return _of_what_is_taken(reading, wishes[0], reading.text.index_in_original(end))
    stop = reading.text.index_in_original(end)
    taught = learns(reading, cues[0].first, first + 1)
    if not taught and any(reading.means(i, *_OWN) for i in range(cues[0].first, stop)):
        return []
    opening = reading.text.span(cues[0].first, cues[0].stop)[0]
    return [NeedMention(code=NeedCode.TRAINING if taught else NeedCode.JOB, evidence=(opening, end))]


def _of_what_is_taken(reading: Reading, wish: OccupationMention, stop: int) -> list[NeedMention]:
    """Return the work asked for by saying that it would be taken, where others give it: "phụ bếp cũng được"."""
    begin, end = reading.clause_bounds(max(0, stop - 1))
    let = reading.text.folded[begin] == _LET
    if wish.code.startswith(_ONES_OWN) or (_TAKEN.isdisjoint(reading.text.folded[stop:end]) and not let):
        return []
    return [NeedMention(code=NeedCode.JOB, evidence=wish.evidence)]


def _of_a_bare_wish(reading: Reading) -> list[NeedMention]:
    """Return the work asked for by a wish of which nothing else is known: "xin ông chủ xưởng cho làm lại"."""
    for want in reading.layer("want"):
        end = reading.clause_bounds(want.first)[1]
        following = reading.text.folded[want.stop : end]
        asks = reading.text.folded[want.stop - 1] in _ASKS and following and following[0] not in _OTHERS
        if asks and not _negated(reading, want) and not _by_others(reading, want) and not _of_old(reading, want):
            code = NeedCode.TRAINING if learns(reading, want.stop, end) else NeedCode.JOB
            return [NeedMention(code=code, evidence=reading.text.span(want.first, end))]
    return []


def _of_an_offer(reading: Reading) -> list[NeedMention]:
    """Return the work that is asked for by saying which could be done: "chỉ nhận hàng về làm"."""
    words = reading.text.folded
    for i, pair in enumerate(pairwise(words)):
        following = words[i + 2 : i + 3]
        taken = pair == ("chi", "nhan") and not _OFFERED.isdisjoint(following)
        done = pair in _WORKS_ONLY and not _WHERE_OR_WHEN.isdisjoint(following)
        if taken or done:
            return [NeedMention(code=NeedCode.JOB, evidence=reading.text.span(i, reading.clause_bounds(i)[1]))]
    return []


@told_by("constraint")
def _of_papers(reading: Reading) -> list[NeedMention]:
    """Return the need for papers of somebody who has none: "chưa có căn cước"."""
    return [
        NeedMention(code=NeedCode.DOCUMENTS, evidence=reading.span(hit))
        for hit in reading.layer("constraint")
        if hit.code == ConstraintCode.NO_ID_CARD
        and not names_other_papers(reading, hit.stop)
        and not any(done.code == hit.code and done.overlaps(hit) for done in reading.layer("cancels"))
    ]


@told_by("header")
def _headed(reading: Reading) -> list[NeedMention]:
    """Return needs that only a header tells: "N/vọng: học lái xe nâng", "Nguyện vọng: 1. Được học nghề"."""
    found = []
    for begin, header in reading.headers.items():
        if header.code != "need":
            continue
        end = reading.clause_bounds(begin)[1]
        asked = reading.sentence_bounds(begin)
        for i in range(asked[0], asked[1] - 1):
            if (listed := _LISTED.get((reading.text.folded[i], reading.text.folded[i + 1]))) is not None:
                found.append(NeedMention(code=listed, evidence=reading.text.span(i, i + 2)))
        words = [word for word in reading.text.folded[begin:end] if word not in _GRANTED]
        taught = bool(_LEARN & set(words[:1]))
        named = any(begin <= h.first < end for h in reading.layer("need")) or any(
            begin <= h.first < end and h.code == NeedCode.TRAINING for h in reading.layer("request")
        )
        if named or words[:1] == ["mua"] or (not taught and asks_for_money(reading, *asked)):
            continue
        trades = [h for h in reading.layer(OCCUPATION) if begin <= h.first and h.stop <= end]
        works = bool(_WORKS & set(words[:1])) and _PAPERS.isdisjoint(words[1:3])
        if trades or taught or works:
            first = header.first if header.stop == begin else begin
            stop = trades[-1].stop if trades else end
            code = NeedCode.TRAINING if taught else NeedCode.JOB
            found.append(NeedMention(code=code, evidence=reading.text.span(first, stop)))
    return found


_PARTS: tuple[Finder, ...] = (
    borrowing, _headed, _of_papers, papers_asked, papers_renewed, learning_asked, learnt_again, instead, rights_asked,
    lessons_inquired,
)  # fmt: skip
"""What finds needs that are put together from several phrases."""


_VAGUE = frozenset({NeedCode.JOB, NeedCode.COUNSELLING})
"""Needs that a wish for anything else is easily read as."""

_HELP: tuple[Finder, ...] = (requested, replaced, would_begin, gladly)
"""What finds help that is asked for by its name."""


def _for(reading: Reading, hit: Hit, helped: Iterable[NeedMention]) -> bool:
    """Whether a wish for work, or for advice, is a part of one for other help: "muốn làm bảo hiểm y tế"."""
    others = [need.evidence for need in helped if need.code != hit.code] if hit.code in _VAGUE else []
    begin, end = reading.span(hit) if others else (0, 0)
    return any(first <= begin and end <= last for first, last in others)


@told_by("negator")
def _negated(reading: Reading, hit: Hit) -> bool:
    """Whether a negator stands right before the phrase, or a word before it: "không cần vay", "không hề cần vay"."""
    if hit.code == NeedCode.NONE or reading.text.folded[hit.first - 1] == "thi":  # "không thì xin làm shipper"
        return False
    first = hit.first
    return reading.negated(first) or (reading.negated(first - 1) and reading.clause_bounds(first)[0] < first)


def _names_another(hit: Hit, hits: list[Hit]) -> bool:
    """Whether a wish for work is one to learn there, or what a loan is called: "vay vốn giải quyết việc làm"."""
    return (
        len(hits) > 1
        and hit.code == NeedCode.JOB
        and any(
            (h.code == NeedCode.TRAINING and hit.stop <= h.first <= hit.stop + 1)
            or (h.code == NeedCode.LOAN and h.stop == hit.first)
            for h in hits
        )
    )


@told_by("status", *_UNDER_WAY)
def _done(reading: Reading, hit: Hit) -> bool:
    """Whether what is asked for is under way, or tells of work that was not found: "sắp thi lại"."""
    first = hit.first
    under_way = reading.text.folded[first - 1] in _UNDER_WAY and first > reading.clause_bounds(first)[0]
    return under_way or any(
        s.first < hit.first and hit.stop <= s.stop and s.code == EmploymentStatus.UNEMPLOYED
        for s in reading.layer("status")
    )


@told_by("past")
def _of_old(reading: Reading, hit: Hit) -> bool:
    """Whether a clause that begins with former times tells of work or money: "năm ngoái có xin việc"."""
    begin, words = reading.clause_bounds(hit.first)[0], reading.text.folded
    said = [h for h in reading.layer("past") if begin <= h.first <= begin + 1 and h.stop <= hit.first]
    return hit.code in _ONCE and any(words[h.stop] != _NOW for h in said)


@told_by("kin", "other")
def _by_others(reading: Reading, hit: Hit) -> bool:
    """Whether somebody else asks: "vợ muốn vay", "con gái tôi mới xin được việc"."""
    begin, words = reading.clause_bounds(hit.first)[0], reading.text.folded
    return any(
        begin <= h.first and h.stop <= hit.first <= h.stop + _MERE_REACH and _MERE.issuperset(words[h.stop : hit.first])
        for h in reading.layers("kin", "other")
    )


def _object_end(reading: Reading, hit: Hit) -> int:
    """Return where the phrase ends together with what it directly asks for: a trade, a skill, a sum."""
    stop = hit.stop
    clause_stop = reading.clause_bounds(hit.stop - 1)[1]
    for other in reading.layers(OCCUPATION, SKILL):
        if stop - 2 <= other.first <= stop + 1 and hit.first < other.stop <= clause_stop:
            stop = max(stop, other.stop)
    if hit.code == NeedCode.LOAN:
        for _, first, end in sums(reading):
            if stop <= first <= stop + 2 and end <= clause_stop:
                stop = end
    return stop
