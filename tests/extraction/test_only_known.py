"""What is only known beside a trade is a skill, no trade."""

import pytest

from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    ("text", "trade", "skill"),
    [
        ("phục vụ quán cà phê 2 năm, biết pha chế sơ sơ", "5131", "mixing_drinks"),
        ("ghép cây cà phê, biết phun thuốc nữa", "6113", "spraying"),
    ],
)
def test_what_is_only_known_is_a_skill(read: Read, text: str, trade: str, skill: str) -> None:
    profile = read(text)
    assert [m.code for m in profile.occupations] == [trade]
    assert [m.code for m in profile.skills] == [skill]


@pytest.mark.parametrize("text", ["tiếng Anh bập bõm nói với khách được", "chạy bàn, tiếng anh nói bập bẹ"])
def test_a_language_is_known_however_well(read: Read, text: str) -> None:
    assert "english_basic" in {m.code for m in read(text).skills}


@pytest.mark.parametrize("text", ["muốn học tiếng Anh", "không biết tiếng Anh", "tiếng Anh thì không biết"])
def test_a_language_that_is_not_known_is_none(read: Read, text: str) -> None:
    assert read(text).skills == ()
