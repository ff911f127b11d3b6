"""What a person asks for: needs, and the loan with its sum and purpose."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from matching.domain.profile import LoanWish, NeedMention, OccupationMention
from matching.domain.vocabulary import Assertion, ConstraintCode, EmploymentStatus, NeedCode
from matching.extraction.asking import instead, learning_asked, papers_asked, rights_asked, work_agreed, work_asked
from matching.extraction.hindrances import answered_none
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.reading import Reading
from matching.extraction.tools import bought, wished
from matching.text.quantities import Quantity, QuantityKind

_LOAN_ROLES = frozenset({"loan", "need"})
_BUYS = frozenset({"mua", "mo", "nhap", "sam", "sua", "dau", "thay", "lam"})
"""After "cần 30 triệu" these tell that a sum is wanted to begin with, not a wage."""

_ASKS = frozenset({"muon", "mun", "xin", "mong", "thich", "tinh", "dinh", "ung"})
"""Last words of wishes that ask for work where they ask for nothing else; "cần" may be anything."""
_OTHERS = frozenset(
    {
        "ai", "nguoi", "ng", "co", "duoc", "con", "vo", "chong", "mo", "thua", "mien", "kieu", "thoi", "loi", "phep",
        "nghi", "chiu",
    }
)  # fmt: skip
"""After a wish these begin what others are to do, what is to be had, or a refusal: "đêm thì xin thua"."""

_OFFERED = frozenset({"viec", "hang", "do"})
"""After "chỉ nhận" these are work."""
_OWN = ("mở", "nuôi")
"""Between a wish and its end these tell of work for oneself, which nobody gives: "muốn mở phòng xoa bóp"."""

_UNDER_WAY = frozenset({"sap", "dang", "da"})
"""Before what would be asked for these tell that it is coming or was had: "sắp thi lại", "đã vay nuôi bò"."""

_BEGINS = frozenset({"mo", "nuoi", "sam"})
"""Before "cần 200 triệu" these tell what it is for."""
_TRAINED = frozenset({NeedCode.TRAINING, NeedCode.JOB})
_LISTED = {("viec", "lam"): NeedCode.JOB, ("hoc", "nghe"): NeedCode.TRAINING}
"""Needs that a list under a header names in two words."""

_ANOTHER_TRADE = frozenset({("doi", "nghe"), ("chuyen", "nghe")})
_WORKS = frozenset({"viec", "lam", "vao", "vo", "doi", "kiem", "tim"})
"""First words of work that a header alone asks for: "Nguyện vọng: vào tổ bảo trì"."""
_PAPERS = frozenset({"giay", "so", "the", "can", "cccd", "bang", "ho", "khai", "nha", "chuong", "an"})
"""In what is asked for these tell of papers or of one's own: "làm lại giấy tờ", "làm nhà"."""

_MILLION = 1e6
_LEARN = frozenset({"hoc", "hc", "thi"})
_GRANTED = frozenset({"duoc", "dc", "di", "co"})
"""Before what a header asks for these say nothing of it: "Nguyện vọng: được học nghề"."""
_BORROW_REACH = 2
"""Syllables between "vay" and its sum: "vay khoảng 30 triệu"."""

_SUM_REACH = 8
"""Syllables between the word for a loan and its sum."""

_BUILD = ("7111", "7112", "7113", "8113")
"""Builders and well diggers: "vay 40 triệu đào giếng" pays for one and makes nobody one."""

_HIRED = ("54", "92", "931", "932", "9333", "9334", "94")
"""Guards and labourers: one is hired for such work and borrows nothing for it."""


def read_needs(reading: Reading) -> list[NeedMention]:
    """Return the needs that are stated; an explicit "nothing" stands alone."""
    hits = [
        h for h in reading.layer("need") if not (_negated(reading, h) or _by_others(reading, h) or _done(reading, h))
    ]
    nothing = [h for h in hits if h.code == NeedCode.NONE]
    asked = [h for h in hits if h.code != NeedCode.NONE and not _names_another(h, hits)]
    if not asked and (nothing := nothing or _answered_nothing(reading)):
        return [NeedMention(code=NeedCode.NONE, evidence=reading.span(nothing[0]))]
    first: dict[NeedCode, NeedMention] = {}
    for hit in asked:
        evidence = reading.text.span(hit.first, _object_end(reading, hit))
        first.setdefault(NeedCode(hit.code), NeedMention(code=NeedCode(hit.code), evidence=evidence))
    for need in (
        *_borrowing(reading),
        *_headed(reading),
        *_of_papers(reading),
        *papers_asked(reading),
        *learning_asked(reading),
        *instead(reading),
        *rights_asked(reading),
    ):
        first.setdefault(need.code, need)
    if NeedCode.TRAINING in first and _changes_trade(reading, first.get(NeedCode.JOB)):
        del first[NeedCode.JOB]
    for need in work_asked(reading) if NeedCode.JOB not in first else ():
        first.setdefault(need.code, need)
    if not first.keys() & _TRAINED:
        first |= {need.code: need for need in work_agreed(reading)}
    loans = [reading.text.index_in_original(need.evidence[0]) for need in first.values() if need.code is NeedCode.LOAN]
    for need in (*bought(reading, loans), *wished(reading)):
        first.setdefault(need.code, need)
    return list(first.values())


def _changes_trade(reading: Reading, job: NeedMention | None) -> bool:
    """Whether all the work that is asked for is another trade than before, which is to be learnt."""
    if job is None:
        return False
    last = reading.text.starting_before(job.evidence[1])
    return tuple(reading.text.folded[last - 2 : last]) in _ANOTHER_TRADE


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
    cues = [h for kind in ("wish", "want") for h in reading.layer(kind) if begin <= h.first <= first]
    if not cues:
        return []
    stop = reading.text.index_in_original(end)
    learns = _LEARN & set(reading.text.folded[cues[0].first : first + 1])
    if not learns and any(reading.means(i, *_OWN) for i in range(cues[0].first, stop)):
        return []
    opening = reading.text.span(cues[0].first, cues[0].stop)[0]
    return [NeedMention(code=NeedCode.TRAINING if learns else NeedCode.JOB, evidence=(opening, end))]


def _of_a_bare_wish(reading: Reading) -> list[NeedMention]:
    """Return the work asked for by a wish of which nothing else is known: "xin ông chủ xưởng cho làm lại"."""
    for want in reading.layer("want"):
        end = reading.clause_bounds(want.first)[1]
        following = reading.text.folded[want.stop : end]
        asks = reading.text.folded[want.stop - 1] in _ASKS and following and following[0] not in _OTHERS
        if asks and not _negated(reading, want) and not _by_others(reading, want):
            code = NeedCode.TRAINING if _LEARN & set(following) else NeedCode.JOB
            return [NeedMention(code=code, evidence=reading.text.span(want.first, end))]
    return []


def _of_an_offer(reading: Reading) -> list[NeedMention]:
    """Return the work that is asked for by saying which could be done: "chỉ nhận hàng về làm"."""
    words = reading.text.folded
    for i in [i for i, pair in enumerate(pairwise(words)) if pair == ("chi", "nhan")]:
        if not _OFFERED.isdisjoint(words[i + 2 : i + 3]):
            return [NeedMention(code=NeedCode.JOB, evidence=reading.text.span(i, reading.clause_bounds(i)[1]))]
    return []


def _sums(reading: Reading) -> Iterator[tuple[Quantity, int, int]]:
    """Yield sums of money in their order; "20t" after a word for a loan is 20 millions, not an age."""
    found = list(reading.of_kind(QuantityKind.MONEY))
    for quantity, first, stop in reading.of_kind(QuantityKind.AGE):
        short = reading.text.source.text[quantity.at : quantity.to].endswith("t")
        if short and quantity.low is not None and quantity.high is not None and is_lent(reading, first):
            million = replace(
                quantity, kind=QuantityKind.MONEY, low=quantity.low * _MILLION, high=quantity.high * _MILLION
            )
            found.append((million, first, stop))
    yield from sorted(found, key=lambda sum_: sum_[1])


def is_lent(reading: Reading, first: int) -> bool:
    """Whether a word for a loan stands right before syllable *first* in its clause."""
    begin = reading.clause_bounds(first)[0]
    roles = reading.layer("money_role")
    return any(h.code == "loan" and begin <= h.first and h.stop <= first <= h.stop + 1 for h in roles)


def _borrowing(reading: Reading) -> list[NeedMention]:
    """Return "vay 30tr" as a need: a word for a loan right before a sum, which is neither old nor owed."""
    found = []
    for quantity, first, stop in _sums(reading):
        begin = reading.clause_bounds(first)[0]
        words = [
            h for h in reading.layer("money_role") if begin <= h.first and h.stop <= first <= h.stop + _BORROW_REACH
        ]
        if quantity.per or not words or words[-1].code not in _LOAN_ROLES:
            continue
        after = reading.text.folded[stop] if stop < len(reading.text) else ""
        if words[-1].code == "need" and after not in _BUYS and not _to_begin(reading, words[-1].first, stop):
            continue
        before = [
            h
            for layer in ("negator", "past", "money_role", "kin")
            for h in reading.layer(layer)
            if begin <= h.first < words[-1].first and not (layer == "money_role" and h.code != "debt")
        ]
        if not before:
            found.append(NeedMention(code=NeedCode.LOAN, evidence=reading.text.span(words[-1].first, stop)))
    return found


def _of_papers(reading: Reading) -> list[NeedMention]:
    """Return the need for papers of somebody who has none: "chưa có căn cước"."""
    return [
        NeedMention(code=NeedCode.DOCUMENTS, evidence=reading.span(hit))
        for hit in reading.layer("constraint")
        if hit.code == ConstraintCode.NO_ID_CARD
    ]


def _headed(reading: Reading) -> list[NeedMention]:
    """Return needs that only a header tells: "N/vọng: học lái xe nâng", "Nguyện vọng: 1. Được học nghề"."""
    found = []
    for begin in reading.sentences.starts[1:]:
        header = reading.header_over(begin)
        if header is None or header.code != "need":
            continue
        end = reading.clause_bounds(begin)[1]
        asked = reading.sentence_bounds(begin)
        for i in range(asked[0], asked[1] - 1):
            if (listed := _LISTED.get((reading.text.folded[i], reading.text.folded[i + 1]))) is not None:
                found.append(NeedMention(code=listed, evidence=reading.text.span(i, i + 2)))
        words = [word for word in reading.text.folded[begin:end] if word not in _GRANTED]
        learns = bool(_LEARN & set(words[:1]))
        named = any(begin <= h.first < end for h in reading.layer("need"))
        if named or words[:1] == ["mua"] or (not learns and _asks_for_money(reading, *asked)):
            continue
        trades = [h for h in reading.layer(OCCUPATION) if begin <= h.first and h.stop <= end]
        works = bool(_WORKS & set(words[:1])) and _PAPERS.isdisjoint(words[1:3])
        if trades or learns or works:
            first = header.first if header.stop == begin else begin
            stop = trades[-1].stop if trades else end
            code = NeedCode.TRAINING if learns else NeedCode.JOB
            found.append(NeedMention(code=code, evidence=reading.text.span(first, stop)))
    return found


def _asks_for_money(reading: Reading, begin: int, end: int) -> bool:
    """Whether a sum to be lent stands in a stretch: the trade beside it is what it is for."""
    return any(begin <= first < end and _role(reading, first) == "loan" for _, first, _ in _sums(reading))


def read_loan(reading: Reading, needs: list[NeedMention], occupations: list[OccupationMention]) -> LoanWish | None:
    """Return the loan asked for; None when no loan is."""
    asked = next((need for need in needs if need.code is NeedCode.LOAN), None)
    if asked is None:
        return None
    first = reading.text.index_in_original(asked.evidence[0])
    found = _principal(reading, first)
    purpose = _purpose(reading, first, occupations)
    if found is None:
        return LoanWish(evidence=asked.evidence, purpose=purpose)
    return LoanWish(
        amount_vnd=None if found.high is None else round(found.high),
        purpose=purpose,
        evidence=_with_role(reading, found),
    )


def _negated(reading: Reading, hit: Hit) -> bool:
    """Whether a negator stands right before the phrase: "không cần vay"."""
    begin = reading.clause_bounds(hit.first)[0]
    negators = [n for n in reading.layer("negator") if begin <= n.first and hit.first - 1 <= n.stop <= hit.first]
    instead = reading.text.folded[hit.first - 1] == "thi"  # "không thì xin làm shipper"
    return bool(negators) and not instead and hit.code != NeedCode.NONE


def _to_begin(reading: Reading, first: int, stop: int) -> bool:
    """Whether a sum that ends its clause is what it takes to begin: "muốn mở xưởng cần 200 triệu"."""
    before = reading.text.folded[reading.sentence_bounds(first)[0] : first]
    return stop == reading.clause_bounds(first)[1] and bool(_BEGINS & set(before))


def _names_another(hit: Hit, hits: list[Hit]) -> bool:
    """Whether a wish for work is one to learn there, or what a loan is called: "vay vốn giải quyết việc làm"."""
    return hit.code == NeedCode.JOB and any(
        (h.code == NeedCode.TRAINING and hit.stop <= h.first <= hit.stop + 1)
        or (h.code == NeedCode.LOAN and h.stop == hit.first)
        for h in hits
    )


def _done(reading: Reading, hit: Hit) -> bool:
    """Whether what is asked for is under way, or tells of work that was not found: "sắp thi lại"."""
    before = reading.text.folded[hit.first - 1] if hit.first > reading.clause_bounds(hit.first)[0] else ""
    idle = [s for s in reading.layer("status") if s.code == EmploymentStatus.UNEMPLOYED]
    return before in _UNDER_WAY or any(s.first < hit.first and hit.stop <= s.stop for s in idle)


def _by_others(reading: Reading, hit: Hit) -> bool:
    """Whether somebody else asks: "vợ muốn vay"."""
    begin = reading.clause_bounds(hit.first)[0]
    return any(begin <= h.first and h.stop == hit.first for layer in ("kin", "other") for h in reading.layer(layer))


def _object_end(reading: Reading, hit: Hit) -> int:
    """Return where the phrase ends together with what it directly asks for: a trade, a skill, a sum."""
    stop = hit.stop
    clause_stop = reading.clause_bounds(hit.stop - 1)[1]
    for layer in (OCCUPATION, SKILL):
        for other in reading.layer(layer):
            if hit.first < other.stop and stop - 2 <= other.first <= stop + 1 and other.stop <= clause_stop:
                stop = max(stop, other.stop)
    if hit.code == NeedCode.LOAN:
        for _, first, end in _sums(reading):
            if stop <= first <= stop + 2 and end <= clause_stop:
                stop = end
    return stop


def _principal(reading: Reading, asked: int) -> Quantity | None:
    """Return the sum of the loan: in the same sentence, not a wage, a debt, an instalment or a price."""
    begin, end = reading.sentence_bounds(asked)
    if reading.after_colon(end):
        end = reading.sentence_bounds(end)[1]
    sums = [(q, first) for q, first, _ in _sums(reading) if q.currency == "vnd" and q.per is None]
    here = [(q, first) for q, first in sums if begin <= first < end and _role(reading, first) in _LOAN_ROLES]
    if not here:
        here = [(q, first) for q, first in sums if _role(reading, first) == "loan"]
    after = [(q, first) for q, first in here if first >= asked]
    return min(after or here, key=lambda found: abs(found[1] - asked))[0] if here else None


def _role(reading: Reading, first: int) -> str:
    """Return what a sum is for: the nearest word for money before it in its sentence, "need" when there is none."""
    begin = reading.sentence_bounds(first)[0]
    if _is_labelled(reading, first, begin):
        return "loan"
    clause = reading.clause(first)
    before = [h for h in reading.layer("money_role") if max(begin, first - _SUM_REACH) <= h.first < first]
    own = [h for h in before if reading.clause(h.first) == clause]
    if own:
        return own[-1].code
    return before[-1].code if before else "need"


def _is_labelled(reading: Reading, first: int, begin: int) -> bool:
    """Whether a label for the loan and a colon stand right before a sum: "Vốn: 20 triệu", "Số tiền: 30tr"."""
    if first != begin or not reading.after_colon(first):
        return False
    roles = [h.code in _LOAN_ROLES for h in reading.layer("money_role") if h.stop == first]
    return any(roles) or any(h.stop == first and h.code == NeedCode.LOAN for h in reading.layer("need"))


def _with_role(reading: Reading, found: Quantity) -> tuple[int, int]:
    """Return the span of the sum, with the word for the loan where it stands right before it."""
    first, stop = reading.syllables_of(found)
    before = [h for h in reading.layer("money_role") if h.code == "loan" and first - 2 <= h.stop <= first]
    return reading.text.span(before[-1].first if before else first, stop)


def _purpose(reading: Reading, asked: int, occupations: list[OccupationMention]) -> str | None:
    """Return the unit group the money is for; None where nothing tells.

    A trade named with the loan, else one wished for in its sentence, else the last one said that the person lives by,
    else any wish.
    """
    begin, end = reading.text.span(*reading.sentence_bounds(asked))
    start = reading.text.span(asked, asked + 1)[0]
    trades = [m for m in occupations if not m.code.startswith(_BUILD) or m.evidence[0] < start]
    wished = [m for m in trades if m.assertion is Assertion.WISH]
    choices = (
        [m for m in trades if start <= m.evidence[0] < end][:1],
        [m for m in wished if begin <= m.evidence[0] < end and not _to_learn(reading, m)],
        _lived_by(reading, asked, trades),
        wished,
        [m for m in occupations if start <= m.evidence[0] < end],
    )
    found = next(filter(None, choices), [])
    return max(found, key=lambda m: m.evidence).code if found else None


def _to_learn(reading: Reading, mention: OccupationMention) -> bool:
    """Whether a wish is to learn a trade: the money beside it is for another."""
    first = reading.text.index_in_original(mention.evidence[0])
    return not _LEARN.isdisjoint(reading.text.folded[reading.clause_bounds(first)[0] : first + 1])


def _lived_by(reading: Reading, asked: int, occupations: list[OccupationMention]) -> list[OccupationMention]:
    """Return the trades of the person's own; former ones only where there is no other and the loan says more."""
    closed = {m.code for m in occupations if m.assertion in (Assertion.REFUSED, Assertion.BARRED)} | set(_HIRED)
    own = [m for m in occupations if m.assertion is Assertion.EXPERIENCE and not m.code.startswith(tuple(closed))]
    return [m for m in own if not _of_the_past(reading, m)] or (own if _says_more(reading, asked) else [])


def _says_more(reading: Reading, asked: int) -> bool:
    """Whether anything but a sum stands behind the word for a loan in its sentence: "giờ vay 20t" says nothing."""
    end = reading.sentence_bounds(asked)[1]
    sums = [stop for _, first, stop in _sums(reading) if asked <= first < end]
    return not sums or max(sums) < end


def _of_the_past(reading: Reading, mention: OccupationMention) -> bool:
    """Whether a word for former times stands before a trade in its clause."""
    first = reading.text.index_in_original(mention.evidence[0])
    begin = reading.clause_bounds(first)[0]
    return any(begin <= h.first <= first for h in reading.layer("past"))
