"""M7: what an order closes is never shown, and is shown again on the day the order ends."""

from dataclasses import replace
from datetime import date

import pytest

from matching.domain.match import Fix
from matching.domain.vocabulary import FixKind
from matching.errors import UnknownCodeError
from matching.rules import passes
from tests.builders import bar, held, opening, pairs_of, person, programme, verdicts, verdicts_on

UNTIL = date(2026, 12, 1)
THE_DAY_BEFORE = date(2026, 11, 30)


def test_m7_a_court_bar_hides_the_opening_until_the_day_it_ends():
    driver = person(court_bars=[bar("8332", until=UNTIL)])
    truck = opening(occupation="8332")
    assert verdicts(driver, truck, as_of=THE_DAY_BEFORE) == ["no_court_bar"]
    assert verdicts(driver, truck, as_of=UNTIL) == []


def test_m7_a_pool_built_before_the_day_opens_on_the_day():
    driver = person(court_bars=[bar("8332", until=UNTIL)])
    pool = pairs_of(driver, opening(occupation="8332"), as_of=THE_DAY_BEFORE)
    assert not passes(pool)[0]
    assert passes(replace(pool, as_of=UNTIL.toordinal()))[0]


def test_m3_the_verdict_names_the_day_and_that_day_it_passes():
    driver = person(court_bars=[bar("8332", until=UNTIL)])
    (verdict,) = verdicts_on(driver, opening(occupation="8332"), as_of=THE_DAY_BEFORE)
    assert verdict.fix == Fix(kind=FixKind.DATE, on=UNTIL)
    assert "01/12/2026" in verdict.text_vi and "01/12/2026" in verdict.text_en


def test_a_bar_that_outlasts_the_opening_is_not_fixable():
    driver = person(court_bars=[bar("8332", until=UNTIL)])
    (verdict,) = verdicts_on(driver, opening(occupation="8332", closes_on=THE_DAY_BEFORE), as_of=THE_DAY_BEFORE)
    assert not verdict.fixable


def test_of_two_bars_on_one_trade_the_later_day_counts():
    driver = person(court_bars=[bar("8332", until=UNTIL), bar("8332", until=date(2027, 3, 1))])
    (verdict,) = verdicts_on(driver, opening(occupation="8332"), as_of=THE_DAY_BEFORE)
    assert verdict.fix == Fix(kind=FixKind.DATE, on=date(2027, 3, 1))


def test_an_entered_bar_closes_the_unit_groups_it_names_and_no_other():
    driver = person(court_bars=[bar("8332", until=UNTIL)])
    assert verdicts(driver, opening(occupation="8322")) == []
    assert verdicts(driver, opening(occupation=None)) == []


def test_m7_a_driving_bar_closes_driving_courses_and_jobs_that_need_its_licence():
    """S009xT009: the course is for another unit group, but the licence serves only driving."""
    barred = person(court_bars=[bar("8322", until=UNTIL)], licences=[held("driving_B2"), held("driving_A1")])
    assert verdicts(barred, programme(occupation="8322")) == ["no_court_bar"]
    assert verdicts(barred, programme(licences_awarded=["driving_B"])) == ["no_court_bar"]
    assert verdicts(barred, opening(occupation="9621", licences_required=["driving_B"])) == ["no_court_bar"]
    assert verdicts(barred, opening(occupation="9621", licences_required=["driving_A1"])) == []


def test_a_bar_in_the_text_counts_for_its_minor_group_until_an_officer_confirms_or_removes_it():
    guard = person(barred=["7112"])
    for neighbour in ("7111", "7112", "7115"):
        (verdict,) = verdicts_on(guard, opening(occupation=neighbour))
        assert (verdict.rule, verdict.fix) == ("no_bar_told_in_the_survey", Fix(kind=FixKind.ASK_PERSON))
    assert verdicts(guard, opening(occupation="7121")) == []


@pytest.mark.parametrize(
    "offer", [opening(occupation="8332"), opening(occupation="8322"), programme(occupation="8322")]
)
def test_m7_a_driving_bar_in_the_text_closes_all_road_driving(offer):
    """S009xJ021, S009xT009: "cấm lái xe" does not say which class."""
    assert "no_bar_told_in_the_survey" in verdicts(person(barred=["8332"]), offer)


def test_a_bar_that_an_officer_entered_settles_what_the_text_told():
    told = {"barred": ["7112"], "court_bars": [bar("7112", until=UNTIL)]}
    assert verdicts(person(**told), opening(occupation="7112"), as_of=THE_DAY_BEFORE) == ["no_court_bar"]
    assert verdicts(person(**told), opening(occupation="7112"), as_of=UNTIL) == []
    assert verdicts(person(**told), opening(occupation="7115"), as_of=THE_DAY_BEFORE) == []


def test_what_the_officer_did_not_name_stays_closed_by_the_text():
    told = person(barred=["8332"], court_bars=[bar("8332", until=UNTIL)])
    assert verdicts(told, programme(occupation="8322"), as_of=THE_DAY_BEFORE) == ["no_bar_told_in_the_survey"]


def test_a_bar_of_an_unknown_code_is_refused_by_the_name_of_the_person():
    with pytest.raises(UnknownCodeError, match=r"\[P1\].*\[0000\]"):
        verdicts(person(court_bars=[bar("0000", until=UNTIL)]), opening())
