"""Promises about whose a trade is and how it is meant, where nothing but the words around it tells (X2, X5)."""

from collections.abc import Callable

import pytest

from matching.domain.profile import Profile

Read = Callable[[str], Profile]


def trades(profile: Profile) -> set[str]:
    return {f"{mention.code} {mention.assertion.value}" for mention in profile.occupations}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Chị dâu em biết may, em thì không.", set()),
        ("ck e la tho dien con e lap rap linh kien 3 nam", {"8202 experience"}),
        ("Anh ruột cháu chạy xe tải, cháu phụ hồ", {"9313 experience"}),
    ],
)
def test_who_is_named_right_after_a_relative_is_whose_relative_that_is(read: Read, text: str, told: set[str]) -> None:
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bạn rủ đi làm bảo vệ mà em không chịu. Muốn học hàn.", {"5401 refused", "7212 wish"}),
        ("Thằng bạn rủ đi câu mực, tôi say sóng nên từ chối", {"6223 refused"}),
        ("Bố cháu là thợ rèn nhưng cháu không thích nghề ấy", {"7221 refused"}),
        ("Nguyện vọng: kế toán, không nhận bán hàng", {"3313 wish", "5223 refused"}),
        ("Không bao giờ đi lặn nữa", {"7541 refused"}),
        ("Chưa bao giờ làm bảo vệ", set()),
    ],
)
def test_work_that_is_offered_and_turned_down_is_refused(read: Read, text: str, told: set[str]) -> None:
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    "text",
    [
        "Sơn gỗ 6 năm, giờ ngửi sơn chịu không nổi",
        "Làm thợ sơn gỗ, nhức đầu quá phải bỏ",
        "Sơn gỗ 6 năm, độc quá nên bỏ nghề",
    ],
)
def test_what_the_body_no_longer_bears_is_refused(read: Read, text: str) -> None:
    assert trades(read(text)) == {"7132 experience", "7132 refused"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ai cần người chăn bò thì tui làm", {"6121 wish"}),
        ("Chỗ nào cần thợ hàn thì giới thiệu giùm", {"7212 wish"}),
        ("Ai cho đan lục bình gia công thì nhận", {"7317 wish"}),
        ("Trước lái máy cày 6 năm. Ai cần người lái thì kêu.", {"8341 experience", "8341 wish"}),
        ("Trước sửa xe máy. Xin tiệm nào cho phụ để học thêm.", {"7231 experience", "7231 wish"}),
        ("Nuôi heo mướn 2 năm. Kiếm trại nào gần nhà.", {"9202 experience", "9202 wish"}),
    ],
)
def test_who_offers_to_take_work_wishes_for_it(read: Read, text: str, told: set[str]) -> None:
    assert trades(read(text)) == told


def test_a_move_that_somebody_else_made_was_made(read: Read) -> None:
    text = "Trước bán hàng, sau bị chuyển sang thu ngân. Thu ngân thì không làm nữa."
    assert trades(read(text)) == {"5223 experience", "5230 experience", "5230 refused"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Làm rẫy cà phê. Muốn vay 40 triệu đào giếng.", {"6112 experience"}),
        ("Thợ khoan giếng 5 năm. Vay 40 triệu mua máy khoan giếng.", {"8113 experience"}),
        ("Muốn vay 40 triệu mở đội khoan giếng", {"8113 wish"}),
    ],
)
def test_who_is_paid_from_a_loan_has_another_trade(read: Read, text: str, told: set[str]) -> None:
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nghề đúc đồng: làm khuôn, nấu đồng, rót đồng 12 năm", {"7211 experience"}),
        ("Cắt sầu riêng thuê (leo cây, gõ trái) 4 vụ", {"9201 experience"}),
        ("Nghề: phụ hồ, chạy xe ôm", {"9313 experience", "8321 experience"}),
        ("Làm hàn 3 năm. Ngoài ra: chạy xe ôm", {"7212 experience", "8321 experience"}),
    ],
)
def test_what_details_a_trade_is_no_other_trade(read: Read, text: str, told: set[str]) -> None:
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Xin học lấy chứng chỉ điều dưỡng", {"3221 wish"}),
        ("Chứng chỉ điều dưỡng bị mất, xin cấp lại", set()),
    ],
)
def test_a_paper_that_is_to_be_earned_tells_the_wish(read: Read, text: str, told: set[str]) -> None:
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Lái xe ben 5 năm. Cần việc lái xe.", {"8332 experience", "8332 wish"}),
        ("Lái xe ben 5 năm. Muốn chuyển qua lái xe con.", {"8332 experience", "8322 wish"}),
        ("Chạy xe ôm 5 năm. Cần việc lái xe.", {"8321 experience", "8322 wish"}),
        ("Muốn học lái xe, lái xe tải hạng C", {"8332 wish"}),
    ],
)
def test_driving_without_a_vehicle_is_the_driving_that_is_told(read: Read, text: str, told: set[str]) -> None:
    assert trades(read(text)) == told


def test_a_label_of_what_cannot_be_done_speaks_of_what_follows_it(read: Read) -> None:
    """X2: behind the colon stands what is meant, and the trade before it stays as it was told."""
    assert trades(read("Phụ hồ 3 năm. Không làm được: ca đêm")) == {"9313 experience"}
    assert trades(read("Phụ hồ 3 năm. Không làm được nữa")) == {"9313 experience", "9313 refused"}


def test_a_house_beside_a_factory_is_no_work_there(read: Read) -> None:
    assert not trades(read("Nhà ở gần công ty giày, chưa có việc"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Xin học sửa xe máy mà không biết chữ", {"7231 wish"}),
        ("Sửa xe máy thì không biết gì", set()),
        ("Làm bốc xếp 3 năm, giờ vác không nổi nữa", {"9333 experience"}),
        ("Làm bốc vác 3 năm, giờ vác không nổi nữa", {"9333 experience"}),
        ("Xin cho cháu đi học lái xe nâng", {"8344 wish"}),
        ("Đang học trung cấp kế toán, chưa đi làm", set()),
        ("Muốn học trung cấp kế toán", {"3313 wish"}),
    ],
)
def test_what_a_denial_a_lesson_or_a_failing_body_speaks_of(read: Read, text: str, told: set[str]) -> None:
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Một năm bỏ việc, rồi đi làm thợ hàn 4 năm", [4]),
        ("Học 6 tháng ở trung tâm, phụ điện lạnh 2 năm", [2]),
        ("Học may trong trại 2 năm", [2]),
        ("Quản lý quán ăn 3 năm rồi bị bắt", [3]),
        ("Làm thợ hàn, hợp đồng 6 tháng ký lại", [None]),
    ],
)
def test_years_are_those_of_the_work(read: Read, text: str, years: list[float | None]) -> None:
    """X6: lessons, contracts and what comes between are no years of a trade; a trade learnt inside has its years."""
    assert [mention.years for mention in read(text).occupations] == years


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Thợ xẻ gỗ 5 năm", set()),
        ("Đi bạn ghe giã cào 5 năm", {"trawl"}),
        ("Thợ may 5 năm, chạy máy một kim", {"sew_1needle"}),
        ("Không đứng bán nữa", set()),
        ("Thợ xây, cai một nhóm 5 thợ", {"team_lead"}),
    ],
)
def test_a_skill_says_more_than_the_trade(read: Read, text: str, skills: set[str]) -> None:
    """A part of a trade's name is no skill, but for the gear of fishers; what is refused is not offered."""
    assert {skill.code for skill in read(text).skills} == skills


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Học kế toán bỏ ngang, về chạy xe ôm", {"8321 experience"}),
        ("em hoc nghe han nua chung roi nghi", set()),
        ("Đang học lái xe tải chưa xong", set()),
        ("Học nghề may xong làm công ty may 2 năm", {"8153 experience"}),
    ],
)
def test_lessons_that_were_broken_off_make_no_trade(read: Read, text: str, told: set[str]) -> None:
    """X2: a trade that was given up before it was known is none."""
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Thích làm bếp hơn bưng bê", {"5120 wish"}),
        ("Muốn làm bảo vệ hơn là phụ hồ", {"5401 wish"}),
        ("Lái xe tải hơn 5 năm", {"8332 experience"}),
    ],
)
def test_of_what_is_less_liked_nothing_is_said(read: Read, text: str, told: set[str]) -> None:
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Phụ hồ hay bốc vác tôi đều nhận", {"9313 wish", "9333 wish"}),
        ("Bưng bê hoặc giữ xe em cũng chịu", {"5131 wish", "9629 wish"}),
        ("Muốn làm bảo vệ, không làm phụ hồ", {"5401 wish", "9313 refused"}),
        ("Lái xe con 5 năm. Xin lái taxi. Không lái xe tải", {"8322 experience", "8322 wish", "8332 refused"}),
        ("Muốn học hàn, chưa lái xe tải bao giờ", {"7212 wish"}),
        ("Xin việc gần nhà. Không phụ hồ nặng được", set()),
    ],
)
def test_what_would_be_taken_is_wished_and_what_a_wish_leaves_out_refused(
    read: Read, text: str, told: set[str]
) -> None:
    """X2: beside a wish a denied trade is refused; what cannot be done, or was never done, is not."""
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tòa cấm đảm nhiệm việc kế toán, thủ quỹ hai năm", {"3313 barred", "3316 barred"}),
        ("Làm lò gạch 2 năm nóng quá không chịu nổi", {"8181 experience", "8181 refused"}),
        ("Muốn đổi nghề, học lắp điện", {"7411 wish"}),
        ("Nguyện vọng: làm lại nghề may", {"8153 wish"}),
        ("neu khong vay duoc thi xin di phu ho", {"9313 wish"}),
        ("lái xe con. xin lai taxi", {"8322 experience", "8322 wish"}),
        ("vay 10tr mua 2 con de giong", {"6121 wish"}),
        ("Bảo vệ ca đêm 2 năm, thức đêm hết nổi rồi", {"5401 experience"}),
    ],
)
def test_a_bar_a_change_and_a_loan_speak_of_the_trades_beside_them(read: Read, text: str, told: set[str]) -> None:
    """X2: who is barred from a list is barred from all of it, and who borrows for animals wants to raise them."""
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bác làm thợ khảm trai ba mươi năm", {"7316 experience"}),
        ("Bác làm thợ mộc, còn em chạy xe ôm", {"8321 experience"}),
        ("Cạnh nhà có thợ hàn nên hay xem họ làm", set()),
        ("Làm bánh bỏ mối quán cà phê", {"7512 experience"}),
        ("Bưng bê quán trà sữa", {"5131 experience"}),
        ("quấn mô tơ", {"7412 experience"}),
        ("cong ty dong xuong nen that nghiep", set()),
        ("dong xuong ba la o Can Tho", {"7115 experience"}),
        ("Nhà em vừa chuyển trọ", set()),
        ("Chị sửa dien thoai ở chợ", {"7421 experience"}),
    ],
)
def test_whom_a_text_is_about_and_what_is_only_a_place_or_an_event(read: Read, text: str, told: set[str]) -> None:
    """X2, X5: the first word may name who is spoken of, customers and neighbours have trades of their own."""
    assert trades(read(text)) == told


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Làm tạp vụ trường học 5 năm", 5),
        ("Em học nghề may trong trại 18 tháng", 1.5),
        ("lai xe tai Bac Nam 11 nam", 11),
        ("Hấp cá theo mùa, tháng 3 đến tháng 9, mười hai mùa rồi", 12),
        ("Phụ hồ, nghỉ từ tháng 3 năm 2020", None),
    ],
)
def test_months_directions_and_schools_are_no_years(read: Read, text: str, years: float | None) -> None:
    """X3: what is counted is how long the work was done."""
    assert [mention.years for mention in read(text).occupations] == [years]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Phu ho 2 nam, co cho o thi em di luon", {"9313 experience"}),
        ("Bao lam sap be, xin vay tien gay lai be", set()),
        ("Trong luc cho, ai thue gi toi lam tam", set()),
        ("Dat ray 5 sao cam cho nguoi ta roi", set()),
        ("Chan de cho chu, o trong chuong trai luon", {"9202 experience"}),
        ("Toa cam cam lai toi thang 6 sang nam", {"8322 barred"}),
    ],
)
def test_everyday_words_without_accents_are_no_trades(read: Read, text: str, told: set[str]) -> None:
    """X5: "di luon" is no fishing for eels, nor "lam tam" the raising of silkworms."""
    assert trades(read(text)) == told
