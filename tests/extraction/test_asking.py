"""Work, lessons and papers that are asked for in ways that no phrase lists (X9)."""

import pytest

from tests.extraction.conftest import Read


def needs(read: Read, text: str) -> list[str]:
    return [n.code.value for n in read(text).needs]


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("tìm giúp em một công việc", "job"),
        ("kiếm xưởng nào gần", "job"),
        ("chỉ nhận đồ về may thôi", "job"),
        ("mong được học bằng thuyền trưởng", "training"),
        ("xin vào làm bảo vệ, học thêm nghề điện", "training"),
        ("nhờ xã làm khai sinh giùm", "documents"),
        ("bằng lái mất rồi, xin cho cấp lại", "documents"),
        ("Nguyện vọng: không", "none"),
        ("Đề nghị: học sửa máy bơm, vay 15tr", "training"),
    ],
)
def test_an_asking_and_what_it_is_for_make_a_need(read: Read, text: str, need: str) -> None:
    assert need in needs(read, text)


@pytest.mark.parametrize("text", ["vợ đang tìm việc", "ai gọi thì đi", "nợ tiền học phí"])
def test_what_others_ask_and_how_one_works_is_no_need(read: Read, text: str) -> None:
    assert needs(read, text) == []


def test_a_wish_stands_beside_papers_and_tools(read: Read) -> None:
    """Papers are asked for in order to work: the wish beside them is a need of its own."""
    assert set(needs(read, "xin đổi lại bằng lái rồi xin lái xe tải")) == {"documents", "job"}


def test_nobody_gives_work_of_ones_own(read: Read) -> None:
    assert "job" not in needs(read, "muốn mở tiệm hớt tóc")


@pytest.mark.parametrize(
    "text",
    ["công trường nào gọi cũng đi", "ai cần người coi bè tui làm", "việc gì cũng không chê", "phụ bếp cũng nhận"],
)
def test_work_that_would_be_taken_is_asked_for(read: Read, text: str) -> None:
    assert needs(read, text) == ["job"]


@pytest.mark.parametrize(
    "text", ["ai dám giao vàng cho mình làm nữa", "không ai kêu thì nghỉ", "việc gì cũng từng làm"]
)
def test_what_nobody_offers_and_what_was_done_is_not(read: Read, text: str) -> None:
    assert needs(read, text) == []


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("có việc ngồi một chỗ thì tốt", "job"),
        ("ai cần thì ới", "job"),
        ("cho tôi làm bảo vệ", "job"),
        ("chỉ đi làm gần thôi", "job"),
        ("tìm dùm việc trên bờ", "job"),
        ("ai chỉ cho thì em học", "training"),
        ("có lớp nào dạy thì tôi theo", "training"),
        ("có cách nào khoanh nợ không", "legal_info"),
    ],
)
def test_what_would_be_good_is_asked_for(read: Read, text: str, need: str) -> None:
    assert needs(read, text) == [need]


@pytest.mark.parametrize("text", ["làm không giấy tờ ký kết gì", "ai dạy con tôi học"])
def test_what_is_missing_elsewhere_is_no_need(read: Read, text: str) -> None:
    assert needs(read, text) == []


def test_who_likes_a_thing_asks_for_none(read: Read) -> None:
    assert "equipment" not in needs(read, "cháu thích máy tính")
