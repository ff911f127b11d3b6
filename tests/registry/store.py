"""A store with releases that were not really trained: promises of the store do not depend on how good they are."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from matching.evaluation.gates import Gate
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import stated_prior
from matching.registry import Release
from matching.registry.saving import save
from matching.taxonomy.release import current_taxonomy
from matching.training.events import Events
from matching.training.spec import TrainingSpec
from matching.training.trainer import Trained

TAXONOMY = current_taxonomy().release
MADE_ON = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SPEC = TrainingSpec(name="test", as_of=MADE_ON)

PASSED = Gate(name="enough_people", passed=True, wanted="30 judged people or more", measured="60")
FAILED = Gate(name="enough_people", passed=False, wanted="30 judged people or more", measured="7")

_ONE = {name: {"value": 0.9, "low": 0.8, "high": 1.0} for name in ("ndcg_at_10", "pairwise_accuracy", "recall_at_10")}
REPORT: dict[str, Any] = {
    "people": 60,
    "judged": 500,
    "ordered_pairs": 900,
    "rankers": {"baseline": _ONE, "test": _ONE},
    "reference": "baseline",
    "differences": {"test": _ONE},
    "must_filter": {"pairs": 0, "shown": []},
    "slices": {},
}


def model(near: float) -> AdditiveModel:
    """The stated prior with another value for the same commune."""
    shapes = stated_prior().shapes
    shape = replace(shapes["same_commune"], values=(0.0, near))
    return AdditiveModel({**shapes, "same_commune": shape}, name="test")


def trained(near: float = 0.5, *, gate: Gate = PASSED) -> Trained:
    """As if learnt from events."""
    return Trained(
        spec=SPEC,
        model=model(near),
        pull=0.1,
        rows=400,
        events=Events(surveys=(), offers=(), judged=(), files={"judgements.jsonl": "0" * 64}),
        taxonomy_release=TAXONOMY,
        taxonomy_sha256="1" * 64,
        report=REPORT,
        gates=(gate,),
    )


def saved(models: Path, near: float = 0.5, *, gate: Gate = PASSED) -> Release:
    """A release in the store."""
    return save(models, trained(near, gate=gate), created_on=MADE_ON)


def rewritten(models: Path, name: str, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change the manifest of a release by hand."""
    path = models / name / "manifest.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")


def copied(models: Path, name: str, to: str) -> None:
    """Copy a release's folder under another name."""
    shutil.copytree(models / name, models / to)
