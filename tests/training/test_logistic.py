"""What is learnt keeps to the closed list and to the signs, goes where the data point, and is always the same."""

import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError
from matching.evaluation.ranking import contest, measures, model_scores, ranked
from matching.features import FEATURES, NAMES
from matching.ranking.additive import MICRO, AdditiveModel
from matching.ranking.prior import stated_prior
from matching.training.folding import choose_pull, fold_models
from matching.training.logistic import fit, lesson, order_of
from matching.training.spec import TrainingSpec
from matching.training.steps import DECIMALS, Steps
from matching.training.table import features_of, training_table
from tests.builders import TODAY
from tests.training.judged import judged, wishes

STEEP = {"distance_km": 4.0, "stable_contract": 5.0, "wage_to_usual": 0.0}
"""How the people of these tests differ from the prior: the way and the contract count more, the wage not at all."""

SPEC = TrainingSpec(name="test", as_of=TODAY, pull=(0.01, 0.1, 1.0), folds=3)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return training_table(judged(wishes(**STEEP), seed=1))


def learn(table: pd.DataFrame, pull: float = 0.03) -> AdditiveModel:
    return fit(table, prior=stated_prior(), pull=pull, name="learnt")


@pytest.mark.parametrize("column", ["offence", "sex", "category", "completed_on", "birth_year", "ethnicity", "score"])
def test_a_frame_with_another_column_cannot_be_fitted(table: pd.DataFrame, column: str) -> None:
    """M1: the list of features is closed."""
    with pytest.raises(DataError, match=column):
        learn(table.assign(**{column: 1}))


def test_a_frame_without_a_feature_or_an_order_cannot_be_fitted(table: pd.DataFrame) -> None:
    with pytest.raises(DataError, match="distance_km"):
        learn(table.drop(columns="distance_km"))
    with pytest.raises(DataError, match="order"):
        learn(table.assign(grade=2))
    with pytest.raises(DataError, match="grade"):
        learn(table.assign(grade=7))


def test_the_search_starts_at_the_prior_and_scores_as_the_model_does(table: pd.DataFrame) -> None:
    prior = stated_prior()
    steps = Steps(prior=prior)
    assert steps.model(steps.start, name="again").shapes == prior.shapes
    numbers = steps.design(features_of(table)) @ steps.start
    assert numbers * MICRO == pytest.approx(prior.score(features_of(table)), abs=1e-3)


def test_a_strong_pull_leaves_the_prior_as_it_is(table: pd.DataFrame) -> None:
    learnt, prior = learn(table, pull=1e4), stated_prior()
    for name in NAMES:
        assert learnt.shapes[name].values == pytest.approx(prior.shapes[name].values, abs=2e-4)


def test_no_sign_is_broken_even_when_the_data_ask_for_it() -> None:
    """M4, law 5: judges who like best what the prior likes least are learnt from, and no table turns."""
    learnt = learn(training_table(judged(stated_prior(), seed=3, times=-1)), pull=0.001)
    for name, shape in learnt.shapes.items():
        assert (FEATURES[name].sign * np.diff(shape.values) >= 0).all()
    assert np.ptp(learnt.shapes["need_fit"].values) == 0 < np.ptp(stated_prior().shapes["need_fit"].values)


def test_it_goes_where_the_data_point(table: pd.DataFrame) -> None:
    learnt, prior = learn(table).shapes, stated_prior().shapes
    assert np.ptp(learnt["distance_km"].values) > 1.5 * np.ptp(prior["distance_km"].values)
    assert np.ptp(learnt["stable_contract"].values) > 1.5 * np.ptp(prior["stable_contract"].values)
    assert np.ptp(learnt["wage_to_usual"].values) < np.ptp(prior["wage_to_usual"].values)


def test_on_people_it_has_not_seen_it_orders_better_than_the_prior() -> None:
    true = wishes(**STEEP)
    learnt = learn(training_table(judged(true, seed=1)))
    found = contest(judged(true, seed=2))
    order = {
        model.name: measures(found, ranked(found, model_scores(found.pairs, model)))["pairwise_accuracy"].value()
        for model in (learnt, stated_prior(), true)
    }
    assert order["baseline"] + 0.03 < order["learnt"] <= order["wishes"] + 0.01


def test_unknown_stays_neutral_and_tables_stay_short(table: pd.DataFrame) -> None:
    learnt, prior = learn(table).shapes, stated_prior().shapes
    assert {name: shape.missing for name, shape in learnt.items()} == {n: s.missing for n, s in prior.items()}
    assert {name: shape.thresholds for name, shape in learnt.items()} == {n: s.thresholds for n, s in prior.items()}
    assert all(round(value, DECIMALS) == value for shape in learnt.values() for value in shape.values)


def test_the_order_of_rows_and_columns_does_not_matter(table: pd.DataFrame) -> None:
    """M13: the same inputs give the same bytes, in any order of rows."""
    shuffled = table.sample(frac=1, random_state=3)[sorted(table.columns)]
    assert learn(shuffled).to_json() == learn(table).to_json()


def test_everybody_weighs_the_same(table: pd.DataFrame) -> None:
    order = order_of(table)
    grade, person = table["grade"].to_numpy(), table["person_id"].to_numpy()
    assert (person[order.first] == person[order.second]).all()
    assert (grade[order.first] > grade[order.second]).all()
    assert np.bincount(order.person, weights=order.weight) == pytest.approx(1)
    counted = [[a > b for a in of["grade"] for b in of["grade"]] for _, of in table.groupby("person_id")]
    assert len(order.first) == sum(map(sum, counted))
    assert order.n_people == sum(map(any, counted))


def test_surer_judges_are_told_from_unsure_ones() -> None:
    """The noise is measured, so weights do not grow only because judges agree."""
    prior = stated_prior()
    sure, unsure = (lesson(training_table(judged(prior, seed=5, noise=n)), prior).noise for n in (0.2, 2.0))
    assert 2 * sure < unsure


def test_the_pull_is_chosen_by_people_held_out_and_is_strong_where_the_prior_is_right(table: pd.DataFrame) -> None:
    prior = stated_prior()
    assert choose_pull(table, SPEC, prior) < max(SPEC.pull)
    assert choose_pull(training_table(judged(prior, seed=5, noise=1.3)), SPEC, prior) == max(SPEC.pull)


def test_nobody_is_judged_by_a_model_that_has_seen_them(table: pd.DataFrame) -> None:
    prior = stated_prior()
    models = fold_models(table, SPEC, prior)
    assert sorted(name for one in models for name in one.unseen) == sorted(set(table["person_id"]))
    rows = table[~table["person_id"].isin(models[0].unseen)].reset_index(drop=True)
    again = fit(rows, prior=prior, pull=choose_pull(rows, SPEC, prior), name=SPEC.name)
    assert again.to_json() == models[0].model.to_json()


def test_the_loss_of_a_better_order_is_smaller(table: pd.DataFrame) -> None:
    grade, order = table["grade"].to_numpy(dtype=float), order_of(table)
    assert order.loss(3 * grade).mean() < order.loss(0 * grade).mean() < order.loss(-grade).mean()
    assert order.loss(0 * grade) == pytest.approx(np.log(2))
