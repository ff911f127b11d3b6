"""Sheets in the encodings of twenty years are read exactly or refused with the row (F3)."""

import random
import unicodedata
from typing import Any

import pytest

from matching.domain.survey import Survey
from matching.samples import load_samples
from service.errors import FileError
from service.intake.decoded import decoded
from service.intake.legacy import Writing, as_bytes, read
from service.intake.problems import Problem
from service.intake.rows import SURVEYS, Intake, read_file
from service.intake.sheets import Sheet
from service.intake.writings import UndecidedError, as_written, decide, is_open
from tests.service.intake.made import HEADINGS, ROWS, WORDS, book_of, csv_of, written_as

LEGACY = (Writing.TCVN3, Writing.VNI, Writing.VISCII, Writing.WINDOWS_1258)
SMALL = [text[0].replace("Ư", "ư").replace("Đ", "đ") + text[1:] for text in WORDS]


def texts(found: Intake[Survey]) -> list[str]:
    return [row.record.text for row in found.rows if isinstance(row.record, Survey)]


def problems(found: Intake[Survey]) -> dict[int, str]:
    return {row.number: row.record.en for row in found.rows if isinstance(row.record, Problem)}


@pytest.mark.parametrize(
    ("garbled", "writing", "meant"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", Writing.TCVN3, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", Writing.TCVN3, "Độc lập - Tự do - Hạnh phúc"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Writing.VNI, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("COÄNG HOØA, Ñoäc laäp, ÑÖÔØNG", Writing.VNI, "CỘNG HÒA, Độc lập, ĐƯỜNG"),
        ("Ti\u00aang Vi\u00aet", Writing.VISCII, "Tiếng Việt"),
        ("VÃ¢ng áº¡", Writing.TWICE, "Vâng ạ"),
    ],
)
def test_well_known_sentences_are_read(garbled: str, writing: Writing, meant: str):
    """F3: the tables are those that people used; VISCII as RFC 1456 has it."""
    data = as_bytes(garbled)
    assert data is not None
    assert read(data, writing) == meant


@pytest.mark.parametrize("writing", LEGACY)
def test_a_csv_file_in_any_of_the_old_encodings_is_read_exactly(writing: Writing):
    """F3."""
    table = [HEADINGS, *ROWS] if writing is not Writing.TCVN3 else [HEADINGS, *_small_rows()]
    data = written_as(csv_of(table), writing)
    found = read_file("a.csv", data, SURVEYS)
    assert texts(found) == [row[1] for row in table[1:]]
    assert problems(found) == {}
    assert writing.value in found.told[0].en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_read_as_it_is(encoding: str, form: Any):
    """F3: and nothing is told, for nothing was guessed."""
    text = unicodedata.normalize(form, csv_of([HEADINGS, *ROWS]))
    found = read_file("a.csv", text.encode(encoding), SURVEYS)
    assert texts(found) == [unicodedata.normalize(form, text) for text in WORDS]
    assert found.told == []


@pytest.mark.parametrize("writing", [Writing.TCVN3, Writing.VNI])
def test_a_spreadsheet_in_an_old_font_is_read_by_what_it_says(writing: Writing):
    """F3: a font only changes how strange letters look."""
    table = [HEADINGS, *_small_rows()]
    garbled = [[_shown(cell, writing) for cell in row] for row in table]
    found = read_file("a.xlsx", book_of({"A": garbled}), SURVEYS)
    assert texts(found) == SMALL
    assert problems(found) == {}


def test_utf8_that_was_taken_for_windows_letters_is_mended():
    """F3: what "Thá»£ há»“" says can be told."""
    broken = [[_twice(cell) for cell in row] for row in (HEADINGS, *ROWS)]
    assert texts(read_file("a.xlsx", book_of({"A": broken}), SURVEYS)) == WORDS


def test_a_column_in_another_font_is_read_too():
    """F3: names of communes in Unicode, words in .VnTime."""
    rows = [[row[0], _shown(row[1], Writing.TCVN3), *row[2:]] for row in _small_rows()]
    found = read_file("a.xlsx", book_of({"A": [HEADINGS, *rows]}), SURVEYS)
    assert texts(found) == SMALL
    assert [row.record.commune for row in found.rows if isinstance(row.record, Survey)] == ["xã Phan Rí Cửa"] * 4


def test_a_cell_in_another_encoding_than_its_sheet_is_refused_with_its_row():
    """F3: no word is guessed."""
    rows = [list(row) for row in ROWS]
    rows[2][1] = _shown("thợ hồ, biết sửa máy nổ", Writing.TCVN3)
    found = read_file("a.xlsx", book_of({"A": [HEADINGS, *rows]}), SURVEYS)
    assert texts(found) == [WORDS[0], WORDS[1], WORDS[3]]
    assert "is not in Unicode like the rest" in problems(found)[4]


def test_letters_that_were_lost_are_not_taken_for_words():
    """F3: "th? h?" was something else once."""
    rows = [list(row) for row in ROWS]
    rows[1][1] = "L?m ph? h? 4 n?m"
    assert "lost its accented letters" in problems(read_file("a.csv", csv_of([HEADINGS, *rows]).encode(), SURVEYS))[3]


@pytest.mark.parametrize("data", [b"\xe9", b"a\xff\xfe b", b"l\xe0m \xe5\xe5", b"\x80\x81\x82"])
def test_bytes_of_no_encoding_are_refused_with_their_row(data: bytes):
    """F3."""
    sheet = b"person_id,text,surveyed_on\nP1,tho,2026-11-20\nP2," + data + b",2026-11-20\n"
    with pytest.raises(FileError, match="row 3"):
        read_file("a.csv", sheet, SURVEYS)


def test_names_from_other_languages_do_not_turn_a_sheet_away():
    """F3: "Đắk R'Lấp", "café" and "Krông Nô" are no syllables, and stand in sheets."""
    words = [*SMALL, "về xã krông nô làm cà phê, rồi qua đắk r'lấp"]
    rows = [[f"P{i}", text, "", "20/11/2026", "", ""] for i, text in enumerate(words)]
    found = read_file("a.csv", written_as(csv_of([HEADINGS, *rows]), Writing.TCVN3), SURVEYS)
    assert texts(found) == words
    accented = [*ROWS, ["P9", "phục vụ quán café", "", "20/11/2026", "", ""]]
    assert texts(read_file("a.csv", csv_of([HEADINGS, *accented]).encode(), SURVEYS))[-1] == "phục vụ quán café"


def test_signs_between_numbers_are_no_words():
    """F3: a dash or a degree tells nothing, also where a sheet has two writings."""
    rows = [[row[0], _shown(row[1], Writing.TCVN3), "15–20 °C", *row[3:]] for row in _small_rows()]
    found = read_file("a.xlsx", book_of({"A": [HEADINGS, *rows]}), SURVEYS)
    assert [row.record.commune for row in found.rows if isinstance(row.record, Survey)] == ["15–20 °C"] * 4


@pytest.mark.parametrize("writing", LEGACY)
def test_a_few_words_are_read_rightly_or_not_at_all(writing: Writing):
    """F3: whatever three words of a sheet are looked at."""
    words = " ".join(SMALL).split()
    for start in range(len(words) - 3):
        some = words[start : start + 3]
        cells = [written_as(word, writing).decode("latin-1") for word in some]
        try:
            found = decide(filter(is_open, cells), LEGACY)
        except UndecidedError:
            continue
        assert [as_written(cell, found) for cell in cells] == some


@pytest.mark.parametrize("writing", [Writing.TCVN3, Writing.VNI])
def test_columns_of_two_writings_are_read_rightly_or_not_at_all(writing: Writing):
    """F3: one column of whole texts, three of a few words each, every one in Unicode or an old font."""
    texts = sorted({survey.text.lower() for survey in load_samples().surveys if not survey.text.isascii()})
    rng, refused, cells = random.Random(3), 0, 0
    for _ in range(40):
        meant = [[rng.choice(texts), *(_some_words(rng, texts) for _ in range(3))] for _ in range(8)]
        old = [rng.random() < 0.5 for _ in range(4)]
        rows = [[_shown(cell, writing) if old[at] else cell for at, cell in enumerate(row)] for row in meant]
        found = decoded(Sheet(name="A", rows=rows, first_column=0), name="a.xlsx", as_bytes=False)
        for number, row in enumerate(meant):
            for at, cell in enumerate(row):
                refused += (number, at) in found.unread
                cells += 1
                assert (number, at) in found.unread or found.rows[number][at] == cell
    assert refused < cells / 100


def _some_words(rng: random.Random, texts: list[str]) -> str:
    words = rng.choice(texts).split()
    start = rng.randrange(len(words))
    return " ".join(words[start : start + rng.randint(1, 3)])


def _small_rows() -> list[list[Any]]:
    return [[row[0], text, "xã Phan Rí Cửa", *row[3:]] for row, text in zip(ROWS, SMALL, strict=True)]


def _shown(cell: Any, writing: Writing) -> Any:
    return written_as(cell, writing).decode("cp1252", "replace") if isinstance(cell, str) else cell


def _twice(cell: Any) -> Any:
    """Return what a program shows that takes UTF-8 for Windows-1252, byte by byte."""
    data = cell.encode() if isinstance(cell, str) else b""
    letters = (bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code)) for code in data)
    return "".join(letters) if isinstance(cell, str) else cell
