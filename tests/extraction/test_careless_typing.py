"""Texts typed in haste: what runs on, what lacks accents, what is short for something."""

import pytest

from matching.domain.vocabulary import RedactionKind
from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        "nha so 7 hem 3 ap Dong, lam phu ho 4 nam, xin viec gan nha",
        "Địa chỉ: số 7 hẻm 3, ấp Đông, xã Tân Lập, phụ hồ 4 năm",
    ],
)
def test_an_address_ends_where_work_is_told(read: Read, text: str) -> None:
    """X7: what follows the address in one breath is read, the address to its last part is hidden."""
    profile = read(text)
    assert [(m.code, m.years) for m in profile.occupations] == [("9313", 4.0)]
    (hidden,) = [text[slice(*r.evidence)] for r in profile.redactions]
    assert hidden.endswith(("Dong", "Tân Lập"))


def test_the_end_of_a_licence_is_no_stigma(read: Read) -> None:
    """X7: "het han tu" after a licence is "từ"; of a person it is hidden as before."""
    licence = read("bang lai xe hang C het han tu 2022")
    assert [(m.code, m.status) for m in licence.licences] == [("driving_C", "expired")]
    assert not licence.redactions
    assert [r.kind for r in read("moi het han tu ve nha thang truoc").redactions] == [RedactionKind.STIGMA]


def test_a_syllable_with_another_accent_is_no_number(read: Read) -> None:
    """X2: "bả" is putty and "bà" a woman, neither is three."""
    assert [m.years for m in read("thợ sơn trét bả 6 năm").occupations] == [6.0]
    assert [m.years for m in read("phụ hồ ba năm").occupations] == [3.0]


def test_machines_and_herds_without_accents(read: Read) -> None:
    """X1: the longer compound is meant, and a duck is no propeller where nothing of a boat is told."""
    assert [m.code for m in read("muon hoc nghe may lanh").occupations] == ["7127"]
    assert "6122" in {m.code for m in read("nha chan vit 6 nam").occupations}
    assert not read("chung chi nghe ho bi mat").skills


def test_short_forms_after_the_verb(read: Read) -> None:
    """X5, X6: "dc" is "được", "hc" is "học"."""
    assert [p.code for p in read("truc dem dc").preferences] == ["night_shift_ok"]
    assert [p.code for p in read("ở lại xưởng cũng đc").preferences] == ["wants_meals_or_housing"]
    assert not read("ko truc dem dc").preferences
    assert read("ve que chua tim dc viec").employment_status == "unemployed"
    assert [n.code for n in read("muốn hc may").needs] == ["training"]


def test_wishes_in_other_words(read: Read) -> None:
    """X4: who would take any firm asks for work; who borrows for a tool asks for the tool too."""
    asked = read("xưởng nào nhận bốc vác thì làm")
    assert [m.assertion for m in asked.occupations] == ["wish"]
    assert [n.code for n in asked.needs] == ["job"]
    assert {n.code for n in read("vay 20 triệu mua xe ba gác").needs} == {"loan", "equipment"}
    assert {n.code for n in read("vay 20 triệu mua heo").needs} == {"loan"}


def test_the_status_of_a_form(read: Read) -> None:
    """X8: a form's "không" after the occupation is a status; a second occupation that is missing is none."""
    assert read("Nghề nghiệp: không có. Trình độ: 9/12").employment_status == "unemployed"
    assert read("Nghề phụ: không").employment_status == "unknown"
    assert [r.kind for r in read("sáng nào cũng uống thuốc ở trạm y tế").redactions] == [RedactionKind.HEALTH]
