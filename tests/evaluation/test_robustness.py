"""Promises about measuring what is read: distortions, calibration, the page of wrong readings, and what is reached."""

import json
import unicodedata
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from matching.domain.profile import OccupationMention, Profile
from matching.domain.survey import Survey
from matching.domain.vocabulary import Assertion
from matching.evaluation.browser import Fault, error_page, misreadings
from matching.evaluation.calibration import (
    Answers,
    abstention_curve,
    calibration_report,
    expected_calibration_error,
    occupation_answers,
    reliability,
)
from matching.evaluation.extraction import Case, evaluate_extraction
from matching.evaluation.robustness import robustness, with_moved_tones, with_typos
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy

GOLD = Path(__file__).parents[1] / "extraction" / "data" / "invented_gold.jsonl"
NOTHING = {
    "occupations": [], "skills": [], "licences": [], "needs": [], "constraints": [], "preferences": [],
    "redactions": [], "loan": None, "employment_status": "unknown", "schooling_grade": None, "age_stated": None,
}  # fmt: skip

FLOORS = {
    "occupations": 0.87, "years": 0.93, "licences": 0.84, "needs": 0.91, "loan": 0.93, "constraints": 0.93,
    "preferences": 0.80, "employment_status": 0.70, "schooling_grade": 0.95, "age_stated": 0.95, "redactions": 0.87,
}  # fmt: skip
"""Slightly under what is measured on the invented answers."""


@cache
def reader() -> SurveyReader:
    return SurveyReader(current_taxonomy())


def read(text: str) -> Profile:
    return reader().read(Survey(person_id="P1", text=text, surveyed_on=date(2026, 11, 2)))


@cache
def cases() -> tuple[Case, ...]:
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Case(text=r["text"], style=tuple(r["style"]), gold=r["gold"], profile=read(r["text"])) for r in records
    )


def case(text: str, *occupations: dict[str, object], read_as: tuple[OccupationMention, ...] = ()) -> Case:
    profile = Profile(person_id="P1", occupations=read_as)
    return Case(text=text, style=(), gold=NOTHING | {"occupations": list(occupations)}, profile=profile)


def mention(code: str, start: int, end: int, confidence: float = 0.9) -> OccupationMention:
    return OccupationMention(code=code, assertion=Assertion.EXPERIENCE, evidence=(start, end), confidence=confidence)


def test_typos_are_the_same_for_the_same_seed_and_hit_a_tenth_of_the_words() -> None:
    text = "thợ hồ chính mười năm nhận công trình nhà dân " * 50
    assert with_typos(text, 1) == with_typos(text, 1) != with_typos(text, 2)
    changed = sum(a != b for a, b in zip(text.split(), with_typos(text, 1).split(), strict=True))
    assert 0.05 <= changed / len(text.split()) <= 0.15


def test_moved_tones_are_the_same_words() -> None:
    moved = with_moved_tones("Hòa khỏe, thủy thủ")
    assert moved != "Hòa khỏe, thủy thủ"
    assert sorted(unicodedata.normalize("NFD", moved)) == sorted(unicodedata.normalize("NFD", "Hòa khỏe, thủy thủ"))


def test_careless_typing_costs_little() -> None:
    """X3, X4: Unicode form, capitals and tone position nothing, accents a point, typos in a tenth of the words 6."""
    cost = {one.name: one.lost for one in robustness(cases(), read)}
    assert cost["NFD"] == cost["upper case"] == cost["tone position"] == 0
    assert cost["no accents"] <= 0.01
    assert cost["typos"] <= 0.06


@pytest.mark.parametrize("field", FLOORS)
def test_invented_answers_of_four_regions_are_read(field: str) -> None:
    assert evaluate_extraction(cases())["fields"][field]["f1"] >= FLOORS[field]


def test_confidence_that_is_right_has_no_error() -> None:
    right = Answers(confidence=(0.95,) * 20, right=(True,) * 19 + (False,), wanted=20)
    assert expected_calibration_error(reliability(right)) == pytest.approx(0)
    boastful = Answers(confidence=(0.95,) * 20, right=(False,) * 20, wanted=20)
    assert expected_calibration_error(reliability(boastful)) == pytest.approx(0.95)


def test_what_is_left_unsaid_makes_the_rest_more_precise() -> None:
    answers = Answers(confidence=(0.5, 0.5, 0.9, 0.9), right=(False, True, True, True), wanted=5)
    everything, sure = abstention_curve(answers)
    assert (everything.precision, everything.recall) == (0.75, 0.6)
    assert (sure.precision, sure.recall, sure.threshold) == (1.0, 0.4, 0.9)


def test_confidence_of_occupations_is_near_their_accuracy() -> None:
    report = calibration_report(occupation_answers(cases()))
    assert report["expected_calibration_error"] <= 0.12
    assert sum(row["answers"] for row in report["reliability"]) == sum(len(c.profile.occupations) for c in cases())


def test_each_wrong_reading_is_listed_once() -> None:
    one = case(
        "tho may tau",
        {"code": "7233", "assertion": "experience", "evidence": [0, 11]},
        read_as=(mention("7531", 0, 7),),
    )
    assert [(m.fault, m.what, m.span) for m in misreadings(one)] == [
        (Fault.WRONG, "7531 experience", (0, 7)),
        (Fault.MISSED, "7233 experience", (0, 11)),
    ]
    assert misreadings(case("", read_as=())) == ()


class _Text(HTMLParser):
    """Collects the shown text, and the tags that were never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown += data


def test_the_page_shows_the_text_as_typed_and_marks_overlapping_places() -> None:
    text = "<b>thợ</b> máy & tàu"
    one = case(
        text,
        {"code": "7233", "assertion": "experience", "evidence": [3, 20]},
        read_as=(mention("7531", 3, 14),),
    )
    page = error_page([one, case("nothing wrong")])
    parsed = _Text()
    parsed.feed(page)
    assert parsed.open == []
    assert text in parsed.shown and "nothing wrong" not in parsed.shown
    assert 'class="both"' in page and "<b>thợ" not in page.replace("&lt;b&gt;", "")


def test_the_page_of_the_invented_answers_is_whole() -> None:
    parsed = _Text()
    parsed.feed(error_page(cases()))
    assert parsed.open == []
