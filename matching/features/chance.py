"""How likely an introduction is to come to something: seats, time, and how the employer meets people."""

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import RecordClause
from matching.features.measures import by_code, when, yes
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray

_SEVERITY = {RecordClause.NONE: 0, RecordClause.SOFT: 1, RecordClause.HARD: 2}
_SEVERITIES = by_code(*(_SEVERITY[clause] for clause in positions(RecordClause)))


def seats_left(pairs: Pairs) -> FloatArray:
    """How many places are left."""
    left = pairs.what.seats
    return when(left >= 0, left)


def days_to_close(pairs: Pairs) -> FloatArray:
    """Days that are left to apply, today included."""
    closes = pairs.what.closes_on.astype(np.int64)
    return when(closes > 0, closes - pairs.as_of + 1)


def fair_chance_pledge(pairs: Pairs) -> FloatArray:
    """1 when the employer has promised to look at the work first, 0 when not."""
    return yes(pairs.what.pledge)


def response_rate(pairs: Pairs) -> FloatArray:
    """Share of the employer's introductions that were answered."""
    return pairs.what.response_rate.round(4).astype(np.float32)


def record_clause(pairs: Pairs) -> FloatArray:
    """Return what the posting asks about the past: 0 nothing, 1 a clean background in words, 2 more than that."""
    return _SEVERITIES.take(pairs.what.record_clause)
