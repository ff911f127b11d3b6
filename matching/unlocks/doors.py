"""The few rows of a pool that are a step, or that a programme may open, found by place."""

from dataclasses import dataclass

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.pool.offers import Offers
from matching.pool.once import Once
from matching.search.reach import ByCell, cells_in

OPENING = positions(OfferKind)[OfferKind.OPENING]
PROGRAMME = positions(OfferKind)[OfferKind.PROGRAMME]
LOAN = positions(OfferKind)[OfferKind.LOAN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Programmes, what a licence or an enrolment may open, and everything else with them."""

    programmes: ByCell
    locked: ByCell
    """Openings that require a licence, and loans: rules read licences and enrolment for no others."""
    everything: ByCell

    @classmethod
    def reckoned(cls, offers: Offers) -> "Doors":
        """Look at a whole pool; `doors_in` keeps what this returns."""
        cells, kind = cells_in(offers), offers.kind
        asks = (kind == OPENING) & (offers.licences_required[:] != 0)
        return cls(
            programmes=ByCell(cells, np.flatnonzero(kind == PROGRAMME)),
            locked=ByCell(cells, np.flatnonzero(asks | (kind == LOAN))),
            everything=ByCell(cells, np.arange(len(offers))),
        )


doors_in = Once(Doors.reckoned)
"""The doors of a pool, reckoned once."""
