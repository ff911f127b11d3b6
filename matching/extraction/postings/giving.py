"""How a posting says what the work gives where no phrase of the table says it: who gives, and what is given.

The table knows phrases; here is how they are put together: "cơm chủ nấu", "ăn uống công ty lo", "ngủ lại xưởng", "ghe
đưa rước", "ko biết anh chị chỉ". The patterns run over folded text. A syllable that folds like others ("dạy", "dây",
"đầy") is the group `verb` and counts only as `_SPELT` has it.
"""

import re
from collections.abc import Sequence

from matching.domain.posting import FlagRead
from matching.extraction.postings.page import Page

Patterns = Sequence[re.Pattern[str]]

_SPELT = {
    "o": "ở", "ngu": "ngủ", "an": "ăn", "com": "cơm", "bao": "bao", "day": "dạy", "kem": "kèm", "chi": "chỉ",
    "bay": "bày", "cho": "chở",
}  # fmt: skip

_GIVES = frozenset({"co", "lo", "duoc"})
"""Where a pattern begins with these, what stands before it is who gives: "quán có gác"."""

_WHO = (
    r"(?:chu(?: (?:nha|vuon|tau|ghe|trai|quan|xuong|thau|lo|be|vua))?|cong ty|cty|ct|"
    r"nha(?: (?:minh|chu|em|xe|may|hang))?|"
    r"quan|tiem|xuong|trai|vuon|tau|ghe|vua|co so|htx|hop tac xa|anh chi|ben (?:em|minh|chu)|tui minh|minh|tui|em|doi|"
    r"resort|khach san|tho(?: cu| chinh| ca)?|nguoi cu|to truong|ky thuat|thay|"
    r"leader|dong nghiep|quan ly|anh em|moi nguoi|sep|tui em|ben tui)"
)
_END = r"(?=\s*(?:[\n.,;!)]|\Z))"
_STAY = (
    r"(?:cho|lan|choi|tau|ghe|be|xuong|trai|vuon|quan|tiem|cong trinh|ctrinh|cong truong|cong ty|cty|chu|nha|ktx|lo|"
    r"kho|ray|nong trai|vua|khach san|resort|homestay|trang trai|nong truong|tai cho)"
)
_BLANK = r"[^\S\n]+"
_STAFF = r"(?:nhan vien|cong nhan|tho|nv|cn|cnv|cbnv|anh em|nguoi o xa|ban o xa|ai o xa)"


def _patterns(*written: str) -> Patterns:
    """Return patterns that begin and end at syllables; a blank stands for any white space within a line."""
    return [re.compile(rf"(?<!\w)(?:{_BLANK.join(text.split(' '))})(?!\w)") for text in written]


_BED_AND_BOARD = (
    r"(?P<verb>an) (?:o|ngu|nghi)(?: luon| lai| ngay| sinh hoat)? (?:tai|theo|tren|o|cung|trong|chung)(?: voi)? \w+"
    rf"|an (?:o|ngu) (?:lai|luon){_END}"
)
_STAYS = (
    r"(?<![\w:][^\S\n])(?:(?P<verb>o|ngu)|noi tru|luu tru)(?: (?:lai|luon|tam))?(?: (?:tai|trong|ngay|tren|o))? "
    rf"(?:nha )?{_STAY}(?: \w+)?{_END}"
)
"""Where people live, in a clause of its own: "ở homestay, ăn cùng gia đình"."""

_MEAL_TIME = r"(?:trua|ca|nuoc|toi|sang|uong|o|ngu|nghi|giua (?:ca|buoi|gio)|doc duong|tren (?:tau|xe|ghe))"

MEALS = _patterns(
    rf"(?P<verb>com|an)(?: {_MEAL_TIME})?(?: \d bua)? (?:thi |do |co )?{_WHO} (?:se )?"
    r"(?:lo|bao|nuoi|nau|cap|chiu|tra|dai|ho tro|moi)",
    rf"{_WHO} (?:se )?(?:lo|bao|nuoi|cap|dai tho|chiu|moi)(?: luon| het| ca| tron)? "
    r"(?:com|an(?! toan| ninh| sinh)|bua|suat)",
    r"(?:ngay|an|com|bao|nuoi) (?:\d|mot|hai|ba) ?(?:bua(?: (?:an|com|chinh))?|cu com)",
    r"(?:\d|mot|hai|ba) ?bua(?: (?:an|com|chinh)|\s?/\s?ngay)",
    r"(?:com|bua (?:an|trua|sang|toi|com|xe)|suat an|nha an|bep an|can tin|cantin|canteen)(?: \w+){0,2}? "
    r"(?:mien phi|free|day du)",
    r"(?:mien phi|free) (?:com|an|bua|suat an)",
    r"(?P<verb>bao) (?:luon |het |ca |tron )?(?:trua|an|com|bua)",
    r"(?:an com|(?P<verb>an|com))(?: (?:theo|cung|chung|voi|o))?(?: bep)?(?: nha)? (?:chu|quan|cty|cong ty)",
    r"(?P<verb>an) (?:cung|chung)(?: voi)? gia dinh",
    r"(?:ho tro|phu cap|pc) \d+k?\s?/\s?(?:1 )?(?:suat|bua)",
    r"(?:suat|phan|bua) (?:com|an)(?: trua| ca)? (?:tri gia )?\d+k?",
    _BED_AND_BOARD,
)
HOUSING = _patterns(
    _BED_AND_BOARD,
    _STAYS,
    rf"ngu (?:lai |luon )?(?:(?:tai|theo|o|trong|tren|cung|chung) )?(?:nha )?{_STAY}",
    r"o (?:chung|cung|lai|luon)(?: luon| voi| trong| tai| o)? "
    r"(?:nha )?(?:chu|gia dinh|nha|ba|cu|ong|be|trai|xuong|lan|tau)",
    rf"(?:nha|phong|cho|noi|khu) (?:o|tro|ngu|luu tru)(?: cho)? (?:{_STAFF}|tap the|mien phi|free|sach se|sach dep|"
    r"rong rai|tien nghi|khang trang|co san|thoang mat|day du|(?:do )?(?:cong ty|cty|chu) (?:lo|tra|bao|thue|cap))",
    r"(?:nha o|nha tro|phong o|cho o|cho ngu|ktx|ky tuc xa|noi o|luu tru)\s?[:\-]\s?(?:co|mien phi|free|bao)",
    rf"co (?:san )?(?:lan|choi|gac|giuong|phong|nha|noi)(?: \w+){{0,5}}? (?:o|ngu|tro|nghi lai)(?: lai| luon)?{_END}",
    r"co (?:san )?giuong tang",
    r"(?P<verb>o|ngu) lai (?:duoc|dc)",
    rf"co (?:san )?(?:lan|choi|giuong|nha)(?: (?:trai|nghi|tang))? (?:ngu|tro|cho {_STAFF})",
    r"(?:bao|lo|cap|bo tri|sap xep|cung cap) (?:san |luon )?(?:nha|phong|cho|noi) (?:o|tro|ngu|nghi)",
    rf"{_WHO} thue (?:nha|phong|tro)(?: \w+){{0,2}}? (?:cho|o)",
    r"co (?:san )?(?:nha|phong|can|choi) rieng (?:trong|o|tai|ngay|ben)",
    rf"ngu (?:tren |o |tai )?(?:gac|lau|tang)(?: (?:tren|tret|lung|mot|hai|ba|\d))?{_END}",
    r"cho muon (?:tam )?(?:nha|phong|choi|can)(?: (?:tro|ray|o|nho|rieng))?",
    r"co (?:san )?(?:day|khu) (?:tro|nha tro|phong tro|tap the|noi tru)",
    r"(?:khong|ko|k|khoi) (?:ton|mat|phai tra|tra|lay|thu) tien (?:o|phong|tro|nha tro|nha o)",
    r"co (?:san )?cho (?:nga|dat) lung",
    rf"(?:co|bo tri|sap xep|cap|lo|xep) (?:san )?(?:giuong|phong|nha|choi|lan|gac|cho)(?: (?:rieng|tro|o|ngu))? cho "
    rf"(?:{_STAFF}|nguoi|ban|chi em|ai|gia dinh|vo chong|cac ban)",
    r"(?:don|chuyen|doi) (?:vao|vo|den|toi|ve) o",
)
NO_MEALS = _patterns(r"(?:com|an|bua)(?: (?:trua|uong|nuoc|toi))?(?:\s?:)? tu (?:lo|tuc|mang|dem|tra|nau)")
NO_HOUSING = _patterns(r"(?:o tro|o|nha tro|phong tro|cho o|cho ngu|noi o|an o) tu (?:tuc|lo|thue|tim)")

_SPELL = r"(?:\d+(?:\s?-\s?\d+)?|mot|hai|ba|vai|may|nua) (?:ngay|buoi|tuan|thang|bua(?! an| com| \w+ mot)|hom)(?!\s?/)"
_SHOWN = rf"(?: (?:viec|day|dan|cach|nghe|lai|tung|tan|tu tu|het|ky|cho(?! khach| hoc))(?!\w)|{_END})"
_TEACH = (
    r"(?P<verb>dao tao|day|huong dan|tap huan|huan luyen|training|"
    rf"kem(?={_SHOWN}| cap)|chi(?={_SHOWN})|bay(?={_SHOWN}))"
)
_OTHERS_TAUGHT = (
    r"(?! (?:cho )?(?:khach|hoc|tre|be(?!p)|nhan vien|nhan su|nv|cong nhan|doi|thanh vien|sinh vien|su dung|kem))"
)
_WELL = (
    r"(?:mien phi|free|co luong|huong luong|tu dau|tu a|tu co ban|tan tinh|tan tay|truoc khi|khi (?:vao|vo|nhan|moi)|"
    rf"cho nguoi (?:moi|chua)|cho (?:cac |nhung )?(?:ban|anh em|chi em|ai)(?! hoc)|den khi|toi khi|cach lam|{_SPELL})"
)
_BEGINNERS_TAUGHT = (
    r"(?:chua|khong|ko|k|hong) (?:co |tung )?(?:biet|bit|bik|nghe|kn|kinh nghiem|ranh|thao|quen|lam|\w+ bao gio)"
    r"(?:[,:]? \w+){0,6}?[,:]? "
    rf"(?:{_TEACH}|(?:theo|phu)(?: \w+){{0,2}}? hoc{_END}|hoc (?:viec|nghe|dan){_END})"
)
BEGINNERS_TAUGHT = _patterns(_BEGINNERS_TAUGHT)
"""Who does not know the work is taught it."""
_TEACHER = r"co (?:nguoi|tho|anh|chi|anh chi|chi em|anh em|ban|to truong|to|nhom|chuyen truong|lop|khoa)"
TRAINING = _patterns(
    rf"{_TEACH}{_OTHERS_TAUGHT}(?: \w+){{0,4}}? {_WELL}",
    rf"{_WHO} (?:se |co )?(?:to chuc )?{_TEACH}{_OTHERS_TAUGHT}(?: \w+){{0,3}}?{_END}",
    rf"{_TEACHER}(?: \w+){{0,2}}? {_TEACH}",
    rf"(?:se|duoc|dc) (?P<verb>kem|chi|bay)(?={_SHOWN}| {_SPELL})",
    rf"(?:{_WHO}|{_TEACHER}) (?:se )?(?P<verb>kem) (?:cho )?{_SPELL}",
    rf"{_WHO} to chuc {_TEACH}{_OTHERS_TAUGHT}",
    _BEGINNERS_TAUGHT,
    r"hoc (?:viec|nghe) (?:(?:van|co|duoc|huong|tra|nhan) )+\d*\s?%?\s?luong",
    rf"hoc (?:viec |nghe |tam )?{_SPELL} (?:la|(?:van |co |duoc |huong )+luong)",
    r"(?:nhan|tuyen|can)(?: (?:them|tho|nguoi|ban|nam|nu|\d+)){0,3} hoc (?:nghe|viec)",
)

_VEHICLE = (
    r"(?:xe|o to|oto|ghe|do|vo lai|ca no|cano)"
    r"(?: (?:bus|buyt|ca|cong ty|cty|khach|nha|chu|tuyen|hop dong|\d+ cho|cua cong ty|rieng))?"
)
_RIDERS = r"(?:khach|hoc|be|sep|tre|hang|con|chau)"
"""Who is fetched where fetching is the work."""
TRANSPORT = _patterns(
    r"xe (?:bus|buyt|ca|tuyen)(?: \w+)? mien phi",
    rf"{_VEHICLE} (?:dua don|dua ruoc|don tra|don ruoc|dua di ruoc ve)(?! {_RIDERS}(?!\w))",
    rf"{_VEHICLE} (?:dua|don|ruoc|(?P<verb>cho)) (?:{_STAFF}|di lam|tan nha|tan noi|hang ngay|moi ngay)",
    r"xe (?:don|ruoc|dua)(?: \w+){0,3}?,? (?:\w+ ){0,2}xe (?:tra|ve|dua|don)",
    rf"{_WHO} (?P<verb>cho|don|ruoc|dua) (?:di lam|di ve|tan nha|tan noi)",
    rf"{_VEHICLE} (?:don|ruoc) (?:tu|o|tai|ben|doc duong|ngay|luc|cac|tung|quanh|khap|theo tuyen)",
    rf"{_VEHICLE} (?P<verb>cho|dua|don|ruoc) (?:di ve|ve nha|di (?:lam )?moi|ve moi|ve tan|tan)",
    rf"co {_VEHICLE}(?: cua (?:{_WHO}|\w+))? (?:dua|don|ruoc|(?P<verb>cho)(?= (?:di|ve)))"
    rf"(?: (?:di|ve|tan noi|ho|dum))?{_END}",
    rf"(?P<verb>cho|dua|don|ruoc) di,? (?:don|ruoc|cho|dua|tra) ve(?: (?:moi|hang) ngay| mien phi)?{_END}",
    rf"{_WHO} (?:qua|den|toi|chay qua|chay toi|ra) (?:don|ruoc)(?! {_RIDERS}(?!\w))",
)


def composed(
    page: Page, given: Patterns, denied: Patterns = (), *, unless: frozenset[str] = frozenset()
) -> FlagRead | None:
    """Return what the patterns find: a yes of *given*, a no of *denied*; None when the posting does not say.

    Parameters
    ----------
    unless : frozenset of str
        Folded syllables that right before a match make it something else: a dish, a house that is built.
    """
    for patterns, value in ((denied, False), (given, True)):
        for pattern in patterns:
            for match in pattern.finditer(page.text):
                if _is_spelt(page, match) and _stands(page, match, unless):
                    return FlagRead(value=value, evidence=page.of_text(*match.span()))
    return None


def _is_spelt(page: Page, match: re.Match[str]) -> bool:
    """Whether the verb was typed as it is spelt, or in a line without any accents; "chu Bay" is a name."""
    if not match.groupdict().get("verb"):
        return True
    at, to = match.span("verb")
    start, end = page.of_text(at, to)
    named = page.reading.text.source.original[start:end].istitle() and match.start() < at
    return not named and page.is_spelt(at, to, _SPELT)


def _stands(page: Page, match: re.Match[str], unless: frozenset[str]) -> bool:
    """Whether a match is neither denied, nor preferred, nor part of something else."""
    first, stop = page.at(match.start()), page.at(match.end() - 1) + 1
    begin = page.clause(first)[0]
    before = page.folded[max(begin, first - 1) : first]
    other = page.folded[first] not in _GIVES and bool(unless & set(before))
    return not (other or page.negated(first) or page.preferred(first, stop))
