"""Those who lean on the person, told round about."""

import pytest

from tests.extraction.conftest import Read


def limits(read: Read, text: str) -> list[str]:
    return [c.code.value for c in read(text).constraints]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("bố đi không vững", "eldercare"),
        ("bà nội không tự lo được", "eldercare"),
        ("mẹ chồng mù, sống nhờ em", "eldercare"),
        ("ngày nào cũng bón cơm cho bà nội", "eldercare"),
        ("vợ bỏ đi để lại ba đứa lau nhau", "childcare"),
    ],
)
def test_who_cannot_do_alone_what_others_do_is_looked_after(read: Read, text: str, limit: str) -> None:
    """Neither an illness nor care is named."""
    assert limits(read, text) == [limit]


@pytest.mark.parametrize(
    "text", ["bố mẹ không lo được tiền học", "cha mẹ còn khoẻ", "vợ bỏ, con lớn hết rồi", "vợ sắp sinh"]
)
def test_parents_and_children_alone_are_no_limit(read: Read, text: str) -> None:
    assert limits(read, text) == []
