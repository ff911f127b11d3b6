"""What leaves as a sheet is text to a spreadsheet, and comes back unchanged (F8)."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from service.intake.outgoing import as_it_was, as_text, csv_text
from service.intake.rows import SURVEYS, read_file
from tests.service.intake.made import book_of

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELLS = st.text(st.sampled_from("'=+-@\t＝ aạ\"\n,;1"), max_size=6)


@given(CELLS)
@example("'")
@example("''=HYPERLINK(1)")
@example("=cmd|' /C calc'!A0")
def test_no_cell_is_run_and_each_comes_back(cell: str):
    """F8."""
    out = as_text(cell)
    assert isinstance(out, str)
    assert not out.startswith(RUNS)
    assert as_it_was(out) == cell


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4))
def test_rows_come_back_from_csv(rows: list[list[str]]):
    """F8: separators, quotes and line breaks too."""
    read = [[as_it_was(cell) for cell in row] for row in csv.reader(io.StringIO(csv_text(rows), newline=""))]
    assert read == rows


def test_numbers_stay_numbers_and_nothing_is_empty():
    """F8: a number below zero is no formula."""
    assert csv_text([[-5, 1.5, None]]) == "-5,1.5,\n"


def test_words_of_a_survey_come_back_from_a_sheet_as_they_left():
    """F8: lists are often typed with dashes."""
    words = ["=1+1", "- phụ hồ 3 năm\n- biết hàn", "@ nhà", "+84", "'=x", "tho ho"]
    table = [["Mã", "Lời kể", "Ngày ghi"], *([f"P{i}", text, "20/11/2026"] for i, text in enumerate(words))]
    left = csv_text(table)
    for name, data in (
        ("a.csv", left.encode()),
        ("a.xlsx", book_of({"A": [[as_text(cell) for cell in row] for row in table]})),
    ):
        found = read_file(name, data, SURVEYS)
        assert [row.record.text for row in found.rows] == words  # type: ignore[union-attr]
