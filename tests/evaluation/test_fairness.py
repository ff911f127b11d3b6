"""The fairness report: groups that need no forbidden question, and what must not matter does not."""

from typing import Any

import numpy as np
import pytest

from matching.domain.survey import Survey
from matching.evaluation.counterfactual import World, accents_removed, sealed_swapped
from matching.evaluation.fairness import fairness
from matching.evaluation.groups import MIN_GROUP, REST
from matching.evaluation.report import fairness_table
from matching.extraction.survey import SurveyReader
from matching.pool.records import pools_of
from matching.ranking.prior import stated_prior
from matching.recommender import Recommender
from matching.samples import load_samples
from matching.taxonomy.release import current_taxonomy
from tests.builders import HOME_PROVINCE, TODAY, opening, person


@pytest.fixture(scope="module")
def reader() -> SurveyReader:
    return SurveyReader(current_taxonomy())


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    samples = load_samples()
    return fairness(samples.surveys, samples.offers, stated_prior(), current_taxonomy(), as_of=TODAY)


def surveyed(i: int, **facts: Any) -> Survey:
    told = {"text": "Làm phụ hồ được 4 năm, cần việc làm", "commune": "Xã Trà Tân, Lâm Đồng"} | facts
    return person(f"P{i:03d}", **told).survey


def test_other_sealed_data_change_nothing_about_openings_and_programmes(report: dict[str, Any]) -> None:
    """M2."""
    assert report["sealed_swap"] == {"people": report["people"], "changed": 0}


def test_a_change_would_be_seen(reader: SurveyReader) -> None:
    """M2: the zero above is a measurement."""
    surveys = [surveyed(i) for i in range(3)]
    offers = [opening("J1", occupation="9313", commune="Xã Trà Tân, Lâm Đồng")]
    taxonomy = current_taxonomy()
    pools = pools_of(surveys, offers, taxonomy, as_of=TODAY, home=HOME_PROVINCE)
    world = World(
        offers=pools.offers,
        model=stated_prior(),
        taxonomy=taxonomy,
        reader=reader,
        as_of=TODAY,
        home_province=HOME_PROVINCE,
    )
    shown = world.shown(pools.people)
    assert sealed_swapped(surveys, world, shown)["changed"] == 0
    assert sealed_swapped(surveys, world, {**shown, "P001": (("J1", 0),)})["changed"] == 1
    assert sealed_swapped(surveys, world, {**shown, "P001": ()})["changed"] == 1
    assert accents_removed(surveys, world, shown)["share_of_ten_best_kept"] == 1
    assert accents_removed(surveys, world, {**shown, "P001": (("J9", 0),)})["share_of_ten_best_kept"] == 0.6667


def test_without_accents_people_see_nearly_the_same(report: dict[str, Any]) -> None:
    """X4."""
    bare = report["accents_removed"]
    assert bare["people"] > 50
    assert bare["share_of_ten_best_kept"] > 0.95


def test_no_group_that_is_told_is_small_and_no_dimension_is_forbidden(report: dict[str, Any]) -> None:
    """P6; sex, ethnicity, religion, offence and category are not asked, so they are not compared."""
    assert set(report["dimensions"]) <= {"accents", "length", "dialect", "age", "commune", "transport"}
    for told in report["dimensions"].values():
        sizes = [group["people"] for group in told["groups"].values()]
        assert min(sizes) >= MIN_GROUP
        assert sum(sizes) == report["people"]


def test_a_group_with_nothing_near_is_pointed_out() -> None:
    near = [surveyed(i) for i in range(12)]
    far = [surveyed(100 + i, commune="Xã Bắc Hà, Lào Cai") for i in range(12)]
    offers = [
        opening(f"J{i}", occupation="9313", commune="Xã Trà Tân, Lâm Đồng", housing=False, headcount=9)
        for i in range(4)
    ]
    report = fairness([*near, *far], offers, stated_prior(), current_taxonomy(), as_of=TODAY, home=HOME_PROVINCE)
    groups = report["dimensions"]["commune"]["groups"]
    shares = {name: group["share_without_any_opening"] for name, group in groups.items()}
    assert sorted(shares.values()) == [0.0, 1.0]
    assert REST not in groups
    pointed = {(found["dimension"], found["measure"]) for found in report["pointed_out"]}
    assert pointed == {("commune", "openings_against_others"), ("commune", "exposure_against_others")}
    assert "clearly less: commune" in fairness_table(report)


def test_exposure_is_that_of_the_lists_employers_see() -> None:
    """Equal people share a place, so nobody is ahead by their id."""
    skilled = "Làm phụ hồ được 12 năm, xây tô được, cần việc làm gần nhà" + " vì nhà có con nhỏ" * 4
    surveys = [*(surveyed(i) for i in range(20)), *(surveyed(100 + i, text=skilled) for i in range(10))]
    offers = [opening("J1", occupation="9313", commune="Xã Trà Tân, Lâm Đồng", headcount=40)]
    report = fairness(surveys, offers, stated_prior(), current_taxonomy(), as_of=TODAY, home=HOME_PROVINCE)
    pools = pools_of(surveys, offers, current_taxonomy(), as_of=TODAY, home=HOME_PROVINCE)
    (listed,) = Recommender(current_taxonomy()).recommend(pools.people, pools.offers, as_of=TODAY, k=40, per="offer")
    assert len({match.score for match in listed.matches}) == 2
    assert {match.person_id for match in listed.matches[:10]} == {s.person_id for s in surveys[20:]}
    seen = {
        name: group["exposure_an_opening"]["value"] for name, group in report["dimensions"]["length"]["groups"].items()
    }
    assert seen["long"] == pytest.approx(1 / np.log2(1 + np.mean(range(1, 11))), abs=1e-6)
    assert seen["short"] == pytest.approx(1 / np.log2(1 + np.mean(range(11, 31))), abs=1e-6)
