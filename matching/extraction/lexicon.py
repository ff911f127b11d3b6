"""Finds every phrase of a release in a text, in one pass.

Each folded syllable is one character, so a phrase is a short string and an Aho-Corasick automaton finds all
phrases at once, whole syllables only. Accents that were typed must not contradict the phrase.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, repeat
from math import prod
from operator import attrgetter

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind
from numpy.typing import NDArray

from matching.extraction.compounds import (
    Chain,
    Compounds,
    Key,
    Place,
    Segment,
    Standing,
    Words,
    is_compound,
    segments_of,
)
from matching.taxonomy.wording import CLASSES
from matching.text.fold import agreement, fold
from matching.text.syllables import Syllables

_FIRST = 0x80
"""Code point of the first syllable; most of them then take two bytes of the automaton, none takes one."""
_UNKNOWN = "\u0001"
_KEPT = 16384
"""Ways of typing phrases that are kept with what they say."""
_FIRST_OF = attrgetter("first")
_CLASS_LAYERS = frozenset(CLASSES.values())

NAMED = "named"
"""The occupations of a posting before it is told which of those that overlap are meant."""
OVERLAPPING = frozenset({"stigma", NAMED})
"""Layers of which every match stands: what must be hidden is hidden to its last word."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One phrase of the lexicon."""

    layer: str
    """What the phrase is: "occupation", "skill", "licence", or the kind of a cue."""
    code: str
    phrase: str
    """With its accents, lower case; may hold one `GAP` and words of `CLASSES`."""


@dataclass(slots=True, eq=False)
class Hit:
    """A phrase found at syllables [first, stop); never changed once it is told.

    Not declared frozen: a text makes dozens of these, and a frozen one takes five times as long to make.
    """

    layer: str
    first: int
    stop: int
    entries: tuple[Entry, ...]
    """Entries whose accents agree best with what was typed; several when a phrase has several codes or readings."""
    exact: int
    """How many syllables carry exactly its accents, none in a text without any; those in its gap count as such."""
    mended: bool = False
    """Whether the phrase was misspelt."""

    @property
    def as_spelt(self) -> bool:
        """Whether every syllable was typed with its accents."""
        return self.exact == self.stop - self.first

    def overlaps(self, other: "Hit") -> bool:
        """Whether the two share a syllable."""
        return self.first < other.stop and other.first < self.stop

    def holds(self, other: "Hit") -> bool:
        """Whether the other lies within this one, or where it does."""
        return self.first <= other.first and other.stop <= self.stop

    @property
    def code(self) -> str:
        """Code of the first entry."""
        return self.entries[0].code

    @property
    def codes(self) -> tuple[str, ...]:
        """Distinct codes, in the order of the table."""
        return tuple(dict.fromkeys(entry.code for entry in self.entries))


Said = tuple[tuple[str, int, tuple[Entry, ...]], ...]
"""What letters say as they were typed: of each layer, how many syllables are exact, and the entries that agree best."""


class _Letters:
    """Spells words as strings of one character for each of their folded syllables."""

    def __init__(self) -> None:
        self.chars: dict[str, str] = {}
        """By folded syllable."""
        self.spelt: dict[str, str] = {}
        """By word with its accents."""

    def of(self, words: Iterable[str]) -> str:
        """Return what *words* fold to."""
        return "".join([self.spelt.get(word) or self._char(word) for word in words])

    def _char(self, word: str) -> str:
        char = self.chars.setdefault(fold(word), chr(_FIRST + len(self.chars)))
        return self.spelt.setdefault(word, char)


class Lexicon:
    """An automaton over the phrases of a release."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        letters = _Letters()
        says: dict[str, tuple[Entry, ...]] = {}
        compound: list[tuple[Entry, list[str]]] = []
        for entry in entries:
            words = entry.phrase.split()
            if is_compound(words):
                compound.append((entry, words))
            else:
                pattern = letters.of(words)
                says[pattern] = (*says.get(pattern, ()), entry)
        segments = [tuple(segments_of(words, letters.of)) for _, words in compound]
        parts = dict.fromkeys(segment.key for phrase in segments for segment in phrase if segment.words)
        patterns = sorted({**parts, **says}, key=lambda pattern: (pattern not in parts, pattern in says))
        self._compound = [entry for entry, _ in compound]
        self._compounds = Compounds(segments, _usual(patterns))
        self._parts = patterns[: len(parts)]
        """The segments of compound phrases, which are the first patterns."""
        self._silent = sum(pattern not in says for pattern in parts)
        """How many of those say nothing by themselves: they are the very first."""
        self._says = [says.get(pattern, ()) for pattern in patterns]
        self._chars = letters.chars
        self._bare = frozenset(filter(str.isascii, letters.spelt))
        """Words without an accent, as phrases have them."""
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard)
        self._beside = _beside(patterns)
        self._known: dict[Words | int, Said] = {}
        """By what was typed; without accents by the number of the pattern."""

    def __len__(self) -> int:
        return len(self._says)

    def needs_accents(self, word: str) -> bool:
        """Whether a word that was typed bare is none as it stands: no phrase has it so ("thoai", but not "ban")."""
        return word in self._chars and word not in self._bare

    @property
    def words(self) -> Iterable[str]:
        """Folded syllables of the phrases."""
        return self._chars.keys()

    def phrases(self) -> Iterator[Words]:
        """Yield the words of each phrase with their accents; of a compound phrase, those of each segment."""
        for entries in self._says:
            yield from dict.fromkeys([tuple(entry.phrase.split()) for entry in entries])
        for parts in self._compounds.parts.values():
            yield from (segment.words for _, segment in parts if segment.words)

    def through(
        self, before: Sequence[str], choices: Sequence[Sequence[str]], after: Sequence[str]
    ) -> Iterator[tuple[int, int, Entry, Words]]:
        """Find the phrases of two or more words that would stand here with one of *choices* in between.

        Parameters
        ----------
        before, after : sequence of str
            Folded syllables around the place.
        choices : sequence of sequence of str
            Folded syllables that may have been meant there.

        Yields
        ------
        choice : int
            Which of the choices; the phrase covers all its syllables.
        first : int
            Where in *before* the phrase begins; `len(before)` when it begins with the choice.
        entry : Entry
            The phrase.
        words : tuple of str
            Its words, or those of a segment of a compound phrase, with their accents.
        """
        left, right = self._haystack(before), self._haystack(after)
        windows = [(number, self._haystack(choice)) for number, choice in enumerate(choices)]
        windows = [(number, here) for number, here in windows if self._neighbours(left[-1:] + here + right[:1])]
        starts = [0, *accumulate(len(left) + len(here) + len(right) + 1 for _, here in windows)]
        joined = _UNKNOWN.join([f"{left}{here}{right}" for _, here in windows])
        for pattern, first, stop in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            if stop - first == 1:
                continue
            window = bisect_right(starts, first) - 1
            number, here = windows[window]
            begin = first - starts[window]
            if begin <= len(left) and stop - starts[window] >= len(left) + len(here):
                for entry, words in self._said(pattern):
                    yield number, begin, entry, words

    def _neighbours(self, letters: str) -> bool:
        """Whether two of the letters that stand beside each other do so in a phrase."""
        return any(self._beside[ord(one), ord(other)] for one, other in pairwise(letters))

    def _said(self, number: int) -> Iterator[tuple[Entry, Words]]:
        """Yield what a pattern says: the first entry of each layer and spelling, and the compounds it is part of."""
        for _, words, entries in _by_spelling(self._says[number]):
            yield entries[0], words
        for compound, segment in self._compounds.parts[self._parts[number]] if number < len(self._parts) else ():
            yield self._compound[compound], segment.words

    def _haystack(self, words: Iterable[str]) -> str:
        return "".join(map(self._chars.get, words, repeat(_UNKNOWN)))

    def find(self, text: Syllables) -> dict[str, list[Hit]]:
        """Return the phrases of each layer, longest first where they overlap, in the order of the text."""
        words = () if text.is_bare else tuple(map(str.lower, text.words))
        known, parts, segments, silent = self._known, self._parts, len(self._parts), self._silent
        found: dict[str, list[Hit]] = defaultdict(list)
        crossed: set[str] = set()
        standing: dict[int, dict[Key, list[Place]]] = defaultdict(lambda: defaultdict(list))
        ends = text.clauses.ends
        for number, first, stop in self._automaton.find_matches_as_indexes(self._haystack(text.folded), True):
            if stop > ends[first]:
                continue
            if number < segments:
                standing[ends[first]][parts[number]].append((first, stop, 0))
                if number < silent:
                    continue
            said = known.get(words[first:stop] or number)
            if said is None:
                said = self._keep(number, words[first:stop])
            for layer, exact, entries in said:
                hits = found[layer]
                if hits and hits[-1].stop > first:
                    crossed.add(layer)
                hits.append(Hit(layer, first, stop, entries, exact))
        for layer in _CLASS_LAYERS & found.keys():
            for hit in found[layer]:
                standing[ends[hit.first]][layer].append((hit.first, hit.stop, hit.exact))
        for hit in self._compounded(standing.values(), words):
            hits = found[hit.layer]
            if hits:
                crossed.add(hit.layer)
            hits.append(hit)
        for layer in crossed - OVERLAPPING:
            found[layer] = longest(found[layer])
        if text.mended:
            for hit in chain.from_iterable(found.values()):
                hit.mended = not text.mended.isdisjoint(range(hit.first, hit.stop))
        return found

    def _keep(self, number: int, typed: Words) -> Said:
        """Return what a pattern says as it was typed, and keep the answer for the next text."""
        if len(self._known) >= _KEPT:
            self._known.clear()
        said = self._known[typed or number] = tuple(_agreed(self._says[number], typed))
        return said

    def _compounded(self, clauses: Iterable[Standing], typed: Words) -> Iterator[Hit]:
        """Yield the compound phrases of each clause."""
        for number, segments, places in self._compounds.chains(clauses):
            hit = _as_hit(self._compound[number], segments, places, typed)
            if hit is not None:
                yield hit


def _beside(patterns: Sequence[str]) -> NDArray[np.bool_]:
    """Return which letters stand right before which others in *patterns*, by their code points."""
    codes = np.frombuffer(_UNKNOWN.join(patterns).encode("utf-32-le"), dtype=np.uint32)
    size = int(codes.max(initial=ord(_UNKNOWN))) + 1
    beside = np.zeros((size, size), dtype=np.bool_)
    beside[codes[:-1], codes[1:]] = True
    beside[ord(_UNKNOWN)] = beside[:, ord(_UNKNOWN)] = False
    return beside


def _usual(patterns: Sequence[str]) -> Callable[[str], float]:
    """Return what tells how usual letters are, by how often *patterns* have each of them."""
    often = Counter("".join(patterns))
    total = often.total()
    return lambda letters: prod(often[char] / total for char in letters)


def _by_spelling(entries: Iterable[Entry]) -> Iterator[tuple[str, Words, list[Entry]]]:
    """Yield the entries of each layer and spelling, layer after layer."""
    layers: dict[str, dict[Words, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        layers[entry.layer][tuple(entry.phrase.split())].append(entry)
    for layer, spelt in layers.items():
        for words, same in spelt.items():
            yield layer, words, same


def _agreed(entries: Iterable[Entry], typed: Words) -> Iterator[tuple[str, int, tuple[Entry, ...]]]:
    """Yield the entries of each layer whose accents agree best with *typed*, after how many syllables are exact."""
    best: dict[str, tuple[int, tuple[Entry, ...]]] = {}
    for layer, words, same in _by_spelling(entries):
        exact = _exact(typed, words)
        known = best.get(layer, (-1, ()))
        if exact > known[0]:
            best[layer] = exact, tuple(same)
        elif exact == known[0] >= 0:
            best[layer] = exact, (*known[1], *same)
    return ((layer, exact, agreed) for layer, (exact, agreed) in best.items())


def _exact(typed: Words, meant: Words) -> int:
    """Return how many typed syllables are exactly what was meant; -1: one contradicts."""
    if typed == meant:
        return len(meant)
    exact = 0
    for syllable, word in zip(typed, meant, strict=bool(typed)):
        agreed = 2 if syllable == word else agreement(syllable, word)
        if not agreed:
            return -1
        exact += agreed == 2
    return exact


def _as_hit(entry: Entry, segments: Iterable[Segment], places: Chain, typed: Words) -> Hit | None:
    """Return the hit of a compound phrase; None where a typed accent contradicts. What stands in its gaps is exact."""
    first, stop = places[0][0], places[-1][1]
    inexact = 0
    for segment, (begin, end, agreed) in zip(segments, places, strict=True):
        exact = _exact(typed[begin:end], segment.words) if segment.words else agreed
        if exact < 0:
            return None
        inexact += end - begin - exact
    return Hit(entry.layer, first, stop, (entry,), stop - first - inexact)


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """Return hits that do not overlap: the longest first, then the best agreed, then the leftmost."""
    taken = 0
    kept = []
    for length, _, first, i in sorted([(h.first - h.stop, -h.exact, h.first, i) for i, h in enumerate(hits)]):
        places = ((1 << -length) - 1) << first
        if not taken & places:
            taken |= places
            kept.append(hits[i])
    kept.sort(key=_FIRST_OF)
    return kept
