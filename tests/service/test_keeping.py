"""Erasing, backing up, restoring."""

import gc
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from matching.pool.people import People
from service import audit
from service.access import Actor, Role
from service.errors import ConflictError, NotFoundError, OperatorError, StorageError
from service.operations.keeping import Restored, back_up, erase_person, restore
from service.operations.matcher import ALL_KINDS
from service.privacy import Keys
from service.storage.engine import Database
from tests.service.conftest import NOW, PHAN_RI, World
from tests.service.examples import OPENING, SURVEY

API = "/api/v1"
MARK = "mot cau khong the nham lan"


def filled(world: World) -> None:
    client = world.client("officer.phanri")
    body = SURVEY | {
        "person_id": "GONE-1",
        "text": f"lam phu ho 4 nam, {MARK}",
        "restricted": {"category": "community"},
    }
    assert client.post(f"{API}/surveys", json=body, headers={"Idempotency-Key": "k"}).status_code == 201
    facts = [{"code": "7112", "assertion": "experience"}]
    client.put(
        f"{API}/people/GONE-1/profile/corrections", json={"field": "occupations", "evidence": [4, 10], "facts": facts}
    )
    world.client("employer.one").post(f"{API}/openings", json=OPENING | {"offer_id": "J1"})


def every_byte(world: World) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(world.path.parent.glob("viecgan.db*")))


def test_an_erased_person_is_in_no_table_no_file_and_no_answer(world: World):
    """P8."""
    filled(world)
    cards = world.client("employer.one").get(f"{API}/openings/J1/candidates").json()["items"]
    assert len(cards) == 1
    assert MARK.encode() in every_byte(world)
    erase_person(world.house.database, "GONE-1", at=NOW)
    assert MARK.encode() not in every_byte(world)
    assert b"GONE-1" not in every_byte(world)
    assert world.client("officer.phanri").get(f"{API}/people/GONE-1").status_code == 404
    assert world.client("employer.one").get(f"{API}/openings/J1/candidates").json()["items"] == []
    with closing(sqlite3.connect(world.path)) as connection:
        for table in ("people", "restricted", "profiles", "corrections"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def in_memory(person_id: str) -> bool:
    """Whether any columns of people that this process holds are of somebody of that id."""
    gc.collect()
    return any(person_id in its.ids for its in gc.get_objects() if isinstance(its, People))


def test_an_erased_person_is_in_no_memory(world: World):
    """P8: once the house was looked after, also when a question was on its way meanwhile."""
    filled(world)
    house, path = world.house, f"{API}/people/GONE-1/matches"
    assert world.client("officer.phanri").get(path).status_code == 200
    assert in_memory("GONE-1")
    with house.database.store(Actor(user="officer.phanri", role=Role.OFFICER, communes=(PHAN_RI,))) as store:
        person = store.people.get("GONE-1")
        offers = house.matcher.offers(store.connection, house.today())
    erase_person(house.database, "GONE-1", at=NOW)
    house.matcher.forget(house.database)
    assert not in_memory("GONE-1")
    house.matcher.for_person(offers, person, None, k=1, kinds=ALL_KINDS, as_of=house.today(), why_not="none")
    house.matcher.forget(house.database)
    assert not in_memory("GONE-1")


def test_the_audit_keeps_a_pseudonym_of_the_erased(world: World):
    """P8, P7."""
    filled(world)
    erase_person(world.house.database, "GONE-1", at=NOW)
    with world.house.database.reading() as connection:
        entries, _ = audit.verify(connection, world.house.database.keys)
    assert entries >= 3


def test_nobody_cannot_be_erased_and_an_id_of_two_needs_its_commune(world: World):
    with pytest.raises(NotFoundError):
        erase_person(world.house.database, "GONE-1", at=NOW)
    filled(world)
    body = SURVEY | {"person_id": "GONE-1", "commune": "Xã Trà Tân"}
    world.client("officer.tratan").post(f"{API}/surveys", json=body)
    with pytest.raises(ConflictError):
        erase_person(world.house.database, "GONE-1", at=NOW)
    erase_person(world.house.database, "GONE-1", at=NOW, commune="23227")
    assert world.client("officer.phanri").get(f"{API}/people/GONE-1").status_code == 200


def test_a_backup_is_whole_and_comes_back(world: World, tmp_path: Path):
    filled(world)
    copy = tmp_path / "copy.db"
    entries, anchor = back_up(world.house.database, copy)
    world.client("officer.phanri").post(f"{API}/surveys", json=SURVEY | {"person_id": "GONE-1", "text": "tho ho"})
    with pytest.raises(OperatorError, match="--replace"):
        restore(world.house.database, copy, replace=False, at=NOW)
    told = restore(world.house.database, copy, replace=True, at=NOW)
    assert told == Restored(entries=entries, anchor=anchor, erased_again=0)
    assert MARK in world.client("officer.phanri").get(f"{API}/people/GONE-1").json()["survey"]["text"]
    with world.house.database.reading() as connection:
        audit.verify(connection, world.house.database.keys, anchor=anchor)


def test_who_was_erased_does_not_come_back_with_a_copy(world: World, tmp_path: Path):
    """P8: the others do; nor do their bytes, and the audit says so."""
    filled(world)
    world.client("officer.phanri").post(f"{API}/surveys", json=SURVEY | {"person_id": "STAYS-1"})
    copy = tmp_path / "copy.db"
    _, anchor = back_up(world.house.database, copy)
    erase_person(world.house.database, "GONE-1", at=NOW)
    assert restore(world.house.database, copy, replace=True, at=NOW).erased_again == 1
    assert MARK.encode() not in every_byte(world)
    assert world.client("officer.phanri").get(f"{API}/people/GONE-1").status_code == 404
    assert world.client("officer.phanri").get(f"{API}/people/STAYS-1").status_code == 200
    with world.house.database.reading() as connection:
        audit.verify(connection, world.house.database.keys, anchor=anchor)


def test_a_database_that_is_used_is_not_replaced_and_a_damaged_one_is(world: World, tmp_path: Path):
    """F5: what a running service would acknowledge after that would be lost."""
    filled(world)
    copy = tmp_path / "copy.db"
    back_up(world.house.database, copy)
    user = Database(world.house.database.url, world.house.database.keys)
    with user.reading() as connection:
        audit.verify(connection, user.keys)
    with pytest.raises(OperatorError, match="in use"):
        restore(world.house.database, copy, replace=True, at=NOW)
    user.close()
    world.house.database.close()
    world.path.write_bytes(b"no database any more" * 100)
    restore(world.house.database, copy, replace=True, at=NOW)
    assert world.client("officer.phanri").get(f"{API}/people/GONE-1").status_code == 200


def test_only_their_owner_may_read_a_database_and_its_copies(world: World, tmp_path: Path):
    """P1: not the other users of the machine either."""
    filled(world)
    back_up(world.house.database, tmp_path / "copy.db")

    def rights() -> dict[str, str]:
        return {path.name: oct(path.stat().st_mode)[-3:] for path in tmp_path.glob("*.db*")}

    assert rights() == dict.fromkeys(("viecgan.db", "viecgan.db-wal", "viecgan.db-shm", "copy.db"), "600")
    (tmp_path / "copy.db").chmod(0o644)
    restore(world.house.database, tmp_path / "copy.db", replace=True, at=NOW)
    assert rights()["viecgan.db"] == "600"


def test_a_backup_takes_no_ones_place(world: World, tmp_path: Path):
    target = tmp_path / "copy.db"
    target.write_bytes(b"something")
    with pytest.raises(OperatorError, match="exists"):
        back_up(world.house.database, target)
    assert target.read_bytes() == b"something"


def test_a_damaged_foreign_or_tampered_copy_is_refused(world: World, tmp_path: Path):
    """P7: and the database that stands is untouched."""
    filled(world)
    copy = tmp_path / "copy.db"
    back_up(world.house.database, copy)
    before = world.client("officer.phanri").get(f"{API}/people/GONE-1").json()

    cut = tmp_path / "cut.db"
    cut.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    other = tmp_path / "other.db"
    other.write_bytes(b"not a database at all" * 100)
    bent = tmp_path / "bent.db"
    bent.write_bytes(copy.read_bytes())
    with closing(sqlite3.connect(bent)) as connection, connection:
        connection.execute("UPDATE audit SET actor = 'somebody' WHERE entry = 1")
    foreign = tmp_path / "foreign.db"
    stranger = Database(f"sqlite:///{foreign}", Keys(b"z" * 32))
    stranger.prepare()
    stranger.close()
    for bad in (cut, other, bent, foreign, tmp_path / "missing.db"):
        with pytest.raises(OperatorError):
            restore(world.house.database, bad, replace=True, at=NOW)
    assert world.client("officer.phanri").get(f"{API}/people/GONE-1").json() == before


def test_a_database_knows_its_secret_and_its_version(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path / 'a.db'}", Keys(b"a" * 32))
    database.prepare()
    database.prepare()
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE name = 'migrations'")
    with pytest.raises(StorageError, match="newer"):
        database.prepare()
    database.close()
    with pytest.raises(StorageError):
        Database(f"sqlite:///{tmp_path / 'a.db'}", Keys(b"b" * 32)).prepare()
