"""Syllables with their offsets: the unit in which phrases are looked up."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, compress, count
from unicodedata import normalize

from msgspec import Struct

from matching.text.fold import Folded, fold_mapped
from matching.text.remembered import Remembered

_SYLLABLE = re.compile(r"([^\W_]+)")
_PLAIN_SYLLABLE = re.compile(r"([a-z0-9]+)")
"""The same in folded texts without foreign letters, which nearly all are: told faster."""
_STOP = re.compile(r"[.!?;:\n…•|]|\s[-–—]\s|^\s*[-–—*+]\s")
_PAUSE = re.compile(r"[,()\[\]–—\"“”]|\s/|/\s")
_DECIMAL = re.compile(r"[.,]\Z")

PAUSE, STOP = 1, 2
"""How strongly the text breaks after a syllable: 0 not at all, PAUSE a comma, STOP the end of a sentence."""


class Stretches(Struct, frozen=True, eq=False, gc=False):
    """Neighbouring ranges of syllables that make up a text: its clauses or its sentences."""

    starts: list[int]
    """First syllable of each."""
    bounds: list[tuple[int, int]]
    """The half-open range that each syllable stands in; the last once more for the end of the text."""


class Syllables(Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """The syllables of one text, in parallel lists. A struct: a frozen dataclass takes ten times as long to make.

    `folded[i]` is what is looked up; `at[i]`, `to[i]` is its half-open span in `source.text`;
    `breaks[i]` says how strongly the text breaks between it and the next (STOP after the last).
    """

    source: Folded
    folded: list[str]
    words: list[str]
    """As typed (NFC), or as meant where a syllable is mended."""
    at: list[int]
    to: list[int]
    breaks: list[int]
    clauses: Stretches
    """What stands between two breaks."""
    sentences: Stretches
    """What stands between two ends of a sentence."""
    mended: frozenset[int] = frozenset()
    """Syllables that were misspelt, by position; empty when the text is taken as typed."""

    def __len__(self) -> int:
        return len(self.folded)

    @property
    def is_bare(self) -> bool:
        """Whether the text was typed without any accent."""
        return self.source.original.isascii()

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Return the half-open span in the original text of syllables [first, stop)."""
        start, end = self.at[first], self.to[stop - 1]
        return (start, end) if self.source.offsets is None else self.source.span(start, end)

    def typed(self, i: int) -> str:
        """Return syllable *i* as it was typed, or as it was meant where it is mended."""
        return self.words[i]

    def index_at(self, offset: int) -> int:
        """Return the first syllable that ends after *offset* of the folded text (len(self) when none does)."""
        return bisect_right(self.to, offset)

    def starting_before(self, offset: int) -> int:
        """Return how many syllables start before *offset* of the folded text."""
        return bisect_left(self.at, offset)

    def index_in_original(self, offset: int) -> int:
        """Return the first syllable that ends after *offset* of the original text (len(self) when none does)."""
        if self.source.offsets is None:
            return self.index_at(offset)
        return bisect_right(range(len(self)), offset, key=lambda i: self.span(i, i + 1)[1])


def stretches(breaks: Sequence[int]) -> tuple[Stretches, Stretches]:
    """Return the clauses, which stand between two breaks, and the sentences, between two that are STOP."""
    ends = [*compress(count(1), breaks)]
    return _between(ends), _between([end for end in ends if breaks[end - 1] == STOP])


def _between(ends: list[int]) -> Stretches:
    bounds: list[tuple[int, int]] = []
    begin = 0
    for end in ends:
        bounds += [(begin, end)] * (end - begin)
        begin = end
    return Stretches([0, *ends[:-1]], [*bounds, bounds[-1] if bounds else (0, 0)])


def syllables(text: str) -> Syllables:
    """Cut *text* into syllables.

    >>> cut = syllables("Thợ hồ, 12 năm. N/vọng: học")
    >>> cut.folded, cut.breaks
    (['tho', 'ho', '12', 'nam', 'n', 'vong', 'hoc'], [0, 1, 0, 2, 0, 2, 2])
    >>> cut.source.original[slice(*cut.span(0, 2))]
    'Thợ hồ'
    """
    source = fold_mapped(text)
    pieces = (_PLAIN_SYLLABLE if source.text.isascii() else _SYLLABLE).split(source.text)
    folded = pieces[1::2]
    ends = list(accumulate(map(len, pieces)))
    at, to = ends[:-1:2], ends[1::2]
    breaks = [*map(_BREAKS.__getitem__, pieces[2:-1:2])]
    if folded:
        breaks.append(STOP)
    clauses, sentences = stretches(breaks)
    return Syllables(
        source=source,
        folded=folded,
        words=_as_typed(source, folded, at, to),
        at=at,
        to=to,
        breaks=breaks,
        clauses=clauses,
        sentences=sentences,
    )


def _as_typed(source: Folded, folded: list[str], at: list[int], to: list[int]) -> list[str]:
    """Return the syllables with the case and the accents that they were typed with, composed (NFC)."""
    original = source.original
    if original is source.text or original == source.text:
        return folded
    if source.offsets is None:
        return [original[start:end] for start, end in zip(at, to, strict=True)]
    return [normalize("NFC", original[slice(*source.span(start, end))]) for start, end in zip(at, to, strict=True)]


def _break(gap: str) -> int:
    """Return how strongly the characters between two syllables break the text."""
    if _DECIMAL.match(gap) and len(gap) == 1:  # "1.500", "tp.hcm": no white space, no break
        return 0
    if _STOP.search(gap):
        return STOP
    return PAUSE if _PAUSE.search(gap) else 0


_BREAKS = Remembered(_break, 4096)
"""How strongly the characters break that were met between syllables."""
