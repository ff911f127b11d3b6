"""Profiles against gold: precision, recall and F1 a field, by slice, with the wrong readings listed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.domain.profile import Profile
from matching.evaluation.counts import Counts, count_sets, field_row, iou
from matching.text.fold import fold

Gold = Mapping[str, Any]

_HIT = 0.5
"""Overlap from which two spans are the same evidence."""

_LONG_TEXT = 25
"""Words from which an answer counts as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One survey with its gold profile and what was read."""

    text: str
    style: tuple[str, ...]
    gold: Gold
    profile: Profile

    def slices(self) -> tuple[str, ...]:
        """Return the slices the case counts in."""
        bare, full = fold(self.text) == self.text.lower(), "mixed_diacritics" not in self.style
        accents = "accents:none" if bare else "accents:full" if full else "accents:partial"
        length = "length:long" if len(self.text.split()) >= _LONG_TEXT else "length:short"
        return (accents, length, *(f"style:{s}" for s in self.style))


def occupation_counts(case: Case) -> Counts:
    """Count occupations with their assertion; a gold code or one of its `also_ok` is right; one to one."""
    return matched_occupations(case)[0]


def matched_occupations(case: Case) -> tuple[Counts, list[tuple[Any, Gold]]]:
    """Return the counts, and each right mention with the gold that it meets."""
    golds = list(case.gold["occupations"])
    pairs = []
    wrong = 0
    for mention in sorted(case.profile.occupations, key=lambda m: not _exact(m, golds)):
        hit = next((g for g in golds if _same_trade(mention, g, exact=True)), None)
        hit = hit or next((g for g in golds if _same_trade(mention, g, exact=False)), None)
        if hit is None:
            wrong += 1
        else:
            golds.remove(hit)
            pairs.append((mention, hit))
    return Counts(len(pairs), wrong, len(golds)), pairs


def _exact(mention: Any, golds: Sequence[Gold]) -> bool:
    return any(_same_trade(mention, g, exact=True) for g in golds)


def _same_trade(mention: Any, gold: Gold, *, exact: bool) -> bool:
    codes = [gold["code"], *([] if exact else gold.get("also_ok", []))]
    return mention.assertion == gold["assertion"] and mention.code in codes


def _coded(name: str) -> Callable[[Case], Counts]:
    def count(case: Case) -> Counts:
        return count_sets([m.code for m in getattr(case.profile, name)], [g["code"] for g in case.gold[name]])

    return count


def _licences(case: Case) -> Counts:
    read = [(m.code, m.status) for m in case.profile.licences]
    return count_sets(read, [(g["code"], g["status"]) for g in case.gold["licences"]])


def _loan(case: Case) -> Counts:
    read, gold = case.profile.loan, case.gold["loan"]
    left = [read.amount_vnd] if read else []
    return count_sets(left, [gold["amount_vnd"]] if gold else [])


def _scalar(name: str) -> Callable[[Case], Counts]:
    def count(case: Case) -> Counts:
        read, gold = getattr(case.profile, name), case.gold[name]
        return count_sets(*([v] if v is not None and v != "unknown" else [] for v in (read, gold)))

    return count


def _years(case: Case) -> Counts:
    read = [(m.code, m.years) for m in case.profile.occupations if m.years is not None]
    gold = [g for g in case.gold["occupations"] if g.get("years") is not None]
    hits = sum(any(c in (g["code"], *g.get("also_ok", [])) and y == g["years"] for c, y in read) for g in gold)
    return Counts(hits, max(0, len(read) - hits), len(gold) - hits)


def _redactions(case: Case) -> Counts:
    golds = [tuple(g["evidence"]) for g in case.gold["redactions"]]
    read = [r.evidence for r in case.profile.redactions]
    found = sum(any(iou(g, r) > 0 for r in read) for g in golds)
    return Counts(found, sum(all(iou(g, r) == 0 for g in golds) for r in read), len(golds) - found)


FIELDS: dict[str, Callable[[Case], Counts]] = {
    "occupations": occupation_counts,
    "years": _years,
    "skills": _coded("skills"),
    "licences": _licences,
    "needs": _coded("needs"),
    "loan": _loan,
    "constraints": _coded("constraints"),
    "preferences": _coded("preferences"),
    "employment_status": _scalar("employment_status"),
    "schooling_grade": _scalar("schooling_grade"),
    "age_stated": _scalar("age_stated"),
    "redactions": _redactions,
}


def evidence_share(cases: Sequence[Case]) -> float:
    """Return the share of right readings whose span overlaps the gold's by half or more; NaN without any."""
    overlaps = []
    for case in cases:
        pairs = matched_occupations(case)[1]
        overlaps += [iou(m.evidence, tuple(g["evidence"])) for m, g in pairs if g.get("evidence")]
        for name in ("skills", "licences", "needs", "constraints", "preferences"):
            golds = {g["code"]: g for g in case.gold[name]}
            read = [m for m in getattr(case.profile, name) if m.code in golds and golds[m.code].get("evidence")]
            overlaps += [iou(m.evidence, tuple(golds[m.code]["evidence"])) for m in read]
    return sum(o >= _HIT for o in overlaps) / len(overlaps) if overlaps else float("nan")


def evaluate_extraction(cases: Sequence[Case]) -> dict[str, Any]:
    """Return the report: a row a field, occupation F1 a slice, and the share of good evidence."""
    fields = {name: field_row([count(case) for case in cases]) for name, count in FIELDS.items()}
    slices: dict[str, Any] = {}
    for name in sorted({s for case in cases for s in case.slices()}):
        inside = [case for case in cases if name in case.slices()]
        total = sum((occupation_counts(case) for case in inside), Counts())
        slices[name] = {"cases": len(inside), "occupations_f1": total.f1}
    return {"cases": len(cases), "fields": fields, "slices": slices, "evidence_share": evidence_share(cases)}
