"""The manifest of a release: what it is made of, what it was made from, and what it showed."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matching.errors import DataError, ModelError, ModelNotFoundError
from matching.jsonl import parse_object
from matching.ranking.prior import BASELINE
from matching.training.spec import TrainingSpec, spec_of

MODEL, MANIFEST, CARD = "model.json", "manifest.json", "card.md"
FILES = frozenset({MODEL, MANIFEST, CARD})
"""A release has these files and no other."""

MAX_BYTES = 4_000_000
"""No file of a release is larger."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEYS = frozenset(
    {"release", "kind", "created_on", "sha256", "features_sha256", "taxonomy_release", "trained_on"},
)
_LEARNT_KEYS = frozenset({"spec", "metrics", "gates"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a release says about itself."""

    release: str
    created_on: date
    sha256: Mapping[str, str]
    """Of each other file."""
    features_sha256: str
    """Of the closed list of features for which the model was made."""
    taxonomy_release: str
    trained_on: Mapping[str, Any] | None
    """Hashes and sizes of the events, the day they are seen from, and the pull; None: stated by people."""
    spec: TrainingSpec | None
    metrics: Mapping[str, Any] | None
    """As by `matching.evaluation.comparison.compare`."""
    gates: tuple[Mapping[str, Any], ...]
    """Each with `name`, `passed`, `wanted` and `measured`; () when stated by people."""
    own_sha256: str
    """Of the manifest itself."""

    @property
    def failed_gates(self) -> tuple[str, ...]:
        """What the release did not show, as sentences."""
        return tuple(f"{g['name']}: wanted {g['wanted']}, found {g['measured']}" for g in self.gates if not g["passed"])


def checked_name(name: str) -> str:
    """Return *name*; raises ModelNotFoundError when no release can be called so (it may not lead out of the folder)."""
    if not _NAME.fullmatch(name):
        raise ModelNotFoundError(f"[{name}] is not the name of a release; names have a-z, 0-9 and -")
    return name


def content_name(spec: Mapping[str, Any], trained_on: Mapping[str, Any], model: bytes) -> str:
    """Return the name of a learnt release: its specification's, and ten digits of the hash of what it is made of."""
    made_of = {"spec": spec, "trained_on": trained_on, "model": hashlib.sha256(model).hexdigest()}
    digest = hashlib.sha256(json.dumps(made_of, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return f"{spec['name']}-{digest[:10]}"


def read_bytes(path: Path, *, release: str) -> bytes:
    """Return a file of a release.

    Raises
    ------
    ModelNotFoundError
        It is not there, or is no plain file.
    ModelError
        It is too large.
    """
    if path.is_symlink() or not path.is_file():
        raise ModelNotFoundError(f"release [{release}] has no file {path.name}")
    if path.stat().st_size > MAX_BYTES:
        raise ModelError(f"release [{release}]: {path.name} has more than {MAX_BYTES} bytes")
    return path.read_bytes()


def parse_manifest(content: bytes, *, release: str) -> Manifest:
    """Read a manifest.

    Raises
    ------
    ModelError
        It is no JSON object of this form, or belongs to another release.
    """
    where = f"release [{release}]: {MANIFEST}"
    try:
        record = parse_object(content)
        _check_shape(record, where)
        manifest = _manifest(record, content, where)
    except (DataError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"{where}: {error}") from error
    if manifest.release != release:
        raise ModelError(f"{where} belongs to release [{manifest.release}]; a release is not copied under another name")
    return manifest


def _check_shape(record: Mapping[str, Any], where: str) -> None:
    learnt = record.get("trained_on") is not None
    wanted = _KEYS | _LEARNT_KEYS if learnt else _KEYS
    if set(record) != wanted:
        wrong = sorted(set(record) ^ wanted)
        raise ModelError(f"{where}: keys {wrong} are missing or unknown")
    if record["kind"] != "additive":
        raise ModelError(f"{where}: kind [{record['kind']}] is not additive; nothing else is served")
    if not learnt and record["release"] != BASELINE:
        raise ModelError(f"{where}: only [{BASELINE}] is stated without having been trained")
    hashes = record["sha256"]
    if set(hashes) != FILES - {MANIFEST} or not all(_SHA256.fullmatch(str(value)) for value in hashes.values()):
        raise ModelError(f"{where}: sha256 must hold one hash for each of {sorted(FILES - {MANIFEST})}")


def _manifest(record: Mapping[str, Any], content: bytes, where: str) -> Manifest:
    learnt = record["trained_on"] is not None
    gates = tuple(record["gates"]) if learnt else ()
    if not all(set(gate) == {"name", "passed", "wanted", "measured"} for gate in gates) or (learnt and not gates):
        raise ModelError(f"{where}: gates must each have name, passed, wanted and measured")
    return Manifest(
        release=str(record["release"]),
        created_on=date.fromisoformat(record["created_on"]),
        sha256=dict(record["sha256"]),
        features_sha256=str(record["features_sha256"]),
        taxonomy_release=str(record["taxonomy_release"]),
        trained_on=record["trained_on"],
        spec=spec_of(record["spec"], source=where) if learnt else None,
        metrics=record["metrics"] if learnt else None,
        gates=gates,
        own_sha256=hashlib.sha256(content).hexdigest(),
    )
