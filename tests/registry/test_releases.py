"""A release is what its manifest says, or it is refused with the reason."""

import hashlib
import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.errors import ModelError, ModelNotFoundError, ModelSignError, ModelStaleError, ModelTamperedError
from matching.ranking.prior import BASELINE, stated_prior
from matching.registry import load_release, promote, releases, serving
from matching.registry.manifest import content_name
from matching.registry.saving import save
from tests.registry.store import MADE_ON, NOON, TAXONOMY, copied, model, rewritten, saved, trained

Damage = Callable[[Path, str], object]


def test_what_is_saved_is_loaded_and_scores_the_same(tmp_path: Path) -> None:
    release = saved(tmp_path, 0.5)
    again = load_release(tmp_path, release.name, taxonomy_release=TAXONOMY)
    assert again.model.shapes == model(0.5).shapes
    assert again.model.name == release.name
    assert sorted(path.name for path in (tmp_path / release.name).iterdir()) == [
        "card.md",
        "manifest.json",
        "model.json",
    ]


def test_the_same_training_gives_the_same_release_and_another_one_another(tmp_path: Path) -> None:
    first = saved(tmp_path)
    again = save(tmp_path, trained(), created_on=date(2027, 1, 1))
    assert (again.name, again.manifest.created_on) == (first.name, MADE_ON)
    assert saved(tmp_path, 0.6).name != first.name


def test_a_manifest_tells_what_a_model_was_made_of_and_names_nobody(tmp_path: Path) -> None:
    manifest = saved(tmp_path).manifest
    assert manifest.trained_on is not None
    assert set(manifest.trained_on) == {
        "as_of", "people", "offers", "judgements", "rows", "pull", "taxonomy_sha256", "files",
    }  # fmt: skip
    assert manifest.spec is not None
    assert manifest.metrics is not None


def test_the_stated_prior_is_there_without_a_store_and_is_the_committed_one(tmp_path: Path) -> None:
    """M14: with no trained model the stated prior serves, and says so."""
    assert load_release(tmp_path / "nowhere", BASELINE, taxonomy_release=TAXONOMY).model.to_json() == (
        stated_prior().to_json()
    )
    models = Path(__file__).parents[2] / "models"
    assert {one.name: one.refused for one in releases(models, taxonomy_release=TAXONOMY)}[BASELINE] is None
    assert serving(tmp_path / "nowhere", taxonomy_release=TAXONOMY).release == BASELINE


def _edited_model(models: Path, name: str) -> None:
    path = models / name / "model.json"
    path.write_text(path.read_text(encoding="utf-8").replace("0.5", "0.7"), encoding="utf-8")


def _model_json(change: Callable[[dict[str, Any]], Any]) -> str:
    record = json.loads(model(0.5).to_json())
    change(record)
    return json.dumps(record)


def _manifest(change: Callable[[dict[str, Any]], Any]) -> Damage:
    return lambda models, name: rewritten(models, name, change)


def _file(name: str, content: bytes) -> Damage:
    return lambda models, release: (models / release / name).write_bytes(content)


def _lead_out(models: Path, name: str) -> None:
    (models / name / "card.md").rename(models / "card.md")
    (models / name / "card.md").symlink_to(models / "card.md")


BAD: dict[str, tuple[Damage, type[ModelError]]] = {
    "a model that was edited": (_edited_model, ModelTamperedError),
    "a card that was edited": (_file("card.md", b"all is well"), ModelTamperedError),
    "no model": (lambda models, name: (models / name / "model.json").unlink(), ModelNotFoundError),
    "no manifest": (lambda models, name: (models / name / "manifest.json").unlink(), ModelNotFoundError),
    "a manifest cut short": (_file("manifest.json", b'{"release": "te'), ModelError),
    "a manifest that is a list": (_file("manifest.json", b"[]"), ModelError),
    "a manifest with NaN": (_file("manifest.json", b'{"release": NaN}'), ModelError),
    "a manifest nested a thousand deep": (_file("manifest.json", b"[" * 1000 + b"]" * 1000), ModelError),
    "a file that can run code": (_file("model.pkl", pickle.dumps({})), ModelTamperedError),
    "a kind that can run code": (_manifest(lambda r: r.update(kind="pickle")), ModelError),
    "another list of features": (_manifest(lambda r: r.update(features_sha256="0" * 64)), ModelStaleError),
    "another taxonomy": (_manifest(lambda r: r.update(taxonomy_release="2019.1")), ModelStaleError),
    "gates that are gone": (_manifest(lambda r: r.update(gates=[])), ModelError),
    "a hash that is gone": (_manifest(lambda r: r["sha256"].pop("card.md")), ModelError),
    "other events claimed": (_manifest(lambda r: r["trained_on"].update(rows=9)), ModelTamperedError),
    "a stated model that is not the prior": (
        _manifest(lambda r: [r.update(trained_on=None), *(r.pop(key) for key in ("spec", "metrics", "gates"))]),
        ModelError,
    ),
    "a file that leads out of the folder": (_lead_out, ModelNotFoundError),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_release_is_refused_with_the_reason_and_the_old_one_keeps_serving(tmp_path: Path, what: str) -> None:
    """F7: broken, foreign, tampered, stale."""
    damage, error = BAD[what]
    old, new = saved(tmp_path, 0.5), saved(tmp_path, 0.6)
    promote(tmp_path, old.name, at=NOON, by="test", taxonomy_release=TAXONOMY)
    now = serving(tmp_path, taxonomy_release=TAXONOMY)
    damage(tmp_path, new.name)
    with pytest.raises(error, match=new.name):
        load_release(tmp_path, new.name, taxonomy_release=TAXONOMY)
    with pytest.raises(error):
        promote(tmp_path, new.name, at=NOON, by="test", taxonomy_release=TAXONOMY, compared=())
    kept = serving(tmp_path, taxonomy_release=TAXONOMY, keep=now)
    assert (kept.release, kept.refused) == (old.name, ())
    listed = {one.name: one.refused for one in releases(tmp_path, taxonomy_release=TAXONOMY)}
    assert listed[new.name] is not None
    assert listed[old.name] is None


@pytest.mark.parametrize("what", BAD)
def test_a_serving_release_that_goes_bad_is_put_aside_and_what_served_goes_on(tmp_path: Path, what: str) -> None:
    """F7: while the service runs it keeps what it has; when it starts it takes the one before; and both say why."""
    old, new = saved(tmp_path, 0.5), saved(tmp_path, 0.6)
    promote(tmp_path, old.name, at=NOON, by="test", taxonomy_release=TAXONOMY)
    promote(tmp_path, new.name, at=NOON, by="test", taxonomy_release=TAXONOMY, compared=())
    running = serving(tmp_path, taxonomy_release=TAXONOMY)
    BAD[what][0](tmp_path, new.name)
    kept = serving(tmp_path, taxonomy_release=TAXONOMY, keep=running)
    assert (kept.release, kept.model) == (new.name, running.model)
    assert new.name in kept.refused[0]
    started = serving(tmp_path, taxonomy_release=TAXONOMY)
    assert started.release == old.name
    assert new.name in started.refused[0]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (_model_json(lambda m: m["features"]["distance_km"].update(values=[0, 1, 2, 3, 4, 5])), ModelSignError),
        (_model_json(lambda m: m["features"]["distance_km"].update(sign=1)), ModelSignError),
        (_model_json(lambda m: m["features"].update(offence=m["features"]["distance_km"])), ModelStaleError),
        (_model_json(lambda m: m["features"].pop("distance_km")), ModelStaleError),
        (_model_json(lambda m: m["features"]["distance_km"].update(missing=float("nan"))), ModelError),
        (_model_json(lambda m: m.update(kind="joblib")), ModelError),
        (pickle.dumps({"kind": "additive"}), ModelError),
        (b"", ModelError),
    ],
)
def test_a_model_that_is_unsound_is_refused_even_when_every_hash_fits(
    tmp_path: Path, content: str | bytes, error: type[ModelError]
) -> None:
    """M1, law 5, F7."""
    release = saved(tmp_path)
    raw = content if isinstance(content, bytes) else content.encode()
    record = json.loads((tmp_path / release.name / "manifest.json").read_text(encoding="utf-8"))
    name = content_name(record["spec"], record["trained_on"], raw)
    copied(tmp_path, release.name, name)
    (tmp_path / name / "model.json").write_bytes(raw)
    rewritten(tmp_path, name, lambda r: r["sha256"].update({"model.json": hashlib.sha256(raw).hexdigest()}))
    rewritten(tmp_path, name, lambda r: r.update(release=name))
    with pytest.raises(ModelError) as refused:
        load_release(tmp_path, name, taxonomy_release=TAXONOMY)
    assert type(refused.value) is error


def test_a_release_under_another_name_is_foreign(tmp_path: Path) -> None:
    release = saved(tmp_path)
    copied(tmp_path, release.name, "test-0000000000")
    with pytest.raises(ModelError, match="belongs to release"):
        load_release(tmp_path, "test-0000000000", taxonomy_release=TAXONOMY)
    rewritten(tmp_path, "test-0000000000", lambda record: record.update(release="test-0000000000"))
    with pytest.raises(ModelTamperedError, match=release.name):
        load_release(tmp_path, "test-0000000000", taxonomy_release=TAXONOMY)


@pytest.mark.parametrize("name", ["..", "../models/baseline", "/etc", "", "a" * 61, "Ranking", "x\n", "nowhere"])
def test_a_name_leads_to_a_release_of_the_store_or_nowhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelNotFoundError):
        load_release(tmp_path, name, taxonomy_release=TAXONOMY)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    release = saved(tmp_path)
    (tmp_path / release.name / "model.json").write_bytes(b" " * 5_000_000)
    with pytest.raises(ModelError, match="bytes"):
        load_release(tmp_path, release.name, taxonomy_release=TAXONOMY)
