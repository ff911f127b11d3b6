"""Judged pairs are read in both shapes, strictly."""

import pytest

from matching.errors import DataError
from matching.evaluation.gold import decode_gold_survey, decode_survey_of_gold
from matching.evaluation.judgements import decode_judged


def test_the_plain_shape_and_that_of_annotators_say_the_same() -> None:
    plain = decode_judged('{"person_id": "S1", "offer_id": "J1", "grade": 0, "must_filter": true}')
    noted = decode_judged(
        '{"survey": "S1", "item": "J1", "grade": 0, "why": "court bar: MUST be filtered", "synthetic": true}'
    )
    assert plain == noted
    assert not decode_judged('{"survey": "S1", "item": "J1", "grade": 0, "why": "far"}').must_filter


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('{"person_id": "S1", "offer_id": "J1", "grade": 4}', "grade"),
        ('{"person_id": "S1", "offer_id": "J1", "grade": 2, "must_filter": true}', "grade"),
        ('{"person_id": "S1", "offer_id": "J1"}', "grade"),
        ('{"person_id": "S1", "offer_id": "J1", "grade": 1, "offence": "x"}', "offence"),
        ('{"survey": "S1", "item": "J1", "grade": 1, "category": "completed"}', "category"),
        ('{"survey": "S1", "grade": 1}', "offer_id"),
        ('{"person_id": "S1", "offer_id": "J1", "grade": NaN}', "NaN"),
    ],
)
def test_what_is_wrong_is_named(line: str, key: str) -> None:
    with pytest.raises(DataError, match=key):
        decode_judged(line)


def test_an_annotators_keys_stand_beside_the_survey() -> None:
    form = '"person_id": "S1", "text": "phụ hồ", "surveyed_on": "2026-11-02"'
    line = "{" + form + ', "style": ["southern"], "gold": {"needs": []}}'
    read = decode_gold_survey(line)
    assert (read.survey, read.gold, read.style) == (decode_survey_of_gold(line), {"needs": []}, ("southern",))
    with pytest.raises(DataError, match="gold"):
        decode_gold_survey('{"person_id": "S1", "text": "", "surveyed_on": "2026-11-02"}')
    with pytest.raises(DataError, match="offence"):
        decode_gold_survey('{"person_id": "S1", "text": "", "surveyed_on": "2026-11-02", "gold": {}, "offence": "x"}')
