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
