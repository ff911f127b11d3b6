"""Promises of reading a posting however its writer puts things: other units, other givers, other word orders.

All phrases are invented; each stands for a way of building a phrase, not for itself.
"""

from datetime import date
from typing import Any

import pytest

from matching.domain.offer import Opening
from matching.domain.posting import PostingRead
from matching.extraction.posting import PostingReader
from matching.law import current_law
from matching.taxonomy.release import current_taxonomy

READER = PostingReader(current_taxonomy(), current_law())


def read(text: str, title: str = "Tuyển dụng") -> PostingRead:
    return READER.read(Opening(offer_id="J", title=title, text=text), as_of=date(2026, 11, 23))


def wage(text: str) -> tuple[int | None, int | None, str] | None:
    found = read(text).wage
    return None if found is None else (found.min_vnd, found.max_vnd, str(found.unit))


def value(found: Any) -> Any:
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("lương 25 ngàn 1 tiếng", (25_000, 25_000, "hour")),
        ("220k/đêm trực kho", (220_000, 220_000, "day")),
        ("khoán 60k/1000 viên gạch", (60_000, 60_000, "piece")),
        ("may gia công 3k/sp", (3_000, 3_000, "piece")),
        ("bóc vỏ 2,5k/ký", (2_500, 2_500, "piece")),
        ("cấy lúa 400k/công đất", (400_000, 400_000, "piece")),
        ("xẻ 350k/khối gỗ", (350_000, 350_000, "piece")),
        ("2 tháng đầu 5 triệu, sau đó 7 triệu", (7_000_000, 7_000_000, "month")),
        ("Lương 6tr tháng đầu, từ tháng sau 7tr5", (7_500_000, 7_500_000, "month")),
        ("Lương: thỏa thuận theo tay nghề (8-12 triệu)", (8_000_000, 12_000_000, "month")),
        ("nữ 260k/ngày, nam 300k/ngày", (260_000, 300_000, "day")),
        ("lương 1tr8/tuần", (1_800_000, 1_800_000, "unknown")),
        ("ăn chia 6/4 với chủ ghe", (None, None, "share")),
        ("thu nhập không dưới 10 triệu", (10_000_000, None, "month")),
        ("đóng thùng 4.500đ/bao", (4_500, 4_500, "piece")),
        ("Lương tháng 13, thưởng lễ. Lương 7tr", (7_000_000, 7_000_000, "month")),
    ],
)
def test_a_wage_is_read_in_the_unit_it_is_paid_for(text: str, stated: object) -> None:
    """X1, M15: a week has no unit of the vocabulary: its sum is kept and the unit stays unknown."""
    assert wage(text) == stated


@pytest.mark.parametrize(
    "text",
    [
        "LH 0912 345 678 gặp chị Lan", "STK 1903 6789 012 345", "TP HCM 700000", "Hạn nộp 15/12/2026",
        "MST 0312345678, vốn điều lệ 5.000.000.000 đồng", "Công suất 200.000 tấn/năm", "CCCD 079085001234",
        "Số 120 đường 30/4, 100.000 dân", "sản lượng 100 triệu chai mỗi năm",
        "cho thuê phòng 1tr5/tháng", "lương tháng 13",
    ],
)  # fmt: skip
def test_telephones_accounts_and_postcodes_are_no_wage(text: str) -> None:
    assert read(text).wage is None


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Độ tuổi: ≤ 35\nCa ngày", (None, 35)),
        ("từ 18 đến dưới 35 tuổi", (18, 34)),
        ("max 40 tuổi", (None, 40)),
        ("trên 50 tuổi vẫn nhận", None),
        ("ngoài 60 tuổi còn sức cũng được", None),
        ("chăm người già trên 70 tuổi", None),
    ],
)
def test_an_age_that_is_no_hindrance_is_no_limit(text: str, ages: object) -> None:
    found = read(text).age
    assert (None if found is None else (found.min, found.max)) == ages


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("lái máy ủi từ 2 năm", 2),
        ("đứng bếp 3 năm trở lên", 3),
        ("thợ lành nghề trên 3 năm", 3),
        ("dưới 45 tuổi, kn 2 năm", 2),
        ("chưa làm qua cũng nhận", 0),
        ("làm lâu dài từ 1 năm trở lên", None),
        ("máy bảo hành từ 2 năm", None),
    ],
)
def test_years_of_doing_the_work_are_years_of_experience(text: str, years: float | None) -> None:
    assert value(read(text).min_years) == years


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("có giấy xác nhận kiến thức an toàn thực phẩm", ["food_safety"]),
        ("phải có chứng chỉ vận hành nồi hơi", ["trade_certificate"]),
        ("có hộ chiếu thuyền viên", ["other"]),
        ("có chứng chỉ tiếng Anh", []),
        ("có chứng chỉ IELTS 6.0", []),
        ("bằng C nếu có", []),
        ("có bằng lái 4 bánh", ["driving_B2"]),
    ],
)
def test_papers_go_by_many_names(text: str, codes: list[str]) -> None:
    assert [str(asked.code) for asked in read(text).licences_required] == codes


@pytest.mark.parametrize(
    ("text", "field", "given"),
    [
        ("cơm chủ ghe nấu", "meals", True),
        ("ăn uống công ty lo hết", "meals", True),
        ("ngày ba bữa cơm", "meals", True),
        ("ăn ngủ theo tàu", "meals", True),
        ("cơm tự lo", "meals", False),
        ("nghỉ 2 bữa cuối tháng", "meals", None),
        ("bán cơm quán chay", "meals", None),
        ("tham gia dự án công ty", "meals", None),
        ("ngủ lại trại cá", "housing", True),
        ("ở chung nhà chủ", "housing", True),
        ("có lán cho anh em", "housing", True),
        ("Nhà ở: có", "housing", True),
        ("xây nhà ở công nhân", "housing", None),
        ("trợ cấp nhà ở 300k", "housing", None),
        ("có nhà máy ở Long An", "housing", None),
        ("ở trọ tự túc", "housing", False),
        ("Chỗ ở: tự túc", "housing", False),
        ("có chỗ ngủ trưa", "housing", None),
        ("chưa biết thì thợ cũ chỉ", "trains_on_job", True),
        ("dạy pha chế miễn phí", "trains_on_job", True),
        ("đào tạo nghiệp vụ buồng phòng miễn phí", "trains_on_job", True),
        ("học 3 ngày là làm được", "trains_on_job", True),
        ("dây chuyền sản xuất tại chỗ", "trains_on_job", None),
        ("dạy trẻ từ đầu", "trains_on_job", None),
        ("ghe đưa rước mỗi ngày", "transport_provided", True),
        ("sáng xe đón chiều xe trả", "transport_provided", True),
        ("lái xe chở công nhân", "transport_provided", None),
        ("chạy xe đưa đón khách", "transport_provided", None),
        ("giữ 15 ngày lương", "deposit_asked", True),
        ("hai ca đổi nhau", "rotating_shifts", True),
        ("tuần sáng, tuần chiều", "rotating_shifts", True),
        ("coi tôm cả đêm", "night_shift", True),
        ("tối được nghỉ", "night_shift", False),
        ("Trong ngày và qua đêm đều có bảo vệ khác", "night_shift", None),
    ],
)
def test_what_the_work_gives_is_read_by_who_gives_what(text: str, field: str, given: bool | None) -> None:
    assert value(getattr(read(text), field)) == given


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Làm từ 7h đến 17h30 nghỉ trưa tiếng rưỡi", 9),
        ("8-18h nghi trua 1t", 9),
        ("7-17h nghỉ trưa 1 tiếng rưỡi", 8.5),
        ("từ 5h sáng đến 1h trưa", 8),
        ("Zalo 8h-20h", None),
    ],
)
def test_a_break_is_taken_off_however_it_is_said(text: str, hours: float | None) -> None:
    assert value(read(text).hours_per_day) == hours


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Căn cước gốc nộp lại phòng bảo vệ", ["keeps_identity_papers"]),
        ("bằng gốc do công ty giữ", ["keeps_identity_papers"]),
        ("Không giữ giấy tờ gốc", []),
        ("CCCD gốc không phải nộp lại", []),
        ("mang CCCD gốc để đối chiếu", []),
        ("lưu giữ bảng chấm công, giấy tờ của kho", []),
        ("giữ lại CCCD của khách thuê phòng", []),
        ("không nhận phụ nữ có thai", ["maternity_limit"]),
        ("có con nhỏ miễn", ["marital_limit"]),
        ("không nhận người Bắc", ["origin_limit"]),
        ("thêu tay 120.000đ/m vải", []),
    ],
)
def test_the_law_is_asked_about_what_is_meant(text: str, rules: list[str]) -> None:
    """M15: papers left with the employer, in either word order; duties with papers break no law."""
    assert [flag.rule for flag in read(text).law_flags] == rules


def test_remains_of_markup_do_not_hide_what_is_said() -> None:
    """X1: spans still count in the text as given."""
    text = "<ul><li>Lương: 10-12 triệu&nbsp;/ tháng</li><li>&lt; 45 tuổi</li></ul><br/>Nam"
    found = read(text, title="<p>Tuyển <b>lái xe</b></p>")
    assert (found.wage and found.wage.max_vnd, found.age and found.age.max) == (12_000_000, 44)
    assert found.gender_clause.value == "male"
    assert found.age is not None
    start, end = found.age.evidence
    assert f"<p>Tuyển <b>lái xe</b></p>\n{text}"[start:end] == "&lt; 45 tuổi"


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("Tuyển gấp nhiều vị trí", "1. Thủ kho: 8 triệu\n2. Lái xe nâng (02 người)", "4321"),
        ("🔥 TUYỂN GẤP 🔥", "🌟 THỢ MAY 🌟 8-10tr", "7531"),
        ("Hợp tác xã rau sạch cần người", "tưới và thu hoạch rau", "6111"),
        ("Kỹ thuật viên lắp đặt điện lạnh", "lắp và bảo trì máy lạnh", "7127"),
        ("Nhà máy xi măng cần bảo vệ", "trực cổng", "5401"),
        ("Công ty giày da xuất khẩu An Phú cần tuyển 2 tạp vụ", "", "9112"),
        ("Trại heo Bình Minh tuyển công nhân", "cho ăn, dọn chuồng", "6121"),
        ("Cần thợ đúc đồng", "- Vệ sinh khuôn: mỗi ngày\n- Bán hàng: phụ khi đông", "7211"),
    ],
)
def test_a_mere_call_leaves_the_work_to_the_text(title: str, text: str, code: str) -> None:
    """The employer, its product and "nhiều vị trí" are not the work."""
    assert read(text, title=title).occupations[0].code == code
