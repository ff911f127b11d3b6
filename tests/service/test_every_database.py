"""What holds on each kind of database: on PostgreSQL too, where the tests of the service do not run."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from service.privacy import Keys
from service.storage.engine import Database
from tests.service.conftest import PASSWORD, World
from tests.service.examples import OPENING, SURVEY

API = "/api/v1"


def prepare(url: str) -> None:
    database = Database(url, Keys(b"k" * 32))
    database.prepare()
    database.close()


def cursor(position: object) -> str:
    return urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def test_many_may_prepare_it_at_once_and_what_it_cannot_hold_is_nobodys(
    build: Callable[..., World], tmp_path: Path, database_url: str
) -> None:
    """F5: workers start together. F1: an id or cursor with a NUL, a number beyond its integers."""
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(prepare, [database_url] * 6))
    world = build(tmp_path, database_url)
    officer, employer = (
        world.client(user, raise_server_exceptions=False) for user in ("officer.phanri", "employer.one")
    )
    assert officer.post(f"{API}/surveys", json=SURVEY).status_code == 201
    assert employer.post(f"{API}/openings", json=OPENING | {"offer_id": "J1"}).status_code == 201

    absent = officer.get(f"{API}/people/nobody")
    for client, path in (
        (officer, "/people/{}"),
        (officer, "/people/{}/matches"),
        (officer, "/people/PR-1/matches/{}"),
        (officer, "/audit/people/{}"),
        (employer, "/openings/{}/candidates"),
        (employer, "/openings/{}/introductions"),
    ):
        answer = client.get(API + path.format("a%00b"))
        assert (answer.status_code, answer.content) == (404, absent.content), path
    for client, path, position in (
        (officer, "/people", ("2026-01-01", "22972", "\0")),
        (officer, "/referrals", ("\0", "\0")),
        (employer, "/openings", "\0"),
        (officer, "/audit/people/PR-1", 2**40),
    ):
        assert client.get(f"{API}{path}?cursor={cursor(position)}").status_code == 422, path
    browser = world.client(raise_server_exceptions=False)
    assert browser.post("/login", data={"user": "a\0b", "password": PASSWORD}).status_code == 422
