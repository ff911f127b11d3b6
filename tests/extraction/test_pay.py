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


def test_a_contract_that_is_had_is_no_wish_for_one(read: Read) -> None:
    profile = read("cạo mủ cho nông trường, ký hợp đồng đàng hoàng, lương tháng 7 triệu")
    assert (profile.employment_status, profile.preferences) == ("employed", ())


def test_a_contract_that_would_be_good_is_one(read: Read) -> None:
    assert [p.code for p in read("bốc vác 3 năm, có hợp đồng thì tốt").preferences] == ["wants_formal_contract"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("đan nón, mỗi chiếc được hai chục ngàn", "casual"),
        ("làm cho tiệm quảng cáo, anh họ trả 4 triệu", "employed"),
        ("chạy xe tải thuê, chuyến nào trả chuyến này", "casual"),
    ],
)
def test_pay_by_the_piece_and_by_an_employer(read: Read, text: str, status: str) -> None:
    assert read(text).employment_status == status


def test_an_instalment_is_no_pay(read: Read) -> None:
    assert read("thợ may, vay 30 triệu trả góp mỗi tháng 2 triệu").employment_status != "employed"
