"""Bootstrap intervals over people: a measure is a sum of hits over a sum of chances, one of each a person."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.pool.people import FloatArray, IntArray

RESAMPLES = 1000
SEED = 20261123
LEVEL = 0.95
DECIMALS = 6
"""Decimals of everything that is reported: the last bits of a sum may differ between machines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of a ranking: its value is ``hits.sum() / of.sum()``."""

    hits: FloatArray
    """What each person adds, (n_people,)."""
    of: FloatArray
    """Out of how much, (n_people,); 0 where the person says nothing about the measure."""

    def value(self) -> float:
        """Return the measure over everybody; NaN when nobody says anything about it."""
        return float(_ratio(self.hits.sum(), self.of.sum()))

    def resampled(self, picks: IntArray) -> FloatArray:
        """Return the measure of each resample, (n_resamples,); *picks* as by `resamples`."""
        return _ratio(self.hits[picks].sum(axis=1), self.of[picks].sum(axis=1))

    def where(self, rows: IntArray) -> "Measure":
        """Return the measure over some of the people."""
        return Measure(hits=self.hits[rows], of=self.of[rows])


def resamples(n_people: int) -> IntArray:
    """Return which people each resample is made of, (RESAMPLES, n_people); always the same."""
    return np.random.default_rng(SEED).integers(0, max(n_people, 1), size=(RESAMPLES, n_people))


def described(measure: Measure, picks: IntArray) -> dict[str, float]:
    """Return the measure and its 95 % interval, rounded: `value`, `low`, `high`."""
    return interval_of(measure.value(), measure.resampled(picks))


def difference(left: Measure, right: Measure, picks: IntArray) -> dict[str, float]:
    """Return how much higher *left* is than *right* with the 95 % interval; both are resampled together."""
    return interval_of(left.value() - right.value(), left.resampled(picks) - right.resampled(picks))


def described_all(measures: Mapping[str, Measure], picks: IntArray) -> dict[str, dict[str, float]]:
    """Return `described` of each measure by name."""
    return {name: described(measure, picks) for name, measure in measures.items()}


def interval_of(value: float, drawn: FloatArray) -> dict[str, float]:
    """Return a value with the middle 95 % of what was drawn (n_resamples,), rounded; NaN draws are left out."""
    known = drawn[~np.isnan(drawn)]
    ends = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    low, high = np.quantile(known, ends) if len(known) else (np.nan, np.nan)
    return {name: round(float(number), DECIMALS) for name, number in (("value", value), ("low", low), ("high", high))}


def _ratio(hits: FloatArray | float, of: FloatArray | float) -> FloatArray:
    return np.asarray(np.divide(hits, of, out=np.full(np.shape(hits), np.nan), where=np.asarray(of) > 0))
