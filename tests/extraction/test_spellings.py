"""Promises of reading words without accents: the longest phrase through a syllable says which word it is."""

from collections.abc import Callable

import pytest

from matching.domain.profile import Profile
from matching.text.fold import fold

Read = Callable[[str], Profile]


def trades(profile: Profile) -> set[tuple[str, str]]:
    return {(m.code, m.assertion.value) for m in profile.occupations}


@pytest.mark.parametrize(
    "text",
    [
        "Muốn học một nghề cho đàng hoàng, hàn xì gì đó",
        "Làm phụ hồ được ba mùa rồi",
        "Thiếu vốn làm hệ thống tưới cho vườn điều",
        "Tên Nguyễn Văn Thử, làm thợ mộc 9 năm",
        "Vô Sài Gòn làm công nhân điện tử 1 năm, rồi chạy giao hàng",
        "Muốn thi chứng chỉ sơ cấp điện dân dụng rồi ra làm riêng",
    ],
)
def test_everyday_words_without_accents_are_no_trades_and_no_cues(read: Read, text: str) -> None:
    """X4: "dang hoang" holds no "đang", "mua roi" no "múa rối", a name no clerk."""
    assert trades(read(fold(text))) == trades(read(text)) != set()


def test_a_longer_phrase_takes_the_words_of_a_shorter_one(read: Read) -> None:
    """X4: in "cham bo om" somebody looks after a father, not after cattle."""
    profile = read("ve que cham bo om, truoc lam phu bep 3 nam")
    assert [m.code for m in profile.skills if m.code == "cattle_raising"] == []
    assert "eldercare" in {m.code.value for m in profile.constraints}


def test_typed_accents_are_believed(read: Read) -> None:
    """X4: who types the accents of a rare trade means it."""
    assert trades(read("Múa rối nước ở phường 5 năm")) == {("2659", "experience")}


@pytest.mark.parametrize("text", ["Bị kiểm lâm phạt nên thôi", "Đã vay hội nông dân 10 triệu"])
def test_trades_inside_everyday_phrases_are_nobodys(read: Read, text: str) -> None:
    """X5."""
    assert trades(read(text)) == set()
