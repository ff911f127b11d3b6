"""Many surveys read side by side: the same profiles, in the same order, a few dozen at a time."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from matching.domain.survey import Survey
from matching.extraction.steps import Steps, finished, side_by_side
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy

TEXTS = (
    "Thợ hồ 8 năm, muốn vay 20 triệu nuôi bò",
    "",
    "xin lam bao ve, khong di xa duoc",
    "...",
    "Chayj xe ôm 5 năm, có bằng A1. Mẹ già đau ốm",
    "biết chẻ nan đan rổ, mong có việc gần nhà",
)


@cache
def reader() -> SurveyReader:
    return SurveyReader(current_taxonomy())


def surveys(number: int) -> Iterator[Survey]:
    for i in range(number):
        yield Survey(person_id=f"P{i}", text=TEXTS[i % len(TEXTS)], surveyed_on=date(2026, 11, 2))


def counted(name: str, steps: int, log: list[str]) -> Steps[str]:
    for _ in range(steps):
        log.append(name)
        yield
    return name * steps


def test_surveys_read_side_by_side_give_the_same_profiles_in_order() -> None:
    """X1: how many are read at a time changes no profile; empty texts among them neither."""
    for number in (0, 1, 64, 65, 200):
        assert [*reader().read_all(surveys(number))] == [reader().read(survey) for survey in surveys(number)]


def test_a_few_dozen_surveys_are_held_at_a_time() -> None:
    """However many there are: the first profile is there before the hundredth survey is asked for."""
    asked = surveys(1000)
    first = next(reader().read_all(asked))
    assert first.person_id == "P0"
    assert 1 < int(next(asked).person_id[1:]) < 100


def test_each_step_is_done_for_all_before_the_next() -> None:
    """Pieces of work of different lengths keep their order."""
    log: list[str] = []
    assert side_by_side(counted(name, steps, log) for name, steps in (("a", 2), ("b", 0), ("c", 3))) == [
        "aa",
        "",
        "ccc",
    ]
    assert log == ["a", "c", "a", "c", "c"]
    assert finished(counted("d", 2, log)) == "dd"
