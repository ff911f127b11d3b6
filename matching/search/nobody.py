"""Somebody of whom nothing is known: the person from whom others are measured."""

from dataclasses import replace
from typing import Any

import numpy as np

from matching.domain.bits import mask
from matching.domain.vocabulary import NeedCode
from matching.pool.layout import PEOPLE, column
from matching.pool.people import People

_NAN = float("nan")
_UNKNOWN: dict[str, float] = {
    "place": -1,
    "max_commute_km": _NAN,
    "transport": -1,
    "wage_floor": _NAN,
    "schooling": -1,
    "needs": mask([NeedCode.JOB]),
    "not_before": -1,
    "not_after": -1,
    "appointment": -1,
    "loan_vnd": _NAN,
    "loan_purpose": -1,
    "training_months": _NAN,
}


def unknown_person(people: People) -> People:
    """Return somebody of whom nothing is known but that work is asked for, as a pool of one.

    What this person scores is only a point to measure from: the nearer to most people's, the tighter the bounds.
    """
    nothing: dict[str, Any] = {name: column([_UNKNOWN.get(name, 0)], kind) for name, kind in PEOPLE.items()}
    nowhere = np.full(1, np.nan, dtype=np.float32)
    return People(
        ids=("",),
        lat=nowhere,
        lon=nowhere,
        **nothing,
        trades=people.trades.of_nobody(),
        bar_days=((),),
        closed_trades=np.zeros(1, dtype=np.int8),
        evidence_years=nowhere,
    )


def known_to(nobody: People, told: dict[str, float | None]) -> People:
    """Return *nobody* with a few columns filled in; None stands for NaN."""
    columns: dict[str, Any] = {
        name: np.array([_NAN if value is None else value], dtype=PEOPLE[name]) for name, value in told.items()
    }
    return replace(nobody, **columns)
