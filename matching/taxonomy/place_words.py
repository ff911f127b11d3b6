"""How people write places: tokens, unit words and their abbreviations, keys under which names are looked up."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from matching.text.fold import agreement, fold

COMMUNE, DISTRICT, PROVINCE = 1, 2, 4
"""Levels of a unit word, as bits: "thành phố" stands for a district's or a province's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWord:
    """A unit word: its kind as in an official name, folded, and the levels it can stand for."""

    kind: str
    spelt: str
    level: int


_KINDS = (
    UnitWord(kind="xa", spelt="xã", level=COMMUNE),
    UnitWord(kind="phuong", spelt="phường", level=COMMUNE),
    UnitWord(kind="thi tran", spelt="thị trấn", level=COMMUNE),
    UnitWord(kind="dac khu", spelt="đặc khu", level=COMMUNE),
    UnitWord(kind="huyen", spelt="huyện", level=DISTRICT),
    UnitWord(kind="quan", spelt="quận", level=DISTRICT),
    UnitWord(kind="thi xa", spelt="thị xã", level=DISTRICT),
    UnitWord(kind="thanh pho", spelt="thành phố", level=DISTRICT | PROVINCE),
    UnitWord(kind="tinh", spelt="tỉnh", level=PROVINCE),
)
_BY_KIND = {word.kind: word for word in _KINDS}
_WRITTEN = {
    **{tuple(word.kind.split()): word for word in _KINDS},
    **{
        tuple(written.split()): _BY_KIND[kind]
        for written, kind in (
            ("x", "xa"),
            ("p", "phuong"),
            ("ph", "phuong"),
            ("tt", "thi tran"),
            ("thitran", "thi tran"),
            ("t tran", "thi tran"),
            ("dak khu", "dac khu"),  # the key of "đặc khu"
            ("dk", "dac khu"),
            ("h", "huyen"),
            ("huyen dao", "huyen"),
            ("q", "quan"),
            ("tx", "thi xa"),
            ("thixa", "thi xa"),
            ("t xa", "thi xa"),
            ("tp", "thanh pho"),
            ("thanhpho", "thanh pho"),
            ("t pho", "thanh pho"),
            ("t", "tinh"),
        )
    },
}
_HAMLET = {
    tuple(word.split())
    for words in (
        ("thon", "ap", "xom", "khom", "lang", "ban", "buon", "bon", "phum", "soc", "to", "to dan pho", "tdp", "to dp"),
        ("khu", "khu pho", "kp", "khu vuc", "kv", "doi", "cum", "so", "so nha", "hem", "ngo", "ngach", "duong", "d"),
    )
    for word in words
}
"""What is smaller than a commune: the name after such a word is not one."""

_HAMLET_ACCENTS = {
    "ban": "bản",
    "lang": "làng",
    "buon": "buôn",
    "bon": "bon",
    "phum": "phum",
    "soc": "sóc",
    "to": "tổ",
    "doi": "đội",
    "cum": "cụm",
    "khu": "khu",
    "so": "số",
    "ngo": "ngõ",
    "d": "đ",
}
"""Hamlet words that are also a syllable of names: they count with their own accents, or before a number."""

_ALSO_UNACCENTED = frozenset(("bon", "khu", "phum"))
"""Those whose own spelling has no accents: they count before a number only."""

NOISE = frozenset(("vn", "vietnam", "viet", "cu", "moi", "nay", "la", "thuoc", "o", "tai", "truoc", "day")) | frozenset(
    ("gan", "que", "nha", "dia", "chi", "dao")
)
"""Words around a place that say nothing against it."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[,;/()\[\]|\n:]")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y\b|(?<=qu)y\b")

ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
"""Wards are numbered in both ways."""

LOOSE = frozenset(("dak", "lak", "ea", "ia", "krong", "kong", "kon", "cu", "chu", "plei", "h"))
"""Syllables of minority languages, folded: their accents are written in many ways and decide nothing."""

_TELEX_PAIR = re.compile(r"aa|ee|oo|dd|(?<=[aou])w")
_TELEX_TONE = re.compile(r"(?<=[aeiouyw])([a-z]*?)[sfrxj](?=[a-z]*\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A text cut into syllables and numbers, in parallel tuples."""

    typed: tuple[str, ...]
    """As typed, NFC."""
    keys: tuple[str, ...]
    """As looked up: folded, one spelling for i and y."""
    segments: tuple[int, ...]
    """Number of commas and the like before each: a name does not run across them."""

    def __len__(self) -> int:
        return len(self.keys)


def normal(folded: str) -> str:
    """Return folded syllables with one spelling for what is written in several ways (my/mi, dac/dak).

    >>> normal("my tho"), normal("dac lac"), normal("quy nhon")
    ('mi tho', 'dak lac', 'qui nhon')
    """
    return _FINAL_Y.sub("i", folded).replace("dac ", "dak ")


def cut(text: str) -> Tokens:
    """Cut *text* into tokens; letters and digits that are glued together come apart.

    >>> cut("P.4 Q3, TP.HCM").keys
    ('p', '4', 'q', '3', 'tp', 'hcm')
    """
    clean = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    clean = unicodedata.normalize("NFC", _APOSTROPHES.sub("", clean))
    typed: list[str] = []
    keys: list[str] = []
    segments: list[int] = []
    segment = 0
    for found in _TOKEN.finditer(clean):
        token = found.group()
        if not token[0].isalnum():
            segment += 1
            continue
        key = token.lstrip("0") or "0" if token.isdigit() else normal(fold(token) + " ").rstrip()
        typed.append(token)
        keys.append(key)
        segments.append(segment)
    return Tokens(typed=tuple(typed), keys=tuple(keys), segments=tuple(segments))


def unit_word_at(tokens: Tokens, start: int) -> tuple[int, UnitWord] | None:
    """Return where the unit word that begins at *start* ends, and which it is; None when there is none."""
    for length in (2, 1):
        stop = start + length
        if stop > len(tokens) or tokens.segments[start] != tokens.segments[stop - 1]:
            continue
        word = _WRITTEN.get(tokens.keys[start:stop])
        if word is None:
            continue
        in_full = " ".join(tokens.keys[start:stop]) == word.kind
        if in_full and not all(map(agreement, tokens.typed[start:stop], word.spelt.split())):
            continue  # "Tịnh Biên" does not begin with "tỉnh"
        return stop, word
    return None


def hamlet_word_at(tokens: Tokens, start: int) -> int | None:
    """Return where the hamlet word that begins at *start* ends; None when there is none."""
    for length in (3, 2, 1):
        stop = start + length
        written = tokens.keys[start:stop]
        if stop > len(tokens) or written not in _HAMLET:
            continue
        accented = _HAMLET_ACCENTS.get(written[0]) if length == 1 else None
        numbered = stop < len(tokens) and tokens.keys[stop].isdigit()
        if accented and not numbered and (tokens.typed[start].lower() != accented or written[0] in _ALSO_UNACCENTED):
            continue
        return stop
    return None


@lru_cache(maxsize=65536)
def name_agreement(typed: tuple[str, ...], name: str) -> int:
    """Say how well typed syllables agree with a name that folds to the same letters.

    Returns
    -------
    int
        2 when the accents are the same; 1 when *typed* has fewer, none of them contradicting; 0 when one contradicts.

    >>> name_agreement(("Phan", "Ri"), "Phan Rí"), name_agreement(("Cẩm", "Giang"), "Cẩm Giàng")
    (1, 1)
    >>> name_agreement(("Trà",), "Tra"), name_agreement(("PhanRí",), "Phan Rí")
    (0, 2)
    """
    meant = _APOSTROPHES.sub("", name).replace("-", " ").split()
    if len(meant) != len(typed):
        return _joined_agreement("".join(typed), "".join(meant))
    worst = 2
    for left, right in zip(typed, meant, strict=True):
        if left.isdigit() or fold(left).lower() in LOOSE:
            continue
        worst = min(worst, agreement(left, right))
    return worst


def _joined_agreement(typed: str, meant: str) -> int:
    """Compare two spellings whose syllables are cut differently: letter by letter, tones in their order."""
    left, right = unicodedata.normalize("NFD", typed.lower()), unicodedata.normalize("NFD", meant.lower())
    if left == right:
        return 2
    rest = iter(right)
    return int(all(char in rest for char in left.replace("d", "")))


def untelex(text: str) -> str:
    """Return an ASCII text, lower-cased, without the letters that a telex keyboard would have made into accents.

    >>> untelex("Ddoong Haf, Ddwcs Linh"), untelex("phan ris cuwar"), untelex("hoasn")
    ('dong ha, duc linh', 'phan ri cua', 'hoan')
    """
    return _TELEX_TONE.sub(r"\1", _TELEX_PAIR.sub(lambda found: found.group()[0].strip("w"), text.lower())).replace(
        "w", "u"
    )
