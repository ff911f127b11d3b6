"""Tools and vehicles that a person asks for: to be bought, or wished for by name."""

from collections.abc import Iterator

from matching.domain.profile import NeedMention
from matching.domain.vocabulary import NeedCode
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.text.fold import fold

_TOOLS = (
    "xe", "máy", "lò", "ghe", "tủ", "lưới", "thùng", "thuyền", "tàu", "nồi", "bếp", "ghế", "cưa", "bào", "khoan",
    "giàn", "loa", "tông", "vó", "vỏ", "thúng", "xuồng", "lồng", "bồn", "quạt", "cối", "khung", "laptop", "khuôn",
    "búa", "chảo", "bình", "mỏ", "kìm", "kềm", "quầy", "kệ", "bạt", "dù", "phao", "chài", "thúng", "mô", "motor",
    "cân", "chum", "vại", "chậu", "lu", "thạp",
)  # fmt: skip
"""First words of tools and vehicles."""
_SPELT = {fold(tool): [other for other in _TOOLS if fold(other) == fold(tool)] for tool in _TOOLS}
"""The same by their letters."""

_SETS = frozenset({"loa", "luoi", "giao", "am", "may", "karaoke", "no", "nghe", "cu"})
_HALVES = {fold(word): word for word in ("dàn", "đầu", "đồ", "dụng")}
"""Words that are a tool only with one of the former after them: "dàn loa", "đầu nổ"."""

_BOATS = frozenset({"ghe", "tau", "thuyen"})
"""Who asks for one of these without a word for buying asks to go along."""

_LIKES = frozenset({"thich", "me", "khoai"})
"""Who only likes a thing asks for none: "cháu thích máy tính"."""
_BUYS = frozenset({"mua", "sam", "dong", "thay", "chuoc"})
_GIVES = frozenset({"co", "duoc", "dc", "ho", "tro", "cap", "cho", "xa", "xin", "nha", "nuoc", "giup", "mua", "sam"})
"""May stand between a wish and what it is for: "xin xã hỗ trợ cái xe đạp"."""

_COUNTS = frozenset({"cai", "cay", "chiec", "bo", "con", "them", "mot", "1", "2", "hai", "may", "it"})
_CARRIES = frozenset({"dua", "don", "ruoc", "om", "nang", "cuoc", "tai", "khach"})
"""After "xe" these make it a lift to work, or a trade."""

_MACHINES = frozenset({"khau", "vat", "cua", "han", "cay", "bom", "khoan", "xay", "ep", "say", "quay", "phun", "cat"})
"""After a bare "may" within a wish these make it a machine: "can may khau", not "muon may ao"."""


def bought(reading: Reading, asked: int) -> Iterator[NeedMention]:
    """Yield tools that are to be bought with a loan: "vay 15 triệu mua xe máy" asks for both.

    *asked* is a syllable at which a loan is asked for; the purchase stands in its sentence.
    """
    begin, end = reading.sentence_bounds(asked)
    for i in [i for i in reading.where(_BUYS) if begin <= i < end - 1]:
        again = reading.text.folded[i + 1] == "lai"
        stop = tool_end(reading, i + 1 + again, reading.clause_bounds(i)[1])
        if stop:
            yield NeedMention(code=NeedCode.EQUIPMENT, evidence=reading.text.span(i, stop))


@told_by("want")
def wished(reading: Reading) -> Iterator[NeedMention]:
    """Yield tools that are wished for by name: "mong có cái máy dệt", "xin hỗ trợ xe đạp"."""
    for want in reading.layer("want"):
        if reading.text.folded[want.stop - 1] in _LIKES:
            continue
        end = reading.clause_bounds(want.first)[1]
        i = reading.past(want.stop, end, _GIVES)
        stop = tool_end(reading, i, end)
        if stop and _is_meant(reading, i, stop, given=i > want.stop) and not reading.negated(want.first):
            yield NeedMention(code=NeedCode.EQUIPMENT, evidence=reading.text.span(want.first, stop))


def tool_end(reading: Reading, i: int, end: int) -> int:
    """Return where the tool named at syllable *i* ends, after words that count it; 0 where none is named."""
    text = reading.text
    while i < end - 1 and text.folded[i] in _COUNTS and not reading.means(i, "máy"):
        i += 1
    if i >= end:
        return 0
    letters = text.folded[i]
    if letters in _HALVES and reading.means(i, _HALVES[letters]):
        return i + 2 if i + 1 < end and text.folded[i + 1] in _SETS else 0
    return i + 1 if letters in _SPELT and reading.means(i, *_SPELT[letters]) else 0


def _is_meant(reading: Reading, i: int, stop: int, *, given: bool) -> bool:
    """Whether what is wished for is the tool, not work with it or a lift."""
    text = reading.text
    tool, following = text.folded[stop - 1], text.folded[stop] if stop < len(text) else ""
    counted = stop - i > 1
    if tool == "xe":
        return following not in _CARRIES
    if tool in _BOATS or (tool == "vo" and text.typed(stop - 1).lower() != "vỏ"):
        return counted  # a bare "vo" is "vô"
    if tool == "may" and not counted and text.typed(stop - 1).lower() != "máy":
        return following in _MACHINES
    return counted or given or tool in ("may", "luoi")
