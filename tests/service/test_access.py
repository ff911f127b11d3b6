"""Every route for every role: what is not yours answers like what does not exist."""

from typing import Any

import pytest
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from tests.service.conftest import USERS, World
from tests.service.examples import LOAN, OPENING, PROGRAMME, SURVEY

OFFICERS, EMPLOYERS = {"officer.phanri", "officer.tratan"}, {"employer.one", "employer.two"}
ANALYSTS = {"analyst.one", "admin"}

ROUTES: list[tuple[str, str, Any, set[str]]] = [
    ("POST", "/api/v1/extractions", {"text": "phu ho"}, OFFICERS),
    ("POST", "/api/v1/surveys", SURVEY | {"person_id": "new", "commune": None}, OFFICERS),
    ("GET", "/api/v1/people", None, OFFICERS),
    ("GET", "/api/v1/people/PR-1", None, {"officer.phanri"}),
    ("GET", "/api/v1/people/PR-1/profile", None, {"officer.phanri"}),
    ("PUT", "/api/v1/people/PR-1/profile/corrections", {"field": "schooling_grade", "value": 9}, {"officer.phanri"}),
    ("GET", "/api/v1/people/PR-1/matches", None, {"officer.phanri"}),
    ("GET", "/api/v1/people/PR-1/matches/J1", None, {"officer.phanri"}),
    ("GET", "/api/v1/audit/people/PR-1", None, {"officer.phanri"}),
    ("POST", "/api/v1/openings", OPENING, EMPLOYERS),
    ("GET", "/api/v1/openings", None, EMPLOYERS),
    ("PATCH", "/api/v1/openings/J1", {"headcount": 2}, {"employer.one"}),
    ("GET", "/api/v1/openings/J1/candidates", None, {"employer.one"}),
    ("POST", "/api/v1/openings/J1/candidates/{candidate}/introductions", None, {"employer.one"}),
    ("GET", "/api/v1/openings/J1/introductions", None, {"employer.one"}),
    ("POST", "/api/v1/referrals", {"person_id": "PR-1", "offer_id": "J1"}, {"officer.phanri"}),
    ("PATCH", "/api/v1/referrals/{referral_id}", {"status": "withdrawn"}, {"officer.phanri"}),
    ("GET", "/api/v1/referrals", None, OFFICERS),
    ("GET", "/api/v1/introductions", None, OFFICERS),
    ("PATCH", "/api/v1/introductions/{introduction_id}", {"answer": "no"}, {"officer.phanri"}),
    ("POST", "/api/v1/programmes", PROGRAMME, {"provider.one"}),
    ("GET", "/api/v1/programmes", None, {"provider.one"}),
    ("PATCH", "/api/v1/programmes/T1", {"capacity": 2}, {"provider.one"}),
    ("GET", "/api/v1/programmes/T1/referrals", None, {"provider.one"}),
    ("POST", "/api/v1/loans", LOAN, {"fund.tratan"}),
    ("GET", "/api/v1/loans", None, {"fund.tratan"}),
    ("PATCH", "/api/v1/loans/L1", {"max_vnd": 2}, {"fund.tratan"}),
    ("POST", "/api/v1/funds/L1/contributions", {"amount_vnd": 2}, {"fund.tratan"}),
    ("POST", "/api/v1/funds/L1/loans", {"amount_vnd": 2}, {"fund.tratan"}),
    ("POST", "/api/v1/funds/L1/repayments", {"amount_vnd": 2, "loan": 3}, {"fund.tratan"}),
    ("POST", "/api/v1/funds/L1/reversals", {"entry": 2}, {"fund.tratan"}),
    ("GET", "/api/v1/funds/L1/referrals", None, {"fund.tratan"}),
    ("GET", "/api/v1/funds/L1", None, {"fund.tratan"}),
    ("GET", "/api/v1/reports/situation", None, {"coordinator.lamdong"}),
    ("GET", "/api/v1/reports/programmes?commune=22972", None, {"coordinator.lamdong"}),
    ("GET", "/api/v1/exports/training", None, ANALYSTS),
    ("GET", "/api/v1/releases", None, ANALYSTS),
    ("POST", "/api/v1/releases/baseline/promotion", None, ANALYSTS),
]

EVERYBODY = {
    ("POST", "/api/v1/sessions"),
    ("DELETE", "/api/v1/sessions/current"),
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/metrics"),
}


@pytest.fixture
def full(world: World) -> World:
    """A world with one person and one offer of each kind."""
    assert world.client("officer.phanri").post("/api/v1/surveys", json=SURVEY).status_code == 201
    for user, route, record in (
        ("employer.one", "openings", OPENING | {"offer_id": "J1"}),
        ("provider.one", "programmes", PROGRAMME | {"offer_id": "T1"}),
        ("fund.tratan", "loans", LOAN | {"offer_id": "L1"}),
    ):
        assert world.client(user).post(f"/api/v1/{route}", json=record).status_code == 201
    return world


def referred(world: World) -> dict[str, str]:
    """Refer PR-1 to the programme, let the employer ask for them at another opening; return ids, by name in paths."""
    officer, employer = world.client("officer.phanri"), world.client("employer.one")
    sent = officer.post("/api/v1/referrals", json={"person_id": "PR-1", "offer_id": "T1"})
    assert employer.post("/api/v1/openings", json=OPENING | {"offer_id": "J2"}).status_code == 201
    candidate = {
        offer: employer.get(f"/api/v1/openings/{offer}/candidates").json()["items"][0]["candidate"]
        for offer in ("J1", "J2")
    }
    assert employer.post(f"/api/v1/openings/J2/candidates/{candidate['J2']}/introductions").status_code == 202
    [asked] = officer.get("/api/v1/introductions").json()["items"]
    return {
        "candidate": candidate["J1"],
        "referral_id": sent.json()["referral_id"],
        "introduction_id": asked["referral_id"],
    }


def send(client: TestClient, method: str, path: str, body: Any) -> Any:
    return client.request(method, path, json=body)


def comparable(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    headers = {k: v for k, v in answer.headers.items() if k != "date"}
    return answer.status_code, answer.content, headers


def test_every_route_for_every_role(full: World):
    """P1, P2, P3: the table above is the whole truth about who may do what."""
    absent = comparable(full.client("admin").get("/api/v1/people/no-such-person"))
    assert absent[0] == 404
    ids = referred(full)
    for user in USERS:
        client = full.client(user)
        for method, path, body, allowed in ROUTES:
            answer = send(client, method, path.format(**ids), body)
            if user in allowed:
                assert answer.status_code in (200, 201, 202), (user, method, path, answer.text)
            else:
                assert comparable(answer) == absent, (user, method, path)


def test_the_table_names_every_route(world: World):
    """A new route must say here whom it is for."""
    paths = world.app.openapi_schema or {}
    assert not paths
    document = world.client().get("/openapi.json").json()
    known = {(method, _template(path)) for method, path, _, _ in ROUTES} | EVERYBODY
    found = {
        (method.upper(), _template(path)) for path, operations in document["paths"].items() for method in operations
    }
    assert found == known


def _template(path: str) -> str:
    path = path.partition("?")[0]
    for literal in ("PR-1", "J1", "T1", "L1", "baseline"):
        path = path.replace(f"/{literal}", "/{}")
    for name in (
        "person_id",
        "offer_id",
        "opening_id",
        "programme_id",
        "loan_id",
        "fund_id",
        "release",
        "referral_id",
        "introduction_id",
        "candidate",
    ):
        path = path.replace("{" + name + "}", "{}")
    return path


def test_nobody_gets_anywhere_without_a_session(full: World):
    """P1."""
    client = full.client()
    for method, path, body, _ in ROUTES:
        for headers in (
            {},
            {"Authorization": "Bearer wrong"},
            {"Authorization": "Basic eDp5"},
            {"Cookie": "viecgan=x"},
        ):
            answer = client.request(method, path, json=body, headers=headers)
            assert answer.status_code == 401, (method, path)
            assert answer.headers["www-authenticate"] == "Bearer"


def test_another_communes_person_answers_like_nobody(full: World):
    """P1: same status, body and headers, whether the id exists elsewhere or not."""
    client = full.client("officer.tratan")
    for tail in ("", "/profile", "/matches", "/matches/J1"):
        there = client.get(f"/api/v1/people/PR-1{tail}")
        nowhere = client.get(f"/api/v1/people/PR-9{tail}")
        assert comparable(there) == comparable(nowhere)
        assert there.status_code == 404
    there = client.get("/api/v1/audit/people/PR-1")
    assert comparable(there) == comparable(client.get("/api/v1/audit/people/PR-9"))
    body = {"field": "schooling_grade", "value": 9}
    there = client.put("/api/v1/people/PR-1/profile/corrections", json=body)
    assert comparable(there) == comparable(client.put("/api/v1/people/PR-9/profile/corrections", json=body))


def test_the_same_id_in_two_communes_is_two_people(full: World):
    """P1: recording somebody does not tell that another commune knows the id."""
    tratan, phanri = full.client("officer.tratan"), full.client("officer.phanri")
    mine = tratan.post("/api/v1/surveys", json=SURVEY | {"commune": "Xã Trà Tân", "text": "tho ho 9 nam"})
    assert (mine.status_code, mine.json()["saved"]) == (201, "saved")
    assert phanri.get("/api/v1/people/PR-1").json()["survey"]["text"] == SURVEY["text"]
    assert tratan.get("/api/v1/people/PR-1").json()["survey"]["text"] == "tho ho 9 nam"


def test_a_survey_of_another_commune_is_refused(full: World):
    """P1."""
    answer = full.client("officer.tratan").post("/api/v1/surveys", json=SURVEY)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "commune"


def test_lists_hold_own_rows_only(full: World):
    """P1, P3."""
    assert full.client("officer.tratan").get("/api/v1/people").json() == {"items": [], "next_cursor": None}
    assert full.client("employer.two").get("/api/v1/openings").json() == {"items": [], "next_cursor": None}


def test_an_offers_id_that_is_taken_is_told_and_nothing_is_changed(full: World):
    answer = full.client("employer.two").post("/api/v1/openings", json=OPENING | {"offer_id": "J1", "title": "Khác"})
    assert answer.status_code == 409
    assert full.client("employer.one").get("/api/v1/openings").json()["items"][0]["title"] == OPENING["title"]


def test_a_maker_is_always_the_one_who_posts(full: World):
    body = OPENING | {"employer_id": "employer.one"}
    posted = full.client("employer.two").post("/api/v1/openings", json=body).json()
    assert posted["employer_id"] == "employer.two"


def test_unknown_paths_and_methods_are_problems(full: World):
    client = full.client("officer.phanri")
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    answer = client.delete("/api/v1/people")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert "GET" in answer.headers["allow"]


def test_no_path_is_a_thing_of_the_past(world: World):
    """P11: no route predicts, scores or records an offence."""
    routes: list[BaseRoute] = list(world.app.routes)
    text = repr(routes).lower()
    assert not any(word in text for word in ("risk", "reoffen", "offence", "crime", "recidiv"))
