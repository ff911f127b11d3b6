"""Words that others must not read: stigma, personal data, names of illnesses."""

import re
from collections.abc import Iterator

from matching.domain.profile import Redaction, Span
from matching.domain.vocabulary import RedactionKind
from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading
from matching.text.fold import fold

_PHONE = re.compile(r"(?<![\w.])(?:\+?84|0)(?:[ .\-]?\d){8,10}(?!\w)")
_IDENTITY = re.compile(r"(?<!\w)(?:\d[ .]?){8}\d(?:(?:[ .]?\d){3})?(?!\w)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBERS = (_PHONE, _IDENTITY, _EMAIL)

SURNAMES = frozenset(
    [
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "dinh",
        "doan",
        "dao",
        "luong",
        "truong",
        "mai",
        "to",
        "trinh",
        "lam",
        "ha",
        "cao",
        "kieu",
        "chau",
        "thach",
        "quach",
        "ta",
        "thai",
        "la",
        "luu",
        "dam",
        "tong",
        "vuong",
    ]
)
"""Folded surnames; most of the country bears one of them."""

_MAX_NAME = 4
_TITLES = frozenset(["anh", "chi", "ong", "ba", "co", "chu", "bac", "em"])


def read_redactions(reading: Reading) -> list[Redaction]:
    """Return the stretches to hide, in the order of the text."""
    found = [Redaction(kind=RedactionKind.STIGMA, evidence=span) for span in _stigma(reading)]
    found += [Redaction(kind=RedactionKind.PII, evidence=span) for span in _personal(reading)]
    found += [
        Redaction(kind=RedactionKind.HEALTH, evidence=reading.span(hit))
        for hit in reading.layer("health")
        if not any(hit.first < s.stop and s.first < hit.stop for s in reading.layer("stigma"))
    ]
    return sorted(found, key=lambda r: r.evidence)


def _stigma(reading: Reading) -> Iterator[Span]:
    """Yield stigma phrases that no innocent phrase contains; neighbours become one stretch."""
    innocent = reading.layer("not_stigma")
    ranges = [
        [hit.first, hit.stop] for hit in reading.layer("stigma")
        if not any(safe.first <= hit.first and hit.stop <= safe.stop for safe in innocent)
    ]  # fmt: skip
    merged: list[list[int]] = []
    for first, stop in ranges:
        if merged and first <= merged[-1][1] + 1 and reading.sentence(first) == reading.sentence(merged[-1][0]):
            merged[-1][1] = max(stop, merged[-1][1])
        else:
            merged.append([first, stop])
    for first, stop in merged:
        yield reading.text.span(first, stop)


def _personal(reading: Reading) -> Iterator[Span]:
    original = reading.text.source.original
    taken: list[Span] = []
    for pattern in _NUMBERS:
        for match in pattern.finditer(original):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
    yield from taken
    yield from _names(reading)


def _names(reading: Reading) -> Iterator[Span]:
    """Yield names of persons: what follows a word such as "tên" or "gặp", and capitals that begin with a surname."""
    taken = -1
    for frame in reading.layer("name_frame"):
        if frame.code == "name":
            first = frame.stop
            if first < len(reading.text) and reading.text.folded[first] in _TITLES:
                first += 1
            stop = _name_end(reading, first, after_frame=True)
            if stop > first >= taken:
                taken = stop
                yield reading.text.span(first, stop)
    for i in range(len(reading.text)):
        if i >= taken and reading.text.folded[i] in SURNAMES and _capital(reading, i):
            stop = _name_end(reading, i, after_frame=False)
            if stop - i >= 2 and not _is_place(reading, i):
                taken = stop
                yield reading.text.span(i, stop)


def _name_end(reading: Reading, first: int, *, after_frame: bool) -> int:
    """Return where a name that begins at *first* ends: capital letters, or a surname and what follows it."""
    if first >= len(reading.text) or (first and after_frame and reading.text.breaks[first - 1] and first != 0):
        begins = first < len(reading.text) and (_capital(reading, first) or reading.text.folded[first] in SURNAMES)
        if not begins:
            return first
    stop = first
    known = reading.text.folded[first] in SURNAMES
    while stop < min(first + _MAX_NAME, len(reading.text)) and (
        _capital(reading, stop) or (known and after_frame and stop - first < 3)
    ):
        stop += 1
        if reading.text.breaks[stop - 1]:
            break
    return stop


def _capital(reading: Reading, i: int) -> bool:
    typed = reading.text.typed(i)
    return typed[:1].isupper() and (len(typed) == 1 or not typed.isupper()) and typed.isalpha()


def _is_place(reading: Reading, i: int) -> bool:
    """Whether a word such as "ở", "xã", "đường" before makes the capitals a place."""
    before = fold(reading.text.typed(i - 1)) if i else ""
    return before in _BEFORE_PLACE or (i + 1 < len(reading.text) and reading.text.folded[i : i + 2] in _PLACE_STARTS)


_BEFORE_PLACE = frozenset(
    [
        "o",
        "tai",
        "xa",
        "huyen",
        "tinh",
        "thon",
        "ap",
        "duong",
        "cho",
        "cang",
        "ve",
        "tu",
        "ngoai",
        "trong",
        "vo",
        "ra",
        "den",
        "qua",
        "gan",
        "phuong",
        "quan",
        "thanh",
        "pho",
        "tp",
        "ben",
        "bien",
    ]
)
_PLACE_STARTS = (
    ["phan", "ri"],
    ["phan", "thiet"],
    ["ho", "chi"],
    ["ham", "tan"],
    ["la", "gi"],
    ["vo", "xu"],
    ["phan", "rang"],
)


def overlapping(hits: list[Hit], spans: list[Span], reading: Reading) -> list[Hit]:
    """Return the hits that share text with one of *spans*."""
    return [h for h in hits if any(reading.span(h)[0] < end and start < reading.span(h)[1] for start, end in spans)]
