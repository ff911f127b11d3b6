"""What several features measure: known and unknown columns, the way between two places, the nearest trade.

Floats are rounded before a model compares them with thresholds: the last bits of a sine or of a matrix product differ
between machines, and the same question must have the same answer everywhere.
"""

from collections.abc import Callable
from functools import cache
from typing import Literal, TypeVar

import numpy as np

from matching.domain.bits import mask, positions
from matching.domain.vocabulary import ConstraintCode, NeedCode, PreferenceCode, Transport
from matching.pool.distance import pair_distance_km
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray

NAN = np.array(np.nan, dtype=np.float32)

T = TypeVar("T")

EXACT = 0.75
"""Similarity above which the nearest trade is the unit group itself: neighbours reach 0.74 at most."""

RELATED = 0.35
"""Similarity from which years in a trade count for another."""


def when(known: BoolArray, values: FloatArray | BoolArray | IntArray) -> FloatArray:
    """Return *values* as float32, NaN where not *known*; both (n_pairs,)."""
    return np.where(known, values, NAN).astype(np.float32, copy=False)


def for_those(concerned: BoolArray, values: Callable[[], FloatArray | BoolArray | IntArray]) -> FloatArray:
    """Return *values* as float32 where somebody is *concerned*, NaN elsewhere; both (n_pairs,).

    Most wishes and limits are those of few people: where nobody is concerned, nothing is reckoned.
    """
    if not concerned.any():
        return NAN.repeat(len(concerned))
    return when(concerned, values())


def by_code(*values: float) -> FloatArray:
    """Return what each code of a column stands for, from 0 on, float32; NaN comes last, where -1 (unknown) reads it.

    >>> by_code(2, 5).take([1, 0, -1]).tolist()
    [5.0, 2.0, nan]
    """
    return np.array([*values, np.nan], dtype=np.float32)


_YES = by_code(0, 1)


def yes(column: IntArray) -> FloatArray:
    """Return a tri-state column as 1 yes, 0 no, NaN unknown."""
    return _YES.take(column)


def constrained(pairs: Pairs, *codes: ConstraintCode) -> BoolArray:
    """Say for each pair whether the person has any of the constraints, (n_pairs,)."""
    return np.asarray(pairs.who.constraints & _bits(codes) != 0)


def prefers(pairs: Pairs, code: PreferenceCode) -> BoolArray:
    """Say for each pair whether the person has the preference, (n_pairs,)."""
    return np.asarray(pairs.who.preferences & _bits((code,)) != 0)


def asks_for(pairs: Pairs, *codes: NeedCode) -> BoolArray:
    """Say for each pair whether the person asks for any of the needs, (n_pairs,)."""
    return np.asarray(pairs.who.needs & _bits(codes) != 0)


_bits = cache(mask)


def of_trade(matrix: FloatArray | IntArray, pairs: Pairs) -> FloatArray:
    """Return the person's value for the offer's occupation from *matrix* (n_people, n_occ); NaN without one."""
    known, cell = reckoned_once(pairs, "trade", lambda its: _cell_of_trade(its, matrix.shape[1]))
    return when(known, matrix.ravel().take(cell))


def _cell_of_trade(pairs: Pairs, n_occ: int) -> tuple[BoolArray, IntArray]:
    """Return where the offer's occupation is known, and where the pair stands in a flat (n_people, n_occ)."""
    occupation = pairs.what.occupation
    return occupation >= 0, pairs.person * n_occ + occupation


def reckoned_once(pairs: Pairs, name: str, values: Callable[[Pairs], T]) -> T:
    """Return what several features ask of the same pairs; its arrays are not to be written to."""
    known: T | None = pairs.memo.get(name)
    if known is None:
        known = pairs.memo[name] = values(pairs)
    return known


def nearness(trades: Literal["experience", "wish"], pairs: Pairs) -> FloatArray:
    """Return how near a trade done or wished is to the offer's, rounded to 0.0001; NaN where that has no occupation."""
    return reckoned_once(pairs, trades, lambda its: of_trade(getattr(its.people, trades), its).round(4))


def related_years(pairs: Pairs) -> FloatArray:
    """Return the years in the nearest own trade: 0 when none is related, NaN when related but untold."""
    return reckoned_once(pairs, "related_years", _related_years)


def _related_years(pairs: Pairs) -> FloatArray:
    years = of_trade(pairs.people.experience_years, pairs)
    return np.where(nearness("experience", pairs) < RELATED, np.float32(0), years)


def way_km(pairs: Pairs) -> FloatArray:
    """Return the road-like distance between the two places in km, rounded to 10 m; NaN when one is unknown."""
    return reckoned_once(pairs, "way_km", lambda its: pair_distance_km(its).round(2).astype(np.float32))


def commutes(pairs: Pairs) -> BoolArray:
    """Say for each pair whether the person would travel daily: not when housed there or working at home."""
    return reckoned_once(pairs, "commutes", lambda its: (its.what.housing != 1) & (its.what.at_home != 1))


_SPEED_KMH = {
    Transport.MOTORBIKE: 35.0,
    Transport.CAR: 40.0,
    Transport.BICYCLE: 12.0,
    Transport.BUS: 22.0,
    Transport.NONE: 4.5,
}
"""Door to door on country roads, without the wait; stated assumptions."""

_BUS_WAIT_MINUTES = 15.0
_COMPANY_BUS_KMH = 30.0
_ON_FOOT = positions(Transport)[Transport.NONE]

_OWN = by_code(*(_SPEED_KMH[t] for t in positions(Transport)))
_SPEEDS = np.stack((_OWN, np.fmax(_OWN, np.float32(_COMPANY_BUS_KMH)), _OWN), axis=1)
_WAITS = np.zeros(_SPEEDS.shape)
_WAITS[positions(Transport)[Transport.BUS], [0, -1]] = _BUS_WAIT_MINUTES
"""Speed and wait by the person's transport, and by whether the employer's is given: no, yes, unknown."""


def way_minutes(pairs: Pairs) -> FloatArray:
    """Return the minutes of the way by the person's transport, or by the employer's where it is given.

    NaN when the distance is unknown, or nobody knows how the person travels. Somebody of whom only "no vehicle" is
    known walks.
    """
    transport = pairs.who.transport
    on_foot = (transport < 0) & constrained(pairs, ConstraintCode.NO_VEHICLE)
    how = np.where(on_foot, _ON_FOOT, transport), pairs.what.transport_provided
    minutes: FloatArray = way_km(pairs) / _SPEEDS[how] * 60 + _WAITS[how]
    return minutes.round(1).astype(np.float32)
