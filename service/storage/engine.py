"""Opens a database and its transactions.

SQLite runs with a write-ahead log (readers never wait), full synchronisation (what was acknowledged survives
power loss), a busy timeout, foreign keys, and secure deletion (an erased person's bytes are overwritten).
A writing transaction takes the write lock when it begins, so it never fails half-way for want of it. It asks for the
lock every half millisecond: SQLite's own waiting sleeps up to a tenth of a second while the lock is free. The log is
folded into the file by whoever looks after the house (`Database.fold_log`), so that no answer waits for it.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from service.access import Actor
from service.errors import StorageError
from service.privacy import Keys
from service.storage.kept import Glance
from service.storage.migrations import migrate
from service.storage.store import Store

BUSY_SECONDS = 10
_ASKS_AGAIN_SECONDS = 0.0005

_LONGEST_LOG = 16_000
"""Pages of the write-ahead log from which on every writer folds it in itself: nobody else seems to."""

_MOMENT_SECONDS = 0.01

_WRITING = "viecgan_writing"


class Database:
    """One database: hands out connections inside transactions, and stores for actors.

    Parameters
    ----------
    connections : int
        How many may be in use at once.
    in_place : bool
        Leave a SQLite file as it is, without a write-ahead log: for looking at a copy.
    """

    def __init__(self, url: str, keys: Keys, *, connections: int = 8, in_place: bool = False) -> None:
        self.url = url
        self.keys = keys
        self.engine = _engine(url, connections, in_place=in_place)
        self._to_write = self.engine.execution_options(**{_WRITING: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the database throughout."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Glance]:
        """Open a connection for one statement that reads."""
        with closing(self.engine.raw_connection()) as connection:
            yield Glance(dialect=self.engine.dialect, connection=connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection that writes everything or, on any exception, nothing."""
        with self._to_write.begin() as connection:
            yield connection

    @contextmanager
    def store(self, actor: Actor, *, write: bool = False) -> Iterator[Store]:
        """Open what *actor* may reach, inside one transaction."""
        with self.writing() if write else self.reading() as connection:
            yield Store(connection, actor, self.keys)

    def prepare(self) -> None:
        """Bring the tables to the newest migration, and bind the database to its secret.

        Raises
        ------
        StorageError
            The database cannot be opened, is newer than this code, or belongs to another secret.
        """
        try:
            with self.writing() as connection:
                migrate(connection, self.keys)
        except OperationalError as error:
            raise StorageError(f"the database [{self.engine.url}] cannot be opened: {error.orig}") from error

    @property
    def is_here(self) -> bool:
        """Whether to read a row takes no waiting for others: neither for a network nor for who writes."""
        return self.engine.dialect.name == "sqlite"

    def file(self) -> Path | None:
        """Return the SQLite file, or None for another database or one in memory."""
        name = self.engine.url.database
        if self.engine.dialect.name != "sqlite" or not name or name == ":memory:":
            return None
        return Path(name)

    def fold_log(self) -> None:
        """Fold the write-ahead log into the file, and let whoever writes next begin it anew.

        Nearly all is folded while others write. For what they wrote meanwhile they wait, or else the log would grow for
        as long as somebody writes, and then every writer would fold it; they wait a moment at most if somebody reads.
        """
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                driver = connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                driver.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
                with _waiting(driver, _MOMENT_SECONDS):
                    driver.execute("PRAGMA wal_checkpoint(RESTART)").close()

    def forget_deleted(self) -> None:
        """Fold the write-ahead log into the file, so that erased rows are in neither."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _engine(url: str, connections: int, *, in_place: bool) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(f"the database [{url}] is no URL such as sqlite:///viecgan.db") from error
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_size=connections, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    engine = create_engine(parsed, pool_size=connections, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _look_only if in_place else _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver opens no transaction of its own: _begin_sqlite does
    safe = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in (*safe, f"wal_autocheckpoint={_LONGEST_LOG}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _look_only(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON").close()


def _begin_sqlite(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    try:
        if connection.get_execution_options().get(_WRITING, False):
            _begin_writing(driver)
        else:
            driver.execute("BEGIN").close()
    except sqlite3.OperationalError as error:
        raise OperationalError("BEGIN", None, error) from error


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
