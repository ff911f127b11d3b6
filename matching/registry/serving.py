"""Which release serves: `serving.toml`, its history, and what serves when it cannot be had."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from matching.errors import ModelError, ModelTamperedError
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import BASELINE, stated_prior
from matching.registry.release import Release, load_release

SERVING = "serving.toml"
PROMOTE, ROLLBACK = "promote", "rollback"

_HEAD = "# Which release serves, and what served before. Written by `viecgan promote` and `viecgan rollback`.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change of the serving release."""

    action: str
    """`PROMOTE` or `ROLLBACK`."""
    release: str
    """What serves from then on."""
    manifest_sha256: str
    """Of the release's manifest on that day: a release that is rewritten later is not the one that was promoted."""
    since: datetime
    """UTC."""
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """The model that answers."""

    model: AdditiveModel
    release: str
    entry: Entry | None
    """Its promotion; None: nobody promoted it (the stated prior by default)."""
    refused: tuple[str, ...] = ()
    """Why what was promoted does not serve; () when it does."""


def read_history(models: Path) -> tuple[Entry, ...]:
    """Return every promotion and rollback, oldest first; () when there was none.

    Raises
    ------
    ModelError
        `serving.toml` cannot be read, is no TOML of this form, or contradicts itself.
    """
    path = models / SERVING
    if not path.exists():
        return ()
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = tuple(_entry(one) for one in record.pop("history"))
        current = _entry(record | {"action": entries[-1].action})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise ModelError(f"{SERVING}: not of the form that `viecgan promote` writes: {error!r}") from error
    if current != entries[-1]:
        raise ModelError(f"{SERVING}: [{current.release}] is not the last of the history; restore the file")
    return entries


def standing(history: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the promotions that were not rolled back, oldest first; the last one serves.

    Where a rollback came back to a promotion it stands in its place. () when the stated prior serves by default.
    """
    stack: list[Entry] = []
    for entry in history:
        if entry.action == PROMOTE:
            stack.append(entry)
            continue
        del stack[-1:]
        while stack and stack[-1].release != entry.release:
            stack.pop()
        if stack:
            stack[-1] = entry
    return tuple(stack)


def serving_file(history: Sequence[Entry]) -> bytes:
    """Return `serving.toml` for a history of at least one entry."""
    lines = [_HEAD, *_lines(history[-1])]
    for entry in history:
        lines += ["", "[[history]]", f"action = {json.dumps(entry.action)}", *_lines(entry)]
    return ("\n".join(lines) + "\n").encode()


def serving(models: Path, *, taxonomy_release: str, keep: Serving | None = None) -> Serving:
    """Return the model that is to answer; never fails.

    Parameters
    ----------
    models : Path
        The store; with none, or an empty one, the stated prior serves and says so by its name.
    taxonomy_release : str
        Name of the release of the taxonomy in use.
    keep : Serving or None
        What serves now: it goes on when the promoted release is refused. None: at a start, the newest earlier
        promotion that stands serves instead, or else the stated prior.
    """
    try:
        stack = standing(read_history(models))
    except ModelError as error:
        return _instead(keep, (str(error),))
    refused: list[str] = []
    for entry in reversed(stack):
        try:
            release = promoted(models, entry, taxonomy_release=taxonomy_release)
        except ModelError as error:
            refused.append(str(error))
            if keep is not None:
                return _instead(keep, tuple(refused))
            continue
        return Serving(model=release.model, release=release.name, entry=entry, refused=tuple(refused))
    return _instead(None, tuple(refused))


def promoted(models: Path, entry: Entry, *, taxonomy_release: str) -> Release:
    """Return the release of an entry, verified; raises as `load_release`, and when its manifest is another by now.

    The stated prior is held to the code instead, with which it changes.
    """
    release = load_release(models, entry.release, taxonomy_release=taxonomy_release)
    if entry.release != BASELINE and release.manifest.own_sha256 != entry.manifest_sha256:
        raise ModelTamperedError(f"release [{entry.release}]: its manifest is not the one that was promoted")
    return release


def _instead(keep: Serving | None, refused: tuple[str, ...]) -> Serving:
    """Return what goes on serving, with the reasons."""
    if keep is None:
        return Serving(model=stated_prior(), release=BASELINE, entry=None, refused=refused)
    return Serving(model=keep.model, release=keep.release, entry=keep.entry, refused=refused)


def _entry(record: dict[str, Any]) -> Entry:
    if set(record) != {"action", "release", "manifest_sha256", "since", "by"}:
        raise ValueError(f"keys {sorted(record)}")
    if record["action"] not in (PROMOTE, ROLLBACK):
        raise ValueError(f"action [{record['action']}]")
    if not all(isinstance(record[key], str) for key in ("release", "manifest_sha256", "by")):
        raise ValueError("release, manifest_sha256 and by are texts")
    return Entry(**record | {"since": record["since"].astimezone(UTC)})


def _lines(entry: Entry) -> Iterator[str]:
    yield f"release = {json.dumps(entry.release)}"
    yield f"since = {entry.since.astimezone(UTC).isoformat(timespec='seconds').replace('+00:00', 'Z')}"
    yield f"by = {json.dumps(entry.by, ensure_ascii=False)}"
    yield f"manifest_sha256 = {json.dumps(entry.manifest_sha256)}"
