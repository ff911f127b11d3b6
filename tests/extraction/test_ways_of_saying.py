"""Promises of the ways in which a wish, a refusal, an end or somebody else's trade is told; sentences are invented."""

from collections.abc import Callable

import pytest

from matching.domain.profile import Profile

Read = Callable[[str], Profile]


def said(profile: Profile) -> set[str]:
    return {f"{m.code} {m.assertion.value}" for m in profile.occupations}


@pytest.mark.parametrize(
    "text",
    [
        "Cho tôi sửa xe máy",
        "cho con di hoc sua xe may",
        "Cho hỏi lớp sửa xe máy",
        "muon hoc sửa xe máy",
        "Ai kêu sửa xe máy tui cũng đi",
        "Giá mà được sửa xe máy",
        "Được sửa xe máy thì mừng lắm",
        "Học sửa xe máy mất bao lâu?",
        "Cháu mê sửa xe máy",
        "Vay 20 triệu để sửa xe máy",
        "MM: sửa xe máy",
        "Hướng tới: sửa xe máy",
        "Sửa xe máy cũng được",
    ],
)
def test_a_trade_that_is_asked_for_is_a_wish(read: Read, text: str) -> None:
    """X4: a request, a question, a hope or an offer tells no experience, with and without accents."""
    assert said(read(text)) == {"7231 wish"}


@pytest.mark.parametrize(
    "text",
    [
        "Đừng bắt tui cạo mủ nữa",
        "Dứt khoát không cạo mủ",
        "dut khoat khong cao mu",
        "Cạo mủ là tui chịu",
        "Cạo mủ thì cho em xin",
        "Việc gì cũng làm trừ cạo mủ",
        "K muốn: cạo mủ",
        "Nhà ba đời cạo mủ nhưng em không theo",
    ],
)
def test_a_trade_that_is_turned_down_is_refused(read: Read, text: str) -> None:
    """X4: what somebody will not do is refused, whether they have done it or not."""
    assert said(read(text)) == {"6112 refused"}


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("Cạo mủ 3 năm, giờ thì thôi hẳn rồi", {"6112 experience", "6112 refused"}),
        ("Cạo mủ mấy năm rồi, giờ tui thôi", {"6112 experience", "6112 refused"}),
        ("Cạo mủ 9 năm, giã từ nghề đó rồi", {"6112 experience", "6112 refused"}),
        ("Cạo mủ 3 năm, công ty giải thể nên nghỉ luôn", {"6112 experience"}),
        ("cao mu toi khi sinh con thi nghi han o nha", {"6112 experience"}),
        ("Cạo mủ 3 năm, giờ không leo cây được nữa", {"6112 experience"}),
    ],
)
def test_a_trade_that_ended_is_refused_only_when_it_is_given_up(read: Read, text: str, trades: set[str]) -> None:
    """X4: to give a trade up is a refusal; that it ended, or what the body cannot do, is none."""
    assert said(read(text)) == trades


@pytest.mark.parametrize(
    "text",
    [
        "Bả chằm nón, tui bệnh",
        "Ổng đi biển suốt, tui trông cháu nội",
        "Má bán cá ngoài chợ",
        "Mẹ già còn phải hái cà phê thuê",
        "Ông nhà tui lái máy cày",
        "Bạn bè đi phụ hồ hết",
        "Thợ hồ thì chưa làm",
        "Nào biết phụ hồ đâu",
    ],
)
def test_work_of_others_or_not_known_is_nobodys_here(read: Read, text: str) -> None:
    """X4: what a relative or a friend does, or what was never done, is no trade of the person's."""
    assert said(read(text)) == set()


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("Trước chạy xe ôm, cho làm lại nghề đó là mừng rồi", {"8321 experience", "8321 wish"}),
        ("Chạy xe ôm 5 năm, muốn làm lại căn cước", {"8321 experience"}),
        ("Chạy xe ôm cũng được bảy năm", {"8321 experience"}),
        ("Thôi ra chợ bán cá", {"5211 experience"}),
    ],
)
def test_what_sounds_alike_is_told_apart(read: Read, text: str, trades: set[str]) -> None:
    """X4: work that is taken up again, papers made anew, years that were reached, and "thôi", well then."""
    assert said(read(text)) == trades
