"""The audit chain: what was done to it is found."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from service import audit
from service.access import Actor, Role
from service.errors import AuditError
from service.privacy import Keys
from service.storage.engine import Database
from tests.service.conftest import NOW

OFFICER = Actor(user="officer.one", role=Role.OFFICER, communes=("1",))
KEYS = Keys(b"k" * 32)


def chain(folder: Path, entries: int = 12) -> Path:
    database = Database(f"sqlite:///{folder / 'a.db'}", KEYS)
    database.prepare()
    for i in range(entries):
        with database.store(OFFICER, write=True) as store:
            audit.record(store, "look", at=NOW, subjects=[f"person{i % 3}"], k=i)
    database.forget_deleted()
    database.close()
    return folder / "a.db"


def verify(path: Path, anchor: str | None = None, keys: Keys = KEYS) -> tuple[int, str]:
    database = Database(f"sqlite:///{path}", keys)
    try:
        with database.reading() as connection:
            return audit.verify(connection, keys, anchor=anchor)
    finally:
        database.close()


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_whole_chain_verifies_and_gives_an_anchor(tmp_path: Path):
    """P7."""
    path = chain(tmp_path)
    entries, anchor = verify(path)
    assert entries == 12
    assert verify(path, anchor) == (12, anchor)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'officer.two' WHERE entry = 5",
        "UPDATE audit SET at = '2020-01-01T00:00:00.000000+00:00' WHERE entry = 1",
        "UPDATE audit SET subjects = '[]' WHERE entry = 3",
        "UPDATE audit SET detail = '{}' WHERE entry = 12",
        "DELETE FROM audit WHERE entry = 6",
        "DELETE FROM audit WHERE entry = 12",
        "DELETE FROM audit WHERE entry > 9",
        "DELETE FROM audit",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET entries = 11",
        "DELETE FROM audit_subjects WHERE entry = 4",
        "INSERT INTO audit_subjects VALUES ('somebody', 4)",
        "INSERT INTO audit SELECT 13, at, actor, role, action, subjects, detail, seal, seal FROM audit WHERE entry=12",
    ],
)
def test_every_kind_of_tampering_is_found(tmp_path: Path, statement: str):
    """P7: edits, deletions, a cut tail, additions, a bent index."""
    path = chain(tmp_path)
    tamper(path, "PRAGMA foreign_keys = OFF", statement)
    with pytest.raises(AuditError):
        verify(path)


def test_two_entries_that_change_places_are_found(tmp_path: Path):
    """P7."""
    path = chain(tmp_path)
    tamper(
        path,
        "UPDATE audit SET entry = -1 WHERE entry = 4",
        "UPDATE audit SET entry = 4 WHERE entry = 7",
        "UPDATE audit SET entry = 7 WHERE entry = -1",
    )
    with pytest.raises(AuditError):
        verify(path)


def test_a_cut_tail_with_a_mended_head_is_found_without_the_secret(tmp_path: Path):
    """P7: the head is sealed too."""
    path = chain(tmp_path)
    tamper(
        path,
        "DELETE FROM audit_subjects WHERE entry > 9",
        "DELETE FROM audit WHERE entry > 9",
        "UPDATE audit_head SET entries = 9, seal = (SELECT seal FROM audit WHERE entry = 9)",
    )
    with pytest.raises(AuditError, match="head"):
        verify(path)


def test_an_older_copy_put_back_is_found_by_the_anchor(tmp_path: Path):
    """P7: the one fault that only something kept elsewhere can show."""
    path = chain(tmp_path)
    older = path.read_bytes()
    database = Database(f"sqlite:///{path}", KEYS)
    with database.store(OFFICER, write=True) as store:
        audit.record(store, "look", at=NOW)
    database.forget_deleted()
    database.close()
    _, anchor = verify(path)
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
    path.write_bytes(older)
    assert verify(path)[0] == 12
    with pytest.raises(AuditError, match="anchor"):
        verify(path, anchor)


def test_any_changed_cell_of_any_entry_is_found(tmp_path: Path):
    """P7: a thousand random edits of one cell."""
    path = chain(tmp_path)
    database = Database(f"sqlite:///{path}", KEYS)
    dice = random.Random(7)
    columns = ["at", "actor", "role", "action", "subjects", "detail", "previous", "seal"]
    with database.engine.connect() as connection:
        for _ in range(1000):
            with connection.begin() as transaction:
                column, entry, junk = dice.choice(columns), dice.randint(1, 12), f"{dice.getrandbits(32):08x}"
                connection.exec_driver_sql(f"UPDATE audit SET {column} = '{junk}' WHERE entry = {entry}")
                with pytest.raises((AuditError, ValueError)):
                    audit.verify(connection, KEYS)
                transaction.rollback()
        audit.verify(connection, KEYS)
    database.close()


def test_no_person_id_stands_in_the_chain(tmp_path: Path):
    """P8: the audit knows people by a keyed pseudonym only."""
    path = chain(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        text = repr(connection.execute("SELECT * FROM audit").fetchall())
    assert "person1" not in text
    assert KEYS.pseudonym("person1") in text
