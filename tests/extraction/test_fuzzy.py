"""Promises of reading misspelt answers; all sentences are invented."""

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.extraction.phrases import lexicon_of
from matching.extraction.reading import read_text
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy

READER = SurveyReader(current_taxonomy())
LEXICON = lexicon_of(current_taxonomy())
HERE = Path(__file__).parent / "data" / "invented_gold.jsonl"


def read(text: str) -> Profile:
    return READER.read(Survey(person_id="P1", text=text, surveyed_on=date(2026, 11, 2)))


def codes(text: str) -> set[str]:
    return {mention.code for mention in read(text).occupations}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("thợ hồo 5 năm", "7112"),  # a letter doubled
        ("thơ hồ", "7112"),  # a tone left out
        ("công nhâ may", "8153"),  # a letter left out
        ("lái xe atỉ", "8332"),  # two swapped
        ("đi cjạo mủ cao su", "6112"),  # one too many
        ("chạy xe ôk", "8321"),  # another one
    ],
)
def test_one_wrong_letter_is_forgiven(typed: str, code: str) -> None:
    assert code in codes(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("thowj hoof 5 nawm", "7112"),
        ("tho75 ho62 chinh", "7112"),
        ("chayj xe oom", "8321"),
        ("thowj moojc", "7522"),
    ],
)
def test_debris_of_telex_and_vni_keyboards_is_read(typed: str, code: str) -> None:
    assert code in codes(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("nàm ruộng", "6111"),
        ("trạy xe ôm", "8321"),
        ("chạy se ôm", "8321"),
        ("đóng dường tủ", "7522"),
        ("sữa xe máy", "7231"),
        ("đi biễn đánh cá", "6223"),
        ("fụ hồ", "9313"),
        ("thợ hàng xì", "7212"),
    ],
)
def test_sounds_that_regions_do_not_tell_apart_are_read(typed: str, code: str) -> None:
    assert code in codes(typed)


@pytest.mark.parametrize(("typed", "code"), [("thohồ 3 năm", "7112"), ("phuho", "9313"), ("cao mu caosu", "6112")])
def test_syllables_run_together_are_read(typed: str, code: str) -> None:
    assert code in codes(typed)


def test_the_evidence_is_what_was_typed() -> None:
    """X1: in NFC and in NFD."""
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "Hồi đó thohồ 3 năm, trạy xe ôm")  # type: ignore[arg-type]
        found = {text[slice(*m.evidence)] for m in read(text).occupations}
        assert found == {unicodedata.normalize(form, part) for part in ("thohồ", "trạy xe ôm")}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "làm ca1 ca2 ca3",  # shifts, not VNI keys for fish
        "nhà có hai con bò sữa",  # milk is no repair
        "bán nhà trả nợ",
        "thợ gì cũng không biết",
        "ở gần cửa hàng điện nước",
        "The brown fox jumps over a lazy dog near the mill",
        "asdf qwer zxcv hjkl",
    ],
)
def test_words_that_stand_by_themselves_are_left_alone(text: str) -> None:
    """X2, X4: a word of the language is never bent into a trade."""
    plain = read_text(text, LEXICON)
    assert codes(text) <= {hit.code for hit in plain.layer("occupation")}
    assert not read_text(text, LEXICON, READER._speller).text.mended


def test_what_two_trades_could_have_meant_is_not_guessed() -> None:
    """X4: "thợ h?n" may be a welder or another; one letter off several phrases is no phrase."""
    assert codes("thợ hq") == set()


def test_what_had_to_be_mended_is_less_certain() -> None:
    sure, mended = (read(text).occupations[0].confidence for text in ("chạy xe ôm", "trạy xe ôm"))
    assert mended < sure


def test_a_misspelt_negation_still_denies() -> None:
    """X5."""
    assert codes("khôg biết hàn xì") == set()


def test_a_long_text_of_nonsense_is_read_in_good_time() -> None:
    """F1: the work is bounded by the length of the text."""
    assert codes(" ".join(f"xq{chr(97 + i % 26)}zt" for i in range(20_000))) == set()


def test_careful_typing_is_left_as_it_is() -> None:
    """In answers without typing errors next to nothing is mended."""
    mended = [read_text(text, LEXICON, READER._speller).text.mended for text in _careful()]
    assert sum(map(len, mended)) <= 2


def _careful() -> list[str]:
    records = [json.loads(line) for line in HERE.read_text(encoding="utf-8").splitlines()]
    return [r["text"] for r in records if not {"typos", "teencode"} & set(r["style"])]
