"""Held-out scores and the choice of the pull, by people-grouped folds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.evaluation.split import folds, held_out
from matching.pool.people import FloatArray
from matching.ranking.additive import MICRO, AdditiveModel
from matching.training.logistic import fit, order_loss
from matching.training.spec import TrainingSpec
from matching.training.table import features_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldModel:
    """A model that has not seen some people."""

    model: AdditiveModel
    unseen: frozenset[str]
    """Ids of the people it may be judged by."""


def choose_pull(table: pd.DataFrame, spec: TrainingSpec, prior: AdditiveModel) -> float:
    """Return the strongest pull of the specification whose held-out loss is within one standard error of the best.

    So with few labels the model stays near the prior, and leaves it only where the data insist.
    """
    candidates = sorted(spec.pull)
    if len(candidates) == 1:
        return candidates[0]
    loss = np.array([_held_out_loss(table, spec, prior, pull) for pull in candidates])
    mean = loss.mean(axis=1)
    best = int(mean.argmin())
    error = (loss - loss[best]).std(axis=1) / np.sqrt(loss.shape[1])
    near = mean - mean[best] <= error
    return max(pull for pull, good in zip(candidates, near.tolist(), strict=True) if good)


def fold_models(table: pd.DataFrame, spec: TrainingSpec, prior: AdditiveModel) -> tuple[FoldModel, ...]:
    """Return one model a fold, trained, and its pull chosen, without the fold's people."""
    found = []
    for learn, out in held_out(_folds(table, spec)):
        rows = table[learn].reset_index(drop=True)
        model = fit(rows, prior=prior, pull=choose_pull(rows, spec, prior), name=spec.name)
        found.append(FoldModel(model=model, unseen=frozenset(table.loc[out, "person_id"])))
    return tuple(found)


def _held_out_loss(table: pd.DataFrame, spec: TrainingSpec, prior: AdditiveModel, pull: float) -> FloatArray:
    """Return each person's loss under the model that has not seen them, (n_people,)."""
    score = np.zeros(len(table))
    for learn, out in held_out(_folds(table, spec)):
        rows = table[learn].reset_index(drop=True)
        model = fit(rows, prior=prior, pull=pull, name=spec.name)
        score[out] = model.score(features_of(table[out])) / MICRO
    return order_loss(table, score)


def _folds(table: pd.DataFrame, spec: TrainingSpec) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.asarray(folds(table["person_id"].tolist(), spec.folds, seed=spec.seed))
