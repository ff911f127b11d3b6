"""The keeper of a fund, in a browser."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.privacy import stigma_words
from tests.service.conftest import World
from tests.service.examples import LOAN, SURVEY
from tests.service.referring import API, go, refer
from tests.service.test_funds import FUND, keeper_of
from tests.service.test_pages import browser, sound, token

PAGE = "/funds/L1"


def send(client: TestClient, what: str, **form: str) -> Any:
    return client.post(f"{PAGE}/{what}", data=form | {"csrf": token(client, PAGE)})


def test_a_keeper_finds_the_fund_and_writes_what_came_went_and_came_back(world: World) -> None:
    keeper_of(world, balance_vnd=10_000_000)
    client = browser(world, "fund.tratan")
    assert f'href="{PAGE}"' in sound(client.get("/loans").text)
    assert "10.000.000 đ" in sound(client.get(PAGE).text)
    assert "/repayments" not in client.get(PAGE).text
    page = send(client, "contributions", amount_vnd="5.000.000", on="2026-11-20", receipt="PT-1/2026")
    assert page.url.path == PAGE
    assert "15.000.000 đ" in sound(page.text)
    assert "20/11/2026 · PT-1/2026" in page.text
    assert "−4.000.000 đ" in sound(send(client, "loans", amount_vnd="4000000", receipt="", on="").text)
    assert "khoản số 3" in sound(send(client, "repayments", amount_vnd="1.000.000", loan="3").text)
    for language in ("en", "vi"):
        client.get(f"/language/{language}")
        assert stigma_words(sound(client.get(PAGE).text)) == ()
    assert world.client("fund.tratan").get(FUND).json()["balance_vnd"] == 12_000_000


def test_a_form_that_is_sent_twice_is_one_entry(world: World) -> None:
    keeper_of(world)
    client = browser(world, "fund.tratan")
    [once] = set(re.findall(r'name="once" value="(\w+contributions)"', client.get(PAGE).text))
    for _ in range(2):
        assert send(client, "contributions", amount_vnd="5", once=once).status_code == 200
    assert send(client, "contributions", amount_vnd="6", once=once).status_code == 409
    assert len(world.client("fund.tratan").get(FUND).json()["items"]) == 1


@pytest.mark.parametrize(
    ("what", "form", "status", "said"),
    [
        ("loans", {"amount_vnd": "101"}, 409, "holds 100 VND"),
        ("loans", {"amount_vnd": "mười triệu"}, 422, "no whole number"),
        ("contributions", {"amount_vnd": "5", "receipt": "chị <b>Lan</b>"}, 422, "receipt"),
        ("gifts", {"amount_vnd": "5"}, 404, ""),
    ],
)
def test_what_cannot_be_written_is_said_on_a_page(
    world: World, what: str, form: dict[str, str], status: int, said: str
) -> None:
    keeper_of(world, balance_vnd=100)
    page = send(browser(world, "fund.tratan"), what, **form)
    assert page.status_code == status
    assert said in sound(page.text)
    assert world.client("fund.tratan").get(FUND).json()["items"] == []


def test_a_fund_is_its_keepers_page_only(world: World) -> None:
    """P1: another's fund and none are the same page."""
    keeper_of(world)
    world.client("fund.tratan").post("/api/v1/loans", json=LOAN | {"offer_id": "L2"})
    client = browser(world, "fund.tratan")
    nowhere = client.get("/funds/L9")
    assert (nowhere.status_code, client.get("/funds/L2").status_code) == (404, 200)
    for user in ("officer.tratan", "employer.one", "provider.one", "analyst.one"):
        assert browser(world, user).get(PAGE).status_code == 404
    assert client.post(f"{PAGE}/contributions", data={"amount_vnd": "5", "csrf": "x"}).status_code == 403


def test_a_keeper_sees_whom_to_lend_to_and_takes_a_mistake_back(world: World) -> None:
    keeper_of(world)
    officer = world.client("officer.phanri")
    assert officer.post(f"{API}/surveys", json=SURVEY).status_code == 201
    referral = refer(officer, "PR-1", "L1")
    go(officer, referral, "agreed", "sent")
    client = browser(world, "fund.tratan")
    assert f'<option value="{referral}">anh Tư</option>' in client.get(PAGE).text
    assert "Ghi nhầm" in send(client, "contributions", amount_vnd="5000").text
    page = sound(send(client, "reversals", entry="1").text)
    assert "hủy ghi nhầm dòng số 1 · −5.000 đ" in page
    assert "/reversals" not in page
