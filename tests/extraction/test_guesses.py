"""Promises about trades that no alias names: told where the back-off is sure, else asked, never guessed silently (X1).

The phrases hold a word that no dictionary has ("quoẻng"), so that no release will ever read them.
"""

from dataclasses import replace
from datetime import date

import pytest

from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.domain.vocabulary import Assertion
from matching.extraction.backoff import BackOff, Suggestion
from matching.extraction.backoff_store import occupation_backoff
from matching.extraction.confidence import AS_SPELT, WITHOUT_ACCENTS
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy

SURE, UNSURE, UNLIKELY = "đan quoẻng", "sửa quoẻng", "làm quoẻng"
SUGGESTED = {
    SURE: (("7317", 0.97), ("7318", 0.01)),
    "dan quoeng": (("7317", 0.97),),
    UNSURE: (("7233", 0.6), ("7231", 0.3), ("7421", 0.02)),
    UNLIKELY: (("9629", 0.3), ("6111", 0.2)),
}
TAXONOMY = current_taxonomy()


class Told(BackOff):
    """A back-off whose answers are known beforehand; names may end with the word that no dictionary has."""

    def __init__(self) -> None:
        fitted = occupation_backoff(TAXONOMY).fitted
        self.fitted = replace(
            fitted, names=(*fitted.names, *SUGGESTED), labels=(*fitted.labels, *("7317",) * len(SUGGESTED))
        )

    def suggest(self, text: str, k: int = 3) -> tuple[Suggestion, ...]:
        found = SUGGESTED.get(text.lower().removesuffix(" nữa"), ())
        return tuple(Suggestion(code=code, confidence=confidence) for code, confidence in found[:k])


@pytest.fixture(scope="module")
def reader() -> SurveyReader:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.extraction.survey.occupation_backoff", lambda taxonomy: Told())
        return SurveyReader(TAXONOMY)


def read(reader: SurveyReader, text: str) -> Profile:
    return reader.read(Survey(person_id="P1", text=text, surveyed_on=date(2026, 11, 2)))


def told(reader: SurveyReader, text: str) -> list[tuple[str, Assertion, float | None]]:
    return [(m.code, m.assertion, m.years) for m in read(reader, text).occupations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tui biết đan quoẻng 4 năm.", [("7317", Assertion.EXPERIENCE, 4.0)]),
        ("Đan quoẻng 4 năm, giờ ở nhà.", [("7317", Assertion.EXPERIENCE, 4.0)]),
        ("Nguyện vọng: xin học đan quoẻng.", [("7317", Assertion.WISH, None)]),
        ("Vợ tui đan quoẻng.", []),
        ("Không biết đan quoẻng.", []),
        ("Ở nhà đan quoẻng cũ.", []),
        ("Muốn làm quoẻng.", []),
    ],
)
def test_what_the_back_off_is_sure_of_is_read_like_any_other_trade(
    reader: SurveyReader, text: str, expected: list[tuple[str, Assertion, float | None]]
) -> None:
    assert told(reader, text) == expected
    assert read(reader, text).questions == ()


def test_a_guess_says_what_was_read_and_is_less_sure_than_an_alias(reader: SurveyReader) -> None:
    text = "Tui biết đan quoẻng nữa."
    (mention,) = read(reader, text).occupations
    assert text[slice(*mention.evidence)] == SURE
    assert mention.confidence == pytest.approx(0.97 * AS_SPELT)
    (bare,) = read(reader, "tui biet dan quoeng").occupations
    assert bare.confidence == pytest.approx(0.97 * WITHOUT_ACCENTS)


def test_what_it_is_not_sure_of_is_asked_with_the_likely_candidates(reader: SurveyReader) -> None:
    text = "Tui biết sửa quoẻng 4 năm."
    profile = read(reader, text)
    assert profile.occupations == ()
    (question,) = profile.questions
    assert text[slice(*question.evidence)] == UNSURE
    assert question.candidates == ("7233", "7231")
    names = [TAXONOMY.occupations.plain_vi[TAXONOMY.occupations.row[code]] for code in question.candidates]
    assert question.ask_vi == f'"sửa quoẻng" là nghề nào: {names[0]}; {names[1]}?'


@pytest.mark.parametrize(
    "text",
    [
        "Anh trai tui sửa quoẻng.",
        "Không biết sửa quoẻng.",
        "Tui làm thợ sửa máy, biết sửa quoẻng.",
        "Tui làm thợ hồ 5 năm, sửa quoẻng nhà dân.",
        "Tui làm thợ hồ (xây tô, sửa quoẻng).",
        "Muốn làm quoẻng.",
    ],
)
def test_nobody_is_asked_about_others_denials_tasks_of_a_trade_and_what_is_likely_none(
    reader: SurveyReader, text: str
) -> None:
    """A task of a trade that is read says nothing new."""
    assert read(reader, text).questions == ()


def test_what_must_be_hidden_is_never_asked_about(reader: SurveyReader) -> None:
    profile = read(reader, "Họ tên: Sửa Quoẻng. Nghề: đan quoẻng.")
    assert [m.code for m in profile.occupations] == ["7317"]
    assert profile.questions == ()


def test_a_name_that_the_lexicon_lacks_is_told_by_the_shipped_back_off() -> None:
    """With the aliases of one trade taken out of the lexicon, the person who has it still has it."""
    occupations = TAXONOMY.occupations
    aliases = tuple(alias for alias in occupations.aliases if "phụ hồ" not in alias.phrase)
    less = SurveyReader(replace(TAXONOMY, occupations=replace(occupations, aliases=aliases)))
    assert told(less, "Đi làm ở quê, phụ hồ 3 năm.") == [("9313", Assertion.EXPERIENCE, 3.0)]
