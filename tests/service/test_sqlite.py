"""Every thread has a connection of its own to a SQLite file: what becomes of transactions on it."""

import gc
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from service.privacy import Keys
from service.storage import sqlite
from service.storage.engine import Database
from service.storage.schema import versions
from service.storage.versions import bump, version


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}", Keys(b"k" * 32))
    database.prepare()
    yield database
    database.close()


def by_sqlalchemy(connection: Connection) -> int:
    """Ask as statements that are not kept do: SQLAlchemy takes part in the transaction."""
    return int(connection.execute(select(versions.c.value).where(versions.c.name == "offers")).scalar_one())


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """Let no file grow beyond the largest in *folder*."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(path.stat().st_size for path in folder.iterdir()), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_loses_nothing_acknowledged_and_is_over_when_it_is_over(database: Database, tmp_path: Path) -> None:
    """F5: the connection on which a transaction could not be ended is none of the broken kind for good."""
    kept = 0
    with full_disk(tmp_path):
        with pytest.raises(OperationalError):
            for _ in range(1000):
                with database.writing() as connection:
                    before = by_sqlalchemy(connection)
                    bump(connection, "offers")
                kept = before + 1
        with database.reading() as connection:
            assert by_sqlalchemy(connection) == kept
    with database.writing() as connection:
        bump(connection, "offers")
        assert by_sqlalchemy(connection) == kept + 1


def test_a_thread_uses_one_connection_again(database: Database) -> None:
    with database.reading() as first:
        pass
    with database.writing() as second:
        pass
    with database.glancing() as third:
        assert first is second is third


def test_a_transaction_inside_another_has_a_connection_of_its_own(database: Database) -> None:
    """F5: what the outer one sees does not change, and it ends for itself."""
    with database.reading() as outer:
        assert version(outer, "offers") == 0
        with database.writing() as inner:
            bump(inner, "offers")
        assert version(outer, "offers") == by_sqlalchemy(outer) == 0
    with database.reading() as later:
        assert version(later, "offers") == 1


@pytest.mark.parametrize("takes_part", [False, True])
def test_what_fails_keeps_nothing_and_the_next_is_as_good(database: Database, takes_part: bool) -> None:
    """F5: with kept statements alone, and with those of SQLAlchemy beside them."""
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), database.writing() as connection:
            bump(connection, "offers")
            assert not takes_part or by_sqlalchemy(connection) == 1
            raise ZeroDivisionError
    with database.writing() as connection:
        bump(connection, "offers")
        assert not takes_part or by_sqlalchemy(connection) == 1
    with database.reading() as connection:
        assert by_sqlalchemy(connection) == 1


def test_a_look_between_transactions_sees_the_newest_state(database: Database) -> None:
    with database.glancing() as before:
        assert version(before, "offers") == 0
    thread = threading.Thread(target=counted, args=(database,))
    thread.start()
    thread.join()
    with database.glancing() as after:
        assert version(after, "offers") == 1


def counted(database: Database) -> None:
    with database.writing() as connection:
        bump(connection, "offers")


def test_a_thread_that_ended_keeps_no_connection(database: Database) -> None:
    """However many threads there were: more than there may be connections."""
    for _ in range(40):
        thread = threading.Thread(target=counted, args=(database,))
        thread.start()
        thread.join()
    gc.collect()
    assert database.engine.pool.status().count("Current Checked out connections: 1") == 1
    with database.reading() as connection:
        assert version(connection, "offers") == 40


def test_who_waits_too_long_for_the_lock_is_told_as_sqlalchemy_tells(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F5: an operation that cannot write is refused, and its thread can write later."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with database.writing(), pytest.raises(OperationalError, match="locked"), database.writing():
        pass
    with database.writing() as connection:
        assert bump(connection, "offers") == 1


def test_a_database_that_was_closed_opens_again(database: Database) -> None:
    database.close()
    with database.reading() as connection:
        assert version(connection, "offers") == 0
