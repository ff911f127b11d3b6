"""Promises of reading quantities as people write them (X6)."""

import pytest

from matching.text.fold import fold
from matching.text.quantities import QuantityKind, quantities


def read(text: str, kind: QuantityKind) -> list[tuple[float | None, float | None]]:
    return [(q.low, q.high) for q in quantities(fold(text)) if q.kind is kind]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("vay 30tr", 30e6, 30e6),
        ("lương 7-10 triệu", 7e6, 10e6),
        ("từ 7 đến 10 triệu", 7e6, 10e6),
        ("lương có 4 triệu mấy", 4e6, 4e6),
        ("1.500.000đ", 1.5e6, 1.5e6),
        ("9,000,000 - 15,000,000 VNĐ", 9e6, 15e6),
        ("4tr5", 4.5e6, 4.5e6),
        ("1 triệu rưỡi", 1.5e6, 1.5e6),
        ("hai chục triệu", 20e6, 20e6),
        ("mười lăm triệu", 15e6, 15e6),
        ("200 ngàn", 200e3, 200e3),
        ("1 tỷ", 1e9, 1e9),
    ],
)
def test_money_is_read_in_every_way_it_is_written(text: str, low: float, high: float) -> None:
    assert read(text, QuantityKind.MONEY) == [(low, high)]


@pytest.mark.parametrize(("text", "per"), [("200k/ngày", "day"), ("22k/h", "hour"), ("8tr/tháng", "month")])
def test_money_tells_what_it_is_for(text: str, per: str) -> None:
    assert [q.per for q in quantities(fold(text))] == [per]


@pytest.mark.parametrize(
    "text", ["0900 000 123", "0900000123", "060000000042", "xe 7 chỗ", "5 sào", "3 đứa con", "9/12"]
)
def test_phones_ids_seats_and_counts_are_no_money_and_no_years(text: str) -> None:
    assert quantities(fold(text)) == []


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("hơn 8 năm", 8), ("hon chuc nam", 10), ("ba bốn năm", 3), ("2-3 năm gì đó", 2), ("6 tháng", 0.5),
        ("1 năm rưỡi", 1.5), ("chừng 6 mùa", 6), ("tám năm", 8), ("năm năm", 5),
    ],
)  # fmt: skip
def test_years_are_read_in_digits_and_words(text: str, low: float) -> None:
    assert [q[0] for q in read(text, QuantityKind.DURATION)] == [low]


def test_a_vague_number_of_years_stays_unknown() -> None:
    assert read("mấy mùa", QuantityKind.DURATION) == [(None, None)]


def test_a_machine_before_a_number_is_no_vague_number() -> None:
    """X6: "máy" folds to the same letters as "mấy"."""
    assert [q.low for q in quantities("sua xe may 5 nam")] == [5.0]


def test_clock_times_know_the_part_of_the_day() -> None:
    assert read("tới 8 giờ sáng", QuantityKind.CLOCK) == [(480, 480)]
    assert read("trước 9 giờ tối", QuantityKind.CLOCK) == [(21 * 60, 21 * 60)]
    assert read("8h30", QuantityKind.CLOCK) == [(510, 510)]


def test_ages_and_calendar_years_are_no_durations() -> None:
    assert read("năm nay 56 tuổi, từ năm 2015", QuantityKind.DURATION) == []
    assert read("e 17t", QuantityKind.AGE) == [(17, 17)]
    assert read("từ năm 2015", QuantityKind.YEAR) == [(2015, 2015)]
