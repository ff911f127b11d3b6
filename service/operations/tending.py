"""Looks after the house beside the questions.

The columns of the offers are brought up to date, and laid out anew when much moved; the database folds in its log;
once a day, referrals that nobody was heard about end.
"""

import logging
import threading
from datetime import date, timedelta

from service.operations.house import House
from service.operations.referrals import retire

LOG = logging.getLogger("viecgan.offers")

_EVERY_SECONDS = 1.0

_ROUNDS_A_FOLD = 5
"""To fold in the log keeps the disk for some milliseconds, however long the log is, and answers wait for the disk."""

_AHEAD = timedelta(hours=1)
"""The next day's questions find everything reckoned when it begins."""


class Tender:
    """A thread that tends the offers of today until it is closed."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._over = threading.Event()
        self._round = 0
        self._retired_on: date | None = None
        self._thread = threading.Thread(target=self._tend, name="tender", daemon=True)

    def start(self) -> None:
        """Make the offers of today ready to be asked, then go on beside the questions."""
        self._try_to_tend()
        self._thread.start()

    def close(self) -> None:
        """Stop, after what is being done."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _tend(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            self._try_to_tend()

    def _try_to_tend(self) -> None:
        try:
            self._tend_once()
        except Exception:  # a database that does not answer now may answer in a second; questions say so themselves
            LOG.exception("the offers could not be tended")

    def _tend_once(self) -> None:
        house, now = self._house, self._house.now()
        self._round += 1
        for day in sorted({house.day_at(now), house.day_at(now + _AHEAD)}):
            house.matcher.tend(house.database, day)
        house.matcher.forget(house.database)
        if self._retired_on != house.day_at(now):
            retire(house)
            self._retired_on = house.day_at(now)
        if self._round % _ROUNDS_A_FOLD == 0:
            house.database.fold_log()
