"""What the operator does to the whole: erase a person, back up, restore."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from service import audit
from service.access import OPERATOR
from service.errors import OperatorError, StorageError
from service.privacy import Keys
from service.storage.engine import Database
from service.storage.migrations import STEPS, read_meta
from service.storage.rows import PersonRow
from service.storage.sqlite import make_private
from service.storage.store import Store

_ERASED = "erase_person"
"""What the audit calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put in the place of a database."""

    entries: int
    """Of the copy's audit."""
    anchor: str
    erased_again: int
    """People of the copy who were erased since it was made."""


def erase_person(database: Database, person_id: str, *, at: datetime, commune: str | None = None) -> None:
    """Remove a person from every table, and their bytes from the file; the audit keeps a pseudonym.

    Parameters
    ----------
    commune : str or None
        Code; needed when several communes know the id.

    Raises
    ------
    NotFoundError
        Nobody has that id.
    ConflictError
        Several communes know the id and none was named.
    """
    with database.store(OPERATOR, write=True) as store:
        _erase(store, store.people.get(person_id, commune=commune), at=at)
    database.forget_deleted()


def _erase(store: Store, person: PersonRow, *, at: datetime) -> None:
    store.referrals.give_back_seats(person.key)
    store.people.erase(person)
    audit.record(store, _ERASED, at=at, subjects=[person.key])


def back_up(database: Database, target: Path) -> tuple[int, str]:
    """Copy the database to a new file while it is in use, check the copy, and return its audit's size and anchor.

    Raises
    ------
    OperatorError
        The target exists, the database is no SQLite file, or the copy is not whole.
    """
    source = _file(database)
    if target.exists():
        raise OperatorError(f"[{target}] exists; name a new file")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    make_private(part)
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(part)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        checked = check_copy(part, database.keys)
        part.replace(target)
    finally:
        _remove(part)
    return checked


def restore(database: Database, copy: Path, *, replace: bool, at: datetime) -> Restored:
    """Put a checked copy in the place of the database.

    Whoever was erased from the database that stands there is erased from the copy too, as its audit tells.

    Raises
    ------
    OperatorError
        The copy is not whole or belongs to another secret, or a database stands there and *replace* is false, or
        somebody uses it.
    """
    target = _file(database)
    if target.exists() and not replace:
        raise OperatorError(f"[{target}] exists; stop the service and restore with --replace")
    entries, anchor = check_copy(copy, database.keys)
    erased = _erased(database) if target.exists() else frozenset()
    database.close()
    _check_unused(target)
    part = target.with_name(target.name + ".part")
    _remove(part)
    make_private(part)
    shutil.copyfile(copy, part)
    again = _erase_again(part, database.keys, erased, at=at)
    _remove(target, keep_file=True)
    part.replace(target)
    return Restored(entries=entries, anchor=anchor, erased_again=again)


def _erased(database: Database) -> frozenset[str]:
    """Return the pseudonyms of who was erased; none are known of a database that is damaged."""
    try:
        with database.reading() as connection:
            return audit.subjects_of(connection, _ERASED)
    except DatabaseError:
        return frozenset()


def _check_unused(path: Path) -> None:
    """Raise OperatorError while another process has the database open: what it writes would be lost."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=0)) as alone:
            alone.execute("PRAGMA journal_mode=DELETE")  # which nobody may do while another is there
    except sqlite3.OperationalError as error:
        raise OperatorError(f"[{path}] is in use; stop the service first: {error}") from error
    except sqlite3.DatabaseError:
        return  # damaged: all the more reason to replace it


def _erase_again(copy: Path, keys: Keys, erased: frozenset[str], *, at: datetime) -> int:
    """Erase from a copy who was erased since it was made; return how many they are."""
    database = Database(f"sqlite:///{copy}", keys)
    database.prepare()
    with database.store(OPERATOR, write=True) as store:
        people = [key for key in store.people.row_keys() if keys.pseudonym(key) in erased]
        for key in people:
            _erase(store, store.people.by_key(key), at=at)
    database.forget_deleted()
    database.close()
    return len(people)


def check_copy(copy: Path, keys: Keys) -> tuple[int, str]:
    """Check that a file is a whole database of this installation; return its audit's size and anchor.

    Raises
    ------
    OperatorError
        It is not; the message says why.
    """
    if not copy.is_file():
        raise OperatorError(f"[{copy}] is no file")
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as raw:
            verdict = raw.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StorageError(f"[{copy}] is no whole database: {error}") from error
    if verdict != "ok":
        raise StorageError(f"[{copy}] is damaged: {verdict}")
    database = Database(f"sqlite:///{copy}", keys, in_place=True)
    try:
        with database.reading() as connection:
            _check_belongs(copy, read_meta(connection, "migrations"), read_meta(connection, "fingerprint"), keys)
            return audit.verify(connection, keys)
    finally:
        database.close()


def _check_belongs(copy: Path, migrations: str | None, fingerprint: str | None, keys: Keys) -> None:
    if fingerprint != keys.fingerprint():
        raise StorageError(f"[{copy}] was made with another secret file; give the one that belongs to it")
    if int(migrations or 0) > len(STEPS):
        raise StorageError(f"[{copy}] comes from a newer version; install that")


def _file(database: Database) -> Path:
    path = database.file()
    if path is None:
        raise OperatorError("only a SQLite file is copied here; use pg_dump and pg_restore for PostgreSQL")
    return path


def _remove(path: Path, *, keep_file: bool = False) -> None:
    """Remove a database's side files, and the file itself unless it is kept to be replaced."""
    for name in (path.name + "-wal", path.name + "-shm", *(() if keep_file else (path.name,))):
        path.with_name(name).unlink(missing_ok=True)
