"""Names and addresses that no word announces (P2)."""

import pytest

from tests.extraction.conftest import Read


def hidden(read: Read, text: str) -> list[str]:
    return [text[slice(*r.evidence)] for r in read(text).redactions]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anh D., 41 tuổi, thợ hồ", "D"),
        ("Người được hỏi N.T.H, sn 1990", "N.T.H"),
        ("Y Khoan, 22 tuổi, làm rẫy", "Y Khoan"),
        ("anh Bảy Thạnh rủ đi ghe", "Bảy Thạnh"),
        ("liên lạc qua con gái Hạnh", "Hạnh"),
        ("tạm trú hẻm 17/3 đường Quang Trung, may vá", "hẻm 17/3 đường Quang Trung"),
        ("nhà ở ngõ 8 thôn Đoài", "ngõ 8 thôn Đoài"),
        ("ở tổ 9 khu phố 3", "tổ 9 khu phố 3"),
    ],
)
def test_initials_names_of_the_highlands_and_lanes_are_hidden(read: Read, text: str, name: str) -> None:
    assert hidden(read, text) == [name]


@pytest.mark.parametrize(
    "text", ["anh Hai rủ đi biển", "chị Tư cho mượn máy", "tổ 5 người đi bốc xếp", "Y tế xã giới thiệu", "ngõ vào chợ"]
)
def test_ranks_teams_and_common_words_name_nobody(read: Read, text: str) -> None:
    assert hidden(read, text) == []


def test_a_report_that_comes_back_tells_of_a_sentence(read: Read) -> None:
    """Its days stay readable, what they are for is hidden."""
    assert hidden(read, "thứ năm nào cũng phải ra xã ký sổ") == ["phải ra xã ký sổ"]


def test_road_works_and_board_money_tell_of_nothing(read: Read) -> None:
    assert hidden(read, "lai xe lu lam duong, co ho tro tien an") == []


@pytest.mark.parametrize("text", ["em mới ra được 1 tháng", "ra được 2 năm rồi, chưa có việc"])
def test_how_long_somebody_is_out_is_hidden(read: Read, text: str) -> None:
    """X8: nothing tells out of what."""
    assert "stigma" in {r.kind for r in read(text).redactions}


@pytest.mark.parametrize("text", ["ra trường được 2 năm", "ra nghề 3 năm"])
def test_what_comes_out_otherwise_is_not(read: Read, text: str) -> None:
    assert "stigma" not in {r.kind for r in read(text).redactions}
