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


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("năm nay em hăm bảy", 27),
        ("Tuổi: 52", 52),
        ("tuổi đời 39, sức khỏe tốt", 39),
        ("Chú ấy bốn chín tuổi", 49),
        ("Dạ cháu mười tám ạ", 18),
        ("anh Q 33, có hai con", 33),
        ("tui 5 chuc tuoi", 50),
        ("Bác Tư 61 tuổi, còn khỏe", 61),
        ("em 26 rồi mà chưa có nghề", 26),
    ],
)
def test_ages_are_said_in_short_and_in_words(read: Read, text: str, age: int) -> None:
    """X9: "hăm bảy", "bốn chín", a number behind who speaks."""
    assert read(text).age_stated == age


@pytest.mark.parametrize("text", ["gần 50 tuổi", "tuyển dưới 35 tuổi", "em hai ba chỗ hỏi rồi", "chưa đủ 18 tuổi"])
def test_bounds_and_guesses_are_no_ages(read: Read, text: str) -> None:
    assert read(text).age_stated is None
