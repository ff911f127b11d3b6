"""What people mean is read however they say it: over a colon, in the next clause, as a question (X1)."""

import pytest

from tests.extraction.conftest import Read


def limits(read: Read, text: str) -> set[str]:
    return {m.code.value for m in read(text).constraints}


def needs(read: Read, text: str) -> set[str]:
    return {m.code.value for m in read(text).needs}


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("cụt 2 ngón tay phải", "limited_hand_use"),
        ("mat 3 ngon tay trai", "limited_hand_use"),
        ("mắt tui giờ coi lờ mờ", "low_vision"),
        ("Ngại: leo cao", "no_heights"),
        ("hoc lop xoa mu chua xong", "low_literacy"),
        ("em nuôi bố mẹ già", "eldercare"),
        ("bố em bảy lăm tuổi, yếu lắm", "eldercare"),
        ("chua dong du an phi", "debt"),
        ("còn phải trả góp xe", "debt"),
        ("chưa xoay đâu ra tiền học", "no_capital"),
        ("muốn làm gần chợ Tân Phước", "near_home_only"),
        ("Nguyện vọng: phụ bán hàng, gần trường Lê Lợi", "near_home_only"),
        ("người ta cứ soi cái quá khứ của em", "stigma_barrier"),
        ("nộp đơn mà họ thấy án tích là hẹn rồi bặt tin", "stigma_barrier"),
        ("đứa con ba tuổi", "childcare"),
        ("đêm thì xin thua", "no_night_shift"),
        ("chữ em quên sạch rồi", "low_literacy"),
        ("nhìn gần hông thấy", "low_vision"),
        ("hễ nghe em từng đi tù là chỗ nào cũng kiếm cớ", "stigma_barrier"),
    ],
)
def test_a_limit_is_read_however_it_is_said(read: Read, text: str, limit: str) -> None:
    assert limits(read, text) == {limit}


def test_all_that_a_label_denies_is_a_limit(read: Read) -> None:
    """A list under "cannot do" denies every item of it."""
    assert limits(read, "Không làm được: bốc vác, ca đêm") == {"no_heavy_lifting", "no_night_shift"}


@pytest.mark.parametrize(
    "text",
    [
        "gãy 1 chân năm ngoái, giờ lành rồi",
        "tay trái bị cụt ngón, vẫn làm được",
        "2 con nhỏ bà ngoại giữ",
        "nợ ngân hàng trả xong rồi",
        "nuôi ba lồng cá",
        "em nhìn lại quá khứ thấy hối hận",
        "trước phụ lò bún từ 2h sáng",
        "có chỗ ngủ thì đi luôn",
    ],
)
def test_what_is_over_minded_by_others_or_only_liked_is_no_limit(read: Read, text: str) -> None:
    assert not limits(read, text)


def test_an_ailment_that_leaves_only_light_work_stays_a_limit(read: Read) -> None:
    """ "Can do light work" does not say that a bad back is over."""
    assert limits(read, "đau lưng nhưng làm được việc nhẹ")


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Xin một chỗ làm cho đều", {"job"}),
        ("Mong muốn: vào xưởng mộc", {"job"}),
        ("gác kho hay rửa xe tui cũng nhận", {"job"}),
        ("cho em học nghề điện đi", {"training"}),
        ("muốn đổi nghề, học sửa xe", {"training"}),
        ("bằng hết hạn, phải thi lại", {"training"}),
        ("em muốn bán hàng hoặc học làm tóc", {"job", "training"}),
        ("cho hỏi có được mở quán không", {"legal_info"}),
        ("thẻ thương binh mất, giúp em làm lại", {"documents"}),
        ("nhờ hướng dẫn thủ tục cấp lại giấy tờ", {"documents"}),
        ("nhờ xã hỏi giùm chỗ nào cần người", {"job"}),
    ],
)
def test_a_need_is_read_however_it_is_asked_for(read: Read, text: str, need: set[str]) -> None:
    assert needs(read, text) == need


@pytest.mark.parametrize(
    "text",
    ["đêm thì em xin thua", "truyền nghề cho con rồi", "có được nghỉ chủ nhật không", "mất xe nên làm lại từ đầu"],
)
def test_what_is_handed_on_or_asked_of_the_work_is_no_need(read: Read, text: str) -> None:
    assert not needs(read, text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("tui là chủ quán nhậu nhỏ", "self_employed"),
        ("nhà em rèn dao ba đời", "self_employed"),
        ("đang làm thuê cho lò gạch", "casual"),
        ("hái cà phê theo vụ", "casual"),
        ("mới về chưa mần gì", "unemployed"),
        ("ngày trước là chủ tiệm vàng", "unknown"),
        ("làm công nhân với vợ ở Bình Dương", "unknown"),
    ],
)
def test_what_somebody_lives_on_is_read_from_whose_the_work_is(read: Read, text: str, status: str) -> None:
    assert read(text).employment_status.value == status


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Tôi năm mươi hai tuổi", 52),
        ("em hai mươi mốt tuổi", 21),
        ("từ năm mười sáu tuổi đã đi biển", None),
        ("đứa con ba tuổi", None),
    ],
)
def test_an_age_in_words_is_an_age(read: Read, text: str, age: int | None) -> None:
    assert read(text).age_stated == age


def test_con_may_be_who_speaks_or_a_child(read: Read) -> None:
    """Whoever calls themselves "con" from the first word on tells of their own schooling."""
    assert read("Con phơi cá mướn. Con học tới lớp 5").schooling_grade == 5
    assert read("Tui bán vé số, con học tới lớp 5").schooling_grade is None


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("học dở dang lớp 6", 6),
        ("e hok hết 10", 10),
        ("nghi hoc lop 7, gio o nha", 7),
        ("đón con học xong 7 rưỡi mới rảnh", None),
    ],
)
def test_a_grade_is_no_time_of_day(read: Read, text: str, grade: int | None) -> None:
    assert read(text).schooling_grade == grade


@pytest.mark.parametrize(
    ("text", "liked"),
    [
        ("muốn chỗ lấy tiền mặt hàng ngày", ["wants_daily_pay"]),
        ("kiem viec lam ban tgian", ["wants_part_time"]),
        ("chị làm giúp việc theo giờ", []),
    ],
)
def test_what_is_liked_of_a_job_is_not_what_a_trade_is_called(read: Read, text: str, liked: list[str]) -> None:
    assert [m.code.value for m in read(text).preferences] == liked


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("anh Y Bliu nói", ["Y Bliu"]),
        ("Già A Brol kể lại", ["A Brol"]),
        ("hạng A Cà Mau", []),
        ("nấu cho chục người ăn vô tư", []),
        ("nau cho chuc nguoi an vo tu", []),
        ("hồi ngồi trại em học may", ["hồi ngồi trại"]),
        ("bé út bị tự kỷ", ["bị tự kỷ"]),
    ],
)
def test_names_of_the_highlands_sentences_and_illnesses_are_hidden(read: Read, text: str, hidden: list[str]) -> None:
    assert [text[slice(*r.evidence)] for r in read(text).redactions] == hidden


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("bằng B2 sang năm mới hết hạn", "valid"),
        ("bằng B2 mới hết hạn tháng trước", "expired"),
        ("thích lái xe nâng nhưng chưa có chứng chỉ", "none"),
    ],
)
def test_a_licence_that_ends_later_is_valid_and_one_that_is_missing_is_none(read: Read, text: str, status: str) -> None:
    assert [m.status.value for m in read(text).licences] == [status]
