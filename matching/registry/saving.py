"""A trained model becomes a release."""

import hashlib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from matching.errors import ModelError
from matching.evaluation.report import json_ready
from matching.features import features_sha256
from matching.registry.files import alone, new_folder
from matching.registry.manifest import CARD, FILES, MANIFEST, MODEL, content_name
from matching.registry.release import Release, load_release, manifest_bytes
from matching.training.card import card
from matching.training.trainer import Trained


def save(models: Path, trained: Trained, *, created_on: date) -> Release:
    """Write a release; the same specification, events and code give the same name and the same model.

    Parameters
    ----------
    models : Path
        The store; made when it is not there.
    created_on : date
        Stated in the manifest. A release that is there already keeps the day on which it was first made.

    Raises
    ------
    ModelError
        A folder of that name is there and holds something else (or is broken).
    """
    name, files = release_files(trained, created_on=created_on)
    with alone(models):
        if not (models / name).exists():
            new_folder(models / name, files)
    found = load_release(models, name, taxonomy_release=trained.taxonomy_release)
    if found.model.to_json() != files[MODEL]:
        raise ModelError(f"release [{name}] is there already and holds another model; remove its folder")
    return found


def release_files(trained: Trained, *, created_on: date) -> tuple[str, dict[str, bytes]]:
    """Return the name of a trained model's release, and its files."""
    model, spec, made_from = trained.model.to_json(), trained.spec.as_record(), _made_from(trained)
    name = content_name(spec, made_from, model)
    files = {MODEL: model, CARD: card(trained, release=name, created_on=created_on).encode()}
    manifest: dict[str, Any] = {
        "release": name,
        "kind": "additive",
        "created_on": created_on.isoformat(),
        "sha256": {file: hashlib.sha256(content).hexdigest() for file, content in files.items()},
        "features_sha256": features_sha256(),
        "taxonomy_release": trained.taxonomy_release,
        "trained_on": made_from,
        "spec": spec,
        "metrics": json_ready(trained.report),
        "gates": [asdict(gate) for gate in trained.gates],
    }
    files[MANIFEST] = manifest_bytes(manifest)
    assert set(files) == FILES
    return name, files


def _made_from(trained: Trained) -> dict[str, Any]:
    """Return what the model learnt from: sizes and hashes, nobody's id and nobody's words."""
    return {
        "as_of": trained.spec.as_of.isoformat(),
        **trained.events.sizes,
        "rows": trained.rows,
        "pull": trained.pull,
        "taxonomy_sha256": trained.taxonomy_sha256,
        "files": dict(trained.events.files),
    }
