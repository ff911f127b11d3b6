"""Whatever is tried, in whatever order: what is told, who holds a seat and what was written down agree."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest

from matching.domain.referral import BY_ITSELF, ENDS, HOLDS_SEAT, STEPS, ReferralStatus
from service import audit
from tests.service.conftest import World
from tests.service.referring import API, CONSENT, cards, people_and_opening
from tests.service.referring import STEPS as NEEDED

PEOPLE, ATTEMPTS = 3, 80


@pytest.mark.parametrize("seed", range(2))
def test_attempts_in_any_order_keep_the_promises(world: World, seed: int) -> None:
    """P4, M12, P7: against the table of steps, after every attempt."""
    draw, officer = Random(seed), people_and_opening(world, people=PEOPLE, headcount=2)
    employer, ids = world.client("employer.one"), cards(world)
    before = _referrals(officer)
    for _ in range(ATTEMPTS):
        kind = draw.choice(("propose", "ask", "answer", "step", "step", "step", "look"))
        if kind == "propose":
            person = f"PR-{draw.randrange(PEOPLE)}"
            answer = officer.post(f"{API}/referrals", json={"person_id": person, "offer_id": "J1"})
        elif kind == "ask":
            answer = employer.post(f"{API}/openings/J1/candidates/{draw.choice(ids)}/introductions")
            assert answer.status_code == 202
        elif kind == "look" or not before:
            answer = employer.get(f"{API}/openings/J1/introductions")
            _check_told(answer.json()["items"], _referrals(officer))
        else:
            standing = [its for its in before.values() if its["next"]] or list(before.values())
            answer = _moved(officer, draw.choice(standing), draw, kind)
        assert answer.status_code < 500
        after = _referrals(officer)
        _check_steps(before, after)
        before = after
    with world.house.database.reading() as connection:
        audit.verify(connection, world.house.database.keys)


def _moved(officer: Any, its: dict[str, Any], draw: Random, kind: str) -> Any:
    """Answer an employer, or try a step: mostly the next on the way, else any."""
    referral = its["referral_id"]
    if kind == "answer":
        body = draw.choice(({"answer": "yes", "consent": CONSENT}, {"answer": "yes"}, {"answer": "no"}))
        return officer.patch(f"{API}/introductions/{referral}", json=body)
    tried = its["next"][:1] if draw.random() < 0.7 else [its for its in ReferralStatus if its not in BY_ITSELF]
    status = draw.choice(tried or list(ReferralStatus))
    body = {"status": status} | NEEDED.get(status, {})
    return officer.patch(f"{API}/referrals/{referral}", json=body)


def _referrals(officer: Any) -> dict[str, dict[str, Any]]:
    items = officer.get(f"{API}/referrals?limit=100").json()["items"]
    return {its["referral_id"]: its for its in items}


def _check_steps(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> None:
    """Steps are added one after the other as the table allows, and no more seats are held than there are."""
    assert set(before) <= set(after)
    for referral, its in after.items():
        known = before[referral]["steps"] if referral in before else []
        assert its["steps"][: len(known)] == known
        way = [ReferralStatus(step["status"]) for step in its["steps"]]
        assert way[0] is ReferralStatus.PROPOSED
        assert way[-1] == its["status"]
        assert all(later in STEPS[earlier] for earlier, later in pairwise(way))
        assert its["consent"] is not None or not set(way) & (HOLDS_SEAT | {ReferralStatus.AGREED})
        assert its["shares"] is None or its["status"] not in ENDS
    assert sum(its["status"] in HOLDS_SEAT for its in after.values()) <= 2
    standing = [its["person_id"] for its in after.values() if its["status"] not in ENDS]
    assert len(standing) == len(set(standing))


def _check_told(items: list[dict[str, Any]], referrals: dict[str, dict[str, Any]]) -> None:
    """As many names are told as seats are held, and as many are asked for as stand and were asked for."""
    held = [its for its in referrals.values() if its["status"] in HOLDS_SEAT]
    waiting = [
        its for its in referrals.values()
        if its["asked_at"] and its["status"] not in ENDS and its["status"] not in HOLDS_SEAT
    ]  # fmt: skip
    assert sum(its["name"] is not None for its in items) == len(held)
    states = [its["state"] for its in items]
    assert (states.count("introduced"), states.count("asked")) == (len(held), len(waiting))
    assert not any(its["name"] or its["contact"] for its in items if its["state"] != "introduced")
