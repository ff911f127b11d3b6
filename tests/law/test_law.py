"""What the law says is data: dated, sourced, never silently missing."""

from datetime import date
from pathlib import Path

import pytest

from matching.errors import DataError
from matching.law import REGIONS, current_law, load_law

TODAY = date(2026, 11, 23)

ROW = '[[row]]\nname = "a"\nvalue = 1\nunit = "u"\nsource = "s"\nverified = true\n'


def test_a_value_changes_on_its_day_and_not_before():
    law = current_law()
    assert law.minimum_wage_month("IV", date(2025, 12, 31)) == 3_450_000
    assert law.minimum_wage_month("IV", date(2026, 1, 1)) == 3_700_000


def test_every_region_has_a_month_and_an_hour_and_a_richer_region_never_has_less():
    law = current_law()
    months = [law.minimum_wage_month(region, TODAY) for region in REGIONS]
    hours = [law.minimum_wage_hour(region, TODAY) for region in REGIONS]
    assert months == sorted(months, reverse=True) and len(set(months)) == 4
    assert hours == sorted(hours, reverse=True) and len(set(hours)) == 4


def test_m15_the_record_slip_may_not_be_asked_from_july_2026_and_earlier_the_table_says_nothing():
    law = current_law()
    assert law.allows("record_slip_2_may_be_asked", date(2026, 7, 1)) is False
    with pytest.raises(DataError, match=r"record_slip_2_may_be_asked.*2026-06-30"):
        law.allows("record_slip_2_may_be_asked", date(2026, 6, 30))


def test_m9_the_ceilings_of_decision_22():
    law = current_law()
    assert law.number("decision_22_person_max", TODAY) == 100_000_000
    assert law.number("decision_22_training_month_max", TODAY) == 4_000_000
    assert law.number("decision_22_months_since_completion_max", TODAY) == 60
    assert law.words("decision_22_categories", TODAY) == ("completed", "amnestied")
    assert "22/2023" in law.source("decision_22_person_max", TODAY)


def test_the_labour_code_does_not_name_a_record_among_its_grounds():
    assert not [g for g in current_law().words("discrimination_grounds", TODAY) if "record" in g]


def test_m7_work_barred_to_minors_names_the_paragraph_that_bars_it():
    barred = current_law().barred_to_minors(TODAY)
    assert {"6223", "7541", "7212", "7233", "9313", "7112", "9333"} <= set(barred)
    assert not {"5141", "8153", "7231"} & set(barred)
    assert all("147" in row.source for row in barred.values())


def test_an_unknown_name_and_a_wrong_kind_are_told():
    law = current_law()
    with pytest.raises(DataError, match=r"\[no_such_row\] is not defined"):
        law.value("no_such_row", TODAY)
    with pytest.raises(DataError, match="is no number"):
        law.number("record_slip_2_may_be_asked", TODAY)
    with pytest.raises(DataError, match="is no list"):
        law.words("adult_age", TODAY)
    with pytest.raises(DataError, match="is no yes or no"):
        law.allows("adult_age", TODAY)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not toml at all [", "cannot be read"),
        (ROW, "valid_from"),
        (ROW + "valid_from = 2026-01-01\nextra = 1\n", "extra"),
        (ROW + 'valid_from = "2026-01-01"\n', "must be dates"),
        (ROW + "valid_from = 2026-01-01\nvalid_to = 2026-01-01\n", "not empty"),
        (2 * (ROW + "valid_from = 2026-01-01\n"), "two rows of"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(tmp_path: Path, text: str, message: str):
    path = tmp_path / "law.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_law(path)


def test_days_between_two_changes_of_the_law_are_alike():
    """What holds since a day is what held on that day, and not what held the day before."""
    law = current_law()
    for day in (date(2026, 11, 23), date(2026, 1, 1), date(2025, 12, 31)):
        first = law.same_since(day)
        alike, before = [
            {name for name, rows in law.rows.items() for row in rows if row.holds(on)} for on in (day, first)
        ]
        assert alike == before
        assert law.same_since(first) == first
    assert law.same_since(date(2025, 12, 31)) < law.same_since(date(2026, 1, 1)) == date(2026, 1, 1)
