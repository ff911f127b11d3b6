"""The offers of one day as columns, brought up to date by what changed in the database since they were read."""

import threading
from collections.abc import Hashable, Sequence
from datetime import date

from sqlalchemy import Connection

from matching.pool.build import offers_streamed
from matching.pool.live import LivePool
from matching.pool.offers import Offers
from matching.taxonomy.release import Taxonomy
from service.errors import NotFoundError
from service.storage.pools import changed_offers, standing_offers
from service.storage.rows import OfferRow, OfferStatus
from service.storage.versions import version

_FEWEST_MOVED = 1024
_SHARE_MOVED = 64
"""A pool is laid out anew when so many rows were added or withdrawn, and one in so many of all."""

_AT_ONCE = 16
"""Changes that are taken up before others may ask again."""


class DayPool:
    """Standing offers that follow the database; a change costs the offers that changed, no other is read again.

    Parameters
    ----------
    live : LivePool
    at : int
        Number of the last change of the offers that *live* holds.
    """

    def __init__(self, live: LivePool, *, at: int) -> None:
        self._live, self.at = live, at
        self.begun_at = at
        self.ready: set[Hashable] = set()
        """What it has answered for once, so that the next question finds everything reckoned."""
        self._lock = threading.Lock()

    @classmethod
    def read(cls, connection: Connection, taxonomy: Taxonomy, *, as_of: date, home_province: str) -> "DayPool":
        """Read all that stands; *as_of* is the day for which the law is asked."""
        at = version(connection, "offers")
        read = ((row.offer, row.posting_read) for row in standing_offers(connection))
        offers = offers_streamed(read, taxonomy, as_of=as_of, home_province=home_province)
        return cls(LivePool(offers, taxonomy, as_of=as_of, home_province=home_province), at=at)

    def laid_anew(self, taxonomy: Taxonomy, *, as_of: date, home_province: str) -> "DayPool":
        """Return a pool of the offers that stand, with nothing beside its base."""
        with self._lock:
            offers, at = self._live.offers, self.at
        standing = offers.take(offers.standing())
        return DayPool(LivePool(standing, taxonomy, as_of=as_of, home_province=home_province), at=at)

    @property
    def has_grown(self) -> bool:
        """Whether so much moved that it should be laid out anew; what came and went again still takes its row."""
        offers = self._live.offers
        base = offers if offers.base is None else offers.base
        moved = len(offers) - len(base) + len(offers.gone)
        return moved > max(_FEWEST_MOVED, offers.n_standing // _SHARE_MOVED)

    @property
    def seen(self) -> Offers:
        """The standing offers as they were when they were last brought up to date."""
        with self._lock:
            return self._live.offers

    def now(self, connection: Connection) -> Offers:
        """Return the standing offers, at least as new as *connection* sees them, without a copy.

        A question on its way keeps the rows and the numbers it was given; of those, an offer that is withdrawn
        meanwhile is no longer proposed.
        """
        with self._lock:
            self._follow(connection, version(connection, "offers"))
            return self._live.offers

    def find(self, connection: Connection, offer_id: str) -> tuple[Offers, int]:
        """Return the standing offers and the row of one of them; raises NotFoundError when it does not stand."""
        with self._lock:
            self._follow(connection, version(connection, "offers"))
            row = self._live.row_of(offer_id)
            if row is None:
                raise NotFoundError
            return self._live.offers, row

    def follow(self, connection: Connection) -> bool:
        """Take up a few of the changes that *connection* sees; return whether there are more."""
        newest = version(connection, "offers")
        with self._lock:
            self._follow(connection, min(newest, self.at + _AT_ONCE))
            return self.at < newest

    def _follow(self, connection: Connection, upto: int) -> None:
        if upto > self.at:
            self._take_up(changed_offers(connection, after=self.at, upto=upto))
            self.at = upto

    def _take_up(self, rows: Sequence[OfferRow]) -> None:
        """Let each offer stand, or not, as its row says, whatever the pool knew of it."""
        for row in rows:
            if row.status is OfferStatus.CLOSED:
                self._live.drop(row.offer.offer_id)
            else:
                self._live.put(row.offer, row.posting_read)
