"""What officers do: record, read, correct, match, and see who looked."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from matching.domain.survey import Survey
from matching.taxonomy.release import current_taxonomy
from service import audit
from service.api.answers import write_cursor
from service.operations.corrections import Correction, apply
from tests.service.conftest import NOW, World
from tests.service.examples import OPENING, PROGRAMME, SURVEY

API = "/api/v1"


def test_a_survey_without_accents_is_recorded_and_read(world: World):
    client = world.client("officer.phanri")
    posted = client.post(f"{API}/surveys", json=SURVEY)
    assert posted.status_code == 201
    profile = client.get(f"{API}/people/PR-1/profile").json()
    assert profile == posted.json()["profile"]
    assert profile["occupations"][0]["code"] == "9313"
    start, end = profile["occupations"][0]["evidence"]
    assert SURVEY["text"][start:end] in SURVEY["text"]
    assert client.get(f"{API}/people/PR-1").json()["survey"]["text"] == SURVEY["text"]


def test_a_text_is_read_and_forgotten(world: World):
    client = world.client("officer.phanri")
    answer = client.post(f"{API}/extractions", json={"text": SURVEY["text"]})
    assert answer.json()["occupations"][0]["code"] == "9313"
    assert client.get(f"{API}/people").json()["items"] == []


def test_the_text_is_kept_exactly_as_typed(world: World):
    """X1: spans count in the text as given, NFD and odd spaces included."""
    text = "  tho\u031b\u0323 ho\u0302\u0300  4 năm\t🙂 "
    client = world.client("officer.phanri")
    client.post(f"{API}/surveys", json=SURVEY | {"text": text})
    assert client.get(f"{API}/people/PR-1").json()["survey"]["text"] == text


def test_an_officer_of_one_commune_need_not_name_it(world: World):
    client = world.client("officer.tratan")
    for commune in (None, "xa Tra Tan", "xa Dong Ha, Duc Linh", "23227"):
        posted = client.post(f"{API}/surveys", json={"text": "tho ho", "surveyed_on": "2026-11-20", "commune": commune})
        assert posted.status_code == 201, posted.text
        person = client.get(f"{API}/people/{posted.json()['person_id']}").json()
        assert person["commune"]["code"] == "23227"


def test_a_newer_survey_takes_the_place_of_the_older(world: World):
    client = world.client("officer.phanri")
    assert client.post(f"{API}/surveys", json=SURVEY).json()["saved"] == "saved"
    assert client.post(f"{API}/surveys", json=SURVEY).json()["saved"] == "duplicate"
    assert client.post(f"{API}/surveys", json=SURVEY | {"text": "tho moc 3 nam"}).json()["saved"] == "changed"
    assert len(client.get(f"{API}/people").json()["items"]) == 1


def test_pages_follow_one_another_without_gap_or_repeat(world: World):
    client = world.client("officer.phanri")
    for i in range(7):
        client.post(f"{API}/surveys", json=SURVEY | {"person_id": f"P{i}", "surveyed_on": f"2026-11-{10 + i % 3}"})
    seen, cursor = [], None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = client.get(f"{API}/people", params=query).json()
        seen += [item["person_id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == [f"P{i}" for i in range(7)]
    assert seen == ["P2", "P5", "P1", "P4", "P0", "P3", "P6"]


def test_matches_account_for_every_offer(world: World):
    """M3 over HTTP."""
    employer, officer = world.client("employer.one"), world.client("officer.phanri")
    for i in range(4):
        employer.post(f"{API}/openings", json=OPENING | {"offer_id": f"J{i}"})
    employer.post(f"{API}/openings", json=OPENING | {"offer_id": "J9", "commune": "Phường 1 Bảo Lộc, Lâm Đồng"})
    world.client("provider.one").post(f"{API}/programmes", json=PROGRAMME)
    officer.post(f"{API}/surveys", json=SURVEY)
    for why_not in ("none", "near", "all"):
        found = officer.get(f"{API}/people/PR-1/matches?k=2&why_not={why_not}").json()
        excluded = found.get("excluded_count", len(found["excluded"]))
        assert len(found["matches"]) + found["not_shown"] + excluded + found["not_near"] + found["not_judged"] == 6
    only = officer.get(f"{API}/people/PR-1/matches?kind=programme").json()
    assert {match["kind"] for match in only["matches"]} == {"programme"}


def test_ways_and_offers_one_fix_away_are_told_on_request(world: World):
    """M6: beside the matches, and not unless they are asked for."""
    employer, officer = world.client("employer.one"), world.client("officer.phanri")
    employer.post(f"{API}/openings", json=OPENING | {"offer_id": "J1", "licences_required": ["forklift"]})
    officer.post(f"{API}/surveys", json=SURVEY)
    plain = officer.get(f"{API}/people/PR-1/matches").json()
    assert not {"paths", "open_today", "almost"} & set(plain)
    found = officer.get(f"{API}/people/PR-1/matches?also=ways&also=almost").json()
    assert found["open_today"] == {"opening": 0, "programme": 0, "loan": 0}
    assert [(p["offer_id"], p["opens"]) for p in found["paths"]] == [("forklift", ["J1"])]
    assert [(a["offer_id"], a["fix"]["code"]) for a in found["almost"]] == [("J1", "forklift")]
    assert officer.get(f"{API}/people/PR-1/matches?also=everything").status_code == 422


def test_one_pair_gives_its_score_or_its_failing_rules(world: World):
    employer, officer = world.client("employer.one"), world.client("officer.phanri")
    employer.post(f"{API}/openings", json=OPENING | {"offer_id": "J1"})
    employer.post(
        f"{API}/openings", json=OPENING | {"offer_id": "J2", "nights_away_per_trip": 5, "closes_on": "2026-11-01"}
    )
    officer.post(f"{API}/surveys", json=SURVEY)
    good = officer.get(f"{API}/people/PR-1/matches/J1").json()
    assert good["eligible"] is True
    listed = officer.get(f"{API}/people/PR-1/matches").json()["matches"][0]
    assert listed["score"] == good["score"] == round(sum(r["contribution"] for r in good["reasons"]), 6)
    bad = officer.get(f"{API}/people/PR-1/matches/J2").json()
    assert bad["eligible"] is False
    assert bad["verdicts"][0]["text_vi"]
    assert officer.get(f"{API}/people/PR-1/matches/J3").status_code == 404


def test_a_new_closed_or_held_opening_counts_from_the_next_query(world: World):
    """M7, M15: what is held in memory is never older than the database."""
    employer, officer = world.client("employer.one"), world.client("officer.phanri")
    officer.post(f"{API}/surveys", json=SURVEY)

    def shown() -> list[str]:
        return [m["offer_id"] for m in officer.get(f"{API}/people/PR-1/matches").json()["matches"]]

    assert shown() == []
    employer.post(f"{API}/openings", json=OPENING | {"offer_id": "J1"})
    assert shown() == ["J1"]
    employer.patch(f"{API}/openings/J1", json={"status": "closed"})
    assert shown() == []
    employer.patch(f"{API}/openings/J1", json={"status": "open"})
    assert shown() == ["J1"]


def test_an_answer_is_put_on_record_before_it_is_given(world: World):
    """P7: who looked, when, at what."""
    client = world.client("officer.phanri")
    client.post(f"{API}/surveys", json=SURVEY)
    for tail in ("", "/profile", "/matches"):
        client.get(f"{API}/people/PR-1{tail}")
    client.get(f"{API}/people")
    looks = client.get(f"{API}/audit/people/PR-1").json()["items"]
    assert [look["action"] for look in looks] == [
        "list_people", "find_matches", "read_profile", "read_person", "record_survey",
    ]  # fmt: skip
    assert {look["actor"] for look in looks} == {"officer.phanri"}
    client.post(f"{API}/surveys", json=SURVEY | {"person_id": "PR-0", "surveyed_on": "2026-11-01"})
    client.get(f"{API}/people?limit=1")
    assert len(client.get(f"{API}/audit/people/PR-0").json()["items"]) == 1, "not shown, not on record"
    page = client.get(f"{API}/audit/people/PR-1?limit=2").json()
    rest = client.get(f"{API}/audit/people/PR-1?limit=10&cursor={page['next_cursor']}").json()
    assert page["items"][1]["action"] == "read_audit"
    assert rest["items"][0]["entry"] < page["items"][-1]["entry"]


@pytest.mark.parametrize("position", [2**63, -1, 10**40, "1", None, True])
def test_a_cursor_that_no_list_gave_is_refused_by_its_name(world: World, position: object):
    """F1: a number that no database counts to is no fault of the server."""
    client = world.client("officer.phanri")
    client.post(f"{API}/surveys", json=SURVEY)
    refused = client.get(f"{API}/audit/people/PR-1?cursor={write_cursor(position)}")
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "cursor")


def test_what_cannot_be_put_on_record_is_not_answered(world: World, monkeypatch: pytest.MonkeyPatch):
    """P7: the entry is on the disk before anything leaves the house."""
    client = world.client("officer.phanri")
    client.post(f"{API}/surveys", json=SURVEY)
    with world.house.database.reading() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2, "a commit waits for the disk"

    def full(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception("the disk is full"))

    monkeypatch.setattr(audit, "append", full)
    for tail in ("", "/profile", "/matches"):
        refused = client.get(f"{API}/people/PR-1{tail}")
        assert refused.status_code == 503
        assert "PR-1" not in refused.text


def test_the_same_key_twice_is_one_survey(world: World):
    """F6: the second answer is the first one."""
    client = world.client("officer.phanri")
    body = {"text": "tho ho", "surveyed_on": "2026-11-20"}
    first = client.post(f"{API}/surveys", json=body, headers={"Idempotency-Key": "k1"})
    second = client.post(f"{API}/surveys", json=body, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert len(client.get(f"{API}/people").json()["items"]) == 1
    other = client.post(f"{API}/surveys", json=body | {"text": "tho moc"}, headers={"Idempotency-Key": "k1"})
    assert other.status_code == 409
    world.clock.at = NOW + timedelta(hours=11)
    assert client.post(f"{API}/surveys", json=body, headers={"Idempotency-Key": ""}).status_code == 422


def test_the_same_key_at_the_same_time_is_one_survey(world: World):
    """F6: sixteen writers, one record."""
    client = world.client("officer.phanri")
    body = {"text": "tho ho", "surveyed_on": "2026-11-20"}
    barrier = threading.Barrier(16)

    def post(_: int) -> bytes:
        barrier.wait()
        answer = client.post(f"{API}/surveys", json=body, headers={"Idempotency-Key": "race"})
        assert answer.status_code == 201
        return answer.content

    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(post, range(16)))
    assert len(answers) == 1
    assert len(client.get(f"{API}/people").json()["items"]) == 1


AMBIGUOUS = "lam tho may 5 nam, can viec"


def correct(world: World, **body: object):
    return world.client("officer.phanri").put(f"{API}/people/PR-1/profile/corrections", json=body)


def test_a_correction_is_kept_and_can_be_taken_back(world: World):
    """X11."""
    client = world.client("officer.phanri")
    client.post(f"{API}/surveys", json=SURVEY | {"text": AMBIGUOUS})
    before = client.get(f"{API}/people/PR-1/profile").json()
    start = AMBIGUOUS.index("tho may")
    facts = [{"code": "7231", "assertion": "experience", "years": 5}]
    answer = correct(world, field="occupations", evidence=[start, start + 7], facts=facts)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    after = client.get(f"{API}/people/PR-1/profile").json()
    assert [(m["code"], m["evidence"]) for m in after["occupations"]] == [("7231", [start, start + 7])]
    assert after["questions"] == []
    assert after["needs"] == before["needs"]
    assert correct(world, undo=1).json()["version"] == 2
    assert client.get(f"{API}/people/PR-1/profile").json() == before
    assert correct(world, undo=1).status_code == 404


def test_a_correction_applies_to_the_same_phrase_from_then_on(world: World):
    """X11: also in a later survey of the person, whatever the capitals."""
    client = world.client("officer.phanri")
    client.post(f"{API}/surveys", json=SURVEY | {"text": AMBIGUOUS})
    start = AMBIGUOUS.index("tho may")
    facts = [{"code": "7231", "assertion": "experience"}]
    correct(world, field="occupations", evidence=[start, start + 7], facts=facts)
    later = "truoc lam phu ho. gio lam Tho May o xuong"
    client.post(f"{API}/surveys", json=SURVEY | {"text": later, "surveyed_on": "2026-11-22"})
    codes = [m["code"] for m in client.get(f"{API}/people/PR-1/profile").json()["occupations"]]
    assert "7231" in codes
    assert "9313" in codes


def test_a_correction_counts_in_matching(world: World):
    """X11: the profile that is matched is the corrected one."""
    client, employer = world.client("officer.phanri"), world.client("employer.one")
    employer.post(f"{API}/openings", json=OPENING | {"offer_id": "J1"})
    client.post(f"{API}/surveys", json=SURVEY | {"text": "lam tho may 5 nam, can viec"})
    before = client.get(f"{API}/people/PR-1/matches/J1").json()["score"]
    start = AMBIGUOUS.index("tho may")
    correct(
        world, field="occupations", evidence=[start, start + 7], facts=[{"code": "9313", "assertion": "experience"}]
    )
    assert client.get(f"{API}/people/PR-1/matches/J1").json()["score"] > before


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "field"),
        ({"field": "offence"}, "field"),
        ({"field": "occupations"}, "evidence"),
        ({"field": "occupations", "evidence": [0, 9999], "facts": []}, "evidence"),
        ({"field": "occupations", "evidence": [5, 5], "facts": []}, "evidence"),
        (
            {"field": "occupations", "evidence": [0, 7], "facts": [{"code": "0000", "assertion": "wish"}]},
            "facts[0].code",
        ),
        ({"field": "occupations", "evidence": [0, 7], "facts": [{"code": "9313", "evidence": [0, 1]}]}, "facts[0]"),
        ({"field": "needs", "evidence": [0, 7], "facts": [{"code": "everything"}]}, "facts[0]"),
        ({"field": "schooling_grade", "value": 40}, "value"),
        ({"field": "employment_status", "value": "idle"}, "value"),
        ({"field": "schooling_grade", "value": 4, "facts": []}, "value"),
        ({"unheard": 1}, "unheard"),
    ],
)
def test_a_correction_that_breaks_its_schema_is_refused(world: World, body: dict[str, object], path: str):
    """F1, X11."""
    world.client("officer.phanri").post(f"{API}/surveys", json=SURVEY)
    answer = correct(world, **body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["path"] == path


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_correction_changes_no_other_phrase(parts: dict, data: st.DataObject):
    """X11: every fact that does not touch the phrase stays as it was."""
    from_text = data.draw(
        st.sampled_from([SURVEY["text"], AMBIGUOUS + ". biet han, co bang B2", "tho ho, phu ho, tho son"])
    )
    profile = parts["surveys"].read(Survey(person_id="P", text=from_text, surveyed_on=NOW.date()))
    words = from_text.split()
    phrase = data.draw(st.sampled_from(words))
    changed = apply([Correction(field="occupations", phrase=phrase, facts=())], profile, from_text)
    for field in ("skills", "licences", "needs", "constraints", "preferences", "loan"):
        assert getattr(changed, field) == getattr(profile, field)
    gone = set(profile.occupations) - set(changed.occupations)
    folded = [phrase.strip(".,").lower()]
    for mention in gone:
        assert any(word in from_text[slice(*mention.evidence)].lower() for word in folded)


def test_every_release_is_named_with_the_profile(world: World):
    """P9: a profile knows the release that read it."""
    client = world.client("officer.phanri")
    client.post(f"{API}/surveys", json=SURVEY)
    assert client.get(f"{API}/people/PR-1").json()["taxonomy"] == current_taxonomy().release


@pytest.mark.parametrize(("day", "status"), [("2020-12-31", 422), ("2021-01-01", 200), ("2000-01-01", 422)])
def test_no_question_is_answered_for_a_day_before_the_law_that_is_known(world: World, day: str, status: int) -> None:
    """F1: refused with the field, where it was a fault of ours."""
    officer = world.client("officer.phanri")
    assert officer.post("/api/v1/surveys", json=SURVEY).status_code == 201
    assert world.client("employer.one").post("/api/v1/openings", json=OPENING).status_code == 201
    answer = officer.get(f"/api/v1/people/PR-1/matches?as_of={day}")
    assert answer.status_code == status
    assert status == 200 or answer.json()["errors"][0]["path"] == "as_of"
