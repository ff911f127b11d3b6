"""The one scorer: exact sums, signs kept, nothing served that is not what it says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import ModelError, ModelNotFoundError, ModelSignError, ModelStaleError
from matching.features import FEATURES, NAMES
from matching.ranking.additive import MICRO, AdditiveModel, Shape
from matching.ranking.prior import stated_prior


def random_model(seed: int) -> AdditiveModel:
    rng = np.random.default_rng(seed)
    shapes = {}
    for name, feature in FEATURES.items():
        n = int(rng.integers(0, 6))
        thresholds = np.unique(np.round(rng.normal(0, 5, n), 3))
        values = np.sort(np.round(rng.normal(0, 1, len(thresholds) + 1), 6))[:: feature.sign]
        shapes[name] = Shape(
            sign=feature.sign,
            thresholds=tuple(thresholds.tolist()),
            values=tuple(values.tolist()),
            missing=round(float(rng.normal()), 6),
        )
    return AdditiveModel(shapes, bias=-1.25, name="random")


def random_matrix(seed: int, n: int) -> Any:
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 5, (n, len(NAMES))).astype(np.float32)
    values[rng.random(values.shape) < 0.2] = np.nan
    return values


def record(**changes: Any) -> dict[str, Any]:
    model: dict[str, Any] = json.loads(stated_prior().to_json())
    return model | changes


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_contributions_sum_to_the_score_exactly(seed: int) -> None:
    """M4: whole millionths, so no order of adding changes the sum."""
    model, values = random_model(seed), random_matrix(seed, 50)
    contributions = model.contributions(values)
    assert contributions.dtype == np.int64
    np.testing.assert_array_equal(contributions.sum(axis=1) + round(-1.25 * MICRO), model.score(values))


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_each_contribution_is_the_step_that_the_value_has_reached(seed: int) -> None:
    """The tables mean what searchsorted(side="right") means, a threshold itself included."""
    model, values = random_model(seed), random_matrix(seed, 20)
    for row in range(len(values)):
        for column, shape in enumerate(model.shapes.values()):
            if shape.thresholds and row % 3 == 0:
                values[row, column] = shape.thresholds[row % len(shape.thresholds)]
    found = model.contributions(values)
    for column, shape in enumerate(model.shapes.values()):
        steps = np.searchsorted(np.array(shape.thresholds, dtype=np.float32), values[:, column], side="right")
        expected = [
            shape.missing if np.isnan(value) else shape.values[step]
            for value, step in zip(values[:, column], steps, strict=True)
        ]
        assert (found[:, column] / MICRO).tolist() == expected


def test_improving_one_feature_never_lowers_the_score() -> None:
    """M4: 10,000 random pairs, one known feature moved in its good direction."""
    rng = np.random.default_rng(7)
    signs = np.array([feature.sign for feature in FEATURES.values()])
    for seed in range(10):
        model, values = random_model(seed), random_matrix(seed, 1000)
        column = rng.integers(0, len(NAMES), 1000)
        better = values.copy()
        better[np.arange(1000), column] += signs[column] * rng.exponential(3, 1000).astype(np.float32)
        assert (model.score(better) >= model.score(values)).all()


def test_columns_may_lie_in_any_order_in_memory() -> None:
    model, values = random_model(1), random_matrix(1, 30)
    np.testing.assert_array_equal(model.score(values), model.score(np.asfortranarray(values)))
    assert model.score(values[:0]).shape == (0,)


def test_a_model_file_is_read_back_unchanged(tmp_path: Path) -> None:
    model = random_model(3)
    model.save(tmp_path / "model.json")
    again = AdditiveModel.load(tmp_path / "model.json", name="random")
    assert again.to_json() == model.to_json()
    np.testing.assert_array_equal(again.score(random_matrix(3, 40)), model.score(random_matrix(3, 40)))


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="absent"):
        AdditiveModel.load(tmp_path / "model.json", name="absent")


def _with(feature: str, **changes: Any) -> dict[str, Any]:
    model = record()
    model["features"][feature] |= changes
    return model


def _without(feature: str) -> dict[str, Any]:
    model = record()
    del model["features"][feature]
    return model


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: _with("distance_km", values=[0.1, 0.2, 0.3, 0.4, 0.5, 0.6]), ModelSignError),
        (lambda: _with("distance_km", sign=1), ModelSignError),
        (lambda: _with("distance_km", thresholds=[3, 8, 15, 15, 40]), ModelError),
        (lambda: _with("distance_km", thresholds=[3, 8, 15, 40, 40.0000001]), ModelError),
        (lambda: _with("distance_km", thresholds=[3, 8, 15, 40, 1e39]), ModelError),
        (lambda: _with("distance_km", thresholds=[3]), ModelError),
        (lambda: _with("distance_km", missing=0.1234567), ModelError),
        (lambda: _with("distance_km", missing=1e9), ModelError),
        (lambda: _with("distance_km", missing="0"), ModelError),
        (lambda: _with("distance_km", missing=True), ModelError),
        (lambda: _with("distance_km", extra=0), ModelError),
        (lambda: _with("distance_km", values=None), ModelError),
        (lambda: _without("distance_km"), ModelStaleError),
        (
            lambda: record(features=record()["features"] | {"offence": record()["features"]["seats_left"]}),
            ModelStaleError,
        ),
        (lambda: record(kind="pickle"), ModelError),
        (lambda: record(code="import os"), ModelError),
        (lambda: record(bias=None), ModelError),
        (lambda: [], ModelError),
    ],
)
def test_a_table_that_cannot_be_served_is_refused(make: Callable[[], Any], error: type[ModelError]) -> None:
    """F7, M1: foreign, stale, unsigned or absurd tables are refused with the reason."""
    with pytest.raises(error):
        AdditiveModel.from_json(json.dumps(make()), name="bad")


@pytest.mark.parametrize("text", ["", "{", '{"kind": "additive", "bias": NaN, "features": {}}', "[" * 100_000, b"\xff"])
def test_what_is_no_model_is_refused(text: str | bytes) -> None:
    """F7."""
    with pytest.raises(ModelError):
        AdditiveModel.from_json(text, name="bad")
