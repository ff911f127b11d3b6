"""Help that is asked for: an asking, words of giving, and what people ask help with."""

from collections.abc import Callable

import pytest

from matching.domain.profile import Profile

Read = Callable[[str], Profile]


def needs(profile: Profile) -> set[str]:
    return {need.code for need in profile.needs}


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("mong thôn lo giúp cho tôi ít cây giống", "equipment"),
        ("Hỗ trợ máy phun thuốc", "equipment"),
        ("con chỉ thiếu bộ đồ hàn", "equipment"),
        ("nho xa lam giup so ho khau", "documents"),
        ("xin được cấp cho cái nền nhà", "housing"),
        ("đề nghị huyện mở lớp chăn nuôi", "training"),
        ("muốn nghe trợ giúp viên nói về thừa kế", "legal_info"),
        ("ước gì có người nói chuyện", "counselling"),
        ("nguyện vọng: vốn buôn bán", "loan"),
        ("nhờ ấp sắp xếp cho em một chỗ làm", "job"),
    ],
)
def test_help_is_asked_for_by_its_name(read: Read, text: str, need: str) -> None:
    """X1: whoever gives and whoever takes may stand between an asking and what is asked for."""
    assert need in needs(read(text))


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("khai sinh bị mối ăn hết, nhờ xã giúp", "documents"),
        ("Chòi dột, nhà cửa mục nát. Mong chính quyền xem xét", "housing"),
        ("máy khâu hư rồi, muốn có cái mới để may ở nhà", "equipment"),
    ],
)
def test_what_is_lacking_and_then_asked_for_without_its_name(read: Read, text: str, need: str) -> None:
    """X1: a plea for help speaks of what was just said to be lacking."""
    assert need in needs(read(text))


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("có cái máy ép mía thì tui bán được liền", "equipment"),
        ("giá có chừng mười triệu thì em mở lại được", "loan"),
        ("Dạy nghề: có nhu cầu", "training"),
        ("nghe đâu sắp có lớp đan lát, có thu tiền không cô", "training"),
        ("có người mướn là tôi theo ngay", "job"),
        ("có việc gì thì cứ alo cho em", "job"),
        ("lò gạch đó còn nhận thợ không anh", "job"),
        ("được xã tập huấn thì tốt quá", "training"),
        ("cho em cái xe đẩy", "equipment"),
        ("án tích không rõ còn hay hết, nhờ tra giúp", "legal_info"),
        ("ba gác gãy trục rồi, xin hỗ trợ chiếc khác", "equipment"),
        ("máy tính em không rành, nhờ chỉ giùm", "training"),
    ],
)
def test_help_is_asked_for_round_about(read: Read, text: str, need: str) -> None:
    """X1: a condition, a line of a form and a question ask too."""
    assert need in needs(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "vợ mong xã cấp cho ít cây giống",
        "không cần máy móc gì, làm tay quen rồi",
        "giấy tờ đầy đủ, xe máy: có",
        "có máy cày, cày thuê cho bà con",
        "con nhỏ lớp ba, nhà ở cuối xóm",
        "năm kia có xin việc ở nhà máy, nay làm ruộng",
        "bị thằng bạn vay 15 triệu rồi trốn",
        "con trai tôi đang cần việc",
        "Có xe máy, có Zalo. Công trình là đi được",
        "đã làm căn cước rồi",
    ],
)
def test_nothing_is_asked_for(read: Read, text: str) -> None:
    """X1: what a relative asks for, what is there, what was asked for once and what others borrowed is no need."""
    assert needs(read(text)) <= {"none"}


def test_a_trade_that_a_tool_is_for_is_no_work_asked_for(read: Read) -> None:
    """X1: "xin bộ đồ nghề hớt tóc" asks for a tool only."""
    assert needs(read("xin hội cho bộ đồ nghề để đi hớt tóc dạo")) == {"equipment"}


def test_one_asking_asks_for_more_than_one_thing(read: Read) -> None:
    """X1: what is joined to a thing that is asked for is asked for too."""
    assert needs(read("xin hỗ trợ cây giống và nhà ở")) == {"equipment", "housing"}


def test_advice_on_a_trade_is_advice(read: Read) -> None:
    """X1: who does not know what to learn and asks for advice is not asking for lessons by that."""
    assert "counselling" in needs(read("chưa rõ học nghề nào, nhờ xã tư vấn"))


@pytest.mark.parametrize("text", ["khi co tau thi di, khong thi ve lam ray", "Có mối thì đóng tủ, không thì làm hồ"])
def test_who_has_other_work_asks_for_no_lessons(read: Read, text: str) -> None:
    """X1: "thì" that lost its accent is no "thi"."""
    assert "training" not in needs(read(text))
