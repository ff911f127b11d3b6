"""Two releases on the same judged people, neither judged by people it has learnt from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matching.errors import ModelError
from matching.evaluation.gates import Gate, gates
from matching.evaluation.ranking import Contest, contest, model_scores
from matching.pool.people import FloatArray
from matching.registry.release import Release, load_release
from matching.taxonomy.release import Taxonomy
from matching.training.events import JUDGEMENTS, Events, Laid, lay_out
from matching.training.trainer import held_out_scores, report_on

HELD_OUT, AS_IT_IS = "held out by fold", "as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How a challenger stands against a champion."""

    champion: str
    challenger: str
    evidence: Mapping[str, str]
    """By release: `HELD_OUT` when it learnt from these very judgements, so that models of its specification, each
    judged by people it had not seen, stand for it; `AS_IT_IS` when it did not."""
    report: Mapping[str, Any]
    """As by `compare`, the champion as reference."""
    gates: tuple[Gate, ...]


def compare_releases(
    models: Path, champion: str, challenger: str, events: Events, taxonomy: Taxonomy, *, as_of: date | None = None
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
    laid = lay_out(events, taxonomy, as_of=day, home_province=spec.home_province if spec else None)
    found = contest(laid.graded)
    scores = {release.name: _scores(release, found, events, laid) for release in (old, new)}
    report = report_on(found, scores, events, laid, taxonomy, reference=champion)
    return Compared(
        champion=champion,
        challenger=challenger,
        evidence={release.name: HELD_OUT if _has_seen(release, events) else AS_IT_IS for release in (old, new)},
        report=report,
        gates=gates(report, challenger=challenger),
    )


def _scores(release: Release, found: Contest, events: Events, laid: Laid) -> FloatArray:
    spec = release.manifest.spec
    if spec is not None and _has_seen(release, events):
        return held_out_scores(found, spec, laid)
    return model_scores(found.pairs, release.model)


def _has_seen(release: Release, events: Events) -> bool:
    trained_on = release.manifest.trained_on
    return trained_on is not None and trained_on["files"].get(JUDGEMENTS) == events.files.get(JUDGEMENTS)
