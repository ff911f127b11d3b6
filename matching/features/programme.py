"""What a training programme would give this person, and what it costs."""

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import ConstraintCode, Schedule
from matching.features.measures import EXACT, constrained, for_those, nearness, related_years, when
from matching.features.skill import held, skills_named
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray, IntArray

_MASTERED_YEARS = 2.0
"""Years in a trade after which its basic course teaches little."""

_SAID = 0.99
_MILLION = 1e6
_EVENINGS = positions(Schedule)[Schedule.EVENINGS]
_WEEKDAYS = positions(Schedule)[Schedule.WEEKDAYS_DAY]
_NOON = 12 * 60


def programme_wished(pairs: Pairs) -> FloatArray:
    """How near the nearest trade that the person wishes is to the one the programme teaches."""
    return nearness("wish", pairs)


def programme_builds_on(pairs: Pairs) -> FloatArray:
    """How near the nearest trade that the person has done is to the one the programme teaches."""
    return nearness("experience", pairs)


def programme_mastered(pairs: Pairs) -> FloatArray:
    """1 when the person has two years or more in the very trade and no licence would be gained, 0 when not."""
    near, years = nearness("experience", pairs), related_years(pairs)
    gained = pairs.what.licences_awarded & ~pairs.who.licences
    known = ~np.isnan(near) & ~(np.isnan(years) & (near >= EXACT))
    return when(known, (near >= EXACT) & (years >= _MASTERED_YEARS) & (gained == 0))


def programme_new_skills(pairs: Pairs) -> FloatArray:
    """Share of the skills taught that the person does not already name."""
    named = skills_named(pairs)
    return ((named - held(pairs, _SAID)) / named).astype(np.float32)


def programme_new_licence(pairs: Pairs) -> FloatArray:
    """1 when the programme leads to a licence that the person does not hold, 0 when to none that is new."""
    gained = pairs.what.licences_awarded & ~pairs.who.licences
    return np.asarray(gained != 0).astype(np.float32)


def programme_fee(pairs: Pairs) -> FloatArray:
    """Return what the programme costs the learner, in millions of VND."""
    return np.round(pairs.what.fee / _MILLION, 3).astype(np.float32)


def fee_without_money(pairs: Pairs) -> FloatArray:
    """Return the same fee, for a person who has no money to start with or is in debt."""
    short = constrained(pairs, ConstraintCode.NO_CAPITAL, ConstraintCode.DEBT)
    return for_those(short, lambda: programme_fee(pairs))


def programme_weeks(pairs: Pairs) -> FloatArray:
    """How many weeks the programme takes."""
    return pairs.what.weeks.astype(np.float32)


def programme_support(pairs: Pairs) -> FloatArray:
    """How much of tuition, meals, travel and housing is paid for learners, 0 to 4."""
    paid: IntArray = np.bitwise_count(pairs.what.support)
    return paid.astype(np.float32)


def programme_hours_conflict(pairs: Pairs) -> FloatArray:
    """1 when lessons fall into hours that the person has not got, 0 when they do not.

    Evenings for who looks after somebody, cannot work nights or must stop before evening; weekday lessons for who
    cannot start before noon.
    """
    schedule = pairs.what.schedule
    after, before = pairs.who.not_after, pairs.who.not_before
    evening_taken = constrained(
        pairs, ConstraintCode.CHILDCARE, ConstraintCode.ELDERCARE, ConstraintCode.NO_NIGHT_SHIFT
    ) | ((after >= 0) & (after <= 18 * 60))
    conflict = ((schedule == _EVENINGS) & evening_taken) | ((schedule == _WEEKDAYS) & (before >= _NOON))
    return when(schedule >= 0, conflict)
