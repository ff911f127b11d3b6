"""Held-out scores and the choice of the pull, by people-grouped folds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.evaluation.split import folds, held_out
from matching.pool.people import FloatArray, IntArray
from matching.ranking.additive import MICRO, AdditiveModel
from matching.training.logistic import fit, learn, lesson, order_of
from matching.training.spec import TrainingSpec
from matching.training.table import features_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldModel:
    """A model that has not seen some people."""

    model: AdditiveModel
    unseen: frozenset[str]
    """Ids of the people it may be judged by."""


def choose_pull(table: pd.DataFrame, spec: TrainingSpec, prior: AdditiveModel) -> float:
    """Return the pull of the specification with the smallest mean loss on held-out people, the stronger of equals."""
    pulls = sorted(spec.pull, reverse=True)
    if len(pulls) == 1:
        return pulls[0]
    return pulls[int(_held_out_loss(table, spec, prior, pulls).mean(axis=1).argmin())]


def fold_models(table: pd.DataFrame, spec: TrainingSpec, prior: AdditiveModel) -> tuple[FoldModel, ...]:
    """Return one model a fold, trained, and its pull chosen, without the fold's people."""
    found = []
    for seen, out in held_out(_folds(table, spec)):
        rows = table[seen].reset_index(drop=True)
        model = fit(rows, prior=prior, pull=choose_pull(rows, spec, prior), name=spec.name)
        found.append(FoldModel(model=model, unseen=frozenset(table.loc[out, "person_id"])))
    return tuple(found)


def _held_out_loss(table: pd.DataFrame, spec: TrainingSpec, prior: AdditiveModel, pulls: list[float]) -> FloatArray:
    """Return each person's loss under the models that have not seen them, (n_pulls, n_people)."""
    score = np.zeros((len(pulls), len(table)))
    for seen, out in held_out(_folds(table, spec)):
        given = lesson(table[seen], prior)
        features = features_of(table[out])
        for i, pull in enumerate(pulls):
            score[i, out] = learn(given, pull=pull, name=spec.name).score(features) / MICRO / given.noise
    order = order_of(table)
    return np.array([order.loss(its) for its in score])


def _folds(table: pd.DataFrame, spec: TrainingSpec) -> IntArray:
    return folds(table["person_id"].tolist(), spec.folds, seed=spec.seed)
