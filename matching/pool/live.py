"""A pool that is served while offers open, change and close.

One writer, any number of readers, no lock between them:

* `LivePool.offers` is the pool as it is now: taken once a question, it is an `Offers` like any other. Its columns are
  views that end at its last row. Rows that are added lie behind that end, and are counted last, when every column
  holds them; nothing before it is ever written to but closing days. Which rows stand it names itself, so its numbers
  add up whatever is withdrawn while it is asked.
* Closing writes one aligned number: whoever asks sees the old day or the new one.
* A change adds a row and withdraws the old one: nobody sees half of the one and half of the other. A question on its
  way may miss the offer; the next one finds it as it now is.
* Rows never move. A pool is written anew from those that stand, and then opened in the place of this one.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np

from matching.domain.offer import Offer
from matching.domain.posting import PostingRead
from matching.errors import DataError
from matching.pool.arrays import Array
from matching.pool.build import offer_row, reading_of
from matching.pool.closing import WITHDRAWN
from matching.pool.growing import Growing, Joined, Tables
from matching.pool.layout import PLAIN, number
from matching.pool.offers import Offers
from matching.pool.packing import Row
from matching.pool.people import IntArray
from matching.pool.snapshot import open_stored
from matching.pool.texts import Ids
from matching.taxonomy.release import Taxonomy


class LivePool:
    """Offers that open, change and close.

    Parameters
    ----------
    offers : Offers
        The pool to begin with; what was reckoned of it stays of use (see `Offers.base`).
    taxonomy, as_of, home_province : as for `offers_from`
        With which the pool was built.
    spacious : mapping or None
        The arrays of `offers.rows` with free rows at their end, to be written to in place; None: they are copied.
    """

    def __init__(
        self,
        offers: Offers,
        taxonomy: Taxonomy,
        *,
        as_of: date,
        home_province: str | None = None,
        spacious: Mapping[str, Array] | None = None,
    ) -> None:
        self._reading = reading_of(taxonomy, as_of=as_of, home_province=home_province)
        rows = spacious or {name: its.copy() for name, its in offers.rows.items()}
        self._rows = {name: Growing(its) for name, its in rows.items()}
        self._tables = Tables(offers)
        self._ids: list[str] = []
        self._gone: list[int] = []
        self._moves = 0
        self._records: list[Offer] = []
        self._row_of = {} if isinstance(offers.ids, Ids) else {name: row for row, name in enumerate(offers.ids)}
        n = len(offers)
        self._base = Offers.of(
            offers.ids,
            offers.records,
            {name: its.array[:n] for name, its in self._rows.items()},
            self._tables.tables,
            snapshot=offers.snapshot,
        )
        self._gone += np.flatnonzero(self._base.closes_on == WITHDRAWN).tolist()
        self._seen = (-1 if self._gone else 0), self._base

    @classmethod
    def open(cls, folder: Path, taxonomy: Taxonomy, *, as_of: date, home_province: str | None = None) -> "LivePool":
        """Open a snapshot to be served and added to; its files stay as they are (see `matching.pool.snapshot`)."""
        found = open_stored(folder, taxonomy=taxonomy, as_of=as_of, writable=True)
        return cls(found.offers, taxonomy, as_of=as_of, home_province=home_province, spacious=found.rows)

    @property
    def offers(self) -> Offers:
        """The pool as it is now: take it once a question."""
        moves, offers = self._seen
        if moves != self._moves:
            self._seen = self._moves, self._after(offers)
        return self._seen[1]

    def row_of(self, offer_id: str) -> int | None:
        """Return the row in which an offer stands; None when it was withdrawn or never there."""
        row = self._row_of.get(offer_id)
        if row is None and isinstance(self._base.ids, Ids):
            row = self._base.ids.find(offer_id)
        return None if row is None or self._closes_on[row] == WITHDRAWN else row

    def add(
        self, offer: Offer, read: PostingRead | None = None, *, taken: int = 0, response_rate: float | None = None
    ) -> int:
        """Add an offer and return its row; the next question finds it.

        Parameters
        ----------
        read : PostingRead or None
            What the extractor made of an opening; None: it counts by its fields alone.
        taken : int
            Seats that are filled.
        response_rate : float or None
            Share of the employer's introductions that were answered.

        Raises
        ------
        DataError
            An offer of that id stands already.
        UnknownCodeError
            The offer names a unit group that the release does not define; nothing is added.
        """
        if self.row_of(offer.offer_id) is not None:
            raise DataError(f"offer [{offer.offer_id}] stands already; change it, or withdraw it first")
        return self._append(offer, offer_row(offer, read, self._reading, taken=taken, response_rate=response_rate))

    def change(
        self, offer: Offer, read: PostingRead | None = None, *, taken: int = 0, response_rate: float | None = None
    ) -> int:
        """Put an offer in the place of the one of its id, and return its row; see `add`.

        Raises
        ------
        DataError
            No offer of that id stands.
        UnknownCodeError
            As by `add`; the old one stands on.
        """
        old = self._standing_row(offer.offer_id)
        row = self._append(offer, offer_row(offer, read, self._reading, taken=taken, response_rate=response_rate))
        self._withdraw(old)
        return row

    def put(self, offer: Offer, read: PostingRead | None = None) -> int:
        """Let an offer stand as it is given, in the place of the one of its id if one stands; see `add`."""
        old = self.row_of(offer.offer_id)
        row = self._append(offer, offer_row(offer, read, self._reading))
        if old is not None:
            self._withdraw(old)
        return row

    def close(self, row: int, *, as_of: date) -> None:
        """Close an offer from a day on: the next question no longer finds it; an offer that was withdrawn stays so."""
        if self._closes_on[row] != WITHDRAWN:
            self._closes_on[row] = as_of.toordinal() - 1

    def withdraw(self, offer_id: str) -> None:
        """Take an offer out for good; raises DataError when none of that id stands."""
        self._withdraw(self._standing_row(offer_id))

    def drop(self, offer_id: str) -> None:
        """Take an offer out for good if one of that id stands."""
        row = self.row_of(offer_id)
        if row is not None:
            self._withdraw(row)

    def _withdraw(self, row: int) -> None:
        self._closes_on[row] = WITHDRAWN
        if row < len(self._base):
            self._gone.append(row)
        self._moves += 1

    @property
    def _closes_on(self) -> IntArray:
        return self._rows["closes_on"].array

    def _standing_row(self, offer_id: str) -> int:
        row = self.row_of(offer_id)
        if row is None:
            raise DataError(f"no offer of the id [{offer_id}] stands; add it")
        return row

    def _append(self, offer: Offer, values: Row) -> int:
        """Write a row to every column, then count it."""
        row = len(self._base) + len(self._ids)
        for name, (kind, unknown) in PLAIN.items():
            self._rows[name].put(row, number(values.get(name, unknown), kind))
        for name, code in self._tables.codes(offer, values).items():
            self._rows[name].put(row, code)
        self._row_of[offer.offer_id] = row
        self._records.append(offer)
        self._ids.append(offer.offer_id)
        self._moves += 1
        return row

    def _after(self, before: Offers) -> Offers:
        """Return the pool as it is now; *before* is how it was seen last."""
        first, n = len(self._base), len(self._base) + len(self._ids)
        added = first + np.flatnonzero(self._closes_on[first:n] != WITHDRAWN)
        new = np.sort(np.array(self._gone[len(before.gone) :], dtype=np.int32))
        return Offers.of(
            Joined(self._base.ids, self._ids, n),
            Joined(self._base.records, self._records, n),
            {name: its.array[:n] for name, its in self._rows.items()},
            self._tables.tables,
            base=self._base,
            added=added.astype(np.int32),
            gone=np.insert(before.gone, np.searchsorted(before.gone, new), new),
        )
