"""Wrong passwords are counted by every process together, and keep no stranger's victim out."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from service.app import build_app
from service.operations import sessions
from service.operations.sessions import MAX_FROM_ANYWHERE, MAX_WRONG
from service.privacy import Keys
from service.storage import tries
from service.storage.engine import Database
from service.storage.schema import known_origins, wrong_passwords
from service.storage.tries import KNOWN_FOR, WAIT
from tests.service.conftest import NOW, PASSWORD, World

HOME, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a password is held against is known here: to look at one takes a while."""
    monkeypatch.setattr(sessions, "password_matches", lambda kept, given: kept is not None and given == PASSWORD)


def sign_in(world: World, password: str = PASSWORD, *, origin: str = HOME, user: str = "officer.phanri") -> int:
    client = world.client(client=(origin, 50_000))
    return int(client.post("/api/v1/sessions", json={"user": user, "password": password}).status_code)


def guess(world: World, times: int, **where: str) -> set[int]:
    return {sign_in(world, "khong-phai", **where) for _ in range(times)}


def kept(world: World, what: Any = wrong_passwords) -> int:
    with world.house.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(what)).scalar_one())


def test_another_worker_gives_no_tries_of_its_own(world: World) -> None:
    """F1: the count is in the database; to sign in rightly forgets it."""
    other = World(house=world.house, app=build_app(world.house), clock=world.clock, path=world.path)
    assert guess(world, MAX_WRONG // 2) | guess(other, MAX_WRONG // 2 - 1) == {401}
    assert sign_in(other) == 201
    assert guess(world, MAX_WRONG // 2) | guess(other, MAX_WRONG // 2) == {401}
    assert (sign_in(world), sign_in(other)) == (429, 429)
    world.clock.at += WAIT + timedelta(seconds=1)
    assert sign_in(world) == 201
    other.app.state.runner.close()


def test_what_a_stranger_tries_elsewhere_keeps_nobody_out(world: World) -> None:
    """F1: a name is no secret; only where the wrong ones came from has to wait."""
    assert guess(world, MAX_WRONG + 3, origin=ELSEWHERE) == {401, 429}
    assert sign_in(world, origin=ELSEWHERE) == 429
    assert sign_in(world) == 201


def test_many_networks_together_do_not_try_without_end(world: World) -> None:
    """F1: who is known where they are goes on signing in; others wait, the owner at a new place too."""
    assert sign_in(world) == 201
    for i in range(MAX_FROM_ANYWHERE):
        assert sign_in(world, "khong-phai", origin=f"203.0.113.{i}") == 401
    assert sign_in(world, "khong-phai", origin="203.0.113.200") == 429
    assert sign_in(world, origin="192.0.2.1") == 429
    assert sign_in(world) == 201
    assert sign_in(world, user="officer.tratan", origin="203.0.113.200") == 201
    world.clock.at += KNOWN_FOR + timedelta(seconds=1)
    for i in range(MAX_FROM_ANYWHERE):
        assert sign_in(world, "khong-phai", origin=f"203.0.113.{i}") == 401
    assert sign_in(world) == 429


def test_a_house_with_many_addresses_is_one(world: World) -> None:
    assert {sign_in(world, "khong-phai", origin=f"2001:db8:1:2::{i:x}") for i in range(MAX_WRONG)} == {401}
    assert sign_in(world, origin="2001:db8:1:2:3::1") == 429
    assert sign_in(world, origin="2001:db8:1:3::1") == 201
    assert guess(world, MAX_WRONG, origin=f"::ffff:{ELSEWHERE}") == {401}
    assert sign_in(world, origin=ELSEWHERE) == 429


def test_of_many_tries_at_once_a_right_one_does_not_come_through(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """F1: what was counted while a password was looked at counts."""

    def meanwhile(_kept: str | None, given: str) -> bool:
        monkeypatch.setattr(sessions, "password_matches", lambda *_: False)
        assert guess(world, MAX_WRONG) == {401}
        return given == PASSWORD

    monkeypatch.setattr(sessions, "password_matches", meanwhile)
    assert sign_in(world) == 429


def test_counts_are_few_and_erased_with_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """F1, P8: anybody may send names; neither these nor addresses are kept."""
    for i in range(6):
        sign_in(world, "khong-phai", user=f"ten-go-nham-{i}", origin=ELSEWHERE)
    assert kept(world) == 12
    world.clock.at += WAIT + timedelta(seconds=1)
    sign_in(world, "khong-phai", user="ten-go-nham")
    assert kept(world) == 2
    monkeypatch.setattr(tries, "MAX_COUNTS", 4)
    for i in range(6):
        world.clock.at += timedelta(seconds=1)
        sign_in(world, "khong-phai", user=f"ten-go-nham-{i}", origin=ELSEWHERE)
    assert kept(world) == 4
    sign_in(world)
    world.clock.at += KNOWN_FOR + timedelta(seconds=1)
    sign_in(world, origin=ELSEWHERE)
    assert kept(world, known_origins) == 1
    world.house.database.forget_deleted()
    file = world.path.read_bytes()
    assert not any(word.encode() in file for word in ("ten-go-nham", ELSEWHERE, HOME))


@pytest.mark.parametrize("hours", [1, 24 * 365])
def test_a_clock_that_is_set_back_locks_nobody_out_for_long(world: World, hours: int) -> None:
    """F5: counts of a time that is yet to come are over."""
    guess(world, MAX_WRONG)
    world.clock.at = NOW - timedelta(hours=hours)
    assert sign_in(world) == 201


def test_tries_are_counted_in_each_kind_of_database(database_url: str) -> None:
    database = Database(database_url, Keys(b"k" * 32))
    database.prepare()
    with database.writing() as connection:
        mine = tries.Tries(connection, database.keys, "officer", HOME)
        for _ in range(3):
            mine.count_wrong(at=NOW)
        tries.Tries(connection, database.keys, "officer", ELSEWHERE).count_wrong(at=NOW)
        assert mine.wrong_so_far(at=NOW + WAIT) == (3, 4)
        assert mine.wrong_so_far(at=NOW + WAIT + timedelta(seconds=1)) == (0, 0)
    database.close()
