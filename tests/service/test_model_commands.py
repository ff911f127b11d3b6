"""The life cycle of a model on the command line: data to standard output, messages to standard error, 0, 1 or 2."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from matching.errors import MatchingError
from service.cli import model_commands

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "matching" / "samples" / "data"
SPEC = 'name = "test"\nas_of = 2026-11-23\nhome_province = "Lâm Đồng"\npull = [0.1]\nfolds = 3\n'
DAY = ("--as-of", "2026-11-23")

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run() -> Run:
    app = typer.Typer(pretty_exceptions_enable=False)
    model_commands.register(app)

    def call(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return call


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two specifications, one as good as the other."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "test.toml").write_text(SPEC, encoding="utf-8")
    (folder / "other.toml").write_text(SPEC.replace("test", "other").replace("0.1", "0.3"), encoding="utf-8")
    return folder


def record(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, (result.stderr, result.exception)
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def trained(run: Run, store: Path) -> dict[str, Any]:
    return record(run("train", store / "test.toml", "--events", SAMPLES, "--models", store))


def test_training_saves_a_release_and_says_how_good_it_is(trained: dict[str, Any], store: Path) -> None:
    assert (store / trained["release"] / "card.md").exists()
    assert {"bm25", "baseline", "test"} == set(trained["metrics"]["rankers"])
    assert all(gate["passed"] for gate in trained["gates"])
    best = trained["metrics"]["rankers"]
    assert best["baseline"]["pairwise_accuracy"]["low"] > best["bm25"]["pairwise_accuracy"]["value"]


def test_training_again_gives_the_same_release(run: Run, store: Path, trained: dict[str, Any], tmp_path: Path) -> None:
    """M13: the same specification and events give the same bytes, in any order of lines."""
    events = tmp_path / "events"
    shutil.copytree(SAMPLES, events)
    again = record(run("train", store / "test.toml", "--events", events, "--models", tmp_path / "models"))
    assert again == trained
    for name in ("model.json", "manifest.json", "card.md"):
        one, two = (folder / trained["release"] / name for folder in (store, tmp_path / "models"))
        assert one.read_bytes() == two.read_bytes()


def test_promote_serve_and_roll_back(run: Run, store: Path, trained: dict[str, Any]) -> None:
    name, at = trained["release"], ("--models", store)
    assert record(run("promote", name, "--by", "analyst.one", *at))["release"] == name
    listed = [json.loads(line) for line in run("releases", *at).stdout.splitlines()]
    assert {one["release"]: one["serving"] for one in listed} == {"baseline": False, name: True}
    files = ("--people", SAMPLES / "people.jsonl", "--offers", SAMPLES / "openings.jsonl")
    assert record(run("fairness", *files, *DAY, *at))["model"] == name
    assert record(run("rollback", *at))["release"] == "baseline"
    refused = run("rollback", *at)
    assert isinstance(refused.exception, MatchingError)
    assert "nothing to go back to" in str(refused.exception)


def test_a_second_learnt_release_needs_a_comparison(run: Run, store: Path, trained: dict[str, Any]) -> None:
    at = ("--models", store)
    other = record(run("train", store / "other.toml", "--events", SAMPLES, *at))["release"]
    record(run("promote", trained["release"], *at))
    refused = run("promote", other, *at)
    assert "must be compared" in str(refused.exception)
    compared = record(run("compare", trained["release"], other, "--events", SAMPLES, *at))
    assert set(compared["evidence"].values()) == {"held out by fold"}
    promoted = run("promote", other, "--events", SAMPLES, *at)
    good = all(gate["passed"] for gate in compared["gates"])
    assert (promoted.exit_code == 0) == good
    shutil.rmtree(store / other)
    (store / "serving.toml").unlink()


def test_comparing_with_the_stated_prior_takes_it_as_it_is(run: Run, store: Path, trained: dict[str, Any]) -> None:
    found = record(run("compare", "baseline", trained["release"], "--events", SAMPLES, "--models", store))
    assert found["evidence"] == {"baseline": "as it is", trained["release"]: "held out by fold"}
    told, then = found["metrics"]["rankers"][trained["release"]], trained["metrics"]["rankers"]["test"]
    assert told == then


def test_the_order_of_offers_is_measured_beside_plain_search(run: Run, store: Path) -> None:
    offers = [("--offers", SAMPLES / f"{kind}.jsonl") for kind in ("openings", "programmes", "loans")]
    words = [word for pair in offers for word in pair]
    files = ("--people", SAMPLES / "people.jsonl", "--judgements", SAMPLES / "judgements.jsonl", *words)
    result = run("evaluate", "ranking", *files, *DAY, "--model", "baseline", "--models", store)
    report = record(result)
    assert report["reference"] == "bm25"
    assert set(report["rankers"]) == {"bm25", "bm25 behind the rules", "baseline scores alone", "baseline"}
    assert "must never be shown" in result.stderr
    assert report["must_filter"]["shown"] == []


def test_reading_surveys_is_measured_field_by_field(run: Run, tmp_path: Path) -> None:
    gold = {
        "occupations": [{"code": "9313", "assertion": "experience", "evidence": [4, 10]}],
        "needs": [{"code": "job", "evidence": [12, 24]}],
        "employment_status": "unknown",
    } | {name: [] for name in ("skills", "licences", "constraints", "preferences", "redactions")}
    gold |= {"loan": None, "schooling_grade": None, "age_stated": None}
    line = {"person_id": "S1", "surveyed_on": "2026-11-02", "text": "Làm phụ hồ, cần việc làm", "style": ["standard"]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line | {"gold": gold}, ensure_ascii=False), encoding="utf-8")
    report = record(run("evaluate", "extraction", "--gold", path))
    assert report["cases"] == 1
    assert report["fields"]["occupations"]["f1"] == 1
    assert report["fields"]["loan"]["f1"] is None


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("people.jsonl", '{"person_id": "P1", "text": "", "surveyed_on": "2026-11-02", "offence": 1}\n{', "offence"),
        ("judgements.jsonl", '{"person_id": "P1", "offer_id": "JO-1", "grade": 5}', "grade"),
        ("judgements.jsonl", '{"person_id": "nobody", "offer_id": "JO-1", "grade": 1}', "nobody"),
        ("openings.jsonl", "", "offers"),
    ],
)
def test_bad_events_are_refused_with_file_line_and_key(
    run: Run, store: Path, tmp_path: Path, file: str, text: str, said: str
) -> None:
    """M1: sex, offence and the like are no keys of the input; all bad lines are told, and nothing is written."""
    good = {
        "people.jsonl": '{"person_id": "P1", "text": "phụ hồ", "surveyed_on": "2026-11-02"}',
        "openings.jsonl": '{"offer_id": "JO-1", "kind": "opening", "title": "Phụ hồ"}',
        "judgements.jsonl": '{"person_id": "P1", "offer_id": "JO-1", "grade": 1}',
    }
    for name, content in (good | {file: text}).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    result = run("train", store / "test.toml", "--events", tmp_path, "--models", tmp_path / "models")
    assert result.exit_code == 1
    assert isinstance(result.exception, MatchingError)
    assert said in str(result.exception)
    if file == "people.jsonl":
        assert "people.jsonl, line 2" in str(result.exception)
    assert not (tmp_path / "models").exists()


def test_wrong_usage_is_told_apart(run: Run, store: Path) -> None:
    assert run("train").exit_code == 2
    assert run("compare", "baseline").exit_code == 2
    assert run("fairness", "--people", "x").exit_code == 2
    missing = run("promote", "nowhere-1", "--models", store)
    assert "nowhere-1" in str(missing.exception)
