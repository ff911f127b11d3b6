"""Being turned away for the past: a refusal and a record in one sentence, in either order."""

from collections.abc import Iterator

from matching.domain.profile import ConstraintMention
from matching.domain.vocabulary import ConstraintCode
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by

_RECORDS = frozenset(
    {
        ("ly", "lich"), ("tien", "an"), ("an", "tich"), ("qua", "khu"), ("chuyen", "cu"), ("co", "an"), ("tien", "su"),
        ("qkhu", "cu"), ("li", "lich"), ("hanh", "kiem"), ("loi", "lam"), ("cai", "tich"), ("vet", "cu"), ("co", "vet"),
        ("chuyen", "xua"), ("chuyen", "truoc"), ("noi", "lai"), ("nghe", "don"), ("tieng", "don"), ("biet", "chuyen"),
    }
)  # fmt: skip
_OPENS_RECORD = frozenset(first for first, _ in _RECORDS)

_REFUSES = frozenset({"ne", "ngai", "so", "khoa", "loai", "rot", "duoi", "che"})
_REFUSALS = frozenset(
    {
        ("tu", "choi"), ("cho", "nghi"), ("dc", "nhan"), ("lac", "dau"), ("tra", "ho"), ("khong", "xin"),
        ("hen", "roi"), ("im", "luon"), ("im", "re"), ("bat", "tin"), ("khong", "goi"), ("ko", "goi"), ("k", "goi"),
        ("gat", "di"), ("xua", "tay"), ("so", "roi"), ("ne", "luon"), ("doi", "y"), ("dong", "cua"), ("cho", "ve"),
        ("du", "nguoi"), ("tranh", "xa"), ("xa", "lanh"), ("het", "cho"),
        ("bao", "thoi"), ("e", "de"), ("e", "ngai"), ("quay", "lung"), ("ne", "mat"),
        ("kiem", "co"), ("vien", "co"), ("lay", "co"), ("ne", "tranh"), ("de", "chung"),
        ("la", "thoi"), ("la", "tra"), ("la", "ne"), ("roi", "im"), ("roi", "thoi"),
        ("xong", "thoi"), ("khong", "giu"), ("ko", "giu"), ("k", "giu"),
    }
)  # fmt: skip
_STARES = frozenset({"nhin", "soi", "xoi", "dao", "boi", "nhac", "dom", "nhom", "ke", "dem"})
"""Before the record, with others before them, these are barriers alone: "họ cứ nhìn cái quá khứ của tôi"."""
_OTHERS = frozenset({"ho", "nguoi", "ngta", "ng", "ai", "chu", "cty", "xom", "lang", "thien", "cong", "noi", "cho"})
_STARE_REACH = 4
_NOT = frozenset({"khong", "k", "ko", "kg", "hong", "chang", "cha"})
_OPENS_REFUSAL = _REFUSES | _NOT | {first for first, _ in _REFUSALS}
"""The first word of whatever tells of being turned away."""
_LETS = frozenset({"cho", "ai", "dam", "chiu", "muon"})
_HIRES = frozenset({"nhan", "muon", "goi", "thue", "tuyen", "giao", "keu"})
"""One of the first, any of the second and one of these tell of being turned away: "không ai dám thuê"."""

_BECAUSE = frozenset({"vi", "tai", "do", "biet", "bi", "nghe", "doi", "hoi", "khi", "nhac"})
"""Between a refusal and the record these tell that one is for the other."""
_THEREFORE = frozenset({"nguoi", "ngta", "nen", "la", "thi", "ai", "ho", "cty", "xong", "cung", "lien", "bi", "roi"})
"""Between the record and a refusal these tell the same: "ở tù về nên không nhận"."""
_REACH = 9
"""Syllables between the two."""


@told_by("stigma", *_RECORDS)
def turned_away(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield a refusal and the past that it is for: "trung tâm từ chối vì biết chuyện cũ", "ở tù về nên không nhận"."""
    words = reading.text.folded
    records = [(h.first, h.stop) for h in reading.layer("stigma")]
    records += [(i, i + 2) for i in reading.where(_OPENS_RECORD) if tuple(words[i : i + 2]) in _RECORDS]
    for first, stop in records:
        opens, closes = reading.sentence_bounds(first)
        begin, end = max(opens, first - _REACH), min(closes, stop + _REACH)
        before = _refusals(words, begin, first)
        if before and not _BECAUSE.isdisjoint(words[before[0] : first]):
            yield _barrier(reading, before[0], stop)
            continue
        stare = _stare(words, opens, first)
        if stare < first:
            yield _barrier(reading, stare, stop)
            continue
        after = [i for i in _refusals(words, stop, end) if not _THEREFORE.isdisjoint(words[stop : i + 1])]
        if after:
            yield _barrier(reading, first, min(after[0] + 2, end))


def _stare(words: list[str], opens: int, first: int) -> int:
    """Return where others are told to look at the record that begins at *first*; *first* itself where none are."""
    begin = max(opens, first - _STARE_REACH)
    stare = next((i for i in range(begin, first) if words[i] in _STARES), first)
    return first if _OTHERS.isdisjoint(words[max(opens, stare - _STARE_REACH) : stare]) else stare


def _barrier(reading: Reading, first: int, stop: int) -> ConstraintMention:
    return ConstraintMention(code=ConstraintCode.STIGMA_BARRIER, evidence=reading.text.span(first, stop))


def _refusals(words: list[str], begin: int, end: int) -> list[int]:
    """Return where in a stretch words for being turned away stand."""
    return [i for i in range(begin, end) if words[i] in _OPENS_REFUSAL and _is_refusal(words, i)]


def _is_refusal(words: list[str], i: int) -> bool:
    return words[i] in _REFUSES or tuple(words[i : i + 2]) in _REFUSALS or _is_not_hired(words, i)


def _is_not_hired(words: list[str], i: int) -> bool:
    """Whether a negator at syllable *i* denies being hired: "không nhận", "không ai dám thuê"."""
    if words[i] not in _NOT:
        return False
    verbs = [word for word in words[i + 1 : i + 4] if word not in _LETS or word in _HIRES]
    return bool(verbs) and verbs[0] in _HIRES
