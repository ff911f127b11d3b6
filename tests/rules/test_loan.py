"""M9: the rules of Decision 22/2023, and those of a local fund; each answer names its source and day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.match import Fix
from matching.domain.vocabulary import FixKind
from matching.rules import blocking, failing, why_not
from tests.builders import (
    TODAY,
    bar,
    blockers_on,
    loan,
    opening,
    pairs_of,
    person,
    programme,
    released,
    verdicts,
    verdicts_on,
)

BANK = {
    "eligible_categories": ["completed", "amnestied"],
    "max_months_since_completion": 60,
    "source": "QĐ 22/2023/QĐ-TTg",
    "as_of": TODAY,
}
BUSINESS = loan("L1", max_vnd=100_000_000, **BANK)
TRAINING = loan("L2", max_vnd_month=4_000_000, must_be_enrolled=True, **BANK)
FUND = loan("L4", min_vnd=10_000_000, max_vnd=25_000_000, balance_vnd=120_000_000, communes=["Xã Trà Tân"])

RECENT = released("completed", date(2025, 11, 2))


@pytest.mark.parametrize(
    ("category", "passes"), [("completed", True), ("amnestied", True), ("conditional", False), ("community", False)]
)
def test_m9_the_category_must_be_on_the_list(category, passes):
    """S035xL001: conditional release is not in Decision 22."""
    found = verdicts_on(person(restricted=released(category, date(2026, 5, 2))), BUSINESS)
    assert [v.rule for v in found] == ([] if passes else ["on_the_list_of_the_loan"])
    assert all(not v.fixable and v.source == "Quyết định 22/2023/QĐ-TTg (23/11/2026)" for v in found)


def test_an_unknown_category_is_shown_with_the_certificate_to_confirm():
    assert verdicts(person(), BUSINESS) == []
    assert "confirm_the_certificate" in blockers_on(person(), BUSINESS)
    assert "confirm_the_certificate" not in blockers_on(person(restricted=RECENT), BUSINESS)
    assert "confirm_the_certificate" in blockers_on(person(restricted=released("completed")), BUSINESS)


def test_no_list_is_everybody_and_an_empty_list_is_nobody():
    anybody, nobody = loan(eligible_categories=None), loan(eligible_categories=[])
    for who in (person(), person(restricted=RECENT), person(restricted=released("community"))):
        assert verdicts(who, anybody) == []
        assert verdicts(who, nobody) == ["on_the_list_of_the_loan"]


@pytest.mark.parametrize(
    ("completed_on", "passes"),
    [
        (date(2021, 12, 2), True),  # S050: 59 months
        (date(2021, 11, 23), True),  # 60 months to the day
        (date(2021, 11, 22), False),  # one day more
        (date(2021, 10, 2), False),  # S054: 61 months
        (date(2021, 5, 2), False),  # S037: 66 months
    ],
)
def test_m9_sixty_months_to_the_day(completed_on, passes):
    found = verdicts_on(person(restricted=released("completed", completed_on)), BUSINESS)
    assert [v.rule for v in found] == ([] if passes else ["within_the_months_of_the_loan"])


def test_m9_a_month_without_that_day_ends_on_its_last():
    who, scheme = person(restricted=released("completed", date(2026, 8, 31))), loan(max_months_since_completion=6)
    assert verdicts(who, scheme, as_of=date(2027, 2, 28)) == []
    assert verdicts(who, scheme, as_of=date(2027, 3, 1)) == ["within_the_months_of_the_loan"]


def test_before_the_day_of_completion_the_verdict_names_it():
    (verdict,) = verdicts_on(person(restricted=released("completed", date(2027, 1, 15))), BUSINESS)
    assert verdict.fix == Fix(kind=FixKind.DATE, on=date(2027, 1, 15))


@given(
    completed=st.dates(date(2019, 1, 1), date(2026, 11, 1)),
    months=st.integers(0, 80),
    today=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
)
def test_m9_the_months_agree_with_counting_on_the_calendar(completed: date, months: int, today: date):
    scheme = loan(max_months_since_completion=months)
    found = verdicts(person(restricted=released("completed", completed)), scheme, as_of=today)
    year, month = divmod(completed.year * 12 + completed.month - 1 + months, 12)
    last = max(d for d in _month(year, month + 1) if d.day <= completed.day)
    assert (found == []) is (completed <= today <= last)


def _month(year: int, month: int) -> list[date]:
    return [
        date.fromordinal(date(year, month, 1).toordinal() + i)
        for i in range(31)
        if (date.fromordinal(date(year, month, 1).toordinal() + i).month == month)
    ]


@pytest.mark.parametrize(
    ("asked", "passes"), [(None, True), (99_999_999, True), (100_000_000, True), (100_000_001, False)]
)
def test_m9_at_most_100_million(asked, passes):
    assert (verdicts(person(loan_vnd=asked), BUSINESS) == []) is passes


def test_m9_the_local_fund_has_its_own_ceiling():
    """S007xL004: 30 of 25 million; S017xL004: at the ceiling."""
    (verdict,) = verdicts_on(person(loan_vnd=30_000_000), FUND)
    assert (verdict.rule, verdict.wanted, verdict.offered) == ("amount_within_the_ceiling", 30_000_000, 25_000_000)
    assert "30 triệu" in verdict.text_vi and "25 triệu" in verdict.text_vi
    assert verdict.fix == Fix(kind=FixKind.ASK_PERSON)
    assert verdicts(person(loan_vnd=25_000_000), FUND) == []


@pytest.mark.parametrize(
    ("weeks", "asked", "passes"),
    [
        (4, 4_000_000, True),
        (4, 4_000_001, False),
        (13, 12_000_000, True),
        (13, 12_000_001, False),
        (None, 4_000_000, True),
        (None, 4_000_001, False),
    ],
)
def test_m9_at_most_4_million_a_month_of_training(weeks, asked, passes):
    found = verdicts(person(loan_vnd=asked), TRAINING, training_weeks={"P1": weeks})
    assert found == ([] if passes else ["amount_within_the_ceiling"])


def test_less_than_is_lent_is_a_blocker_only():
    assert verdicts(person(loan_vnd=5_000_000), FUND) == []
    assert "less_than_is_lent" in blockers_on(person(loan_vnd=5_000_000), FUND)
    assert "less_than_is_lent" not in blockers_on(person(loan_vnd=10_000_000), FUND)


def test_m9_learners_only_and_the_fix_is_a_course_that_takes_the_person():
    courses = [
        programme("T1", occupation="5141", capacity=0),
        programme("T2", occupation="7231"),
        programme("T3", occupation="8153"),
    ]
    pairs = pairs_of(person(wish=["8153"]), [TRAINING, *courses])
    (verdict,) = why_not(pairs, 0)
    assert (verdict.rule, verdict.fix) == (
        "enrolled_where_learners_borrow",
        Fix(kind=FixKind.PROGRAMME, offer_id="T3"),
    )
    assert verdicts(person(), TRAINING, training_weeks={"P1": 8}) == []


def test_m9_without_a_course_that_takes_the_person_the_officer_asks():
    barred = person(court_bars=[bar("8322", until=date(2027, 1, 1))])
    pairs = pairs_of(barred, [TRAINING, programme(occupation="8322"), programme("T2", starts_on=TODAY)])
    (verdict,) = why_not(pairs, 0)
    assert verdict.fix == Fix(kind=FixKind.ASK_PERSON)


def test_m9_a_fund_of_another_commune():
    assert verdicts(person(commune="Xã Trà Tân"), FUND) == []
    assert verdicts(person(commune="xã Đông Hà, Đức Linh, Bình Thuận"), FUND) == []
    assert verdicts(person(commune="Xã Phan Rí Cửa"), FUND) == ["commune_of_the_loan"]
    assert verdicts(person(commune="Xã Phan Rí Cửa"), loan(communes=None)) == []
    assert verdicts(person(commune="Xã Phan Rí Cửa"), loan(communes=[])) == ["commune_of_the_loan"]


def test_an_unknown_commune_on_either_side_is_asked():
    assert verdicts(person(), FUND) == [] and "ask_the_commune" in blockers_on(person(), FUND)
    vague = loan(communes=["một xã không có thật"])
    assert verdicts(person(commune="Xã Trà Tân"), vague) == []
    assert "ask_the_commune" in blockers_on(person(commune="Xã Trà Tân"), vague)


@pytest.mark.parametrize(
    ("balance", "least", "passes"),
    [
        (None, None, True),
        (0, None, False),
        (1, None, True),
        (9_999_999, 10_000_000, False),
        (10_000_000, 10_000_000, True),
    ],
)
def test_m9_an_empty_fund(balance, least, passes):
    found = verdicts(person(), loan(balance_vnd=balance, min_vnd=least))
    assert found == ([] if passes else ["fund_not_empty"])


def test_more_than_the_fund_holds_is_said():
    assert "more_than_the_fund_holds" in blockers_on(person(loan_vnd=20_000_000), loan(balance_vnd=15_000_000))


def test_m9_money_for_employers_is_never_proposed_to_a_person():
    (verdict,) = verdicts_on(person(), loan(borrower="employer", **BANK))
    assert verdict.rule == "lends_to_persons" and not verdict.fixable


def test_a_scheme_for_no_purpose_lends_to_nobody_and_other_purposes_only_rank():
    assert verdicts(person(loan_purpose="6121"), loan(purposes=[])) == ["some_purpose_is_served"]
    assert verdicts(person(loan_purpose="6121"), loan(purposes=["8153"])) == []


def test_m9_every_verdict_of_a_scheme_names_its_source_and_day():
    worst = loan(
        borrower="employer", eligible_categories=[], purposes=[], communes=[], balance_vnd=0, must_be_enrolled=True,
        max_months_since_completion=1, max_vnd=1, source="Quy chế quỹ xã", as_of=TODAY,
    )  # fmt: skip
    found = verdicts_on(person(restricted=RECENT, loan_vnd=2), worst)
    assert len(found) == 8
    assert {v.source for v in found} == {"Quy chế quỹ xã (23/11/2026)"}


def test_m2_category_and_dates_change_nothing_for_openings_and_programmes():
    offers = [opening(occupation="9313", licences_required=["forklift"]), programme(min_age=18), opening("J2")]
    seen = set()
    for category in ("completed", "amnestied", "conditional", "community", None):
        for day in (None, date(2010, 1, 1), date(2026, 11, 1)):
            who = person(age_stated=17, restricted=released(category, day) if category else None)
            pairs = pairs_of(who, offers)
            said = [why_not(pairs, row) for row in range(len(pairs))]
            seen.add((failing(pairs).tobytes(), blocking(pairs).tobytes(), repr(said)))
    assert len(seen) == 1
