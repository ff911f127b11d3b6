"""M7, X7: a required licence must be held, be valid, or be covered by a higher class."""

from datetime import date

import pytest

from matching.domain.match import Fix
from matching.domain.vocabulary import FixKind
from tests.builders import TODAY, held, opening, person, programme, verdicts, verdicts_on

TRUCK = opening(occupation="8332", licences_required=["driving_C"])


@pytest.mark.parametrize(
    ("status", "word"), [("expired", "hết hạn"), ("lost", "bị mất"), ("in_progress", "chờ cấp"), ("none", "chưa thấy")]
)
def test_m7_expired_lost_unfinished_and_missing_licences_are_not_held_and_told_apart(status, word):
    """S022xJ021: expired two years ago; S004: lost."""
    (verdict,) = verdicts_on(person(licences_read=[("driving_C", status)]), TRUCK)
    assert verdict.rule == "licence_held" and word in verdict.text_vi
    assert verdict.wanted == (None if status == "none" else status) and verdict.offered == "driving_C"
    assert verdict.fix == Fix(kind=FixKind.LICENCE, code="driving_C")


def test_nothing_known_of_a_licence_counts_as_not_held_and_is_asked():
    (verdict,) = verdicts_on(person(), TRUCK)
    assert verdict.wanted is None and "xác nhận" in verdict.text_vi


@pytest.mark.parametrize(
    ("has", "passes"),
    [
        ("driving_A1", False),
        ("driving_B2", False),
        ("driving_C", True),
        ("driving_D", True),
        ("driving_E", True),
        ("driving_FC", True),
    ],
)
def test_a_higher_class_covers_a_lower_one(has, passes):
    """S021xJ021: B2 does not drive a lorry of five tonnes; S055xJ021: nor does A1."""
    assert (verdicts(person(licences=[held(has)]), TRUCK) == []) is passes


def test_a_licence_is_valid_through_its_last_day():
    driver = person(licences=[held("driving_C", expires_on=TODAY)])
    assert verdicts(driver, TRUCK, as_of=TODAY) == []
    (verdict,) = verdicts_on(driver, TRUCK, as_of=date(2026, 11, 24))
    assert verdict.wanted == "expired"


def test_the_form_comes_before_the_text_and_the_text_adds_to_it():
    says_valid = [("driving_C", "valid")]
    assert verdicts(person(licences=[held("driving_C", "lost")], licences_read=says_valid), TRUCK) == ["licence_held"]
    assert verdicts(person(licences=[held("forklift")], licences_read=says_valid), TRUCK) == []


def test_m3_each_missing_licence_has_its_own_fix():
    both = opening(licences_required=["driving_C", "forklift"])
    found = verdicts_on(person(), both)
    assert [v.fix.code for v in found if v.fix] == ["driving_C", "forklift"]
    assert verdicts(person(licences=[held("driving_C"), held("forklift")]), both) == []


def test_a_programme_that_awards_a_licence_does_not_ask_for_it():
    assert verdicts(person(), programme(licences_awarded=["driving_C"])) == []
