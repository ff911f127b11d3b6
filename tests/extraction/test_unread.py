"""Promises of the growth loop: what nobody reads is found, spelt as people spell it, with codes (X11)."""

import csv
import io

from matching.extraction.backoff_fitting import fit
from matching.extraction.lexicon import Entry, Lexicon
from matching.extraction.unread import as_rows, finder_of, unread_phrases

ALIASES = (
    ("thợ hồ", "7112"), ("phụ hồ", "9313"), ("bắt ốc", "6340"), ("bắt ốc đêm", "6340"), ("bắt sò", "6340"),
    ("may quần áo", "7531"), ("may áo dài", "7531"), ("sửa xe", "7231"), ("sửa xe máy", "7231"),
)  # fmt: skip
BACKOFF = fit([phrase for phrase, _ in ALIASES] * 3, [code for _, code in ALIASES] * 3)
KNOWN = finder_of(
    Lexicon(Entry(layer="x", code="", phrase=phrase) for phrase in (*(a for a, _ in ALIASES), "đi", "muốn", "làm"))
)
TEXTS = ["Tui đi bắt ốc hương, làm phụ hồ", "đi bat oc huong", "muốn đi bắt ốc hương ngoài đảo", "Làm thợ hồ"]


def test_what_people_say_and_nobody_reads_is_listed_once_with_its_spelling() -> None:
    known = finder_of(Lexicon([Entry(layer="x", code="", phrase=p) for p in ("phụ hồ", "thợ hồ", "đi", "muốn", "làm")]))
    found = unread_phrases(TEXTS, known, BACKOFF, least_confidence=0.0)
    assert [(one.phrase, one.texts) for one in found] == [("bắt ốc hương", 3)]
    assert found[0].suggestions[0].code == "6340"


def test_what_is_read_is_not_listed() -> None:
    assert unread_phrases(["Làm thợ hồ, muốn sửa xe máy"] * 3, KNOWN, BACKOFF, least_confidence=0.0) == []


def test_unlikely_phrases_are_left_out() -> None:
    assert unread_phrases(["trời mưa hoài"] * 3, KNOWN, BACKOFF) == []


def test_rows_are_ready_for_the_table_of_aliases() -> None:
    known = finder_of(Lexicon([Entry(layer="x", code="", phrase="đi")]))
    rows = list(csv.reader(io.StringIO(as_rows(unread_phrases(TEXTS, known, BACKOFF, least_confidence=0.0)))))
    assert rows[0][:4] == ["alias", "code", "region", "source"]
    assert ["bắt ốc hương", "6340", "all", "speech", "3"] in [row[:5] for row in rows]
