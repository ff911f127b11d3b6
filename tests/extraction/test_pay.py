"""How work is paid tells what somebody lives on, and so does what it yields."""

import pytest

from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("phụ lắp mái tôn, chủ cho ngày 250", "casual"),
        ("đi phụ đám, nấu cỗ, ngày công trăm rưỡi", "casual"),
        ("giờ rửa chén cho quán người ta theo ngày", "casual"),
        ("trồng lúa nương, đủ ăn thôi, muốn vào công ty", "self_employed"),
        ("trồng lúa 6 công, xin học sửa máy", "self_employed"),
    ],
)
def test_the_way_of_pay_tells_the_status(read: Read, text: str, status: str) -> None:
    assert read(text).employment_status == status


@pytest.mark.parametrize(
    "text", ["trước phụ hồ ngày 250, giờ muốn học nghề", "muốn lương ngày 300", "nuôi ngày 200 con gà cho trại"]
)
def test_pay_that_was_or_is_hoped_for_tells_nothing(read: Read, text: str) -> None:
    assert read(text).employment_status == "unknown"
