"""The stated prior: what the code states is what is committed, and what serves without training."""

import hashlib
import json
from pathlib import Path

from matching.features import NAMES, features_sha256
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import baseline_files, export_baseline, stated_prior

RELEASE = Path(__file__).parents[2] / "models" / "baseline"


def test_the_committed_release_is_what_the_code_states() -> None:
    """After a change of a weight: matching.ranking.prior.export_baseline(Path("models/baseline"))."""
    for name, content in baseline_files().items():
        assert (RELEASE / name).read_bytes() == content, name


def test_the_manifest_holds_the_hash_of_each_file(tmp_path: Path) -> None:
    export_baseline(tmp_path / "baseline")
    manifest = json.loads((tmp_path / "baseline" / "manifest.json").read_text())
    assert manifest["release"] == "baseline" and manifest["trained_on"] is None
    assert manifest["features_sha256"] == features_sha256()
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256((tmp_path / "baseline" / name).read_bytes()).hexdigest() == digest


def test_without_training_the_stated_prior_serves_and_says_so() -> None:
    """M14."""
    served = AdditiveModel.load(RELEASE / "model.json", name="baseline")
    assert served.name == stated_prior().name == "baseline"
    assert served.to_json() == stated_prior().to_json()


def test_unknown_is_neutral_for_every_feature() -> None:
    """An empty box is never a no."""
    assert {stated_prior().shapes[name].missing for name in NAMES} == {0.0}


def test_every_weight_can_matter() -> None:
    for name, shape in stated_prior().shapes.items():
        assert len(set(shape.values)) > 1, name
