"""What a programme may open, found by place."""

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.pool.by_cell import ByCell
from matching.pool.offers import Offers
from matching.pool.people import BoolArray, IntArray

OPENING = positions(OfferKind)[OfferKind.OPENING]
PROGRAMME = positions(OfferKind)[OfferKind.PROGRAMME]
LOAN = positions(OfferKind)[OfferKind.LOAN]


def _is_locked(offers: Offers, rows: IntArray | slice) -> BoolArray:
    kind = offers.kind[rows]
    return np.asarray((kind == LOAN) | ((kind == OPENING) & (offers.licences_required[rows] != 0)))


locked = ByCell(_is_locked)
"""Openings that require a licence, and loans: rules read licences and enrolment for no others."""
