"""Lists of what is given or left to oneself: "cơm nước ngủ nghỉ chủ lo", "bao nơi ăn, chốn ở", "ăn ở đi lại tự túc".

Whoever gives stands before or after the list; what the list holds says which field it speaks of.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from matching.extraction.postings.page import Page

_FOOD = (
    r"(?:gao(?: cui)?|thuc pham|"
    r"com(?: nuoc| trua| ca| toi| thang)?|an(?: uong| trua| sang| toi| ca| khuya)?|gao mam|mam muoi|do an|"
    r"bua(?: an| com| trua)?|suat an|luong thuc)"
)
_AFTER_STAY = r"(?:an|ngu|lai|luon|di|dien|nuoc|wifi|mien|tu|do|thi|va|chu|cong ty|cty|nha|xuong)"
_STAY = rf"o(?: tro| ghep|(?![^\S\n](?!{_AFTER_STAY}(?!\w))\w))"
""""Bao ở" gives a bed, "cung cấp ở chợ" tells where."""
_BED = (
    rf"(?:{_STAY}|ngu(?: nghi| lai)?|cho (?:o|ngu|nghi|tro)(?: nghi)?|noi (?:o|ngu)|chon o|nha (?:o|tro)|"
    r"phong (?:o|tro)|tro|giuong(?: tang)?|ktx|ky tuc xa)"
)
_BOARD = r"noi an\s*,?\s*chon o"
_RIDE = r"(?:di lai|dua don|dua ruoc|xe co|phuong tien)"
_OTHER = r"(?:dien nuoc|dien|nuoc|wifi|nghi(?: ngoi)?|thuoc men|ca phe|nuoc uong|sinh hoat)"
_GOOD = rf"(?>{_BOARD}|{_FOOD}|{_BED}|{_RIDE}|{_OTHER})"
"""Atomic: a list is read in one way only, however long it is."""
_LIST = rf"{_GOOD}(?:(?:\s*[,/+&-]\s*|\s(?:va|cung|lan|voi)\s|\s){_GOOD}){{0,7}}"
_GIVER = (
    r"(?:chu(?: (?:nha|vuon|tau|ghe|trai|quan|xuong|thau|lo|be|vua))?|cong ty|cty|ct|nha chu|nha|quan|xuong|trai|vuon|"
    r"tau|ghe|vua|co so|htx|ben (?:em|minh|chu)|minh|em|doi|resort|khach san)"
)
_TO_ONESELF = r"tu (?:tuc|lo|thue|tra|mang|tim)"

_GIVEN = re.compile(
    r"(?<!\w)(?:bao|(?<!khoi )lo|nuoi|cung cap|dai tho|chiu)(?: (?:luon|het|ca|tron|du|day du|tien|cho))* "
    rf"(?P<before>{_LIST})(?!\w)(?!\s?:?\s?(?:(?:thi|deu|la) )*{_TO_ONESELF})"
    rf"|(?<!\w)(?P<after>{_LIST})(?: (?:cho )?(?:cong nhan|nhan vien|nv|cnv|tho|anh em))?"
    r"(?: (?:tren|duoi|tai|trong|o|doc) \w+)?"
    rf"\s?:?\s?(?:(?:thi|deu|da|se|co|do) )*(?:{_GIVER} (?:se )?(?:lo|bao|nuoi|cap|chiu|tra|dai|dai tho|moi|"
    r"thanh toan|chi tra|cho vao|cho toi)"
    r"|tron goi|mien phi|co(?: san| du)?(?=\s*(?:[\n.,;!)]|\Z)))(?!\w)"
)
_LEFT = re.compile(
    rf"(?<!\w)(?<!bao )(?<!lo )(?<!nuoi )(?P<after>{_LIST})\s?:?\s?(?:(?:thi|deu|la) )*{_TO_ONESELF}(?!\w)"
    rf"|(?<!\w){_TO_ONESELF}(?: tien)? (?P<before>{_LIST})(?!\w)"
)
_HOLDS = {
    "meals": re.compile(rf"(?<!\w)(?:{_BOARD}|{_FOOD})(?!\w)"),
    "housing": re.compile(rf"(?<!\w)(?:{_BOARD}|{_BED})(?!\w)"),
    "transport": re.compile(rf"(?<!\w){_RIDE}(?!\w)"),
}
LISTED = frozenset(_HOLDS)
"""The fields that lists of goods speak of."""
_SPELT = {
    "an": "ăn", "com": "cơm", "bao": "bao", "o": "ở", "ngu": "ngủ", "lo": "lo", "nuoi": "nuôi", "tro": "trọ",
    "gao": "gạo", "dai": "đãi", "moi": "mời", "tu": "tự", "bua": "bữa", "chon": "chốn", "noi": "nơi",
    "giuong": "giường", "tra": "trả",
}  # fmt: skip
"""Syllables whose letters mean other things with other accents: "ở" is no "ô", "bao" no "báo"."""
_NOT_GIVEN = frozenset(
    {"dam", "thong", "nau", "lam", "ban", "phuc", "giao", "don", "ho", "phu", "thuc", "xay", "cho", "thue", "tien"}
)
"""Right before a list these make it the work, or money: "nấu cơm chủ trả", "phụ cấp tiền ăn"."""


class Given(NamedTuple):
    """A list of goods at [at, to) of the folded text, and whether they are given or left to oneself."""

    at: int
    to: int
    value: bool


def goods(page: Page, field: str) -> Iterator[Given]:
    """Yield the lists that hold something of a field of `LISTED`, what is left to oneself first."""
    for pattern, value in ((_LEFT, False), (_GIVEN, True)):
        for found in pattern.finditer(page.text):
            listed = found.span("before") if found["before"] else found.span("after")
            if _HOLDS[field].search(page.text, *listed) and page.is_spelt(*found.span(), _SPELT):
                first = page.at(found.start())
                begin = page.clause(first)[0]
                if not _NOT_GIVEN & set(page.folded[max(begin, first - 1) : first]):
                    yield Given(*found.span(), value and not _is_denied(page, first))


def _is_denied(page: Page, first: int) -> bool:
    """Whether a negator stands right before syllable *first*, or covers it: "không bao" is one."""
    return any(hit.first < first <= hit.stop for hit in page.near("negator", first, first + 1, before=1))
