"""Parts of readers that are left out where a text shows no sign of what they tell."""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from matching.domain.profile import Profile
from matching.extraction import survey
from matching.extraction.reading import Reading, read_text
from matching.extraction.signs import SIGNS
from matching.taxonomy.release import current_taxonomy
from matching.text.fold import fold

Read = Callable[[str], Profile]


class EverySign(frozenset[str]):
    """Signs of everything, so that every part of every reader is asked."""

    def isdisjoint(self, other: Iterable[object]) -> bool:
        return False

    def __or__(self, other: Set[object]) -> "EverySign":
        return self


def with_every_sign(*args: Any) -> Reading:
    return replace(read_text(*args), signs=EverySign())


def jumbled(count: int) -> Iterator[str]:
    """Yield texts of trades, cues and words that are signs of something, in any order."""
    taxonomy, random = current_taxonomy(), Random(3)
    trades = [alias.phrase for alias in taxonomy.occupations.aliases]
    skills = [alias.phrase for alias in taxonomy.skills.aliases]
    cues = [cue.phrase for cue in taxonomy.wording.cues]
    words = [*sorted(set[str]().union(*SIGNS.values())), "3 năm", "20 triệu", "7 giờ", "15", "17 tuổi", "2019"]
    for _ in range(count):
        phrases = [random.choice(random.choice((trades, skills, cues, cues, words))) for _ in range(10)]
        spelt = [random.choice((phrase, phrase, phrase.title(), fold(phrase))) for phrase in phrases]
        yield "".join(phrase + random.choice((" ", " ", ", ", ". ", ": ")) for phrase in spelt)


def test_what_is_left_out_would_have_found_nothing(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """X1: a text is read alike whether or not the parts are asked that it shows no sign of."""
    texts = [*jumbled(2000)]
    found = [read(text) for text in texts]
    monkeypatch.setattr(survey, "read_text", with_every_sign)
    assert [read(text) for text in texts] == found
