"""Work that came to an end, told by what became of those who gave it."""

import pytest

from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        "phụ bếp 3 năm, quán sang tay người khác rồi",
        "công nhân may 4 năm, công ty bớt người",
        "lò gạch dẹp, thợ về hết",
        "thuyền viên 6 năm, chủ bán tàu",
    ],
)
def test_who_lost_those_who_gave_work_has_none(read: Read, text: str) -> None:
    assert read(text).employment_status == "unemployed"


@pytest.mark.parametrize(
    "text", ["công ty chưa giải thể", "công ty cho nghỉ không lương", "đất của chủ bán rẻ", "thợ may 4 năm"]
)
def test_what_did_not_end_leaves_it_open(read: Read, text: str) -> None:
    assert read(text).employment_status != "unemployed"


def test_work_that_is_told_behind_an_end_is_what_is_lived_on(read: Read) -> None:
    assert read("xưởng giải thể, giờ bốc vác ngoài chợ, ngày được 250k").employment_status == "casual"
