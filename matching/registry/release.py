"""One release, verified; and all that a folder holds."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.errors import ModelError, ModelNotFoundError, ModelStaleError, ModelTamperedError
from matching.features import features_sha256
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import BASELINE, baseline_files
from matching.registry.manifest import (
    CARD,
    FILES,
    MANIFEST,
    MODEL,
    Manifest,
    checked_name,
    content_name,
    parse_manifest,
    read_bytes,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release that may serve: every file is what its manifest says, and the model is sound."""

    manifest: Manifest
    model: AdditiveModel
    card: str

    @property
    def name(self) -> str:
        """Name of the release, as answers state it."""
        return self.manifest.release


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A folder of the store: a release, or why it is none."""

    name: str
    release: Release | None
    refused: str | None
    """Why it may not serve; None when it may."""


def load_release(models: Path, name: str, *, taxonomy_release: str) -> Release:
    """Return a release after checking everything that can be checked without serving it.

    Parameters
    ----------
    models : Path
        The store. The stated prior needs none: "baseline" is there even when the folder is not.
    name : str
    taxonomy_release : str
        Name of the release of the taxonomy in use.

    Raises
    ------
    ModelNotFoundError
        There is no such folder, it lacks a file, or a file is not a plain one.
    ModelTamperedError
        A file's SHA-256 is not the manifest's, the name is not that of its content, or there are other files.
    ModelStaleError
        Made for another list of features, or another release of the taxonomy.
    ModelSignError
        A table breaks the sign of its feature.
    ModelError
        The manifest or the model is not of this form, belongs to another release, or is too large.
    """
    folder = models / checked_name(name)
    if folder.is_symlink() or not folder.is_dir():
        if name == BASELINE:
            return _verified(baseline_files(), name, taxonomy_release)
        raise ModelNotFoundError(f"there is no release [{name}]; `viecgan releases` lists those that there are")
    contents = {file: read_bytes(folder / file, release=name) for file in sorted(FILES)}
    if other := sorted(path.name for path in folder.iterdir() if path.name not in FILES):
        raise ModelTamperedError(f"release [{name}] holds {other}; a release has {sorted(FILES)} and no other file")
    return _verified(contents, name, taxonomy_release)


def _verified(contents: Mapping[str, bytes], name: str, taxonomy_release: str) -> Release:
    manifest = parse_manifest(contents[MANIFEST], release=name)
    for file, wanted in manifest.sha256.items():
        found = hashlib.sha256(contents[file]).hexdigest()
        if found != wanted:
            raise ModelTamperedError(f"release [{name}]: {file} has SHA-256 [{found}], the manifest says [{wanted}]")
    if manifest.features_sha256 != features_sha256():
        raise ModelStaleError(f"release [{name}] was made for another list of features; train it again")
    if manifest.taxonomy_release != taxonomy_release:
        raise ModelStaleError(
            f"release [{name}] was made for taxonomy [{manifest.taxonomy_release}], "
            f"[{taxonomy_release}] is in use; train it again"
        )
    _check_content(manifest, contents[MODEL])
    return Release(
        manifest=manifest,
        model=AdditiveModel.from_json(contents[MODEL], name=name),
        card=contents[CARD].decode("utf-8", errors="replace"),
    )


def _check_content(manifest: Manifest, model: bytes) -> None:
    """Hold a learnt release to its own name, and the stated prior to the code."""
    if manifest.spec is None or manifest.trained_on is None:
        if model != baseline_files()[MODEL]:
            raise ModelTamperedError(f"release [{BASELINE}] is not the stated prior of this code; export it again")
        return
    named = content_name(manifest.spec.as_record(), manifest.trained_on, model)
    if named != manifest.release:
        raise ModelTamperedError(f"release [{manifest.release}] holds what would be called [{named}]; train it again")


def releases(models: Path, *, taxonomy_release: str) -> tuple[Listed, ...]:
    """Return every release of a store by name, verified, with the reason where one is refused; the prior first."""
    folders = sorted(p.name for p in models.iterdir() if p.is_dir() and p.name[0] != ".") if models.is_dir() else []
    names = [BASELINE, *(name for name in folders if name != BASELINE)]
    return tuple(_listed(models, name, taxonomy_release) for name in names)


def _listed(models: Path, name: str, taxonomy_release: str) -> Listed:
    try:
        return Listed(name=name, release=load_release(models, name, taxonomy_release=taxonomy_release), refused=None)
    except ModelError as error:
        return Listed(name=name, release=None, refused=str(error))


def manifest_bytes(record: Mapping[str, object]) -> bytes:
    """Return a manifest as a file that a person can read and compare."""
    return (json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
