"""The officer's pages for a file of surveys, as a browser meets them."""

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from service import audit
from service.intake.rows import Limits
from service.web import importing
from tests.service.conftest import World
from tests.service.intake.made import HEADINGS, ROWS, book_of, csv_of, grid_bomb
from tests.service.test_pages import browser, sound, token

HTML = {"Accept": "text/html"}
BOOK = book_of({"A": [HEADINGS, *ROWS]})


def hand_in(client: TestClient, data: bytes, name: str = "a.xlsx", **fields: str) -> Any:
    fields = {"csrf": token(client, "/people/import")} | fields
    return client.post("/people/import", data=fields, files={"file": (name, data)}, headers=HTML)


def save(client: TestClient, looked_at: Any, **changes: str) -> Any:
    form = dict(re.findall(r'name="(csrf|rows|kind)" value="([^"]*)"', looked_at.text))
    return client.post("/people/import/rows", files=as_parts({**form, **changes}), headers=HTML)


def as_parts(form: dict[str, str]) -> dict[str, tuple[None, str]]:
    """Return fields as a browser sends them in parts."""
    return {name: (None, unescape(value)) for name, value in form.items()}


def facts(page: Any) -> list[int]:
    """Rows in, new, changed, there already, rejected."""
    return [int(number) for number in re.findall(r"<dd>(\d+)</dd>", page.text)]


def people(client: TestClient) -> set[str]:
    return set(re.findall(r'class="row-name" href="/people/([^"]+)"', client.get("/people").text))


def test_an_officer_looks_first_and_then_saves(world: World):
    """F4: looking changes nothing, saving does what was shown, and again changes nothing."""
    client = browser(world, "officer.phanri")
    looked = hand_in(client, BOOK)
    assert 'href="/people/import"' in client.get("/people").text
    assert looked.status_code == 200
    assert facts(looked) == [4, 4, 0, 0, 0]
    assert ROWS[0][1] in unescape(sound(looked.text))
    assert people(client) == set()
    saved = save(client, looked)
    assert facts(saved) == [4, 4, 0, 0, 0]
    sound(saved.text)
    assert people(client) == {"P0", "P1", "P2", "P3"}
    assert facts(save(client, looked)) == [4, 0, 0, 4, 0]
    assert facts(hand_in(client, BOOK)) == [4, 0, 0, 4, 0]
    kept = world.client("officer.phanri").get("/api/v1/people/P1").json()["survey"]
    assert (kept["text"], kept["birth_year"], kept["transport"]) == (ROWS[1][1], 1981, "motorbike")


def test_every_problem_is_shown_with_its_row_in_both_languages(world: World):
    """F4."""
    client = browser(world, "officer.phanri")
    rows = [ROWS[0], [*ROWS[1][:3], "hôm qua", *ROWS[1][4:]], [*ROWS[2][:2], "Xã Trà Tân", *ROWS[2][3:]]]
    page = hand_in(client, csv_of([HEADINGS, *rows]).encode(), "a.csv")
    assert facts(page) == [3, 1, 0, 0, 2]
    shown = unescape(sound(page.text))
    assert "<strong>Dòng 3</strong>: cột “Ngày ghi”: [hôm qua] không phải ngày" in shown
    assert "<strong>Dòng 4</strong>: xã chưa rõ hoặc không phải xã của anh chị" in shown
    client.get("/language/en")
    english = hand_in(client, csv_of([HEADINGS, *rows]).encode(), "a.csv")
    assert 'column "Ngày ghi": [hôm qua] is not a day' in unescape(sound(english.text))


def test_people_of_another_commune_cannot_be_brought_in(world: World):
    """P1: and nothing tells whether they are known there."""
    world.client("officer.tratan").post(
        "/api/v1/surveys", json={"person_id": "P0", "text": "tho ho", "commune": "Trà Tân", "surveyed_on": "2026-11-01"}
    )
    client = browser(world, "officer.phanri")
    answers = [
        hand_in(client, csv_of([HEADINGS, [person, "thợ hồ", "Xã Trà Tân", *ROWS[0][3:]]]).encode(), "a.csv")
        for person in ("P0", "P9")
    ]
    assert [facts(answer) for answer in answers] == [[1, 0, 0, 0, 1]] * 2
    assert answers[0].text.replace("P0", "P9") == answers[1].text
    mine = hand_in(client, csv_of([HEADINGS, ROWS[0]]).encode(), "a.csv")
    assert facts(mine) == [1, 1, 0, 0, 0]
    forged = unescape(re.findall(r'name="rows" value="([^"]*)"', mine.text)[0]).replace("Phan Rí Cửa", "Trà Tân")
    assert facts(save(client, mine, rows=forged)) == [1, 0, 0, 0, 1]
    assert people(client) == set()


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.xlsx", grid_bomb(), 413),
        ("a.csv", b"x" * (importing.MAX_UPLOAD + 1), 413),
        ("a.xlsx", b"PK\x03\x04", 422),
        ("a.csv", "Mã;Lời kể;Ngày ghi;Họ tên\nP1;x;20/11/2026;y\n".encode(), 422),
        ("a.pdf", b"%PDF", 422),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_on_the_page(world: World, name: str, data: bytes, status: int):
    """F2: 413 or 422, and the server answers on."""
    client = browser(world, "officer.phanri")
    page = hand_in(client, data, name)
    assert page.status_code == status
    assert 'role="alert"' in sound(page.text)
    assert client.get("/people").status_code == 200


@pytest.mark.parametrize(
    ("limits", "said"), [(Limits(rows=3), "quá 3 dòng"), (Limits(cells_bytes=500), "quá nhiều bộ nhớ")]
)
def test_more_than_a_page_can_show_is_refused(world: World, limits: Limits, said: str, monkeypatch: pytest.MonkeyPatch):
    """F2."""
    monkeypatch.setattr(importing, "LIMITS", limits)
    page = hand_in(browser(world, "officer.phanri"), BOOK)
    assert page.status_code == 413
    assert said in page.text


@pytest.mark.parametrize(
    "user", ["employer.one", "provider.one", "fund.tratan", "coordinator.lamdong", "analyst.one", "admin"]
)
def test_the_pages_exist_for_officers_only(world: World, user: str):
    """P1, P2."""
    client = browser(world, user)
    for path in ("/people/import", "/people/import/form.csv"):
        assert client.get(path, headers=HTML).status_code == 404
    for path in ("/people/import", "/people/import/rows"):
        assert client.post(path, files=as_parts({"rows": "[]"}), headers=HTML).status_code == 404


def test_a_form_of_another_site_brings_nothing_in(world: World):
    client = browser(world, "officer.phanri")
    assert hand_in(client, BOOK, csrf="x").status_code == 403
    form = as_parts({"rows": "[]", "kind": ".csv", "csrf": token(client, "/people/import")})
    foreign = client.post("/people/import/rows", files=form, headers=HTML | {"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert client.post("/people/import/rows", files=form, headers=HTML).status_code == 200


@pytest.mark.parametrize("rows", ["", "{", "[1]", '[[1, {"person_id": 1}]]', "[" * 100_000, '[[1, {"sex": "x"}]]'])
def test_rows_that_no_page_gave_are_refused(world: World, rows: str):
    """F1."""
    client = browser(world, "officer.phanri")
    form = as_parts({"rows": rows, "kind": ".csv", "csrf": token(client, "/people/import")})
    assert client.post("/people/import/rows", files=form, headers=HTML).status_code == 422


@pytest.mark.parametrize("body", [b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", ""])
def test_a_body_that_is_no_form_is_refused(world: World, body: bytes, kind: str):
    """F1: never a fault of ours."""
    client = browser(world, "officer.phanri")
    answer = client.post("/people/import", content=body, headers=HTML | {"Content-Type": kind})
    assert answer.status_code in (403, 422)


def test_the_empty_form_is_what_may_be_handed_in(world: World):
    """F8: its headings are known when it comes back, and a spreadsheet sees its accents."""
    client = browser(world, "officer.phanri")
    data = client.get("/people/import/form.csv").content
    assert data.startswith("\ufeffMã người".encode())
    filled = data.decode("utf-8-sig").strip() + "\nP1,thợ hồ,20/11/2026\n"
    assert facts(hand_in(client, filled.encode("utf-8-sig"), "phieu.csv")) == [1, 1, 0, 0, 0]


def test_an_import_is_on_record_with_whom_it_is_about(world: World):
    """P7: looking at a file is not; neither names the file."""
    client = browser(world, "officer.phanri")
    looked = hand_in(client, BOOK, "Nguyen Van A.xlsx")
    with world.house.database.reading() as connection:
        before, _ = audit.verify(connection, world.house.database.keys)
    save(client, looked)
    looks = world.client("officer.phanri").get("/api/v1/audit/people/P1").json()["items"]
    assert "import" in [look["action"] for look in looks]
    with world.house.database.reading() as connection:
        assert audit.verify(connection, world.house.database.keys)[0] > before
    assert not any(b"Nguyen Van A" in path.read_bytes() for path in world.path.parent.glob("viecgan.db*"))
