"""Offers open, change and close while they are served, and every question sees a whole pool."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.posting import LawFlag, PostingRead
from matching.errors import DataError, UnknownCodeError
from matching.pool.build import offers_from
from matching.pool.live import LivePool
from matching.pool.snapshot import save_offers
from matching.ranking.prior import stated_prior
from matching.search import Searcher
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY, loan, opening
from tests.pool.same import assert_same

TAXONOMY, HOME = current_taxonomy(), pools.HOME_PROVINCE
DAY = TODAY.toordinal()


def built(records, **known):
    return offers_from(records, {}, TAXONOMY, as_of=TODAY, home_province=HOME, **known)


def served(records) -> LivePool:
    return LivePool(built(records), TAXONOMY, as_of=TODAY, home_province=HOME)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), first=st.integers(0, 40), mapped=st.booleans())
def test_a_pool_grown_by_adding_equals_the_pool_built_at_once(seed: int, first: int, mapped: bool) -> None:
    records = pools.offers(seed, 80)
    with TemporaryDirectory() as place:
        pool = served(records[:first])
        if mapped:
            save_offers(Path(place) / "pool", pool.offers, taxonomy=TAXONOMY, as_of=TODAY)
            pool = LivePool.open(Path(place) / "pool", TAXONOMY, as_of=TODAY, home_province=HOME)
        assert [pool.add(record) for record in records[first:]] == list(range(first, 80))
        assert_same(pool.offers, built(records))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_after_changes_and_withdrawals_what_stands_equals_the_pool_built_at_once(
    seed: int, data: st.DataObject
) -> None:
    records = pools.offers(seed, 30)
    pool = served(records[:20])
    standing = {record.offer_id: record for record in records[:20]}
    for step, record in enumerate(records[20:]):
        name = data.draw(st.sampled_from(sorted(standing)))
        kind = data.draw(st.sampled_from(["add", "change", "withdraw"]))
        del standing[name]
        if kind == "change":
            standing[name] = replace(record, offer_id=name)
            pool.change(standing[name])
        else:
            pool.withdraw(name)
        if kind == "add":
            standing[f"N{step}"] = replace(record, offer_id=f"N{step}")
            pool.add(standing[f"N{step}"])
        assert pool.row_of(name) == (len(pool.offers) - 1 if kind == "change" else None)
    assert_same(pool.offers.take(pool.offers.standing()), built(list(standing.values())))


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_next_question_sees_what_was_added_and_closed(seed: int) -> None:
    """M3: the pruned search over a pool that grew shows what judging everything shows."""
    people, _ = pools.pools(seed, 4, 0)
    records = pools.offers(seed, 120)
    pool = served(records[:100])
    for record in records[100:]:
        pool.add(record)
    best = Searcher(people, pool.offers, stated_prior(), per="person", as_of=DAY).best(np.arange(4), k=3)
    for row in best.shown.offer.tolist():
        pool.close(row, as_of=TODAY)
    searcher = Searcher(people, pool.offers, stated_prior(), per="person", as_of=DAY)
    found, whole = searcher.best(np.arange(4), k=3), searcher.find(np.arange(4), k=3)
    assert not set(found.shown.offer.tolist()) & set(best.shown.offer.tolist())
    assert found.shown.offer.tolist() == whole.shown.offer.tolist() and found.score.tolist() == whole.score.tolist()


def test_a_question_on_its_way_keeps_its_pool_while_others_are_added() -> None:
    records = pools.offers(1, 200)
    pool = served(records[:10])
    before = pool.offers
    for record in records[10:]:
        pool.add(record)
    assert_same(before, built(records[:10]))
    assert len(pool.offers) == 200 and pool.offers.base is before and pool.offers is pool.offers


def test_a_closed_offer_tells_its_day_and_a_withdrawn_one_that_it_is_gone() -> None:
    pool = served([opening(), loan()])
    pool.close(0, as_of=TODAY)
    assert date.fromordinal(int(pool.offers.closes_on[0])) == TODAY - timedelta(days=1)
    pool.withdraw("L1")
    pool.close(1, as_of=TODAY)
    assert pool.row_of("L1") is None and pool.offers.standing().tolist() == [0]


def test_what_is_put_stands_whatever_stood_before_and_what_is_dropped_does_not() -> None:
    """And each counts once."""
    pool = served([opening("J0")])
    for name in ("J0", "J1", "J1"):
        row = pool.put(opening(name, title="Thợ hồ"))
        assert pool.row_of(name) == row and pool.offers.records[row].title == "Thợ hồ"
    assert pool.offers.n_standing == 2
    for _ in range(2):
        pool.drop("J0")
        assert pool.row_of("J0") is None and pool.offers.n_standing == 1


def test_an_offer_stands_once() -> None:
    pool = served([opening()])
    with pytest.raises(DataError, match="J1"):
        pool.add(opening())
    for call in (pool.change, lambda offer: pool.withdraw(offer.offer_id)):
        with pytest.raises(DataError, match="J2"):
            call(opening("J2"))
    pool.withdraw("J1")
    assert pool.add(opening()) == 1


def test_an_offer_that_cannot_be_read_changes_nothing() -> None:
    pool = served([opening()])
    with pytest.raises(UnknownCodeError, match="J1"):
        pool.change(opening(occupation="0000"))
    assert len(pool.offers) == 1 and pool.row_of("J1") == 0


def test_what_is_known_of_an_opening_from_outside_counts_when_it_is_added() -> None:
    flags = (LawFlag(rule="deposit_forbidden", text_vi="Không được thu tiền cọc.", evidence=(0, 3)),)
    record, read = opening("J2", headcount=3, employer_id="E1"), PostingRead(offer_id="J2", law_flags=flags)
    pool = served([])
    pool.add(record, read, taken=1, response_rate=0.5)
    at_once = offers_from(
        [record], {"J2": read}, TAXONOMY, as_of=TODAY, taken={"J2": 1}, response_rates={"E1": 0.5}, home_province=HOME
    )
    assert_same(pool.offers, at_once)
    assert pool.offers.held[0] and pool.offers.seats[0] == 2


def test_codes_become_wider_when_their_values_are_too_many() -> None:
    records = [opening(f"J{i}", headcount=i) for i in range(300)]
    pool = served(records[:250])
    for record in records[250:]:
        pool.add(record)
    assert pool.offers.rows["seats"].dtype == np.uint16 and pool.offers.seats[:].tolist() == list(range(300))
