"""What the person has done, wishes and refuses, against the work of an opening."""

import numpy as np

from matching.features.measures import EXACT, RELATED, nearness, of_trade, related_years, when, yes
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray


def occupation_exact(pairs: Pairs) -> FloatArray:
    """1 when the person has done exactly this work (the same unit group), 0 when not."""
    near = nearness("experience", pairs)
    return when(~np.isnan(near), near >= EXACT)


def occupation_similarity(pairs: Pairs) -> FloatArray:
    """How near the person's nearest trade is to the work, by the skills both use and by the official list."""
    return nearness("experience", pairs)


def trade_years(pairs: Pairs) -> FloatArray:
    """Years in the nearest trade, 0 when none of the person's trades is related to the work."""
    return related_years(pairs)


def years_against_asked(pairs: Pairs) -> FloatArray:
    """Years in the nearest trade as a share of the years asked for, at most 1; 1 when the posting asks for none."""
    asked = pairs.what.min_years
    return np.where(asked == 0, np.float32(1), np.minimum(related_years(pairs) / np.maximum(asked, 0.1), 1))


def wish_similarity(pairs: Pairs) -> FloatArray:
    """How near the nearest trade that the person wishes to do is to the work."""
    return nearness("wish", pairs)


def refused_neighbour(pairs: Pairs) -> FloatArray:
    """1 when the person refuses another trade of the same minor group, 0 when not (the trade itself is a rule)."""
    level = of_trade(pairs.people.refused, pairs)
    return when(~np.isnan(level), level == 1)


def trains_on_job(pairs: Pairs) -> FloatArray:
    """1 when the employer trains somebody who does not know the work, 0 when not."""
    return when(~(nearness("experience", pairs) >= RELATED), yes(pairs.what.trains))
