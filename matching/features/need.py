"""Whether the offer is of the kind the person asks for."""

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import ConstraintCode, NeedCode, OfferKind, PreferenceCode
from matching.features.measures import asks_for, constrained, prefers, when
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray

_KIND = positions(OfferKind)
_IN_PART = np.float32(0.5)


def need_fit(pairs: Pairs) -> FloatArray:
    """1 when the person asks for this kind of offer, 0.5 when it answers the need in part, 0 when not asked for.

    An opening that trains answers a wish to learn in part, one with housing a need of housing; a loan buys equipment.
    """
    kind = pairs.offers.kind[pairs.offer]
    opening, programme, loan = (kind == _KIND[k] for k in OfferKind)
    asked = (
        (opening & asks_for(pairs, NeedCode.JOB))
        | (programme & asks_for(pairs, NeedCode.TRAINING))
        | (loan & asks_for(pairs, NeedCode.LOAN))
    )
    learns = opening & (pairs.offers.trains[pairs.offer] == 1) & asks_for(pairs, NeedCode.TRAINING)
    lives = opening & (pairs.offers.housing[pairs.offer] == 1) & asks_for(pairs, NeedCode.HOUSING)
    buys = loan & asks_for(pairs, NeedCode.EQUIPMENT)
    value = np.where(asked, np.float32(1), np.where(learns | lives | buys, _IN_PART, np.float32(0)))
    return when(pairs.people.needs[pairs.person] != 0, value)


def housing_wanted(pairs: Pairs) -> FloatArray:
    """1 when a person who needs a place to live would get one, 0 when not."""
    wanted = constrained(pairs, ConstraintCode.NEEDS_HOUSING) | asks_for(pairs, NeedCode.HOUSING)
    housing = pairs.offers.housing[pairs.offer]
    return when(wanted & (housing >= 0), housing)


def meals_or_housing_wanted(pairs: Pairs) -> FloatArray:
    """1 when meals or housing are given to a person who would like that, 0 when neither is."""
    meals, housing = pairs.offers.meals[pairs.offer], pairs.offers.housing[pairs.offer]
    given = (meals == 1) | (housing == 1)
    wanted = prefers(pairs, PreferenceCode.WANTS_MEALS_OR_HOUSING)
    return when(wanted & (given | ((meals >= 0) & (housing >= 0))), given)
