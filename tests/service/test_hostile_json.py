"""Hostile bodies: refused with the field's path, never a fault, nothing stored."""

from typing import Any

import pytest

from tests.service.conftest import World
from tests.service.examples import LOAN, OPENING, PROGRAMME, SURVEY

DEEP = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"

BODIES: list[tuple[str, bytes]] = [
    ("not JSON", b"{"),
    ("empty", b""),
    ("a list", b"[]"),
    ("a number", b"7"),
    ("null", b"null"),
    ("not UTF-8", b'{"text": "\xff"}'),
    ("UTF-16", '{"text": "a"}'.encode("utf-16")),
    ("NaN", b'{"text": "a", "surveyed_on": "2026-01-01", "wage_floor_vnd_month": NaN}'),
    ("Infinity", b'{"text": "a", "surveyed_on": "2026-01-01", "max_commute_km": Infinity}'),
    ("a huge float", b'{"text": "a", "surveyed_on": "2026-01-01", "max_commute_km": 1e999}'),
    ("2**70", b'{"text": "a", "surveyed_on": "2026-01-01", "birth_year": 1180591620717411303424}'),
    ("100,000 digits", b'{"text": "a", "surveyed_on": "2026-01-01", "birth_year": ' + b"9" * 100_000 + b"}"),
    ("a lone surrogate", b'{"text": "\\ud800", "surveyed_on": "2026-01-01"}'),
    ("a lone surrogate in a key", b'{"text": "a", "surveyed_on": "2026-01-01", "\\udfff": 1}'),
    ("NUL", b'{"text": "a\\u0000b", "surveyed_on": "2026-01-01"}'),
    ("NUL in a key", b'{"text": "a", "surveyed_on": "2026-01-01", "a\\u0000": 1}'),
    ("100,000 deep", DEEP),
    ("a key twice", b'{"text": "a", "text": "b", "surveyed_on": "2026-01-01"}'),
    ("an unknown key", b'{"text": "a", "surveyed_on": "2026-01-01", "offence": "x"}'),
    (
        "an unknown key inside",
        b'{"text": "a", "surveyed_on": "2026-01-01", "restricted": {"category": "completed", "x": 1}}',
    ),
    ("a wrong type", b'{"text": 5, "surveyed_on": "2026-01-01"}'),
    ("a wrong day", b'{"text": "a", "surveyed_on": "2026-02-30"}'),
    ("the year 1", b'{"text": "tui 20 tuoi", "surveyed_on": "0001-01-01"}'),
    ("the year 9999", b'{"text": "a", "surveyed_on": "9999-12-31"}'),
    (
        "an unknown code",
        b'{"text": "a", "surveyed_on": "2026-01-01", "court_bars": [{"occupations": ["0000"], "until": "2027-01-01"}]}',
    ),
    (
        "a bar until 9999",
        b'{"text": "a", "surveyed_on": "2026-01-01", "court_bars": [{"occupations": ["9313"], "until": "x"}]}',
    ),
    ("true for a number", b'{"text": "a", "surveyed_on": "2026-01-01", "birth_year": true}'),
    ("a foreign commune", b'{"text": "a", "surveyed_on": "2026-01-01", "commune": "Phuong Ben Thanh, TP HCM"}'),
    ("a nonsense commune", b'{"text": "a", "surveyed_on": "2026-01-01", "commune": "qwertyuiop"}'),
    ("an id with a slash", b'{"text": "a", "surveyed_on": "2026-01-01", "person_id": "a/b"}'),
    ("an endless id", b'{"text": "a", "surveyed_on": "2026-01-01", "person_id": "' + b"x" * 500 + b'"}'),
]


@pytest.fixture
def officer(world: World) -> Any:
    return world.client("officer.phanri", raise_server_exceptions=False)


@pytest.mark.parametrize(("name", "body"), BODIES, ids=[name for name, _ in BODIES])
def test_a_hostile_survey_is_refused_and_nothing_is_stored(officer: Any, name: str, body: bytes):
    """F1."""
    answer = officer.post("/api/v1/surveys", content=body)
    assert 400 <= answer.status_code < 500, (name, answer.text)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == answer.status_code
    assert "errors" in problem
    assert officer.get("/api/v1/people").json()["items"] == []


@pytest.mark.parametrize("route", ["/api/v1/sessions", "/api/v1/extractions", "/api/v1/surveys", "/api/v1/referrals"])
@pytest.mark.parametrize(("name", "body"), BODIES[:18], ids=[name for name, _ in BODIES[:18]])
def test_hostile_bodies_are_refused_wherever_one_is_read(officer: Any, route: str, name: str, body: bytes):
    """F1."""
    answer = officer.post(route, content=body)
    assert 400 <= answer.status_code < 500, (name, answer.text)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"birth_year": "1990"}, "birth_year"),
        ({"transport": "rocket"}, "transport"),
        ({"licences": [{"code": "driving_C", "status": "stolen"}]}, "licences[0].status"),
        ({"restricted": {"category": "unheard"}}, "restricted.category"),
        ({"nickname": "Tèo"}, "nickname"),
        ({"schooling_grade": 13}, "schooling_grade"),
        ({"surveyed_on": None}, "surveyed_on"),
    ],
)
def test_the_field_at_fault_is_named(officer: Any, change: dict[str, Any], path: str):
    """F1."""
    answer = officer.post("/api/v1/surveys", json=SURVEY | change)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == path


@pytest.mark.parametrize(
    ("user", "route", "record"),
    [
        ("employer.one", "/api/v1/openings", OPENING),
        ("provider.one", "/api/v1/programmes", PROGRAMME),
        ("fund.tratan", "/api/v1/loans", LOAN),
    ],
)
@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": None},
        {"title": 5},
        {"nonsense": 1},
        {"offer_id": "a/b"},
        {"kind": "person"},
        {"title": "\x00"},
        {"occupation": "0000", "purposes": ["0000"]},
        {"headcount": -1, "capacity": -1, "max_vnd": "many"},
        {"headcount": 10**17, "capacity": 10**17, "max_term_months": "x"},
        {"closes_on": "0001-01-01", "starts_on": "0001-01-01", "as_of": "0001-01-01"},
        {"min_years": 1e308, "weeks": 1e308, "annual_rate_pct": 1e308},
        {"wage_min_vnd": 10**18, "fee_vnd": 10**18, "min_vnd": 10**18},
        {"min_age": -(10**9), "max_months_since_completion": 10**14},
    ],
)
def test_a_hostile_offer_is_refused_and_nothing_is_stored(
    world: World, user: str, route: str, record: dict[str, Any], change: dict[str, Any]
):
    """F1."""
    client = world.client(user, raise_server_exceptions=False)
    known = {
        key: value for key, value in change.items() if key in {*record, "nonsense", "offer_id", "kind", *_MORE[user]}
    }
    if not known:
        pytest.skip("this kind has none of these fields")
    answer = client.post(route, json=record | known)
    assert 400 <= answer.status_code < 500, answer.text
    assert client.get(route).json()["items"] == []


_MORE = {
    "employer.one": ("min_years", "min_age"),
    "provider.one": ("min_age",),
    "fund.tratan": (
        "purposes",
        "max_term_months",
        "as_of",
        "annual_rate_pct",
        "min_vnd",
        "max_months_since_completion",
    ),
}


@pytest.mark.parametrize(
    "query",
    ["k=0", "k=101", "k=NaN", "k=1e9", "k=" + "9" * 5000, "as_of=0001-01-01", "as_of=9999-12-31", "as_of=yesterday",
     "kind=person", "kind=opening,,loan", "why_not=everything", "as_of=%00", "kind=" + "x" * 1000],
)  # fmt: skip
def test_a_hostile_query_is_refused(officer: Any, query: str):
    """F1."""
    officer.post("/api/v1/surveys", json=SURVEY)
    answer = officer.get(f"/api/v1/people/PR-1/matches?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"]


@pytest.mark.parametrize("cursor", ["x", "AAAA", "bnVsbA", "W10", "%00", "9" * 390])
def test_a_cursor_that_was_not_given_is_refused(officer: Any, cursor: str):
    """F1."""
    assert officer.get(f"/api/v1/people?cursor={cursor}").status_code == 422


@pytest.mark.parametrize("person", ["%00", "%ff", "a%2fb", "%ed%a0%80", "x" * 3000, "..%2f..%2fetc", "' OR 1=1 --"])
def test_a_hostile_id_is_nobody(officer: Any, person: str):
    """F1."""
    assert officer.get(f"/api/v1/people/{person}").status_code == 404


def test_a_body_beyond_the_limit_is_not_read(officer: Any):
    """F1."""
    answer = officer.post("/api/v1/extractions", content=b'{"text": "' + b"a" * 1_100_000 + b'"}')
    assert answer.status_code == 413


def test_a_fault_of_ours_tells_nothing(world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    """F1: what broke stands in the log, not in the answer."""

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a secret of the machine")

    client = world.client("officer.phanri", raise_server_exceptions=False)
    client.post("/api/v1/surveys", json=SURVEY)
    monkeypatch.setattr(world.house.matcher, "for_person", broken)
    answer = client.get("/api/v1/people/PR-1/matches")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "PR-1" not in caplog.messages[-1]
