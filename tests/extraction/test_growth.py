"""Promises of accepted phrases: they read their own phrase, change no other, and can be taken back (X11)."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from matching.domain.survey import Survey
from matching.errors import DataError
from matching.extraction.growth import alias_of
from matching.extraction.phrases import lexicon_of
from matching.extraction.survey import SurveyReader
from matching.jsonl import dump
from matching.taxonomy.accepted import with_accepted
from matching.taxonomy.aliases import Alias
from matching.taxonomy.release import current_taxonomy
from matching.text.fold import fold
from matching.text.syllables import syllables

CORPUS = [
    str(json.loads(line)["text"])
    for line in (Path(__file__).parent / "data" / "invented_gold.jsonl").read_text(encoding="utf-8").splitlines()
]
TAXONOMY = current_taxonomy()
LEXICON = lexicon_of(TAXONOMY)
NEW = {"vắt nhựa tằm lôm": "6210", "ủ chượp bã gòn": "7511", "chằm vong bã lốc": "7317"}
"""Invented trades, so that no release reads them."""


def profiles(reader: SurveyReader, texts: list[str]) -> list[bytes]:
    return [dump(reader.read(Survey(person_id="P", text=text, surveyed_on=date(2026, 11, 2)))) for text in texts]


def accepted(phrases: dict[str, str]) -> Iterator[Alias]:
    return (alias_of(phrase, code, taxonomy=TAXONOMY, lexicon=LEXICON) for phrase, code in phrases.items())


def holds(text: str, phrase: str) -> bool:
    words, wanted = syllables(text).folded, fold(phrase).split()
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words)))


@pytest.fixture(scope="module")
def released() -> SurveyReader:
    return SurveyReader(TAXONOMY)


@pytest.fixture(scope="module")
def grown() -> SurveyReader:
    return SurveyReader(with_accepted(TAXONOMY, accepted(NEW)))


@pytest.mark.parametrize("phrase", NEW)
def test_an_accepted_phrase_is_read_with_and_without_its_accents(
    phrase: str, released: SurveyReader, grown: SurveyReader
) -> None:
    for text in (f"Tui {phrase} 4 năm, cần việc", f"hoi do {fold(phrase)} 4 nam", f"TUI {phrase.upper()} 4 NĂM"):
        survey = Survey(person_id="P", text=text, surveyed_on=date(2026, 11, 2))
        assert NEW[phrase] not in [m.code for m in released.read(survey).occupations]
        mention = next(m for m in grown.read(survey).occupations if m.code == NEW[phrase])
        assert fold(text[slice(*mention.evidence)]) == fold(phrase)
        assert mention.years == 4


def test_accepted_phrases_change_no_text_that_does_not_hold_them(released: SurveyReader, grown: SurveyReader) -> None:
    """The regression corpus: every text of the invented gold, byte for byte."""
    texts = [text for text in CORPUS if not any(holds(text, phrase) for phrase in NEW)]
    assert texts == CORPUS
    assert profiles(grown, texts) == profiles(released, texts)


def test_a_phrase_of_the_corpus_changes_the_texts_that_hold_it_and_no_other(released: SurveyReader) -> None:
    """Two-word stretches of the corpus's own texts, accepted one by one."""
    before = profiles(released, CORPUS)
    tried = 0
    for phrase in ("lưới vây ở", "giu may tau ko", "nằm nhà muốn", "ghe rồi nên"):
        try:
            alias = alias_of(phrase, "6223", taxonomy=TAXONOMY, lexicon=LEXICON)
        except DataError:
            continue
        tried += 1
        after = profiles(SurveyReader(with_accepted(TAXONOMY, [alias])), CORPUS)
        for text, old, new in zip(CORPUS, before, after, strict=True):
            assert old == new or holds(text, phrase), (phrase, text)
    assert tried >= 2


def test_a_release_with_accepted_phrases_says_so_and_forgets_them_when_they_are_taken_back() -> None:
    aliases = list(accepted(NEW))
    grown = with_accepted(TAXONOMY, aliases)
    assert grown.release.startswith(f"{TAXONOMY.release}+")
    assert grown.sha256 != TAXONOMY.sha256
    assert (grown.release, grown.accepted) == (
        (again := with_accepted(TAXONOMY, reversed(aliases))).release,
        again.accepted,
    )
    assert with_accepted(TAXONOMY, aliases[:2]).sha256 != grown.sha256
    assert with_accepted(TAXONOMY, []) is TAXONOMY
    assert with_accepted(TAXONOMY, TAXONOMY.occupations.aliases[:3]) is TAXONOMY


@pytest.mark.parametrize(
    ("phrase", "code", "told"),
    [
        ("vắt nhựa tằm lôm", "0000", "four-digit unit group"),
        ("", "6210", "write 1 to 8 words"),
        ("vắt, tằm", "6210", "without marks"),
        ("vắt nhựa tằm lôm " * 3, "6210", "write 1 to 8 words"),
        ("tằm", "6210", "one short word"),
        ("abcz", "6210", "one short word"),
        ("tằm lôm 2 năm", "6210", "holds a number"),
        ("ở tù tằm lôm", "6210", "tells of the past"),
        ("không biết tằm lôm", "6210", "begins with [không biết]"),
        ("thợ hồ", "7112", "nothing to accept"),
        ("thợ hồ", "7531", "read already as 7112"),
        ("thợ mây", "7317", "ambiguities.csv"),
        ("mù chữ", "6210", "names no trade"),
    ],
)
def test_what_may_not_become_an_alias_is_refused_with_the_remedy(phrase: str, code: str, told: str) -> None:
    with pytest.raises(DataError, match=re.escape(told)):
        alias_of(phrase, code, taxonomy=TAXONOMY, lexicon=LEXICON)


def test_a_region_is_one_of_the_closed_set() -> None:
    with pytest.raises(DataError, match="region"):
        alias_of("vắt nhựa tằm lôm", "6210", region="moon", taxonomy=TAXONOMY, lexicon=LEXICON)
