"""Specification and events in, a model with its evidence out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.evaluation.comparison import compare
from matching.evaluation.gates import Gate, gates
from matching.pool.people import FloatArray
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import stated_prior
from matching.taxonomy.release import Taxonomy
from matching.training.exam import Exam, Source
from matching.training.folding import FoldModel, choose_pull, fold_models
from matching.training.logistic import fit
from matching.training.spec import TrainingSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model, how it was made, and how good it is on people it has not seen."""

    spec: TrainingSpec
    model: AdditiveModel
    pull: float
    """The pull that was chosen."""
    rows: int
    """Judged pairs that pass every rule, from which it learnt."""
    events: Source
    taxonomy_release: str
    taxonomy_sha256: str
    report: Mapping[str, Any]
    """As by `compare`: the stated prior and models of this specification, each judged by people it had not seen;
    BM25 too where there are texts. The learnt one is named after the specification."""
    gates: tuple[Gate, ...]
    """Against the stated prior."""


def train(spec: TrainingSpec, events: Source, taxonomy: Taxonomy) -> Trained:
    """Learn a model from all events, and measure its specification on people held out in turn.

    Raises
    ------
    DataError
        The events hold no order to learn, or fewer people than folds.
    """
    exam, prior = events.exam(taxonomy, as_of=spec.as_of, home_province=spec.home_province), stated_prior()
    pull = choose_pull(exam.table, spec, prior)
    scores = {prior.name: exam.scores(prior), spec.name: held_out_scores(exam, spec)}
    report = report_on(exam, scores, reference=prior.name)
    return Trained(
        spec=spec,
        model=fit(exam.table, prior=prior, pull=pull, name=spec.name),
        pull=pull,
        rows=len(exam.table),
        events=events,
        taxonomy_release=taxonomy.release,
        taxonomy_sha256=taxonomy.sha256,
        report=report,
        gates=gates(report, challenger=spec.name),
    )


def held_out_scores(exam: Exam, spec: TrainingSpec) -> FloatArray:
    """Return the score of each pair of an exam by a model of *spec* that has not seen its person, (n_scored,)."""
    models = fold_models(exam.table, spec, stated_prior())
    of_person = np.array([_unseen(models, name) for name in exam.people])
    of_pair = of_person[exam.subject]
    scores = np.zeros(len(of_pair))
    for i, fold in enumerate(models):
        scores[of_pair == i] = exam.scores(fold.model, of_pair == i)
    return scores


def _unseen(models: Sequence[FoldModel], person_id: str) -> int:
    """Return a model that has not seen a person; one of whom nothing was learnt was seen by none."""
    return next((i for i, fold in enumerate(models) if person_id in fold.unseen), 0)


def report_on(exam: Exam, scores: Mapping[str, FloatArray], *, reference: str) -> dict[str, Any]:
    """Return the comparison of models and what else there is to compare with, by group of people too."""
    rankings = {name: exam.ranked(its) for name, its in (*exam.beside().items(), *scores.items())}
    return compare(exam.found, rankings, reference=reference, groups=exam.groups)
