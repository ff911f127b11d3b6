"""Parts of readers that are left out where a text shows no sign of what they tell."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from matching.domain.profile import Profile
from matching.extraction import survey
from matching.extraction.reading import Reading, read_text
from matching.extraction.signs import SIGNS
from matching.taxonomy.release import current_taxonomy

Read = Callable[[str], Profile]


class EverySign(frozenset[str]):
    """Signs of everything, so that every part of every reader is asked."""

    def isdisjoint(self, other: Iterable[object]) -> bool:
        return False


def with_every_sign(*args: Any) -> Reading:
    return replace(read_text(*args), signs=EverySign())


def jumbled(count: int) -> Iterator[str]:
    """Yield texts of trades, cues and words that are signs of something, in any order."""
    taxonomy, random = current_taxonomy(), Random(3)
    trades = [alias.phrase for alias in taxonomy.occupations.aliases]
    skills = [alias.phrase for alias in taxonomy.skills.aliases]
    cues = [cue.phrase for cue in taxonomy.wording.cues]
    words = sorted(set[str]().union(*SIGNS.values()))
    for _ in range(count):
        phrases = [random.choice(random.choice((trades, skills, cues, cues, words))) for _ in range(10)]
        yield "".join(phrase + random.choice((" ", " ", ", ", ". ", ": ")) for phrase in phrases)


def test_what_is_left_out_would_have_found_nothing(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """X1: a text is read alike whether or not the parts are asked that it shows no sign of."""
    texts = [*jumbled(2000)]
    found = [read(text) for text in texts]
    monkeypatch.setattr(survey, "read_text", with_every_sign)
    assert [read(text) for text in texts] == found
