"""Vietnamese as it was written before Unicode: one character a byte, or a letter and a mark of a byte each.

Such bytes come in CSV files, and as strange Latin letters ("Thî hå") in spreadsheets that use fonts like .VnTime.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum


class Writing(StrEnum):
    """How the words of a file are written; the values are what people call them."""

    UNICODE = "Unicode"
    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    VISCII = "VISCII"
    WINDOWS_1258 = "Windows-1258"
    TWICE = "UTF-8 ×2"
    """UTF-8 that a program took for Windows-1252 and saved as UTF-8 again."""


_ROOM = range(0x80, 0xA0)
_WINDOWS = {code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code)) for code in _ROOM}
"""What Windows-1252 has between 0x80 and 0x9F: here programs put quotation marks and dashes."""
_BACK = {ord(char): code for code, char in _WINDOWS.items()}

_SIGNS = {code: char for code, char in _WINDOWS.items() if not char.isalpha()}
_SIGNS[0xA0] = " "

_TCVN3: Mapping[int, str] = _SIGNS | dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦".encode("latin-1"),
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
"""Capitals with a tone are the small letters in a font of capitals (.VnTimeH): they come out small."""

_VISCII: Mapping[int, str] = dict(zip((0x02, 0x05, 0x06, 0x14, 0x19, 0x1E), "ẲẴẪỶỸỴ", strict=True)) | dict(
    zip(
        range(0x80, 0x100),
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
)

_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_HATTED = {"â": "\u0302"} | dict(zip("áàåãä", (f"\u0302{t}" for t in _TONES.values()), strict=True))
_SHORT = {"ê": "\u0306"} | dict(zip("éèúüë", (f"\u0306{t}" for t in _TONES.values()), strict=True))
_MARKS = {"a": _TONES | _HATTED | _SHORT, "e": _TONES | _HATTED, "o": _TONES | _HATTED} | dict.fromkeys("uyôö", _TONES)
"""VNI writes a vowel and behind it one sign for all its marks."""
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_letters() -> dict[str, str]:
    small = _ALONE | {
        base + sign: unicodedata.normalize("NFC", _ALONE.get(base, base) + marks)
        for base, signs in _MARKS.items()
        for sign, marks in signs.items()
    }
    cases = [(written, letter) for written, letter in small.items()]
    cases += [(written.upper(), letter.upper()) for written, letter in small.items()]
    cases += [(written[0].upper() + written[1:], letter.upper()) for written, letter in small.items()]
    return dict(cases)


_VNI = {chr(code): char for code, char in _SIGNS.items()} | _vni_letters()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)) + r"|[^\x00-\x7f]")


def as_bytes(text: str) -> bytes | None:
    r"""Return the bytes that a Windows program showed as *text*; None when it holds letters beyond them.

    >>> as_bytes("Thî hå"), as_bytes("Thợ hồ")
    (b'Th\xee h\xe5', None)
    """
    try:
        return text.translate(_BACK).encode("latin-1")
    except UnicodeEncodeError:
        return None


def read(data: bytes, writing: Writing) -> str | None:
    r"""Return the words that *data* holds in a writing, NFC; None when some byte means nothing in it.

    >>> [read(data, Writing.VNI) for data in (as_bytes("Thôï hoà"), b"\xff")]
    ['Thợ hồ', None]
    """
    return _READERS[writing](data)


def _single(table: Mapping[int, str]) -> Callable[[bytes], str | None]:
    def reader(data: bytes) -> str | None:
        letters = [table.get(code, chr(code) if code < 0x80 else "") for code in data]
        return "".join(letters) if all(letters) else None

    return reader


def _vni(data: bytes) -> str | None:
    try:
        return _VNI_LETTER.sub(lambda found: _VNI[found[0]], data.decode("latin-1"))
    except KeyError:
        return None


def _codec(name: str) -> Callable[[bytes], str | None]:
    def reader(data: bytes) -> str | None:
        try:
            return unicodedata.normalize("NFC", data.decode(name))
        except UnicodeDecodeError:
            return None

    return reader


_READERS: Mapping[Writing, Callable[[bytes], str | None]] = {
    Writing.TCVN3: _single(_TCVN3),
    Writing.VNI: _vni,
    Writing.VISCII: _single(_VISCII),
    Writing.WINDOWS_1258: _codec("cp1258"),
    Writing.TWICE: _codec("utf-8"),
}
