"""The ids, bands and words by which people stay unseen."""

import pytest

from service.errors import SettingsError
from service.privacy import Keys, count_band, stigma_words

KEYS = Keys(b"s" * 32)


def test_a_candidate_has_another_id_on_every_opening():
    """P3: cards of two openings cannot be joined."""
    assert KEYS.candidate("J1", "person") != KEYS.candidate("J2", "person")
    assert KEYS.candidate("J1", "person") == KEYS.candidate("J1", "person")


def test_ids_are_made_from_parts_that_cannot_run_together():
    assert KEYS.candidate("J1", "2p") != KEYS.candidate("J12", "p")


def test_ids_of_another_installation_are_others():
    assert Keys(b"t" * 32).candidate("J1", "p") != KEYS.candidate("J1", "p")
    assert Keys(b"t" * 32).fingerprint() != KEYS.fingerprint()


def test_a_short_secret_is_refused():
    with pytest.raises(SettingsError):
        Keys(b"short")


@pytest.mark.parametrize("text", ["Đối tượng A", "doi tuong a", "ĐỐI TƯỢNG", "có tiền án, tiền sự", "an_tich", "ra tu"])
def test_words_of_stigma_are_found_with_and_without_accents(text: str):
    """P2, P10."""
    assert stigma_words(text)


@pytest.mark.parametrize("text", ["doanh nghiệp tư nhân", "phân tích số liệu", "dự án tích hợp", "tương đối tường tận"])
def test_ordinary_words_are_no_stigma(text: str):
    assert not stigma_words(text)


def test_counts_are_coarse():
    """P3."""
    assert [count_band(n) for n in (0, 1, 9, 10, 5000)] == ["0", "1-9", "1-9", "10+", "10+"]
