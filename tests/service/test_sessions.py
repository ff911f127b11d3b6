"""Signing in and out, for programs and browsers."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from service import access
from service.operations.sessions import MAX_WRONG
from service.storage.accounts import disable_user
from service.storage.engine import Database
from tests.service.conftest import NOW, PASSWORD, World
from tests.service.examples import SURVEY


def sign_in(world: World, user: str, password: str = PASSWORD):
    return world.client().post("/api/v1/sessions", json={"user": user, "password": password})


def test_a_session_tells_role_and_communes(world: World):
    answer = sign_in(world, "officer.phanri")
    assert answer.status_code == 201
    assert answer.json()["role"] == "officer"
    assert answer.json()["communes"] == ["22972"]
    assert answer.json()["expires_at"] == "2026-11-23T15:00:00+00:00"


def test_wrong_names_and_wrong_passwords_answer_alike(world: World):
    wrong, unknown = sign_in(world, "officer.phanri", "khong-phai"), sign_in(world, "nobody", "khong-phai")
    assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content)
    assert wrong.status_code == 401


def test_a_name_that_nobody_has_takes_as_long_as_a_wrong_password(world: World, monkeypatch: pytest.MonkeyPatch):
    """P1: who may sign in is not told by the time it takes: each answer costs one look at a password."""
    with world.house.database.writing() as connection:
        disable_user(connection, "employer.two", at=NOW)
    looks: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            looks.append("one")
            return super().verify(hash, password)

    monkeypatch.setattr(access, "_HASHER", Counting(time_cost=1, memory_cost=8, parallelism=1))
    for user, password in (("nobody", PASSWORD), ("employer.two", PASSWORD), ("admin", "khong-phai")):
        looks.clear()
        assert sign_in(world, user, password).status_code == 401
        assert looks == ["one"], user


def test_too_many_wrong_passwords_have_to_wait(world: World):
    for _ in range(MAX_WRONG):
        assert sign_in(world, "admin", "khong-phai").status_code == 401
    refused = sign_in(world, "admin")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "300")
    world.clock.at = NOW + timedelta(minutes=6)
    assert sign_in(world, "admin").status_code == 201


def test_a_name_that_nobody_has_takes_little_room(world: World):
    """F1: anybody may send names; wrong ones are remembered."""
    assert sign_in(world, "a" * 5_000).status_code == 413
    assert world.client().post("/login", data={"user": "a" * 5_000, "password": PASSWORD}).status_code == 413


def test_a_session_ends_when_it_is_ended(world: World):
    client = world.client("officer.phanri")
    assert client.get("/api/v1/people").status_code == 200
    assert client.delete("/api/v1/sessions/current").status_code == 204
    assert client.get("/api/v1/people").status_code == 401


def test_a_session_ends_by_itself(world: World):
    client = world.client("officer.phanri")
    world.clock.at = NOW + timedelta(hours=11, minutes=59)
    assert client.get("/api/v1/people").status_code == 200
    world.clock.at = NOW + timedelta(hours=12)
    assert client.get("/api/v1/people").status_code == 401


def test_a_disabled_user_is_out_at_once(world: World):
    client = world.client("officer.phanri")
    with world.house.database.writing() as connection:
        disable_user(connection, "officer.phanri", at=NOW)
    assert client.get("/api/v1/people").status_code == 401
    assert sign_in(world, "officer.phanri").status_code == 401


def test_an_ended_session_gets_no_answer_however_often_it_asked(world: World):
    """What is looked up at every question is not remembered, whoever ended it: another worker, or the operator."""
    client = world.client("officer.phanri")
    client.post("/api/v1/surveys", json=SURVEY)
    for _ in range(3):
        assert client.get("/api/v1/people/PR-1/matches").status_code == 200
    elsewhere = Database(world.house.database.url, world.house.database.keys)
    with elsewhere.writing() as connection:
        disable_user(connection, "officer.phanri", at=NOW)
    assert client.get("/api/v1/people/PR-1/matches").status_code == 401
    elsewhere.close()


def test_neither_password_nor_token_is_kept(world: World):
    token = sign_in(world, "officer.phanri").json()["token"]
    world.house.database.forget_deleted()
    kept = world.path.read_bytes()
    assert PASSWORD.encode() not in kept
    assert token.encode() not in kept


def test_a_browser_gets_a_cookie_that_scripts_cannot_read(world: World):
    client = world.client(follow_redirects=False)
    answer = client.post("/login", data={"user": "officer.phanri", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_under_tls_the_cookie_is_bound_to_the_host(world: World):
    world.app.state.tls = True
    client = world.client(follow_redirects=False)
    cookie = client.post("/login", data={"user": "officer.phanri", "password": PASSWORD}).headers["set-cookie"]
    assert cookie.startswith("__Host-viecgan=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def browser(world: World, user: str):
    client = world.client(follow_redirects=False)
    client.post("/login", data={"user": user, "password": PASSWORD})
    return client


def test_a_browsers_write_needs_the_pages_token(world: World):
    client = browser(world, "officer.phanri")
    body = {"text": "tho ho", "surveyed_on": "2026-11-20"}
    assert client.get("/api/v1/people").status_code == 200
    assert client.post("/api/v1/surveys", json=body).status_code == 403
    assert client.post("/api/v1/surveys", json=body, headers={"X-CSRF-Token": "guess"}).status_code == 403
    assert client.post("/people/new", data=body).status_code == 403
    assert client.get("/api/v1/people").json()["items"] == []


def test_another_sites_form_is_refused(world: World):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        client = world.client(follow_redirects=False)
        answer = client.post("/login", data={"user": "officer.phanri", "password": PASSWORD}, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_one_browsers_page_token_is_worth_nothing_in_another(world: World):
    first, second = browser(world, "officer.phanri"), browser(world, "officer.phanri")
    token = first.get("/people").text.split('name="page-token" content="')[1].split('"')[0]
    body = {"text": "tho ho", "surveyed_on": "2026-11-20"}
    assert second.post("/api/v1/surveys", json=body, headers={"X-CSRF-Token": token}).status_code == 403
    assert first.post("/api/v1/surveys", json=body, headers={"X-CSRF-Token": token}).status_code == 201
