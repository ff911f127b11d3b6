"""Which years are years in a trade."""

import pytest

from tests.extraction.conftest import Read


def _years(read: Read, text: str) -> list[float]:
    return [m.years for m in read(text).occupations if m.years is not None]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("làm tạp vụ năm rưỡi", 1.5),
        ("bắt đầu chạy xe ôm năm 2016", 10),
        ("hồi 2019 bắt đầu làm nail", 7),
        ("làm phụ hồ 5 năm về quê", 5),
    ],
)
def test_years_are_told_by_a_half_a_begin_and_an_end(read: Read, text: str, years: float) -> None:
    """X2: years since a begin, and years before something else came."""
    assert _years(read, text) == [years]


@pytest.mark.parametrize(
    "text",
    [
        "mẹ liệt 4 năm nay, biết làm may",
        "án 5 năm, nghề thợ sơn",
        "nuôi heo, một năm 2 lứa",
        "nghỉ chạy xe ôm 2 năm",
        "về quê 1 năm nay, biết nấu ăn",
    ],
)
def test_years_of_something_else_are_left(read: Read, text: str) -> None:
    assert _years(read, text) == []
