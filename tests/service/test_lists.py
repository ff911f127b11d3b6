"""Every list of the contract has one form, pages to its end, and counts as seen what was told."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from service.api.answers import write_cursor
from tests.service.conftest import World
from tests.service.examples import LOAN, PROGRAMME
from tests.service.referring import API, CONSENT, go, people_and_opening, refer

LISTS = {
    "officer.phanri": ("/people", "/referrals", "/introductions", "/audit/people/PR-0"),
    "employer.one": ("/openings", "/openings/J1/introductions"),
    "provider.one": ("/programmes", "/programmes/T1/referrals"),
    "fund.tratan": ("/loans", "/funds/L1/referrals", "/funds/L1"),
    "analyst.one": ("/releases", "/exports/training"),
}


def offers_of_each_kind(world: World, *, people: int) -> TestClient:
    officer = people_and_opening(world, people=people, headcount=20)
    for user, path, offer in (
        ("provider.one", "/programmes", PROGRAMME | {"offer_id": "T1"}),
        ("fund.tratan", "/loans", LOAN | {"offer_id": "L1"}),
    ):
        assert world.client(user).post(API + path, json=offer).status_code == 201
    return officer


def items_of(client: TestClient, path: str, limit: int) -> list[Any]:
    """Return a list that was read page by page."""
    items, cursor = list[Any](), None
    while True:
        page = client.get(API + path, params={"limit": limit} | ({"cursor": cursor} if cursor else {})).json()
        assert len(page["items"]) <= limit
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


def test_every_list_is_items_and_a_cursor(world: World) -> None:
    """The contract's form, wherever there is a list; what is no cursor of it, or no size of a page, is refused."""
    offers_of_each_kind(world, people=1)
    its_fund = {"fund_id", "title", "balance_vnd", "contributed_vnd", "lent_vnd", "repaid_vnd"}
    for user, paths in LISTS.items():
        client = world.client(user)
        for path in paths:
            its = client.get(API + path).json()
            assert set(its) == {"items", "next_cursor"} | (its_fund if path == "/funds/L1" else set()), path
            for wrong in ("limit=0", "limit=101", "cursor=x", f"cursor={write_cursor({'a': 1})}"):
                assert client.get(f"{API}{path}?{wrong}").status_code == 422, (path, wrong)


def test_every_list_of_the_document_says_that_it_pages(world: World) -> None:
    paths = world.client("officer.phanri").get("/openapi.json").json()["paths"]
    for path in ("/openings/{opening_id}/introductions", "/releases", "/exports/training", "/funds/{fund_id}"):
        assert {"limit", "cursor"} <= {its["name"] for its in paths[API + path]["get"]["parameters"]}, path


@pytest.mark.parametrize(
    ("user", "path", "offer"),
    [
        ("employer.one", "/openings/J1/introductions", "J1"),
        ("provider.one", "/programmes/T1/referrals", "T1"),
    ],
)
def test_who_stands_on_a_later_page_was_not_looked_at(world: World, user: str, path: str, offer: str) -> None:
    """P7: a referral is seen, and the look is on record, when it was told; the pages together are the list."""
    officer = offers_of_each_kind(world, people=5)
    for i in range(5):
        go(officer, refer(officer, f"PR-{i}", offer, consent=CONSENT), "agreed", "sent")
    client = world.client(user)
    assert len(client.get(f"{API}{path}?limit=2").json()["items"]) == 2
    statuses = [its["status"] for its in officer.get(f"{API}/referrals").json()["items"]]
    assert (statuses.count("seen"), statuses.count("sent")) == (2, 3)
    looks = [officer.get(f"{API}/audit/people/PR-{i}").json()["items"] for i in range(5)]
    assert sum(any(its["actor"] == user for its in told) for told in looks) == 2
    whole = client.get(API + path).json()["items"]
    assert items_of(client, path, 2) == items_of(client, path, 5) == whole
    assert len(whole) == 5
    gone = write_cursor("nobody")
    assert client.get(f"{API}{path}?cursor={gone}").status_code == 422
