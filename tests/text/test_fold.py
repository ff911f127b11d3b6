"""Promises of folding: what is the same word is made equal, and the way back is kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.fold import agreement, canonical, fold, fold_mapped

VIETNAMESE = st.text(
    alphabet="aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ ,.0123456789"
)


@given(VIETNAMESE)
def test_nfc_nfd_and_capitals_fold_to_the_same(text: str) -> None:
    """X3."""
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper())


def test_both_positions_of_the_tone_mark_are_one_word() -> None:
    """X3."""
    for old, new in (("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("tuỳ", "tùy")):
        assert canonical(old) == canonical(new)
        assert agreement(old, new) == 2


def test_look_alikes_of_d_and_full_width_letters_are_read() -> None:
    assert fold("Ðông Hà") == fold("Đông Hà") == fold("Ɖông Hà") == "dong ha"
    assert fold("ＣＣＣＤ １２") == "cccd 12"


def test_invisible_characters_do_not_hide_a_word() -> None:
    assert fold("th\u200bợ\u00ad hồ\ufeff") == "tho ho"


@given(VIETNAMESE)
def test_every_folded_stretch_leads_back_to_the_text_it_was_read_from(text: str) -> None:
    """X1: the span of a folded stretch, folded again, is that stretch; in NFC and in NFD."""
    for form in (text, unicodedata.normalize("NFD", text)):
        mapped = fold_mapped(form)
        for start in range(0, len(mapped.text), 3):
            end = min(start + 4, len(mapped.text))
            begin, stop = mapped.span(start, end)
            assert fold(form[begin:stop]) == mapped.text[start:end]


def test_a_typed_accent_must_not_contradict() -> None:
    assert agreement("máy", "may") == 0
    assert agreement("may", "máy") == 1
    assert agreement("bán", "bạn") == 0
    assert agreement("do", "đo") == 1
    assert agreement("đo", "do") == 0


@pytest.mark.parametrize("text", ["Thợ HỒ, Đông Hà", "“xóm” – 5° – 50₫", "àáâãèéêìíòóôõùúý ỲỴỶỸ", "tho ho"])
def test_an_unusual_character_changes_nothing_of_the_others(text: str) -> None:
    """X3: what is usual is folded by a codec, and to the same as where it stands beside what the codec lacks."""
    for unusual, letters in (("…", "..."), ("ﬁ", "fi"), ("Ⅻ", "xii"), ("İ", "i"), ("Σ", "σ"), ("\ud800", "\ud800")):
        assert fold(f"{text}{unusual}{text}") == f"{fold(text)}{letters}{fold(text)}"
        assert fold_mapped(f"{text} {unusual}").span(0, len(text)) == fold_mapped(text).span(0, len(text))
