"""Shape tables as numbers that can be learnt: the first value of each table, and how much each step adds.

A table's values move with the sign of its feature exactly when no step is below zero, so the sign is kept by the bounds
of the search and cannot be broken by any data. Thresholds are the prior's. What is unknown keeps the prior's value
(nothing): an empty box is neutral, and no model may learn from who fills in forms.
"""

from dataclasses import dataclass, replace

import numpy as np

from matching.features import NAMES
from matching.pool.people import BoolArray, FloatArray
from matching.ranking.additive import AdditiveModel, Shape

DECIMALS = 4
"""Decimals of learnt values: people read and compare them, and the search for the best ones ends far closer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The tables of one model, laid out side by side as numbers."""

    prior: AdditiveModel

    @property
    def start(self) -> FloatArray:
        """The prior's numbers, (n_numbers,): for each feature its first value, then its steps, all 0 or more."""
        return np.concatenate([_numbers(shape) for shape in self.prior.shapes.values()])

    @property
    def is_step(self) -> BoolArray:
        """Which numbers are steps and may not fall below zero, (n_numbers,)."""
        return np.concatenate([np.arange(len(shape.values)) > 0 for shape in self.prior.shapes.values()])

    def design(self, features: FloatArray) -> FloatArray:
        """Return how often each number counts in each score, float64 (n_pairs, n_numbers): -1, 0 or 1.

        A score is ``design @ numbers`` plus what does not depend on the numbers (bias, unknown values).
        """
        return np.hstack(
            [_columns(features[:, i], shape) for i, shape in enumerate(self.prior.shapes.values())],
        )

    def model(self, numbers: FloatArray, *, name: str) -> AdditiveModel:
        """Return the tables that *numbers* stand for, rounded; rounding cannot turn a step against its sign."""
        shapes = {}
        first = 0
        for feature, shape in self.prior.shapes.items():
            its = numbers[first : first + len(shape.values)]
            first += len(its)
            values = its[0] + shape.sign * np.concatenate(([0.0], np.cumsum(its[1:])))
            shapes[feature] = replace(shape, values=tuple(round(float(value), DECIMALS) + 0.0 for value in values))
        return AdditiveModel(shapes, bias=self.prior.bias, name=name)


def _numbers(shape: Shape) -> FloatArray:
    return np.concatenate(([shape.values[0]], shape.sign * np.diff(shape.values)))


def _columns(values: FloatArray, shape: Shape) -> FloatArray:
    """Return the columns of one feature, (n_pairs, n_values)."""
    step = np.searchsorted(np.asarray(shape.thresholds, dtype=np.float32), values.astype(np.float32), side="right")
    reached = np.arange(len(shape.values)) <= step[:, None]
    reached[np.isnan(values)] = False
    return np.asarray(reached * np.where(np.arange(len(shape.values)) > 0, shape.sign, 1).astype(float))


def largest_changes(prior: AdditiveModel, model: AdditiveModel, count: int) -> list[tuple[str, float]]:
    """Return the features whose tables moved most from the prior, with the largest move of one value."""
    moved = {
        feature: max(np.subtract(model.shapes[feature].values, prior.shapes[feature].values), key=abs)
        for feature in NAMES
    }
    ordered = sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0]))
    return [(feature, round(float(move), DECIMALS)) for feature, move in ordered[:count] if move]
