"""The loan that is asked for: its sum and what it is for."""

from collections.abc import Sequence
from operator import itemgetter

from msgspec.structs import replace

from matching.domain.profile import LoanWish, NeedMention, OccupationMention
from matching.domain.vocabulary import Assertion, NeedCode
from matching.extraction.learning import learns
from matching.extraction.reading import Placed, Reading
from matching.extraction.signs import told_by
from matching.text.quantities import Quantity, QuantityKind

_LOAN_ROLES = frozenset({"loan", "need"})
_BUYS = frozenset({"thue", "doi", "xoay", "mua", "mo", "nhap", "sam", "sua", "dau", "thay", "lam"})
"""After "cần 30 triệu" these tell that a sum is wanted to begin with, not a wage."""

_BEGINS = frozenset({"mo", "nuoi", "sam"})
"""Before "cần 200 triệu" these tell what it is for."""
_MILLION = 1e6
_BORROW_REACH = 2
"""Syllables between "vay" and its sum: "vay khoảng 30 triệu"."""

_NOT_LENT = frozenset({"bi", "san", "gop", "quen"})
"""Before a word for money these make it one's own, or lent to others: "bị người ta vay 20 triệu", "có sẵn vốn"."""

_SUM_REACH = 8
"""Syllables between the word for a loan and its sum."""

_BUILD = ("7111", "7112", "7113", "8113")
"""Builders and well diggers: "vay 40 triệu đào giếng" pays for one and makes nobody one."""

_HIRED = ("54", "92", "931", "932", "9333", "9334", "94")
"""Guards and labourers: one is hired for such work and borrows nothing for it."""


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


def is_lent(reading: Reading, first: int) -> bool:
    """Whether a word for a loan stands right before syllable *first* in its clause."""
    begin = reading.clause_bounds(first)[0]
    roles = reading.layer("money_role")
    return any(h.code == "loan" and begin <= h.first and h.stop <= first <= h.stop + 1 for h in roles)


def sums(reading: Reading) -> Sequence[Placed]:
    """Return sums of money in their order; "20t" after a word for a loan is 20 millions, not an age."""
    said = reading.of_kind(QuantityKind.MONEY)
    if QuantityKind.AGE not in reading.placed:
        return said
    short = [
        (replace(quantity, kind=QuantityKind.MONEY, low=low * _MILLION, high=high * _MILLION), first, stop)
        for quantity, first, stop in reading.of_kind(QuantityKind.AGE)
        if (low := quantity.low) is not None
        and (high := quantity.high) is not None
        and reading.text.source.text[quantity.at : quantity.to].endswith("t")
        and is_lent(reading, first)
    ]
    return sorted((*said, *short), key=itemgetter(1)) if short else said


@told_by("money_role")
def borrowing(reading: Reading) -> list[NeedMention]:
    """Return "vay 30tr" as a need: a word for a loan right before a sum, which is neither old nor owed."""
    return [NeedMention(code=NeedCode.LOAN, evidence=reading.text.span(*place)) for place in borrowed(reading)]


def borrowed(reading: Reading) -> list[tuple[int, int]]:
    """Return from where to where sums are asked for, with the words for a loan before them."""
    found: list[tuple[int, int]] = []
    roles = reading.layer("money_role")
    for quantity, first, stop in sums(reading) if roles else ():
        begin = reading.clauses.bounds[first][0]
        words = [h for h in roles if begin <= h.first and h.stop <= first <= h.stop + _BORROW_REACH]
        if quantity.per or not words or words[-1].code not in _LOAN_ROLES:
            continue
        after = reading.text.folded[stop] if stop < len(reading.text) else ""
        if words[-1].code == "need" and after not in _BUYS and not _to_begin(reading, words[-1].first, stop):
            continue
        others = [*reading.layers("negator", "past", "kin", "other"), *[h for h in roles if h.code == "debt"]]
        before = any(begin <= h.first < words[-1].first for h in others)
        if not before and _NOT_LENT.isdisjoint(reading.text.folded[begin : words[-1].first]):
            found.append((words[-1].first, stop))
    return found


def _to_begin(reading: Reading, first: int, stop: int) -> bool:
    """Whether a sum that ends its clause is what it takes to begin: "muốn mở xưởng cần 200 triệu"."""
    before = reading.text.folded[reading.sentence_bounds(first)[0] : first]
    return stop == reading.clause_bounds(first)[1] and bool(_BEGINS & set(before))


def asks_for_money(reading: Reading, begin: int, end: int) -> bool:
    """Whether a sum to be lent stands in a stretch: the trade beside it is what it is for."""
    return any(begin <= first < end and _role(reading, first) == "loan" for _, first, _ in sums(reading))


def _principal(reading: Reading, asked: int) -> Quantity | None:
    """Return the sum of the loan: in the same sentence, not a wage, a debt, an instalment or a price."""
    begin, end = reading.sentence_bounds(asked)
    if reading.after_colon(end):
        end = reading.sentence_bounds(end)[1]
    found = [(q, first) for q, first, _ in sums(reading) if q.currency == "vnd" and q.per is None]
    here = [(q, first) for q, first in found if begin <= first < end and _role(reading, first) in _LOAN_ROLES]
    if not here:
        here = [(q, first) for q, first in found if _role(reading, first) == "loan"]
    after = [(q, first) for q, first in here if first >= asked]
    return min(after or here, key=lambda one: abs(one[1] - asked))[0] if here else None


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
    found = (
        [m for m in trades if start <= m.evidence[0] < end][:1]
        or [m for m in wished if begin <= m.evidence[0] < end and not _to_learn(reading, m)]
        or _lived_by(reading, asked, trades)
        or wished
        or [m for m in occupations if start <= m.evidence[0] < end]
    )
    return max(found, key=lambda m: m.evidence).code if found else None


def _to_learn(reading: Reading, mention: OccupationMention) -> bool:
    """Whether a wish is to learn a trade: the money beside it is for another."""
    first = reading.text.index_in_original(mention.evidence[0])
    return learns(reading, reading.clause_bounds(first)[0], first + 1)


def _lived_by(reading: Reading, asked: int, occupations: list[OccupationMention]) -> list[OccupationMention]:
    """Return the trades of the person's own; former ones only where there is no other and the loan says more."""
    closed = (*_HIRED, *(m.code for m in occupations if m.assertion in (Assertion.REFUSED, Assertion.BARRED)))
    own = [m for m in occupations if m.assertion is Assertion.EXPERIENCE and not m.code.startswith(closed)]
    return [m for m in own if not _of_the_past(reading, m)] or (own if _says_more(reading, asked) else [])


def _says_more(reading: Reading, asked: int) -> bool:
    """Whether anything but a sum stands behind the word for a loan in its sentence: "giờ vay 20t" says nothing."""
    end = reading.sentence_bounds(asked)[1]
    stops = [stop for _, first, stop in sums(reading) if asked <= first < end]
    return not stops or max(stops) < end


def _of_the_past(reading: Reading, mention: OccupationMention) -> bool:
    """Whether a word for former times stands before a trade in its clause."""
    first = reading.text.index_in_original(mention.evidence[0])
    begin = reading.clause_bounds(first)[0]
    return any(begin <= h.first <= first for h in reading.layer("past"))
