"""Promises of the contract's files: bad input is named by file, line and key, and nothing is guessed."""

import json
from typing import Any

import pytest

from matching.errors import DataError, RecordsError
from matching.jsonl import decode_offer, decode_survey, dump, plain, read_lines, read_unique

SURVEY: dict[str, Any] = {"person_id": "P1", "text": "Thợ hồ 8 năm", "surveyed_on": "2026-11-02"}
OPENING: dict[str, Any] = {"offer_id": "J1", "kind": "opening", "title": "Thợ hồ"}


def line(record: dict[str, Any], **changes: Any) -> str:
    return json.dumps(record | changes, ensure_ascii=False)


def test_absent_and_null_both_mean_unknown() -> None:
    assert decode_survey(line(SURVEY)) == decode_survey(line(SURVEY, transport=None, licences=None, court_bars=None))


def test_a_survey_comes_back_as_it_was() -> None:
    text = line(SURVEY, court_bars=[{"occupations": ["8332"], "until": "2027-01-01"}], transport="motorbike")
    assert decode_survey(dump(decode_survey(text))) == decode_survey(text)


def test_an_offer_comes_back_as_it_was() -> None:
    text = line(OPENING, wage_unit="day", wage_min_vnd=300000, physical=["heights"], hours="07:00-17:00")
    offer = decode_offer(text)
    assert decode_offer(dump(offer)) == offer
    assert plain(offer)["kind"] == "opening"


@pytest.mark.parametrize("key", ["sex", "name", "ethnicity", "religion", "offence", "gender"])
def test_keys_that_nobody_may_ask_for_are_refused(key: str) -> None:
    """M2: a file that has them is refused."""
    with pytest.raises(DataError, match=f"{key}: unknown key"):
        decode_survey(line(SURVEY, **{key: "x"}))


def test_an_unknown_key_inside_a_record_is_named_with_its_path() -> None:
    with pytest.raises(DataError, match=r"licences\[0\]\.issued_by: unknown key"):
        decode_survey(line(SURVEY, licences=[{"code": "driving_C", "status": "valid", "issued_by": "x"}]))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"transport": "boat"}, "transport"),
        ({"surveyed_on": "02/11/2026"}, "surveyed_on"),
        ({"schooling_grade": 13}, "schooling_grade"),
        ({"licences": [{"code": "driving_Z", "status": "valid"}]}, "licences"),
        ({"birth_year": "1990"}, "birth_year"),
        ({"person_id": None}, "person_id"),
    ],
)
def test_a_wrong_value_is_named_by_its_key(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(DataError, match=named):
        decode_survey(line(SURVEY, **changes))


HOSTILE = {
    "NaN": '{"person_id": "P", "text": "x", "surveyed_on": "2026-11-02", "max_commute_km": NaN}',
    "huge": '{"person_id": "P", "text": "x", "surveyed_on": "2026-11-02", "birth_year": ' + "9" * 400 + "}",
    "overflow": '{"person_id": "P", "text": "x", "surveyed_on": "2026-11-02", "max_commute_km": 1e999}',
    "surrogate": r'{"person_id": "P", "text": "\ud800", "surveyed_on": "2026-11-02"}',
    "NUL": r'{"person_id": "P", "text": "a\u0000b", "surveyed_on": "2026-11-02"}',
    "deep": '{"person_id": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "repeated": '{"person_id": "P", "person_id": "Q", "text": "x", "surveyed_on": "2026-11-02"}',
    "list": "[1, 2]",
    "half": '{"person_id": "P"',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_json_is_refused_with_a_reason(text: str) -> None:
    """F1."""
    with pytest.raises(DataError):
        decode_survey(text)


def test_every_bad_line_is_reported_before_anything_is_refused() -> None:
    lines = [line(SURVEY), line(SURVEY, sex="x"), "", "no json", line(SURVEY, person_id="P2")]
    with pytest.raises(RecordsError) as refused:
        read_lines(lines, decode_survey, source="people.jsonl")
    assert [p.split(":")[0] for p in refused.value.problems] == ["people.jsonl, line 2", "people.jsonl, line 4"]


def test_at_most_fifty_bad_lines_are_listed() -> None:
    with pytest.raises(RecordsError) as refused:
        read_lines(["no json"] * 80, decode_survey, source="people.jsonl")
    assert len(refused.value.problems) == 51


def test_two_records_with_one_id_are_refused() -> None:
    with pytest.raises(RecordsError, match=r"\[P1\] stands twice"):
        read_unique([line(SURVEY), line(SURVEY)], decode_survey, source="people.jsonl", key="person_id")
