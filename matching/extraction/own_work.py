"""Work for oneself, told by what it has and yields: its land, its customers, what is sold, whose it is."""

from itertools import product

from matching.extraction.cues import is_of_kin
from matching.extraction.pay import DOUBTS
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.extraction.tenses import is_past

_OURS = frozenset({"em", "tui", "toi", "minh", "chau", "con", "e", "co", "lam"})
_HANDED_DOWN = frozenset(
    {
        ("gia", "truyen"), ("doi", "ong"), ("doi", "cha"), ("truyen", "lai"), ("cha", "truyen"), ("nghe", "nha"),
        ("voi", "me"), ("voi", "ma"), ("voi", "bo"), ("voi", "cha"), ("voi", "tia"), ("voi", "vo"), ("voi", "chong"),
    }
)  # fmt: skip
"""Before a trade the former, behind it the latter tell that it is the family's: "nhà em", "đời ông", "với mẹ"."""

_LAND = frozenset({"sao", "cong", "mau", "ha", "hecta", "long", "vuong", "tru", "goc"})
_NUMBERS = frozenset(
    {"may", "vai", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "chuc", "tram", "mot"}
)
_YIELDS = frozenset(
    {
        ("du", "an"), ("du", "song"), ("kiem", "song"), ("qua", "ngay"), ("dap", "doi"), ("e", "am"), ("e", "qua"),
        ("khach", "quen"), ("duoc", "mua"), ("mat", "mua"), ("lai", "rai"), ("rot", "gia"), ("mat", "gia"),
        ("co", "an"), ("kiem", "com"), ("kiem", "an"), ("rau", "mam"), ("it", "khach"), ("tu", "tuc"),
        ("khong", "du"), ("cung", "du"), ("song", "duoc"), ("dong", "khach"), ("vang", "khach"), ("lai", "lo"),

        ("loi", "lai"), ("vai", "khach"), ("khach", "dat"), ("cua", "khach"),
        ("moi", "quen"), ("tu", "tay"), ("ai", "dat"), ("con", "dat"), ("khach", "tu"), ("ai", "thue"),
    }
)  # fmt: skip
"""Words for what one's own work yields, or for whom it is, which tell that it goes on."""
_OPENS_YIELD = frozenset(first for first, _ in _YIELDS)

_SOLD = {"ban": "bán"}
_MADE = frozenset(
    {"nau", "lam", "dan", "det", "nuoi", "trong", "dot", "hai", "bat", "chan", "cham", "bo", "ket", "xay", "trang"}
    | {
        "goi",
        "che",
        "cat",
        "hap",
        "muoi",
        "rang",
        "nuong",
        "luoi",
        "may",
        "theu",
        "u",
        "ep",
        "vat",
        "cau",
        "mo",
        "duc",
        "dong",
    }
)
"""Verbs of what somebody makes or gathers who then sells it."""
_TO_WHOM = frozenset(
    {"o", "ngoai", "le", "si", "dao", "online", "buoi", "sang", "chieu", "toi", "kiem", "tren", "doc", "ven", "truoc"}
    | {"dau", "quanh", "trong", "lay", "tai", "moi", "hang", "khap", "canh"}
)
_BUYERS = frozenset(
    {"khach", "ba", "nguoi", "lang", "thuong", "dan", "hang", "xom", "cho", "lai", "quan", "cac", "may"}
)
"""Behind "bán" the former, behind "bán cho" the latter tell of a trade that goes on; "bán chợ" is at a market."""
_REACH = 6
"""Syllables between what is made and its sale."""


def is_ones_own(reading: Reading, first: int) -> bool:
    """Whether a trade is one's own by its land or by what it yields, or the family's."""
    return any(tells(reading, first) for tells in reading.relevant((_has_land, _yields, _of_the_family)))


def is_known(reading: Reading, first: int) -> bool:
    """Whether the trade is only known: "chỉ biết chăn vịt", "biết cày, gieo mạ" do not say that it is done."""
    words = reading.text.folded
    return "biet" in (*words[reading.clause_bounds(first)[0] : first], words[reading.sentence_bounds(first)[0]])


@told_by(*_LAND)
def _has_land(reading: Reading, first: int) -> bool:
    """Whether the clause of a trade counts its fields or cages: "trồng lúa 6 công"."""
    begin, end = reading.clause_bounds(first)
    words = reading.text.folded
    return any(
        words[i] in _LAND and (words[i - 1].isdigit() or words[i - 1] in _NUMBERS) for i in range(begin + 1, end)
    )


@told_by(*_YIELDS)
def _yields(reading: Reading, first: int) -> bool:
    """Whether what a trade yields is told in its sentence or the next: "trồng ngô, đủ ăn thôi"."""
    words = reading.text.folded
    end = reading.sentence_bounds(first)[1]
    if end < len(words):
        end = reading.sentence_bounds(end)[1]
    return any(
        first <= i < end - 1 and tuple(words[i : i + 2]) in _YIELDS and not is_past(reading, i)
        for i in reading.where(_OPENS_YIELD)
    )


@told_by(*product(["nha"], _OURS), *_HANDED_DOWN)
def _of_the_family(reading: Reading, first: int) -> bool:
    """Whether a trade is the family's: "nhà em làm mây tre đan", "bánh gai gia truyền", "làm ruộng với mẹ"."""
    begin, end = reading.clause_bounds(first)
    words = reading.text.folded
    theirs = any(words[i] == "nha" and words[i + 1] in _OURS for i in range(max(begin, first - 4), first))
    told = theirs or any(
        tuple(words[i : i + 2]) in _HANDED_DOWN for i in range(first, reading.sentence_bounds(first)[1] - 1)
    )
    return told and not words[begin:end].count("biet")


@told_by("ban")
def sells_what_is_made(reading: Reading) -> bool:
    """Whether what is made or gathered is sold: "nấu xôi bán ngoài cổng", "đan gùi đem ra chợ bán"."""
    return any(_is_sale(reading, i) for i in reading.meant(_SOLD))


def _is_sale(reading: Reading, i: int) -> bool:
    (begin, end), words = reading.clause_bounds(i), reading.text.folded
    made = begin if begin < i else reading.sentence_bounds(i)[0]
    makes = not _MADE.isdisjoint(words[max(made, i - _REACH) : i])
    following = words[i + 1 : min(i + 3, end)]
    goes_on = not following or following[0] in _TO_WHOM
    goes_on = goes_on or (following[0] == "cho" and (len(following) == 1 or following[1] in _BUYERS))
    opens = reading.sentence_bounds(i)[0]
    doubted = any(opens <= h.first < i for h in reading.layers(*DOUBTS, "refuse"))
    return makes and goes_on and not (doubted or is_past(reading, i) or is_of_kin(reading, i))
