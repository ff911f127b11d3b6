"""Whatever is typed is read: no text stops the reader, and how letters are encoded changes nothing (X1, X2, X3)."""

import json
import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest

from matching.domain.offer import Opening
from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.extraction.posting import PostingReader
from matching.extraction.survey import SurveyReader
from matching.law import current_law
from matching.taxonomy.release import current_taxonomy

ANSWERS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parent / "data" / "invented_gold.jsonl").read_text(encoding="utf-8").splitlines()
]
KEYS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ0123456789 .,;:-/()\n%&#<>\"'\u0301\u200b"
LONGEST = 20_000
"""Characters of a text that the service keeps."""
LISTS = ("occupations", "skills", "licences", "needs", "constraints", "preferences", "redactions")


@pytest.fixture(scope="module")
def reader() -> SurveyReader:
    return SurveyReader(current_taxonomy())


def read(reader: SurveyReader, text: str) -> Profile:
    return reader.read(Survey(person_id="p", text=text, surveyed_on=date(2026, 11, 2)))


def spans(profile: Profile) -> Iterator[tuple[int, int]]:
    for name in LISTS:
        yield from (fact.evidence for fact in getattr(profile, name))


def mistyped(text: str, chance: random.Random) -> str:
    """Return *text* with up to a dozen keys hit, missed or hit wrongly, and sometimes cut off or run into another."""
    letters = list(text)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(letters) + 1)
        letters[at : at + chance.randint(0, 1)] = chance.choice(KEYS) * chance.randint(0, 1)
    cut = chance.randrange(len(letters) + 1) if chance.random() < 0.3 else len(letters)
    return "".join(letters[:cut]) + (chance.choice(ANSWERS) if chance.random() < 0.2 else "")


def test_no_text_stops_the_reader_and_evidence_lies_in_it(reader: SurveyReader) -> None:
    chance = random.Random(3)
    for _ in range(2000):
        text = mistyped(chance.choice(ANSWERS), chance)
        assert all(0 <= start < stop <= len(text) for start, stop in spans(read(reader, text))), text


@pytest.mark.parametrize("row", ["1", "1.", "a", "\u1100", "a: ", "a@", "<b>", "không ", "bằng C, ", "\u202ea"])
def test_a_long_row_of_one_thing_is_read_in_a_moment(reader: SurveyReader, row: str) -> None:
    """F1: the time grows with the text, not with its square, and neither does what waits for what."""
    text = (row * LONGEST)[:LONGEST]
    began = time.process_time()
    assert all(0 <= start < stop <= LONGEST for start, stop in spans(read(reader, text)))
    assert time.process_time() - began < 1


def test_a_long_row_in_a_posting_is_read_in_a_moment() -> None:
    """F1."""
    reader = PostingReader(current_taxonomy(), current_law())
    for row in ("1,", "1.", "tới ", "kn ", "không yc ", "18-", "$1 "):
        posting = Opening(offer_id="o", title="t", text=(row * LONGEST)[:LONGEST])
        began = time.process_time()
        reader.read(posting)
        assert time.process_time() - began < 1, row


def test_a_number_may_end_with_more_than_syllables(reader: SurveyReader) -> None:
    """The point after "14h" is read as part of the number, and no syllable ends there."""
    assert list(spans(read(reader, "rảnh ừ 14h."))) == [(0, 10)]


def test_decomposed_letters_say_the_same(reader: SurveyReader) -> None:
    def facts(text: str) -> list[tuple[str, str]]:
        profile = read(reader, text)
        said = [(name, fact) for name in LISTS for fact in getattr(profile, name)]
        return [(name, normalize("NFC", text[slice(*fact.evidence)])) for name, fact in said]

    for text in ANSWERS:
        assert facts(normalize("NFD", text)) == facts(normalize("NFC", text)), text
