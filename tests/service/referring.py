"""A person of Phan Rí Cửa and an opening that fits them, and steps taken over HTTP."""

from typing import Any

from sqlalchemy import Connection
from starlette.testclient import TestClient

from service.storage.schema import fund_borrowers, fund_entries, referral_steps, referrals
from tests.service.conftest import World
from tests.service.examples import OPENING, SURVEY

API = "/api/v1"
CONSENT: dict[str, Any] = {"given_on": "2026-11-23", "form": "spoken", "name": "anh Tư", "contact": "gặp ở trụ sở xã"}
STEPS: dict[str, dict[str, Any]] = {
    "agreed": {"consent": CONSENT},
    "declined": {"by": "maker", "reason": "đã đủ người"},
    "parked": {"until": "2026-12-24"},
}
"""What some steps need."""


def people_and_opening(world: World, *, people: int = 1, **opening: Any) -> TestClient:
    """Record people PR-0, PR-1 ... and the opening J1 of employer.one; return the officer's client."""
    officer = world.client("officer.phanri")
    for i in range(people):
        assert officer.post(f"{API}/surveys", json=SURVEY | {"person_id": f"PR-{i}"}).status_code == 201
    posted = world.client("employer.one").post(f"{API}/openings", json=OPENING | {"offer_id": "J1"} | opening)
    assert posted.status_code == 201
    return officer


def refer(officer: TestClient, person: str = "PR-0", offer: str = "J1", **more: Any) -> str:
    """Put somebody forward and return the referral's id."""
    answer = officer.post(f"{API}/referrals", json={"person_id": person, "offer_id": offer} | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["referral_id"])


def step(officer: TestClient, referral: str, status: str, **more: Any) -> Any:
    """Take one step, with what such a step needs."""
    return officer.patch(f"{API}/referrals/{referral}", json={"status": status} | STEPS.get(status, {}) | more)


def go(officer: TestClient, referral: str, *statuses: str) -> None:
    """Take some steps, each of which must be allowed."""
    for status in statuses:
        answer = step(officer, referral, status)
        assert answer.status_code == 200, answer.text


def cards(world: World, user: str = "employer.one") -> list[str]:
    """Return the ids on the cards of J1."""
    found = world.client(user).get(f"{API}/openings/J1/candidates").json()
    return [card["candidate"] for card in found["items"]]


def introduced(world: World, user: str = "employer.one") -> list[dict[str, Any]]:
    """Return what an employer is told of the introductions of J1."""
    answer = world.client(user).get(f"{API}/openings/J1/introductions")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def drop_referrals(connection: Connection) -> None:
    """Take the tables of referrals and funds away, as in a database of before."""
    fund_borrowers.drop(connection)
    fund_entries.drop(connection)
    referral_steps.drop(connection)
    referrals.drop(connection)
