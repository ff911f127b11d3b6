"""Promotion and rollback: verified, gated, written at once, never forgotten."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from matching.errors import ModelError
from matching.evaluation.gates import Gate
from matching.ranking.prior import BASELINE
from matching.registry.files import alone, replace_file
from matching.registry.release import Release, load_release
from matching.registry.serving import (
    PROMOTE,
    ROLLBACK,
    SERVING,
    Entry,
    promoted,
    read_history,
    serving_file,
    standing,
)

MAX_NAME = 80


def promote(
    models: Path, name: str, *, at: datetime, by: str, taxonomy_release: str, compared: Sequence[Gate] | None = None
) -> Entry:
    """Make a release serve.

    Parameters
    ----------
    name : str
        A release that passed every gate against the stated prior when it was trained; or the stated prior itself.
    at : datetime
        The instant, with its zone.
    by : str
        Who decides, at most 80 characters.
    compared : sequence of Gate or None
        The gates against the release that serves now (see `matching.evaluation.gates`); wanted whenever that is
        another learnt one.

    Returns
    -------
    Entry
        As written to `serving.toml`; the standing one, and nothing is written, when the release serves already.

    Raises
    ------
    ModelError
        The release is not sound, did not pass a gate, or was not compared with the one that serves. Nothing changes.
    """
    entry_by = _checked_by(by)
    with alone(models):
        release = load_release(models, name, taxonomy_release=taxonomy_release)
        history = read_history(models)
        stack = standing(history)
        if stack and stack[-1].release == name and stack[-1].manifest_sha256 == release.manifest.own_sha256:
            return stack[-1]
        _check_gates(release, stack[-1].release if stack else BASELINE, compared)
        return _written(models, history, _entry(PROMOTE, release, at, entry_by))


def rollback(models: Path, *, at: datetime, by: str, taxonomy_release: str) -> Entry:
    """Make the release serve that served before, or the nearest earlier one that is still sound; else the prior.

    Raises
    ------
    ModelError
        Nothing was promoted, so there is nothing to go back from. Nothing changes.
    """
    entry_by = _checked_by(by)
    with alone(models):
        history = read_history(models)
        stack = standing(history)
        if not stack or (len(stack) == 1 and stack[0].release == BASELINE):
            raise ModelError(f"[{BASELINE}] serves and nothing served before: there is nothing to go back to")
        target = _nearest_sound(models, stack[:-1], taxonomy_release)
        return _written(models, history, _entry(ROLLBACK, target, at, entry_by))


def _nearest_sound(models: Path, earlier: Sequence[Entry], taxonomy_release: str) -> Release:
    for entry in reversed(earlier):
        try:
            return promoted(models, entry, taxonomy_release=taxonomy_release)
        except ModelError:
            continue
    return load_release(models, BASELINE, taxonomy_release=taxonomy_release)


def _check_gates(release: Release, champion: str, compared: Sequence[Gate] | None) -> None:
    if release.name == BASELINE:
        return
    failed = list(release.manifest.failed_gates)
    if champion not in (BASELINE, release.name):
        if compared is None:
            raise ModelError(
                f"[{champion}] serves: [{release.name}] must be compared with it first; give the events of both"
            )
        failed += [f"{gate.name}: wanted {gate.wanted}, found {gate.measured}" for gate in compared if not gate.passed]
    if failed:
        raise ModelError(f"release [{release.name}] may not serve: {'; '.join(failed)}")


def _entry(action: str, release: Release, at: datetime, by: str) -> Entry:
    if at.tzinfo is None:
        raise ValueError(f"at [{at}] must have a zone")
    return Entry(
        action=action,
        release=release.name,
        manifest_sha256=release.manifest.own_sha256,
        since=at.astimezone(UTC).replace(microsecond=0),
        by=by,
    )


def _checked_by(by: str) -> str:
    if not by.strip() or len(by) > MAX_NAME or not by.isprintable():
        raise ModelError(f"by [{by[:MAX_NAME]!r}] must name who decides, on one line of at most {MAX_NAME} characters")
    return by


def _written(models: Path, history: Sequence[Entry], entry: Entry) -> Entry:
    replace_file(models / SERVING, serving_file([*history, entry]))
    return entry
