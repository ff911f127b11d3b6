"""The closed list of features, one promise at a time."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.offer import Offer
from matching.errors import DataError
from matching.features import FEATURES, NAMES, check_columns, features_sha256, matrix
from matching.pool.pairs import Pairs
from tests import pools
from tests.builders import TODAY, Person, held, loan, opening, pairs_of, person, programme

HOME = "Xã Phan Rí Cửa"
NEXT = "Xã Liên Hương"
FAR = "Phường Phan Thiết"


def value(feature: str, who: Person, offer: Offer, **known: Any) -> float:
    return float(matrix(pairs_of(who, offer, **known))[0, NAMES.index(feature)])


def unknown(feature: str, who: Person, offer: Offer) -> bool:
    return bool(np.isnan(value(feature, who, offer)))


def test_a_table_with_a_column_offence_cannot_be_learnt_from() -> None:
    """M1: the list is closed."""
    check_columns(reversed(NAMES))
    with pytest.raises(DataError, match="offence"):
        check_columns([*NAMES, "offence"])
    with pytest.raises(DataError, match="distance_km"):
        check_columns([name for name in NAMES if name != "distance_km"])


def test_no_feature_is_about_who_somebody_is() -> None:
    """M1: nothing of category, sentence, sex, age, origin, belief or diagnosis has a name here."""
    words = re.compile(r"\b(categor|offen[cs]e|sentence|prison|sex|gender|age|birth|ethnic|religio|belief|diagnos)\w*")
    for feature in FEATURES.values():
        assert not words.search(feature.name.replace("_", " ")), feature.name


@pytest.mark.parametrize("name", NAMES)
def test_each_feature_says_its_sign_unit_and_what_unknown_means(name: str) -> None:
    feature = FEATURES[name]
    assert feature.sign in (-1, 1)
    assert feature.unit and feature.missing and feature.kinds
    assert len(feature.meaning) > 20


def test_another_list_has_another_hash() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", features_sha256())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_a_pair_has_the_same_features_alone_and_among_others(seed: int) -> None:
    """M13: float32, NaN only for unknown, and no row reads another."""
    pairs = Pairs.cross(*pools.pools(seed, 4, 12), as_of=TODAY.toordinal())
    together = matrix(pairs)
    assert together.dtype == np.float32 and together.shape == (len(pairs), len(NAMES))
    assert not np.isinf(together).any()
    for row in range(0, len(pairs), 5):
        np.testing.assert_array_equal(matrix(pairs.where(np.array([row])))[0], together[row])


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_features_of_few_pairs_are_those_of_many(seed: int) -> None:
    """Few are reckoned all at once, many one kind after the other: nothing in a column tells which."""
    pairs = Pairs.cross(*pools.pools(seed, 6, 20), as_of=TODAY.toordinal())
    few = matrix(pairs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.features.FEW", 0)
        np.testing.assert_array_equal(matrix(pairs), few)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_features_do_not_see_category_and_dates(seed: int) -> None:
    """M2: swapping what is restricted changes no feature of any pair."""
    who, what = pools.people(seed, 4), pools.offers(seed, 12)
    swapped = [pools.swapped(p, seed) for p in who]
    before, after = (matrix(Pairs.cross(*pools.columns(p, what), as_of=TODAY.toordinal())) for p in (who, swapped))
    assert before.tobytes() == after.tobytes()


def test_a_feature_is_unknown_for_kinds_it_is_not_about() -> None:
    values = matrix(pairs_of(person(), [opening(), programme(), loan()]))
    for column, feature in enumerate(FEATURES.values()):
        for row, kind in enumerate(("opening", "programme", "loan")):
            assert kind in feature.kinds or np.isnan(values[row, column]), feature.name


def test_the_trade_itself_its_neighbour_and_years() -> None:
    mason = person(experience=[("7112", 8)])
    assert value("occupation_exact", mason, opening(occupation="7112")) == 1
    assert value("occupation_similarity", mason, opening(occupation="7112")) == 1
    assert value("occupation_exact", mason, opening(occupation="9313")) == 0
    assert 0 < value("occupation_similarity", mason, opening(occupation="9313")) < 1
    assert value("trade_years", mason, opening(occupation="7112")) == 8
    assert value("trade_years", mason, opening(occupation="5141")) == 0
    assert unknown("trade_years", person(experience=["7112"]), opening(occupation="7112"))
    assert unknown("occupation_exact", mason, opening())


def test_years_against_the_years_asked() -> None:
    mason = person(experience=[("7112", 3)])
    assert value("years_against_asked", mason, opening(occupation="7112", min_years=4)) == 0.75
    assert value("years_against_asked", mason, opening(occupation="7112", min_years=2)) == 1
    assert value("years_against_asked", person(), opening(occupation="7112", min_years=0)) == 1
    assert unknown("years_against_asked", mason, opening(occupation="7112"))


def test_a_wish_counts_and_a_refusal_reaches_its_neighbours() -> None:
    """M8: S001, no more going to sea."""
    assert value("wish_similarity", person(wish=["8332"]), opening(occupation="8332")) == 1
    fisher = person(refused=["6223"])
    assert value("refused_neighbour", fisher, opening(occupation="6222")) == 1
    assert value("refused_neighbour", fisher, opening(occupation="7112")) == 0


def test_skills_asked_for() -> None:
    knows = person(skills=["bricklaying"])
    asks = opening(skills=["bricklaying", "tile_laying"])
    assert value("skill_cover", knows, asks) == 0.5
    assert value("skills_missing", knows, asks) == 1
    assert unknown("skill_cover", knows, opening())


def test_the_need_decides_the_kind() -> None:
    asks_work, asks_course = person(needs=["job"]), person(needs=["training"])
    assert value("need_fit", asks_work, opening()) == 1
    assert value("need_fit", asks_work, loan()) == 0
    assert value("need_fit", asks_course, programme()) == 1
    assert value("need_fit", asks_course, opening(trains_on_job=True)) == 0.5
    assert value("need_fit", person(needs=["equipment"]), loan()) == 0.5
    assert unknown("need_fit", person(), opening())


def test_wages_are_compared_honestly_or_called_unknown() -> None:
    """M10: a share of the catch is not a month's wage, and unknown is not 0."""
    floor = person(wage_floor_vnd_month=6_000_000)
    by_day = opening(wage_min_vnd=300_000, wage_unit="day")
    by_share = opening(wage_min_vnd=6_000_000, wage_unit="share")
    assert value("wage_to_floor", floor, by_day) == pytest.approx(1.3)
    assert unknown("wage_to_floor", floor, by_share)
    assert unknown("wage_to_floor", person(), by_day)
    assert value("wage_known", floor, by_day) == 1
    assert value("wage_known", floor, by_share) == 0


def test_a_wage_is_set_against_its_own_trade_when_enough_openings_state_one() -> None:
    masons = [opening(f"M{i}", occupation="7112", wage_min_vnd=8_000_000, wage_unit="month") for i in range(5)]
    clerks = [opening(f"C{i}", occupation="5223", wage_min_vnd=4_000_000, wage_unit="month") for i in range(4)]
    values = matrix(pairs_of(person(), [*masons, *clerks]))[:, NAMES.index("wage_to_usual")]
    assert values[0] == 1.0
    assert values[-1] == 0.5  # too few of their own: against the median of all nine


def test_the_way_by_the_persons_own_transport() -> None:
    """M11: distances are between places."""
    work = opening(commune=NEXT)
    rider, walker = person(commune=HOME, transport="motorbike"), person(commune=HOME, transport="none")
    km = value("distance_km", rider, work)
    assert 5 < km < 40
    assert value("commute_minutes", rider, work) == pytest.approx(km / 35 * 60, abs=0.1)
    assert value("commute_minutes", walker, work) > 5 * value("commute_minutes", rider, work)
    assert unknown("commute_minutes", person(commune=HOME), work)
    assert not unknown("commute_minutes", person(commune=HOME, constraints=["no_vehicle"]), work)
    assert unknown("distance_km", person(), work)


def test_who_lives_there_or_works_at_home_does_not_commute() -> None:
    who = person(commune=HOME, transport="motorbike")
    housed = opening(commune=FAR, housing=True)
    assert unknown("distance_km", who, housed) and unknown("commute_minutes", who, housed)
    assert value("housed_away_km", who, housed) > 50
    assert value("transport_given", who, opening(commune=NEXT, transport_provided=True)) > 5
    assert value("transport_given", who, opening(commune=NEXT, transport_provided=False)) == 0
    assert value("same_commune", who, opening(commune=HOME)) == 1
    assert value("same_commune", who, opening(commune=NEXT)) == 0


def test_nights_hours_and_part_time() -> None:
    nights = opening(night_shift=True, hours="22:00-06:00")
    assert value("night_shift", person(), nights) == 1
    assert unknown("night_shift", person(preferences=["night_shift_ok"]), nights)
    assert value("night_shift_welcome", person(preferences=["night_shift_ok"]), nights) == 1
    carer = person(constraints=["childcare"])
    assert value("hours_outside_care", carer, opening(hours="06:00-18:00")) == 2
    assert value("hours_outside_care", carer, opening(hours="07:30-16:30")) == 0
    assert value("hours_outside_care", carer, nights) == 8
    assert unknown("hours_outside_care", person(), nights)
    wants = person(preferences=["wants_part_time"])
    assert value("part_time_wanted", wants, opening(hours="08:00-12:00", days_per_week=6)) == 1
    assert value("part_time_wanted", wants, opening(hours="08:00-17:00", days_per_week=6)) == 0


def test_papers_schooling_and_body() -> None:
    no_card = person(constraints=["no_id_card"])
    assert value("papers_needed", no_card, opening(contract="indefinite")) == 1
    assert value("papers_needed", no_card, opening(contract="day_labour")) == 0
    assert unknown("papers_needed", person(), opening(contract="indefinite"))
    assert value("schooling_gap", person(schooling_grade=5), opening(min_schooling_grade=9)) == 4
    assert value("schooling_gap", person(), opening()) == 0
    assert unknown("schooling_gap", person(), opening(min_schooling_grade=9))
    assert value("reading_needed", person(constraints=["low_literacy"]), opening(min_schooling_grade=5)) == 1
    assert value("strain", person(constraints=["weak_health"]), opening(physical=["heat", "standing"])) == 2
    driver = person(licences=[held("driving_C")])
    assert value("licence_used", driver, opening(licences_required=["driving_B"])) == 1
    assert unknown("licence_used", driver, opening())


def test_contract_and_pay_as_wished() -> None:
    assert value("stable_contract", person(), opening(contract="fixed_term_12m")) == 2
    assert value("formal_contract_wanted", person(preferences=["wants_formal_contract"]), opening(contract="none")) == 0
    lasting = person(preferences=["wants_year_round"])
    assert value("seasonal_when_lasting_wanted", lasting, opening(contract="seasonal")) == 1
    daily = person(preferences=["wants_daily_pay"])
    assert value("daily_pay_wanted", daily, opening(wage_min_vnd=300_000, wage_unit="day")) == 1
    assert value("meals_or_housing_wanted", person(preferences=["wants_meals_or_housing"]), opening(meals=True)) == 1
    assert value("housing_wanted", person(constraints=["needs_housing"]), opening(housing=False)) == 0


def test_a_course_in_a_trade_already_mastered() -> None:
    welder = person(experience=[("7212", 5)])
    assert value("programme_mastered", welder, programme(occupation="7212")) == 1
    assert value("programme_mastered", person(experience=[("7212", 1)]), programme(occupation="7212")) == 0
    driver = person(experience=[("8322", 5)])
    assert value("programme_mastered", driver, programme(occupation="8322", licences_awarded=["driving_B"])) == 0
    assert unknown("programme_mastered", person(experience=["7212"]), programme(occupation="7212"))


def test_what_a_course_gives_and_costs() -> None:
    course = programme(
        occupation="8322", licences_awarded=["driving_B"], fee_vnd=16_000_000, weeks=14, support=["meals"]
    )
    assert value("programme_wished", person(wish=["8322"]), course) == 1
    assert value("programme_new_licence", person(), course) == 1
    assert value("programme_new_licence", person(licences=[held("driving_B")]), course) == 0
    assert value("programme_fee", person(), course) == 16
    assert unknown("fee_without_money", person(), course)
    assert value("fee_without_money", person(constraints=["debt"]), course) == 16
    assert value("programme_support", person(), course) == 1
    evening = programme(schedule="evenings")
    assert value("programme_hours_conflict", person(constraints=["childcare"]), evening) == 1
    assert value("programme_hours_conflict", person(), evening) == 0


def test_a_loan_of_the_right_size() -> None:
    asks = person(loan_vnd=20_000_000, loan_purpose="6121")
    assert value("loan_amount_fit", asks, loan(min_vnd=10_000_000, max_vnd=25_000_000)) == 1
    assert value("loan_amount_fit", asks, loan(max_vnd=5_000_000)) == 0.25
    assert value("loan_amount_fit", asks, loan(min_vnd=40_000_000)) == 0.5
    assert value("loan_amount_fit", asks, loan(max_vnd=25_000_000, balance_vnd=10_000_000)) == 0.5
    assert unknown("loan_amount_fit", person(), loan(max_vnd=25_000_000))
    assert value("loan_purpose_fit", asks, loan(purposes=["6121"])) == 1
    assert value("loan_purpose_fit", asks, loan(purposes=["7112"])) == 0
    assert unknown("loan_purpose_fit", asks, loan())


def test_the_chance_that_an_introduction_comes_to_something() -> None:
    offer = opening(headcount=3, closes_on=TODAY, fair_chance_pledge=True, employer_id="E1", record_clause="soft")
    assert value("seats_left", person(), offer) == 3
    assert value("days_to_close", person(), offer) == 1
    assert value("fair_chance_pledge", person(), offer) == 1
    assert value("response_rate", person(), offer, response_rates={"E1": 0.5}) == 0.5
    assert value("record_clause", person(), offer) == 1
    assert unknown("response_rate", person(), offer)
