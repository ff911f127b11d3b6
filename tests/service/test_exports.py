"""What became of referrals is exported for models: features and a grade, and nothing that leads to anybody."""

import json
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from matching.domain.outcome import grade_of
from matching.domain.referral import DeclinedBy, ReferralStatus, next_by_hand
from matching.features import NAMES
from service import audit
from service.access import OPERATOR
from service.cli import application, operator_commands
from service.operations.exports import export_training
from service.operations.keeping import erase_person
from service.storage.migrations import STEPS, m0005_funds, remember_meta
from service.storage.pools import kept_features, known_first
from tests.registry.store import saved
from tests.service.conftest import World
from tests.service.examples import LOAN, OPENING
from tests.service.referring import API, CONSENT, go, people_and_opening, refer, step

SPEC = 'name = "test"\nas_of = 2026-11-23\npull = [0.1]\nfolds = 2\n'


def outcomes_of(world: World, people: int) -> TestClient:
    """People of whom each began at J1 and did not want J2; return the officer's client."""
    officer = people_and_opening(world, people=people, headcount=50)
    night = OPENING | {"offer_id": "J2", "title": "Phụ hồ ban đêm", "night_shift": True, "wage_min_vnd": 250000}
    assert world.client("employer.one").post(f"{API}/openings", json=night).status_code == 201
    for i in range(people):
        began(officer, f"PR-{i}")
    return officer


def began(officer: TestClient, person: str) -> None:
    go(officer, refer(officer, person, consent=CONSENT), "agreed", "sent", "started")
    assert step(officer, refer(officer, person, "J2"), "declined", by="person").status_code == 200


def exported(world: World, user: str = "analyst.one", limit: int = 100) -> list[dict[str, Any]]:
    client, items, cursor = world.client(user), list[dict[str, Any]](), None
    while True:
        page = client.get(f"{API}/exports/training", params={"limit": limit} | ({"cursor": cursor} if cursor else {}))
        assert page.status_code == 200, page.text
        items += page.json()["items"]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            return items


def test_an_export_holds_grades_and_features_of_whole_tens_of_people(world: World) -> None:
    """P2, P6: nothing else, so nobody can be told by it; the eleventh waits for nine others."""
    officer = outcomes_of(world, 9)
    assert exported(world) == []
    officer.post(f"{API}/surveys", json=people_record(9))
    began(officer, "PR-9")
    first = exported(world)
    officer.post(f"{API}/surveys", json=people_record(10))
    world.clock.at += timedelta(minutes=1)
    began(officer, "PR-10")
    assert exported(world) == first == exported(world, "admin", limit=3)
    assert sorted(its["grade"] for its in first) == [0] * 10 + [2] * 10
    assert len({its["person"] for its in first}) == 10
    for its in first:
        assert set(its) == {"person", "grade", "features"}
        assert set(its["features"]) <= set(NAMES)
    text = json.dumps(first)
    assert not any(word in text for word in ("PR-", "J1", "J2", "phu ho", "Phan Rí", "22972", "2026", "anh Tư"))


def people_record(number: int) -> dict[str, Any]:
    return {"person_id": f"PR-{number}", "text": "phu ho 2 nam", "surveyed_on": "2026-11-20"}


def test_names_are_of_one_day_and_every_look_is_on_record(world: World) -> None:
    """P7."""
    officer = outcomes_of(world, 10)
    today = exported(world)
    looks = officer.get(f"{API}/audit/people/PR-3").json()["items"]
    assert (looks[0]["action"], looks[0]["actor"]) == ("export_training", "analyst.one")
    world.clock.at = world.clock.at.replace(day=24)
    tomorrow = exported(world)
    assert not {its["person"] for its in today} & {its["person"] for its in tomorrow}
    without = [[(its["grade"], json.dumps(its["features"])) for its in found] for found in (today, tomorrow)]
    assert sorted(without[0]) == sorted(without[1])
    with world.house.database.reading() as connection:
        audit.verify(connection, world.house.database.keys)


def test_who_was_erased_is_in_no_export(world: World) -> None:
    """P8: with nine left there is none."""
    outcomes_of(world, 10)
    assert len(exported(world)) == 20
    erase_person(world.house.database, "PR-4", at=world.clock.at)
    assert exported(world) == []


def test_whose_outcomes_are_known_is_what_their_steps_say(world: World) -> None:
    """F2: a page reads the steps of those on it only; the database knows of whom there is an outcome, as grades do."""
    draw, officer = Random(1), people_and_opening(world, people=30, headcount=50)
    for i in range(30):
        referral, status = refer(officer, f"PR-{i}", consent=CONSENT), ReferralStatus.PROPOSED
        while (follows := sorted(set(next_by_hand(status)) - {ReferralStatus.PARKED})) and draw.random() < 0.9:
            status = draw.choice(follows)
            by = {"by": draw.choice(list(DeclinedBy)).value} if status is ReferralStatus.DECLINED else {}
            if step(officer, referral, status.value, **by).status_code != 200:
                break  # so many days have not passed since the start
    with world.house.database.reading() as connection:
        telling = [its for its in kept_features(connection) if grade_of(its.steps, its.declined_by) is not None]
        known = known_first(connection)
    assert 5 < len(telling) < 25
    assert sorted(known) == sorted(its.person_key for its in telling)


def test_referrals_to_loans_are_not_exported(world: World) -> None:
    """P5: who may borrow where tells what is restricted."""
    officer = outcomes_of(world, 10)
    made = world.client("fund.tratan").post(f"{API}/loans", json=LOAN | {"offer_id": "L1"})
    assert made.status_code == 201
    before = exported(world)
    for i in range(10):
        go(officer, refer(officer, f"PR-{i}", "L1", consent=CONSENT), "agreed", "sent", "started")
    assert exported(world) == before


@pytest.mark.parametrize(
    "user", ["officer.phanri", "employer.one", "provider.one", "fund.tratan", "coordinator.lamdong"]
)
def test_nobody_else_exports(world: World, user: str) -> None:
    """P1: it answers like a path that is not there."""
    client = world.client(user)
    assert client.get(f"{API}/exports/training").json() == client.get(f"{API}/exports/nothing").json()


def test_an_export_is_what_train_reads(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Referrals over HTTP, an export, a release."""
    outcomes_of(world, 10)
    monkeypatch.setattr(operator_commands, "_database", lambda _url: world.house.database)
    monkeypatch.setattr(operator_commands, "now_utc", world.clock)
    events, spec = tmp_path / "events", tmp_path / "test.toml"
    events.mkdir()
    spec.write_text(SPEC, encoding="utf-8")
    run = CliRunner().invoke
    told = run(application(), ["export", "training", "-o", str(events / "outcomes.jsonl")])
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", "20 outcomes of 10 people\n")
    lines = [json.loads(line) for line in (events / "outcomes.jsonl").read_text().splitlines()]
    assert lines == exported(world)
    trained = run(application(), ["train", str(spec), "--events", str(events), "--models", str(tmp_path / "m")])
    assert trained.exit_code == 0, (trained.stderr, trained.exception)
    found = json.loads(trained.stdout)
    assert (tmp_path / "m" / found["release"] / "card.md").exists()
    gates = {gate["name"]: gate["passed"] for gate in found["gates"]}
    assert gates["enough_people"] is False


def test_a_release_is_promoted_over_another_on_the_outcomes_on_record(world: World) -> None:
    """F7: held against the one that serves, with the gates of the command line; too little known says what to do."""
    models = world.house.matcher.model.models
    first, second = saved(models), saved(models, near=0.7)
    analyst = world.client("analyst.one")
    assert analyst.post(f"{API}/releases/{first.name}/promotion").status_code == 200
    refused = analyst.post(f"{API}/releases/{second.name}/promotion")
    assert (refused.status_code, refused.headers["content-type"]) == (409, "application/problem+json")
    assert "the outcomes of 0 people" in refused.json()["detail"]
    assert "viecgan promote RELEASE --events DIR" in refused.json()["detail"]
    outcomes_of(world, 10)
    told = analyst.post(f"{API}/releases/{second.name}/promotion").json()["detail"]
    assert "enough_people: wanted 30 judged people or more, found 10" in told
    assert world.house.matcher.model.name == first.name


def test_the_operators_export_is_on_record_too(world: World) -> None:
    """P7."""
    outcomes_of(world, 10)
    assert len(export_training(world.house.database, OPERATOR, at=world.clock.at)) == 20
    looks = world.client("officer.phanri").get(f"{API}/audit/people/PR-0").json()["items"]
    assert (looks[0]["action"], looks[0]["actor"]) == ("export_training", "operator")


def test_a_database_of_before_keeps_its_referrals_and_ledgers(world: World) -> None:
    """Nothing is known of what was put forward before; what comes now is kept with its features."""
    officer = people_and_opening(world)
    refer(officer)
    keeper = world.client("fund.tratan")
    assert keeper.post(f"{API}/loans", json=LOAN | {"offer_id": "L1"}).status_code == 201
    with world.house.database.writing() as connection:
        connection.exec_driver_sql("DROP INDEX taken_back_once")
        for table, column in (("referrals", "features"), ("fund_entries", "takes_back")):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        remember_meta(connection, "migrations", str(STEPS.index(m0005_funds.apply) + 1))
    world.house.database.prepare()
    for _ in range(2):
        assert keeper.post(f"{API}/funds/L1/reversals", json={"entry": 1}).status_code == 409
    assert keeper.post(f"{API}/funds/L1/contributions", json={"amount_vnd": 5}).status_code == 201
    assert keeper.post(f"{API}/funds/L1/reversals", json={"entry": 2}).status_code == 201
    with world.house.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT features FROM referrals").scalar_one() is None
