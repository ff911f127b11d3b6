"""Sheets as communes really type them: titles, headings, days and sums (F3, F4, M2)."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from matching.domain.offer import Opening
from matching.domain.survey import Survey
from service.errors import FileError
from service.intake.columns import NAMES, plain, words_of
from service.intake.problems import Problem
from service.intake.rows import OFFERS, SURVEYS, Form, Intake, read_file
from tests.service.intake.made import HEADINGS, ROWS, WORDS, book_of, csv_of, old_book, open_document

DAY = date(2026, 11, 20)


def sheet(*rows: Sequence[Any], form: Form[Any] = SURVEYS) -> Intake[Any]:
    return read_file("a.csv", csv_of([["" if cell is None else cell for cell in row] for row in rows]).encode(), form)


def surveys(found: Intake[Any]) -> list[Survey]:
    assert [row.record.en for row in found.rows if isinstance(row.record, Problem)] == []
    return [row.record for row in found.rows]


def one(heading: str, cell: Any) -> Survey:
    return surveys(sheet(["Mã", "Lời kể", "Ngày ghi", heading], ["P1", "tho ho", "20/11/2026", cell]))[0]


def reason(heading: str, cell: Any) -> Problem:
    row = sheet(["Mã", "Lời kể", "Ngày ghi", heading], ["P1", "tho ho", "20/11/2026", cell]).rows[0]
    assert isinstance(row.record, Problem)
    return row.record


def refusal(*rows: Sequence[Any], form: Form[Any] = SURVEYS) -> FileError:
    with pytest.raises(FileError) as caught:
        sheet(*rows, form=form)
    return caught.value


def test_a_spreadsheet_says_what_its_csv_says():
    """F3: numbers, days and words come out alike."""
    table = [HEADINGS, *[[*row[:3], DAY, *row[4:]] for row in ROWS]]
    from_book = surveys(read_file("a.xlsx", book_of({"A": table}), SURVEYS))
    assert from_book == surveys(sheet(HEADINGS, *ROWS))
    assert [survey.text for survey in from_book] == WORDS
    assert {survey.surveyed_on for survey in from_book} == {DAY}
    assert [survey.birth_year for survey in from_book] == [1980, 1981, 1982, 1983]


def test_the_workbooks_of_other_programs_say_the_same():
    """F3: Excel 97 and LibreOffice."""
    table = [
        ["Mã người", "Lời kể", "Ngày ghi", "Năm sinh"],
        ["P1", "Làm phụ hồ 4 năm, xây tô được", "20/11/2026", 1981],
    ]
    wanted = surveys(sheet(*table))
    assert surveys(read_file("a.xls", old_book(), SURVEYS)) == wanted
    assert surveys(read_file("a.ods", open_document(table), SURVEYS)) == wanted


@pytest.mark.parametrize(
    "headings",
    [
        ["Mã người", "Lời kể", "Xã", "Ngày ghi", "Năm sinh", "Phương tiện"],
        ["MA SO", "NOI DUNG", "DIA PHUONG", "NGAY KS", "NS", "PT DI LAI"],
        ["mã hs", "N/vọng:", "xã/phường", "Ngày khảo sát (dd/mm/yyyy)", "N/sinh", "Xe"],
        ["person_id", "text", "commune", "surveyed_on", "birth_year", "transport"],
    ],
)
def test_headings_are_known_with_and_without_accents_and_in_short(headings: list[str]):
    """F3."""
    found = surveys(sheet(headings, *ROWS))
    assert [(s.text, s.commune, s.surveyed_on, s.transport) for s in found] == [
        (text, "Xã Phan Rí Cửa", DAY, "motorbike") for text in WORDS
    ]


def test_titles_above_and_numbering_below_the_headings_are_no_rows():
    """F3: and rows keep the numbers that the spreadsheet shows."""
    title = ["UBND XÃ PHAN RÍ CỬA", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None, None]
    above = [title, [None] * 6, ["DANH SÁCH KHẢO SÁT NHU CẦU VIỆC LÀM NĂM 2026"] + [None] * 5]
    numbering = [f"({i})" for i in range(1, 7)]
    found = read_file("a.xlsx", book_of({"A": [*above, HEADINGS, numbering, *ROWS]}), SURVEYS)
    assert [row.number for row in found.rows] == [6, 7, 8, 9]
    assert len(surveys(found)) == 4


def test_headings_of_two_lines_are_read_together():
    """F3: a wide heading stands over narrow ones."""
    upper = ["STT", "Mã", "Phiếu khảo sát", None, "Lương", "Đi lại bằng"]
    lower = [None, None, "Ngày ghi", "Lời kể", "thấp nhất (triệu đồng)", None]
    found = sheet(upper, lower, [1, "P1", "20/11/2026", "tho ho", "5,5", "xe đạp"])
    [survey] = surveys(found)
    assert (survey.person_id, survey.text, survey.wage_floor_vnd_month, survey.transport) == (
        "P1",
        "tho ho",
        5_500_000,
        "bicycle",
    )
    assert [told.en for told in found.told] == ["Columns passed over: STT."]


def test_columns_may_come_in_any_order_and_begin_anywhere():
    """F3."""
    rows = [[None, None, *reversed(row)] for row in (HEADINGS, *ROWS)]
    assert surveys(read_file("a.xlsx", book_of({"A": [[], [], *rows]}), SURVEYS)) == surveys(sheet(HEADINGS, *ROWS))


@pytest.mark.parametrize(
    "cell",
    [
        "20/11/2026",
        "20-11-2026",
        "20.11.2026",
        "2026-11-20",
        "2026-11-20 00:00:00",
        "20/11/2026 0:00",
        46346,
        "46346",
        DAY,
    ],
)
def test_days_are_read_as_they_are_written_here(cell: Any):
    """F3: day first, as ISO, or as the number that a spreadsheet keeps."""
    table = [["Mã", "Lời kể", "Ngày ghi"], ["P1", "tho ho", cell]]
    assert surveys(read_file("a.xlsx", book_of({"A": table}), SURVEYS))[0].surveyed_on == DAY


def test_a_column_with_a_month_first_is_not_half_misread():
    """F3: beside 11/20/2026, 05/06/2026 may be either day."""
    found = sheet(
        ["Mã", "Lời kể", "Ngày ghi"],
        ["P1", "tho ho", "05/06/2026"],
        ["P2", "tho ho", "11/20/2026"],
        ["P3", "tho ho", "2026-11-20"],
    )
    assert [isinstance(row.record, Problem) for row in found.rows] == [True, True, False]


@pytest.mark.parametrize("cell", ["31/02/2026", "20/11/26", "hôm qua", "2026", "11/20/2026"])
def test_a_day_that_is_none_is_told_with_its_column(cell: str):
    found = sheet(["Mã", "Lời kể", "Ngày ghi"], ["P1", "tho ho", cell]).rows[0].record
    assert isinstance(found, Problem)
    assert f'column "Ngày ghi": [{cell}]' in found.en
    assert f"cột “Ngày ghi”: [{cell}]" in found.vi


@pytest.mark.parametrize(
    ("heading", "cell", "wanted"),
    [
        ("Lương mong muốn", "5.500.000", 5_500_000),
        ("Lương mong muốn", "5,500,000 đ", 5_500_000),
        ("Lương mong muốn", "5,5 triệu", 5_500_000),
        ("Lương mong muốn", "6tr", 6_000_000),
        ("Lương mong muốn", 5500000, 5_500_000),
        ("Lương (triệu đồng)", "5,5", None),
        ("Lương mong muốn (triệu đồng)", "5,5", 5_500_000),
        ("Lương mong muốn (1.000đ)", 5500, 5_500_000),
        ("wage_floor_vnd_month", "5500000", 5_500_000),
    ],
)
def test_sums_of_money_are_read_with_their_unit(heading: str, cell: Any, wanted: int | None):
    """F3: numbers as text, units in the cell or in the heading."""
    if wanted is None:
        assert "is not read" in str(refusal(["Mã", "Lời kể", "Ngày ghi", heading], ["P1", "x", "20/11/2026", cell]))
    else:
        assert one(heading, cell).wage_floor_vnd_month == wanted


@pytest.mark.parametrize("cell", ["5", "5-7 triệu", "thỏa thuận", "-5000000", "5.500.00"])
def test_a_sum_that_is_not_clear_is_refused(cell: str):
    """F3: "5" may be dong or millions."""
    assert "no clear sum" in reason("Lương mong muốn", cell).en


@pytest.mark.parametrize(("cell", "grade"), [("9/12", 9), ("lớp 9", 9), ("9", 9), ("7/10", 7), (9, 9)])
def test_grades_are_read_as_they_are_written(cell: Any, grade: int):
    assert one("T/độ", cell).schooling_grade == grade


def test_a_grade_that_became_a_day_is_told():
    """F3: spreadsheets make the ninth of December of "9/12"."""
    table = [["Mã", "Lời kể", "Ngày ghi", "T/độ"], ["P1", "tho ho", DAY, date(2026, 12, 9)]]
    found = read_file("a.xlsx", book_of({"A": table}), SURVEYS).rows[0].record
    assert isinstance(found, Problem)
    assert "turned this cell into the day" in found.en


def test_choices_ticks_and_licences_are_read_in_words():
    assert one("Phương tiện", "XE MÁY").transport == "motorbike"
    assert one("Phương tiện", "đi bộ").transport == "none"
    assert one("Phương tiện", None).transport is None
    assert one("Đồng ý", "x").agreed_to_be_shown is True
    assert one("Đồng ý", "không").agreed_to_be_shown is False
    assert one("Đi xa nhất", "15 km").max_commute_km == 15
    held = one("Giấy phép lái xe", "A1, bằng C (hết hạn)").licences
    assert [(its.code, its.status) for its in held] == [("driving_A1", "valid"), ("driving_C", "expired")]
    restricted = one("restricted.category", "community").restricted
    assert restricted is not None
    assert restricted.category == "community"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Phương tiện", "tàu ngầm"),
        ("Đồng ý", "để xem"),
        ("Giấy phép lái xe", "Z9"),
        ("court_bars", "[{"),
        ("court_bars", "x"),
    ],
)
def test_a_word_that_is_no_choice_is_told_with_its_column(heading: str, cell: str):
    assert heading in reason(heading, cell).en


@pytest.mark.parametrize("cell", ["Nguyễn Văn A", "tran thi b", "012345678901", "0912345678"])
def test_an_id_is_no_name_and_no_number_of_a_person(cell: str):
    """P2: the message does not repeat it."""
    found = sheet(["Mã", "Lời kể", "Ngày ghi"], [cell, "tho ho", "20/11/2026"]).rows[0].record
    assert "must be made up" in found.en
    assert cell not in found.en
    assert surveys(sheet(["Mã", "Lời kể", "Ngày ghi"], ["PR 01", "tho ho", "20/11/2026"]))


def test_a_long_cell_is_no_number():
    """F2: it is refused without being looked through."""
    assert "too long" in reason("Năm sinh", "1" + " " * 100_000 + "x").en


def test_an_empty_cell_is_unknown_and_a_needed_one_is_told():
    """F4."""
    found = sheet(["Mã", "Lời kể", "Ngày ghi"], ["", "tho ho", "20/11/2026"], ["P2", "tho", ""], ["", "", ""])
    assert [row.record.en for row in found.rows] == [
        'column "Mã" is empty; every row needs it',
        'column "Ngày ghi" is empty; every row needs it',
    ]


def test_everything_wrong_with_a_row_is_told_at_once():
    """F4."""
    found = sheet(["Mã", "Lời kể", "Ngày ghi", "Năm sinh"], ["P1", "tho ho", "mai", "xưa"]).rows[0].record
    assert "Ngày ghi" in found.en
    assert "Năm sinh" in found.en


def test_what_the_contract_has_against_a_value_is_told_with_the_heading():
    assert reason("Năm sinh", "1870").vi.startswith("cột “Năm sinh”: không nhận giá trị này")
    assert reason("Lớp", "13").en.startswith('column "Lớp": schooling_grade [13] must be a grade')


def test_a_missing_column_is_named_with_its_row_and_the_remedy():
    error = refusal(["DANH SÁCH"], ["Mã", "Ngày ghi"], ["P1", "20/11/2026"])
    assert str(error) == 'a.csv, row 2: the column "Lời kể" is missing; add it, with a value in every row'
    assert error.vi == "a.csv, dòng 2: thiếu cột “Lời kể”; thêm cột này, mỗi dòng một giá trị"


def test_an_unknown_column_is_named_with_its_letter_and_what_it_may_be():
    error = refusal(["Mã", "Lời kể", "Ngày ghi", "Sở thích"], ["P1", "tho", "20/11/2026", "cờ tướng"])
    assert 'row 1, column D: "Sở thích" is not read; delete the column, or name it one of: Mã người' in str(error)
    assert surveys(sheet(["Mã", "Lời kể", "Ngày ghi", "Sở thích"], ["P1", "tho", "20/11/2026", ""]))


@pytest.mark.parametrize(
    "heading", ["Họ và tên", "Giới tính", "Nam/Nữ", "Dân tộc", "Tôn giáo", "Tội danh", "SEX", "CCCD", "SĐT"]
)
@pytest.mark.parametrize("form", [SURVEYS, OFFERS], ids=["surveys", "offers"])
def test_a_column_that_may_not_be_kept_turns_the_file_away_by_name(heading: str, form: Form[Any]):
    """M2: even when it is empty."""
    needed = [form.columns.fields[key].heading for key in form.columns.needed]
    error = refusal([*needed, heading], [*("x" for _ in needed), ""], form=form)
    assert f'"{heading}" may not be kept here' in str(error)


def test_two_columns_that_mean_the_same_are_told():
    assert "means the same" in str(refusal(["Mã", "Mã số", "Lời kể", "Ngày ghi"], ["P1", "P1", "x", "20/11/2026"]))


def test_cells_beside_the_table_are_told():
    error = refusal(["Mã", "Lời kể", "Ngày ghi", ""], ["P1", "x", "20/11/2026", "y"])
    assert "column D: the column holds data and has no name" in str(error)
    found = sheet(["Mã", "Lời kể", "Ngày ghi"], ["P1", "x", "20/11/2026", "y"]).rows[0].record
    assert found.en == "the row holds data in column D, which has no name"


def test_the_sheet_that_has_the_columns_is_read():
    """F3: whatever stands on other sheets; two such sheets are not mixed."""
    other = [["Hướng dẫn"], ["Ghi mỗi người một dòng"]]
    table = [HEADINGS, *ROWS]
    assert len(surveys(read_file("a.xlsx", book_of({"Ghi chú": other, "Phiếu": table}), SURVEYS))) == 4
    hidden = book_of({"Phiếu": table, "Cũ": table}, hidden=["Cũ"])
    assert len(surveys(read_file("a.xlsx", hidden, SURVEYS))) == 4
    with pytest.raises(FileError, match="sheets Xã 1, Xã 2 all hold data"):
        read_file("a.xlsx", book_of({"Xã 1": table, "Xã 2": table}), SURVEYS)


def test_a_sheet_without_headings_is_told_what_they_are():
    with pytest.raises(FileError, match="the first row needs: Mã người, Lời kể, Ngày ghi"):
        read_file("a.xlsx", book_of({"A": ROWS}), SURVEYS)
    with pytest.raises(FileError, match="no row names the columns"):
        read_file("a.csv", b"", SURVEYS)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_below_titles_and_among_commas(separator: str):
    title = "DANH SÁCH, năm 2026; tháng 11\r\n\r\n"
    rows = [["P1", "thợ hồ, thợ nề; 4 năm", "20/11/2026"], ["P2", "biển, ghe, lưới", "20/11/2026"]]
    data = title + csv_of([["Mã", "Lời kể", "Ngày ghi"], *rows], separator)
    assert [s.text for s in surveys(read_file("a.csv", data.encode(), SURVEYS))] == [row[1] for row in rows]
    told = f"sep={separator}\r\n" + csv_of([["Mã", "Lời kể", "Ngày ghi"], *rows], separator)
    assert len(surveys(read_file("a.csv", told.encode(), SURVEYS))) == 2


def test_offers_are_read_from_a_sheet_of_openings():
    """F3: a sheet without a column of kinds holds openings."""
    found = sheet(
        ["Mã tin", "Vị trí tuyển dụng", "Mô tả", "Địa điểm", "SL", "Lương từ", "Lương đến", "Tính theo", "Hạn nộp",
         "Bao ăn"],
        ["J1", "Thợ hồ", "xây nhà dân", "Phan Rí Cửa", "02", "400.000", "450k", "ngày", "31/12/2026", "có"],
        form=OFFERS,
    )  # fmt: skip
    [offer] = surveys(found)
    assert offer == Opening(
        offer_id="J1", title="Thợ hồ", text="xây nhà dân", commune="Phan Rí Cửa", headcount=2, wage_min_vnd=400_000,
        wage_max_vnd=450_000, wage_unit=offer.wage_unit, closes_on=date(2026, 12, 31), meals=True,
    )  # fmt: skip
    assert offer.wage_unit == "day"


def test_every_field_of_the_contract_has_a_column():
    """A new field of a record is read from sheets by its own name at once."""
    for form in (SURVEYS, OFFERS):
        for key in form.columns.fields:
            assert form.columns.key_of(key) == key


@pytest.mark.parametrize("table", ["surveys", "offers"])
def test_no_heading_means_two_columns(table: str):
    """One name for two fields would fill the wrong one in silence."""
    tables = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    names = [name for key, its in tables[table].items() for name in {plain(key), *map(plain, its)}]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert not set(names) & (words_of("forbidden") | words_of("passed_over"))
