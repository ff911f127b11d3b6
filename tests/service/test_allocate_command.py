"""`viecgan allocate`: the contract's lines by default, more keys in the last line where they are asked for."""

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from service.cli import application

SAMPLES = Path(str(files("matching.samples") / "data"))


def allocated(*options: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Placements and last line for the committed samples."""
    given = ["--people", str(SAMPLES / "people.jsonl"), "--offers", str(SAMPLES / "openings.jsonl")]
    answer = CliRunner().invoke(application(), ["allocate", *given, "--as-of", "2026-11-23", *options])
    assert answer.exit_code == 0, answer.output
    *placements, last = map(json.loads, answer.stdout.splitlines())
    return placements, last


def test_by_default_it_is_the_contract_and_nothing_more() -> None:
    placements, last = allocated()
    assert placements and all(set(line) == {"person_id", "offer_id", "score"} for line in placements)
    assert set(last) == {"unmatched_people", "empty_offers", "total", "changes"}


@pytest.mark.parametrize("mode", ["stable", "hardest-first"])
def test_another_mode_tells_what_the_best_would_have_been(mode: str) -> None:
    """The loss is reported: what the plain allocation places and scores stands beside it."""
    plain, by_default = allocated()
    placements, last = allocated("--mode", mode, "--largest-loss", "0.02")
    assert (last["best_placed"], last["best_total"]) == (len(plain), by_default["total"])
    assert len(placements) <= len(plain)
    if mode == "hardest-first":
        assert len(placements) == len(plain)
        assert last["best_total"] - last["total"] <= 0.02 * abs(last["best_total"]) + 1e-9


def test_shares_options_and_crowds_are_told_where_asked_for() -> None:
    placements, last = allocated("--opening-share", "0.05", "--options", "3", "--congestion", "10")
    assert max(Counter(line["offer_id"] for line in placements).values()) <= max(1, 0.05 * len(placements))
    assert all(len(one["offer_ids"]) == 3 or one["text_vi"] for one in last["options"])
    assert set(last["congestion"]) == {"shortlists", "allocation", "options"}
    assert last["congestion"]["allocation"]["most"] <= last["congestion"]["shortlists"]["most"]
