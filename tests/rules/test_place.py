"""Distance is between places, limits are the person's own; what is unknown is neutral."""

import numpy as np
import pytest

from matching.pool.distance import FEW, pair_distance_km
from tests.builders import blockers_on, opening, pairs_of, person, programme, verdicts, verdicts_on

HERE, NEAR, FAR = "Xã Phan Rí Cửa", "Xã Bắc Bình", "Xã Trà Tân"


def way(work: str) -> float:
    return float(pair_distance_km(pairs_of(person(commune=HERE), opening(commune=work)))[0])


def test_the_places_of_these_tests_lie_as_they_say():
    assert way(HERE) == 0 and 5 < way(NEAR) < 15 and way(FAR) > 100


def test_beyond_the_persons_own_limit():
    at_limit, below = person(commune=HERE, max_commute_km=way(NEAR)), person(commune=HERE, max_commute_km=way(NEAR) - 1)
    assert verdicts(at_limit, opening(commune=NEAR)) == []
    assert verdicts(below, opening(commune=NEAR)) == ["within_reach"]
    assert verdicts(below, programme(commune=NEAR)) == ["within_reach"]
    (verdict,) = verdicts_on(below, opening(commune=NEAR))
    assert verdict.offered == round(way(NEAR), 1) and "km" in verdict.text_vi


def test_no_limit_of_ones_own_is_no_limit():
    assert verdicts(person(commune=HERE), opening(commune=FAR)) == []


@pytest.mark.parametrize(
    ("facts", "reaches"),
    [
        ({}, True),
        ({"transport": "motorbike"}, True),
        ({"transport": "none"}, False),
        ({"constraints": ["near_home_only", "no_vehicle"]}, False),
        ({"constraints": ["near_home_only", "no_vehicle"], "transport": "motorbike"}, True),
        ({"constraints": ["near_home_only", "no_vehicle"], "transport": "bus"}, False),
        ({"transport": "bus"}, True),
    ],
)
def test_near_home_is_15_km_and_5_km_without_a_vehicle(facts, reaches):
    """S003xJ002: the same commune stays; S003xJ003: another one is too far on foot."""
    who = person(commune=HERE, **({"constraints": ["near_home_only"]} | facts))
    assert (verdicts(who, opening(commune=NEAR)) == []) is reaches
    assert verdicts(who, opening(commune=HERE)) == []
    assert verdicts(who, opening(commune=FAR)) == ["within_reach"]


def test_near_home_ends_at_15_km():
    rider = person(commune=HERE, constraints=["near_home_only"], transport="motorbike")
    assert 15 < way("Xã Liên Hương") < 20
    assert verdicts(rider, opening(commune="Xã Liên Hương")) == ["within_reach"]


def test_of_two_limits_the_nearer_counts():
    who = person(commune=HERE, max_commute_km=500, constraints=["near_home_only"])
    assert verdicts(who, opening(commune=FAR)) == ["within_reach"]


@pytest.mark.parametrize("given", [{"housing": True}, {"transport_provided": True}])
def test_housing_or_transport_lifts_the_limit(given):
    assert verdicts(person(commune=HERE, max_commute_km=5), opening(commune=FAR, **given)) == []


def test_housing_lifts_no_limit_of_who_cannot_be_away_overnight():
    home = person(commune=HERE, max_commute_km=5, constraints=["no_overnight_away"])
    assert verdicts(home, opening(commune=FAR, housing=True)) == ["within_reach"]
    assert verdicts(home, opening(commune=FAR, transport_provided=True)) == []


def test_housing_of_a_course_counts_and_travel_money_is_no_bus():
    who = person(commune=HERE, max_commute_km=5)
    assert verdicts(who, programme(commune=FAR, support=["housing"])) == []
    assert verdicts(who, programme(commune=FAR, support=["travel"])) == ["within_reach"]


@pytest.mark.parametrize(("home", "work"), [(None, FAR), (HERE, None), ("nơi nào đó không có", FAR), (HERE, "???")])
def test_an_unknown_place_on_either_side_is_neutral(home, work):
    assert verdicts(person(commune=home, max_commute_km=1), opening(commune=work)) == []


def test_m11_old_and_new_names_are_the_same_place():
    old = person(commune="TT Phan Rí Cửa, Tuy Phong, Bình Thuận", max_commute_km=1)
    assert verdicts(old, opening(commune="Xã Phan Rí Cửa")) == []
    assert verdicts(person(commune="xa Dong Ha, Duc Linh", max_commute_km=1), opening(commune="Xã Trà Tân")) == []


def test_only_at_home_excludes_what_does_not_say_that_it_can_be_done_there():
    """S047xJ007: "có thể mang về nhà" stays."""
    home = person(constraints=["home_based_only"])
    assert verdicts(home, opening(text="Làm theo sản phẩm, có thể mang về nhà.")) == []
    assert verdicts(home, opening(text="Làm việc tại nhà máy.")) == ["can_be_done_at_home"]
    assert verdicts(home, programme()) == []
    assert "class_is_away_from_home" in blockers_on(home, programme())


def test_needed_housing_that_is_not_offered_is_asked_about():
    who = person(constraints=["needs_housing"])
    assert "housing_to_be_found" in blockers_on(who, opening())
    assert "housing_to_be_found" not in blockers_on(who, opening(housing=True))


def test_m13_a_distance_is_the_same_bits_alone_and_among_many():
    communes = [HERE, NEAR, FAR, "Phường Phan Thiết", "Phường Mũi Né", None]
    people = [person(f"P{i}", commune=communes[i % 6]) for i in range(90)]
    offers = [opening(f"J{i}", commune=communes[i // 2 % 6]) for i in range(60)]
    many = pairs_of(people, offers)
    assert len(many) > FEW
    together = pair_distance_km(many)
    for row in range(0, len(many), 97):
        alone = pair_distance_km(many.where(np.array([row])))
        assert alone.tobytes() == together[row : row + 1].tobytes()
