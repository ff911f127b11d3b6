"""Work that is wished for by what is bought for it, borrowed for it or would be taken."""

import pytest

from tests.extraction.conftest import Read


def said(read: Read, text: str) -> set[str]:
    return {f"{m.code} {m.assertion.value}" for m in read(text).occupations}


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("vay 20 triệu mua cặp bò", {"6121 wish"}),
        ("mượn 10 triệu mở quán nước", {"5221 wish"}),
        ("trông xe, gác cổng gì đó tôi nhận", {"9629 wish", "5401 wish"}),
        ("nhà có ba sào ruộng", {"6111 experience"}),
    ],
)
def test_what_is_bought_borrowed_for_or_taken_is_wished_for(read: Read, text: str, wishes: set[str]) -> None:
    assert said(read, text) == wishes


def test_a_loan_for_what_is_done_is_no_new_wish(read: Read) -> None:
    assert said(read, "trồng điều, vay 30 triệu chăm sóc vườn điều") == {"6112 experience"}


@pytest.mark.parametrize("text", ["chủ cho ở, tháng 3 triệu", "quanh năm quanh quẩn trong xóm"])
def test_what_is_had_is_no_preference(read: Read, text: str) -> None:
    assert read(text).preferences == ()


def test_papers_to_be_filled_in_are_no_building_trade(read: Read) -> None:
    """ "làm hồ sơ" holds the letters of a mason's helper."""
    assert said(read, "nhờ chỉ cách làm hồ sơ vay vốn") == set()
