"""An HTML page that shows each wrong reading in its text; it stands by itself, without scripts or other files."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import pairwise
from typing import Any

from matching.domain.profile import Span
from matching.evaluation.counts import iou
from matching.evaluation.extraction import Case, Gold, matched_occupations

_CODED = ("skills", "needs", "constraints", "preferences")
_SCALARS = ("employment_status", "schooling_grade", "age_stated")


class Fault(StrEnum):
    """What went wrong with a reading."""

    WRONG = "wrong"
    """Read, and not so."""
    MISSED = "missed"
    """So, and not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misreading:
    """One fact that was read wrongly or not at all."""

    field: str
    fault: Fault
    what: str
    """The fact in codes: "7112 experience"."""
    span: Span | None = None
    """Where it was read, or should have been; None when nobody says where."""


def misreadings(case: Case) -> tuple[Misreading, ...]:
    """Return what is wrong in one profile, field by field."""
    return (*_occupations(case), *_lists(case), *_values(case), *_redactions(case))


def error_page(cases: Sequence[Case]) -> str:
    """Return a page (HTML) of the cases with a wrong reading: the text with the places marked, then the list."""
    wrong = [(case, found) for case in cases if (found := misreadings(case))]
    tally = Counter((one.field, one.fault) for _, found in wrong for one in found)
    fields = sorted({field for field, _ in tally}, key=lambda f: -sum(tally[f, fault] for fault in Fault))
    rows = "".join(
        f"<tr><td>{escape(field)}</td><td>{tally[field, Fault.WRONG]}</td><td>{tally[field, Fault.MISSED]}</td></tr>"
        for field in fields
    )
    articles = "".join(_article(case, found) for case, found in wrong)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Wrong readings</title>{_STYLE}</head><body>'
        f"<h1>Wrong readings</h1><p>{len(wrong)} of {len(cases)} texts; "
        '<mark class="wrong">read wrongly</mark> <mark class="missed">missed</mark></p>'
        f"<table><tr><th>field</th><th>read wrongly</th><th>missed</th></tr>{rows}</table>{articles}</body></html>\n"
    )


_STYLE = (
    "<style>body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "article{border-top:1px solid #ccc;padding:.75rem 0}table{border-collapse:collapse}"
    "td,th{padding:.1rem .8rem .1rem 0;text-align:left}mark.wrong{background:#ffc9c9}mark.missed{background:#ffec99}"
    "mark.both{background:#ffc078}.text{font-size:1.1rem;white-space:pre-wrap}.id{color:#666}</style>"
)


def _article(case: Case, found: Sequence[Misreading]) -> str:
    name = escape(str(case.gold.get("person_id", "")))
    items = "".join(
        f"<li>{escape(one.field)}: {'read' if one.fault is Fault.WRONG else 'missed'} <b>{escape(one.what)}</b>"
        f"{_quoted(case.text, one.span)}</li>"
        for one in found
    )
    style = escape(", ".join(case.style))
    return (
        f'<article><div class="id">{name} {style}</div>'
        f'<div class="text">{_marked(case.text, found)}</div><ul>{items}</ul></article>'
    )


def _quoted(text: str, span: Span | None) -> str:
    return "" if span is None else f": “{escape(text[slice(*span)])}”"


def _marked(text: str, found: Sequence[Misreading]) -> str:
    """Return the text, escaped, with its wrong and missed places marked; where both overlap, as both."""
    placed = [(one.span, one) for one in found if one.span is not None]
    edges = sorted({0, len(text), *(edge for span, _ in placed for edge in span)})
    pieces = []
    for start, end in pairwise(edges):
        here = [one for span, one in placed if span[0] <= start and end <= span[1]]
        piece = escape(text[start:end])
        if here:
            faults = {one.fault for one in here}
            kind = "both" if len(faults) > 1 else here[0].fault.value
            title = escape("; ".join(f"{one.field} {one.what}" for one in here), quote=True)
            piece = f'<mark class="{kind}" title="{title}">{piece}</mark>'
        pieces.append(piece)
    return "".join(pieces)


def _span_of(gold: Gold) -> Span | None:
    return tuple(gold["evidence"]) if gold.get("evidence") else None


def _occupations(case: Case) -> Iterator[Misreading]:
    pairs = matched_occupations(case)[1]
    for mention in case.profile.occupations:
        if not any(mention is right for right, _ in pairs):
            what = f"{mention.code} {mention.assertion.value}"
            yield Misreading(field="occupations", fault=Fault.WRONG, what=what, span=mention.evidence)
    for gold in case.gold["occupations"]:
        if not any(gold is met for _, met in pairs):
            what = f"{gold['code']} {gold['assertion']}"
            yield Misreading(field="occupations", fault=Fault.MISSED, what=what, span=_span_of(gold))
    for mention, gold in pairs:
        if gold.get("years") is not None and mention.years != gold["years"]:
            what = f"{gold['years']} years in {gold['code']}, not {mention.years}"
            yield Misreading(field="years", fault=Fault.MISSED, what=what, span=mention.evidence)


def _lists(case: Case) -> Iterator[Misreading]:
    for field in _CODED:
        read = [(str(m.code), m.evidence) for m in getattr(case.profile, field)]
        yield from _compared(field, read, [(g["code"], _span_of(g)) for g in case.gold[field]])
    held = [(f"{m.code} {m.status}", m.evidence) for m in case.profile.licences]
    yield from _compared("licences", held, [(f"{g['code']} {g['status']}", _span_of(g)) for g in case.gold["licences"]])


def _compared(
    field: str, read: Sequence[tuple[str, Span]], gold: Sequence[tuple[str, Span | None]]
) -> Iterator[Misreading]:
    right = {what for what, _ in gold}
    found = {what for what, _ in read}
    for what, span in read:
        if what not in right:
            yield Misreading(field=field, fault=Fault.WRONG, what=what, span=span)
    for what, place in gold:
        if what not in found:
            yield Misreading(field=field, fault=Fault.MISSED, what=what, span=place)


def _values(case: Case) -> Iterator[Misreading]:
    loan, gold = case.profile.loan, case.gold["loan"]
    if loan and (not gold or loan.amount_vnd != gold["amount_vnd"]):
        yield Misreading(field="loan", fault=Fault.WRONG, what=str(loan.amount_vnd), span=loan.evidence)
    if gold and (not loan or loan.amount_vnd != gold["amount_vnd"]):
        yield Misreading(field="loan", fault=Fault.MISSED, what=str(gold["amount_vnd"]), span=_span_of(gold))
    for field in _SCALARS:
        read, right = _known(getattr(case.profile, field)), _known(case.gold[field])
        if read != right and read is not None:
            yield Misreading(field=field, fault=Fault.WRONG, what=str(read))
        if read != right and right is not None:
            yield Misreading(field=field, fault=Fault.MISSED, what=str(right))


def _known(value: Any) -> Any:
    return None if value == "unknown" else value


def _redactions(case: Case) -> Iterator[Misreading]:
    golds = [(g["kind"], tuple(g["evidence"])) for g in case.gold["redactions"]]
    for read in case.profile.redactions:
        if all(iou(span, read.evidence) == 0 for _, span in golds):
            yield Misreading(field="redactions", fault=Fault.WRONG, what=read.kind.value, span=read.evidence)
    for kind, span in golds:
        if all(iou(span, read.evidence) == 0 for read in case.profile.redactions):
            yield Misreading(field="redactions", fault=Fault.MISSED, what=kind, span=span)
