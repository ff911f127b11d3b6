"""The stated prior: weights that people wrote down with their reasons, good enough to serve before any training.

No weight here was fitted. Each says in one line why it stands; the sources named are published studies of what
helps people stay in work (see docs and the model's card). `models/baseline` is exported from here.
"""

import hashlib
import json
from pathlib import Path

from matching.features import FEATURES, features_sha256
from matching.ranking.additive import AdditiveModel, Shape
from matching.ranking.baseline_card import CARD

BASELINE = "baseline"
"""Name under which the stated prior serves, and says so."""

STATED_ON = "2026-11-23"
"""Day on which the weights below were last changed."""

TAXONOMY_RELEASE = "2026.1"
"""Taxonomy release whose similarities the thresholds were chosen for."""

Steps = tuple[tuple[float, ...], tuple[float, ...]]

_STEPS: dict[str, Steps] = {
    # -- the work itself: somebody who knows it starts, and stays (experience is the proof that replaces a guess)
    "occupation_exact": ((0.5,), (0.0, 0.6)),
    "occupation_similarity": ((0.1, 0.2, 0.35, 0.5, 0.75), (-0.4, -0.2, 0.1, 0.4, 0.7, 0.9)),
    # the first years count most; twenty are hardly more than ten
    "trade_years": ((1, 3, 5, 10), (0.0, 0.1, 0.2, 0.3, 0.35)),
    # short of the years asked is a reason to call first, never to hide the opening
    "years_against_asked": ((0.25, 0.5, 0.75, 1.0), (-0.5, -0.35, -0.2, -0.05, 0.1)),
    # what a person wants is tried harder and kept longer; a wish outweighs nearness of trade
    "wish_similarity": ((0.2, 0.35, 0.5, 0.75), (0.0, 0.2, 0.5, 0.8, 1.4)),
    # "no more going to sea" means mostly the whole line of work
    "refused_neighbour": ((0.5,), (0.0, -1.5)),
    # the way in for somebody without the trade
    "trains_on_job": ((0.5,), (-0.2, 0.4)),
    "skill_cover": ((0.25, 0.5, 0.75), (-0.3, 0.0, 0.3, 0.5)),
    "skills_missing": ((1, 2, 3), (0.0, -0.1, -0.2, -0.35)),
    # -- what the person asks for decides the kind: a good offer of another kind stays in sight, but below
    "need_fit": ((0.5, 1.0), (-1.6, 0.0, 1.0)),
    "housing_wanted": ((0.5,), (-0.4, 0.8)),
    "meals_or_housing_wanted": ((0.5,), (-0.2, 0.4)),
    # -- pay: better paid work holds (Schnepel 2018), badly paid work holds hardly better than none (LaBriola 2020)
    "wage_known": ((0.5,), (-0.1, 0.05)),
    "wage_to_floor": ((1.0, 1.15, 1.4), (-0.5, 0.0, 0.15, 0.25)),
    "wage_to_usual": ((0.7, 0.85, 1.0, 1.15, 1.4), (-0.4, -0.2, 0.0, 0.1, 0.25, 0.4)),
    "higher_wage_wanted": ((0.85, 1.0, 1.15, 1.4), (-0.2, 0.0, 0.2, 0.35, 0.5)),
    "daily_pay_wanted": ((0.5,), (-0.1, 0.4)),
    # -- the way: few own more than a motorbike; a way that costs an hour is given up first
    "distance_km": ((3, 8, 15, 25, 40), (0.4, 0.3, 0.1, -0.1, -0.4, -0.8)),
    "commute_minutes": ((15, 30, 45, 60, 90), (0.25, 0.15, 0.0, -0.2, -0.45, -0.8)),
    "housed_away_km": ((15, 50, 150), (0.1, 0.0, -0.2, -0.4)),
    "same_commune": ((0.5,), (0.0, 0.3)),
    "transport_given": ((5, 15), (0.0, 0.15, 0.35)),
    "work_at_home": ((0.5,), (0.0, 0.1)),
    # -- time: nights are for those who want them
    "night_shift": ((0.5,), (0.0, -0.35)),
    "night_shift_welcome": ((0.5,), (0.0, 0.4)),
    "nights_away": ((1, 3, 7), (0.0, -0.2, -0.4, -0.6)),
    "hours_outside_care": ((0.5, 1.5, 3), (0.1, -0.1, -0.4, -0.8)),
    "part_time_wanted": ((0.5,), (-0.3, 0.6)),
    # -- licences, papers, schooling: what is held is used; what is lacking is a next step, not an end
    "licence_used": ((0.5,), (0.0, 0.5)),
    # identity papers are the commonest obstacle of the first weeks: papers first
    "papers_needed": ((0.5,), (0.0, -0.4)),
    "reading_needed": ((0.5,), (0.0, -0.5)),
    "schooling_gap": ((1, 3, 6), (0.0, -0.15, -0.3, -0.5)),
    "strain": ((1, 2), (0.1, -0.3, -0.6)),
    # -- stability: contract and length decide whether the work counts as a success at all
    "stable_contract": ((1, 2, 3), (-0.15, -0.05, 0.2, 0.25)),
    "formal_contract_wanted": ((0.5,), (-0.3, 0.5)),
    "seasonal_when_lasting_wanted": ((0.5,), (0.2, -0.5)),
    # -- training: what is wished, what leads to a licence, what can be afforded and finished
    "programme_wished": ((0.2, 0.35, 0.5, 0.75), (0.0, 0.3, 0.7, 1.1, 1.8)),
    "programme_builds_on": ((0.2, 0.35, 0.5), (0.0, 0.15, 0.25, 0.3)),
    # nobody needs the first course of a trade of their own
    "programme_mastered": ((0.5,), (0.0, -1.2)),
    "programme_new_skills": ((0.01, 0.5), (-0.3, 0.05, 0.15)),
    "programme_new_licence": ((0.5,), (0.0, 0.3)),
    "programme_fee": ((0.001, 1, 3, 8), (0.2, 0.05, -0.05, -0.2, -0.4)),
    "fee_without_money": ((0.001, 1, 3), (0.1, -0.2, -0.4, -0.7)),
    "programme_weeks": ((5, 13, 27), (0.1, 0.0, -0.1, -0.25)),
    "programme_support": ((1, 2, 3), (0.0, 0.1, 0.2, 0.3)),
    "programme_hours_conflict": ((0.5,), (0.0, -0.6)),
    # -- loans: the right size at the lowest price
    "loan_amount_fit": ((0.25, 0.5, 1.0), (-0.8, -0.4, -0.1, 0.4)),
    "loan_purpose_fit": ((0.5,), (-0.6, 0.3)),
    "loan_rate": ((0.1, 5, 9), (0.3, 0.0, -0.1, -0.4)),
    # -- the chance that an introduction comes to something
    "seats_left": ((2, 5, 20), (0.0, 0.05, 0.1, 0.15)),
    "days_to_close": ((3, 7), (-0.25, -0.1, 0.0)),
    # an employer who promised to look at the work first answers otherwise (Cullen, Dobbie, Hoffman 2023)
    "fair_chance_pledge": ((0.5,), (0.0, 0.35)),
    "response_rate": ((0.2, 0.5, 0.8), (-0.3, 0.0, 0.15, 0.3)),
    # a clause is talked about before anybody is sent there
    "record_clause": ((1, 2), (0.05, -0.3, -0.8)),
}
"""Thresholds and one value more, by feature. What is unknown adds nothing: it is neutral, never a no."""


def stated_prior() -> AdditiveModel:
    """Return the stated prior as a model; it is named `BASELINE`.

    Examples
    --------
    >>> stated_prior().name
    'baseline'
    """
    shapes = {
        name: Shape(sign=FEATURES[name].sign, thresholds=thresholds, values=values)
        for name, (thresholds, values) in _STEPS.items()
    }
    return AdditiveModel(shapes, bias=0.0, name=BASELINE)


def baseline_files() -> dict[str, bytes]:
    """Return the release folder of the stated prior, as file name and content."""
    files = {"model.json": stated_prior().to_json(), "card.md": CARD.encode()}
    manifest = {
        "release": BASELINE,
        "kind": "additive",
        "created_on": STATED_ON,
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        "features_sha256": features_sha256(),
        "taxonomy_release": TAXONOMY_RELEASE,
        "trained_on": None,
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    return files | {"manifest.json": text.encode()}


def export_baseline(folder: Path) -> None:
    """Write the release folder of the stated prior."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in baseline_files().items():
        (folder / name).write_bytes(content)
