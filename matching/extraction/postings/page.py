"""A posting, looked at once: its syllables, phrases and quantities, cut into lines and sentences.

Postings are lists: what is asked and what is given stands in lines, bullets and between emojis. A colon leads on
("Độ tuổi: 18-45"), so it does not end a sentence here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from matching.domain.profile import Span
from matching.extraction.lexicon import NAMED, Hit, Lexicon
from matching.extraction.phrases import OCCUPATION
from matching.extraction.postings.phrases import continued
from matching.extraction.reading import Reading, read_text
from matching.text.fold import agreement, fold

_SENTENCE_END = re.compile(r"[\n;!?|•●▪·…]|\.(?!\d|\w)|[^\w\s.,/()\[\]{}\-–—:%+&'\"“”’~<>≥≤=_$@#*^\\]")
"""Line ends, full stops, bullets; and every sign that is no punctuation: emojis are the bullets of social media."""

_TAG = re.compile(
    r"</?(?:(?P<block>p|br|li|ul|ol|div|h[1-6]|table|tbody|tr|td|th|hr)|span|b|i|u|strong|em|a|font|img|html|body)"
    r"(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
_SIGNS = {"nbsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_ENTITY = re.compile(rf"&({'|'.join(_SIGNS)});", re.IGNORECASE)

_WORD = re.compile(r"\w+")
_SAME = 2
"""What `agreement` says of a word that carries the very accents."""

_PREFERENCE_REACH = 14
"""Syllables that "ưu tiên:" governs at most in its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A posting and what stands in it; positions are syllables of the whole, title first."""

    reading: Reading
    title_stop: int
    """First syllable after the title."""
    sentences: list[int]
    """First syllable of each sentence."""
    lines: list[int]
    """First syllable of each line."""

    @property
    def folded(self) -> list[str]:
        """Folded syllables."""
        return self.reading.text.folded

    @property
    def text(self) -> str:
        """Folded text: offsets of quantities and regular expressions count in it."""
        return self.reading.text.source.text

    def layer(self, name: str) -> Sequence[Hit]:
        """Return the hits of a layer."""
        return self.reading.layer(name)

    def span(self, first: int, stop: int) -> Span:
        """Return the span of syllables [first, stop) in the original text."""
        return self.reading.text.span(first, stop)

    def of_text(self, at: int, to: int) -> Span:
        """Return the span of folded characters [at, to) in the original text."""
        return self.reading.text.source.span(at, to)

    def of_folded(self, start: int, end: int) -> str:
        """Return what stands at a span of the original, folded."""
        return fold(self.reading.text.source.original[start:end])

    def at(self, offset: int) -> int:
        """Return the syllable that a folded offset stands in or before."""
        return self.reading.text.index_at(offset)

    def sentence(self, i: int) -> tuple[int, int]:
        """Return the half-open range of syllables of the sentence of syllable *i*."""
        return _bounds(self.sentences, i, len(self.folded))

    def line(self, i: int) -> tuple[int, int]:
        """Return the half-open range of syllables of the line of syllable *i*."""
        return _bounds(self.lines, i, len(self.folded))

    def clause(self, i: int) -> tuple[int, int]:
        """Return the half-open range of syllables between the breaks around syllable *i*."""
        return self.reading.clause_bounds(i)

    def is_spelt(self, at: int, to: int, meant: Mapping[str, str]) -> bool:
        """Whether the words of folded [at, to) that *meant* spells carry its accents, or their line has none at all.

        >>> page_of("", "Ô tô, dây ga", Lexicon([])).is_spelt(1, 2, {"o": "ở"})
        False
        """
        start, end = self.of_text(at, to)
        original = self.reading.text.source.original
        line = original[original.rfind("\n", 0, start) + 1 :].split("\n", 1)[0]
        typed = _WORD.findall(normalize("NFC", original[start:end]).lower())
        return line.isascii() or all(
            agreement(word, meant[fold(word)]) == _SAME for word in typed if fold(word) in meant
        )

    def inside(self, name: str, begin: int, stop: int) -> list[Hit]:
        """Return the hits of a layer that lie wholly in syllables [begin, stop)."""
        return [h for h in self.layer(name) if begin <= h.first and h.stop <= stop]

    def near(self, name: str, first: int, stop: int, *, before: int = 0, after: int = 0) -> list[Hit]:
        """Return the hits of a layer in the same sentence that touch the syllables around [first, stop)."""
        begin, end = self.sentence(first)
        low, high = max(begin, first - before), min(max(end, stop), stop + after)
        return [h for h in self.layer(name) if h.first < high and h.stop > low]

    def following(self, name: str, stop: int, *, reach: int) -> list[Hit]:
        """Return the hits of a layer that begin up to *reach* syllables after *stop*, in the same sentence."""
        end = min(self.sentence(stop - 1)[1], stop + reach)
        return [h for h in self.layer(name) if stop <= h.first < end]

    def right_after(self, name: str, stop: int) -> list[Hit]:
        """Return the hits of a layer that begin at syllable *stop* in the clause of the syllable before it."""
        end = self.clause(stop - 1)[1]
        return [h for h in self.layer(name) if h.first == stop < end]

    def negated(self, first: int, *, reach: int = 1) -> bool:
        """Whether a negator ends right before syllable *first*, or up to *reach* - 1 syllables before it."""
        begin = self.sentence(first)[0]
        return any(begin <= n.first and 0 <= first - n.stop < reach for n in self.layer("negator"))

    def preferred(self, first: int, stop: int) -> bool:
        """Whether what stands at [first, stop) is only preferred: "ưu tiên ...", "... là lợi thế"."""
        begin = self.sentence(first)[0]
        clause_begin, clause_stop = self.clause(first)
        for cue in self.layer("prefer"):
            if begin <= cue.first < first and (
                clause_begin <= cue.first
                or (self._leads_on(cue) and first - cue.stop < _PREFERENCE_REACH)
                or first - cue.stop <= 1
            ):
                return True
        if any(
            c.first - stop in (0, 1)
            and (c.stop == clause_stop or self.clause(c.first) == (c.first, c.stop))
            and self.sentence(c.first)[0] == begin
            and not self._leads_on(c)
            for c in self.layer("prefer")
        ):
            return True  # "bằng lái ô tô (ưu tiên)", "nữ ưu tiên"
        end = max(clause_stop, self.clause(stop - 1)[1])
        return any(first <= cue.first < end for cue in self.layer("advantage"))

    def _leads_on(self, cue: Hit) -> bool:
        """Whether a colon follows the cue."""
        end = self.reading.text.to[cue.stop - 1]
        return self.text[end : end + 3].lstrip().startswith(":")


def page_of(title: str, text: str, lexicon: Lexicon) -> Page:
    """Look at a posting once."""
    reading = read_text(without_markup(f"{title}\n{text}"), lexicon)
    named = reading.hits.pop(NAMED, [])
    reading.hits[OCCUPATION] = continued(named, reading.text.folded)
    folded = reading.text.source.text
    title_to = _folded_length(reading, len(title))
    ends = [m.start() for m in _SENTENCE_END.finditer(folded)]
    return Page(
        reading=reading,
        title_stop=reading.text.index_at(title_to),
        sentences=_starts(reading, ends),
        lines=_starts(reading, [i for i in ends if folded[i] == "\n"]),
    )


def without_markup(text: str) -> str:
    """Return the text with what is left of HTML blanked out, every character in its place.

    >>> without_markup("<b>Nam</b>, &lt;45").split()
    ['Nam', ',', '<', '45']
    """
    if "<" in text:
        text = _TAG.sub(lambda tag: ("\n" if tag["block"] else " ").ljust(len(tag[0])), text)
    return _ENTITY.sub(lambda entity: _SIGNS[entity[1].lower()].ljust(len(entity[0])), text) if "&" in text else text


def _folded_length(reading: Reading, length: int) -> int:
    """Return how many folded characters the first *length* characters of the original give."""
    offsets = reading.text.source.offsets
    if offsets is None:
        return length
    low, high = 0, len(offsets) - 1
    while low < high:
        middle = (low + high) // 2
        if offsets[middle] < length:
            low = middle + 1
        else:
            high = middle
    return low


def _starts(reading: Reading, ends: Iterable[int]) -> list[int]:
    """Return the first syllables after each end; the first syllable of all begins too."""
    return sorted({0, *(reading.text.index_at(end) for end in ends)} - {len(reading.text)})


def _bounds(starts: list[int], i: int, length: int) -> tuple[int, int]:
    number = bisect_right(starts, i) - 1
    return starts[number], starts[number + 1] if number + 1 < len(starts) else length
