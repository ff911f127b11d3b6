"""Whether the offer is of the kind the person asks for."""

import numpy as np

from matching.domain.bits import mask, positions
from matching.domain.vocabulary import ConstraintCode, NeedCode, OfferKind, PreferenceCode
from matching.features.measures import NAN, asks_for, constrained, for_those, prefers, when, yes
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray

_ASKED = {OfferKind.OPENING: NeedCode.JOB, OfferKind.PROGRAMME: NeedCode.TRAINING, OfferKind.LOAN: NeedCode.LOAN}
_NEEDS = np.array([mask([_ASKED[kind]]) for kind in positions(OfferKind)])
"""The need that each kind answers."""

_OPENING, _LOAN = positions(OfferKind)[OfferKind.OPENING], positions(OfferKind)[OfferKind.LOAN]
_IN_PART = np.zeros((len(OfferKind), 3, 3), dtype=np.int64)
_IN_PART[_OPENING, 1, :] |= mask([NeedCode.TRAINING])
_IN_PART[_OPENING, :, 1] |= mask([NeedCode.HOUSING])
_IN_PART[_LOAN] |= mask([NeedCode.EQUIPMENT])
"""The needs that it answers in part, by kind, training and housing: no, yes, unknown."""

_MEALS_OR_HOUSING = np.array([[0, 1, NAN], [1, 1, 1], [NAN, 1, NAN]], dtype=np.float32)
"""Whether either is given, by meals and by housing: no, yes, unknown."""


def need_fit(pairs: Pairs) -> FloatArray:
    """1 when the person asks for this kind of offer, 0.5 when it answers the need in part, 0 when not asked for.

    An opening that trains answers a wish to learn in part, one with housing a need of housing; a loan buys equipment.
    """
    kind, needs = pairs.what.kind, pairs.who.needs
    asked = needs & _NEEDS[kind] != 0
    in_part = needs & _IN_PART[kind, pairs.what.trains, pairs.what.housing] != 0
    return when(needs != 0, np.maximum(asked, in_part * np.float32(0.5)))


def housing_wanted(pairs: Pairs) -> FloatArray:
    """1 when a person who needs a place to live would get one, 0 when not."""
    wanted = constrained(pairs, ConstraintCode.NEEDS_HOUSING) | asks_for(pairs, NeedCode.HOUSING)
    return for_those(wanted, lambda: yes(pairs.what.housing))


def meals_or_housing_wanted(pairs: Pairs) -> FloatArray:
    """1 when meals or housing are given to a person who would like that, 0 when neither is."""
    wanted = prefers(pairs, PreferenceCode.WANTS_MEALS_OR_HOUSING)
    return for_those(wanted, lambda: _MEALS_OR_HOUSING[pairs.what.meals, pairs.what.housing])
