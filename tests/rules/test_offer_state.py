"""Closed, not yet open, full, held, refused, below the floor, too much for the body, or not asked for at all."""

from datetime import date

import pytest

from matching.domain.match import Fix
from matching.domain.posting import GenderClauseRead, LawFlag, PostingRead, RecordClauseRead, WageRead
from matching.domain.vocabulary import FixKind, GenderClause, RecordClause, WageUnit
from matching.pool.closing import WITHDRAWN
from matching.rules.dates import NOT_CLOSED
from matching.taxonomy.release import current_taxonomy
from tests.builders import TODAY, bar, blockers_on, loan, opening, pairs_of, person, programme, verdicts, verdicts_on

TOMORROW, YESTERDAY = date(2026, 11, 24), date(2026, 11, 22)


def test_m7_an_opening_is_open_through_its_last_day():
    assert verdicts(person(), opening(closes_on=TODAY)) == []
    (verdict,) = verdicts_on(person(), opening(closes_on=YESTERDAY))
    assert verdict.rule == "not_closed" and not verdict.fixable and "22/11/2026" in verdict.text_vi


def test_m7_an_opening_that_opens_later_names_the_day():
    (verdict,) = verdicts_on(person(), opening(opens_on=TOMORROW))
    assert (verdict.rule, verdict.fix) == ("open_already", Fix(kind=FixKind.DATE, on=TOMORROW))
    assert verdicts(person(), opening(opens_on=TOMORROW), as_of=TOMORROW) == []


def test_m7_a_programme_that_started_takes_nobody():
    (verdict,) = verdicts_on(person(), programme(starts_on=TODAY))
    assert verdict.rule == "not_closed" and "23/11/2026" in verdict.text_vi
    assert verdicts(person(), programme(starts_on=TOMORROW)) == []


def test_m7_full_is_never_shown_and_filled_seats_count():
    for offer in (opening(headcount=0), programme(capacity=0)):
        (verdict,) = verdicts_on(person(), offer)
        assert verdict.rule == "seats_left" and not verdict.fixable
    assert verdicts(person(), opening(headcount=2), taken={"J1": 1}) == []
    assert verdicts(person(), opening(headcount=2), taken={"J1": 2}) == ["seats_left"]
    assert verdicts(person(), opening(headcount=None), taken={"J1": 9}) == []


def test_m15_a_held_posting_says_why():
    """S023xJ022: withheld until the employer corrects it."""
    flags = (
        LawFlag(rule="below_minimum_wage", text_vi="Lương dưới mức tối thiểu vùng.", evidence=None),
        LawFlag(rule="deposit_forbidden", text_vi="Không được thu tiền cọc.", evidence=(0, 3)),
    )
    (verdict,) = verdicts_on(person(), opening(), reads=[PostingRead(offer_id="J1", law_flags=flags)])
    assert verdict.rule == "posting_keeps_the_law" and verdict.fix == Fix(kind=FixKind.ASK_EMPLOYER)
    assert verdict.offered == ("below_minimum_wage", "deposit_forbidden")
    assert "Lương dưới mức tối thiểu vùng; Không được thu tiền cọc." in verdict.text_vi


def test_m15_a_clean_posting_passes():
    assert verdicts(person(), opening(), reads=[PostingRead(offer_id="J1")]) == []


def test_sex_and_record_clauses_exclude_nobody_and_are_said():
    read = PostingRead(
        offer_id="J1",
        gender_clause=GenderClauseRead(value=GenderClause.FEMALE, evidence=(0, 1)),
        record_clause=RecordClauseRead(value=RecordClause.SOFT, evidence=(0, 1)),
    )
    assert verdicts(person(), opening(), reads=[read]) == []
    said = blockers_on(person(), opening(), reads=[read])
    assert {"sex_clause_of_the_posting", "record_clause_of_the_posting"} <= set(said)
    assert not {"sex_clause_of_the_posting", "record_clause_of_the_posting"} & set(blockers_on(person(), opening()))


@pytest.mark.parametrize("offer", [opening(occupation="6223"), programme(occupation="6223")])
def test_m8_refused_trades_are_not_proposed(offer):
    """S001: no more trawling."""
    crew = person(experience=["6223"], refused=["6223"])
    (verdict,) = verdicts_on(crew, offer)
    assert verdict.rule == "trade_not_refused" and not verdict.fixable


def test_m8_a_neighbour_of_a_refused_trade_is_not_refused():
    assert verdicts(person(refused=["6223"]), opening(occupation="6221")) == []
    assert verdicts(person(refused=["6223"]), opening(occupation=None)) == []


def test_work_that_is_not_known_is_neither_refused_nor_barred():
    last = current_taxonomy().occupations.codes[-1]
    everything = person(refused=[last], barred=[last], court_bars=[bar(last, until=date(2027, 1, 1))])
    assert verdicts(everything, opening(occupation=None)) == []


@pytest.mark.parametrize("offer", [opening(), programme(), loan()])
def test_nothing_is_proposed_to_who_needs_nothing(offer):
    """S027: no need expressed is no silence."""
    (verdict,) = verdicts_on(person(needs=["none"]), offer)
    assert verdict.rule == "something_is_asked_for" and verdict.fix == Fix(kind=FixKind.ASK_PERSON)
    assert verdicts(person(needs=["job"]), offer) == []


@pytest.mark.parametrize("offer", [opening(), programme(), loan()])
def test_x9_no_need_stated_is_asked_not_excluded(offer):
    assert verdicts(person(), offer) == []
    assert "ask_what_is_needed" in blockers_on(person(), offer)
    assert "ask_what_is_needed" not in blockers_on(person(needs=["job"]), offer)


FLOOR = 6_000_000


@pytest.mark.parametrize(
    ("wage", "passes"),
    [
        ({"wage_max_vnd": 6_000_000, "wage_unit": "month"}, True),
        ({"wage_max_vnd": 5_999_999, "wage_unit": "month"}, False),
        ({"wage_min_vnd": 4_000_000, "wage_max_vnd": 7_000_000, "wage_unit": "month"}, True),
        ({"wage_max_vnd": 230_000, "wage_unit": "day"}, False),
        ({"wage_max_vnd": 231_000, "wage_unit": "day"}, True),
        ({"wage_max_vnd": 28_000, "wage_unit": "hour"}, False),
        ({"wage_min_vnd": 5_000_000, "wage_unit": "month"}, True),
        ({"wage_max_vnd": 1_000, "wage_unit": "piece"}, True),
        ({"wage_max_vnd": 1_000, "wage_unit": "share"}, True),
        ({"wage_max_vnd": 1_000, "wage_unit": "unknown"}, True),
        ({}, True),
    ],
)
def test_m10_the_best_an_offer_pays_is_compared_honestly_or_not_at_all(wage, passes):
    found = verdicts_on(person(wage_floor_vnd_month=FLOOR), opening(**wage))
    assert [v.rule for v in found] == ([] if passes else ["wage_reaches_the_floor"])
    assert verdicts(person(), opening(**wage)) == []


def test_m10_a_wage_read_from_the_text_counts_where_the_fields_are_empty():
    wage = WageRead(min_vnd=4_000_000, max_vnd=5_000_000, unit=WageUnit.MONTH, negotiable=False, evidence=(0, 1))
    read = PostingRead(offer_id="J1", wage=wage)
    (verdict,) = verdicts_on(person(wage_floor_vnd_month=FLOOR), opening(), reads=[read])
    assert (verdict.wanted, verdict.offered) == (FLOOR, 5_000_000)
    assert "5 triệu" in verdict.text_vi and "6 triệu" in verdict.text_vi
    own = opening(wage_min_vnd=7_000_000, wage_max_vnd=7_000_000, wage_unit="month")
    assert verdicts(person(wage_floor_vnd_month=FLOOR), own, reads=[read]) == []


@pytest.mark.parametrize(
    ("limit", "demand"),
    [
        ("no_heavy_lifting", "heavy_lifting"),
        ("weak_health", "heavy_lifting"),
        ("no_heights", "heights"),
        ("no_heat", "heat"),
        ("no_prolonged_standing", "standing"),
    ],
)
def test_an_explicit_demand_against_an_explicit_limit_excludes(limit, demand):
    """S023xJ009, S033xJ003, S033xJ019."""
    weak = person(constraints=[limit])
    (verdict,) = verdicts_on(weak, opening(physical=[demand]))
    assert (verdict.rule, verdict.wanted, verdict.offered) == ("no_demand_against_the_body", (limit,), (demand,))
    assert verdicts(weak, opening()) == [] and verdicts(person(), opening(physical=[demand])) == []


def test_what_may_be_too_much_is_asked():
    assert "body_to_be_asked" in blockers_on(person(constraints=["no_heat"]), opening(physical=["outdoor"]))
    assert "body_to_be_asked" in blockers_on(
        person(constraints=["limited_hand_use"]), opening(physical=["heavy_lifting"])
    )
    assert "body_to_be_asked" not in blockers_on(person(constraints=["no_heat"]), opening(physical=["heat"]))


def test_years_schooling_and_skills_of_a_posting_exclude_nobody():
    """S003xJ003 asks three years."""
    asks = opening(occupation="7112", min_years=3, min_schooling_grade=9)
    beginner, mason = person(schooling_grade=5), person(experience=[("7112", 8)], schooling_grade=12)
    assert verdicts(beginner, asks) == []
    assert {"years_asked", "schooling_asked"} <= set(blockers_on(beginner, asks))
    assert not {"years_asked", "schooling_asked"} & set(blockers_on(mason, asks))
    assert "years_asked" in blockers_on(person(experience=[("5141", 8)]), asks)


def test_schooling_that_a_course_requires_excludes_and_unknown_schooling_is_asked():
    course = programme(entry_schooling_grade=9)
    (verdict,) = verdicts_on(person(schooling_grade=8), course)
    assert (verdict.rule, verdict.wanted, verdict.offered) == ("schooling_for_the_course", 8, 9)
    assert verdicts(person(schooling_grade=9), course) == []
    assert verdicts(person(), course) == [] and "ask_the_schooling" in blockers_on(person(), course)
    assert verdicts(person(schooling_grade=0), opening(min_schooling_grade=9)) == []


def test_papers_come_first_and_bar_nothing():
    for offer in (opening(), programme(), loan()):
        assert verdicts(person(constraints=["no_id_card"]), offer) == []
        assert "papers_first" in blockers_on(person(constraints=["no_id_card"]), offer)


def test_a_withdrawn_offer_of_any_kind_says_that_it_is_gone():
    for offer in (opening(), programme(), loan()):
        cross = pairs_of(person(), offer)
        cross.offers.closes_on[0] = WITHDRAWN
        assert not NOT_CLOSED.passes(cross)[0]
        (verdict,) = NOT_CLOSED.verdicts(cross, 0)
        assert verdict.offered is None and not verdict.fixable and "rút" in verdict.text_vi
