"""Files as communes and strangers make them, made anew for each test."""

import base64
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import xlsxwriter

from service.intake.legacy import Writing, read

HEADINGS = ["Mã người", "Lời kể", "Xã", "Ngày ghi", "Năm sinh", "Phương tiện"]
WORDS = [
    "Hồi trước tui đi bạn ghe giã cào ở Phan Rí hơn 8 năm, giờ ở nhà chưa có việc gì.",
    "Làm phụ hồ 4 năm, xây tô được; muốn học sửa xe máy, nhưng không có vốn để đi học.",
    "Đã nghỉ nghề biển vì sức yếu, nuôi vịt ở nhà. Cần vay khoảng 20 triệu mua thức ăn.",
    "Ưng việc gần nhà thôi: vợ mới sanh, không đi đêm được. Có bằng lái hạng C đã hết hạn.",
]
ROWS: list[list[Any]] = [
    [f"P{i}", text, "Xã Phan Rí Cửa", "20/11/2026", 1980 + i, "xe máy"] for i, text in enumerate(WORDS)
]
_OLD_BOOK = (
    b"c-rk)O=uHA6#izDG-"
    b">Hi8e5?im!)9USSUpgUfQ%$?Zt%Z#UBLiA8DwjCFWqgSgpATg5XK<Qm6+nwO;%|1;vX8p<)F=D5Mroo&*&SZP#yJHj-"
    b"9_2DDJwZ<#l5-"
    b"pqS5J2UU?%)Xwf&Q9E`pT{b+!GmSH6eR^R#Z;Ov1i^aS)@(ixFxf6P6iNeJ$PynOSG@A;HPq`p4+GQQ=cK>~rV|)JY&bb!tt0ly7"
    b"<!Z*Lo2DmElMg;C!-"
    b"1p?Gw65=v`^~L}<H6t_p2s+pIc{nMf?W*V)BKjRvW!gtq%Ybl!`k1+{pockzX5D%aMBj#Q%O^aiUiz2%q$7qn|2IgrxjD%?gH(An"
    b"7>jW!=6vZ&!=PvWa>0blZ7{mgRZ>nm5F{QF9|{}1v27jd=xy5R-JV4o5v$uK}Cy}7;6v4|_;&m|I@RTK-"
    b"<O(KqIHD@L$RtKRO3qyEeGJ412*-<M#m|)`=Jn9T<&LTmTLG2ygEnBrl7Fs?+*+<hNoh98PhP6f$xpRyfqs-HMUklZ0S}mA;diNn"
    b"0ZGtPJO@(-2IcYztgs&D~406nicRs&~_I5{3ieyZ_FuCv0HvQVLaZzhfxl(Ejp}Hn4{4SxF#OfB|>xI_PQJ6P&*E-"
    b"CBacOf|Y8%<lZozD1djY?LeCE@khh}CWvXlH&*ZldKsdteHG;rGcsjr`LG^r+a^M=NwNIq9i%$gHg_e=Z=7(r+3w)3&A!jjAxI3F"
    b"6hlAay)vt&4Pl`DBz@;J8CZ)_>C<#pOCvE^gwDaWR0Cxq}@ZSk9_ZM7L8+?NS$FE|5~!G#MKE?l^9;ljm6hH_5L9_QTbb57-"
    b"c=fBPp)3W=U<iEvX4D(6zp0=MixHM9{xfO%W@Tt5lwML!%|3Zx;>^;T%XRnN7sObI6Ta_w&pEWB6|DFpK+y8Pg<NU|{{{SOy=1T"
)
"""Packed: what writes such files is no longer kept up."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def csv_of(rows: Sequence[Sequence[Any]], separator: str = ",") -> str:
    quoted = [['"' + str(cell).replace('"', '""') + '"' for cell in row] for row in rows]
    return "\r\n".join(separator.join(row) for row in quoted) + "\r\n"


def book_of(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook; a string that begins with "=" stays a string."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "d/m/yyyy"}
    )
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    return out.getvalue()


def written_as(text: str, writing: Writing) -> bytes:
    """Return the bytes of *text* in a legacy writing: each letter by what reads as it."""
    if writing is Writing.WINDOWS_1258:
        return b"".join(_in_1258(char) for char in text)
    return b"".join(char.encode() if char.isascii() else _letters(writing)[char] for char in text)


def _in_1258(char: str) -> bytes:
    try:
        return char.encode("cp1258")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))
        return (base + "".join(c for c in apart if c in _TONES)).encode("cp1258")


@cache
def _letters(writing: Writing) -> dict[str, bytes]:
    """Return every letter with the bytes that are read as it, found by trying all of them."""
    tried = [bytes([code]) for code in (*range(1, 0x20), *range(0x80, 0x100))]
    if writing is Writing.VNI:
        tried += [bytes([ord(base), code]) for base in "aAeEoOuUyY" for code in range(0xC0, 0x100)]
        tried += [bytes([base, code]) for base in b"\xf4\xd4\xf6\xd6" for code in range(0xC0, 0x100)]
    found: dict[str, bytes] = {}
    for data in tried:
        text = read(data, writing)
        if text is not None and len(text) == 1 and not text.isascii():
            found.setdefault(text, data)
    return found


def old_book() -> bytes:
    """Return a workbook as Excel 97 keeps it (XLS), with one person."""
    return zlib.decompress(base64.b85decode(_OLD_BOOK))


def open_document(rows: Sequence[Sequence[Any]], *, repeated: int = 1) -> bytes:
    """Return a workbook as LibreOffice keeps it (ODS); the last row is repeated, and each of its cells as often."""
    table = b"".join(_open_row(row, repeated if row is rows[-1] else 1) for row in rows)
    content = (
        b'<?xml version="1.0"?><office:document-content '
        b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        b'<table:table table:name="A">' + table + b"</table:table></office:spreadsheet></office:body>"
        b"</office:document-content>"
    )
    out, kind = io.BytesIO(), "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", kind)
        made.writestr("META-INF/manifest.xml", "<manifest/>")
        made.writestr("content.xml", content)
    return out.getvalue()


def _open_row(row: Sequence[Any], repeated: int) -> bytes:
    cells = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        for cell in row
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'.encode()


def zip_bomb(megabytes: int) -> bytes:
    """Return a workbook whose one sheet unpacks to so many megabytes of the same short row."""
    row = b'<row><c t="inlineStr"><is><t>' + b"a" * 200 + b"</t></is></c></row>"
    return _book_with(b"<sheetData>" + row * (megabytes * 1_000_000 // len(row)) + b"</sheetData>")


def grid_bomb() -> bytes:
    """Return a workbook with two cells, in the first and the very last place of a sheet."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _book_with(b"<sheetData>" + cells + b"</sheetData>")


def many_entities() -> bytes:
    """Return a workbook whose sheet defines entities that would grow a billionfold."""
    levels = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 10) for i in range(1, 10))
    head = b'<!DOCTYPE worksheet [<!ENTITY e0 "ha">' + levels + b"]>"
    cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>'
    return _book_with(b"<sheetData>" + cells + b"</sheetData>", head=head)


def _book_with(body: bytes, *, head: bytes = b"") -> bytes:
    sheet = (
        b'<?xml version="1.0"?>' + head + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + body + b"</worksheet>"
    )  # fmt: skip
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book_of({"A": [["x"]]}))) as plain,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in plain.namelist():
            made.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else plain.read(name))
    return out.getvalue()
