"""Promises of reading what small employers leave unsaid: whose number it is, when a night begins, who is meant."""

from datetime import date
from typing import Any

import pytest

from matching.domain.offer import Opening
from matching.domain.posting import PostingRead
from matching.extraction.posting import PostingReader
from matching.law import current_law
from matching.taxonomy.release import current_taxonomy

READER = PostingReader(current_taxonomy(), current_law())


def read(text: str, title: str = "Tuyển dụng") -> PostingRead:
    return READER.read(Opening(offer_id="J", title=title, text=text), as_of=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nữ nhanh nhẹn 20 - 40 xếp hàng lên kệ", (20, 40)),
        ("Bảo vệ chợ. Từ 35 tới 58. Trực luân phiên.", (35, 58)),
        ("anh em nào dưới 45, biết bơi", (None, 44)),
        ("Cần nữ, làm vườn, 22-48", (22, 48)),
        ("từ đủ 18, chịu khó", (18, None)),
        ("tổ may 20 - 30 người", None),
        ("ca 14 - 22, cần nam", None),
        ("giày cỡ 36 - 42", None),
    ],
)
def test_mere_numbers_are_ages_by_their_place(text: str, expected: tuple[int | None, int | None] | None) -> None:
    """X1: who is sought stands before them, or nothing but they in a clause; sizes, hours and heads are none."""
    age = read(text).age
    assert (None if age is None else (age.min, age.max)) == expected


@pytest.mark.parametrize(
    ("text", "hours", "night"),
    [
        ("giao đá 3h khuya - 9h sáng", 6, True),
        ("trực 10h đêm đến 6h sáng", 8, True),
        ("quán bán 17h - 1h đêm", 8, True),
        ("bưng bê 4h chiều - 9h tối", 5, None),
    ],
)
def test_hours_of_the_night_stand_on_both_sides_of_midnight(text: str, hours: float, night: bool | None) -> None:
    """X1: "3h khuya" is before dawn, "10h đêm" before midnight."""
    found = read(text)
    assert found.hours_per_day and found.hours_per_day.value == hours
    assert (None if found.night_shift is None else found.night_shift.value) is night


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Không lấy người hay rượu chè, có án tích", "hard"),
        ("Không nhận học sinh, ai có án tích vẫn nhận", "none"),
        ("gốc gác tử tế", "soft"),
        ("không quan tâm quá khứ", "none"),
    ],
)
def test_who_is_turned_away_may_stand_at_the_end_of_a_list(text: str, expected: str) -> None:
    """X1: a list of who is turned away goes on over its commas, until somebody is taken."""
    assert str(read(text).record_clause.value) == expected


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("chưa chạy máy bao giờ cũng nhận", "min_years", 0),
        ("không biết chữ cũng nhận", "min_years", None),
        ("chưa biết, chủ cho đi học", "trains_on_job", True),
        ("xưởng không dạy nghề", "trains_on_job", False),
        ("cơm nước trên bè chủ lo", "meals", True),
        ("xe vào tận bản đón", "transport_provided", True),
        ("cho o cho anh em o xa", "transport_provided", None),
    ],
)
def test_what_is_given_and_to_whom(text: str, field: str, expected: Any) -> None:
    """X1: "chưa ..." names those who are taken or taught; it denies nothing."""
    found = getattr(read(text), field)
    assert (None if found is None else found.value) == expected


@pytest.mark.parametrize(
    ("title", "text", "codes"),
    [
        ("Quán phở Hạnh cần người", "Rửa bát, lau bàn.", {"9402", "9112", "5131"}),
        ("Bếp ăn trường học", "Tuyển 2 phụ bếp nữ.", {"9402"}),
        ("Quán phở Hạnh cần người", "Quán đông, lương cao.", {"5120", "5212", "5221", "9402"}),
    ],
)
def test_an_employer_yields_to_the_work_that_the_text_begins_with(title: str, text: str, codes: set[str]) -> None:
    """X1: a title that names only who seeks tells less than the work that the text names first."""
    assert str(read(text, title=title).occupations[0].code) in codes
