"""Licences as they are told: taken away, earned again, listed under a header, of merchant ships."""

import pytest

from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    ("text", "licences"),
    [
        ("bằng FC bị trừ hết 12 điểm", [("driving_FC", "lost")]),
        ("bang lai xe may A1 bi csgt giu", [("driving_A1", "lost")]),
        ("bằng A1 bị trừ hết điểm, đang học lại", [("driving_A1", "in_progress")]),
        ("mất GPLX A1, chưa xin cấp lại", [("driving_A1", "lost")]),
        ("có bằng C. Chạy xe tải 5 năm. Bằng hết hạn rồi", [("driving_C", "expired")]),
        ("Giấy phép: A1 (còn), B2 (mất)", [("driving_A1", "valid"), ("driving_B2", "lost")]),
        ("đang học B2, tháng sau thi", [("driving_B2", "in_progress")]),
        ("thi a nay", []),
        ("Bằng cấp: sơ cấp hàn", [("trade_certificate", "valid")]),
        ("chứng chỉ hành nghề bị thu hồi", [("trade_certificate", "lost")]),
        ("thủy thủ tàu hàng, sổ thuyền viên còn hạn", [("other", "valid")]),
        ("đi bạn ghe câu, sổ thuyền viên còn hạn", [("fishing_crew_certificate", "valid")]),
    ],
)
def test_what_is_said_of_a_licence(read: Read, text: str, licences: list[tuple[str, str]]) -> None:
    """X7: licences that are taken away, lost or earned again are not valid ones."""
    assert [(m.code.value, m.status.value) for m in read(text).licences] == licences


def test_points_are_no_grade_of_school(read: Read) -> None:
    """X7: "trừ hết 12 điểm" tells of a licence."""
    assert read("bằng FC bị trừ hết 12 điểm").schooling_grade is None


@pytest.mark.parametrize(
    ("text", "licences"),
    [
        ("A2 quá hạn chưa đổi", [("driving_A", "expired")]),
        ("chạy xe khách, có D2 đàng hoàng", [("driving_D", "valid")]),
        ("chứng nhận học nghề hàn ở huyện", [("welding_certificate", "valid")]),
        ("lái xe tải 3 năm mà không có bằng", [("driving_C", "none")]),
        ("thợ lặn lâu năm, chưa có chứng chỉ", [("diving", "none")]),
        ("bằng lái xe tải hạng C bỏ quên nhà chủ cũ", [("driving_C", "lost")]),
        ("giấy vệ sinh thực phẩm thì chưa làm", [("food_safety", "none")]),
        ("thẻ cứu hộ rớt xuống biển", [("lifeguard", "lost")]),
        ("bằng đầu kéo còn 2 năm nữa", [("driving_FC", "valid")]),
    ],
)
def test_a_licence_is_told_by_what_stands_beside_it(read: Read, text: str, licences: list[tuple[str, str]]) -> None:
    """X7: a class without another word, a certificate by its trade, a bare "bằng" by who drives what."""
    assert [(m.code.value, m.status.value) for m in read(text).licences] == licences


@pytest.mark.parametrize(
    "text",
    ["anh rể có bằng FC chạy container", "nuôi cả nhà bằng nghề mộc", "bảo vệ 2 năm, không có bằng cấp", "lô B2"],
)
def test_what_others_hold_and_what_is_no_paper_is_no_licence(read: Read, text: str) -> None:
    """X7: a licence of a relative, a trade that one lives by, schooling, a letter that nothing makes a class."""
    assert read(text).licences == ()
