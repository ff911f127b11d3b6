"""The age that somebody states, with or without a word for years."""

import pytest

from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Cháu 16, mới nghỉ học", 16),
        ("Chú 63 rồi, trông đìa", 63),
        ("chi 45, ban ca", 45),
        ("xin vào xưởng mà tuổi 38 họ không lấy", 38),
    ],
)
def test_a_bare_number_of_the_speaker_is_an_age(read: Read, text: str, age: int) -> None:
    assert read(text).age_stated == age


@pytest.mark.parametrize("text", ["con trai 20, đi bộ đội", "em 12 năm thợ hồ", "chị có 20 con gà", "tuổi nghề 15 năm"])
def test_other_numbers_are_none(read: Read, text: str) -> None:
    assert read(text).age_stated is None
