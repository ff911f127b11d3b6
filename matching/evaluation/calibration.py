"""Whether confidence means what it says: reliability by confidence, and what leaving the unsure unsaid would cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.evaluation.extraction import Case, matched_occupations

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was asserted, in parallel: how surely, and whether it is right."""

    confidence: tuple[float, ...]
    right: tuple[bool, ...]
    wanted: int
    """How many right answers there are to give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Answers of about the same confidence."""

    low: float
    high: float
    answers: int
    confidence: float
    """Mean of the answers."""
    accuracy: float
    """Share of the answers that is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """What is left when answers under a threshold are not given."""

    threshold: float
    answers: int
    precision: float
    """Share of the given answers that is right; NaN when none is given."""
    recall: float
    """Share of the wanted answers that is given; NaN when none is wanted."""


def occupation_answers(cases: Sequence[Case]) -> Answers:
    """Return the occupations that were asserted in *cases*, each with its confidence and whether it is right."""
    confidence: list[float] = []
    right: list[bool] = []
    for case in cases:
        matched = [mention for mention, _ in matched_occupations(case)[1]]
        for mention in case.profile.occupations:
            confidence.append(mention.confidence)
            right.append(any(mention is other for other in matched))
    wanted = sum(len(case.gold["occupations"]) for case in cases)
    return Answers(confidence=tuple(confidence), right=tuple(right), wanted=wanted)


def reliability(answers: Answers, *, bins: int = BINS) -> tuple[Bin, ...]:
    """Return the answers by equal steps of confidence from 0 to 1; steps without answers are left out."""
    confidence, right = np.asarray(answers.confidence, dtype=float), np.asarray(answers.right, dtype=float)
    step = np.minimum((confidence * bins).astype(int), bins - 1)
    return tuple(
        Bin(
            low=int(i) / bins,
            high=(int(i) + 1) / bins,
            answers=int((step == i).sum()),
            confidence=float(confidence[step == i].mean()),
            accuracy=float(right[step == i].mean()),
        )
        for i in np.unique(step)
    )


def expected_calibration_error(table: Sequence[Bin]) -> float:
    """Return how far confidence is from accuracy on average over answers, 0 to 1; NaN without any.

    >>> expected_calibration_error([Bin(low=0.9, high=1.0, answers=10, confidence=0.95, accuracy=0.85)])
    0.1
    """
    total = sum(row.answers for row in table)
    if not total:
        return float("nan")
    return round(sum(row.answers * abs(row.confidence - row.accuracy) for row in table) / total, 12)


def abstention_curve(answers: Answers) -> tuple[Abstention, ...]:
    """Return precision and recall when only answers of at least each occurring confidence are given, lowest first."""
    confidence, right = np.asarray(answers.confidence, dtype=float), np.asarray(answers.right, dtype=bool)
    curve = []
    for threshold in np.unique(confidence):
        given = right[confidence >= threshold]
        curve.append(
            Abstention(
                threshold=float(threshold),
                answers=len(given),
                precision=float(given.mean()) if len(given) else float("nan"),
                recall=float(given.sum()) / answers.wanted if answers.wanted else float("nan"),
            )
        )
    return tuple(curve)


def calibration_report(answers: Answers) -> dict[str, Any]:
    """Return reliability table, error and abstention curve as plain data."""
    table = reliability(answers)
    return {
        "expected_calibration_error": expected_calibration_error(table),
        "reliability": [
            {"low": b.low, "high": b.high, "answers": b.answers, "confidence": b.confidence, "accuracy": b.accuracy}
            for b in table
        ],
        "abstention": [
            {"threshold": a.threshold, "answers": a.answers, "precision": a.precision, "recall": a.recall}
            for a in abstention_curve(answers)
        ],
    }
