"""M7: legal ages. Unknown is asked, never guessed."""

from datetime import date

import pytest

from matching.domain.match import Fix
from matching.domain.vocabulary import FixKind
from tests.builders import TODAY, blockers_on, opening, person, programme, verdicts, verdicts_on

ASK = Fix(kind=FixKind.ASK_PERSON)


@pytest.mark.parametrize("code", ["6223", "7541", "7212", "7233", "7112", "9313", "9333"])
@pytest.mark.parametrize("offer", [opening, programme])
def test_m7_article_147_closes_work_and_its_courses_to_minors(code, offer):
    """S010xJ002, S010xJ004, S010xJ005, S010xT001."""
    assert verdicts(person(constraints=["minor"]), offer(occupation=code)) == ["no_work_barred_to_minors"]
    assert verdicts(person(birth_year=1990), offer(occupation=code)) == []


def test_m7_heavy_lifting_is_closed_to_minors_whatever_the_trade():
    packer = opening(occupation="9321", physical=["heavy_lifting"])
    (verdict,) = verdicts_on(person(age_stated=17), packer)
    assert verdict.rule == "no_work_barred_to_minors"
    assert "147" in (verdict.source or "")


def test_the_source_is_the_paragraph_that_closes_this_work():
    diving, welding = (verdicts_on(person(age_stated=17), opening(occupation=c))[0].source for c in ("7541", "7212"))
    assert diving is not None and diving.endswith("điểm g")
    assert welding is not None and welding.endswith("điểm e")


def test_m7_of_age_from_1_january_after_the_18th_year_when_only_the_year_is_known():
    boy, site = person(birth_year=2008), opening(occupation="9313")
    assert verdicts(boy, site, as_of=date(2026, 12, 31)) == ["no_work_barred_to_minors"]
    assert verdicts(boy, site, as_of=date(2027, 1, 1)) == []
    (verdict,) = verdicts_on(boy, site, as_of=date(2026, 12, 31))
    assert verdict.fix == Fix(kind=FixKind.DATE, on=date(2027, 1, 1))


def test_an_age_in_the_text_was_true_on_the_day_of_the_survey():
    boy, site = person(age_stated=17, surveyed_on=date(2026, 11, 2)), opening(occupation="9313")
    assert verdicts(boy, site, as_of=date(2027, 11, 1)) == ["no_work_barred_to_minors"]
    assert verdicts(boy, site, as_of=date(2027, 11, 2)) == []


def test_of_two_ages_that_disagree_the_younger_counts():
    assert verdicts(person(birth_year=1990, age_stated=17), opening(occupation="9313")) == ["no_work_barred_to_minors"]
    assert verdicts(person(birth_year=2010, age_stated=30), opening(occupation="9313")) == ["no_work_barred_to_minors"]


def test_under_18_in_words_counts_until_the_years_that_explain_it_have_passed():
    boy = person(constraints=["minor"], birth_year=2009)
    assert verdicts(boy, opening(occupation="9313"), as_of=date(2027, 12, 31)) == ["no_work_barred_to_minors"]
    assert verdicts(boy, opening(occupation="9313"), as_of=date(2028, 1, 1)) == []


def test_under_18_in_words_against_an_adult_year_of_birth_is_asked():
    (verdict,) = verdicts_on(person(constraints=["minor"], birth_year=1980), opening(occupation="9313"))
    assert verdict.fix == ASK


def test_only_under_18_is_known_so_the_fix_is_to_ask():
    (verdict,) = verdicts_on(person(constraints=["minor"]), opening(occupation="9313"))
    assert (verdict.wanted, verdict.offered, verdict.fix) == (None, 18, ASK)


def test_unknown_age_passes_with_the_blocker_where_the_work_is_barred_to_minors():
    assert verdicts(person(), opening(occupation="9313")) == []
    assert "ask_the_age" in blockers_on(person(), opening(occupation="9313"))
    assert "ask_the_age" not in blockers_on(person(), opening(occupation="5141"))
    assert "ask_the_age" not in blockers_on(person(birth_year=1990), opening(occupation="9313"))


def test_minors_may_do_what_the_law_leaves_open_with_a_look_at_the_place():
    """S010xT011: a course in hairdressing stays."""
    assert verdicts(person(age_stated=17), programme(occupation="5141", min_age=15)) == []
    assert verdicts(person(age_stated=17), opening(occupation="5141")) == []
    assert "minor_at_work" in blockers_on(person(age_stated=17), opening(occupation="5141"))
    assert "minor_at_work" not in blockers_on(person(birth_year=1990), opening(occupation="5141"))


def test_nobody_under_15_is_proposed_for_an_opening():
    child = person(birth_year=2013)
    assert verdicts(child, opening(occupation="5141")) == ["of_working_age"]
    assert verdicts(child, opening(occupation="5141"), as_of=date(2029, 1, 1)) == []
    assert verdicts(child, programme(occupation="5141")) == []


def test_no_night_work_before_18():
    assert verdicts(person(age_stated=17), opening(night_shift=True)) == ["no_night_work_of_minors"]
    assert verdicts(person(age_stated=17), opening(hours="22:00-06:00")) == ["no_night_work_of_minors"]
    assert verdicts(person(birth_year=1990), opening(night_shift=True)) == []


def test_an_opening_for_adults_is_closed_to_minors_but_higher_ages_exclude_nobody():
    assert verdicts(person(age_stated=17), opening(min_age=18)) == ["adult_where_adults_are_asked"]
    assert verdicts(person(), opening(min_age=18)) == []
    young, old = person(birth_year=2004), person(birth_year=1966)
    assert verdicts(young, opening(min_age=25)) == [] and verdicts(old, opening(max_age=35)) == []
    assert "age_clause_of_the_posting" in blockers_on(young, opening(min_age=25))
    assert "age_clause_of_the_posting" in blockers_on(old, opening(max_age=35))
    assert "age_clause_of_the_posting" not in blockers_on(young, opening(min_age=18, max_age=35))
    assert "age_clause_of_the_posting" in blockers_on(person(), opening(max_age=35))


def test_a_programme_takes_people_from_its_own_age():
    lorry = programme(occupation="8332", min_age=21)
    assert verdicts(person(birth_year=2005), lorry, as_of=date(2026, 12, 31)) == ["old_enough_for_the_course"]
    assert verdicts(person(birth_year=2005), lorry, as_of=date(2027, 1, 1)) == []
    assert verdicts(person(constraints=["minor"]), lorry) == ["old_enough_for_the_course"]
    assert verdicts(person(constraints=["minor"]), programme(min_age=18)) == ["old_enough_for_the_course"]
    assert verdicts(person(constraints=["minor"]), programme(min_age=15)) == []
    assert verdicts(person(), lorry) == [] and "ask_the_age" in blockers_on(person(), lorry)


def test_coming_of_age_after_the_course_began_does_not_fix_it():
    course = programme(min_age=21, starts_on=date(2026, 12, 15))
    (verdict,) = verdicts_on(person(birth_year=2006), course, as_of=TODAY)
    assert verdict.rule == "old_enough_for_the_course" and not verdict.fixable


def test_who_was_born_on_29_february_is_of_age_on_1_march():
    leap = person(age_stated=0, surveyed_on=date(2008, 2, 29))
    assert verdicts(leap, opening(occupation="9313"), as_of=date(2026, 2, 28)) == ["no_work_barred_to_minors"]
    assert verdicts(leap, opening(occupation="9313"), as_of=date(2026, 3, 1)) == []
    (verdict,) = verdicts_on(leap, opening(occupation="9313"), as_of=date(2026, 2, 28))
    assert verdict.fix == Fix(kind=FixKind.DATE, on=date(2026, 3, 1))
