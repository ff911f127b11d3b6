"""Offers laid out on disk: opened at once, by several servers, of this very database, and never of another."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from matching.search.index import index_of
from service.app import write_snapshot
from service.operations import day_pool, snapshots
from service.operations.matcher import Matcher, anybody
from service.operations.snapshots import Shelf, Snapshots
from service.settings import Settings
from service.storage.pools import standing_offers
from tests.pool.same import assert_same
from tests.service.conftest import World
from tests.service.test_matcher import Market, by_id, fresh


@pytest.fixture
def market(world: World) -> Market:
    """Some offers stand, some were closed."""
    market = Market(world, 21)
    for _ in range(30):
        market.move()
    return market


def settings_of(world: World) -> Settings:
    (world.path.parent / "key").write_bytes(b"k" * 32)
    folder = world.path.parent
    return Settings(database=f"sqlite:///{world.path}", secret_file=folder / "key", models=folder / "models")


def store_of(world: World, made_by: str = "this") -> Snapshots:
    return Snapshots(
        world.path.parent / "pools", world.house.taxonomy, home_province=world.house.home_province, made_by=made_by
    )


def matcher_of(world: World, write: Callable[..., None] | None = None) -> Matcher:
    store, house = store_of(world), world.house

    def plainly(as_of: object) -> None:
        store.write(house.database, house.today(), finish=lambda _: None)

    shelf = Shelf(store, write or plainly)
    return Matcher(house.taxonomy, house.matcher.model, home_province=house.home_province, shelf=shelf)


def written(world: World) -> Snapshots:
    store = store_of(world)
    store.write(world.house.database, world.house.today(), finish=lambda _: None)
    return store


def test_a_snapshot_is_opened_and_brought_up_to_date(world: World, market: Market, monkeypatch: pytest.MonkeyPatch):
    """Nothing but what changed since is read from the database."""
    store, house = written(world), world.house
    monkeypatch.setattr(day_pool, "standing_offers", lambda _: pytest.fail("everything is read"))
    for _ in range(15):
        market.move()
    with house.database.reading() as connection:
        pool = store.newest(connection, house.today())
        assert pool is not None
        assert_same(by_id(pool.now(connection)), fresh(world, connection))


def test_many_offers_are_laid_out_elsewhere_and_opened(world: World, market: Market, monkeypatch: pytest.MonkeyPatch):
    """Start, merge and start again; questions always find what stands."""
    monkeypatch.setattr("service.operations.matcher.LARGE", 1)
    monkeypatch.setattr(snapshots, "LARGE", 1)
    monkeypatch.setattr(day_pool, "_FEWEST_MOVED", 0)
    house, matcher = world.house, matcher_of(world)
    for _ in range(4):
        matcher.tend(house.database, house.today())
        with house.database.reading() as connection:
            offers = matcher.offers(connection, house.today())
            assert len(offers.added) == len(offers.gone) == 0
            market.move()
        with house.database.reading() as connection:
            assert_same(by_id(matcher.offers(connection, house.today())), fresh(world, connection))
    assert len(list((world.path.parent / "pools").glob("2*"))) == 2, "older snapshots are removed"


def test_one_server_uses_what_another_had_written(world: World, market: Market, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("service.operations.matcher.LARGE", 1)
    monkeypatch.setattr(snapshots, "LARGE", 1)
    monkeypatch.setattr(day_pool, "_FEWEST_MOVED", 0)
    house, first = world.house, matcher_of(world)
    first.tend(house.database, house.today())
    second = matcher_of(world, lambda _: pytest.fail("it is written already"))
    second.tend(house.database, house.today())
    market.move()
    for matcher in (first, second):
        matcher.tend(house.database, house.today())
        with house.database.reading() as connection:
            assert_same(by_id(matcher.offers(connection, house.today())), fresh(world, connection))


def test_a_database_with_another_history_has_none(world: World, market: Market):
    """An older copy that was put back and then changed is as far on as the snapshot, and yet another."""
    copy = world.path.with_name("copy.db")
    world.house.database.forget_deleted()
    shutil.copy(world.path, copy)
    market.move()
    store, house = written(world), world.house
    with house.database.reading() as connection:
        assert store.newest(connection, house.today()) is not None
    house.database.close()
    for name in (world.path, *world.path.parent.glob("viecgan.db-*")):
        name.unlink(missing_ok=True)
    copy.rename(world.path)
    for _ in range(3):
        market.move()
    with house.database.reading() as connection:
        assert store.newest(connection, house.today()) is None


@pytest.mark.parametrize("harm", ["other", "cut", "foreign", "unread"])
def test_what_cannot_be_used_is_passed_over(world: World, market: Market, harm: str):
    """Made by another version, cut short, foreign or of an unknown form: then the database is read."""
    written(world)
    (folder,) = (world.path.parent / "pools").glob("2*")
    if harm == "cut":
        os.truncate(folder / "kind.npy", 1)
    elif harm == "foreign":
        (folder / "manifest.json").write_bytes(b"[]")
    elif harm == "unread":
        (folder / "history.json").write_bytes(b"{}")
    store, house = store_of(world, made_by="another" if harm == "other" else "this"), world.house
    with house.database.reading() as connection:
        assert store.newest(connection, house.today()) is None


def test_another_version_takes_the_place_of_a_snapshot_of_the_same_point(world: World, market: Market):
    """Nothing was written between: the release changed, or what was stored is broken."""
    written(world)
    (folder,) = (world.path.parent / "pools").glob("2*")
    (folder / "manifest.json").write_bytes(b"[]")
    store, house = written(world), world.house
    with house.database.reading() as connection:
        pool = store.newest(connection, house.today())
        assert pool is not None
        assert_same(by_id(pool.seen), fresh(world, connection))


def test_the_index_is_stored_beside_the_columns(world: World, market: Market, caplog: pytest.LogCaptureFixture):
    """Whoever opens them reckons nothing."""
    settings, house = settings_of(world), world.house
    write_snapshot(settings, house.today())
    store = Snapshots(settings.pool_folder, house.taxonomy, home_province=house.home_province, made_by="?")
    (folder,) = settings.pool_folder.glob("2*")
    assert (folder / "index" / "manifest.json").exists()
    made_by = next(word for word in (folder / "history.json").read_text().split('"') if house.home_province in word)
    store = Snapshots(settings.pool_folder, house.taxonomy, home_province=house.home_province, made_by=made_by)
    with house.database.reading() as connection:
        pool = store.newest(connection, house.today())
        assert pool is not None
        day = house.today()
        model = house.matcher.model.recommender().model
        index_of(anybody(house.taxonomy, as_of=day), pool.seen, model, as_of=day.toordinal())
    assert not caplog.records


SERVER = """
import sys
from datetime import date
from pathlib import Path
from service.app import build_house
from service.settings import Settings

folder, day = Path(sys.argv[1]), date.fromisoformat(sys.argv[2])
house = build_house(Settings(database=sys.argv[3], secret_file=folder / "key", models=folder / "models"))
while True:
    with house.database.reading() as connection:
        offers = house.matcher.offers(connection, day)
        total = sum(int(array.sum()) for name, array in offers.rows.items() if array.dtype.kind in "iu")
    shared = mapped = 0
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if line[:1] in "0123456789abcdef" and "-" in line.split(" ", 1)[0]:
            mapped = ".pools/" in line and line.rstrip().endswith(".npy")
        elif mapped and line.startswith("Shared_Clean"):
            shared += int(line.split()[1])
    print(offers.base is None or offers.base.snapshot is not None, shared, offers.n_standing, total, flush=True)
    sys.stdin.readline()
"""


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="says which pages are shared on Linux only")
def test_two_servers_share_the_pages_of_one_snapshot(world: World, market: Market):
    """And each sees what the other's users change."""
    settings, house = settings_of(world), world.house
    write_snapshot(settings, house.today())
    command = [sys.executable, "-c", SERVER, str(world.path.parent), house.today().isoformat(), settings.database]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    servers = [subprocess.Popen(command, **pipes) for _ in range(2)]
    try:
        for server in servers:
            server.stdout.readline()
        for _ in range(3):
            market.move()
        told = []
        for server in servers:
            server.stdin.write("\n")
            server.stdin.flush()
            told.append(server.stdout.readline().split())
    finally:
        for server in servers:
            server.kill()
            server.communicate()
    with house.database.reading() as connection:
        standing = len(list(standing_offers(connection)))
    assert [(stored, int(count)) for stored, _, count, _ in told] == [("True", standing)] * 2
    assert told[0][3] == told[1][3]
    assert all(int(kilobytes) > 0 for _, kilobytes, _, _ in told)
