"""Promises of reading what postings put together: lists, waivers, units, people of any name; all is invented."""

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


def value(found: Any) -> Any:
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("text", "meals", "housing", "transport"),
    [
        ("mắm muối, chỗ ngủ chủ bè lo hết", True, True, None),
        ("bao luôn cơm nước và chỗ nghỉ", True, True, None),
        ("ăn ngủ nghỉ xưởng chịu", True, True, None),
        ("cho tho: com trua, cho ngu mien phi", True, True, None),
        ("nơi ăn chốn ở công ty lo", True, True, None),
        ("ăn ở, đi lại tự lo", False, False, False),
        ("bao chỗ ngủ, cơm tự túc", False, True, None),
        ("không lo ăn ở", False, False, None),
        ("bảo an ninh, ô tô chủ cấp", None, None, None),
        ("nấu ăn cho chủ nhà", None, None, None),
        ("lấy hàng từ nhà cung cấp ở chợ", None, None, None),
        ("nhà trọ cho công nhân miễn phí", None, True, None),
        ("cơm tháng quán đãi", True, None, None),
        ("cơm tối có, ngủ lại được", True, True, None),
        ("đảm bảo an toàn", None, None, None),
        ("dam bao an toan, dam bao xe luon sach", None, None, None),
    ],
)
def test_a_list_of_goods_is_given_or_left_to_oneself_as_a_whole(
    text: str, meals: object, housing: object, transport: object
) -> None:
    """X10: whoever gives stands before or after the list; what the list holds says which fields it speaks of."""
    found = read(text)
    assert [value(found.meals), value(found.housing), value(found.transport_provided)] == [meals, housing, transport]


@pytest.mark.parametrize(
    ("text", "housing"),
    [
        ("Ở tại bè, 10 ngày vô bờ 1 lần.", True),
        ("Làm theo tháng, ở luôn trong rẫy.", True),
        ("Ai ở xa quán có gác cho ngủ.", True),
        ("Nơi làm việc: ở xưởng.", None),
        ("Ở quán cần thêm người rửa chén.", None),
    ],
)
def test_who_lives_where_the_work_is_has_a_bed_there(text: str, housing: object) -> None:
    assert value(read(text).housing) == housing


@pytest.mark.parametrize(
    ("text", "years", "grade"),
    [
        ("không đòi hỏi bằng cấp, tay nghề", 0, 0),
        ("ko yc về trình độ hay kn", 0, 0),
        ("chưa cần biết nghề", 0, None),
        ("miễn xét bằng cấp", None, 0),
        ("Học vấn: không", None, 0),
        ("TĐVH: 9/12", None, 9),
        ("không yêu cầu ngoại hình", None, None),
        ("tay nghề không quan trọng", 0, None),
        ("có nghề hay chưa đều nhận", 0, None),
        ("Không cần kinh nghiệm\n❌ Không nhận người có hình xăm", 0, None),
    ],
)
def test_what_is_waived_is_waived_with_all_that_is_named_beside_it(text: str, years: object, grade: object) -> None:
    """A line that turns people away says nothing of the line before it."""
    found = read(text)
    assert [value(found.min_years), value(found.min_schooling_grade)] == [years, grade]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("tối thiểu 9th kn", 0.75),
        ("KN: 2n", 2),
        ("Experience: 3 years", 3),
        ("at least 18 months experience", 1.5),
        ("đã từng chạy máy dệt 3 năm", 3),
        ("may được từ 8 tháng trở lên", 0.6667),
        ("cơ sở có hơn 12 năm kinh nghiệm", None),
        ("làm cùng với bếp trưởng 9 năm kinh nghiệm", None),
        ("tay ngang vẫn nhận", 0),
        ("chưa rành thì chị em bày cho", 0),
        ("chưa lặn bao giờ anh em kèm", 0),
        ("không nhận người mới", None),
    ],
)
def test_years_are_those_asked_of_who_applies(text: str, years: object) -> None:
    """Years of the firm or of a superior are nobody's requirement; shorthand and English count."""
    assert value(read(text).min_years) == years


@pytest.mark.parametrize(
    ("text", "trained"),
    [
        ("Huấn luyện vận hành 10 ngày rồi mới đứng máy", True),
        ("Công ty tổ chức đào tạo trước mùa vụ.", True),
        ("có mấy chị cũ kèm việc", None),
        ("có thợ cả kèm việc", True),
        ("học việc hưởng 80% lương", True),
        ("alo anh Bay", None),
        ("tổ chức đào tạo cho nhân viên", None),
    ],
)
def test_teaching_is_read_from_who_teaches_and_for_how_long(text: str, trained: object) -> None:
    assert value(read(text).trains_on_job) == trained


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("đan 6k/rổ", (6_000, 6_000, "piece")),
        ("khoán 15k/giỏ tôm", (15_000, 15_000, "piece")),
        ("22k/gio", (22_000, 22_000, "hour")),
        ("công 420/ngày", (420_000, 420_000, "day")),
        ("mỗi chuyến 900k", (900_000, 900_000, "piece")),
        ("lương 16tr/cặp/tháng", (16_000_000, 16_000_000, "month")),
        ("Lương: 600 - 800 USD/tháng", (None, None, "month")),
        ("lương 7 triệu 5, bao ăn", (7_500_000, 7_500_000, "month")),
        ("Tiền lương: theo thang bảng lương nhà nước", (None, None, "unknown")),
        ("phụ cấp 300k/người", None),
        ("cham ba cu, so luong 02 nguoi", None),
    ],
)
def test_a_wage_is_for_whatever_stands_after_the_stroke(text: str, stated: object) -> None:
    found = read(text).wage
    assert (None if found is None else (found.min_vnd, found.max_vnd, str(found.unit))) == stated


@pytest.mark.parametrize(
    ("text", "licences"),
    [
        ("tài xế FC chạy cảng", ["driving_FC"]),
        ("anh lái xe e cần gấp", []),
        ("chạy được xe tải nhỏ, có B2", ["driving_B2"]),
        ("uống B2 mỗi ngày", []),
        ("dấu D, chạy tuyến tỉnh", ["driving_D"]),
        ("tốt nghiệp nghề cắt gọt", ["trade_certificate"]),
        ("có thẻ an toàn lao động", ["other"]),
        ("có thẻ an toàn điện", ["electrical_safety"]),
        ("xưởng lo học chứng chỉ xe nâng", []),
    ],
)
def test_licences_are_those_that_must_be_there_already(text: str, licences: list[str]) -> None:
    assert [str(asked.code) for asked in read(text).licences_required] == licences


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("chưa từng đi tù", "hard"),
        ("không dính líu gì tới pháp luật", "soft"),
        ("không bị truy tố", "hard"),
        ("không nhận ai có tiền sự", "hard"),
        ("tiền sự không nhận", "hard"),
        ("không tiền sử bệnh tim", "none"),
        ("bao tien an trua", "none"),
        ("không phân biệt tiền án", "none"),
        ("chưa dính án nào", "hard"),
        ("không từ chối việc", "none"),
    ],
)
def test_people_with_a_record_are_turned_away_in_many_words(text: str, clause: str) -> None:
    """M15: the clause is read from who is turned away, never from words that only look like it."""
    assert str(read(text).record_clause.value) == clause


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("không nhận chị nào đang mang thai", "maternity_limit"),
        ("không tuyển người bị dị tật", "disability_limit"),
        ("ai theo đạo miễn liên hệ", "religion_limit"),
        ("không nhận người có chồng", "marital_limit"),
        ("không tuyển ai nhiễm HIV", "hiv_limit"),
    ],
)
def test_whoever_is_turned_away_for_a_protected_ground_is_pointed_out(text: str, rule: str) -> None:
    """M15: who turns people away and the ground are read apart, so any wording of both is found."""
    assert rule in {flag.rule for flag in read(text).law_flags}


@pytest.mark.parametrize(
    ("text", "rotates"),
    [
        ("2 ca ngày và đêm, nửa tháng đổi", True),
        ("ca sáng, ca chiều, đổi hàng tuần", True),
        ("ga giường tuần thay 1 lần", None),
    ],
)
def test_shifts_that_change_by_the_week_rotate(text: str, rotates: object) -> None:
    assert value(read(text).rotating_shifts) == rotates


def test_a_day_ends_when_people_go_home() -> None:
    assert value(read("vào ca 6h sáng, tan ca lúc 2h chiều").hours_per_day) == 8


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Tuyển thợ đứng máy tiện", "7223"),
        ("Cần công nhân vận hành xe nâng kho", "8344"),
        ("Công ty giày Hoàng Anh tuyển lao động phổ thông", "8156"),
        ("Nhà máy mía tuyển lao động thời vụ", "8160"),
        ("Gara Minh Phát tuyển kế toán", "3313"),
        ("Cần người mò cua bắt ốc", "9206"),
        ("XÍ NGHIỆP MAY MẶC ĐẠI PHÚC TUYỂN DỤNG ĐỢT 2", "8153"),
    ],
)
def test_the_most_exact_name_of_the_work_comes_first(title: str, code: str) -> None:
    """A word for any worker, the employer's own trade or a living from one's own catch yields to the work itself."""
    assert str(read("Cần 60 công nhân, làm tại xã.", title=title).occupations[0].code) == code
