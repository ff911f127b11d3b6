"""Groups are made of what may be seen, and none is small."""

from collections import Counter

import pytest

from matching.evaluation.groups import MIN_GROUP, REST, accents, age_band, dialect, groups_of
from matching.taxonomy.release import current_taxonomy
from tests.builders import TODAY, pairs_of, person


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("di bien 5 nam, muon hoc lai may", "few or none"),
        ("Đi biển được 5 năm, muốn học lái máy", "full"),
        ("di biển 5 nam roi gio muon hoc lai may tau", "few or none"),
        ("", "few or none"),
    ],
)
def test_accents_are_seen_in_the_typing(text: str, group: str) -> None:
    assert accents(text) == group


def test_dialect_is_heard_in_everyday_words() -> None:
    assert dialect("Tui hổng biết mần gì") == "south"
    assert dialect("Chừ không biết đi mô nớ") == "centre"
    assert dialect("Thế thì tôi muốn làm công nhân nhé") == "north"
    assert dialect("Muốn tìm việc làm gần nhà") == "unmarked"


def test_age_bands_are_wide() -> None:
    assert [age_band(year, TODAY) for year in (None, 2002, 2001, 1982, 1981)] == [
        "unknown",
        "under 25",
        "25 to 44",
        "25 to 44",
        "45 and over",
    ]


@pytest.mark.parametrize("sizes", [(30, 25, 3), (30, 12, 9), (11, 4, 3), (5, 4), (40,)])
def test_no_group_is_small_and_none_can_be_found_by_subtraction(sizes: tuple[int, ...]) -> None:
    """P6: cells under 10 are not told, and the rest is as large when some of it is."""
    years = (None, 2003, 1990, 1970)
    who = [person(f"P{i}-{j}", birth_year=years[i], text="phụ hồ") for i, size in enumerate(sizes) for j in range(size)]
    pairs = pairs_of(who, [])
    groups = groups_of([p.survey for p in who], pairs.people, current_taxonomy().places, as_of=TODAY)
    count = Counter(groups["age"])
    assert sum(count.values()) == sum(sizes)
    assert set(count) == {REST} or all(n >= MIN_GROUP for n in count.values())
    assert set(groups) == {"accents", "length", "dialect", "age", "commune", "transport"}
