"""Licences, papers, schooling, the body's limits and the form of the contract."""

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import ConstraintCode, Contract, PreferenceCode
from matching.features.measures import by_code, constrained, for_those, prefers, when
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray

_STABILITY = {
    Contract.NONE: 0,
    Contract.CASUAL: 0,
    Contract.DAY_LABOUR: 0,
    Contract.PIECE: 1,
    Contract.SHARE: 1,
    Contract.SEASONAL: 1,
    Contract.FIXED_TERM: 2,
    Contract.FIXED_TERM_12M: 2,
    Contract.FORMAL: 3,
    Contract.INDEFINITE: 3,
}
"""How far each form of engagement can be relied on, 0 to 3."""

_FORMAL = 2
"""Stability from which a contract is written and needs papers."""

_SEASONAL = frozenset({Contract.SEASONAL, Contract.CASUAL, Contract.DAY_LABOUR})

_STABILITIES = by_code(*(_STABILITY[c] for c in positions(Contract)))
_FORMALS = by_code(*(_STABILITY[c] >= _FORMAL for c in positions(Contract)))
_SEASONALS = by_code(*(c in _SEASONAL for c in positions(Contract)))


def licence_used(pairs: Pairs) -> FloatArray:
    """1 when the work needs a licence that the person holds, 0 when it is not held."""
    required = pairs.what.licences_required
    held = pairs.who.licences
    return when(required != 0, required & ~held == 0)


def papers_needed(pairs: Pairs) -> FloatArray:
    """1 when a written contract waits for identity papers that the person lacks, 0 when no papers are needed."""
    return for_those(constrained(pairs, ConstraintCode.NO_ID_CARD), lambda: _FORMALS.take(pairs.what.contract))


def reading_needed(pairs: Pairs) -> FloatArray:
    """1 when schooling is asked of a person who reads and writes with difficulty, 0 when none is."""
    return for_those(constrained(pairs, ConstraintCode.LOW_LITERACY), lambda: pairs.what.min_schooling > 0)


def schooling_gap(pairs: Pairs) -> FloatArray:
    """Grades that the person's schooling stays under what is asked."""
    asked, has = pairs.what.min_schooling, pairs.who.schooling
    gap = np.maximum(asked - when(has >= 0, has), 0)
    return np.where(asked <= 0, np.float32(0), gap)


def strain(pairs: Pairs) -> FloatArray:
    """How many demands on the body the work names, for a person of weak health."""
    weak = constrained(pairs, ConstraintCode.WEAK_HEALTH, ConstraintCode.LIMITED_HAND_USE)
    return for_those(weak, lambda: np.bitwise_count(pairs.what.physical))


def stable_contract(pairs: Pairs) -> FloatArray:
    """How far the form of engagement can be relied on: 0 by the day, 1 by season or piece, 2 fixed term, 3 lasting."""
    return _STABILITIES.take(pairs.what.contract)


def formal_contract_wanted(pairs: Pairs) -> FloatArray:
    """1 when a person who would like a written contract gets one, 0 when not."""
    wanted = prefers(pairs, PreferenceCode.WANTS_FORMAL_CONTRACT)
    return for_those(wanted, lambda: _FORMALS.take(pairs.what.contract))


def seasonal_when_lasting_wanted(pairs: Pairs) -> FloatArray:
    """1 when work by season or by the day meets a person who would like work the year round, 0 when it lasts."""
    wanted = prefers(pairs, PreferenceCode.WANTS_YEAR_ROUND)
    return for_those(wanted, lambda: _SEASONALS.take(pairs.what.contract))
