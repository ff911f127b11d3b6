"""A header speaks for the whole list under it."""

import pytest

from matching.domain.vocabulary import Assertion, NeedCode
from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        "Nguyện vọng: 1. Làm lại giấy khai sinh. 2. Được học bằng lái xe hạng C. 3. Vay vốn nuôi dê.",
        "N/vọng: 2. học bằng lái xe hạng C",
        "Nguyện vọng:\n- xin vay vốn\n- học bằng lái xe hạng C",
        "Mong được thi bằng lái xe hạng C",
    ],
)
def test_a_licence_still_to_be_learnt_is_not_held(read: Read, text: str) -> None:
    """X3: what a list of wishes names is asked for, in each of its items."""
    profile = read(text)
    assert profile.licences == ()
    assert NeedCode.TRAINING in {need.code for need in profile.needs}
    assert not [m for m in profile.occupations if m.assertion is Assertion.EXPERIENCE]


def test_a_list_ends_where_its_items_end(read: Read) -> None:
    """X3: a sentence after a header's own is no item of a list."""
    profile = read("Nguyện vọng: vay vốn nuôi dê. Có bằng lái xe hạng C. Làm phụ hồ 4 năm.")
    assert [licence.code for licence in profile.licences] == ["driving_C"]
    assert ("9313", Assertion.EXPERIENCE) in {(m.code, m.assertion) for m in profile.occupations}
