"""Types of the narrow columns, what stands for "unknown" in them, and how values are put into one."""

import contextlib
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

_NAN = float("nan")

PEOPLE: dict[str, Any] = {
    "place": np.int32,
    "max_commute_km": np.float32,
    "transport": np.int8,
    "wage_floor": np.float64,
    "earliest_birth": np.int32,
    "schooling": np.int8,
    "licences": np.int64,
    "licences_expired": np.int64,
    "licences_lost": np.int64,
    "licences_in_progress": np.int64,
    "constraints": np.int64,
    "preferences": np.int16,
    "needs": np.int16,
    "not_before": np.int16,
    "not_after": np.int16,
    "appointment": np.int16,
    "loan_vnd": np.float64,
    "loan_purpose": np.int16,
    "enrolled": bool,
    "training_months": np.float32,
    "barred_until": np.int32,
    "barred_licences": np.int64,
    "barred_licences_in_text": np.int64,
}
"""Type of each narrow column of `People`."""

MAX_SKILLS = 8
"""Skills of an offer that are compared; the first ones named count."""

PLAIN: dict[str, tuple[Any, float]] = {
    "kind": (np.int8, -1),
    "place": (np.int16, -1),
    "occupation": (np.int16, -1),
    "barred_to_minors": (bool, 0),
    "closes_on": (np.int32, 0),
    "wage_min": (np.float32, _NAN),
    "wage_max": (np.float32, _NAN),
    "wage_unit": (np.int8, -1),
    "start": (np.int16, -1),
    "end": (np.int16, -1),
    "days_per_week": (np.int8, -1),
    "nights_away": (np.int16, -1),
    "night_shift": (np.int8, -1),
    "at_home": (np.int8, -1),
    "contract": (np.int8, -1),
    "min_schooling": (np.int8, -1),
    "min_age": (np.int8, -1),
    "max_age": (np.int8, -1),
    "trains": (np.int8, -1),
    "housing": (np.int8, -1),
    "meals": (np.int8, -1),
    "transport_provided": (np.int8, -1),
    "physical": (np.int8, 0),
    "record_clause": (np.int8, -1),
    "gender_clause": (np.int8, 0),
    "pledge": (np.int8, -1),
    "held": (bool, 0),
}
"""Columns of `Offers` with a number of its own for each offer: their type, and what stands for "unknown"."""

CODED: dict[str, tuple[Any, Any]] = {
    "seats": (np.int32, -1),
    "opens_on": (np.int32, 0),
    "min_years": (np.float32, _NAN),
    "response_rate": (np.float32, _NAN),
    "licences_required": (np.int32, 0),
    "skills": (np.int16, (-1,) * MAX_SKILLS),
}
"""Columns of few different values."""

TERMS: dict[str, tuple[Any, float]] = {
    "licences_awarded": (np.int32, 0),
    "weeks": (np.float32, _NAN),
    "fee": (np.float64, _NAN),
    "support": (np.int8, 0),
    "schedule": (np.int8, -1),
    "loan_min": (np.float64, _NAN),
    "loan_max": (np.float64, _NAN),
    "loan_max_month": (np.float64, _NAN),
    "loan_rate": (np.float32, _NAN),
    "loan_balance": (np.float64, _NAN),
    "loan_categories": (np.int8, -1),
    "loan_max_months": (np.int16, -1),
    "loan_enrolled": (np.int8, -1),
    "loan_to_employer": (bool, 0),
}
"""Columns that only programmes and loans have: a table of their own, whose first row is every opening's."""

THROUGH: dict[str, str] = {
    **{name: name for name in CODED},
    **dict.fromkeys(("lat", "lon"), "place"),
    **dict.fromkeys((*TERMS, "loan_communes", "loan_purposes"), "terms"),
    **dict.fromkeys(("held_rules", "held_texts"), "faults"),
}
"""Which codes each column that is not plain is read through."""


_WIDEST = frozenset({np.int64, np.float64, bool})
"""Types whose numbers never have to be cut."""


def column(values: Sequence[Any], kind: Any) -> npt.NDArray[Any]:
    """Return values as a column of a type; numbers beyond its range become the last ones that it holds.

    >>> column([3, 10**9], np.int8).tolist()
    [3, 127]
    """
    if kind in _WIDEST:
        return np.array(values, dtype=kind)
    if issubclass(kind, np.integer):
        with contextlib.suppress(OverflowError):
            return np.array(values, dtype=kind)
    wide, low, high = _range(kind)
    return np.asarray(np.minimum(np.maximum(np.array(values, dtype=wide), low), high), dtype=kind)


def number(value: Any, kind: Any) -> Any:
    """Return one value as `column` puts it into a column of a type: beyond its range it becomes the last that it holds.

    >>> number(10**9, np.int8), number(_NAN, np.float32)
    (127, nan)
    """
    if kind in _WIDEST:
        return value
    _, low, high = _range(kind)
    return min(max(value, low), high)


@cache
def _range(kind: Any) -> tuple[Any, Any, Any]:
    """Return the widest type of the sort of a type, and the smallest and largest number that the type itself holds."""
    if np.issubdtype(kind, np.integer):
        return np.int64, int(np.iinfo(kind).min), int(np.iinfo(kind).max)
    if np.issubdtype(kind, np.floating):
        return np.float64, float(np.finfo(kind).min), float(np.finfo(kind).max)
    return kind, False, True
