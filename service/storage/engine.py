"""Opens a database and its transactions.

On SQLite (`service.storage.sqlite`) the write-ahead log is folded into the file by whoever looks after the house
(`Database.fold_log`), so that no answer waits for it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from service.access import Actor
from service.errors import StorageError
from service.privacy import Keys
from service.storage.migrations import migrate
from service.storage.schema import audit_head
from service.storage.sqlite import BUSY_SECONDS, OwnConnections, fold_log, listen, make_private
from service.storage.store import Store

_MIGRATING = 1863
"""The lock that PostgreSQL knows under this number belongs to whoever changes tables."""


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
        self._own = OwnConnections(self.engine) if self.is_here else None

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a connection that sees one state of the database throughout."""
        return self.engine.begin() if self._own is None else self._own.transaction(write=False)

    def glancing(self) -> AbstractContextManager[Connection]:
        """Open a connection for one kept statement that reads."""
        return self.engine.begin() if self._own is None else nullcontext(self._own.mine())

    def writing(self) -> AbstractContextManager[Connection]:
        """Open a connection that writes everything or, on any exception, nothing."""
        return self._alone() if self._own is None else self._own.transaction(write=True)

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """Open a connection that writes when those who wrote before are done, as on SQLite, and sees what they wrote.

        Every write ends in the audit chain, of which there is one. Who came to its head late would have seen a state
        of before the others, and be refused; to lock a table is the one statement that does not fix what is seen.
        """
        with self.engine.begin() as connection:
            connection.exec_driver_sql(f"LOCK TABLE {audit_head.name} IN EXCLUSIVE MODE")
            yield connection

    @contextmanager
    def _migrating(self) -> Iterator[Connection]:
        """Open a connection that changes tables when others who do are done, as on SQLite, and sees what they made."""
        with (
            self.engine.connect().execution_options(isolation_level="READ COMMITTED") as connection,
            connection.begin(),
        ):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
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
        if (path := self.file()) is not None:
            make_private(path)
        try:
            with self._migrating() if self._own is None else self.writing() as connection:
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
        if not self.is_here or not name or name == ":memory:":
            return None
        return Path(name)

    def fold_log(self) -> None:
        """Fold SQLite's write-ahead log into the file, while others write (see `service.storage.sqlite`)."""
        if self.is_here:
            with closing(self.engine.raw_connection()) as connection:
                driver = connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                fold_log(driver)

    def forget_deleted(self) -> None:
        """Fold the write-ahead log into the file, so that erased rows are in neither."""
        if self.is_here:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        if self._own is not None:
            self._own.close()
        self.engine.dispose()


def _engine(url: str, connections: int, *, in_place: bool) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(f"the database [{url}] is no URL such as sqlite:///viecgan.db") from error
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_size=connections, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    engine = create_engine(parsed, pool_size=connections, connect_args={"timeout": BUSY_SECONDS})
    listen(engine, in_place=in_place)
    return engine
