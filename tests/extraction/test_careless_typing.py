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
