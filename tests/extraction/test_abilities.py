"""Promises of which skills are told as skills, and of times that tell no years of work; all sentences are invented."""

from collections.abc import Callable

import pytest

from matching.domain.profile import Profile

Read = Callable[[str], Profile]


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Phụ hồ 4 năm, xây tô được", {"bricklaying", "plastering"}),
        ("Đi biển từ nhỏ, biết câu mực, kéo lưới", {"squid_jigging", "net_hauling"}),
        ("Nghề: phụ hồ 3 năm. Kỹ năng: canh oxy", {"water_management"}),
        ("Dọn phòng khách sạn, tiếng Anh giao tiếp sơ sơ", {"english_basic"}),
        ("Thợ sơn nước, trét bột 6 năm", set()),
        ("Cắt cam thuê, bao trái, tưới nước", set()),
        ("Lái xe tải, chứng chỉ nấu ăn bị mất", set()),
    ],
)
def test_a_skill_is_what_is_told_as_one(read: Read, text: str, skills: set[str]) -> None:
    """X6: words of knowing make a skill; what every one of the trade does, or what a paper is for, is none."""
    assert {s.code for s in read(text).skills} == skills


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("thợ ốp lát 7 năm", {"tile_laying"}),
        ("lắp camera dạo quanh chợ", {"camera_install"}),
        ("muốn học lắp camera", set()),
        ("chồng tôi lắp camera", set()),
    ],
)
def test_what_people_are_hired_for_by_its_name_is_a_skill(read: Read, text: str, skills: set[str]) -> None:
    """X6: such a task is a skill also where it is all the trade, but never one that is wished for or a relative's."""
    assert {s.code for s in read(text).skills} == skills


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Dệt lụa từ bé, hai lăm năm rồi", 25),
        ("Kế toán cho công ty phân bón 6 năm", 6),
        ("Làm lúa 3 vụ, ruộng nhà", None),
        ("Sửa xe đạp, thứ 2 thứ 6 tuần nào cũng đưa mẹ đi viện", None),
    ],
)
def test_years_are_those_of_the_work(read: Read, text: str, years: float | None) -> None:
    """X5: five stands after tens only; crops of a year and days of a week are no years of work."""
    assert [m.years for m in read(text).occupations] == [years]
