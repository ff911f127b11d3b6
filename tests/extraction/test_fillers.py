"""Promises of reading a trade around the words that people put into it; all is invented."""

from datetime import date

import pytest

from matching.domain.survey import Survey
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy

READER = SurveyReader(current_taxonomy())


def trades(text: str) -> list[tuple[str, str]]:
    survey = Survey(person_id="P", surveyed_on=date(2026, 11, 1), text=text, commune=None)
    return [(m.code, text[slice(*m.evidence)]) for m in READER.read(survey).occupations]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("em biết sửa mấy cái máy nổ", "7233"),
        ("sua duoc vai cai tivi", "7421"),
        ("nhà nuôi toàn vịt đẻ", "6122"),
        ("chạy thêm chiếc xe ôm", "8321"),
        ("trồng mấy sào lúa", "6111"),
        ("làm cho một xưởng may", "8153"),
        ("rửa xe cho một gara", "9122"),
        ("đan mấy cái rổ", "7317"),
    ],
)
def test_how_many_and_for_whom_makes_no_other_trade(text: str, code: str) -> None:
    """X1: the words between a verb and its thing belong to the evidence and change nothing."""
    assert [found for found, _ in trades(text)] == [code]


@pytest.mark.parametrize("text", ["giặt đồ cho người ta", "giặt đồ mướn", "giat do cho hang xom"])
def test_work_for_others_is_work_for_hire(text: str) -> None:
    """X1: "cho người ta" says what "thuê" says."""
    assert [(code, said) for code, said in trades(text)] == [("9121", text)]


@pytest.mark.parametrize(
    "text",
    [
        "bán mấy con bò trả nợ",
        "ở trại 1 năm rồi về",
        "mua cái xe máy cũ",
        "có thợ 3 người ở xóm trên",
        "xin cho mấy đứa nhỏ đi học",
    ],
)
def test_what_is_counted_and_sold_once_or_lasts_is_no_trade(text: str) -> None:
    """X1: a false reading harms a person more than a question."""
    assert not trades(text)


def test_a_longer_phrase_stands() -> None:
    """X1: words left out never take a phrase from what is said in full."""
    assert trades("muốn học thêm lập trình cnc")[-1][1].endswith("lập trình cnc")
