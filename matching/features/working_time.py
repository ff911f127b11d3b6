"""Hours, nights and shifts, where they do not already exclude."""

import numpy as np

from matching.domain.vocabulary import ConstraintCode, PreferenceCode
from matching.features.measures import constrained, prefers, when, yes
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray, IntArray

_DAY = 24 * 60
_CARE_FROM, _CARE_TO = 7 * 60, 17 * 60
"""Schools and kindergartens are open between these; care outside them falls to the family."""

_PART_TIME_HOURS = 30.0
"""A week of fewer hours is part time."""


def night_shift(pairs: Pairs) -> FloatArray:
    """1 when the work has night shifts and the person has not said that they suit, 0 when there are none."""
    night = yes(pairs.offers.night_shift[pairs.offer])
    welcome = prefers(pairs, PreferenceCode.NIGHT_SHIFT_OK)
    return when(~(welcome & (night == 1)), night)


def night_shift_welcome(pairs: Pairs) -> FloatArray:
    """1 when the work has night shifts and the person said that they suit, 0 when there are none."""
    return when(prefers(pairs, PreferenceCode.NIGHT_SHIFT_OK), yes(pairs.offers.night_shift[pairs.offer]))


def nights_away(pairs: Pairs) -> FloatArray:
    """Nights away from home a trip."""
    nights = pairs.offers.nights_away[pairs.offer]
    return when(nights >= 0, nights)


def hours_outside_care(pairs: Pairs) -> FloatArray:
    """Working hours a day outside 07:00 to 17:00, for a person who looks after a child or an elder."""
    start, end = pairs.offers.start[pairs.offer], pairs.offers.end[pairs.offer]
    cares = constrained(pairs, ConstraintCode.CHILDCARE, ConstraintCode.ELDERCARE)
    until = np.where(end > start, end, end + _DAY).astype(np.float32)
    inside = np.clip(np.minimum(until, _CARE_TO) - np.maximum(start, _CARE_FROM), 0, None)
    next_day = np.clip(np.minimum(until, _CARE_TO + _DAY) - np.maximum(start, _CARE_FROM + _DAY), 0, None)
    return when(cares & (start >= 0) & (end >= 0), (until - start - inside - next_day) / 60)


def part_time_wanted(pairs: Pairs) -> FloatArray:
    """1 when a person who would like part time gets it (under 30 hours a week), 0 when the hours are full."""
    hours = _hours_a_week(pairs)
    return when(prefers(pairs, PreferenceCode.WANTS_PART_TIME) & ~np.isnan(hours), hours < _PART_TIME_HOURS)


def _hours_a_week(pairs: Pairs) -> FloatArray:
    start: IntArray = pairs.offers.start[pairs.offer]
    end, days = pairs.offers.end[pairs.offer], pairs.offers.days_per_week[pairs.offer]
    length = np.where(end > start, end - start, end - start + _DAY) / 60
    return when((start >= 0) & (end >= 0) & (days > 0), length * days)
