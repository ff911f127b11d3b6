"""The offers that the matcher holds follow the database, and answer as if they had just been read from it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, text

from matching.domain.vocabulary import OfferKind
from matching.extraction.posting import PostingReader
from matching.pool.build import offers_from
from matching.pool.closing import WITHDRAWN
from matching.pool.offers import Offers
from matching.ranking.prior import stated_prior
from matching.recommender import Recommender
from service.access import Actor, Role
from service.errors import ConflictError, NotFoundError
from service.operations import day_pool
from service.operations.day_pool import DayPool
from service.operations.matcher import ALL_KINDS, Matcher
from service.operations.officer import find_matches
from service.operations.own_offers import keep_offer, read_changed_offer, read_new_offer
from service.storage.engine import Database
from service.storage.migrations import STEPS, read_meta, remember_meta
from service.storage.pools import changed_offers, standing_offers
from service.storage.rows import OfferStatus
from tests.pool.same import assert_same
from tests.service.conftest import PHAN_RI, World
from tests.service.examples import LOAN, OPENING, PROGRAMME, SURVEY
from tests.service.referring import drop_referrals
from tests.test_search_live import whatever_the_wages

OFFICER = Actor(user="officer.phanri", role=Role.OFFICER, communes=(PHAN_RI,))
MAKERS = {
    Actor(user="employer.one", role=Role.EMPLOYER, communes=()): OPENING,
    Actor(user="provider.one", role=Role.PROVIDER, communes=()): PROGRAMME,
    Actor(user="fund.tratan", role=Role.LENDER, communes=()): LOAN,
}
TITLES = ("Phụ hồ", "Thợ xây", "Bán hàng", "Việc khác")


class Market:
    """Owners who open, change and close offers at random, through the operations."""

    def __init__(self, world: World, seed: int) -> None:
        self._house, self._random, self._number = world.house, Random(seed), count()
        self._made: list[tuple[Actor, str]] = []

    def move(self) -> None:
        """Open an offer, or change, close or open again one of before."""
        if not self._made or self._random.random() < 0.4:
            self._open()
            return
        owner, offer_id = self._random.choice(self._made)
        title = {"title": self._random.choice(TITLES)}
        changes = self._random.choice([title, {"status": "closed"}, {"status": "open"} | title])
        read = read_changed_offer(self._house, owner, offer_id, changes)
        with self._house.database.store(owner, write=True) as store:
            keep_offer(store, self._house, read)

    def _open(self) -> None:
        owner = self._random.choice(list(MAKERS))
        offer_id = f"O{self._random.randrange(1000)}-{next(self._number)}"
        record = MAKERS[owner] | {"offer_id": offer_id, "title": self._random.choice(TITLES)}
        if "wage_min_vnd" in record:
            record |= {"wage_min_vnd": self._random.randrange(200, 380) * 1000}
        with self._house.database.store(owner, write=True) as store:
            keep_offer(store, self._house, read_new_offer(self._house, owner, record))
        self._made.append((owner, offer_id))


def fresh(world: World, connection: Connection) -> Offers:
    """The standing offers read anew."""
    rows, house = list(standing_offers(connection)), world.house
    reads = {row.offer.offer_id: row.posting_read for row in rows if row.posting_read is not None}
    records = [row.offer for row in rows]
    return offers_from(records, reads, house.taxonomy, as_of=house.today(), home_province=house.home_province)


def by_id(offers: Offers) -> Offers:
    return offers.take(np.array(sorted(offers.standing().tolist(), key=offers.ids.__getitem__), dtype=np.int64))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("fewest_moved", [0, 1024])
def test_after_any_moves_the_pool_and_the_answers_are_those_of_a_pool_read_anew(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int, fewest_moved: int
) -> None:
    """M3: opened, changed, closed and opened again; whether or not the pool was laid out anew in between.

    But for usual wages: those are of the pool as it was laid out last (see the decision on living pools).
    """
    monkeypatch.setattr(day_pool, "_FEWEST_MOVED", fewest_moved)
    world.client("officer.phanri").post("/api/v1/surveys", json=SURVEY)
    house, market = world.house, Market(world, seed)
    recommender = Recommender(house.taxonomy, whatever_the_wages(stated_prior()))
    monkeypatch.setattr(house.matcher.model, "recommender", lambda: recommender)
    for _ in range(12):
        for _ in range(4):
            market.move()
        house.matcher.tend(house.database, house.today())
        market.move()
        with house.database.reading() as connection:
            assert_same(by_id(house.matcher.offers(connection, house.today())), fresh(world, connection))
        anew = Matcher(house.taxonomy, house.matcher.model, home_province=house.home_province)
        for kinds in (ALL_KINDS, (OfferKind.OPENING,)):
            asked = {"k": 3, "kinds": kinds, "as_of": house.today(), "why_not": "all"}
            found = find_matches(house, OFFICER, "PR-1", **asked)
            with house.database.store(OFFICER) as store:
                person = store.people.get("PR-1")
                offers = anew.offers(store.connection, house.today())
                assert found == anew.for_person(offers, person, None, **asked)


def test_only_what_changed_is_read_from_the_database(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an offer costs that opens while others stand does not grow with those."""
    house, market = world.house, Market(world, 4)
    for _ in range(10):
        market.move()
    with house.database.reading() as connection:
        house.matcher.offers(connection, house.today())
    monkeypatch.setattr(day_pool, "standing_offers", lambda _: pytest.fail("everything is read again"))
    market.move()
    with house.database.reading() as connection:
        assert_same(by_id(house.matcher.offers(connection, house.today())), fresh(world, connection))
        house_offers = house.matcher.offers(connection, house.today())
        assert house.matcher.offers(connection, house.today()) is house_offers


def test_a_question_on_its_way_keeps_the_offers_it_was_given(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and numbers stay; a row that is withdrawn meanwhile says so, and is proposed no more."""
    monkeypatch.setattr(day_pool, "_FEWEST_MOVED", 0)
    house, market = world.house, Market(world, 5)
    for _ in range(10):
        market.move()
    with house.database.reading() as connection:
        before = house.matcher.offers(connection, house.today())
        then = fresh(world, connection)
    for _ in range(30):
        market.move()
        house.matcher.tend(house.database, house.today())
    its = by_id(before)
    days = np.where(its.closes_on == WITHDRAWN, then.closes_on, its.closes_on)
    assert_same(replace(its, closes_on=days), then)


def test_changes_made_while_a_pool_is_laid_out_anew_are_not_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions go on meanwhile with what there is; the new columns take the place when they hold every change."""
    monkeypatch.setattr(day_pool, "_FEWEST_MOVED", 0)
    monkeypatch.setattr(day_pool, "_AT_ONCE", 1)
    house, market = world.house, Market(world, 8)
    plain, held = DayPool.laid_anew, []

    def busy(pool: DayPool, *args: Any, **named: Any) -> DayPool:
        anew = plain(pool, *args, **named)
        for _ in range(5):
            market.move()
            with house.database.reading() as connection:
                held.append(by_id(house.matcher.offers(connection, house.today())))
                assert_same(held[-1], fresh(world, connection))
        return anew

    monkeypatch.setattr(DayPool, "laid_anew", busy)
    for _ in range(4):
        for _ in range(3):
            market.move()
        house.matcher.tend(house.database, house.today())
        with house.database.reading() as connection:
            offers = house.matcher.offers(connection, house.today())
            assert_same(by_id(offers), fresh(world, connection))
    assert held and len(offers.added) <= 5


def test_days_of_the_same_law_share_their_columns(world: World) -> None:
    house = world.house
    with house.database.reading() as connection:
        today = house.matcher.offers(connection, house.today())
        assert house.matcher.offers(connection, house.today() + timedelta(days=1)) is today
        assert house.matcher.offers(connection, date(2020, 1, 1)) is not today


def test_what_another_process_writes_is_seen_by_the_next_question(world: World) -> None:
    """Two processes share a database; each has its own pool."""
    house, market = world.house, Market(world, 6)
    other = Matcher(house.taxonomy, house.matcher.model, home_province=house.home_province)
    database = Database(house.database.url, house.database.keys)
    for _ in range(15):
        market.move()
        for matcher in (house.matcher, other):
            with database.reading() as connection:
                for day in (house.today(), house.today() + timedelta(days=1)):
                    assert set(by_id(matcher.offers(connection, day)).ids) == {
                        row.offer.offer_id for row in standing_offers(connection)
                    }
    database.close()


def test_to_close_an_offer_reads_no_text(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says stays as it was read, until it is opened again."""
    owner, record = next(iter(MAKERS.items()))
    house, first = world.house, read_new_offer(world.house, owner, record | {"offer_id": "J1"})
    with house.database.store(owner, write=True) as store:
        keep_offer(store, house, first)
    monkeypatch.setattr(PostingReader, "read", lambda *_: pytest.fail("a text was read"))
    closed = read_changed_offer(house, owner, "J1", {"status": "closed"})
    with house.database.store(owner, write=True) as store:
        kept = keep_offer(store, house, closed)
    assert (kept.status, kept.offer, kept.posting_read) == (OfferStatus.CLOSED, first.offer, first.posting_read)


def test_what_is_not_kept_is_no_change(world: World) -> None:
    """A duplicate and a conflict leave the count of changes as it was; a close is in the list of what changed."""
    owner, record = next(iter(MAKERS.items()))
    other = Actor(user="employer.two", role=Role.EMPLOYER, communes=())
    house, first = world.house, read_new_offer(world.house, owner, record | {"offer_id": "J1"})
    with house.database.store(owner, write=True) as store:
        keep_offer(store, house, first)
        keep_offer(store, house, first)
        assert [row.offer.offer_id for row in changed_offers(store.connection, after=0, upto=1)] == ["J1"]
        assert changed_offers(store.connection, after=1, upto=9) == []
    closed = read_changed_offer(house, owner, "J1", {"status": "closed"})
    with house.database.store(owner, write=True) as store:
        keep_offer(store, house, closed)
        assert changed_offers(store.connection, after=0, upto=1) == []
        assert [row.status for row in changed_offers(store.connection, after=1, upto=2)] == [OfferStatus.CLOSED]
    with pytest.raises(NotFoundError):
        read_changed_offer(house, other, "J1", {"status": "open"})
    with house.database.store(other, write=True) as store:
        with pytest.raises(ConflictError):
            keep_offer(store, house, read_new_offer(house, other, record | {"offer_id": "J1"}))
        assert changed_offers(store.connection, after=2, upto=9) == []


def test_of_two_changes_at_the_same_time_the_second_is_told(world: World) -> None:
    """An offer is read before it is kept; what another wrote between is not written over."""
    owner, record = next(iter(MAKERS.items()))
    house = world.house
    with house.database.store(owner, write=True) as store:
        keep_offer(store, house, read_new_offer(house, owner, record | {"offer_id": "J1"}))
    changes = [read_changed_offer(house, owner, "J1", {"title": title}) for title in TITLES[1:3]]
    with house.database.store(owner, write=True) as store:
        keep_offer(store, house, changes[0])
        with pytest.raises(ConflictError, match="same time"):
            keep_offer(store, house, changes[1])
        assert store.offers.get("J1").offer.title == TITLES[1]


def test_a_database_of_before_gets_the_count_of_changes(world: World) -> None:
    """Its offers are kept, and what changes from now on is found."""
    owner, record = next(iter(MAKERS.items()))
    first, second = (read_new_offer(world.house, owner, record | {"offer_id": name}) for name in ("J1", "J2"))
    with world.house.database.store(owner, write=True) as store:
        keep_offer(store, world.house, first)
    with world.house.database.writing() as connection:
        drop_referrals(connection)
        connection.execute(text("DROP INDEX offers_by_change"))
        connection.execute(text("ALTER TABLE offers DROP COLUMN changed_in"))
        remember_meta(connection, "migrations", "2")
    again = Database(world.house.database.url, world.house.database.keys)
    again.prepare()
    with again.store(owner, write=True) as store:
        assert read_meta(store.connection, "migrations") == str(len(STEPS))
        assert changed_offers(store.connection, after=0, upto=9) == []
        keep_offer(store, world.house, second)
        assert [row.offer.offer_id for row in changed_offers(store.connection, after=1, upto=9)] == ["J2"]
        assert [row.offer.offer_id for row in standing_offers(store.connection)] == ["J1", "J2"]
    again.close()
