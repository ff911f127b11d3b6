"""What a person lives on, told round about: by turns, by customers, by a boss, by nobody who calls."""

import pytest

from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        "tuần có tuần không, chủ yếu đi đào mương",
        "hôm nào có xe về thì đi dỡ hàng",
        "người ta nhờ gì giúp nấy, đưa bao nhiêu lấy bấy nhiêu",
        "khi phụ hồ khi gánh lúa",
        "đang vác xi măng ngoài bến",
        "bốc mía lên xe cho các ruộng",
        "tram cay, phat co, het vu la nghi",
    ],
)
def test_work_that_comes_by_turns_is_casual(read: Read, text: str) -> None:
    """X2: who lives from call to call has no employer and no trade of their own."""
    assert read(text).employment_status == "casual"


@pytest.mark.parametrize(
    "text",
    [
        "hai chị em đan nón bán ngoài chợ",
        "Làm bánh cuốn, khách quen trong xóm",
        "may ao dai, khach dat deu deu",
        "vợ chồng em trồng ổi, 4 sào",
        "Nghề nghiệp: buôn bán nhỏ tại chợ",
        "tự trồng rau, tự đem bán",
        "cắt tóc vỉa hè, mỗi ngày kiếm 150k",
    ],
)
def test_work_for_customers_is_ones_own(read: Read, text: str) -> None:
    """X2: who sells what they make, to whoever comes, is self-employed."""
    assert read(text).employment_status == "self_employed"


@pytest.mark.parametrize(
    "text",
    [
        "phụ bếp quán cơm, ăn lương tháng",
        "công nhân may, lương thấp quá, muốn đổi công ty",
        "Công việc hiện tại: nhân viên bán xăng",
        "bảo vệ chung cư, xin chuyển ca ngày",
        "lam o xuong bun, luong thang, nong qua",
    ],
)
def test_what_only_staff_say_tells_of_an_employer(read: Read, text: str) -> None:
    """X2: a monthly wage, or a wish for another shift, is said by who is employed."""
    assert read(text).employment_status == "employed"


@pytest.mark.parametrize(
    "text",
    [
        "nộp hồ sơ bốn nơi mà chưa nơi nào gọi",
        "Công việc hiện nay: không có",
        "sống nhờ chị gái, hổng làm ăn gì được",
        "kho dời đi xa, họ cho nghỉ",
        "thợ in 3 năm, hợp đồng bị cắt, h ở nhà",
        "chạy máy may 2 năm rồi nghỉ",
    ],
)
def test_who_has_no_work_says_so_in_many_ways(read: Read, text: str) -> None:
    """X2: kept by others, called by nobody, let go: all tell of no work."""
    assert read(text).employment_status == "unemployed"


@pytest.mark.parametrize(
    "text",
    [
        "muốn chỗ trả lương tháng",
        "công nhân may 4 năm, lương thấp nên nghỉ",
        "cần việc, làm thuê gì cũng được",
        "mẹ bán xôi ngoài chợ",
        "biết bốc vác",
        "bốc vác 3 năm",
        "bữa đau bữa không",
        "xin vay mà chưa được",
        "muốn nấu xôi bán",
        "học lớp 7 rồi nghỉ học",
    ],
)
def test_what_is_wished_past_or_anothers_tells_no_status(read: Read, text: str) -> None:
    """X2: a guess would harm: nothing is read where nothing is told of today."""
    assert read(text).employment_status == "unknown"


def test_work_of_today_behind_a_search_in_vain_is_what_is_lived_on(read: Read) -> None:
    assert read("nộp đơn chưa ai gọi, hiện rửa chén quán phở, lương 5 triệu").employment_status == "employed"


def test_who_works_beside_their_kin_works_themselves(read: Read) -> None:
    """X2: "bà cháu" are the person and their grandmother, not somebody else."""
    assert [m.code for m in read("hai bà cháu đan gùi").occupations] == ["7317"]
