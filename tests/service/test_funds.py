"""The ledger of a fund: entries are added and never changed, and what is not there is not lent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from starlette.testclient import TestClient

from service import audit
from service.access import Actor, Role
from service.api.answers import write_cursor
from service.errors import ConflictError
from service.operations.funds import ContributionAsked, LendingAsked, RepaymentAsked, contribute, find_fund, lend, repay
from service.operations.keeping import erase_person
from service.operations.own_offers import keep_offer, read_new_offer
from service.storage.pools import changed_offers, standing_offers
from service.storage.schema import fund_borrowers, fund_entries
from tests.service.conftest import World
from tests.service.examples import LOAN, OPENING, SURVEY
from tests.service.referring import API, go, refer

KEEPER = Actor(user="fund.tratan", role=Role.LENDER)
FUND = f"{API}/funds/L1"


def keeper_of(world: World, **more: Any) -> TestClient:
    """Record the loan scheme L1, which is open to everybody; return its keeper's client."""
    keeper = world.client("fund.tratan")
    record = LOAN | {"offer_id": "L1", "max_vnd": None, "balance_vnd": None} | more
    assert keeper.post(f"{API}/loans", json=record).status_code == 201
    return keeper


def put(keeper: TestClient, what: str, amount: int, **more: Any) -> dict[str, Any]:
    """Write an entry that must be allowed; return it."""
    answer = keeper.post(f"{FUND}/{what}", json={"amount_vnd": amount} | more)
    assert answer.status_code == 201, answer.text
    entry: dict[str, Any] = answer.json()
    return entry


def pool_balance(world: World) -> int | None:
    """Return what the matcher is told that L1 holds."""
    with world.house.database.reading() as connection:
        [row] = [row for row in standing_offers(connection) if row.offer.offer_id == "L1"]
    return row.offer.balance_vnd  # type: ignore[union-attr]


def test_what_came_went_and_came_back_stands_entry_by_entry(world: World) -> None:
    keeper = keeper_of(world)
    put(keeper, "contributions", 30, receipt="PT-1/2026", on="2026-11-20")
    put(keeper, "loans", 20)
    put(keeper, "repayments", 5, loan=2)
    told = keeper.get(FUND).json()
    assert {name: told[name] for name in told if name.endswith("_vnd")} == {
        "balance_vnd": 15, "contributed_vnd": 30, "lent_vnd": 20, "repaid_vnd": 5,
    }  # fmt: skip
    assert [(its["kind"], its["amount_vnd"], its["balance_vnd"], its["repays"]) for its in told["items"]] == [
        ("repayment", 5, 15, 2), ("loan", 20, 10, None), ("contribution", 30, 30, None),
    ]  # fmt: skip
    assert (told["items"][2]["receipt"], told["items"][2]["on"]) == ("PT-1/2026", "2026-11-20")
    first = keeper.get(f"{FUND}?limit=2").json()
    rest = keeper.get(f"{FUND}?limit=2&cursor={first['next_cursor']}").json()
    assert (first["items"] + rest["items"], rest["next_cursor"]) == (told["items"], None)
    for position, shown in ((0, 0), (2, 1), (2**31 - 1, 3)):
        assert len(keeper.get(FUND, params={"cursor": write_cursor(position)}).json()["items"]) == shown


def test_what_the_fund_does_not_hold_is_not_lent(world: World) -> None:
    keeper = keeper_of(world, max_vnd=50)
    put(keeper, "contributions", 60)
    for amount, why in ((51, "lends 50 VND at most"), (50, ""), (11, "the fund holds 10 VND")):
        answer = keeper.post(f"{FUND}/loans", json={"amount_vnd": amount})
        assert (answer.status_code == 201) == (why == "")
        assert why in answer.json().get("detail", "")
    for loan, amount, why in ((1, 5, "no loan of that number"), (9, 5, "no loan"), (2, 51, "50 VND of this loan")):
        answer = keeper.post(f"{FUND}/repayments", json={"amount_vnd": amount, "loan": loan})
        assert (answer.status_code, why in answer.json()["detail"]) == (409, True)
    assert keeper.get(FUND).json()["balance_vnd"] == 10
    assert keeper.patch(f"{API}/loans/L1", json={"status": "closed"}).status_code == 200
    assert keeper.post(f"{FUND}/loans", json={"amount_vnd": 1}).status_code == 409
    put(keeper, "repayments", 50, loan=2)


@pytest.mark.parametrize(
    ("what", "body", "path"),
    [
        ("contributions", {}, "amount_vnd"),
        ("contributions", {"amount_vnd": 0}, "amount_vnd"),
        ("contributions", {"amount_vnd": -5}, "amount_vnd"),
        ("contributions", {"amount_vnd": 1.5}, "amount_vnd"),
        ("contributions", {"amount_vnd": 10**13}, "amount_vnd"),
        ("contributions", {"amount_vnd": 5, "on": "2026-11-24"}, "on"),
        ("contributions", {"amount_vnd": 5, "receipt": "chị Lan"}, "receipt"),
        ("contributions", {"amount_vnd": 5, "receipt": "Lan"}, "receipt"),
        ("contributions", {"amount_vnd": 5, "name": "x"}, "name"),
        ("repayments", {"amount_vnd": 5}, "loan"),
        ("repayments", {"amount_vnd": 5, "loan": 2**40}, "loan"),
    ],
)
def test_what_cannot_be_is_refused_and_the_field_named(
    world: World, what: str, body: dict[str, Any], path: str
) -> None:
    keeper = keeper_of(world)
    answer = keeper.post(f"{FUND}/{what}", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, path)
    assert keeper.get(FUND).json()["items"] == []


def test_a_ledger_begins_with_what_the_scheme_said_to_hold_and_then_says_it_alone(world: World) -> None:
    """M9: the matcher learns what the ledger says, and so does the scheme's own record."""
    keeper = keeper_of(world, balance_vnd=100)
    assert (keeper.get(FUND).json()["balance_vnd"], pool_balance(world)) == (100, 100)
    assert put(keeper, "loans", 100)["number"] == 2
    assert pool_balance(world) == 0
    assert keeper.get(f"{API}/loans").json()["items"][0]["balance_vnd"] == 0
    answer = keeper.patch(f"{API}/loans/L1", json={"balance_vnd": 70})
    assert (answer.status_code, "ledger" in answer.json()["detail"]) == (409, True)
    assert keeper.patch(f"{API}/loans/L1", json={"max_vnd": 60}).status_code == 200
    assert (keeper.get(FUND).json()["balance_vnd"], pool_balance(world)) == (0, 0)


def test_a_running_matcher_says_that_the_fund_is_empty_once_it_is(world: World) -> None:
    """M9: from the ledger's balance, without a start."""
    keeper, officer = keeper_of(world), world.client("officer.phanri")
    text = "toi can vay 5 trieu de chan nuoi, khong can viec lam thue"
    assert officer.post(f"{API}/surveys", json=SURVEY | {"text": text}).status_code == 201
    route = f"{API}/people/PR-1/matches/L1"
    put(keeper, "contributions", 20_000_000)
    assert "verdicts" not in officer.get(route).json()
    put(keeper, "loans", 20_000_000)
    assert [its["rule"] for its in officer.get(route).json()["verdicts"]] == ["fund_not_empty"]
    put(keeper, "repayments", 20_000_000, loan=2)
    assert "verdicts" not in officer.get(route).json()


def test_nobody_else_can_tell_a_fund_from_none(world: World) -> None:
    """P1: unknown and not yours are the same bytes, also for an offer that is no loan."""
    keeper_of(world)
    world.client("employer.one").post(f"{API}/openings", json=OPENING | {"offer_id": "J1"})
    other = world.client("employer.one")
    mine = world.client("fund.tratan")
    for tail, body in (("", None), ("/contributions", {"amount_vnd": 5}), ("/loans", {"amount_vnd": 5})):
        method = "GET" if body is None else "POST"
        answers = [
            client.request(method, f"{API}/funds/{fund}{tail}", json=body)
            for client, fund in ((other, "L1"), (other, "L9"), (mine, "J1"), (mine, "L9"))
        ]
        assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


def test_a_loan_on_a_referral_is_paid_once_and_outlives_the_person_without_them(world: World) -> None:
    """P7, P8: the entry and its sum stay, on whose referral it was paid goes; it can still be repaid."""
    keeper, officer = keeper_of(world, balance_vnd=50), world.client("officer.phanri")
    officer.post(f"{API}/surveys", json=SURVEY | {"text": "toi can vay 5 trieu de chan nuoi"})
    referral = refer(officer, "PR-1", "L1")
    body = {"amount_vnd": 30, "referral_id": referral}
    assert keeper.post(f"{FUND}/loans", json=body).status_code == 409
    go(officer, referral, "agreed", "sent")
    lent = put(keeper, "loans", 30, referral_id=referral)
    assert lent["referral_id"] == referral
    assert keeper.post(f"{FUND}/loans", json=body).status_code == 409
    assert keeper.post(f"{FUND}/loans", json=body | {"referral_id": "Rnone"}).status_code == 404
    looks = officer.get(f"{API}/audit/people/PR-1").json()["items"]
    assert ("fund_loan", "fund.tratan") in {(look["action"], look["actor"]) for look in looks}
    erase_person(world.house.database, "PR-1", at=world.house.now())
    entry = keeper.get(FUND).json()["items"][0]
    assert (entry["kind"], entry["amount_vnd"], entry["referral_id"]) == ("loan", 30, None)
    with world.house.database.reading() as connection:
        assert connection.execute(fund_borrowers.select()).all() == []
    put(keeper, "repayments", 30, loan=lent["number"])


def test_the_same_key_is_one_entry(world: World) -> None:
    """F6."""
    keeper = keeper_of(world)
    sent = [
        keeper.post(f"{FUND}/contributions", json={"amount_vnd": 5}, headers={"Idempotency-Key": "once"})
        for _ in range(3)
    ]
    assert len({answer.content for answer in sent}) == 1
    assert keeper.get(FUND).json()["balance_vnd"] == 5


def test_every_entry_is_in_the_audit(world: World) -> None:
    """P7."""
    keeper = keeper_of(world, balance_vnd=9)
    put(keeper, "loans", 5)
    with world.house.database.reading() as connection:
        audit.verify(connection, world.house.database.keys)
        told = [row.action for row in connection.execute(audit.audit.select()) if row.action.startswith("fund_")]
    assert told == ["fund_carried", "fund_loan"]


def test_the_database_itself_refuses_a_balance_below_zero(
    build: Callable[..., World], tmp_path: Path, database_url: str
):
    """On both databases, whatever the code above it does."""
    world = build(tmp_path, database_url)
    keeper_of(world)
    entry = {"fund": "L1", "number": 1, "kind": "loan", "on": "2026-11-23", "at": "x", "by": "x"}
    for wrong in ({"amount_vnd": 5, "balance_vnd": -5}, {"amount_vnd": 0, "balance_vnd": 0}):
        with pytest.raises(IntegrityError), world.house.database.writing() as connection:
            connection.execute(insert(fund_entries).values(**entry, **wrong))


MOVES = st.lists(
    st.tuples(st.sampled_from(["give", "lend", "repay"]), st.integers(1, 40), st.integers(1, 12)), max_size=25
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, stated=st.none() | st.integers(0, 50))
def test_whatever_is_tried_the_sums_agree_and_nothing_falls_below_zero(
    world: World, moves: list[tuple[str, int, int]], stated: int | None
) -> None:
    house = world.house
    read = read_new_offer(house, KEEPER, LOAN | {"balance_vnd": stated, "max_vnd": None})
    fund = read.offer.offer_id
    with house.database.store(KEEPER, write=True) as store:
        keep_offer(store, house, read)
    for kind, amount, loan in moves:
        try:
            with house.database.store(KEEPER, write=True) as store:
                if kind == "give":
                    contribute(store, house, fund, ContributionAsked(amount_vnd=amount))
                elif kind == "lend":
                    lend(store, house, fund, LendingAsked(amount_vnd=amount))
                else:
                    repay(store, house, fund, RepaymentAsked(amount_vnd=amount, loan=loan))
        except ConflictError:
            continue
    found = find_fund(house, KEEPER, fund, limit=100)
    assert found.balance_vnd == found.contributed_vnd - found.lent_vnd + found.repaid_vnd
    assert all(entry.balance_vnd >= 0 for entry in found.entries)
    assert [entry.number for entry in found.entries] == list(range(len(found.entries), 0, -1))
    for entry in found.entries:
        back = sum(its.amount_vnd for its in found.entries if its.repays == entry.number)
        assert back <= (entry.amount_vnd if entry.kind == "loan" else 0)
    with house.database.reading() as connection:
        assert changed_offers(connection, after=0, upto=10**6)[-1].offer.balance_vnd in (found.balance_vnd, stated)  # type: ignore[union-attr]


def test_what_was_written_by_mistake_is_taken_back_by_another_entry(world: World) -> None:
    """Both stay in the ledger; the sums and what is owed are as if it had not been written."""
    keeper = keeper_of(world)
    put(keeper, "contributions", 30)
    put(keeper, "contributions", 300)
    put(keeper, "loans", 20)
    put(keeper, "repayments", 15, loan=3)
    for entry in (2, 4):
        told = keeper.post(f"{FUND}/reversals", json={"entry": entry}).json()
        assert (told["kind"], told["takes_back"]) == ("reversal", entry)
    told = keeper.get(FUND).json()
    assert [told[f"{name}_vnd"] for name in ("balance", "contributed", "lent", "repaid")] == [10, 30, 20, 0]
    assert len(told["items"]) == 6
    assert pool_balance(world) == 10
    assert keeper.post(f"{FUND}/repayments", json={"loan": 3, "amount_vnd": 21}).status_code == 409
    put(keeper, "repayments", 20, loan=3)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (1, "holds 10 VND"),
        (2, "a loan is repaid instead"),
        (4, "a loan is repaid"),
        (3, "taken back before"),
        (9, "no con"),
    ],
)
def test_what_cannot_be_taken_back_is_refused_with_the_reason(world: World, entry: int, why: str) -> None:
    keeper = keeper_of(world)
    put(keeper, "contributions", 30)
    put(keeper, "loans", 20)
    put(keeper, "contributions", 5)
    assert keeper.post(f"{FUND}/reversals", json={"entry": 3}).status_code == 201
    answer = keeper.post(f"{FUND}/reversals", json={"entry": entry})
    assert (answer.status_code, why in answer.json()["detail"]) == (409, True), answer.text
    assert len(keeper.get(FUND).json()["items"]) == 4
    assert keeper.post(f"{FUND}/reversals", json={"entry": 0}).json()["errors"][0]["path"] == "entry"


def test_a_keeper_finds_the_referrals_to_lend_on(world: World) -> None:
    """P4: from sent until it ends, what the person shares; each look is on record."""
    keeper = keeper_of(world, balance_vnd=100)
    officer = world.client("officer.phanri")
    assert officer.post(f"{API}/surveys", json=SURVEY).status_code == 201
    referral = refer(officer, "PR-1", "L1")
    go(officer, referral, "agreed")
    assert keeper.get(f"{FUND}/referrals").json() == {"items": [], "next_cursor": None}
    go(officer, referral, "sent")
    [sent] = keeper.get(f"{FUND}/referrals").json()["items"]
    assert sent == {"referral_id": referral, "name": "anh Tư", "contact": "gặp ở trụ sở xã"}
    assert officer.get(f"{API}/referrals").json()["items"][0]["status"] == "seen"
    assert officer.get(f"{API}/audit/people/PR-1").json()["items"][1]["action"] == "list_sent"
    put(keeper, "loans", 5, referral_id=sent["referral_id"])
    go(officer, referral, "withdrawn")
    assert keeper.get(f"{FUND}/referrals").json()["items"] == []
    assert keeper.get(f"{API}/funds/L9/referrals").status_code == 404
