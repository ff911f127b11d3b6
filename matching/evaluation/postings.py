"""Posting reads against hand-read gold: a row a field, with the conventions of the gold and bootstrap intervals.

What breaks the law is a field too where the annotator looked for it (`law_flags`).

A gold line may carry, for a field, `also_ok` (other answers to count as right; None in it: leaving the field out is
right too) and `licences_also_ok` (neither a hit nor a false positive).
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.domain.offer import Opening
from matching.domain.posting import PostingRead
from matching.evaluation.calibration import Answers, calibration_report
from matching.evaluation.counts import Counts, field_row, interval, iou
from matching.text.fold import fold

Gold = Mapping[str, Any]

_HIT = 0.5
"""Overlap from which two spans are the same evidence."""
_CLOSE = 0.005
"""Numbers that differ by less are equal: months as fractions of a year."""
_LONG_TEXT = 120
"""Words from which a posting counts as long."""

SCALARS = (
    "min_years", "min_schooling_grade", "night_shift", "rotating_shifts", "hours_per_day", "housing", "meals",
    "transport_provided", "trains_on_job", "deposit_asked",
)  # fmt: skip
CLAUSES = ("gender_clause", "record_clause")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingCase:
    """One posting with its gold and what was read."""

    opening: Opening
    gold: Gold
    read: PostingRead
    licences_also_ok: tuple[str, ...] = ()
    law_flags: tuple[str, ...] | None = None
    law_flags_also_ok: tuple[str, ...] = ()

    def slices(self) -> tuple[str, ...]:
        """Return the slices the case counts in."""
        text = f"{self.opening.title}\n{self.opening.text}"
        accents = "accents:none" if fold(text) == text.lower() else "accents:full"
        openings = "openings:several" if len(self.gold["occupations"]) > 1 else "openings:one"
        return accents, "length:long" if len(text.split()) >= _LONG_TEXT else "length:short", openings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One field that was read wrongly."""

    offer_id: str
    field: str
    read: Any
    gold: Any


def top_k(case: PostingCase, k: int) -> bool:
    """Say whether one of the first *k* unit groups is one that the gold names, or an `also_ok` of it."""
    right = {code for found in case.gold["occupations"] for code in (found["code"], *found.get("also_ok", ()))}
    return any(occupation.code in right for occupation in case.read.occupations[:k])


def wage_counts(case: PostingCase) -> Counts:
    """Count a wage as right when amounts, unit and "negotiable" are; an `also_ok` overrides only the keys it has."""
    read = case.read.wage
    values = None if read is None else {
        "min_vnd": read.min_vnd, "max_vnd": read.max_vnd, "unit": str(read.unit), "negotiable": read.negotiable,
    }  # fmt: skip
    return _record(values, case.gold["wage"], ("min_vnd", "max_vnd", "unit", "negotiable"))


def age_counts(case: PostingCase) -> Counts:
    """Count ages as right when both ends are."""
    read = case.read.age
    return _record(None if read is None else {"min": read.min, "max": read.max}, case.gold["age"], ("min", "max"))


def _record(read: dict[str, Any] | None, gold: Gold | None, keys: Sequence[str]) -> Counts:
    """Count a field of several keys; a gold whose keys are all None is an absence that has alternatives."""
    if gold is None:
        return Counts(fp=int(read is not None))
    wanted = {key: gold[key] for key in keys}
    answers = [wanted, *(wanted | {k: v for k, v in other.items() if k in keys} for other in gold.get("also_ok", ()))]
    absent = keys == ("min", "max") and all(value is None for value in wanted.values())
    if read is None:
        return Counts() if absent else Counts(fn=1)
    if read in answers[int(absent) :]:
        return Counts(tp=1)
    return Counts(fp=1, fn=int(not absent))


def licence_counts(case: PostingCase) -> Counts:
    """Count licences one to one; those of `licences_also_ok` are neither hits nor false positives."""
    read = [str(asked.code) for asked in case.read.licences_required]
    hits = 0
    for gold in case.gold["licences_required"]:
        found = next((code for code in (gold["code"], *gold.get("also_ok", ())) if code in read), None)
        if found is not None:
            read.remove(found)
            hits += 1
    wrong = [code for code in read if code not in case.licences_also_ok]
    return Counts(hits, len(wrong), len(case.gold["licences_required"]) - hits)


_FLAG_NAMES = {
    "sex_limit": "discriminatory_sex", "sex_clause": "discriminatory_sex",
    "age_limit": "discriminatory_age", "age_clause": "discriminatory_age",
    "religion_limit": "discriminatory_religion", "religion_clause": "discriminatory_religion",
    "marital_limit": "discriminatory_marital_status", "marital_clause": "discriminatory_marital_status",
    "deposit_forbidden": "requires_deposit", "keeps_identity_papers": "keeps_original_id",
    "below_minimum_wage": "below_regional_minimum_wage", "record_slip_forbidden": "asks_judicial_record_form2",
}  # fmt: skip
"""Annotators' names of what the rules find; other rules go by their own name."""
_SINCE = re.compile(r"_prohibited_since_.*")


def flag_counts(case: PostingCase) -> Counts:
    """Count what breaks the law, each rule once; nothing is counted where the annotator did not look for it."""
    if case.law_flags is None:
        return Counts()
    read = {_FLAG_NAMES.get(flag.rule, flag.rule) for flag in case.read.law_flags}
    gold, also_ok = ({_SINCE.sub("", n) for n in names} for names in (case.law_flags, case.law_flags_also_ok))
    return Counts(len(read & gold), len(read - gold - also_ok), len(gold - read))


def _scalar(name: str) -> Callable[[PostingCase], Counts]:
    def count(case: PostingCase) -> Counts:
        return scalar_counts(getattr(case.read, name), case.gold[name])

    return count


def scalar_counts(read: Any, gold: Gold | None) -> Counts:
    """Count one scalar; nothing is counted where the field is rightly left out."""
    value = None if read is None else read.value
    wanted = None if gold is None else gold["value"]
    also = () if gold is None else gold.get("also_ok", ())
    if value is None:
        return Counts() if wanted is None or None in also else Counts(fn=1)
    if any(_same(value, answer) for answer in (wanted, *also)):
        return Counts(tp=1)
    return Counts(fp=1, fn=int(wanted is not None and None not in also))


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool) or left is None or right is None:
        return left is right
    if isinstance(left, str):
        return bool(left == right)
    return math.isclose(left, right, abs_tol=_CLOSE)


def _clause(name: str) -> Callable[[PostingCase], Counts]:
    def count(case: PostingCase) -> Counts:
        read, gold = str(getattr(case.read, name).value), case.gold[name]
        answers = (gold["value"], *gold.get("also_ok", ()))
        if read in answers:
            return Counts(tp=int(read != "none"))
        return Counts(fp=int(read != "none"), fn=int("none" not in answers))

    return count


FIELDS: dict[str, Callable[[PostingCase], Counts]] = {
    "wage": wage_counts,
    "age": age_counts,
    "licences_required": licence_counts,
    **{name: _scalar(name) for name in SCALARS},
    **{name: _clause(name) for name in CLAUSES},
    "law_flags": flag_counts,
}


def evaluate_postings(cases: Sequence[PostingCase]) -> dict[str, Any]:
    """Return the report: occupations at 1, 3 and 5, a row a field, clauses all right or not, slices, evidence."""
    fields = {}
    for name, count in FIELDS.items():
        rows = [count(case) for case in cases]
        right = sum(not (r.fp or r.fn) for r in rows) / len(rows) if rows else float("nan")
        fields[name] = {**field_row(rows), "right": right}
    slices = {}
    for name in sorted({s for case in cases for s in case.slices()}):
        inside = [case for case in cases if name in case.slices()]
        total = sum((count(case) for case in inside for count in FIELDS.values()), Counts())
        slices[name] = {
            "cases": len(inside), "top_1": _share(inside, 1), "top_3": _share(inside, 3), "fields_f1": total.f1,
        }  # fmt: skip
    first = calibration_report(first_answers(cases))
    return {
        "cases": len(cases),
        "occupations": _occupations(cases) | {"ece": first["expected_calibration_error"]},
        "fields": fields,
        "slices": slices,
        "evidence_share": evidence_share(cases),
        "calibration": first,
    }


def _share(cases: Sequence[PostingCase], k: int) -> float:
    return sum(top_k(case, k) for case in cases) / len(cases) if cases else float("nan")


def _occupations(cases: Sequence[PostingCase]) -> dict[str, float]:
    """Return how often one of the first unit groups is right, with the interval of the very first."""
    low, high = interval([Counts(tp=1) if top_k(case, 1) else Counts(fp=1, fn=1) for case in cases])
    return {f"top_{k}": _share(cases, k) for k in (1, 3, 5)} | {"top_1_low": low, "top_1_high": high}


def first_answers(cases: Sequence[PostingCase]) -> Answers:
    """Return the best unit group of each posting that has one, with its confidence and whether it is right."""
    found = [(case.read.occupations[0].confidence, top_k(case, 1)) for case in cases if case.read.occupations]
    return Answers(
        confidence=tuple(confidence for confidence, _ in found),
        right=tuple(right for _, right in found),
        wanted=len(cases),
    )


def evidence_share(cases: Sequence[PostingCase]) -> float:
    """Return the share of right scalars, wages and ages whose span overlaps one of the gold's by half or more."""
    overlaps = []
    for case in cases:
        for name in ("wage", "age", *SCALARS, *CLAUSES):
            read, gold = getattr(case.read, name), case.gold[name]
            if read is None or read.evidence is None or not gold or gold["evidence"] is None:
                continue
            if FIELDS[name](case).tp:
                spans = [gold["evidence"], *gold.get("evidence_also_ok", ())]
                overlaps.append(max(iou(read.evidence, (at, to)) for at, to in spans))
    return sum(o >= _HIT for o in overlaps) / len(overlaps) if overlaps else float("nan")


def wrong_readings(cases: Sequence[PostingCase]) -> list[Wrong]:
    """Return every field that was read wrongly, for people to look at."""
    found = []
    for case in cases:
        if not top_k(case, 1):
            codes = [o.code for o in case.read.occupations]
            found.append(
                Wrong(offer_id=case.read.offer_id, field="occupations", read=codes, gold=case.gold["occupations"])
            )
        for name, count in FIELDS.items():
            counts = count(case)
            if counts.fp or counts.fn:
                gold = case.law_flags if name == "law_flags" else case.gold[name]
                found.append(Wrong(offer_id=case.read.offer_id, field=name, read=getattr(case.read, name), gold=gold))
    return found
