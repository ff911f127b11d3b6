"""Logistic regression on the order of a person's offers, pulled towards the stated prior, every sign kept.

For two offers of one person, of which the first is graded higher, the chance that the model orders them rightly is
taken to be 1 / (1 + exp((second score - first score) / noise)). The noise is how far apart two scores of the prior must
be before the judges see a difference; it is measured first, so that a model need not change all its weights only to
be more or less sure. Everybody weighs the same, however much of theirs was judged. The loss is convex and the pull
makes it strictly so: there is one best answer, whatever the order of rows.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit

from matching.errors import ModelError
from matching.pool.people import FloatArray, IntArray
from matching.ranking.additive import MICRO, AdditiveModel
from matching.training.steps import Steps
from matching.training.table import checked, features_of

_ITERATIONS = 5_000
_NOISE = (0.05, 20.0)
"""Between these the noise is looked for, in units of the score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Pairs of rows of one person, the first graded higher."""

    first: IntArray
    second: IntArray
    """Rows of the table, (n_ordered,)."""
    person: IntArray
    """Whose they are, 0 to n_people - 1, (n_ordered,)."""
    weight: FloatArray
    """By how much the grades differ, with a sum of 1 for each person, (n_ordered,)."""

    @property
    def n_people(self) -> int:
        """People with at least one such pair."""
        return int(self.person.max()) + 1

    def loss(self, score: FloatArray) -> FloatArray:
        """Return the mean loss of each person, (n_people,); scores (n_rows,) in units of the noise."""
        lost = self.weight * np.logaddexp(0, score[self.second] - score[self.first])
        return np.bincount(self.person, weights=lost, minlength=self.n_people).astype(float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Judged pairs, made ready for the search."""

    steps: Steps
    apart: FloatArray
    """How often each number counts in each difference of two scores, (n_ordered, n_numbers), in units of the noise."""
    constant: FloatArray
    """What unknown values add to it, and no number of the search can change, (n_ordered,)."""
    weight: FloatArray
    """(n_ordered,), with a sum of 1."""
    noise: float


def order_of(table: pd.DataFrame) -> Order:
    """Return every two rows of one person whose grades differ."""
    grade = table["grade"].to_numpy(dtype=float)
    person = pd.factorize(table["person_id"])[0]
    by_person = np.argsort(person, kind="stable")
    blocks = np.split(by_person, np.flatnonzero(np.diff(person[by_person])) + 1)
    better = [np.nonzero(grade[rows][:, None] > grade[rows][None, :]) for rows in blocks]
    first = np.concatenate([rows[higher] for rows, (higher, _) in zip(blocks, better, strict=True)])
    second = np.concatenate([rows[lower] for rows, (_, lower) in zip(blocks, better, strict=True)])
    gap = grade[first] - grade[second]
    whose = np.unique(person[first], return_inverse=True)[1]
    return Order(first=first, second=second, person=whose, weight=gap / np.bincount(whose, weights=gap)[whose])


def fit(table: pd.DataFrame, *, prior: AdditiveModel, pull: float, name: str) -> AdditiveModel:
    """Learn tables from judged pairs; their scores are on the prior's scale.

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
    return learn(lesson(table, prior), pull=pull, name=name)


def lesson(table: pd.DataFrame, prior: AdditiveModel) -> Lesson:
    """Check a table and make it ready; raises DataError as `fit`."""
    rows = checked(table)
    order, steps = order_of(rows), Steps(prior=prior)
    design = steps.design(features_of(rows))
    score = prior.score(features_of(rows)) / MICRO
    rest = score - design @ steps.start
    noise = _noise(order, score)
    return Lesson(
        steps=steps,
        apart=(design[order.first] - design[order.second]) / noise,
        constant=(rest[order.first] - rest[order.second]) / noise,
        weight=order.weight / order.n_people,
        noise=noise,
    )


def learn(given: Lesson, *, pull: float, name: str) -> AdditiveModel:
    """Search the best tables; see `fit`."""
    start = given.steps.start
    found = minimize(
        _loss,
        start,
        args=(given, start, pull),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None) if step else (None, None) for step in given.steps.is_step],
        options={"maxiter": _ITERATIONS, "maxfun": _ITERATIONS, "ftol": 1e-15, "gtol": 1e-8},
    )
    if not np.isfinite(found.fun) or found.nit >= _ITERATIONS:
        raise ModelError(f"training of [{name}] did not end: {found.message}")
    return given.steps.model(found.x, name=name)


def _loss(numbers: FloatArray, given: Lesson, start: FloatArray, pull: float) -> tuple[float, FloatArray]:
    """Return the loss and its gradient."""
    margin = given.apart @ numbers + given.constant
    moved = numbers - start
    loss = float(given.weight @ np.logaddexp(0, -margin) + pull / 2 * moved @ moved)
    return loss, pull * moved - given.apart.T @ (given.weight * expit(-margin))


def _noise(order: Order, score: FloatArray) -> float:
    """Return the noise under which the prior's scores (n_rows,) explain the order best, in units of the score."""
    found = minimize_scalar(
        lambda log_noise: float(order.loss(score / np.exp(log_noise)).mean()),
        bounds=tuple(np.log(_NOISE)),
        method="bounded",
        options={"xatol": 1e-6},
    )
    return round(float(np.exp(found.x)), 4)
