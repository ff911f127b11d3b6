"""Parts of readers that are left out where a text shows no sign of what they tell."""

from collections.abc import Callable, Iterator, Set
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from matching.domain.profile import Profile
from matching.extraction import survey
from matching.extraction.reading import Reading, reading_steps
from matching.extraction.signs import TOLD, Part
from matching.extraction.steps import Steps
from matching.taxonomy.release import current_taxonomy
from matching.text.fold import fold

Read = Callable[[str], Profile]


class EveryPart(frozenset[Part]):
    """Holds whatever part of a reader is looked for, so that all are asked."""

    def __contains__(self, part: object) -> bool:
        return True

    def __or__(self, other: Set[object]) -> "EveryPart":
        return self


def with_every_part(*args: Any) -> Steps[Reading]:
    reading = yield from reading_steps(*args)
    return replace(reading, parts=EveryPart())


def jumbled(count: int) -> Iterator[str]:
    """Yield texts of trades, cues and words that are signs of something, in any order."""
    taxonomy, random = current_taxonomy(), Random(3)
    trades = [alias.phrase for alias in taxonomy.occupations.aliases]
    skills = [alias.phrase for alias in taxonomy.skills.aliases]
    cues = [cue.phrase for cue in taxonomy.wording.cues]
    signs = sorted(sign if isinstance(sign, str) else " ".join(sign) for sign in TOLD)
    words = [*signs, "3 năm", "20 triệu", "7 giờ", "15", "17 tuổi", "2019"]
    for _ in range(count):
        phrases = [random.choice(random.choice((trades, skills, cues, cues, words))) for _ in range(10)]
        spelt = [random.choice((phrase, phrase, phrase.title(), fold(phrase))) for phrase in phrases]
        yield "".join(phrase + random.choice((" ", " ", ", ", ". ", ": ")) for phrase in spelt)


def test_what_is_left_out_would_have_found_nothing(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """X1: a text is read alike whether or not the parts are asked that it shows no sign of."""
    texts = [*jumbled(2000)]
    found = [read(text) for text in texts]
    monkeypatch.setattr(survey, "reading_steps", with_every_part)
    assert [read(text) for text in texts] == found
