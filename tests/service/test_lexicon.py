"""Promises of the growth loop as it is kept: verdicts count from then on, are versioned and can be undone (X11)."""

import sqlite3
from contextlib import closing

import pytest

from matching.taxonomy.release import current_taxonomy
from service.errors import ConflictError, OperatorError
from service.operations.keeping import erase_person
from service.operations.lexicon import accept, corrected, for_next_release, history, reject, reread, stored_texts, undo
from service.storage.engine import Database
from service.storage.migrations import STEPS, m0001_first_tables, read_meta, remember_meta
from tests.service.conftest import World
from tests.service.examples import SURVEY
from tests.service.referring import drop_referrals

API = "/api/v1"
PHRASE, CODE = "vắt nhựa tằm lôm", "6210"
TEXT = "Hồi đó vắt nhựa tằm lôm 4 năm, làm phụ hồ. Cần việc."


def post(world: World, person: str, text: str = TEXT) -> list[str]:
    client = world.client("officer.phanri")
    posted = client.post(f"{API}/surveys", json=SURVEY | {"person_id": person, "text": text})
    assert posted.status_code == 201, posted.text
    return [m["code"] for m in posted.json()["profile"]["occupations"]]


def release_of(world: World, person: str) -> str:
    return str(world.client("officer.phanri").get(f"{API}/people/{person}").json()["taxonomy"])


def stored(world: World) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(world.path)) as connection:
        return connection.execute("SELECT * FROM profiles ORDER BY person_key").fetchall()


def test_an_accepted_phrase_counts_from_the_next_survey_and_stored_profiles_stay(world: World) -> None:
    assert post(world, "PR-1") == ["9313"]
    before = stored(world)
    version, _ = accept(world.house, PHRASE, CODE, by="Nguyễn Lan")
    assert version == 1
    assert stored(world) == before, "stored profiles keep the release that made them"
    assert sorted(post(world, "PR-2")) == [CODE, "9313"]
    previewed = world.client("officer.phanri").post(f"{API}/extractions", json={"text": TEXT}).json()
    assert CODE in [m["code"] for m in previewed["occupations"]]
    assert release_of(world, "PR-1") == current_taxonomy().release
    assert release_of(world, "PR-2").startswith(f"{current_taxonomy().release}+")


def test_stored_surveys_are_read_again_when_asked_and_undoing_brings_back_the_very_bytes(world: World) -> None:
    post(world, "PR-1")
    post(world, "PR-2", "lam phu ho 4 nam")
    facts = [{"code": "7112", "assertion": "experience"}]
    body = {"field": "occupations", "evidence": [TEXT.index("phụ hồ"), TEXT.index("phụ hồ") + 6], "facts": facts}
    world.client("officer.phanri").put(f"{API}/people/PR-1/profile/corrections", json=body)
    before = stored(world)
    version, _ = accept(world.house, PHRASE, CODE, by="Nguyễn Lan")
    again = reread(world.house)
    assert (again.read, again.changed) == (2, 1)
    profile = world.client("officer.phanri").get(f"{API}/people/PR-1/profile").json()
    assert sorted(m["code"] for m in profile["occupations"]) == [CODE, "7112"], "the correction stays applied"
    assert reread(world.house).read == 0
    undo(world.house, version, by="Trần Bình")
    assert reread(world.house).read == 2
    assert stored(world) == before


def test_every_verdict_is_kept_with_who_and_when(world: World) -> None:
    accept(world.house, PHRASE, CODE, by="Nguyễn Lan", region="south")
    undo(world.house, 1, by="Trần Bình")
    reject(world.house, "trời mưa hoài", by="Trần Bình")
    told = [(r.version, r.by, r.verdict.value, r.phrase, r.code, r.undone_in) for r in history(world.house)]
    assert told == [
        (1, "Nguyễn Lan", "accepted", PHRASE, CODE, 2),
        (2, "Trần Bình", "undone", PHRASE, CODE, 2),
        (3, "Trần Bình", "rejected", "trời mưa hoài", None, None),
    ]
    assert all(row.at.startswith("2026-11-23T03:00") for row in history(world.house))


def test_accepted_phrases_are_rows_for_the_next_release_and_rejected_ones_are_not_suggested(world: World) -> None:
    post(world, "PR-1")
    accept(world.house, PHRASE, CODE, by="Lan", region="south")
    reject(world.house, "Trời  mưa hoài", by="Lan")
    rows = [(a.phrase, a.code, a.region, a.source) for a in for_next_release(world.house)]
    assert rows == [(PHRASE, CODE, "south", "speech")]
    texts, taxonomy, rejected = stored_texts(world.house)
    assert (texts, rejected) == ([TEXT], {"troi mua hoai"})
    assert [alias.phrase for alias in taxonomy.accepted] == [PHRASE]


def test_what_officers_corrected_is_proposed_until_it_is_taken_back_or_decided(world: World) -> None:
    """X11: a correction stays with its person; that it was made is shown to whoever lets the lexicon grow."""
    texts = {"PR-1": TEXT, "PR-2": TEXT, "PR-3": "lam tho may 5 nam"}
    phrases = {"PR-1": PHRASE, "PR-2": PHRASE, "PR-3": "tho may"}
    client = world.client("officer.phanri")
    for person, text in texts.items():
        post(world, person, text)
        start = text.index(phrases[person])
        evidence = [start, start + len(phrases[person])]
        facts = [{"code": CODE if person != "PR-3" else "7231", "assertion": "experience"}]
        body = {"field": "occupations", "evidence": evidence, "facts": facts}
        assert client.put(f"{API}/people/{person}/profile/corrections", json=body).status_code == 200
    first, second = corrected(world.house)
    assert (first.phrase, first.code, first.corrections, first.obstacle) == (PHRASE, CODE, 2, None)
    assert (second.phrase, second.corrections) == ("tho may", 1)
    assert second.obstacle
    client.put(f"{API}/people/PR-3/profile/corrections", json={"undo": 1})
    erase_person(world.house.database, "PR-2", at=world.clock())
    assert [(one.phrase, one.corrections) for one in corrected(world.house)] == [(PHRASE, 1)]
    accept(world.house, PHRASE, CODE, by="Lan")
    assert corrected(world.house) == []


def test_a_phrase_has_one_standing_verdict(world: World) -> None:
    reject(world.house, PHRASE, by="Lan")
    with pytest.raises(ConflictError, match="version 1 by Lan: undo that version first"):
        accept(world.house, PHRASE, CODE, by="Bình")
    undo(world.house, 1, by="Lan")
    accept(world.house, PHRASE, CODE, by="Bình")
    for version in (1, 2, 99):
        with pytest.raises(OperatorError, match="does not stand"):
            undo(world.house, version, by="Lan")
    with pytest.raises(OperatorError, match="who decides"):
        reject(world.house, "trời mưa", by=" ")


def test_a_database_of_before_gets_the_table(world: World) -> None:
    with world.house.database.writing() as connection:
        drop_referrals(connection)
        connection.exec_driver_sql("DROP TABLE lexicon")
        connection.exec_driver_sql("DELETE FROM versions WHERE name = 'lexicon'")
        remember_meta(connection, "migrations", "1")
    again = Database(world.house.database.url, world.house.database.keys)
    again.prepare()
    with again.reading() as connection:
        assert read_meta(connection, "migrations") == str(len(STEPS))
    again.close()
    assert "lexicon" not in m0001_first_tables.TABLES
    assert history(world.house) == []
