"""Referring somebody, asking to meet somebody, and answering, in a browser."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.privacy import stigma_words
from tests.service.conftest import World
from tests.service.examples import OPENING
from tests.service.referring import API, people_and_opening
from tests.service.test_pages import browser, sound, token

YES = {"given_on": "2026-11-23", "form": "spoken", "name": "anh Tư", "contact": "0900000000"}


def send(client: TestClient, page: str, path: str, **form: str) -> Any:
    return client.post(path, data=form | {"csrf": token(client, page)})


def referral_in(page: str) -> str:
    found = re.search(r'action="/(?:referrals|introductions)/(R\w+)', page)
    assert found
    return found[1]


def test_an_officer_refers_somebody_from_a_match_and_writes_down_what_became_of_it(world: World) -> None:
    """P4: the yes is written down where the match is read."""
    people_and_opening(world)
    client = browser(world, "officer.phanri")
    page = send(client, "/people/PR-0", "/people/PR-0/referrals", offer_id="J1", agreed="1", **YES)
    assert page.url.path == "/people/PR-0"
    assert "người ấy đồng ý" in sound(page.text)
    steps = f"/referrals/{referral_in(page.text)}/steps"
    for status, shown in (("sent", "đã gửi"), ("interview", "gặp, phỏng vấn"), ("started", "đã bắt đầu")):
        assert f'value="{status}"' in client.get("/people/PR-0").text
        assert shown in sound(send(client, "/people", steps, status=status).text)
    over = send(client, "/people", steps, status="declined", by="maker", reason="hết <b>việc</b>")
    assert "có bên từ chối" in sound(over.text)
    assert "hết &lt;b&gt;việc&lt;/b&gt;" in over.text
    for language in ("en", "vi"):
        client.get(f"/language/{language}")
        assert OPENING["title"] in sound(client.get("/referrals").text)


def test_a_yes_that_comes_later_is_written_down_with_the_step(world: World) -> None:
    people_and_opening(world)
    client = browser(world, "officer.phanri")
    page = send(client, "/people/PR-0", "/people/PR-0/referrals", offer_id="J1")
    assert "đã đề xuất" in sound(page.text)
    steps = f"/referrals/{referral_in(page.text)}/steps"
    assert "người ấy đồng ý" in send(client, "/people", steps, status="agreed", **YES).text
    assert "tạm dừng 24/12/2026" in send(client, "/people", steps, status="parked", until="2026-12-24").text
    assert send(client, "/people", steps, status="sent").status_code == 409


def test_an_employer_asks_and_learns_who_it_is_after_two_yeses(world: World) -> None:
    """P2, P4."""
    people_and_opening(world, people=2)
    employer, officer = browser(world, "employer.one"), browser(world, "officer.phanri")
    page = employer.get("/openings/J1")
    first, second = re.findall(r'name="candidate" value="(\w+)"', sound(page.text))
    for candidate in (first, second):
        asked = send(employer, "/openings/J1", "/openings/J1/introductions", candidate=candidate)
        assert "cán bộ xã đang hỏi ý" in sound(asked.text)
    tasks = sound(officer.get("/introductions").text)
    yes, no = sorted(set(re.findall(r'action="/introductions/(R\w+)"', tasks)))
    assert send(officer, "/introductions", f"/introductions/{yes}", answer="yes", **YES).url.path == "/introductions"
    rest = send(officer, "/introductions", f"/introductions/{no}", answer="no", by="person", reason="chưa muốn")
    assert "Không có yêu cầu nào đang chờ" in sound(rest.text)
    told = sound(employer.get("/openings/J1").text)
    assert YES["name"] in told
    assert YES["contact"] in told
    assert "không tiếp tục" in told
    assert "chưa muốn" not in told
    assert "PR-" not in told
    assert stigma_words(told) == ()
    assert 'name="candidate"' not in told


def test_what_is_not_ones_own_has_no_page(world: World) -> None:
    """P1, P3."""
    officer = people_and_opening(world)
    tratan, other = browser(world, "officer.tratan"), browser(world, "employer.two")
    tratan.headers["Accept"] = other.headers["Accept"] = "text/html"
    referral = officer.post(f"{API}/referrals", json={"person_id": "PR-0", "offer_id": "J1"}).json()["referral_id"]
    for path in (f"/referrals/{referral}/steps", "/referrals/R9/steps"):
        assert send(tratan, "/people", path, status="withdrawn").status_code == 404
    assert send(tratan, "/people", "/people/PR-0/referrals", offer_id="J1").status_code == 404
    assert send(other, "/openings", "/openings/J1/introductions", candidate="x").status_code == 404
    for path in ("/referrals", "/introductions"):
        assert other.get(path).status_code == 404
        assert "PR-0" not in tratan.get(path).text


def test_a_form_of_another_site_changes_nothing(world: World) -> None:
    people_and_opening(world)
    client = browser(world, "officer.phanri")
    assert client.post("/people/PR-0/referrals", data={"offer_id": "J1", "csrf": "x"}).status_code == 403
    assert "đã đề xuất" not in client.get("/people/PR-0").text


def test_a_page_of_many_referrals_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.web.referrals._PER_PAGE", 2)
    officer = people_and_opening(world, people=3)
    for i in range(3):
        officer.post(f"{API}/referrals", json={"person_id": f"PR-{i}", "offer_id": "J1"})
    client = browser(world, "officer.phanri")
    found = re.search(r'href="(/referrals\?cursor=[^"]+)"', sound(client.get("/referrals").text))
    assert found
    assert sound(client.get(found[1]).text).count(f"→ {OPENING['title']}") == 1
