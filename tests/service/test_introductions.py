"""Introductions: an employer asks, the officer and the person answer, and nothing else is told."""

from typing import Any

import msgspec
import pytest

from service.api.examples import INTRODUCTION_ANSWER, INTRODUCTIONS, REFERRAL, REFERRAL_ASKED, REFERRAL_STEP
from service.api.shapes import Referral
from service.operations.introductions import AnswerAsked, Introduced
from service.operations.referrals import ReferralAsked, StepAsked
from service.privacy import stigma_words
from tests.service.conftest import World
from tests.service.examples import OPENING, SURVEY
from tests.service.referring import API, CONSENT, cards, go, introduced, people_and_opening, refer, step

YES = {"answer": "yes", "consent": CONSENT}


def ask(world: World, candidate: str, opening: str = "J1", user: str = "employer.one") -> Any:
    return world.client(user).post(f"{API}/openings/{opening}/candidates/{candidate}/introductions")


def asked(officer: Any, **query: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = officer.get(f"{API}/introductions", params=query).json()["items"]
    return items


def answer(officer: Any, referral: str, **body: Any) -> Any:
    return officer.patch(f"{API}/introductions/{referral}", json=body)


def test_an_employer_asks_the_officer_and_the_person_say_yes(world: World) -> None:
    """P4: only then, and only for this opening, is it told who they are."""
    officer = people_and_opening(world)
    [candidate] = cards(world)
    told = ask(world, candidate)
    assert (told.status_code, told.json()) == (202, {"opening_id": "J1", "candidate": candidate, "state": "asked"})
    assert introduced(world) == [{"candidate": candidate, "state": "asked", "name": None, "contact": None}]
    [task] = asked(officer, waiting="true")
    assert (task["person_id"], task["offer_id"], task["status"], task["consent"]) == ("PR-0", "J1", "proposed", None)
    assert answer(officer, task["referral_id"], answer="yes").json()["errors"][0]["path"] == "consent"
    assert answer(officer, task["referral_id"], **YES).json()["status"] == "sent"
    assert introduced(world) == [
        {"candidate": candidate, "state": "introduced", "name": CONSENT["name"], "contact": CONSENT["contact"]}
    ]
    assert asked(officer, waiting="true") == []
    assert [its["status"] for its in asked(officer)] == ["seen"]
    assert answer(officer, task["referral_id"], **YES).status_code == 409


def test_a_no_tells_neither_who_nor_why(world: World) -> None:
    """P2, P4: and to ask again gives the same bytes and no second task."""
    officer = people_and_opening(world)
    [candidate] = cards(world)
    first = ask(world, candidate)
    [task] = asked(officer)
    refused = answer(officer, task["referral_id"], answer="no", by="person", reason="mới ra tù, chưa muốn gặp")
    assert refused.json()["status"] == "declined"
    assert introduced(world) == [{"candidate": candidate, "state": "over", "name": None, "contact": None}]
    again = ask(world, candidate)
    assert (again.status_code, again.content, again.headers) == (202, first.content, first.headers)
    assert len(asked(officer)) == 1
    said = world.client("employer.one").get(f"{API}/openings/J1/introductions").text
    assert stigma_words(said) == ()
    assert "PR-0" not in said


def test_what_the_officer_had_put_forward_is_the_same_referral(world: World) -> None:
    """An employer cannot tell whether the officer had thought of it."""
    officer = people_and_opening(world)
    referral = refer(officer)
    go(officer, referral, "agreed")
    assert ask(world, cards(world)[0]).status_code == 202
    [task] = asked(officer)
    assert (task["referral_id"], task["status"]) == (referral, "agreed")
    assert answer(officer, referral, answer="yes").json()["status"] == "sent"


def test_nobody_is_asked_for_who_is_not_on_a_card_of_that_opening(world: World) -> None:
    """P3: an id of another opening, of somebody who withdrew, or of nobody answers alike."""
    officer = people_and_opening(world, people=2)
    world.client("employer.one").post(f"{API}/openings", json=OPENING | {"offer_id": "J2"})
    one, other = cards(world)
    nobody = ask(world, "a" * 24)
    assert nobody.status_code == 404
    assert ask(world, one, opening="J2").content == nobody.content
    assert ask(world, one, user="employer.two").content == nobody.content
    officer.post(f"{API}/surveys", json=SURVEY | {"person_id": "PR-0", "agreed_to_be_shown": False})
    officer.post(f"{API}/surveys", json=SURVEY | {"person_id": "PR-1", "agreed_to_be_shown": False})
    assert (ask(world, one).content, ask(world, other).content) == (nobody.content, nobody.content)
    assert asked(officer) == []


@pytest.mark.parametrize("change", [{"status": "closed"}, {"closes_on": "2026-11-22"}], ids=str)
def test_nobody_is_asked_for_at_an_opening_that_is_not_open(world: World, change: dict[str, str]) -> None:
    """P3."""
    people_and_opening(world)
    [candidate] = cards(world)
    world.client("employer.one").patch(f"{API}/openings/J1", json=change)
    assert ask(world, candidate).json()["type"] == "urn:viecgan:problem:not-open"


def test_an_officer_answers_for_own_people_and_for_what_was_asked(world: World) -> None:
    """P1."""
    officer = people_and_opening(world)
    referral = refer(officer)
    assert answer(officer, referral, answer="no").status_code == 404
    ask(world, cards(world)[0])
    tratan = world.client("officer.tratan")
    there, nowhere = answer(tratan, referral, answer="no"), answer(tratan, "R9", answer="no")
    assert (there.status_code, there.content) == (404, nowhere.content)
    assert asked(tratan) == []


def test_the_newest_counts_and_an_officers_plan_is_not_told(world: World) -> None:
    """P4: what ended is over until somebody is sent again."""
    officer = people_and_opening(world)
    first = refer(officer)
    go(officer, first, "agreed", "sent", "withdrawn")
    again = refer(officer)
    assert [its["state"] for its in introduced(world)] == ["over"]
    go(officer, again, "agreed", "sent")
    assert [its["state"] for its in introduced(world)] == ["introduced"]


def test_withdrawing_takes_the_name_back_at_once(world: World) -> None:
    """P4: from any step, even from work that began."""
    officer = people_and_opening(world)
    ask(world, cards(world)[0])
    [task] = asked(officer)
    answer(officer, task["referral_id"], **YES)
    go(officer, task["referral_id"], "interview", "started")
    assert introduced(world)[0]["name"] == CONSENT["name"]
    assert step(officer, task["referral_id"], "withdrawn").status_code == 200
    assert introduced(world)[0]["name"] is None


def test_a_body_where_none_is_needed_is_read_as_strictly(world: World) -> None:
    """F1."""
    people_and_opening(world)
    path = f"{API}/openings/J1/candidates/{cards(world)[0]}/introductions"
    client = world.client("employer.one")
    assert client.post(path, json={"why": "x"}).status_code == 422
    assert client.post(path, content=b'{"a"').status_code == 422
    assert client.post(path, json={}).status_code == 202


def test_the_examples_are_what_the_routes_take_and_give() -> None:
    for example, kind in (
        (REFERRAL_ASKED, ReferralAsked),
        (REFERRAL_STEP, StepAsked),
        (INTRODUCTION_ANSWER, AnswerAsked),
        (REFERRAL, Referral),
    ):
        msgspec.convert(example, kind)
    assert list(REFERRAL) == list(Referral.__struct_fields__)
    assert list(INTRODUCTIONS["items"][0]) == [*Introduced.__slots__]
