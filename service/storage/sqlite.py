"""How SQLite is opened, and how transactions begin and end on it.

SQLite runs with a write-ahead log (readers never wait), full synchronisation (what was acknowledged survives
power loss), a busy timeout, foreign keys, and secure deletion (an erased person's bytes are overwritten).
A writing transaction takes the write lock when it begins, so it never fails half-way for want of it. It asks for the
lock every half millisecond: SQLite's own waiting sleeps up to a tenth of a second while the lock is free.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

BUSY_SECONDS = 10
_ASKS_AGAIN_SECONDS = 0.0005

_LONGEST_LOG = 16_000
"""Pages of the write-ahead log from which on every writer folds it in itself: nobody else seems to."""

_MOMENT_SECONDS = 0.01


class OwnConnections:
    """A connection for each thread, which it opens once and then uses for one transaction after the other.

    After a pause, to take a connection out of a pool, to give it back and to have SQLAlchemy begin and end a
    transaction on it takes longer than what an answer reads.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._local = threading.local()
        self._all: WeakSet[Connection] = WeakSet()

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[Connection]:
        """Lend a connection on which a transaction has begun; it keeps everything or, on any exception, nothing.

        It is this thread's own, or one from the pool while a transaction goes on in that.
        """
        mine = self.mine()
        connection = self._engine.connect() if driver_of(mine).in_transaction else mine
        try:
            _told_as_sqlalchemy(partial(_begin_writing if write else _begin_reading, driver_of(connection)))
            yield connection
            _told_as_sqlalchemy(_ending(connection).commit)
        except BaseException:
            _take_back(connection)
            raise
        finally:
            if connection is not mine:
                connection.close()

    def mine(self) -> Connection:
        """Return the connection of this thread; outside a transaction each kept statement is one by itself."""
        mine: Connection | None = getattr(self._local, "mine", None)
        if mine is None or mine.closed or mine.invalidated:
            mine = self._local.mine = self._engine.connect()
            self._all.add(mine)
        return mine

    def close(self) -> None:
        """Close them all; those of threads that ended are closed already."""
        for connection in list(self._all):
            connection.close()


def _ending(connection: Connection) -> Connection | sqlite3.Connection:
    """Return what is to end a transaction: SQLAlchemy, if it took part in it."""
    return connection if connection.in_transaction() else driver_of(connection)


def _take_back(connection: Connection) -> None:
    """End a transaction without keeping anything; if to end it failed before, SQLAlchemy has it still."""
    connection.rollback()
    driver_of(connection).rollback()


def listen(engine: Engine, *, in_place: bool) -> None:
    """Prepare every connection of an engine; *in_place*: it only looks, and leaves the file as it is."""
    event.listen(engine, "connect", _look_only if in_place else _prepare)
    event.listen(engine, "begin", _begin)


def make_private(path: Path) -> None:
    """Make the file of a new database, for its owner's eyes only; SQLite gives the files beside it the same rights."""
    with suppress(OSError):  # it is there already, or SQLite will say why it cannot be
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def fold_log(driver: sqlite3.Connection) -> None:
    """Fold the write-ahead log into the file, and let whoever writes next begin it anew.

    Nearly all is folded while others write. For what they wrote meanwhile they wait, or else the log would grow for
    as long as somebody writes, and then every writer would fold it; they wait a moment at most if somebody reads.
    """
    driver.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
    with _waiting(driver, _MOMENT_SECONDS):
        driver.execute("PRAGMA wal_checkpoint(RESTART)").close()


def driver_of(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection under one of SQLAlchemy's."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _prepare(driver: sqlite3.Connection, _record: Any) -> None:
    driver.isolation_level = None  # the driver opens no transaction of its own
    safe = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in (*safe, f"wal_autocheckpoint={_LONGEST_LOG}"):
        driver.execute(f"PRAGMA {pragma}").close()


def _look_only(driver: sqlite3.Connection, _record: Any) -> None:
    driver.isolation_level = None
    driver.execute("PRAGMA query_only=ON").close()


def _begin(connection: Connection) -> None:
    """Begin the transaction that SQLAlchemy thinks it begins, unless it takes part in one that goes on."""
    driver = driver_of(connection)
    if not driver.in_transaction:
        _begin_reading(driver)


def _begin_reading(driver: sqlite3.Connection) -> None:
    driver.execute("BEGIN").close()


def _begin_writing(driver: sqlite3.Connection) -> None:
    """Begin a transaction with the write lock; raises sqlite3.OperationalError when others hold it for too long."""
    with _waiting(driver, 0):
        deadline = time.monotonic() + BUSY_SECONDS
        while not _has_begun_writing(driver, last=time.monotonic() > deadline):
            time.sleep(_ASKS_AGAIN_SECONDS)


@contextmanager
def _waiting(driver: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Let SQLite wait so long for others, instead of `BUSY_SECONDS`."""
    driver.execute(f"PRAGMA busy_timeout={seconds * 1000:.0f}").close()
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}").close()


def _has_begun_writing(driver: sqlite3.Connection, *, last: bool) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE").close()
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _told_as_sqlalchemy(step: Callable[[], None]) -> None:
    """Do a step; raise the driver's errors as SQLAlchemy's, which are the same for every database."""
    try:
        step()
    except sqlite3.Error as error:
        raise DBAPIError.instance("", None, error, sqlite3.Error) from error
