"""What is asked of a job: a thing and the asking beside it, and work that somebody is willing to do (X9)."""

import pytest

from tests.extraction.conftest import Read


def wishes(read: Read, text: str) -> set[str]:
    return {m.code.value for m in read(text).preferences}


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("mong vô hãng nào đóng BHXH", "wants_formal_contract"),
        ("Nguyện vọng: việc có thai sản", "wants_formal_contract"),
        ("xin làm quán nào có bữa trưa", "wants_meals_or_housing"),
        ("có ký túc là em vô liền", "wants_meals_or_housing"),
        ("kiem viec vai tieng cho do buon", "wants_part_time"),
        ("cần việc dài hơi chứ làm mấy bữa mệt lắm", "wants_year_round"),
        ("tìm xưởng thu nhập khá hơn", "wants_higher_wage"),
        ("cần chỗ trả từ 9 triệu trở lên", "wants_higher_wage"),
    ],
)
def test_a_condition_is_one_where_work_is_asked_for(read: Read, text: str, wish: str) -> None:
    """An asking before the thing, a header of needs over it, or how good it would be."""
    assert wish in wishes(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "bán bảo hiểm nhân thọ 2 năm",
        "muốn vay 20 triệu trở lên mua bò",
        "không cần hợp đồng",
        "xin giúp chỗ ở",
    ],
)
def test_a_thing_that_nobody_asks_of_a_job_is_no_condition(read: Read, text: str) -> None:
    assert wishes(read, text) == set()


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("nhận canh gác ban đêm", "night_shift_ok"),
        ("sẵn sàng đi làm tỉnh khác", "willing_to_relocate"),
        ("ca tối em theo luôn", "night_shift_ok"),
        ("làm khuya phụ cấp nhiều thì càng thích", "night_shift_ok"),
        ("vô bình dương làm cũng ok", "willing_to_relocate"),
    ],
)
def test_work_that_somebody_is_willing_to_do_is_welcome(read: Read, text: str, wish: str) -> None:
    assert wish in wishes(read, text)


@pytest.mark.parametrize(
    "text", ["không muốn đi xa", "muốn lên tỉnh khám mắt", "trực đêm thì chịu", "chưa quen ca đêm"]
)
def test_errands_and_what_is_refused_are_not_welcome(read: Read, text: str) -> None:
    assert wishes(read, text) == set()
