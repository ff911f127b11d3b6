"""Specification and events in, a model with its evidence out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.evaluation.comparison import bm25_scores, compare
from matching.evaluation.gates import Gate, gates
from matching.evaluation.groups import Groups, groups_of
from matching.evaluation.ranking import Contest, contest, model_scores, ranked
from matching.pool.people import FloatArray
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import stated_prior
from matching.taxonomy.release import Taxonomy
from matching.training.events import Events, Laid, lay_out
from matching.training.folding import FoldModel, choose_pull, fold_models
from matching.training.logistic import fit
from matching.training.spec import TrainingSpec
from matching.training.table import training_table

BM25 = "bm25"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model, how it was made, and how good it is on people it has not seen."""

    spec: TrainingSpec
    model: AdditiveModel
    pull: float
    """The pull that was chosen."""
    rows: int
    """Judged pairs that pass every rule, from which it learnt."""
    events: Events
    taxonomy_release: str
    taxonomy_sha256: str
    report: Mapping[str, Any]
    """As by `compare`: BM25, the stated prior and models of this specification, each judged by people it had not seen.
    The learnt one is named after the specification."""
    gates: tuple[Gate, ...]
    """Against the stated prior."""


def train(spec: TrainingSpec, events: Events, taxonomy: Taxonomy) -> Trained:
    """Learn a model from all events, and measure its specification on people held out in turn.

    Raises
    ------
    DataError
        The events hold no order to learn, or fewer people than folds.
    """
    laid = lay_out(events, taxonomy, as_of=spec.as_of, home_province=spec.home_province)
    table = training_table(laid.graded)
    prior = stated_prior()
    pull = choose_pull(table, spec, prior)
    found = contest(laid.graded)
    scores = {prior.name: model_scores(found.pairs, prior), spec.name: held_out_scores(found, spec, laid)}
    report = report_on(found, scores, events, laid, taxonomy, reference=prior.name)
    return Trained(
        spec=spec,
        model=fit(table, prior=prior, pull=pull, name=spec.name),
        pull=pull,
        rows=len(table),
        events=events,
        taxonomy_release=taxonomy.release,
        taxonomy_sha256=taxonomy.sha256,
        report=report,
        gates=gates(report, challenger=spec.name),
    )


def held_out_scores(found: Contest, spec: TrainingSpec, laid: Laid) -> FloatArray:
    """Return the score of each pair of a contest by a model of *spec* that has not seen its person, (n_pairs,)."""
    models = fold_models(training_table(laid.graded), spec, stated_prior())
    of_person = np.array([_unseen(models, name) for name in found.people])
    of_pair = of_person[found.subject]
    scores = np.zeros(len(found.pairs))
    for i, fold in enumerate(models):
        scores[of_pair == i] = model_scores(found.pairs.where(of_pair == i), fold.model)
    return scores


def _unseen(models: Sequence[FoldModel], person_id: str) -> int:
    """Return a model that has not seen a person; one of whom nothing was learnt was seen by none."""
    return next((i for i, fold in enumerate(models) if person_id in fold.unseen), 0)


def report_on(
    found: Contest, scores: Mapping[str, FloatArray], events: Events, laid: Laid, taxonomy: Taxonomy, *, reference: str
) -> dict[str, Any]:
    """Return the comparison of models and BM25, all behind the rules, by group of people too."""
    all_scores = {BM25: bm25_scores(found, events.surveys), **scores}
    rankings = {name: ranked(found, its) for name, its in all_scores.items()}
    return compare(found, rankings, reference=reference, groups=_groups(found, events, laid, taxonomy))


def _groups(found: Contest, events: Events, laid: Laid, taxonomy: Taxonomy) -> Groups:
    people = laid.pools.people
    row = {name: i for i, name in enumerate(people.ids)}
    rows = np.array([row[name] for name in found.people], dtype=np.int64)
    surveys = {survey.person_id: survey for survey in events.surveys}
    of_contest = [surveys[name] for name in found.people]
    return groups_of(of_contest, people.take(rows), taxonomy.places, as_of=laid.pools.as_of)
