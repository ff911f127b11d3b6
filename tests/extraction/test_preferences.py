"""What a person would like of a job, put together from what it is and that it is welcome (X10)."""

import pytest

from tests.extraction.conftest import Read


def likes(read: Read, text: str) -> set[str]:
    return {m.code.value for m in read(text).preferences}


@pytest.mark.parametrize(
    ("text", "liked"),
    [
        ("gác đêm thì em làm được", "night_shift_ok"),
        ("ca khuya cũng theo", "night_shift_ok"),
        ("Ca đêm: được", "night_shift_ok"),
        ("xa nhà mấy tháng cũng được", "willing_to_relocate"),
        ("ra bắc cũng đi", "willing_to_relocate"),
        ("lĩnh tiền từng ngày thì hay", "wants_daily_pay"),
        ("tính công theo bữa", "wants_daily_pay"),
    ],
)
def test_work_that_others_refuse_may_be_welcome(read: Read, text: str, liked: str) -> None:
    assert liked in likes(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "ca khuya không làm được",
        "tối được về nhà",
        "học buổi tối được",
        "chủ bắt ở lại công trình nên em nghỉ",
        "trả công theo ngày 250 nghìn",
        "trước lãnh tiền từng ngày",
    ],
)
def test_what_is_denied_forced_or_told_of_a_job_is_no_wish(read: Read, text: str) -> None:
    assert likes(read, text) == set()
