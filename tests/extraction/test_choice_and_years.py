"""Promises of reading choices that are offered, who hires, and years under a head of their own; all is invented."""

from datetime import date

import pytest

from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy

READER = SurveyReader(current_taxonomy())


def read(text: str) -> Profile:
    return READER.read(Survey(person_id="P", surveyed_on=date(2026, 11, 1), text=text, commune=None))


def trades(text: str) -> set[tuple[str, str]]:
    return {(m.code, str(m.assertion)) for m in read(text).occupations}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rửa xe hay bốc vác cũng được", {("9122", "wish"), ("9333", "wish")}),
        ("rua xe hoac boc vac cung dc", {("9122", "wish"), ("9333", "wish")}),
        ("rửa xe gì đó cũng được", {("9122", "wish")}),
        ("ước mơ của em là mở tiệm hớt tóc", {("5141", "wish")}),
        ("gửi đi học lớp sửa máy lạnh", {("7127", "wish")}),
        ("chẳng tha thiết gì nghề cạo mủ", {("6112", "refused")}),
    ],
)
def test_a_choice_is_offered_as_a_whole(text: str, told: set[tuple[str, str]]) -> None:
    """X1, X5: what is said behind a choice is said of each of its trades."""
    assert trades(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rửa chén 2 năm, chủ quán nợ lương", {("9402", "experience")}),
        ("cả xóm ai cũng đan lưới", set()),
        ("đi câu cá giải khuây", set()),
    ],
)
def test_who_hires_and_what_is_leisure_are_no_trades(text: str, told: set[tuple[str, str]]) -> None:
    """X1: a false reading harms a person more than a question."""
    assert trades(text) == told


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Nghề: thợ tiện, phụ hồ. Thâm niên: 6 năm", [6, None]),
        ("Thợ tiện, phụ hồ. Kinh nghiệm 3 năm.", [3, None]),
        ("giáo viên tiểu học 9 năm", [9]),
    ],
)
def test_years_under_a_head_are_those_of_the_first_trade_before(text: str, years: list[float | None]) -> None:
    """X1: a line of a form that says how long speaks of the line before."""
    assert [m.years for m in read(text).occupations] == years
