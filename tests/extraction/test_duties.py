"""What relatives, authorities, creditors and the clock ask of a person (X10)."""

import pytest

from tests.extraction.conftest import Read


def limits(read: Read, text: str) -> set[str]:
    return {m.code.value for m in read(text).constraints}


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("mạ tui bịnh liệt giường", "eldercare"),
        ("bố em hay đau ốm", "eldercare"),
        ("hầu hạ bà nội lẫn", "eldercare"),
        ("bà ngoại không ai trông nom", "eldercare"),
        ("coi ba đứa cháu", "childcare"),
        ("bồng con nhỏ suốt", "childcare"),
        ("sắp nhỏ chả có ai giữ", "childcare"),
        ("hai đứa cháu ngoại phải trông", "childcare"),
    ],
)
def test_who_is_looked_after_is_a_limit(read: Read, text: str, limit: str) -> None:
    """A relative who ails or is nursed, a child who is minded, somebody whom nobody else looks after."""
    assert limits(read, text) == {limit}


@pytest.mark.parametrize("text", ["chăm con heo nái", "trông con nước", "bố khỏe lắm", "kiếm tiền lo cho vợ con"])
def test_animals_tides_and_the_healthy_need_no_care(read: Read, text: str) -> None:
    assert not {"childcare", "eldercare"} & limits(read, text)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("thứ tư nào cũng lên công an xã", "reporting_duty"),
        ("đầu tháng em ra phường điểm danh", "reporting_duty"),
        ("hằng quý phải nộp bản kiểm điểm, mỗi quý ký sổ", "reporting_duty"),
        ("mỗi tuần lọc máu", "fixed_appointment"),
        ("chúa nhật phải đi lễ", "fixed_appointment"),
    ],
)
def test_what_comes_back_with_its_days_is_a_duty(read: Read, text: str, limit: str) -> None:
    """A report to an authority is no mere appointment."""
    assert limits(read, text) == {limit}


def test_going_to_the_commune_once_is_no_duty(read: Read) -> None:
    assert limits(read, "lên xã xin giấy giới thiệu") == set()


@pytest.mark.parametrize(
    "text", ["còn thiếu đại lý phân 25 triệu", "nợ 18tr tiền giống", "mượn bà con 9 triệu chưa trả"]
)
def test_a_sum_that_is_owed_is_a_debt(read: Read, text: str) -> None:
    assert "debt" in limits(read, text)


@pytest.mark.parametrize("text", ["sợ mang nợ", "thiếu khoảng 30 triệu mở xưởng", "trả hết nợ 20 triệu rồi"])
def test_a_debt_that_is_feared_or_paid_and_a_sum_that_is_wanted_are_none(read: Read, text: str) -> None:
    assert "debt" not in limits(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "đi tù về nên chỗ nào cũng lắc đầu",
        "coi lý lịch xong là họ từ chối",
        "bị chê vì có tiền án",
        "chủ trọ không ai cho thuê vì nghe chuyện cũ",
    ],
)
def test_a_refusal_and_its_record_may_stand_in_either_order(read: Read, text: str) -> None:
    assert "stigma_barrier" in limits(read, text)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("chỉ làm được từ 7h30 đến 4h chiều", {("not_before", "07:30"), ("not_after", "16:00")}),
        ("Thời gian: 8h - 16h", {("not_before", "08:00"), ("not_after", "16:00")}),
        ("8h30 mới vô xưởng được", {("not_before", "08:30")}),
        ("sau 19h không đi làm được", {("not_after", "19:00")}),
        ("tầm 7 rưỡi mới vô làm được", {("not_before", "07:30")}),
        ("11h mới dậy", set()),
        ("hồi đó làm ca 22h đến 3h sáng", set()),
    ],
)
def test_the_hours_one_can_work_are_told_by_times(read: Read, text: str, hours: set[tuple[str, str]]) -> None:
    assert {(m.code.value, m.time) for m in read(text).constraints} == hours
