"""The readers of the shipped release, made once."""

from collections.abc import Callable
from datetime import date

import pytest

from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy

Read = Callable[[str], Profile]


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a text as a survey of November 2026."""
    reader = SurveyReader(current_taxonomy())

    def read_one(text: str) -> Profile:
        return reader.read(Survey(person_id="P1", text=text, surveyed_on=date(2026, 11, 2)))

    return read_one
