"""What employers see, and what they can never find out."""

import json
import re
from typing import Any

import pytest

from service.privacy import stigma_words
from tests.service.conftest import World
from tests.service.examples import OPENING, SURVEY

API = "/api/v1"
CARD = {
    "candidate", "rank", "occupations", "skills", "licences", "years_band", "distance_band", "availability", "reasons",
}  # fmt: skip

PLANTED = (
    "Đối tượng Nguyễn Văn Tèo, sđt 0912345678, CCCD 079123456789, mới ra tù, tiền án trộm cắp, chấp hành xong án phạt. "
    "Làm phụ hồ 4 năm, xây tô được. Cần việc làm. doi tuong pham nhan an tich, bị HIV"
)
SECRETS = ("Tèo", "0912345678", "079123456789", "HIV", "PR-", "trộm", "completed", "2025-01-02", "Phan Rí Cửa, Tỉnh")


@pytest.fixture
def planted(world: World) -> World:
    """People with notes that must not come through, and an opening that fits them."""
    officer = world.client("officer.phanri")
    for i in range(12):
        extra: dict[str, Any] = {"person_id": f"PR-{i}", "text": PLANTED, "agreed_to_be_shown": i != 11}
        extra["restricted"] = {"category": "completed", "completed_on": "2025-01-02"}
        assert officer.post(f"{API}/surveys", json=SURVEY | extra).status_code == 201
    for offer in ("J1", "J2"):
        world.client("employer.one").post(f"{API}/openings", json=OPENING | {"offer_id": offer})
    return world


def candidates(world: World, opening: str = "J1", user: str = "employer.one", k: int = 20) -> Any:
    return world.client(user).get(f"{API}/openings/{opening}/candidates?k={k}")


def test_a_card_holds_the_listed_keys_and_nothing_else(planted: World):
    """P2: adding a key here is a privacy decision."""
    answer = candidates(planted).json()
    assert set(answer) == {"opening_id", "items", "more"}
    for card in answer["items"]:
        assert set(card) == CARD
        assert {key for reason in card["reasons"] for key in reason} <= {"feature", "text_vi", "text_en"}
        for key in ("occupations", "skills", "licences"):
            assert {name for its in card[key] for name in its} <= {"code", "name_vi", "name_en"}


def test_only_people_who_agreed_are_shown(planted: World):
    """P3."""
    assert len(candidates(planted).json()["items"]) == 11


def test_whose_card_was_shown_stands_on_record(planted: World):
    """P7: by whom, and of nobody whose card was not."""
    candidates(planted, k=5)
    officer = planted.client("officer.phanri")
    looks = [officer.get(f"{API}/audit/people/PR-{i}").json()["items"][0] for i in range(12)]
    shown = [look for look in looks if look["action"] == "find_candidates"]
    assert len(shown) == 5
    assert {(look["actor"], look["role"]) for look in shown} == {("employer.one", "employer")}


def test_withdrawing_counts_from_the_next_request(planted: World):
    """P4."""
    officer = planted.client("officer.phanri")
    officer.post(f"{API}/surveys", json=SURVEY | {"person_id": "PR-0", "text": PLANTED, "agreed_to_be_shown": False})
    assert len(candidates(planted).json()["items"]) == 10


def test_counts_are_coarse(planted: World):
    """P3."""
    assert [candidates(planted, k=k).json()["more"] for k in (1, 5, 11)] == ["10+", "1-9", "0"]


def test_ids_differ_per_opening(planted: World):
    """P3: two openings of one employer cannot be joined."""
    ids = [{card["candidate"] for card in candidates(planted, its).json()["items"]} for its in ("J1", "J2")]
    assert len(ids[0]) == len(ids[1]) == 11
    assert not ids[0] & ids[1]


def test_another_employers_opening_does_not_exist(planted: World):
    """P3."""
    there, nowhere = candidates(planted, "J1", "employer.two"), candidates(planted, "J9", "employer.two")
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    assert there.status_code == 404


@pytest.mark.parametrize(
    "change", [{"status": "closed"}, {"closes_on": "2026-11-22"}, {"opens_on": "2026-11-24"}], ids=str
)
def test_an_opening_that_is_not_open_shows_nobody(planted: World, change: dict[str, str]):
    """P3."""
    planted.client("employer.one").patch(f"{API}/openings/J1", json=change)
    answer = candidates(planted)
    assert answer.status_code == 409
    assert "items" not in answer.json()


def test_a_posting_that_breaks_the_law_is_held_says_why_and_shows_nobody(planted: World):
    """M15, P3."""
    employer = planted.client("employer.one")
    body = OPENING | {"offer_id": "J3", "text": "Nộp Phiếu lý lịch tư pháp số 2 khi nhận việc."}
    posted = employer.post(f"{API}/openings", json=body).json()
    assert posted["status"] == "held"
    assert posted["law_flags"][0]["text_vi"]
    start, end = posted["law_flags"][0]["evidence"]
    assert "2" in (body["title"] + "\n" + body["text"])[start:end]
    assert candidates(planted, "J3").status_code == 409
    mended = employer.patch(f"{API}/openings/J3", json={"text": "Trộn hồ, chuyển gạch trong xã."}).json()
    assert (mended["status"], mended["law_flags"]) == ("open", [])
    assert candidates(planted, "J3").status_code == 200


PAGES = """/ /login /openings /openings/new /openings/J1 /openings/J9 /docs /people /report /people/PR-1 /programmes
/loans /releases /static/style.css /static/preview.js /nowhere""".split()  # noqa: SIM905 - read as a list of paths


def test_what_is_only_pointed_out_does_not_hold_a_posting(planted: World):
    """M15: a preference is said to the employer, the people are shown."""
    body = OPENING | {"offer_id": "J4", "text": "Nam dưới 35 tuổi. Trộn hồ, chuyển gạch."}
    posted = planted.client("employer.one").post(f"{API}/openings", json=body).json()
    assert posted["status"] == "open"
    assert posted["law_flags"]
    assert candidates(planted, "J4").status_code == 200


def everything_an_employer_meets(world: World) -> list[tuple[str, str]]:
    """Return (what, text and headers) of every answer, error, document and page an employer can get."""
    client = world.client("employer.one", follow_redirects=False)
    client.post("/login", data={"user": "employer.one", "password": "mot-mat-khau-dai"})
    document = client.get("/openapi.json").json()
    paths = [path.replace("{opening_id}", "J1") for path in document["paths"]]
    paths += [re.sub(r"\{\w+\}", "PR-1", path) for path in document["paths"]]
    paths += PAGES
    met = [("openapi", json.dumps(document, ensure_ascii=False))]
    for language in ("vi", "en"):
        client.get(f"/language/{language}")
        for path in dict.fromkeys(paths):
            for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
                if path.endswith("/sessions/current") or (method == "POST" and path == "/logout"):
                    continue
                answer = client.request(method, path, json={"unheard": 1} if method != "GET" else None)
                met.append((f"{method} {path}", f"{answer.headers}\n{answer.text}"))
    return met


def test_no_word_of_stigma_and_no_personal_data_meets_an_employer(planted: World):
    """P2, P10: every answer, header, error, page and the OpenAPI document, in both languages."""
    met = everything_an_employer_meets(planted)
    assert len(met) > 150
    for what, text in met:
        assert stigma_words(text) == (), what
        for secret in SECRETS:
            if secret == "PR-" and "PR-" in what:
                continue
            assert secret not in text, (what, secret)


def test_no_log_line_tells_who_or_what(planted: World, caplog: pytest.LogCaptureFixture):
    """P2: paths with ids and bodies are never logged."""
    with caplog.at_level("DEBUG"):
        candidates(planted)
        planted.client("officer.phanri").get(f"{API}/people/PR-1/matches")
    lines = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    assert "/api/v1/people/{person_id}/matches" in lines
    for secret in (*SECRETS, "J1", "officer.phanri"):
        assert secret not in lines


def test_ordinary_people_and_others_have_the_same_card(world: World):
    """P5: nothing in a card tells whether a restricted category was entered."""
    officer = world.client("officer.phanri")
    officer.post(f"{API}/surveys", json=SURVEY | {"person_id": "A"})
    officer.post(f"{API}/surveys", json=SURVEY | {"person_id": "B", "restricted": {"category": "conditional"}})
    world.client("employer.one").post(f"{API}/openings", json=OPENING | {"offer_id": "J1"})
    first, second = candidates(world).json()["items"]
    for card in (first, second):
        card.pop("candidate")
        card.pop("rank")
    assert first == second


def test_lists_of_employers_page(world: World):
    client = world.client("employer.one")
    for i in range(5):
        client.post(f"{API}/openings", json=OPENING | {"offer_id": f"J{i}"})
    first = client.get(f"{API}/openings?limit=3").json()
    second = client.get(f"{API}/openings?limit=3&cursor={first['next_cursor']}").json()
    assert [o["offer_id"] for o in first["items"] + second["items"]] == [f"J{i}" for i in range(5)]
    assert second["next_cursor"] is None


def test_null_makes_a_field_unknown_and_fixed_keys_stay(world: World):
    client = world.client("employer.one")
    client.post(f"{API}/openings", json=OPENING | {"offer_id": "J1"})
    assert client.patch(f"{API}/openings/J1", json={"headcount": None}).json()["headcount"] is None
    for change in ({"offer_id": "J2"}, {"employer_id": "x"}, {"kind": "loan"}, {"status": "held"}, {"unheard": 1}):
        assert client.patch(f"{API}/openings/J1", json=change).status_code == 422
