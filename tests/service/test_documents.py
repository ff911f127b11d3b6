"""The OpenAPI document, health, readiness and metrics."""

import re

import pytest

from service.privacy import stigma_words
from tests.service.conftest import World
from tests.service.examples import SURVEY


def test_every_route_has_words_and_every_reference_resolves(world: World):
    for user in (None, "employer.one", "officer.phanri"):
        client = world.client(user)
        answer = client.get("/openapi.json")
        document = answer.json()
        assert document["openapi"].startswith("3.1")
        for reference in re.findall(r'"#/components/schemas/([^"]+)"', answer.text):
            assert reference in document["components"]["schemas"], (user, reference)
        for operations in document["paths"].values():
            for operation in operations.values():
                assert operation["summary"]


def test_officers_read_examples_and_the_keys_of_a_survey(world: World):
    document = world.client("officer.phanri").get("/openapi.json").json()
    assert "agreed_to_be_shown" in document["components"]["schemas"]["Survey"]["properties"]
    body = document["paths"]["/api/v1/surveys"]["post"]["requestBody"]["content"]["application/json"]
    assert body["example"]["text"]
    assert document["paths"]["/api/v1/people/{person_id}/matches"]["get"]["responses"]["200"]["content"]


@pytest.mark.parametrize("user", [None, "employer.one"])
def test_outsiders_read_nothing_about_records_of_people(world: World, user: str | None):
    """P2: the document an employer reads is that of any job board."""
    text = world.client(user).get("/openapi.json").text
    for word in (
        "restricted",
        "court_bars",
        "amnestied",
        "reporting_duty",
        "redactions",
        "stigma",
        "eligible_categories",
    ):
        assert word not in text
    assert stigma_words(text) == ()
    assert "headcount" in text


def test_the_examples_of_the_document_are_accepted(world: World):
    document = world.client("officer.phanri").get("/openapi.json").json()
    for path, user in (
        ("/api/v1/extractions", "officer.phanri"),
        ("/api/v1/surveys", "officer.phanri"),
        ("/api/v1/openings", "employer.one"),
        ("/api/v1/programmes", "provider.one"),
        ("/api/v1/loans", "fund.tratan"),
    ):
        example = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]
        answer = world.client(user).post(path, json=example)
        assert answer.status_code in (200, 201), (path, answer.text)


def test_health_and_readiness(world: World):
    client = world.client()
    assert client.get("/health").json() == {"status": "ok"}
    ready = client.get("/ready").json()
    assert ready["ready"] is True
    assert any("stated prior" in fault for fault in ready["degraded"])


def test_metrics_count_by_template_and_for_the_operator_only(world: World):
    """P1: no id and no count of people; not for everybody."""
    officer = world.client("officer.phanri")
    officer.post("/api/v1/surveys", json=SURVEY)
    officer.get("/api/v1/people/PR-1")
    assert officer.get("/metrics").status_code == 404
    assert world.client().get("/metrics").status_code == 404
    text = world.client("admin").get("/metrics").text
    assert 'route="/api/v1/people/{person_id}",status="200"} 1' in text
    assert "PR-1" not in text


def test_every_answer_carries_safe_headers(world: World):
    client = world.client()
    for path in ("/login", "/health", "/api/v1/people", "/nowhere", "/openapi.json"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def test_nothing_is_loaded_from_elsewhere(world: World):
    client = world.client()
    for path in ("/login", "/docs"):
        text = client.get(path).text
        assert not re.search(r'(src|href)="(https?:)?//', text)


def test_the_document_says_what_needs_no_sign_in_and_what_is_no_json(world: World) -> None:
    paths = world.client("admin").get("/openapi.json").json()["paths"]
    unsigned = {path for path, of in paths.items() for its in of.values() if its.get("security") == []}
    assert unsigned == {"/health", "/ready", "/metrics", "/api/v1/sessions"}
    [told] = paths["/metrics"]["get"]["responses"]["200"]["content"]
    assert world.client("admin").get("/metrics").headers["content-type"].startswith(told)


def test_the_document_is_as_strict_as_the_service(world: World) -> None:
    """What is posted may lack an id and may hold no key of its own; own lists hold own kinds."""
    officer, lender = world.client("officer.phanri"), world.client("fund.tratan")
    document = officer.get("/openapi.json").json()
    survey = document["components"]["schemas"]["Survey"]
    assert (sorted(survey["required"]), survey["additionalProperties"]) == (["surveyed_on", "text"], False)
    without = {key: value for key, value in SURVEY.items() if key != "person_id"}
    assert officer.post("/api/v1/surveys", json=without).status_code == 201
    assert officer.post("/api/v1/surveys", json=without | {"name": "x"}).status_code == 422
    content = document["paths"]["/api/v1/loans"]["get"]["responses"]["200"]["content"]
    assert content["application/json"]["schema"]["$ref"].endswith("/OwnPage")
    assert lender.post("/api/v1/loans", json={"title": "Quỹ", "kind": None}).json()["kind"] == "loan"


@pytest.mark.parametrize(
    ("path", "methods"), [("openings", "GET, POST"), ("people/x", "GET"), ("surveys", "POST"), ("referrals/x", "PATCH")]
)
def test_a_method_that_a_path_does_not_take_is_told_those_that_it_takes(world: World, path: str, methods: str) -> None:
    answer = world.client("officer.phanri").request("PUT", f"/api/v1/{path}")
    assert (answer.status_code, answer.headers["allow"]) == (405, methods)
    assert answer.headers["content-type"] == "application/problem+json"
