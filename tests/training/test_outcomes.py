"""Outcomes as they are exported teach what the pairs themselves would teach, and say no more than that."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching.domain.outcome import Outcome, grade_of
from matching.domain.referral import DeclinedBy, ReferralStatus
from matching.errors import DataError, RecordsError
from matching.evaluation.judgements import Graded
from matching.features import NAMES, matrix
from matching.jsonl import write_lines
from matching.ranking.prior import stated_prior
from matching.registry.comparing import HELD_OUT, compare_releases
from matching.registry.saving import save
from matching.taxonomy.release import current_taxonomy
from matching.training.events import load_source
from matching.training.logistic import fit
from matching.training.outcomes import OUTCOMES, Outcomes, decode_outcome, in_steps, load_outcomes
from matching.training.spec import TrainingSpec
from matching.training.table import features_of, training_table
from matching.training.trainer import train
from tests.builders import TODAY
from tests.training.judged import judged, wishes

S = ReferralStatus
SPEC = TrainingSpec(name="outcomes", as_of=TODAY, pull=(0.1,), folds=3)


@pytest.fixture(scope="module")
def known() -> Graded:
    return judged(wishes(distance_km=2.0, wage_to_usual=3.0), seed=1)


@pytest.fixture(scope="module")
def outcomes(known: Graded) -> list[Outcome]:
    table = training_table(known)
    people, grades = table["person_id"], table["grade"]
    return [
        Outcome(person=person, grade=int(grade), features=in_steps(row))
        for person, grade, row in zip(people, grades, features_of(table), strict=True)
    ]


def written(folder: Path, outcomes: list[Outcome]) -> Path:
    (folder / OUTCOMES).write_bytes(write_lines(outcomes))
    return folder


def test_every_feature_begins_below_its_first_step() -> None:
    """So what is below all thresholds can be told as 0."""
    assert min(min(shape.thresholds) for shape in stated_prior().shapes.values()) > 0


def test_in_steps_every_pair_scores_and_teaches_as_it_is(known: Graded, outcomes: list[Outcome]) -> None:
    features, prior, table = matrix(known.pairs), stated_prior(), training_table(known)
    told = pd.DataFrame([in_steps(row) for row in features], columns=list(NAMES)).to_numpy(dtype=np.float32)
    assert np.array_equal(prior.score(told), prior.score(features))
    assert not np.array_equal(told, features, equal_nan=True)
    exam = Outcomes(outcomes).exam(current_taxonomy(), as_of=TODAY)
    again = fit(exam.table, prior=prior, pull=0.1, name="again")
    assert again.to_json() == fit(table, prior=prior, pull=0.1, name="again").to_json()


def test_an_export_becomes_a_release_that_says_what_it_learnt_from(outcomes: list[Outcome], tmp_path: Path) -> None:
    source = load_source(written(tmp_path, outcomes))
    trained = train(SPEC, source, current_taxonomy())
    assert set(trained.report["rankers"]) == {"baseline", "outcomes"}
    assert trained.report["rankers"]["outcomes"]["pairwise_accuracy"]["value"] > 0.5
    release = save(tmp_path / "models", trained, created_on=TODAY)
    made_from = release.manifest.trained_on
    assert made_from is not None
    assert (made_from["people"], made_from["outcomes"]) == (len({o.person for o in outcomes}), len(outcomes))
    card = (tmp_path / "models" / release.name / "card.md").read_text(encoding="utf-8")
    assert "outcomes of referrals of" in card
    backwards = train(SPEC, Outcomes(outcomes[::-1]), current_taxonomy())
    assert backwards.model.to_json() == trained.model.to_json()


def test_a_release_of_another_days_export_is_judged_by_people_held_out(outcomes: list[Outcome], tmp_path: Path) -> None:
    """The same people have other names there, so whom it has seen cannot be told."""
    source = load_outcomes(written(tmp_path, outcomes) / OUTCOMES)
    name = save(tmp_path / "models", train(SPEC, source, current_taxonomy()), created_on=TODAY).name
    renamed = Outcomes([Outcome(person=o.person + "x", grade=o.grade, features=o.features) for o in outcomes])
    found = compare_releases(tmp_path / "models", "baseline", name, renamed, current_taxonomy())
    assert found.evidence[name] == HELD_OUT


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"person": "a", "grade": 4, "features": {}}', "grade"),
        ('{"person": "a", "grade": 1, "features": {"offence": 1}}', "features.offence"),
        ('{"person": "a", "grade": 1, "features": {}, "name": "x"}', "name"),
        ('{"person": "a", "grade": 1}', "features"),
    ],
)
def test_a_line_that_says_more_or_less_is_refused_by_its_key(line: str, what: str, tmp_path: Path) -> None:
    """M1."""
    with pytest.raises(DataError, match=what):
        decode_outcome(line)
    (tmp_path / OUTCOMES).write_text(line + "\n")
    with pytest.raises(RecordsError, match=f"{OUTCOMES}, line 1: .*{what}"):
        load_source(tmp_path)


def test_a_folder_holds_one_sort_of_events(outcomes: list[Outcome], tmp_path: Path) -> None:
    written(tmp_path, outcomes)
    (tmp_path / "judgements.jsonl").touch()
    with pytest.raises(DataError, match="a folder of its own"):
        load_source(tmp_path)
    with pytest.raises(DataError, match="no outcomes"):
        train(SPEC, Outcomes([]), current_taxonomy())


SENT = (S.PROPOSED, S.AGREED, S.SENT)


@pytest.mark.parametrize(
    ("steps", "by", "grade"),
    [
        ((*SENT, S.STARTED, S.KEPT_30D, S.KEPT_90D), None, 3),
        ((*SENT, S.STARTED, S.WITHDRAWN), None, 2),
        ((*SENT, S.INTERVIEW, S.DECLINED), DeclinedBy.MAKER, 1),
        ((S.PROPOSED, S.DECLINED), DeclinedBy.PERSON, 0),
        ((S.PROPOSED, S.PARKED, S.PROPOSED, S.DECLINED), DeclinedBy.OFFICER, 0),
        ((*SENT, S.DECLINED), DeclinedBy.MAKER, None),
        ((*SENT, S.INTERVIEW), None, None),
        ((*SENT, S.INTERVIEW, S.WITHDRAWN), None, None),
        ((*SENT, S.EXPIRED), None, None),
        ((S.PROPOSED, S.OBSOLETE), None, None),
        ((), None, None),
    ],
)
def test_what_became_of_a_referral_is_its_grade(steps: tuple[S, ...], by: DeclinedBy | None, grade: int | None) -> None:
    assert grade_of(steps, by) == grade
