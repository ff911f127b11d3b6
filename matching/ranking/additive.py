"""The one scorer: for each feature a table of steps; a score is the sum of one look-up a feature.

Values are kept in whole millionths, so contributions add up to the score exactly, on every machine and in any order.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.errors import ModelError, ModelNotFoundError, ModelSignError, ModelStaleError
from matching.features import FEATURES, NAMES
from matching.pool.people import FloatArray, IntArray

MICRO = 1_000_000
"""Millionths in 1: contributions and scores are whole numbers of them."""

_LARGEST = 1_000
"""No step of a table may be larger: sums then stay far inside 64 bits."""


_FARTHEST = 1e12
"""No threshold lies farther from 0: no feature does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What one feature contributes, step by step: `values[i]` from `thresholds[i - 1]` on, below `thresholds[i]`."""

    sign: int
    """+1: values never fall. -1: values never rise."""
    thresholds: tuple[float, ...]
    """Ascending; compared as float32, like the features."""
    values: tuple[float, ...]
    """One more than thresholds, at most six decimals."""
    missing: float = 0.0
    """Where the feature is NaN: unknown, or about another kind of offer."""


class AdditiveModel:
    """Shape tables for every feature of the closed list.

    Parameters
    ----------
    shapes : mapping of feature name to Shape
        Exactly the names of `FEATURES`, in any order.
    bias : float
        Added to every score; at most six decimals.
    name : str
        Name of the release, as answers state it.

    Raises
    ------
    ModelStaleError
        A feature is unknown or missing.
    ModelSignError
        A table moves against the declared sign of its feature.
    ModelError
        A number is not finite, has more than six decimals or is absurdly large, thresholds do not ascend, or a table
        has not one value more than thresholds.
    """

    def __init__(self, shapes: Mapping[str, Shape], *, bias: float = 0.0, name: str) -> None:
        if unknown := sorted(set(shapes) - set(NAMES)):
            raise ModelStaleError(f"model [{name}] uses features that this code does not build: {unknown}; retrain it")
        if missing := [feature for feature in NAMES if feature not in shapes]:
            raise ModelStaleError(f"model [{name}] has no table for {missing}; retrain it")
        for feature in NAMES:
            _check(feature, shapes[feature])
        self.name = name
        self.shapes = {feature: shapes[feature] for feature in NAMES}
        self.bias = bias
        self._bias = _micro(bias, "bias")
        self._compile()

    def _compile(self) -> None:
        """Lay all tables side by side, values in one flat array.

        Each table begins with what is missing and goes on from minus infinity, which every number reaches and NaN does
        not; thresholds are padded with NaN, which nothing reaches.
        """
        depth = 1 + max(len(shape.thresholds) for shape in self.shapes.values())
        self._thresholds = np.full((depth, len(NAMES), 1), np.nan, dtype=np.float32)
        flat: list[int] = []
        starts = []
        for i, (feature, shape) in enumerate(self.shapes.items()):
            self._thresholds[: len(shape.values), i, 0] = (-np.inf, *shape.thresholds)
            starts.append(len(flat))
            flat += [_micro(value, feature) for value in (shape.missing, *shape.values)]
        self._values = np.array(flat, dtype=np.int64)
        self._first = np.array(starts)[:, None]

    def contributions(self, matrix: FloatArray) -> IntArray:
        """Return what each feature adds, int64 (n_pairs, n_features) in millionths; *matrix* as built by `features`."""
        return self._looked_up(matrix).T

    def score(self, matrix: FloatArray) -> IntArray:
        """Return bias plus the sum of contributions, int64 (n_pairs,) in millionths."""
        return np.asarray(self._looked_up(matrix).sum(axis=0) + self._bias)

    def _looked_up(self, matrix: FloatArray) -> npt.NDArray[np.int64]:
        """Return contributions with one row a feature, (n_features, n_pairs).

        The step of a value is the number of thresholds that it reaches, as by ``searchsorted(side="right")``.
        """
        values = matrix.T
        step = np.zeros(values.shape, dtype=np.min_scalar_type(len(self._thresholds)))
        for thresholds in self._thresholds:
            step += (values >= thresholds).view(np.uint8)
        return self._values.take(self._first + step)

    def to_json(self) -> bytes:
        """Return the model as a file that a person can read and compare: one line a feature."""
        lines = [f'{{"kind": "additive", "bias": {json.dumps(_plain(self.bias))}, "features": {{']
        for feature, shape in self.shapes.items():
            table = {
                "sign": shape.sign,
                "thresholds": [_plain(n) for n in shape.thresholds],
                "values": [_plain(n) for n in shape.values],
                "missing": _plain(shape.missing),
            }
            lines.append(f"  {json.dumps(feature)}: {json.dumps(table)},")
        lines[-1] = lines[-1].removesuffix(",")
        return ("\n".join(lines) + "\n}}\n").encode()

    @classmethod
    def from_json(cls, text: bytes | str, *, name: str) -> "AdditiveModel":
        """Read what `to_json` wrote; raises as the constructor does, and ModelError when it is no such file."""
        try:
            record = json.loads(text, parse_constant=_no_constant)
            if record["kind"] != "additive" or set(record) != {"kind", "bias", "features"}:
                raise ModelError(f"model [{name}] is not an additive model of this format")
            shapes = {feature: _shape(feature, table) for feature, table in record["features"].items()}
            return cls(shapes, bias=_number(record["bias"], "bias"), name=name)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise ModelError(f"model [{name}] is not an additive model of this format: {error!r}") from error

    @classmethod
    def load(cls, path: Path, *, name: str) -> "AdditiveModel":
        """Load a model file; raises ModelNotFoundError when there is none, otherwise as `from_json`."""
        try:
            text = path.read_bytes()
        except OSError as error:
            raise ModelNotFoundError(f"model [{name}]: {path.name} cannot be read: {error.strerror}") from error
        return cls.from_json(text, name=name)

    def save(self, path: Path) -> None:
        """Write the model file."""
        path.write_bytes(self.to_json())


def _check(feature: str, shape: Shape) -> None:
    numbers = (*shape.thresholds, *shape.values, shape.missing)
    if not all(isinstance(n, (int, float)) and not isinstance(n, bool) and math.isfinite(n) for n in numbers):
        raise ModelError(f"{feature}: every number of a table must be finite")
    if len(shape.values) != len(shape.thresholds) + 1:
        raise ModelError(f"{feature}: {len(shape.thresholds)} thresholds need one value more, not {len(shape.values)}")
    if any(abs(threshold) > _FARTHEST for threshold in shape.thresholds):
        raise ModelError(f"{feature}: thresholds {list(shape.thresholds)} must lie within {_FARTHEST:g}")
    if np.any(np.diff(np.asarray(shape.thresholds, dtype=np.float32)) <= 0):
        raise ModelError(f"{feature}: thresholds {list(shape.thresholds)} must ascend (as 32-bit numbers)")
    for value in (*shape.values, shape.missing):
        _micro(value, feature)
    if shape.sign != FEATURES[feature].sign:
        raise ModelSignError(f"{feature}: declared sign is {FEATURES[feature].sign:+d}, the table says {shape.sign:+d}")
    if any(shape.sign * (b - a) < 0 for a, b in zip(shape.values, shape.values[1:], strict=False)):
        raise ModelSignError(f"{feature}: values {list(shape.values)} move against the sign {shape.sign:+d}")


def _micro(value: float, where: str) -> int:
    """Return *value* in whole millionths, exactly."""
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise ModelError(f"{where}: [{value}] must be a finite number of at most {_LARGEST}")
    micro = round(value * MICRO)
    if micro / MICRO != value:
        raise ModelError(f"{where}: [{value}] has more than six decimals; round it")
    return micro


def _shape(feature: str, table: Any) -> Shape:
    if set(table) != {"sign", "thresholds", "values", "missing"}:
        raise ModelError(f"{feature}: a table has sign, thresholds, values and missing, not {sorted(table)}")
    return Shape(
        sign=table["sign"],
        thresholds=tuple(_number(n, feature) for n in table["thresholds"]),
        values=tuple(_number(n, feature) for n in table["values"]),
        missing=_number(table["missing"], feature),
    )


def _plain(value: float) -> float:
    """Return a whole number without its ".0"."""
    return int(value) if value == int(value) else value


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ModelError(f"{where}: [{value!r}] is not a number")
    return float(value)


def _no_constant(name: str) -> None:
    raise ModelError(f"[{name}] is not a finite number")
