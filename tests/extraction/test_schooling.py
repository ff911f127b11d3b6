"""The last grade that a person finished: in words, by level, and never another's."""

import pytest

from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Trình độ học vấn: THCS", 9),
        ("học vấn: tiểu học", 5),
        ("bỏ học năm lớp sáu", 6),
        ("nghi hoc lop muoi mot", 11),
        ("chữ nghĩa tới lớp ba", 3),
        ("Em tốt nghiệp cấp ba năm kia", 12),
        ("trình độ văn hóa cấp 2", 9),
        ("hết bậc trung học cơ sở", 9),
    ],
)
def test_a_grade_is_read_in_words_and_by_its_level(read: Read, text: str, grade: int) -> None:
    """X9: the number may be a word, or the name of a level."""
    assert read(text).schooling_grade == grade


@pytest.mark.parametrize(
    "text",
    [
        "đứa lớn lớp 6, đứa nhỏ lớp 2",
        "đứa nhỏ vào lớp 2",
        "muốn học hết lớp 12 rồi đi làm",
        "dạy lớp 4 được sáu năm",
        "nghỉ lớp năm ngoái",
        "bằng hết hạn 12 tháng",
    ],
)
def test_the_grades_of_others_and_of_wishes_are_left(read: Read, text: str) -> None:
    assert read(text).schooling_grade is None
