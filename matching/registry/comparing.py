"""Two releases on the same judged people, neither judged by people it has learnt from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matching.errors import ModelError
from matching.evaluation.gates import Gate, gates
from matching.pool.people import FloatArray
from matching.registry.release import Release, load_release
from matching.taxonomy.release import Taxonomy
from matching.training.events import JUDGEMENTS
from matching.training.exam import Exam, Source
from matching.training.outcomes import OUTCOMES
from matching.training.trainer import held_out_scores, report_on

HELD_OUT, AS_IT_IS = "held out by fold", "as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How a challenger stands against a champion."""

    champion: str
    challenger: str
    evidence: Mapping[str, str]
    """By release: `HELD_OUT` when it learnt from these very judgements, or from an export of outcomes as these are:
    models of its specification, each judged by people it had not seen, then stand for it; `AS_IT_IS` when it did not.
    """
    report: Mapping[str, Any]
    """As by `compare`, the champion as reference."""
    gates: tuple[Gate, ...]


def compare_releases(
    models: Path, champion: str, challenger: str, events: Source, taxonomy: Taxonomy, *, as_of: date | None = None
) -> Compared:
    """Compare two releases on judged people.

    Parameters
    ----------
    as_of : date or None
        The day for which the pairs are laid out; None: that of the challenger's specification, or the champion's.

    Raises
    ------
    ModelError
        A release is not sound, the two are one, or neither says for which day (then *as_of* must).
    """
    if champion == challenger:
        raise ModelError(f"[{champion}] cannot be compared with itself")
    old, new = (load_release(models, name, taxonomy_release=taxonomy.release) for name in (champion, challenger))
    spec = new.manifest.spec or old.manifest.spec
    day = as_of or (spec.as_of if spec else None)
    if day is None:
        raise ModelError(f"neither [{champion}] nor [{challenger}] says for which day; give one")
    exam = events.exam(taxonomy, as_of=day, home_province=spec.home_province if spec else None)
    scores = {release.name: _scores(release, exam, events) for release in (old, new)}
    report = report_on(exam, scores, reference=champion)
    return Compared(
        champion=champion,
        challenger=challenger,
        evidence={release.name: HELD_OUT if _has_seen(release, events) else AS_IT_IS for release in (old, new)},
        report=report,
        gates=gates(report, challenger=challenger),
    )


def _scores(release: Release, exam: Exam, events: Source) -> FloatArray:
    spec = release.manifest.spec
    if spec is not None and _has_seen(release, events):
        return held_out_scores(exam, spec)
    return exam.scores(release.model)


def _has_seen(release: Release, events: Source) -> bool:
    """Say whether a release learnt from these people; exports know people by other names each day, so it may have."""
    trained_on = release.manifest.trained_on
    if trained_on is None:
        return False
    if OUTCOMES in events.files:
        return OUTCOMES in trained_on["files"]
    return bool(trained_on["files"].get(JUDGEMENTS) == events.files[JUDGEMENTS])
