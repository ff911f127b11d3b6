"""Offers laid out on disk, to be opened at once by any number of servers (see `matching.pool.snapshot`).

Beside the columns stands up to which change of the offers they go, and after which entry of the audit that was. A
database that does not hold that entry under that seal has another history, such as an older copy that was put back:
then the snapshot is not used, and another is written.
"""

import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from matching.errors import MatchingError
from matching.law import current_law
from matching.pool.live import LivePool
from matching.pool.offers import Offers
from matching.pool.relaid import relaid
from matching.pool.snapshot import open_offers, save_offers
from matching.taxonomy.release import Taxonomy
from service import audit
from service.errors import StorageError
from service.operations.day_pool import DayPool
from service.storage.engine import Database
from service.storage.pools import count_offers
from service.storage.versions import version

LOG = logging.getLogger("viecgan.offers")

_HISTORY = "history.json"
_UNFINISHED = ".new-"
_KEPT = 2
"""Snapshots that are kept: a server may be about to open the one before the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """What a snapshot was taken of."""

    made_by: str
    at: int
    """Number of the last change of the offers that it holds."""
    entry: int
    seal: str
    """Number and seal of the last entry of the audit."""


LARGE = 20_000
"""Offers from which on a pool is laid out in a process of its own, and stored: reading them takes seconds."""


class Snapshots:
    """The snapshots of one database.

    Parameters
    ----------
    folder : Path
        Made when it is first written to.
    made_by : str
        What the columns depend on besides the release: the version of the program, its law, the home province.
    """

    def __init__(self, folder: Path, taxonomy: Taxonomy, *, home_province: str, made_by: str) -> None:
        self._folder, self._taxonomy, self._home_province = folder, taxonomy, home_province
        self._made_by = made_by

    def newest(self, connection: Connection, as_of: date, *, after: int = -1) -> DayPool | None:
        """Open the newest one of the database that *connection* sees; None when there is none.

        Parameters
        ----------
        as_of : date
            The day that is asked for; it will do for all days of the same law.
        after : int
            Number of a change: only one that holds later ones.
        """
        day = current_law().same_since(as_of)
        for folder in self._folders(day):
            try:
                history = msgspec.json.decode((folder / _HISTORY).read_bytes(), type=_History)
                if not self._is_of(connection, history):
                    continue
                if history.at <= after:
                    return None
                live = LivePool.open(folder, self._taxonomy, as_of=day, home_province=self._home_province)
                return DayPool(live, at=history.at)
            except (OSError, msgspec.MsgspecError, MatchingError) as error:
                LOG.warning("a snapshot of the offers is passed over: %s", error)
        return None

    def write(self, database: Database, as_of: date, *, finish: Callable[[Offers], None]) -> None:
        """Write the offers as they stand; one writer at a time, and none for what is there already.

        Parameters
        ----------
        finish : callable
            Is given the columns as they will be opened, before they are, to store beside them what is made of them.
        """
        day = current_law().same_since(as_of)
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            with database.reading() as connection:
                entry, seal = audit.position(connection)
                history = _History(made_by=self._made_by, at=version(connection, "offers"), entry=entry, seal=seal)
                pool = self.newest(connection, as_of)
                if pool is not None and pool.at == history.at:
                    return
                if pool is None:
                    pool = DayPool.read(connection, self._taxonomy, as_of=day, home_province=self._home_province)
                offers = relaid(pool.now(connection))
            new = self._folder / f"{_UNFINISHED}{os.getpid()}"
            save_offers(new, offers, taxonomy=self._taxonomy, as_of=day)
            finish(open_offers(new, taxonomy=self._taxonomy, as_of=day))
            (new / _HISTORY).write_bytes(msgspec.json.encode(history))
            place = self._folder / f"{day.isoformat()}.{history.at:015d}.{history.entry:015d}"
            shutil.rmtree(place, ignore_errors=True)  # of another release or version, at the same point of the history
            new.rename(place)
            self._clear(day)

    def _is_of(self, connection: Connection, history: _History) -> bool:
        known = history.made_by == self._made_by and history.at <= version(connection, "offers")
        return known and audit.holds(connection, history.entry, history.seal)

    def _folders(self, day: date) -> list[Path]:
        """Return the snapshots of a day, newest first."""
        return sorted(self._folder.glob(f"{day.isoformat()}.*"), reverse=True)

    def _clear(self, day: date) -> None:
        """Remove all but the newest; what is mapped by a server stays there until it lets go."""
        kept = set(self._folders(day)[:_KEPT])
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until nobody else writes here."""
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Shelf:
    """Snapshots, and another process that writes them.

    Parameters
    ----------
    write : callable
        Writes the offers as they stand on a day (`Snapshots.write`) and returns when that is done.
    """

    def __init__(self, snapshots: Snapshots, write: Callable[[date], None]) -> None:
        self.snapshots, self._write = snapshots, write

    def fill(self, connection: Connection, as_of: date) -> None:
        """See to it that there is a snapshot when there are many offers."""
        if count_offers(connection) >= LARGE and self.snapshots.newest(connection, as_of) is None:
            self._write(as_of)

    def newer(self, database: Database, as_of: date, *, than: int) -> DayPool:
        """Open a snapshot that holds more than the changes up to *than*; one that another server had written will do.

        Raises
        ------
        StorageError
            It could not be written.
        """
        for write in (None, self._write):
            if write is not None:
                write(as_of)
            with database.reading() as connection:
                found = self.snapshots.newest(connection, as_of, after=than)
            if found is not None and not found.has_grown:
                return found
        raise StorageError("the offers could not be laid out anew; see the log of the process that writes them")
