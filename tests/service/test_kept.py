"""Statements that go to the driver as they are say what SQLAlchemy would say, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from matching.domain.profile import Profile
from matching.domain.survey import Survey
from service import audit
from service.access import OPERATOR, Actor, Role
from service.errors import NotFoundError
from service.privacy import Keys
from service.storage.engine import Database
from service.storage.kept import Kept
from service.storage.schema import meta, versions
from service.storage.versions import bump, version
from tests.service.conftest import NOW, PHAN_RI, TRA_TAN

NAMED = select(meta).where(meta.c.name == bindparam("of"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url, Keys(b"k" * 32))
    database.prepare()
    yield database
    database.close()


def test_rows_are_those_that_sqlalchemy_gives(database: Database) -> None:
    with database.reading() as connection:
        [name] = {row.name for row in connection.execute(select(meta))} & {"migrations"}
        expected = connection.execute(NAMED, {"of": name}).one()
        assert vars(Kept(NAMED).all(connection, of=name)[0]) == dict(expected._mapping)
        assert Kept(NAMED).first(connection, of="nothing") is None
    with database.glancing() as glance:
        assert vars(Kept(NAMED).all(glance, of=name)[0]) == dict(expected._mapping)


def test_what_is_written_stands_or_falls_with_its_transaction(database: Database) -> None:
    with database.writing() as connection:
        bump(connection, "offers")
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        assert bump(connection, "offers") == 2
        raise ZeroDivisionError
    with database.reading() as connection:
        assert version(connection, "offers") == 1


def test_errors_are_those_of_sqlalchemy_and_tell_no_value(database: Database) -> None:
    again = Kept(insert(versions))
    with pytest.raises(IntegrityError) as told, database.writing() as connection:
        again.run(connection, name="offers", value=31_337)
    assert "31337" not in str(told.value)


def test_the_audit_is_one_whole_chain(database: Database) -> None:
    """P7: on either database, entries are sealed over one another and changes are found."""
    for number in range(3):
        with database.writing() as connection:
            audit.append(connection, database.keys, OPERATOR, "look", at=NOW, subjects=["a", "b"], number=number)
    with database.reading() as connection:
        assert audit.verify(connection, database.keys)[0] == 3
    with database.writing() as connection:
        connection.execute(delete(audit.audit_subjects).where(audit.audit_subjects.c.entry == 3))
        connection.execute(delete(audit.audit).where(audit.audit.c.entry == 3))
    with pytest.raises(audit.AuditError), database.reading() as connection:
        audit.verify(connection, database.keys)


def test_an_id_is_found_in_the_own_communes_only(database: Database) -> None:
    """P1: the communes of the actor are part of the statement."""
    survey = Survey(person_id="PR-1", surveyed_on=NOW.date(), text="")
    read = Profile(person_id="PR-1")
    with database.store(OPERATOR, write=True) as store:
        store.people.record(survey, read, commune=TRA_TAN, taxonomy=("release", "digest"), at=NOW)
    for communes, found in (((PHAN_RI, TRA_TAN), True), ((TRA_TAN,), True), ((PHAN_RI,), False), ((), False)):
        with database.store(Actor(user="officer", role=Role.OFFICER, communes=communes)) as store:
            if found:
                assert store.people.get("PR-1").commune == TRA_TAN
                continue
            with pytest.raises(NotFoundError):
                store.people.get("PR-1")
