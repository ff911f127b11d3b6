"""What several features measure: known and unknown columns, the way between two places, the nearest trade.

Floats are rounded before a model compares them with thresholds: the last bits of a sine or of a matrix product differ
between machines, and the same question must have the same answer everywhere.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np

from matching.domain.bits import mask, positions
from matching.domain.vocabulary import ConstraintCode, NeedCode, PreferenceCode, Transport
from matching.pool.distance import pair_distance_km
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray

NAN = np.float32(np.nan)

EXACT = 0.75
"""Similarity above which the nearest trade is the unit group itself: neighbours reach 0.74 at most."""

RELATED = 0.35
"""Similarity from which years in a trade count for another."""


def when(known: BoolArray, values: FloatArray | BoolArray | IntArray) -> FloatArray:
    """Return *values* as float32, NaN where not *known*; both (n_pairs,)."""
    return np.where(known, values, NAN).astype(np.float32, copy=False)


def yes(column: IntArray) -> FloatArray:
    """Return a tri-state column as 1 yes, 0 no, NaN unknown."""
    return when(column >= 0, column)


def constrained(pairs: Pairs, *codes: ConstraintCode) -> BoolArray:
    """Say for each pair whether the person has any of the constraints, (n_pairs,)."""
    return np.asarray(pairs.people.constraints[pairs.person] & mask(codes) != 0)


def prefers(pairs: Pairs, code: PreferenceCode) -> BoolArray:
    """Say for each pair whether the person has the preference, (n_pairs,)."""
    return np.asarray(pairs.people.preferences[pairs.person] & mask([code]) != 0)


def asks_for(pairs: Pairs, *codes: NeedCode) -> BoolArray:
    """Say for each pair whether the person asks for any of the needs, (n_pairs,)."""
    return np.asarray(pairs.people.needs[pairs.person] & mask(codes) != 0)


def of_trade(matrix: FloatArray | IntArray, pairs: Pairs) -> FloatArray:
    """Return the person's value for the offer's occupation from *matrix* (n_people, n_occ); NaN without one."""
    occupation = pairs.offers.occupation[pairs.offer]
    values = matrix[pairs.person, np.maximum(occupation, 0)]
    return when(occupation >= 0, values)


def reckoned_once(pairs: Pairs, name: str, values: Callable[[Pairs], FloatArray]) -> FloatArray:
    """Return what several features ask of the same pairs, (n_pairs,); it is not to be written to."""
    known: FloatArray | None = pairs.memo.get(name)
    if known is None:
        known = pairs.memo[name] = values(pairs)
    return known


def nearness(trades: Literal["experience", "wish"], pairs: Pairs) -> FloatArray:
    """Return how near a trade done or wished is to the offer's, rounded to 0.0001; NaN where that has no occupation."""
    return reckoned_once(pairs, trades, lambda its: np.round(of_trade(getattr(its.people, trades), its), 4))


def related_years(pairs: Pairs) -> FloatArray:
    """Return the years in the nearest own trade: 0 when none is related, NaN when related but untold."""
    return reckoned_once(pairs, "related_years", _related_years)


def _related_years(pairs: Pairs) -> FloatArray:
    near = nearness("experience", pairs)
    years = of_trade(pairs.people.experience_years, pairs)
    return when(~np.isnan(near), np.where(near >= RELATED, years, np.float32(0)))


def way_km(pairs: Pairs) -> FloatArray:
    """Return the road-like distance between the two places in km, rounded to 10 m; NaN when one is unknown."""
    return reckoned_once(pairs, "way_km", lambda its: np.round(pair_distance_km(its), 2).astype(np.float32))


def commutes(pairs: Pairs) -> BoolArray:
    """Say for each pair whether the person would travel daily: not when housed there or working at home."""
    return np.asarray((pairs.offers.housing[pairs.offer] != 1) & (pairs.offers.at_home[pairs.offer] != 1))


_SPEED_KMH = {
    Transport.MOTORBIKE: 35.0,
    Transport.CAR: 40.0,
    Transport.BICYCLE: 12.0,
    Transport.BUS: 22.0,
    Transport.NONE: 4.5,
}
"""Door to door on country roads, without the wait; stated assumptions."""

_SPEEDS = np.array([_SPEED_KMH[t] for t in positions(Transport)] + [np.nan], dtype=np.float32)
_BUS_WAIT_MINUTES = 15.0
_COMPANY_BUS_KMH = 30.0
_ON_FOOT = positions(Transport)[Transport.NONE]
_BUS = positions(Transport)[Transport.BUS]


def way_minutes(pairs: Pairs) -> FloatArray:
    """Return the minutes of the way by the person's transport, or by the employer's where it is given.

    NaN when the distance is unknown, or nobody knows how the person travels. Somebody of whom only "no vehicle" is
    known walks.
    """
    transport = pairs.people.transport[pairs.person]
    on_foot = (transport < 0) & constrained(pairs, ConstraintCode.NO_VEHICLE)
    transport = np.where(on_foot, _ON_FOOT, transport)
    collected = pairs.offers.transport_provided[pairs.offer] == 1
    speed = np.where(collected, np.fmax(_SPEEDS[transport], _COMPANY_BUS_KMH), _SPEEDS[transport])
    wait = np.where((transport == _BUS) & ~collected, _BUS_WAIT_MINUTES, 0.0)
    return np.round(way_km(pairs) / speed * 60 + wait, 1).astype(np.float32)
