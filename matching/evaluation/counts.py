"""Precision, recall and F1 from counts that add up, with bootstrap intervals over records."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

T = TypeVar("T", bound=Hashable)

_RESAMPLES = 1000
_SEED = 20261123


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives; counts of several records add up."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """Share of what was read that is right; NaN when nothing was read."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else float("nan")

    @property
    def recall(self) -> float:
        """Share of what is there that was read; NaN when nothing is there."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else float("nan")

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; NaN when nothing is there and nothing was read."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else float("nan")


def interval(rows: Sequence[Counts], *, level: float = 0.95) -> tuple[float, float]:
    """Return the bootstrap interval of the micro-F1 over records, shape of *rows*: one `Counts` a record."""
    if not rows:
        return float("nan"), float("nan")
    table = np.array([(r.tp, r.fp, r.fn) for r in rows], dtype=float)
    picks = np.random.default_rng(_SEED).integers(0, len(table), size=(_RESAMPLES, len(table)))
    tp, fp, fn = table[picks].sum(axis=1).T
    total = 2 * tp + fp + fn
    scores = np.divide(2 * tp, total, out=np.full(len(total), np.nan), where=total > 0)
    if np.isnan(scores).all():
        return float("nan"), float("nan")
    low, high = np.nanquantile(scores, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def count_sets(predicted: Sequence[T], gold: Sequence[T]) -> Counts:
    """Count exact matches between two collections without repeats."""
    left, right = set(predicted), set(gold)
    return Counts(len(left & right), len(left - right), len(right - left))


def iou(left: tuple[int, int], right: tuple[int, int]) -> float:
    """Return the overlap of two half-open spans over their union, 0 to 1.

    >>> iou((0, 4), (2, 6))
    0.3333333333333333
    """
    shared = max(0, min(left[1], right[1]) - max(left[0], right[0]))
    union = max(left[1], right[1]) - min(left[0], right[0]) if shared else (left[1] - left[0]) + (right[1] - right[0])
    return shared / union if union else 0.0


def field_row(rows: Sequence[Counts]) -> dict[str, float]:
    """Return one row of a report: precision, recall and F1 of a field with its interval, and the counts."""
    total = sum(rows, Counts())
    low, high = interval(rows)
    return {
        "precision": total.precision, "recall": total.recall, "f1": total.f1, "f1_low": low, "f1_high": high,
        "tp": total.tp, "fp": total.fp, "fn": total.fn,
    }  # fmt: skip
