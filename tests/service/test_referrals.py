"""Referrals: who may be put forward for what, who may know, and whose the seats are."""

from datetime import timedelta
from typing import Any

import pytest

from service import audit
from service.operations.keeping import erase_person
from service.operations.referrals import retire
from service.storage import pools
from service.storage.schema import referral_steps, referrals
from tests.service.conftest import NOW, World
from tests.service.examples import LOAN, OPENING, PROGRAMME, SURVEY
from tests.service.referring import API, CONSENT, go, introduced, people_and_opening, refer, step

FULL_WAY = ("agreed", "sent", "seen", "interview", "started")


def status_of(officer: Any, referral: str) -> str:
    items = officer.get(f"{API}/referrals").json()["items"]
    return next(str(item["status"]) for item in items if item["referral_id"] == referral)


def test_the_whole_way_is_written_down_step_by_step(world: World) -> None:
    officer = people_and_opening(world)
    referral = refer(officer, consent=CONSENT)
    for status in FULL_WAY:
        answer = step(officer, referral, status)
        assert answer.status_code == 200, answer.text
    for days in (30, 90, 180, 365):
        world.clock.at = NOW + timedelta(days=days)
        officer = world.client("officer.phanri")
        answer = step(officer, referral, f"kept_{days}d")
        assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [its["status"] for its in told["steps"]] == [
        "proposed", *FULL_WAY, "kept_30d", "kept_90d", "kept_180d", "kept_365d",
    ]  # fmt: skip
    assert told["steps"][5]["on"] == "2026-11-23"
    assert told["consent"] == {"given_on": "2026-11-23", "form": "spoken"}
    assert told["next"] == ["withdrawn"]


def test_an_offer_of_every_kind_may_be_referred_to(world: World) -> None:
    officer = people_and_opening(world)
    world.client("provider.one").post(f"{API}/programmes", json=PROGRAMME | {"offer_id": "T1"})
    world.client("fund.tratan").post(f"{API}/loans", json=LOAN | {"offer_id": "L1", "purposes": None})
    text = "can hoc han dien va muon vay 5 trieu lam an"
    officer.post(f"{API}/surveys", json=SURVEY | {"person_id": "PR-0", "text": text})
    for offer in ("T1", "L1"):
        go(officer, refer(officer, offer=offer), "agreed", "sent", "started")


def test_nothing_is_sent_without_the_persons_yes(world: World) -> None:
    """P4."""
    officer = people_and_opening(world)
    referral = refer(officer)
    for status in ("sent", "seen", "started", "kept_30d", "proposed"):
        answer = step(officer, referral, status)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:viecgan:problem:conflict")
    refused = officer.patch(f"{API}/referrals/{referral}", json={"status": "agreed"})
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "consent")
    assert status_of(officer, referral) == "proposed"
    assert introduced(world) == []


def test_who_they_are_is_told_for_one_opening_while_it_stands(world: World) -> None:
    """P4: after both yeses, to the one employer; withdrawal counts from the next request."""
    officer = people_and_opening(world)
    world.client("employer.one").post(f"{API}/openings", json=OPENING | {"offer_id": "J2"})
    referral = refer(officer)
    go(officer, referral, "agreed")
    assert introduced(world) == []
    go(officer, referral, "sent")
    [told] = introduced(world)
    assert told == {
        "candidate": told["candidate"], "state": "introduced", "name": CONSENT["name"], "contact": CONSENT["contact"],
    }  # fmt: skip
    assert world.client("employer.one").get(f"{API}/openings/J2/introductions").json()["items"] == []
    assert world.client("employer.two").get(f"{API}/openings/J1/introductions").status_code == 404
    go(officer, referral, "withdrawn")
    assert introduced(world) == [{"candidate": told["candidate"], "state": "over", "name": None, "contact": None}]
    with world.house.database.reading() as connection:
        assert connection.execute(referrals.select()).one().shares is None


def test_the_employers_look_is_the_step_seen(world: World) -> None:
    officer = people_and_opening(world)
    referral = refer(officer)
    go(officer, referral, "agreed", "sent")
    introduced(world)
    introduced(world)
    assert status_of(officer, referral) == "seen"
    assert step(officer, referral, "seen").status_code == 409


def test_a_person_is_put_forward_once_at_a_time(world: World) -> None:
    officer = people_and_opening(world)
    body = {"person_id": "PR-0", "offer_id": "J1"}
    first = refer(officer)
    assert officer.post(f"{API}/referrals", json=body).status_code == 409
    go(officer, first, "declined")
    assert refer(officer) != first


def test_the_same_key_is_one_referral(world: World) -> None:
    """F6; the step that was taken is not refused when it is sent again."""
    officer = people_and_opening(world, headcount=1)
    body, key = {"person_id": "PR-0", "offer_id": "J1"}, {"Idempotency-Key": "once"}
    answers = [officer.post(f"{API}/referrals", json=body, headers=key) for _ in range(2)]
    assert answers[0].content == answers[1].content
    referral = answers[0].json()["referral_id"]
    go(officer, referral, "agreed")
    sent = [
        officer.patch(f"{API}/referrals/{referral}", json={"status": "sent"}, headers={"Idempotency-Key": "sent"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert sent[0].content == sent[1].content
    assert len(officer.get(f"{API}/referrals").json()["items"]) == 1


def test_a_seat_is_held_from_sent_until_it_ends(world: World) -> None:
    """M12, M7: the next person is told that it is full, and may take it when it is given back."""
    officer = people_and_opening(world, people=2, headcount=1)
    first, second = refer(officer, "PR-0"), refer(officer, "PR-1")
    go(officer, second, "agreed")
    go(officer, first, "agreed", "sent")
    assert step(officer, second, "sent").status_code == 409
    pair = officer.get(f"{API}/people/PR-1/matches/J1").json()
    assert [verdict["rule"] for verdict in pair["verdicts"]] == ["seats_left"]
    assert officer.get(f"{API}/people/PR-1/matches").json()["matches"] == []
    go(officer, first, "declined")
    assert officer.get(f"{API}/people/PR-1/matches/J1").json()["eligible"] is True
    go(officer, second, "sent")


def test_a_seat_is_counted_where_it_is_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """M12: even if what is held in memory does not know that it is taken."""
    monkeypatch.setattr(pools, "with_seats_left", lambda offer, taken: offer)
    officer = people_and_opening(world, people=2, headcount=1)
    first, second = refer(officer, "PR-0"), refer(officer, "PR-1")
    go(officer, second, "agreed")
    go(officer, first, "agreed", "sent")
    refused = step(officer, second, "sent")
    assert (refused.status_code, "every seat" in refused.json()["detail"]) == (409, True)


def test_a_barred_pair_is_not_referred_and_the_reason_is_said(world: World) -> None:
    """M7: neither when it is proposed nor when the bar comes later."""
    officer = people_and_opening(world)
    barred = SURVEY | {"person_id": "PR-0", "court_bars": [{"occupations": ["9313"], "until": "2027-01-01"}]}
    referral = refer(officer)
    go(officer, referral, "agreed")
    officer.post(f"{API}/surveys", json=barred)
    refused = step(officer, referral, "sent")
    assert refused.status_code == 409
    assert refused.json()["detail"]
    go(officer, referral, "withdrawn")
    assert officer.post(f"{API}/referrals", json={"person_id": "PR-0", "offer_id": "J1"}).status_code == 409


def test_an_offer_that_closes_ends_what_was_not_sent(world: World) -> None:
    """What was sent in time is still answered."""
    officer = people_and_opening(world, people=3)
    waiting, sent, parked = (refer(officer, f"PR-{i}") for i in range(3))
    go(officer, sent, "agreed", "sent")
    go(officer, parked, "parked")
    world.client("employer.one").patch(f"{API}/openings/J1", json={"status": "closed"})
    assert [status_of(officer, its) for its in (waiting, sent, parked)] == ["obsolete", "sent", "obsolete"]
    assert officer.post(f"{API}/referrals", json={"person_id": "PR-0", "offer_id": "J1"}).status_code == 409
    go(officer, sent, "interview", "started")


def test_what_nobody_was_heard_about_ends_by_itself(world: World) -> None:
    """A seat is not held for ever by silence; who began work stays."""
    officer = people_and_opening(world, people=5, closes_on="2026-12-31")
    waiting, sent, started, parked, late = (refer(officer, f"PR-{i}") for i in range(5))
    go(officer, sent, "agreed", "sent")
    go(officer, started, "agreed", "sent", "started")
    assert step(officer, parked, "parked", until="2027-03-01").status_code == 200
    assert retire(world.house) == 0
    world.clock.at = NOW + timedelta(days=39)
    assert retire(world.house) == 3
    officer = world.client("officer.phanri")
    its = (waiting, sent, started, parked, late)
    assert [status_of(officer, one) for one in its] == ["obsolete", "sent", "started", "obsolete", "obsolete"]
    world.clock.at = NOW + timedelta(days=61)
    assert (retire(world.house), retire(world.house)) == (1, 0)
    officer = world.client("officer.phanri")
    assert [status_of(officer, one) for one in its] == ["obsolete", "expired", "started", "obsolete", "obsolete"]


def test_days_kept_are_days(world: World) -> None:
    """What models learn from is not written down before it happened."""
    officer = people_and_opening(world)
    referral = refer(officer)
    go(officer, referral, "agreed", "sent", "interview")
    assert step(officer, referral, "started", on="2026-11-24").status_code == 422
    assert step(officer, referral, "started", on="2026-10-24").status_code == 200
    assert step(officer, referral, "kept_90d").status_code == 409
    assert step(officer, referral, "kept_30d", on="2026-11-22").status_code == 409
    assert step(officer, referral, "kept_30d").status_code == 200
    assert step(officer, referral, "kept_90d").status_code == 409


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"status": "declined"}, "by"),
        ({"status": "declined", "by": "nobody"}, "by"),
        ({"status": "parked"}, "until"),
        ({"status": "parked", "until": "2026-11-23"}, "until"),
        ({"status": "parked", "until": "2036-11-23"}, "until"),
        ({"status": "withdrawn", "by": "person"}, "by"),
        ({"status": "obsolete"}, "status"),
        ({"status": "expired"}, "status"),
        ({"status": "hired"}, "status"),
        ({"status": "agreed", "consent": CONSENT | {"given_on": "2026-11-24"}}, "consent.given_on"),
        ({"status": "agreed", "consent": CONSENT | {"given_on": "0001-01-01"}}, "consent.given_on"),
        ({"status": "agreed", "consent": CONSENT | {"name": "anh Tư, mới ra tù"}}, "consent.name"),
        ({"status": "agreed", "consent": CONSENT | {"contact": ""}}, "consent.contact"),
        ({"status": "agreed", "consent": CONSENT | {"heard": 1}}, "consent"),
        ({"status": "declined", "by": "person", "consent": CONSENT}, "consent"),
        ({"status": "declined", "by": "person", "reason": "x" * 501}, "reason"),
        ({"status": "agreed", "consent": CONSENT, "on": "9999-12-31"}, "on"),
    ],
    ids=str,
)
def test_a_step_that_lacks_something_is_refused_with_the_field(world: World, body: dict[str, Any], path: str) -> None:
    """F1, P2."""
    officer = people_and_opening(world)
    referral = refer(officer)
    answer = officer.patch(f"{API}/referrals/{referral}", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, path), answer.text
    assert len(officer.get(f"{API}/referrals").json()["items"][0]["steps"]) == 1


def test_another_communes_referral_answers_like_none(world: World) -> None:
    """P1."""
    referral = refer(people_and_opening(world))
    tratan = world.client("officer.tratan")
    there, nowhere = (step(tratan, its, "withdrawn") for its in (referral, "R9"))
    assert (there.status_code, there.content, there.headers) == (404, nowhere.content, nowhere.headers)
    assert tratan.get(f"{API}/referrals").json() == {"items": [], "next_cursor": None}
    mine, unknown = (
        tratan.post(f"{API}/referrals", json={"person_id": person, "offer_id": "J1"}) for person in ("PR-0", "PR-9")
    )
    assert (mine.status_code, mine.content) == (404, unknown.content)


def test_the_list_pages_newest_first(world: World) -> None:
    officer = people_and_opening(world, people=3)
    made = []
    for i in range(3):
        world.clock.at = NOW + timedelta(minutes=i)
        made.append(refer(officer, f"PR-{i}"))
    first = officer.get(f"{API}/referrals?limit=2").json()
    second = officer.get(f"{API}/referrals?limit=2&cursor={first['next_cursor']}").json()
    assert [its["referral_id"] for its in first["items"] + second["items"]] == made[::-1]
    assert second["next_cursor"] is None


def test_every_look_and_every_step_is_on_record(world: World) -> None:
    """P7."""
    officer = people_and_opening(world)
    go(officer, refer(officer), "agreed", "sent")
    introduced(world)
    officer.get(f"{API}/referrals")
    looks = officer.get(f"{API}/audit/people/PR-0").json()["items"]
    assert [look["action"] for look in looks[:5]] == [
        "list_referrals", "list_introduced", "step_referral", "step_referral", "propose_referral",
    ]  # fmt: skip
    with world.house.database.reading() as connection:
        audit.verify(connection, world.house.database.keys)


def test_an_erased_person_leaves_no_referral_and_gives_the_seat_back(world: World) -> None:
    """P8, M12."""
    officer = people_and_opening(world, people=2, headcount=1)
    go(officer, refer(officer), "agreed", "sent")
    assert officer.get(f"{API}/people/PR-1/matches/J1").json()["eligible"] is False
    erase_person(world.house.database, "PR-0", at=NOW)
    with world.house.database.reading() as connection:
        assert connection.execute(referrals.select()).all() == connection.execute(referral_steps.select()).all() == []
    assert introduced(world) == []
    assert officer.get(f"{API}/people/PR-1/matches/J1").json()["eligible"] is True
    every_byte = b"".join(path.read_bytes() for path in world.path.parent.glob("viecgan.db*"))
    assert CONSENT["contact"].encode() not in every_byte


def test_who_began_a_course_is_a_learner_until_it_is_over(world: World) -> None:
    """M9: a loan for learners is open to them from that day on, and closed again after the weeks of the course."""
    officer = people_and_opening(world)
    provider, lender = world.client("provider.one"), world.client("fund.tratan")
    course = PROGRAMME | {"offer_id": "T1", "weeks": 2, "starts_on": None}
    assert provider.post(f"{API}/programmes", json=course).status_code == 201
    assert lender.post(f"{API}/loans", json=LOAN | {"offer_id": "L1", "must_be_enrolled": True}).status_code == 201

    def barred() -> list[str]:
        told = world.client("officer.phanri").get(f"{API}/people/PR-0/matches/L1")
        assert told.status_code == 200
        return [verdict["rule"] for verdict in told.json().get("verdicts", ())]

    assert barred() == ["enrolled_where_learners_borrow"]
    referral = refer(officer, offer="T1")
    go(officer, referral, "agreed", "sent")
    assert provider.get(f"{API}/programmes/T1/referrals").json()["items"][0]["name"] == "anh Tư"
    assert barred() == ["enrolled_where_learners_borrow"]
    go(officer, referral, "started")
    assert barred() == []
    world.clock.at += timedelta(days=13)
    assert barred() == []
    world.clock.at += timedelta(days=1)
    assert barred() == ["enrolled_where_learners_borrow"]


def test_who_left_a_course_is_no_learner(world: World) -> None:
    officer = people_and_opening(world)
    for user, kind, record in (
        ("provider.one", "programmes", PROGRAMME | {"offer_id": "T1", "starts_on": None}),
        ("fund.tratan", "loans", LOAN | {"offer_id": "L1", "must_be_enrolled": True}),
    ):
        assert world.client(user).post(f"{API}/{kind}", json=record).status_code == 201
    referral = refer(officer, offer="T1")
    go(officer, referral, "agreed", "sent", "started")
    assert "score" in officer.get(f"{API}/people/PR-0/matches/L1").json()
    go(officer, referral, "withdrawn")
    assert "verdicts" in officer.get(f"{API}/people/PR-0/matches/L1").json()
