"""Promises of what is said of a trade that was named before; all sentences are invented."""

from collections.abc import Callable

import pytest

from matching.domain.profile import Profile
from matching.domain.vocabulary import Assertion

Read = Callable[[str], Profile]


def said(profile: Profile, assertion: Assertion) -> set[str]:
    return {m.code for m in profile.occupations if m.assertion is assertion}


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("Xây tô 12 năm, té giàn giáo rồi. Không làm nghề đó nữa, xin giữ xe", "7112"),
        ("Cắt tóc 4 năm, cạo mủ 6 năm. Giờ không cắt tóc nữa", "5141"),
        ("lam moc 12 nam. Nay mat kem khong lam duoc nua. Xin giu xe", "7522"),
        ("Đi biển 10 năm. Vợ không cho làm nữa", "6223"),
        ("Phụ hồ 2 năm. Tìm việc khác, phụ hồ thì không", "9313"),
        ("Công nhân may 4 năm, mắt mờ, thôi may", "8153"),
        ("Đi lặn ốc 3 năm, giờ không lặn nữa", "7541"),
        ("Làm đồ gỗ 6 năm nhưng mắt kém không làm được", "7522"),
    ],
)
def test_a_trade_of_an_earlier_sentence_is_given_up(read: Read, text: str, trade: str) -> None:
    """X5: giving up speaks of the trade it shares a word with, else of the last one; what was done stays done."""
    profile = read(text)
    assert trade in said(profile, Assertion.REFUSED)


@pytest.mark.parametrize(
    "text",
    [
        "Xây tô 12 năm. Không đi học nữa từ lớp 7",
        "Bốc vác 5 năm, không vác nặng được nữa",
        "Chạy xe ôm 3 năm. Căn cước mất chưa làm lại",
        "Phụ hồ 2 năm, còn con thì không ai trông",
    ],
)
def test_what_ends_beside_work_gives_up_no_trade(read: Read, text: str) -> None:
    """X5: school that ended, a limit of the body and papers that are missing are no refusal of a trade."""
    assert not said(read(text), Assertion.REFUSED)


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("Xây nhà, tô tường 12 năm. Muốn quay lại nghề cũ", "7112"),
        ("Đục gỗ mỹ nghệ 5 năm, nghỉ lâu, muốn đục lại", "7317"),
        ("May áo dài 8 năm. Xin tiếp tục nghề này", "7531"),
    ],
)
def test_a_trade_that_is_wished_for_again_need_not_be_named_again(read: Read, text: str, trade: str) -> None:
    """X5: "nghề cũ" is the last trade before it, and a verb that comes again is the trade that has it."""
    profile = read(text)
    assert trade in said(profile, Assertion.WISH)
    assert trade in said(profile, Assertion.EXPERIENCE)


@pytest.mark.parametrize(
    "text",
    ["Xây tô 12 năm, không muốn làm lại nghề cũ", "Lái xe tải 9 năm, muốn đi lại cho tiện", "Muốn quay lại nghề cũ"],
)
def test_no_trade_is_wished_for_again_by_accident(read: Read, text: str) -> None:
    """X5: a denied wish, "đi lại" (getting about) and a wish without a trade before it wish for none."""
    assert not said(read(text), Assertion.WISH)


def test_what_was_said_later_shows_its_own_words(read: Read) -> None:
    """X1: evidence of a refusal or a renewed wish is the words that say it, not the trade's."""
    text = "Xây tô 12 năm. Muốn quay lại nghề cũ"
    wish = next(m for m in read(text).occupations if m.assertion is Assertion.WISH)
    assert text[slice(*wish.evidence)] == "Muốn quay lại nghề cũ"


def test_years_that_open_a_sentence_are_those_of_the_trade_before(read: Read) -> None:
    """X6: "Sửa máy nổ, máy bơm; nghề này 15 năm"."""
    assert [m.years for m in read("Sửa máy nổ; nghề này 15 năm có lẻ").occupations] == [15]
    assert [m.years for m in read("Sửa máy nổ. Học trung tâm 1 năm").occupations if m.years == 8] == []
