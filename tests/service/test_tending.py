"""The house is looked after while it answers, and writers take their turns."""

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from service.access import OPERATOR
from service.operations import day_pool, tending
from service.operations.own_offers import keep_offer, read_changed_offer, read_new_offer
from service.operations.tending import Tender
from service.storage.migrations import remember_meta
from tests.pool.same import assert_same
from tests.service.conftest import World
from tests.service.examples import OPENING, SURVEY
from tests.service.test_matcher import MAKERS, Market, by_id, fresh


def test_offers_are_ready_before_the_first_question_and_followed_beside_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is imported while nobody asks is taken up, and laid out anew when it is much."""
    monkeypatch.setattr(tending, "_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(day_pool, "_FEWEST_MOVED", 2)
    house, market = world.house, Market(world, 31)
    tender = Tender(house)
    tender.start()
    for _ in range(12):
        market.move()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with house.database.reading() as connection:
            offers = house.matcher.offers(connection, house.today())
            assert_same(by_id(offers), fresh(world, connection))
        if len(offers) - len(offers.added) > 0:
            break
        time.sleep(0.01)
    tender.close()
    assert len(offers.added) + len(offers.gone) < 12


def test_what_was_opened_and_closed_again_is_swept_out_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool of which nothing but that moved does not grow for ever."""
    monkeypatch.setattr(day_pool, "_FEWEST_MOVED", 2)
    house, (owner, record) = world.house, next(iter(MAKERS.items()))
    house.matcher.tend(house.database, house.today())
    for number in range(4):
        with house.database.store(owner, write=True) as store:
            keep_offer(store, house, read_new_offer(house, owner, record | {"offer_id": f"J{number}"}))
        with house.database.reading() as connection:
            assert house.matcher.offers(connection, house.today()).n_standing == 1
        closed = read_changed_offer(house, owner, f"J{number}", {"status": "closed"})
        with house.database.store(owner, write=True) as store:
            keep_offer(store, house, closed)
    house.matcher.tend(house.database, house.today())
    with house.database.reading() as connection:
        assert len(house.matcher.offers(connection, house.today())) == 0


def test_the_log_is_folded_in_now_and_then(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at every round: whoever writes meanwhile waits for the disk."""
    monkeypatch.setattr(tending, "_EVERY_SECONDS", 0.001)
    done, folded = list[str](), threading.Event()

    def fold() -> None:
        done.append("fold")
        folded.set()

    monkeypatch.setattr(world.house.matcher, "tend", lambda *_: done.append("tend"))
    monkeypatch.setattr(world.house.database, "fold_log", fold)
    tender = Tender(world.house)
    tender.start()
    assert folded.wait(20)
    tender.close()
    assert done.index("fold") >= tending._ROUNDS_A_FOLD


def test_a_fault_of_the_database_does_not_end_the_tending(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tending, "_EVERY_SECONDS", 0.01)
    tender, called = Tender(world.house), threading.Event()
    tender.start()

    def broken() -> None:
        if caplog.records:
            called.set()
        raise OperationalError("", {}, Exception("gone"))

    monkeypatch.setattr(world.house.database, "fold_log", broken)
    assert called.wait(20)
    tender.close()
    assert "could not be tended" in caplog.text


def test_the_service_answers_with_the_offers_it_was_started_with_and_those_that_came(world: World) -> None:
    """From the start of the application to its end."""
    with world.client("employer.one") as employer:
        assert employer.post("/api/v1/openings", json=OPENING | {"offer_id": "J-new"}).status_code == 201
        officer = world.client("officer.phanri")
        officer.post("/api/v1/surveys", json=SURVEY)
        found = officer.get("/api/v1/people/PR-1/matches").json()
        assert "J-new" in [match["offer_id"] for match in found["matches"]]


def test_a_writer_gets_its_turn_as_soon_as_the_other_has_written(world: World) -> None:
    database, begun = world.house.database, threading.Event()
    waited = []

    def second() -> None:
        begun.wait()
        at = time.perf_counter()
        with database.store(OPERATOR, write=True) as store:
            remember_meta(store.connection, "turn", "second")
        waited.append(time.perf_counter() - at)

    thread = threading.Thread(target=second)
    thread.start()
    with database.store(OPERATOR, write=True) as store:
        begun.set()
        time.sleep(0.2)
        assert not waited
        remember_meta(store.connection, "turn", "first")
    thread.join(20)
    assert waited and waited[0] > 0.15


def test_what_was_written_is_folded_into_the_file(world: World, tmp_path: Path) -> None:
    """The log does not grow for ever, and nobody who asks has to fold it in."""
    world.client("officer.phanri").post("/api/v1/surveys", json=SURVEY)
    world.house.database.fold_log()
    shutil.copy(world.path, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM people").fetchone() == (1,)


def test_the_log_does_not_grow_for_as_long_as_somebody_writes(world: World) -> None:
    """It begins anew after it was folded, though the next writer is there already."""
    database, over, written = world.house.database, threading.Event(), []

    def write() -> None:
        while not over.wait(0.002):
            with database.writing() as connection:
                remember_meta(connection, "turn", str(len(written)))
            written.append(len(written))

    def folded_after(more: int) -> int:
        upto = len(written) + more
        while len(written) < upto:
            time.sleep(0.001)
        database.fold_log()
        return world.path.with_name(f"{world.path.name}-wal").stat().st_size

    thread = threading.Thread(target=write)
    thread.start()
    first, *_, last = [folded_after(60) for _ in range(10)]
    over.set()
    thread.join(20)
    assert last < 4 * first


def test_a_fault_in_the_first_round_does_not_keep_the_house_shut(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The questions that come meanwhile say themselves what is wrong."""
    monkeypatch.setattr(tending, "_EVERY_SECONDS", 0.001)
    rounds, done = iter([True]), threading.Event()

    def tend(*_: object) -> None:
        if next(rounds, False):
            raise OperationalError("SELECT", {}, Exception("the disk is gone"))
        done.set()

    monkeypatch.setattr(world.house.matcher, "tend", tend)
    tender = Tender(world.house)
    tender.start()
    assert done.wait(5)
    tender.close()
