"""Promises of reading a survey; all sentences are invented."""

import json
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.domain.vocabulary import NeedCode
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy
from matching.text.fold import fold

Read = Callable[[str], Profile]

TEXTS = (
    "Thợ hồ 8 năm, xây tô được hết. Cần việc gần nhà.",
    "Tui đi bạn ghe câu 5 năm, giờ muốn học sửa xe máy",
    "Vợ tui bán cá ngoài chợ còn tui thì chạy xe ôm, muốn vay 15 triệu mua xe",
    "Lái xe tải 10 năm, bằng C hết hạn rồi. Nguyện vọng: lái xe",
    "Hổng biết hàn, chỉ biết phụ hồ, cắt cỏ mướn",
    "Làm công nhân may 3 năm ở Bình Dương, có con nhỏ không làm ca đêm được",
    "cạo mủ cao su mướn, mùa mưa thì nghỉ. Xin mượn quỹ 20tr nuôi bò, trả góp mỗi tháng 1 triệu",
)


def trades(profile: Profile) -> set[tuple[str, str]]:
    return {(m.code, m.assertion.value) for m in profile.occupations}


def facts(profile: Profile) -> list[tuple[int, int]]:
    """Every span of evidence in a profile."""
    lists = (profile.occupations, profile.skills, profile.licences, profile.needs, profile.constraints)
    spans = [m.evidence for found in lists for m in found]
    spans += [m.evidence for found in (profile.preferences, profile.redactions, profile.questions) for m in found]
    return spans + ([profile.loan.evidence] if profile.loan else [])


def without_spans(profile: Profile) -> tuple[object, ...]:
    """What was read, without where it stands."""
    return (
        profile.employment_status,
        [(m.code, m.assertion, m.years) for m in profile.occupations],
        [m.code for m in profile.skills],
        [(m.code, m.status) for m in profile.licences],
        [m.code for m in profile.needs],
        (profile.loan.amount_vnd, profile.loan.purpose) if profile.loan else None,
        [m.code for m in profile.constraints],
        [m.code for m in profile.preferences],
        profile.schooling_grade,
        profile.age_stated,
        [m.kind for m in profile.redactions],
    )


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_fact_points_into_the_text_as_given(read: Read, text: str, form: str) -> None:
    """X1: the span holds whole words of the text, in NFC and in NFD."""
    given_text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    for start, end in facts(read(given_text)):
        assert 0 <= start < end <= len(given_text)
        assert given_text[start].isalnum()
        following = given_text[end : end + 1]
        assert not unicodedata.combining(following or " ")
        assert not (following.isalnum() and given_text[end - 1].isalnum())


@pytest.mark.parametrize(
    "text", ["", "   ", "...", "asdf qwer zxcv", "The quick brown fox", "你好，世界", "12345", "😀😀"]
)
def test_empty_nonsense_and_foreign_text_give_an_empty_profile(read: Read, text: str) -> None:
    """X2: never a guess."""
    assert without_spans(read(text)) == without_spans(Profile(person_id="P1"))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """X1, X2: whatever is typed, spans stay inside the text."""
    for start, end in facts(_READER.read(Survey(person_id="P", text=text, surveyed_on=date(2026, 11, 2)))):
        assert 0 <= start < end <= len(text)


_READER = SurveyReader(current_taxonomy())


@pytest.mark.parametrize("text", TEXTS)
def test_unicode_form_case_and_tone_position_do_not_matter(read: Read, text: str) -> None:
    """X3."""
    expected = without_spans(read(text))
    assert without_spans(read(unicodedata.normalize("NFD", text))) == expected
    assert without_spans(read(text.upper())) == expected
    assert without_spans(read(text.replace("hoà", "hòa").replace("khoẻ", "khỏe"))) == expected


@pytest.mark.parametrize("text", TEXTS)
def test_without_accents_a_trade_is_read_or_asked_about(read: Read, text: str) -> None:
    """X4: what cannot be told apart becomes a question, not another trade."""
    bare = read(fold(text))
    asked = {code for question in bare.questions for code in question.candidates}
    lost = {code for code, _ in trades(read(text))} - {code for code, _ in trades(bare)}
    assert lost <= asked


def test_context_tells_a_tailor_from_a_mechanic_else_it_is_asked(read: Read) -> None:
    """X4."""
    assert trades(read("truoc lam tho may, may quan ao, do vai")) >= {("7531", "experience")}
    assert trades(read("lam tho may tau ca, may dau hu gi cung sua")) >= {("7233", "experience")}
    alone = read("lam tho may 4 nam")
    assert trades(alone) == set()
    assert {"7531", "7233"} <= set(alone.questions[0].candidates)


@pytest.mark.parametrize(
    "text",
    ["Vợ tôi làm may", "chồng tui đi biển", "Bố em làm thợ xây", "Không biết hàn", "hổng biết lái xe tải",
     "chưa từng làm phụ hồ", "k biet sua xe"],
)  # fmt: skip
def test_the_trade_of_another_and_denied_trades_are_not_the_persons(read: Read, text: str) -> None:
    """X5."""
    assert trades(read(text)) == set()


def test_a_guard_of_a_depot_is_a_guard(read: Read) -> None:
    """X5: what the employer sells is not the person's trade."""
    assert trades(read("đang làm bảo vệ cho vựa thanh long")) == {("5401", "experience")}


def test_wish_refusal_and_experience_are_told_apart(read: Read) -> None:
    """M8 begins here."""
    assert trades(read("Thợ hồ 5 năm, muốn học sửa điện thoại")) == {("7112", "experience"), ("7421", "wish")}
    assert ("6223", "refused") in trades(read("Không muốn đi biển nữa, xin làm bảo vệ"))
    assert ("5401", "wish") in trades(read("Không muốn đi biển nữa, xin làm bảo vệ"))
    assert trades(read("Đi lặn sò 10 năm, giờ bỏ rồi")) == {("7541", "experience"), ("7541", "refused")}


def test_sums_of_money_keep_their_role(read: Read) -> None:
    """X6: principal, instalment, wage and debt."""
    loan = read("xin vay 18 triệu mua lưới, trả góp mỗi tháng 1 triệu").loan
    assert loan is not None and loan.amount_vnd == 18_000_000
    assert read("lương 6 triệu, muốn tìm chỗ khá hơn").loan is None
    assert read("còn nợ 12 triệu chưa trả").loan is None


def test_years_belong_to_the_trade_and_not_to_licences_or_seats(read: Read) -> None:
    """X6."""
    assert [m.years for m in read("bằng C hết hạn 2 năm, lái xe tải 10 năm").occupations] == [10]
    assert [m.years for m in read("chạy xe 7 chỗ được 5 năm").occupations] == [5]
    assert [m.years for m in read("phụ hồ 1 năm, cạo mủ 3 năm").occupations] == [1, 3]
    assert [m.years for m in read("làm phụ hồ từ năm 2020").occupations] == [6]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("có bằng C", {("driving_C", "valid")}),
        ("bằng C hết hạn rồi", {("driving_C", "expired")}),
        ("bằng lái B2 bị mất", {("driving_B2", "lost")}),
        ("co GPLX A1", {("driving_A1", "valid")}),
        ("bằng A1, B2 còn hạn", {("driving_A1", "valid"), ("driving_B2", "valid")}),
        ("có chứng chỉ hàn 3G nhưng mất giấy rồi", {("welding_3g", "lost")}),
        ("muốn thi bằng C", set()),
        ("vitamin C, lớp B", set()),
    ],
)
def test_licences_are_read_with_their_status(read: Read, text: str, expected: set[tuple[str, str]]) -> None:
    """X7."""
    assert {(m.code.value, m.status.value) for m in read(text).licences} == expected


def test_stigma_is_found_and_innocent_words_are_left(read: Read) -> None:
    """X8."""

    def hidden(text: str) -> list[str]:
        return [text[slice(*r.evidence)] for r in read(text).redactions if r.kind == "stigma"]

    assert hidden("Mới ra tù về, biết làm hồ") and hidden("moi ra tu ve, biet lam ho")
    assert hidden("nuôi tôm ở trại giống Vĩnh Tân, trại heo dẹp rồi") == []
    assert hidden("dự án tích hợp của công ty") == []


def test_words_of_stigma_are_hidden_to_their_last(read: Read) -> None:
    """X8, P2: where two phrases overlap, neither leaves a tail to read."""
    text = "đang thụ án treo, biết phụ hồ"
    assert [text[slice(*r.evidence)] for r in read(text).redactions] == ["đang thụ án treo"]


def test_a_colon_opens_a_list_of_wishes_and_years_close_it(read: Read) -> None:
    assert ("7533", "wish") in trades(read("giờ chỉ muốn làm gì trên bờ: vá lưới, phơi cá"))
    assert ("8341", "experience") in trades(read("muốn học sửa xe máy, lái máy cày 3 năm"))


def test_personal_data_is_found(read: Read) -> None:
    """X8."""
    text = "Tên Nguyễn Văn Thí, sđt 0900 000 321, CCCD 060000000099, ở Võ Xu"
    found = {text[slice(*r.evidence)] for r in read(text).redactions if r.kind == "pii"}
    assert {"Nguyễn Văn Thí", "0900 000 321", "060000000099"} <= found
    assert not any("Võ Xu" in stretch for stretch in found)


def test_a_need_that_is_not_stated_is_not_guessed(read: Read) -> None:
    """X9."""
    assert read("bán vé số, chân yếu").needs == ()
    assert [n.code for n in read("Không có nhu cầu gì, thu nhập ổn").needs] == [NeedCode.NONE]


def test_the_effect_of_a_limit_is_kept_with_its_time(read: Read) -> None:
    """X10: when, not why."""
    times = {c.time for c in read("Sáng nào cũng phải tới trạm tới 8 giờ mới xong").constraints}
    assert "08:00" in times


def test_a_solved_limit_is_no_limit(read: Read) -> None:
    assert "childcare" not in {c.code.value for c in read("có con nhỏ gửi bà ngoại được").constraints}
    assert "no_heights" not in {c.code.value for c in read("không sợ độ cao").constraints}


SHARED = Path(__file__).parents[3] / "shared" / "data" / "surveys" / "dev_gold.jsonl"


@pytest.mark.skipif(not SHARED.exists(), reason="the development set is not part of the project")
def test_all_forms_of_the_development_texts_give_spans_and_one_profile(read: Read) -> None:
    """X1, X3 over all development texts."""
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        profile = read(text)
        decomposed = unicodedata.normalize("NFD", text)
        assert without_spans(read(decomposed)) == without_spans(profile)
        for start, end in facts(profile):
            assert text[start:end].strip() == text[start:end] != ""


def test_names_after_titles_and_addresses_are_personal(read: Read) -> None:
    """X8, P2: nicknames and orders of birth name a person to a village; places and kin alone do not."""

    def personal(text: str) -> list[str]:
        return [text[slice(*r.evidence)] for r in read(text).redactions if r.kind == "pii"]

    assert personal("làm công cho cai Tư Lợi, phụ chú Ba Đen") == ["Tư Lợi", "Ba Đen"]
    assert personal("Họ và tên: LÊ THỊ BÉ NA\nĐịa chỉ: 12/5 hẻm 3, phường Tân An\nNghề: phụ hồ") == [
        "LÊ THỊ BÉ NA",
        "12/5 hẻm 3, phường Tân An",
    ]
    assert personal("từng ở Bà Rịa, phụ ông anh, theo chú đi Quang Ninh") == []


def test_work_that_is_done_now_tells_the_status(read: Read) -> None:
    """X9: nothing is guessed from work of the past or from a wish."""
    assert read("đang lột tôm cho công ty, lương 6 triệu").employment_status == "employed"
    assert read("nuôi bò sữa, muốn vay 30 triệu mua thêm bò").employment_status == "self_employed"
    assert read("hồi trước nuôi bò sữa, muốn vay 30 triệu").employment_status == "unknown"
    assert read("lái xe tải 5 năm, muốn đi làm thuê gần nhà").employment_status == "unknown"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("làm cỏ cà phê thuê cho bà con", "casual"),
        ("rửa chén cho quán phở, ngày được 200 ngàn", "casual"),
        ("giờ đi làm thuê cho trang trại heo, lương 6 triệu", "employed"),
        ("trước đi làm thuê, vác lúa mướn. Giờ kiếm việc", "unknown"),
        ("phụ hồ thuê 6 năm, muốn học hàn", "unknown"),
        ("cắt tóc vỉa hè 7 năm, cần vay 10 triệu mua ghế", "self_employed"),
        ("cắt tóc 7 năm, cần vay 10 triệu mở tiệm", "unknown"),
        ("may giày 6 năm, công ty giảm người. Kiếm chỗ khác", "unemployed"),
        ("Anh họ đi làm thuê, em thì học lớp 9", "unknown"),
    ],
)
def test_how_work_is_paid_tells_the_status(read: Read, text: str, status: str) -> None:
    """X9: pay by the day, a monthly wage and a loan for work that goes on tell; past, kin and plans do not."""
    assert read(text).employment_status == status


def test_years_with_months_and_ages_of_long_ago(read: Read) -> None:
    """X6: two years and six months are 2.5; an age one began at is not the age now."""
    assert [m.years for m in read("thợ hàn 2 năm 6 tháng").occupations] == [2.5]
    profile = read("phụ hồ từ 16 tuổi, nghỉ học từ năm lớp 8")
    assert profile.age_stated is None and profile.schooling_grade is None
    assert "minor" not in {c.code.value for c in profile.constraints}


def test_what_names_a_trade_is_not_a_skill_beside_it(read: Read) -> None:
    assert [m.code for m in read("chạy xe ôm 3 năm").skills] == []
    assert "weld_stick" in [m.code for m in read("thợ hàn 5 năm, hàn que được").skills]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Muốn vay 20t mua bò", 20_000_000),
        ("Cần vốn 15tr mở tiệm", 15_000_000),
        ("Nguyện vọng: vay vốn. Vốn: 25 triệu", 25_000_000),
        ("Cần vốn mua phân: khoảng 35 triệu. Đã vay hội 10 triệu", 35_000_000),
        ("muon chuoc lai xe ba gac 8 trieu de cho hang", 8_000_000),
    ],
)
def test_the_sum_of_a_loan_is_read_as_officers_write_it(read: Read, text: str, amount: int) -> None:
    """X4: "20t" is money beside a loan, and a label with a colon names its sum."""
    profile = read(text)
    assert profile.loan is not None and profile.loan.amount_vnd == amount
    assert profile.age_stated is None


def test_to_redeem_a_thing_is_no_loan_without_a_sum(read: Read) -> None:
    assert read("Muốn chuộc lại bằng lái bị giữ, đang tìm việc").loan is None


def test_a_bar_on_driving_closes_the_driving_that_was_done(read: Read) -> None:
    for court in ("Tòa cấm lái 2 năm", "Toa cam lai 2 nam", "Bị tòa cấm hành nghề lái xe 2 năm"):
        assert ("8331", "barred") in trades(read(f"Chạy xe khách 7 năm. {court}."))


def test_a_time_before_work_is_no_stigma(read: Read) -> None:
    assert not read("Hồi chưa đi làm công nhân thì chăn bò").redactions
    assert read("Hồi chưa đi, tôi chạy xe ba gác").redactions


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("thợ mộc 5 năm, xin 10tr mua máy cưa", {"loan", "equipment"}),
        ("xin xã hỗ trợ cái xe đạp", {"equipment"}),
        ("muốn lái xe tải", {"job"}),
        ("xin việc ở xưởng đóng tàu", {"job"}),
        ("xin ông chủ xưởng cho làm lại", {"job"}),
        ("cần ai mua gùi thì làm", set()),
        ("mất căn cước chưa làm lại", {"documents"}),
        ("sắp thi lại bằng C", set()),
        ("muốn vô xưởng học đứng máy", {"training"}),
        ("về quê chưa kiếm được việc, muốn học lái xe nâng", {"training"}),
        ("hỏi vậy có đúng luật không, không thì xin làm giao hàng", {"legal_info", "job"}),
    ],
)
def test_needs_are_told_apart(read: Read, text: str, needs: set[str]) -> None:
    """X9: tools, papers that are missing, wishes without a known trade; nothing under way or for others."""
    assert {need.code for need in read(text).needs} == needs


def test_a_range_is_lent_to_its_end(read: Read) -> None:
    """X6: "40-50tr" asks for 50; an old debt is no new loan."""
    loan = read("nuôi vịt, xin vay 40-50tr").loan
    assert loan is not None
    assert loan.amount_vnd == 50_000_000
    assert read("xin miễn giảm lãi vay ngân hàng cũ 20 triệu").loan is None
