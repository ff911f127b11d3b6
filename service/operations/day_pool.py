"""The offers of one day as columns, brought up to date by what changed in the database since they were read."""

import threading
from collections.abc import Collection
from datetime import date

import numpy as np
from sqlalchemy import Connection

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.pool.build import offers_from
from matching.pool.live import LivePool
from matching.pool.offers import Offers
from matching.taxonomy.release import Taxonomy
from service.storage.pools import changed_offers, standing_offers
from service.storage.rows import OfferRow, OfferStatus
from service.storage.versions import version

EVERY_KIND = frozenset(OfferKind)

_FEWEST_GONE = 1024
_SHARE_GONE = 16
"""Rows that were withdrawn are kept until there are so many, and one in so many of all."""


class DayPool:
    """The standing offers of one day; a change costs the offers that changed, no other is read again.

    Parameters
    ----------
    connection : Connection
        From which all that stands is read, once.
    as_of : date
        Day for which the law is asked.
    """

    def __init__(self, connection: Connection, taxonomy: Taxonomy, *, as_of: date, home_province: str) -> None:
        self._taxonomy, self._as_of, self._home_province = taxonomy, as_of, home_province
        self._lock = threading.Lock()
        self._version = version(connection, "offers")
        self._live = self._served(self._read(standing_offers(connection)))
        self._copies: dict[frozenset[OfferKind], Offers] = {}

    def standing(self, connection: Connection, kinds: Collection[OfferKind] = EVERY_KIND) -> Offers:
        """Return the standing offers of *kinds*, at least as new as *connection* sees them.

        What is returned never changes: the same columns until an offer does, other columns afterwards.
        """
        newest = version(connection, "offers")
        with self._lock:
            if newest > self._version:
                self._catch_up(changed_offers(connection, since=self._version))
                self._version = newest
            return self._copy(frozenset(kinds))

    def _catch_up(self, rows: list[OfferRow]) -> None:
        self._copies.clear()
        for row in rows:
            self._put(row)
        gone = len(self._live.offers) - self._live.offers.n_standing
        if gone > max(_FEWEST_GONE, len(self._live.offers) // _SHARE_GONE):
            self._live = self._served(self._copy(EVERY_KIND))

    def _put(self, row: OfferRow) -> None:
        """Let an offer stand, or not, as its row says, whatever the pool knew of it."""
        known = self._live.row_of(row.offer.offer_id) is not None
        if row.status is OfferStatus.CLOSED:
            if known:
                self._live.withdraw(row.offer.offer_id)
        elif known:
            self._live.change(row.offer, row.posting_read)
        else:
            self._live.add(row.offer, row.posting_read)

    def _copy(self, kinds: frozenset[OfferKind]) -> Offers:
        """Return what stands without the rows that were withdrawn: they would count as excluded, and as usual wages."""
        if kinds not in self._copies:
            offers, rows = self._live.offers, self._live.offers.standing()
            codes = [positions(OfferKind)[kind] for kind in kinds]
            self._copies[kinds] = offers.take(rows[np.isin(offers.kind[rows], codes)])
        return self._copies[kinds]

    def _read(self, rows: list[OfferRow]) -> Offers:
        reads = {row.offer.offer_id: row.posting_read for row in rows if row.posting_read is not None}
        offers = [row.offer for row in rows]
        return offers_from(offers, reads, self._taxonomy, as_of=self._as_of, home_province=self._home_province)

    def _served(self, offers: Offers) -> LivePool:
        return LivePool(offers, self._taxonomy, as_of=self._as_of, home_province=self._home_province)
