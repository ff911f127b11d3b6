"""What the command line reads: a bad line is named with file, line and remedy, and nothing is written."""

import json
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from matching.errors import RecordsError
from matching.jsonl import decode_survey
from service.cli import application
from service.cli.files import STANDARD, decoded
from service.operations.recording import MAX_TEXT
from tests.service.examples import OPENING, SURVEY

LONG = "phụ hồ " * (MAX_TEXT // 7 + 1)
OFFER = OPENING | {"offer_id": "J1", "kind": "opening"}


def written(path: Path, *records: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    return lambda *words, **more: CliRunner().invoke(application(), list(words), **more)


def test_a_text_that_the_service_would_not_keep_is_read_by_no_command(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """F1: one cap for all; the message says where, how long it is, and what to do."""
    people = written(tmp_path / "people.jsonl", SURVEY, SURVEY | {"person_id": "PR-2", "text": LONG})
    good = written(tmp_path / "good.jsonl", SURVEY)
    offers = written(tmp_path / "offers.jsonl", OFFER | {"text": LONG})
    posting = {"offer_id": "J1", "title": "x", "text": LONG}
    gold = written(tmp_path / "gold.jsonl", SURVEY | {"text": LONG, "gold": {}})
    for number, words in (
        (2, ("extract", people)),
        (1, ("read-posting", written(tmp_path / "postings.jsonl", posting))),
        (2, ("match", "--people", people, "--offers", offers)),
        (1, ("allocate", "--people", good, "--offers", offers)),
        (1, ("evaluate", "extraction", "--gold", gold)),
        (1, ("lexicon", "suggest", gold)),
    ):
        refused = run(*words)
        assert isinstance(refused.exception, RecordsError), words
        assert refused.stdout == ""
        said = str(refused.exception)
        assert f"line {number}: text: {len(LONG)} characters are too many, {MAX_TEXT} are read; shorten it" in said
    longest = written(tmp_path / "longest.jsonl", SURVEY | {"text": LONG[:MAX_TEXT]})
    assert len(decoded(longest, decode_survey)) == 1


def test_standard_input_is_read_like_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark in front says that it is UTF-8; some programs write one."""
    marked = b"\xef\xbb\xbf" + json.dumps(SURVEY).encode() + b"\r\n"
    (tmp_path / "marked.jsonl").write_bytes(marked)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(marked)))
    assert decoded(STANDARD, decode_survey) == decoded(str(tmp_path / "marked.jsonl"), decode_survey) != []
