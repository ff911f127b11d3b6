"""Logistic regression on the order of a person's offers, pulled towards the stated prior, every sign kept.

For two offers of one person, of which the first is graded higher, the chance that the model orders them rightly is
taken to be 1 / (1 + exp(second score - first score)). Everybody weighs the same, however much of theirs was judged.
The loss is convex and the pull makes it strictly so: there is one best answer, whatever the order of rows.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit

from matching.errors import ModelError
from matching.pool.people import FloatArray, IntArray
from matching.ranking.additive import MICRO, AdditiveModel
from matching.training.steps import Steps
from matching.training.table import checked, features_of

_ITERATIONS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """Pairs of rows of one person, the first graded higher."""

    first: IntArray
    second: IntArray
    """Rows of the table, (n_ordered,)."""
    weight: FloatArray
    """By how much the grades differ, with a sum of 1 for each person, (n_ordered,)."""
    n_people: int
    """People with at least one such pair."""


def ordered_pairs(table: pd.DataFrame) -> Ordered:
    """Return every two rows of one person whose grades differ."""
    first, second = [], []
    for _, rows in table.groupby("person_id", sort=False).indices.items():
        grade = table["grade"].to_numpy()[rows]
        higher, lower = np.nonzero(grade[:, None] > grade[None, :])
        first.append(rows[higher])
        second.append(rows[lower])
    left, right = np.concatenate(first), np.concatenate(second)
    grade = table["grade"].to_numpy(dtype=float)
    gap = grade[left] - grade[right]
    person = pd.factorize(table["person_id"])[0][left]
    total = np.bincount(person, weights=gap)
    return Ordered(first=left, second=right, weight=gap / total[person], n_people=int((total > 0).sum()))


def fit(table: pd.DataFrame, *, prior: AdditiveModel, pull: float, name: str) -> AdditiveModel:
    """Learn tables from judged pairs.

    Parameters
    ----------
    table : DataFrame
        `KEYS` and every feature of the closed list, no other column (see `checked`).
    prior : AdditiveModel
        Where the weights start, and what they are pulled towards; its thresholds are kept.
    pull : float
        Strength of the squared pull on each number, against a loss of one for each person.
    name : str
        Name of the model.

    Raises
    ------
    DataError
        The table has a column that no model may see, or lacks one; or it holds no order to learn.
    ModelError
        The search did not end (which a convex problem of this size does).
    """
    rows = checked(table)
    ordered = ordered_pairs(rows)
    steps = Steps(prior=prior)
    design = steps.design(features_of(rows))
    apart = design[ordered.first] - design[ordered.second]
    constant = _constant(rows, prior, design, ordered)
    found = minimize(
        _loss,
        steps.start,
        args=(apart, constant, ordered, steps.start, pull),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None) if step else (None, None) for step in steps.is_step],
        options={"maxiter": _ITERATIONS, "maxfun": _ITERATIONS, "ftol": 1e-15, "gtol": 1e-8, "maxcor": 30},
    )
    if not np.isfinite(found.fun) or found.nit >= _ITERATIONS:
        raise ModelError(f"training of [{name}] did not end: {found.message}")
    return steps.model(found.x, name=name)


def _constant(rows: pd.DataFrame, prior: AdditiveModel, design: FloatArray, ordered: Ordered) -> FloatArray:
    """Return what unknown values add to each difference of scores, (n_ordered,): no number of the search."""
    rest = prior.score(features_of(rows)) / MICRO - design @ Steps(prior=prior).start
    return np.asarray(rest[ordered.first] - rest[ordered.second])


def _loss(
    numbers: FloatArray, apart: FloatArray, constant: FloatArray, ordered: Ordered, start: FloatArray, pull: float
) -> tuple[float, FloatArray]:
    """Return the loss and its gradient."""
    margin = apart @ numbers + constant
    weight = ordered.weight / ordered.n_people
    moved = numbers - start
    loss = float(weight @ np.logaddexp(0, -margin) + pull / 2 * moved @ moved)
    return loss, pull * moved - apart.T @ (weight * expit(-margin))


def order_loss(table: pd.DataFrame, score: FloatArray) -> FloatArray:
    """Return the mean loss of each person who has an order, (n_people,), under scores (n_rows,) of the model's unit."""
    ordered = ordered_pairs(table)
    loss = ordered.weight * np.logaddexp(0, score[ordered.second] - score[ordered.first])
    person = pd.factorize(table["person_id"])[0][ordered.first]
    total = np.bincount(person, weights=loss)
    return np.asarray(total[np.unique(person)])
