"""Promises of reading a posting; all postings are invented."""

import json
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.offer import Opening
from matching.domain.posting import PostingRead
from matching.domain.vocabulary import WageUnit
from matching.extraction.posting import PostingReader
from matching.jsonl import plain
from matching.law import current_law
from matching.taxonomy.release import current_taxonomy

ADS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "invented_postings.jsonl").read_text(encoding="utf-8").splitlines()
]

READER = PostingReader(current_taxonomy(), current_law())


def read(text: str, title: str = "Tuyển dụng", as_of: date = date(2026, 11, 23), **fields: Any) -> PostingRead:
    return READER.read(Opening(offer_id="J", title=title, text=text, **fields), as_of=as_of)


def wage(text: str) -> tuple[int | None, int | None, str, bool] | None:
    found = read(text).wage
    return None if found is None else (found.min_vnd, found.max_vnd, str(found.unit), found.negotiable)


def ages(text: str) -> tuple[int | None, int | None] | None:
    found = read(text).age
    return None if found is None else (found.min, found.max)


def value(found: Any) -> Any:
    return None if found is None else found.value


def said(read: PostingRead, text: str) -> Any:
    """What was read, with the words in place of the spans; lower case, NFC."""

    def words(record: Any) -> Any:
        if isinstance(record, dict):
            kept = {k: v for k, v in record.items() if k not in ("evidence", "confidence")}
            span = record.get("evidence")
            quoted = unicodedata.normalize("NFC", text[slice(*span)]).lower() if span else None
            return {k: words(v) for k, v in kept.items()} | {"quoted": quoted}
        return [words(item) for item in record] if isinstance(record, list | tuple) else record

    return words(plain(read))


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("10 - 12 triệu\nGia công theo bản vẽ", (10_000_000, 12_000_000, "month", False)),
        ("Từ 10.5 triệu\nLái xe 7 chỗ", (10_500_000, None, "month", False)),
        ("Tới 25 triệu\nQuản lý xưởng", (None, 25_000_000, "month", False)),
        ("Thoả thuận\nBảo trì kho", (None, None, "unknown", True)),
        ("24 k - 25 k /giờ\nPha chế", (24_000, 25_000, "hour", False)),
        ("500 - 700 USD\nTrực tổng đài", (None, None, "month", False)),
        ("0.0 - 0.0\nLương trả theo sản phẩm", None),
        ("Lương 8-10tr", (8_000_000, 10_000_000, "month", False)),
        ("luong 300-350/ngay", (300_000, 350_000, "day", False)),
        ("Lương: 7.000.000 -> 9.000.000đ", (7_000_000, 9_000_000, "month", False)),
        ("lương 8-10, bao ăn", (8_000_000, 10_000_000, "month", False)),
        ("Lương từ 8tr trở lên", (8_000_000, None, "month", False)),
        ("Lương cứng 5-6tr + hoa hồng", (5_000_000, 6_000_000, "month", False)),
        ("Lương cơ bản 5tr, tổng thu nhập 9-13 triệu", (9_000_000, 13_000_000, "month", False)),
        ("Lương 8 triệu (thỏa thuận theo tay nghề)", (8_000_000, 8_000_000, "month", True)),
        ("Thử việc 2 tháng lương 4 triệu, chính thức 7 triệu", (7_000_000, 7_000_000, "month", False)),
        ("130k/ca, ca sáng 5h-10h", (130_000, 130_000, "day", False)),
        ("Khoán 1.500đ/kg", (1_500, 1_500, "piece", False)),
        ("Thưởng chuyên cần 500k, phụ cấp cơm 30k/ngày", None),
        ("Lương theo năng lực, đóng BHXH đầy đủ", None),
    ],
)
def test_a_wage_is_read_in_every_layout(text: str, stated: object) -> None:
    """M15, X1: the salary column wins; bonuses are no wage; dollars are not converted."""
    assert wage(text) == stated


def test_a_salary_column_by_agreement_leaves_the_sum_to_the_title() -> None:
    found = read("Thoả thuận\nSoạn hàng trong kho", title="Nhân viên phụ kho upto 10 triệu").wage
    assert found is not None
    assert (found.min_vnd, found.max_vnd, found.negotiable) == (None, 10_000_000, True)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Tuổi 18-45", (18, 45)),
        ("nam nu tu 18 den 45 tuoi", (18, 45)),
        ("dưới 40 tuổi", (None, 39)),
        ("không quá 45 tuổi", (None, 45)),
        ("Trên 18 tuổi", (18, None)),
        ("từ 18 tuổi trở lên", (18, None)),
        ("Tuổi tối thiểu: 18\nTuổi tối đa: 40", (18, 40)),
        ("Nam 18t - 40t, nữ 18t-35t", (18, 40)),
        ("Sinh năm 1990-2005", (21, 36)),
        ("Sinh từ 2000 trở lại đây, sn 2000 trở lại", (None, 26)),
        ("Không nhận người dưới 18 tuổi", (18, None)),
        ("Trên 45 tuổi miễn liên hệ", (None, 45)),
        ("Ưu tiên tuổi dưới 25 tuổi", None),
        ("chăm bé 2 tuổi, ông cụ 85 tuổi", None),
        ("Lương 20-30 triệu, 15-20 đơn/ngày", None),
    ],
)
def test_ages_asked_for(text: str, stated: object) -> None:
    assert ages(text) == stated


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Không yêu cầu kinh nghiệm", 0),
        ("k cần kn", 0),
        ("Kinh nghiệm: Không yêu cầu", 0),
        ("Chưa có tay nghề sẽ được đào tạo", 0),
        ("Tối thiểu 1 năm kinh nghiệm", 1),
        ("Kinh nghiệm từ 3-5 năm", 3),
        ("có kinh nghiệm CSKH >3 tháng", 0.25),
        ("Có ít nhất 02 năm, biết vận hành", 2),
        ("5+ năm kinh nghiệm", 5),
        ("Ưu tiên ứng viên có 2 năm kinh nghiệm", None),
        ("Có 1 năm kinh nghiệm là lợi thế", None),
        ("Hợp đồng 1 năm, thử việc 2 tháng", None),
        ("Có kinh nghiệm ở chức vụ tương đương", None),
    ],
)
def test_years_asked_for(text: str, years: float | None) -> None:
    assert value(read(text).min_years) == years


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Tốt nghiệp Trung cấp/Cao đẳng/Đại học", 9),
        ("Tốt nghiệp Cao đẳng trở lên", 12),
        ("Học vấn: 9/12 trở lên", 9),
        ("Tốt nghiệp trung cấp hoặc lao động phổ thông có trình độ văn hóa từ lớp 8/12", 8),
        ("Tốt nghiệp PTTH", 12),
        ("Không yêu cầu bằng cấp", 0),
        ("Trình độ: không yêu cầu", 0),
        ("Ưu tiên tốt nghiệp cao đẳng", None),
        ("Sinh viên các trường đại học", None),
        ("Gần trường tiểu học", None),
    ],
)
def test_schooling_follows_the_conventions_of_the_gold(text: str, grade: int | None) -> None:
    assert value(read(text).min_schooling_grade) == grade


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Có bằng lái xe từ B2 trở lên", ["driving_B2"]),
        ("Bằng lái ô tô, tối thiểu C", ["driving_C"]),
        ("GPLX hạng C hoặc E", ["driving_C"]),
        ("Có chứng chỉ lái xe nâng", ["forklift"]),
        ("Tốt nghiệp bậc nghề 3/7", ["trade_certificate"]),
        ("Có chứng chỉ vận hành lò hơi", ["trade_certificate"]),
        ("Tốt nghiệp trung cấp", []),
        ("Ưu tiên có bằng C", []),
        ("Có bằng lái ô tô (ưu tiên)", []),
        ("có chứng chỉ 3G được cộng phụ cấp", []),
        ("Giao hàng bằng xe máy", []),
        ("Khách sạn hạng A, căn hộ hạng B", []),
        ("Sẽ được đào tạo chứng chỉ vận hành xe nâng", []),
    ],
)
def test_only_required_licences_are_read(text: str, codes: list[str]) -> None:
    assert [str(asked.code) for asked in read(text).licences_required] == codes


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Nam, khỏe mạnh", "male"),
        ("Giới tính: Nữ", "female"),
        ("cần 5 nam bốc xếp", "male"),
        ("can 5 nam boc xep", "male"),
        ("Nam/nữ", "none"),
        ("Nam, nữ tuổi từ 18", "none"),
        ("Ưu tiên nam", "none"),
        ("Giới tính: không yêu cầu, ưu tiên Nam", "none"),
        ("bán quần áo nữ ở miền Nam", "none"),
        ("kinh nghiem 2 nam tro len", "none"),
        ("không tuyển nam", "female"),
    ],
)
def test_a_sex_clause_is_what_is_asked_not_what_is_preferred(text: str, sex: str) -> None:
    assert str(read(text).gender_clause.value) == sex


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Lý lịch rõ ràng", "soft"),
        ("không vi phạm pháp luật", "soft"),
        ("ly lich trong sach", "soft"),
        ("Không tiền án, tiền sự", "hard"),
        ("Nộp phiếu lý lịch tư pháp", "hard"),
        ("Hồ sơ: sơ yếu lý lịch, CCCD", "none"),
        ("theo dõi phiếu lý lịch máy", "none"),
        ("quản lý lịch làm việc", "none"),
        ("triển khai dự án tích hợp", "none"),
        ("Không yêu cầu lý lịch tư pháp", "none"),
        ("theo quy định của pháp luật", "none"),
    ],
)
def test_a_record_clause_is_no_paper_and_no_project(text: str, clause: str) -> None:
    assert str(read(text).record_clause.value) == clause


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("bao ăn ở", "housing", True),
        ("có chỗ ở cho người ở xa", "housing", True),
        ("tự túc chỗ ở", "housing", False),
        ("Hỗ trợ tiền nhà trọ 300k", "housing", None),
        ("phụ cấp ăn trưa 30k/ngày", "meals", True),
        ("không bao ăn", "meals", False),
        ("Nấu cơm trưa cho thợ", "meals", None),
        ("có xe đưa rước công nhân", "transport_provided", True),
        ("Lái xe đưa đón nhân viên", "transport_provided", None),
        ("hỗ trợ xăng xe", "transport_provided", None),
        ("chưa biết việc được hướng dẫn", "trains_on_job", True),
        ("Tổ chức đào tạo nhân viên mới", "trains_on_job", None),
        ("Ưu tiên người được đào tạo từ công ty bảo vệ", "trains_on_job", None),
        ("xoay ca", "rotating_shifts", True),
        ("Nghỉ luân phiên", "rotating_shifts", None),
        ("làm việc theo ca", "rotating_shifts", None),
        ("ca gãy 9-14, 17-22", "rotating_shifts", None),
        ("ca ngày/ đêm", "night_shift", True),
        ("Làm từ 18h đến 6h sáng", "night_shift", True),
        ("không làm ca đêm", "night_shift", False),
        ("8h-17h", "night_shift", None),
        ("12 tiếng/ngày", "hours_per_day", 12),
        ("8h - 17h", "hours_per_day", 8),
        ("7h30 - 11h30 và 13h - 17h", "hours_per_day", 8),
        ("7h30-17h, nghỉ trưa 1 tiếng", "hours_per_day", 8.5),
        ("Tăng ca 2-4 tiếng/ngày", "hours_per_day", None),
        ("Nộp hồ sơ từ 8h-17h", "hours_per_day", None),
        ("đặt cọc 500k tiền đồng phục", "deposit_asked", True),
        ("không cọc", "deposit_asked", False),
        ("tư vấn khách đặt cọc căn hộ", "deposit_asked", None),
    ],
)
def test_terms_are_read_where_they_are_the_workers(text: str, field: str, expected: object) -> None:
    assert value(getattr(read(text), field)) == expected


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("Nhân viên trực tin nhắn với tài xế", "", "4222"),
        ("CẦN NGƯỜI GẤP", "Cần tuyển 5 thợ hàn làm tại xưởng", "7212"),
        ("Quán cà phê cần người", "Cần 2 bạn nữ phục vụ, ca sáng", "5131"),
        ("Công nhân nhà máy", "Cần tuyển công nhân giày da", "8156"),
        ("tuyen cong nhan may", "may hang thun, an san pham", "8153"),
    ],
)
def test_the_best_unit_group_is_the_work_that_is_sought(title: str, text: str, code: str) -> None:
    assert read(text, title=title).occupations[0].code == code


def test_a_title_the_lexicon_misses_goes_to_the_back_off() -> None:
    """X1: never a silent guess: the confidence tells that it is one."""
    found = read("", title="Đóng thùng xoài sấy xuất khẩu").occupations
    assert 0 < len(found) <= 5
    assert sum(o.confidence for o in found) <= 1


@pytest.mark.parametrize("ad", ADS[::3], ids=lambda ad: ad["offer_id"])
@pytest.mark.parametrize("form", ["NFD", "upper"])
def test_form_and_case_cost_nothing(ad: dict[str, Any], form: str) -> None:
    """X1: spans count in the text as given, NFC or NFD."""
    change: Callable[[str], str] = str.upper if form == "upper" else lambda t: unicodedata.normalize("NFD", t)
    title, text = ad["title"], ad["text"]
    plain_read = said(read(text, title=title), f"{title}\n{text}")
    other = said(read(change(text), title=change(title)), f"{change(title)}\n{change(text)}")
    assert other == plain_read


@given(title=st.text(max_size=60), text=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_without_fault_and_spans_lie_in_it(title: str, text: str) -> None:
    """X1: hostile text gives a read, never an exception."""
    found = read(text, title=title)
    length = len(title) + 1 + len(text)
    fields = (getattr(found, name) for name in found.__slots__)
    for field in fields:
        for record in field if isinstance(field, tuple) else (field,):
            span = getattr(record, "evidence", None)
            assert span is None or 0 <= span[0] < span[1] <= length


def test_an_empty_posting_says_nothing() -> None:
    assert read("", title="") == PostingRead(offer_id="J")


def test_a_wage_by_the_fields_is_not_copied_into_the_read() -> None:
    assert read("Phụ hồ", wage_min_vnd=300_000, wage_unit=WageUnit.DAY).wage is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$700 - $1000", (None, None, "month", False)),
        ("Lương 4 triệu 5/tháng, ở tập thể", (4_500_000, 4_500_000, "month", False)),
        ("Gia công tại nhà 12.000đ/bộ", (12_000, 12_000, "piece", False)),
        ("Cắt mía 60.000đ/tấn, vác lên xe 75.000đ/tấn", (60_000, 75_000, "piece", False)),
        ("Lương cứng 5 triệu + hoa hồng, tổng 9-14 triệu", (9_000_000, 14_000_000, "month", False)),
        ("Ăn chia: tàu 5 phần, bạn 5 phần", (None, None, "share", False)),
        ("Thương lượng theo tay nghề, thưởng 5%", (None, None, "unknown", True)),
    ],
)
def test_wages_are_read_in_the_layouts_of_small_employers(text: str, expected: tuple[Any, ...]) -> None:
    """M15, X1: signs before the sum, spoken tenths, rates for pieces, totals beside a base, shares of a catch."""
    assert wage(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yêu trẻ con, không quá 50 tuổi", (None, 50)),
        ("Không nhận người dưới 18", (18, None)),
        ("Làm tối. 18+.", (18, None)),
        ("Thu nhập trên 18, ca ngày", None),
        ("Độ tuổi từ 2000-1985", (26, 41)),
    ],
)
def test_whose_age_is_told_by_its_own_clause(text: str, expected: tuple[int | None, int | None] | None) -> None:
    assert ages(text) == expected


@pytest.mark.parametrize(
    ("text", "trained"),
    [
        ("Chưa biết pha trà quán chỉ", True),
        ("Không cần kinh nghiệm, thợ cũ kèm", True),
        ("Không yêu cầu bằng cấp, nhà hàng đào tạo", True),
        ("Việc nhẹ, hướng dẫn 2 ngày đầu", True),
        ("Quản lý hướng dẫn khách gửi xe", None),
        ("Đã qua đào tạo 3 tháng", None),
    ],
)
def test_training_is_told_by_who_teaches_or_for_how_long(text: str, trained: bool | None) -> None:
    assert value(read(text).trains_on_job) == trained


def test_sexes_that_are_welcome_are_not_demanded() -> None:
    assert read("Người già, phụ nữ, sinh viên đều làm được").gender_clause.value == "none"
    assert read("Cần chị 35-50 tuổi nấu ăn").gender_clause.value == "female"


def test_years_are_those_of_the_work_or_of_beginners_turned_away() -> None:
    assert value(read("Cắt may được 2 năm trở lên").min_years) == 2
    assert value(read("Không nhận thợ dưới 1 năm kinh nghiệm").min_years) == 1
    assert read("Thử việc dưới 1 năm").min_years is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [("Làm 8h-13h và 16h-22h", 11), ("Sáng 7h chiều 5h nghỉ trưa 2 tiếng", 8), ("Ca 6h-12h hoặc 12h-18h", 6)],
)
def test_a_day_in_two_halves_counts_as_one(text: str, hours: float) -> None:
    assert value(read(text).hours_per_day) == hours
