"""The pages, as a browser meets them."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient

from matching.domain.profile import NeedMention, Profile, Redaction
from matching.domain.vocabulary import NeedCode, RedactionKind
from service.privacy import stigma_words
from service.web.highlight import stretches
from service.web.messages import CATALOGUE, catalogue
from tests.service.conftest import PASSWORD, World
from tests.service.examples import LOAN, OPENING, PROGRAMME, SURVEY

NEVER = ("đối tượng", "tù nhân", "phạm nhân", "án tích", "returnee", "offender")


class Reader(HTMLParser):
    """Checks that tags close and that nothing is inline or loaded from elsewhere."""

    VOID = frozenset({"meta", "link", "img", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.labels: set[str] = set()
        self.fields: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        self.faults += [f"inline {name}" for name in named if name.startswith("on") or name == "style"]
        self.faults += [f"foreign {v}" for n, v in attrs if n in ("src", "href") and re.match(r"(https?:)?//", v or "")]
        if tag == "label":
            self.labels.add(named.get("for") or "")
        if tag in ("input", "select", "textarea") and named.get("type") != "hidden":
            self.fields.add(named.get("id") or named.get("name") or "?")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


def sound(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    assert reader.faults == []
    assert reader.fields <= reader.labels, "every field has a label"
    assert '<html lang="' in html
    return html


def browser(world: World, user: str) -> TestClient:
    client = world.client(headers={"Accept": "text/html"})
    assert client.post("/login", data={"user": user, "password": PASSWORD}).status_code == 200
    return client


def token(client: TestClient, page: str) -> str:
    found = re.search(r'name="page-token" content="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def add_survey(client: TestClient, **changes: str) -> Any:
    form = {"text": SURVEY["text"], "surveyed_on": "2026-11-20", "commune": "Xã Phan Rí Cửa, Tỉnh Lâm Đồng"}
    return client.post("/people/new", data=form | changes | {"csrf": token(client, "/people/new")})


@pytest.mark.parametrize(
    ("user", "home", "title"),
    [
        ("officer.phanri", "/people", "Người cần việc"),
        ("employer.one", "/openings", "Tin tuyển của tôi"),
        ("provider.one", "/programmes", "Lớp của tôi"),
        ("fund.tratan", "/loans", "Vốn của tôi"),
        ("coordinator.lamdong", "/report", "Tình hình việc làm"),
        ("analyst.one", "/releases", "Mô hình xếp hạng"),
        ("admin", "/releases", "Mô hình xếp hạng"),
    ],
)
def test_every_role_has_a_home_in_vietnamese(world: World, user: str, home: str, title: str):
    client = browser(world, user)
    page = client.get("/")
    assert page.url.path == home
    assert f"<h1>{title}</h1>" in sound(page.text)


def test_pages_of_other_roles_do_not_exist(world: World):
    """P1, P2."""
    homes = {"/people": "officer.phanri", "/openings": "employer.one", "/report": "coordinator.lamdong"}
    for user in homes.values():
        client = browser(world, user)
        for path, owner in homes.items():
            answer = client.get(path)
            assert answer.status_code == (200 if user == owner else 404)
            sound(answer.text)


def test_somebody_who_is_not_signed_in_is_sent_to_the_sign_in_page(world: World):
    client = world.client()
    for path in ("/", "/people", "/openings", "/report", "/people/PR-1"):
        assert client.get(path).url.path == "/login"


def test_a_wrong_password_is_said_kindly(world: World):
    answer = world.client().post("/login", data={"user": "officer.phanri", "password": "x"})
    assert answer.status_code == 401
    assert "chưa đúng" in sound(answer.text)


def test_the_language_is_chosen_and_kept(world: World):
    client = browser(world, "officer.phanri")
    assert "<h1>People</h1>" in client.get("/language/en?back=/people").text
    assert "<h1>People</h1>" in client.get("/people").text
    assert "<h1>Người cần việc</h1>" in client.get("/language/vi?back=/people").text


@pytest.mark.parametrize(
    "back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:x"]
)
def test_no_link_leads_out_of_the_service(world: World, back: str):
    answer = world.client(follow_redirects=False).get("/language/en", params={"back": back})
    assert answer.headers["location"] == "/"


def test_an_officer_records_a_survey_and_sees_what_fits(world: World):
    """The main job, in a browser."""
    world.client("employer.one").post("/api/v1/openings", json=OPENING | {"offer_id": "J1"})
    world.client("provider.one").post("/api/v1/programmes", json=PROGRAMME | {"offer_id": "T1"})
    world.client("fund.tratan").post("/api/v1/loans", json=LOAN | {"offer_id": "L1"})
    client = browser(world, "officer.phanri")
    page = add_survey(client)
    assert page.status_code == 200
    assert page.url.path.startswith("/people/P-")
    text = sound(page.text)
    assert '<mark class="occupations"' in text
    assert OPENING["title"] in text
    assert "320.000 đ – 380.000 đ/ngày" in text
    for language in ("en", "vi"):
        client.get(f"/language/{language}")
        sound(client.get(page.url.path).text)


def test_a_survey_that_cannot_be_kept_comes_back_with_its_words(world: World):
    client = browser(world, "officer.phanri")
    page = add_survey(client, birth_year="1870", text="tho ho <b>4 nam</b>")
    assert page.status_code == 422
    assert "birth_year" in page.text
    assert "tho ho &lt;b&gt;4 nam&lt;/b&gt;" in sound(page.text)
    assert browser(world, "officer.phanri").get("/people").text.count('class="card row"') == 0


def test_words_of_a_survey_cannot_become_markup(world: World):
    client = browser(world, "officer.phanri")
    page = add_survey(client, text="tho ho <script>alert(1)</script> 4 nam \"' onmouseover=x")
    assert "<script>alert" not in page.text
    sound(page.text)


def test_what_is_read_is_shown_while_typing(world: World):
    client = browser(world, "officer.phanri")
    headers = {"X-CSRF-Token": token(client, "/people/new")}
    answer = client.post("/preview", json={"text": SURVEY["text"]}, headers=headers)
    assert answer.status_code == 200
    assert '<mark class="occupations"' in answer.text
    assert client.get("/api/v1/people").json()["items"] == []
    assert client.post("/preview", json={"text": "x"}).status_code == 403


def test_an_open_reading_is_answered_with_one_button(world: World):
    """X4, X11."""
    client = browser(world, "officer.phanri")
    page = add_survey(client, text="lam tho may 5 nam, can viec")
    form = re.search(r'<form class="ask".*?</form>', page.text, re.S)
    assert form
    fields = dict(re.findall(r'name="(csrf|start|end)" value="([^"]+)"', form[0]))
    codes = re.findall(r'name="code" value="(\d{4})"', form[0])
    assert len(codes) >= 2
    answered = client.post(f"{page.url.path}/answers", data=fields | {"code": codes[0]})
    assert answered.status_code == 200
    assert '<form class="ask"' not in answered.text


def test_an_employer_posts_closes_and_opens(world: World):
    client = browser(world, "employer.one")
    form = {
        "title": "Thợ hồ",
        "text": "Xây nhà dân",
        "commune": "Phan Rí Cửa",
        "wage_min_vnd": "400.000",
        "wage_unit": "day",
    }
    page = client.post("/openings/new", data=form | {"csrf": token(client, "/openings/new")})
    assert page.url.path.startswith("/openings/J")
    assert "400.000 đ/ngày" in sound(page.text)
    csrf = token(client, "/openings")
    assert "Tin đang đóng" in client.post(f"{page.url.path}/status", data={"status": "closed", "csrf": csrf}).text
    assert "đang mở" in client.post(f"{page.url.path}/status", data={"status": "open", "csrf": csrf}).text
    refused = client.post("/openings/new", data={"title": "", "csrf": csrf})
    assert refused.status_code == 422
    sound(refused.text)


def test_signing_out_is_a_button(world: World):
    client = browser(world, "officer.phanri")
    page = client.post("/logout", data={"csrf": token(client, "/people")})
    assert page.url.path == "/login"
    assert client.get("/people").url.path == "/login"


def test_a_page_that_is_not_there_is_a_page(world: World):
    client = browser(world, "officer.phanri")
    for path in ("/people/nobody", "/nowhere"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 404
        assert "Không có gì ở đây" in sound(answer.text)


def test_a_fault_of_ours_is_a_calm_page(world: World, monkeypatch: pytest.MonkeyPatch):
    client = TestClient(world.app, raise_server_exceptions=False)
    client.post("/login", data={"user": "officer.phanri", "password": PASSWORD})

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr("service.web.officer.list_people", broken)
    answer = client.get("/people", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Có lỗi ở phía chúng tôi" in answer.text


def test_every_message_has_both_languages_and_no_word_that_hurts():
    """P10."""
    for key, message in catalogue().items():
        assert message["vi"], key
        assert message["en"], key
        for text in message.values():
            assert not any(word in text.lower() for word in NEVER), key
            assert key.startswith("category.") or stigma_words(text) == (), key


def test_every_message_a_template_asks_for_exists():
    asked = set[str]()
    for path in (CATALOGUE.parent / "templates").glob("*.html"):
        asked |= set(re.findall(r"""t\(["']([a-z_]+\.[a-z_]+)["'][,)]""", path.read_text(encoding="utf-8")))
    assert len(asked) > 60
    assert asked <= set(catalogue())


def test_hidden_words_are_not_in_the_page():
    """X8, P2: whatever else was read from them."""
    text = "sdt 0912345678 can viec"
    profile = Profile(
        person_id="P",
        needs=(NeedMention(code=NeedCode.JOB, evidence=(4, 23)),),
        redactions=(Redaction(kind=RedactionKind.PII, evidence=(4, 14)),),
    )
    cut = stretches(text, profile)
    assert [(s.text, s.kind) for s in cut] == [("sdt ", ""), ("", "hidden"), (" can viec", "needs")]


def test_a_text_is_cut_without_loss():
    text = "lam tho ho"
    assert "".join(s.text for s in stretches(text, Profile(person_id="P"))) == text
    assert stretches("", Profile(person_id="P")) == []
