"""Promises of words that follow a trade, or come between trades, and say how it stands; all sentences are invented."""

from collections.abc import Callable

import pytest

from matching.domain.profile import Profile

Read = Callable[[str], Profile]


def said(profile: Profile) -> set[tuple[str, str]]:
    return {(m.code, m.assertion.value) for m in profile.occupations}


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("Muốn học lái máy xúc, không thì đi phụ hồ cũng được", {("8342", "wish"), ("9313", "wish")}),
        ("Xin vào công ty may, giữ xe cũng được", {("8153", "wish"), ("9629", "wish")}),
        ("Muốn học lái máy xúc, chạy ba gác cũng biết", {("8342", "wish"), ("8321", "experience")}),
        ("Phụ hồ rồi chuyển qua chạy xe tải 4 năm", {("9313", "experience"), ("8332", "experience")}),
        ("Phụ hồ 2 năm, muốn chuyển qua chạy xe tải", {("9313", "experience"), ("8332", "wish")}),
        ("Bảo vệ công ty may ở Dĩ An", {("5401", "experience")}),
        ("Vá xe trước cổng công ty giày", {("7234", "experience")}),
        ("Thợ sơn tàu, gõ rỉ cho xưởng đóng tàu", {("7132", "experience")}),
        ("Lái máy ủi san lấp mặt bằng", {("8342", "experience")}),
        ("Nghỉ lâu rồi, tiệm bánh nào nhận thì làm", {("7512", "wish")}),
        ("Vợ chồng em thu mua chè búp, vợ em bán ở chợ", {("3323", "experience")}),
        ("Xin chăm sóc khách hàng qua điện thoại", {("4222", "wish")}),
        ("Xin vào công ty may, giữ xe cũng nhận", {("8153", "wish"), ("9629", "wish")}),
        ("Leo trụ không được nữa", {("7413", "refused")}),
        ("Giáo viên cấp 2, bị cấm dạy học", {("2332", "experience"), ("2332", "barred")}),
    ],
)
def test_the_words_around_a_trade_say_how_it_stands(read: Read, text: str, trades: set[tuple[str, str]]) -> None:
    """X5: what is offered beside a wish is one, what is known is experience, where work is done is no trade."""
    assert said(read(text)) == trades


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Đi biển từ 2012 đến 2017", [5]),
        ("Đi biển từ 2020", [6]),
        ("Sơn nước với chống thấm: 6 năm", [6, 6]),
        ("Bốc vác (3 năm), phụ xe khách (2n)", [3, 2]),
        ("Chạy xe tải 2 năm thì bị bắt", [2]),
        ("Đi biển, lãnh án 2 năm", [None]),
    ],
)
def test_years_between_and_beside(read: Read, text: str, years: list[float | None]) -> None:
    """X6: calendar years from and to are a number of years; a sentence that is served is none."""
    assert [m.years for m in read(text).occupations] == years


@pytest.mark.parametrize(
    "text",
    [
        "Xin làm lại căn cước và giấy khai sinh cho con, nhà ở gần chợ",
        "muon vay von lam an, chua biet lam gi, dang cho giay to o cong an",
        "nha dot nat, con nho dang tuoi an hoc, tien tro moi thang 1 trieu",
        "Trước đánh đề, cho vay nặng lãi nên bị bắt",
    ],
)
def test_text_without_a_trade_gives_none(read: Read, text: str) -> None:
    """X2: everyday words, and what is no lawful work, are no trade."""
    assert read(text).occupations == ()
