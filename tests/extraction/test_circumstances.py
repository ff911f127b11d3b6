"""What limits a person, told by places, ages, distances and refusals, and what is no limit of theirs."""

import pytest

from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("xin vào tiệm sửa điện lạnh trong xã", {"near_home_only"}),
        ("kiếm chỗ làm quanh đảo", {"near_home_only"}),
        ("muốn đi làm cách dưới 10 cây số", {"near_home_only"}),
        ("gần đây mới học nghề hàn", set()),
        ("xin việc trong nhà hàng", set()),
        ("xin vào công ty cạnh làng", {"near_home_only"}),
        ("đan giỏ ở nhà thôi", {"home_based_only"}),
        ("muốn nhận đơn về làm ở nhà", {"home_based_only"}),
        ("vay 10 triệu nhận may tại nhà hàng xóm", set()),
        ("em có con 4 tháng không ai trông", {"childcare"}),
        ("con trai 29 tuổi đi làm xa", set()),
        ("bằng FC hạn còn 14 tháng", set()),
        ("trung tâm từ chối vì biết chuyện cũ", {"stigma_barrier"}),
        ("ông chủ vỡ nợ nên nghỉ", set()),
        ("16h phải đón cháu nên không làm quá giờ đó", {"childcare", "not_after"}),
        ("xin làm lại căn cước", {"no_id_card"}),
    ],
)
def test_limits_are_told_by_their_words_and_their_company(read: Read, text: str, limits: set[str]) -> None:
    """X10: a limit is the person's own and of now."""
    assert {m.code.value for m in read(text).constraints} == limits


def test_an_age_without_its_word(read: Read) -> None:
    """A number that ends its clause after "năm nay" is an age; a grade that was left halfway is not finished."""
    profile = read("Cháu năm nay 17, bỏ học giữa lớp 9")
    assert (profile.age_stated, profile.schooling_grade) == (17, 8)


def test_lodging_asked_of_the_commune_is_no_wish_for_lodging_with_work(read: Read) -> None:
    """X9: a roof is a need; lodging beside a job is a preference."""
    profile = read("xin xã cho chỗ ở")
    assert ([n.code for n in profile.needs], profile.preferences) == (["housing"], ())


def test_who_is_called_is_a_name(read: Read) -> None:
    """P2: names after "gọi con gái" and "tên thường gọi là" are hidden."""

    def names(text: str) -> list[str]:
        return [text[slice(*r.evidence)] for r in read(text).redactions if r.kind == "pii"]

    assert names("Tôi tên thường gọi là Bảy Lượm") == ["Bảy Lượm"]
    assert names("cần gì gọi con gái Thúy") == ["Thúy"]


def test_a_house_number_and_its_street_are_personal(read: Read) -> None:
    """P2: "ở 15 Lê Lợi" says where somebody lives; the name of a town does not."""
    text = "ở 15 Lê Lợi, thị trấn Phan Rí Cửa"
    assert [text[slice(*r.evidence)] for r in read(text).redactions] == ["15 Lê Lợi"]


def test_what_a_loan_is_for_when_nothing_is_said(read: Read) -> None:
    """X6: a trade of former times is not what a sum alone is for; "vay nuôi gà" names it."""
    bare, named = read("hồi trước làm phụ hồ, giờ vay 20t").loan, read("Số tiền: 30tr, vay nuôi gà").loan
    assert bare is not None
    assert named is not None
    assert (bare.amount_vnd, bare.purpose) == (20_000_000, None)
    assert (named.amount_vnd, named.purpose) == (30_000_000, "6122")


def test_a_couple_works_together(read: Read) -> None:
    """X5: "hai vợ chồng bán bánh mì" tells of the person too."""
    assert [m.code for m in read("hai vợ chồng bán bánh mì trước cổng trường").occupations] != []


def test_an_evening_is_one_limit(read: Read) -> None:
    """X10: "tối phải ở nhà trước 9 giờ" is about nights; "5 giờ chiều phải về" about a time of day."""
    assert [m.code.value for m in read("Tối phải ở nhà trước 9 giờ").constraints] == ["no_night_shift"]
    (limit,) = read("5 giờ chiều phải về").constraints
    assert (limit.code.value, limit.time) == ("not_after", "17:00")


def test_a_debt_that_is_paid_is_none(read: Read) -> None:
    """X10: "trả nợ ngân hàng xong rồi" is no limit."""
    assert read("trả nợ ngân hàng xong rồi").constraints == ()


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("phụ hồ 3 năm, xin vay 20 triệu làm ăn", None),
        ("nuôi bò 5 năm. Xin học sửa máy cày, vay 15 triệu mua con giống", "6121"),
        ("nhà trồng ngô. Muốn nuôi trâu, vay được 50 triệu thì mua hai con", "6121"),
        ("bán cá tươi ở chợ 9 năm, giờ bán chả cá viên chiên. Xin vay 7 triệu đóng xe mới", "5212"),
        ("hồi trước lái đò 6 năm, nay nuôi tôm. Xin vay 15 triệu mua con giống", "6221"),
    ],
)
def test_a_loan_is_for_what_is_wished_beside_it_else_for_what_the_person_lives_by(
    read: Read, text: str, purpose: str | None
) -> None:
    """X9: nobody borrows to be hired, and a trade of former times is no purpose."""
    loan = read(text).loan
    assert loan is not None
    assert loan.purpose == purpose
