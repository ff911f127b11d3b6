"""Hours, nights and shifts, where they do not already exclude."""

import numpy as np

from matching.domain.vocabulary import ConstraintCode, PreferenceCode
from matching.features.measures import constrained, for_those, prefers, reckoned_once, when, yes
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray

_DAY = 24 * 60
_CARE_FROM, _CARE_TO = 7 * 60, 17 * 60
"""Schools and kindergartens are open between these; care outside them falls to the family."""

_CARED_FOR = np.isin(np.arange(2 * _DAY) % _DAY, np.arange(_CARE_FROM, _CARE_TO))
_OUTSIDE = np.cumsum(np.append(0, ~_CARED_FOR), dtype=np.float32)
"""Minutes outside these hours before each minute of a day and the next, (2 * _DAY + 1,)."""

_PART_TIME_MINUTES = 30 * 60
"""A week of fewer working minutes is part time."""


def night_shift(pairs: Pairs) -> FloatArray:
    """1 when the work has night shifts and the person has not said that they suit, 0 when there are none."""
    night = yes(pairs.what.night_shift)
    welcome = prefers(pairs, PreferenceCode.NIGHT_SHIFT_OK)
    return when(~(welcome & (night == 1)), night)


def night_shift_welcome(pairs: Pairs) -> FloatArray:
    """1 when the work has night shifts and the person said that they suit, 0 when there are none."""
    return for_those(prefers(pairs, PreferenceCode.NIGHT_SHIFT_OK), lambda: yes(pairs.what.night_shift))


def nights_away(pairs: Pairs) -> FloatArray:
    """Nights away from home a trip."""
    nights = pairs.what.nights_away
    return when(nights >= 0, nights)


def hours_outside_care(pairs: Pairs) -> FloatArray:
    """Working hours a day outside 07:00 to 17:00, for a person who looks after a child or an elder."""
    cares = constrained(pairs, ConstraintCode.CHILDCARE, ConstraintCode.ELDERCARE)
    return for_those(cares, lambda: _outside_care(pairs))


def _outside_care(pairs: Pairs) -> FloatArray:
    start, until, known = reckoned_once(pairs, "hours", _hours)
    return when(known, (_OUTSIDE.take(until) - _OUTSIDE.take(start)) / 60)


def part_time_wanted(pairs: Pairs) -> FloatArray:
    """1 when a person who would like part time gets it (under 30 hours a week), 0 when the hours are full."""
    return for_those(prefers(pairs, PreferenceCode.WANTS_PART_TIME), lambda: _part_time(pairs))


def _part_time(pairs: Pairs) -> FloatArray:
    start, until, known = reckoned_once(pairs, "hours", _hours)
    days = pairs.what.days_per_week
    return when(known & (days > 0), (until - start) * days < _PART_TIME_MINUTES)


def _hours(pairs: Pairs) -> tuple[IntArray, IntArray, BoolArray]:
    """Return when a day's work starts and ends in minutes (the end may be the next day's), and where both are known."""
    start, end = pairs.what.start, pairs.what.end
    return start, np.where(end > start, end, end + _DAY), np.minimum(start, end) >= 0
