"""M7: nights away, night work and hours that a person cannot do."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import blockers_on, opening, person, programme, verdicts, verdicts_on


def test_m7_nights_away_are_never_shown_to_who_cannot_be_away():
    """S001xJ005, S013xJ005."""
    home = person(constraints=["no_overnight_away"])
    (verdict,) = verdicts_on(home, opening(nights_away_per_trip=14))
    assert (verdict.rule, verdict.wanted, verdict.offered, verdict.fixable) == ("no_nights_away", 0, 14, False)
    assert verdicts(home, opening(nights_away_per_trip=0)) == []
    assert verdicts(home, opening(nights_away_per_trip=None)) == []
    assert verdicts(person(), opening(nights_away_per_trip=14)) == []


def test_night_work_against_no_night_shift():
    day = person(constraints=["no_night_shift"])
    assert verdicts(day, opening(night_shift=True)) == ["no_night_shift"]
    assert verdicts(day, opening(night_shift=False, hours="03:00-11:00")) == []
    assert verdicts(day, opening()) == []


@pytest.mark.parametrize(
    ("hours", "is_night"),
    [
        ("22:00-06:00", True),
        ("01:00-07:00", True),
        ("03:00-11:00", True),
        ("18:00-01:00", True),
        ("05:00-17:00", False),
        ("07:00-17:00", False),
        ("14:00-23:00", False),
    ],
)
def test_hours_in_the_legal_night_are_night_work_where_the_posting_does_not_say(hours, is_night):
    found = verdicts(person(constraints=["no_night_shift"]), opening(hours=hours))
    assert (found == ["no_night_shift"]) is is_night


@pytest.mark.parametrize(
    ("constraint", "hours", "passes"),
    [
        (("not_before", "08:30"), "08:30-17:00", True),
        (("not_before", "08:30"), "08:29-17:00", False),
        (("not_after", "17:00"), "07:00-17:00", True),
        (("not_after", "17:00"), "07:00-17:01", False),
        (("not_after", "21:00"), "22:00-06:00", False),
        (("fixed_appointment", "08:00"), "06:30-16:00", False),
        (("fixed_appointment", "08:00"), "08:00-16:00", True),
        (("reporting_duty", "14:00"), "07:00-17:00", False),
        (("not_before", "08:30"), None, True),
    ],
)
def test_hours_against_the_times_a_person_is_free(constraint, hours, passes):
    """S024xJ008: starts 06:30, before the person can; S024xJ007: no fixed hours."""
    found = verdicts(person(constraints=[constraint]), opening(hours=hours))
    assert found == ([] if passes else ["hours_fit"])


def test_the_verdict_names_both_times_that_clash():
    (verdict,) = verdicts_on(
        person(constraints=[("not_before", "08:00"), ("not_after", "16:00")]), opening(hours="07:00-17:00")
    )
    assert verdict.wanted == ("08:00", "16:00") and verdict.offered == "07:00-17:00"


def test_of_two_limits_the_narrower_counts():
    two = person(constraints=[("not_before", "08:00"), ("not_before", "09:00")])
    assert verdicts(two, opening(hours="08:30-17:00")) == ["hours_fit"]


@given(free=st.times(), start=st.times(), end=st.times())
def test_hours_fit_exactly_when_they_begin_at_or_after_the_time(free: time, start: time, end: time):
    hours = f"{start:%H:%M}-{end:%H:%M}"
    found = verdicts(person(constraints=[("not_before", f"{free:%H:%M}")]), opening(hours=hours, night_shift=False))
    assert (found == []) is (f"{start:%H:%M}" >= f"{free:%H:%M}")


def test_an_appointment_without_a_time_is_a_blocker_only():
    for constraint in ("reporting_duty", "fixed_appointment"):
        monthly = person(constraints=[constraint])
        assert verdicts(monthly, opening(hours="07:00-17:00", nights_away_per_trip=5)) == []
        assert "appointment_to_settle" in blockers_on(monthly, opening(hours="07:00-17:00"))
        assert "appointment_to_settle" in blockers_on(monthly, programme())
        assert "appointment_to_settle" not in blockers_on(person(constraints=[(constraint, "06:00")]), opening())


def test_care_and_nights_are_asked_about():
    mother = person(constraints=["childcare"])
    assert verdicts(mother, opening(night_shift=True)) == []
    assert "care_at_night" in blockers_on(mother, opening(night_shift=True))
    assert "care_at_night" not in blockers_on(mother, opening(night_shift=False))
