"""What a person lives on now: as it is said, else as the work that they still do tells."""

from collections.abc import Sequence

from matching.domain.profile import NeedMention, OccupationMention
from matching.domain.vocabulary import Assertion, EmploymentStatus, NeedCode
from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading
from matching.text.quantities import QuantityKind

_ORDER = (
    EmploymentStatus.EMPLOYED,
    EmploymentStatus.SELF_EMPLOYED,
    EmploymentStatus.CASUAL,
    EmploymentStatus.UNEMPLOYED,
)

_OWN_ACCOUNT = ("611", "612", "613", "6221", "6320", "5211", "5212", "5221", "5244", "8321")
"""Unit and minor groups whose work people mostly do for themselves: fields, herds, stalls, a motorbike taxi."""

_OCCUPATION_NOW = frozenset(
    {"nghề nghiệp", "nghề nghiệp hiện tại", "nghề nghiệp hiện nay", "nghề hiện nay", "việc làm"}
)
_NONE_SAID = frozenset(frozenset({word}) for word in ("khong", "ko", "k", "chua"))
"""What stands in a form beside "có" where there is no occupation."""

_WISHED = 2
"""Syllables between a wish and the work it is for: "muốn đi làm thuê" tells of no work that is there."""

_GROWS_OWN = frozenset({NeedCode.LOAN, NeedCode.EQUIPMENT, NeedCode.TRAINING})
"""Needs of somebody who goes on with their own work."""


def read_status(
    reading: Reading, occupations: Sequence[OccupationMention], needs: Sequence[NeedMention]
) -> EmploymentStatus:
    """Return what the person lives on now; UNKNOWN when the text does not tell.

    What is said in words wins, with a word for "now" over the rest. Otherwise work that is done now, or that is paid
    a wage, is employment, and work for oneself that somebody wants to go on with is self-employment.
    """
    said = EmploymentStatus.UNEMPLOYED if _without_occupation(reading) else _said(reading)
    if said is not EmploymentStatus.UNKNOWN or reading.layer("status"):
        return said
    past = [reading.span(hit)[0] for hit in reading.layer("past")]
    present = [
        m
        for m in occupations
        if m.assertion is Assertion.EXPERIENCE and not any(start <= m.evidence[0] for start in past)
    ]
    if any(_is_now(reading, m) or _is_paid(reading, m) for m in present):
        own = all(m.code.startswith(_OWN_ACCOUNT) for m in present)
        return EmploymentStatus.SELF_EMPLOYED if own else EmploymentStatus.EMPLOYED
    asked = {need.code for need in needs}
    goes_on = bool(asked & _GROWS_OWN) and NeedCode.JOB not in asked
    if goes_on and any(m.code.startswith(_OWN_ACCOUNT) and m.years is None for m in present):
        return EmploymentStatus.SELF_EMPLOYED
    return EmploymentStatus.UNKNOWN


def _said(reading: Reading) -> EmploymentStatus:
    hits = [
        h
        for h in reading.layer("status")
        if not _stands_after(reading, h, ("negator",), 0)
        and (h.code == EmploymentStatus.UNEMPLOYED or not _stands_after(reading, h, ("want", "need"), _WISHED))
    ]
    if not hits:
        return EmploymentStatus.UNKNOWN
    now = [
        h for h in hits if any(abs(h.first - n.stop) <= 2 or h.first <= n.first < h.stop for n in reading.layer("now"))
    ]
    past = [h for h in hits if any(0 <= h.first - p.stop <= 1 for p in reading.layer("past"))]
    chosen = now or [h for h in hits if h not in past] or hits
    return min(
        (EmploymentStatus(h.code) for h in chosen), key=lambda s: _ORDER.index(s) if s in _ORDER else len(_ORDER)
    )


def _without_occupation(reading: Reading) -> bool:
    """Whether the form says that there is no occupation: "Nghề nghiệp: không"."""
    return any(
        header.entries[0].phrase in _OCCUPATION_NOW
        and header.stop in reading.sentences.starts
        and set(reading.text.folded[slice(*reading.sentence_bounds(header.stop))]) - {"co"} in _NONE_SAID
        for header in reading.layer("header")
        if header.stop < len(reading.text)
    )


def _stands_after(reading: Reading, hit: Hit, layers: tuple[str, ...], reach: int) -> bool:
    """Whether a phrase of *layers* stands before the hit in its clause, at most *reach* syllables away."""
    begin = reading.clause_bounds(hit.first)[0]
    return any(
        begin <= cue.first < hit.first and hit.first - cue.stop <= reach
        for name in layers
        for cue in reading.layer(name)
    )


def _is_now(reading: Reading, mention: OccupationMention) -> bool:
    """Whether a word for "now" stands before the trade in its clause: "đang lột tôm", "hiện bán trà sữa"."""
    first = reading.text.index_in_original(mention.evidence[0])
    begin = reading.clause_bounds(first)[0]
    return any(begin <= now.first < first for now in reading.layer("now"))


def _is_paid(reading: Reading, mention: OccupationMention) -> bool:
    """Whether the sentence of the trade, or the one after it, tells a wage that is not wished for."""
    sums = [first for _, first, _ in reading.of_kind(QuantityKind.MONEY)]
    if not sums:
        return False
    sentence = reading.sentence(reading.text.index_in_original(mention.evidence[0]))
    wages = {reading.clause(h.first) for h in reading.layer("money_role") if h.code == "wage"}
    doubted = {reading.clause(h.first) for layer in ("want", "wish", "negator", "need") for h in reading.layer(layer)}
    return any(
        0 <= reading.sentence(first) - sentence <= 1 and reading.clause(first) in wages - doubted for first in sums
    )
