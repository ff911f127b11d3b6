"""Finds every phrase of a release in a text, in one pass.

Each folded syllable is one character, so a phrase is a short string and an Aho-Corasick automaton finds all
phrases at once, whole syllables only. Accents that were typed must not contradict the phrase.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, repeat
from operator import attrgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from matching.taxonomy.wording import CLASSES, GAP, MAX_GAP
from matching.text.fold import agreement, fold
from matching.text.syllables import PAUSE, Syllables

_FIRST = 0x4E00
"""Code point of the first syllable; a block of some 20,000 assigned letters begins there."""
_UNKNOWN = "\u0001"
_BARE = ("",)
"""Stands for the words of a text without any accents."""
_KEPT = 16
"""Ways of typing a phrase that are kept with what they say."""
_NO_WORDS = -1
"""In place of the rarest pattern of a compound of classes only."""


OVERLAPPING = frozenset({"stigma"})
"""Layers of which every match stands: what must be hidden is hidden to its last word."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One phrase of the lexicon."""

    layer: str
    """What the phrase is: "occupation", "skill", "licence", or the kind of a cue."""
    code: str
    phrase: str
    """With its accents, lower case; may hold one `GAP` and words of `CLASSES`."""


class Hit(NamedTuple):
    """A phrase found at syllables [first, stop)."""

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
    def code(self) -> str:
        """Code of the first entry."""
        return self.entries[0].code

    @property
    def codes(self) -> tuple[str, ...]:
        """Distinct codes, in the order of the table."""
        return tuple(dict.fromkeys(entry.code for entry in self.entries))


Place = tuple[int, int]
"""Where a part of a compound phrase stands: first, stop."""

Match = tuple[int, int, int, tuple[Entry, ...]]
"""What will be a hit: its place, how many syllables are exact, entries."""

Said = tuple[str, int, tuple[Entry, ...]]
"""What a pattern says in one layer: layer, number of the spelling (or how many syllables are exact), entries."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """All phrases that fold to the same letters."""

    spellings: tuple[tuple[str, ...], ...]
    """Their words with accents."""
    says: tuple[Said, ...]
    """In the order of the layers, then of the table."""
    known: dict[tuple[str, ...], list[Said]] = field(default_factory=dict)
    """What it says in a bare text, and as it was first typed."""

    def agreeing(self, typed: "_Typed", first: int, words: tuple[str, ...]) -> list[Said]:
        """Return the entries of each layer whose accents agree best with *words* at *first*, and keep them."""
        agreed = [typed.exact(spelt, first) for spelt in self.spellings]
        best: dict[str, tuple[int, tuple[Entry, ...]]] = {}
        for layer, spelling, entries in self.says:
            exact = agreed[spelling]
            known = best.get(layer, (0, ()))
            if exact > known[0] or (exact >= 0 and not known[1]):
                best[layer] = exact, entries
            elif exact == known[0]:
                best[layer] = exact, known[1] + entries
        said = [(layer, exact, entries) for layer, (exact, entries) in best.items()]
        if typed.bare or len(self.known) < _KEPT:
            self.known[words] = said
        return said


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a compound phrase: words, or any phrase of a class."""

    words: tuple[str, ...]
    """With their accents; () for a class."""
    layer: str
    """Layer of the class, "" for words."""
    gap: int
    """Syllables that may stand before it."""
    pattern: int = -1
    """Number of its pattern, -1 for a class."""


@dataclass(frozen=True, slots=True)
class _Compound:
    """A phrase of several segments."""

    rank: tuple[int, int]
    """Less what has more syllables that are no class, then what stands first in the table."""
    entry: Entry
    segments: tuple[_Segment, ...]
    needs: frozenset[int | str]
    """Patterns and layers that must stand in a text for the phrase to stand in it."""


class _Typed:
    """What was typed, ready to be compared with the accents of phrases."""

    __slots__ = ("bare", "clauses", "words")

    def __init__(self, text: Syllables) -> None:
        self.bare = text.source.original.isascii()
        self.words = tuple(text.folded if self.bare else map(str.lower, text.words))
        self.clauses = [0, *accumulate(map(PAUSE.__le__, text.breaks))]
        """How many breaks stand before each syllable."""

    def exact(self, words: tuple[str, ...], first: int) -> int:
        """Return how many syllables from *first* on are exactly *words*, none in a bare text; -1: one contradicts."""
        if self.bare:
            return 0
        if len(words) == 1:
            return 1 if self.words[first] == words[0] else agreement(self.words[first], words[0]) - 1
        exact = 0
        for typed, meant in zip(self.words[first : first + len(words)], words, strict=True):
            agreed = 2 if typed == meant else agreement(typed, meant)
            if not agreed:
                return -1
            exact += agreed == 2
        return exact


class _Characters(dict[str, str]):
    """The character of each folded syllable of the release, and one for all others."""

    def __missing__(self, word: str) -> str:
        return _UNKNOWN


class Lexicon:
    """An automaton over the phrases of a release."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._chars = _Characters()
        self._numbers: dict[str, int] = {}
        shared: dict[str, str] = {}
        spelt: dict[int, dict[str, dict[tuple[str, ...], list[Entry]]]] = defaultdict(dict)
        compounds: list[_Compound] = []
        for entry in entries:
            words = tuple([shared.setdefault(word, word) for word in entry.phrase.split()])
            if GAP in words or not CLASSES.keys().isdisjoint(words):
                compounds.append(_compound(len(compounds), entry, tuple(self._segments(words))))
            else:
                layers = spelt[self._number(words)].setdefault(entry.layer, {})
                layers.setdefault(words, []).append(entry)
        self._patterns = {number: _pattern(layers) for number, layers in spelt.items()}
        self._parts, self._compounds = _by_rarest_segment(compounds)
        self._roles = [(number in self._parts, self._patterns.get(number)) for number in range(len(self._numbers))]
        self._automaton = AhoCorasick(list(self._numbers), matchkind=MatchKind.Standard)

    def _number(self, words: Sequence[str]) -> int:
        """Return the number of the pattern that *words* fold to."""
        text = "".join([self._char(word) for word in fold(" ".join(words)).split()])
        return self._numbers.setdefault(text, len(self._numbers))

    def _char(self, word: str) -> str:
        return self._chars.setdefault(word, chr(_FIRST + len(self._chars)))

    def _segments(self, words: Sequence[str]) -> Iterator[_Segment]:
        """Yield the segments of a compound phrase."""
        gap = 0
        run: list[str] = []
        for word in (*words, ""):
            if run and (not word or word == GAP or word in CLASSES):
                yield _Segment(tuple(run), "", gap, self._number(run))
                run, gap = [], 0
            if word in CLASSES:
                yield _Segment((), CLASSES[word], gap)
                gap = 0
            elif word == GAP:
                gap = MAX_GAP
            elif word:
                run.append(word)

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def words(self) -> Iterable[str]:
        """Folded syllables of the phrases."""
        return self._chars.keys()

    def phrases(self) -> Iterator[tuple[str, ...]]:
        """Yield the words of each phrase with their accents; of a compound phrase, those of each segment."""
        for pattern in self._patterns.values():
            yield from pattern.spellings
        for segments in self._parts.values():
            yield from (segment.words for _, segment in segments)

    def through(
        self, before: Sequence[str], choices: Sequence[Sequence[str]], after: Sequence[str]
    ) -> Iterator[tuple[int, int, Entry, tuple[str, ...]]]:
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
        windows = [f"{left}{self._haystack(choice)}{right}" for choice in choices]
        starts = [0, *accumulate(len(window) + 1 for window in windows)]
        found = self._automaton.find_matches_as_indexes(_UNKNOWN.join(windows), overlapping=True)
        for number, first, stop in found:
            if stop - first == 1:
                continue
            choice = bisect_right(starts, first) - 1
            begin = first - starts[choice]
            if begin <= len(left) and stop - starts[choice] >= len(left) + len(choices[choice]):
                for entry, words in self._says(number):
                    yield choice, begin, entry, words

    def _says(self, number: int) -> Iterator[tuple[Entry, tuple[str, ...]]]:
        """Yield what a pattern says: the first entry of each spelling and layer, and the compounds it is part of."""
        pattern = self._patterns.get(number)
        if pattern is not None:
            yield from ((entries[0], pattern.spellings[spelling]) for _, spelling, entries in pattern.says)
        for compound, segment in self._parts.get(number, ()):
            yield compound.entry, segment.words

    def _haystack(self, words: Iterable[str]) -> str:
        return "".join(map(self._chars.__getitem__, words))

    def find(self, text: Syllables) -> dict[str, list[Hit]]:
        """Return the phrases of each layer, longest first where they overlap, in the order of the text."""
        typed = _Typed(text)
        clauses, roles, bare, words = typed.clauses, self._roles, typed.bare, typed.words
        found: dict[str, list[Match]] = defaultdict(list)
        parts: dict[int, list[Place]] = defaultdict(list)
        for number, first, stop in self._automaton.find_matches_as_indexes(self._haystack(text.folded), True):
            if clauses[first] != clauses[stop - 1]:
                continue
            is_part, pattern = roles[number]
            if is_part:
                parts[number].append((first, stop))
            if pattern is not None:
                here = _BARE if bare else words[first:stop]
                said = pattern.known.get(here)
                for layer, exact, entries in pattern.agreeing(typed, first, here) if said is None else said:
                    found[layer].append((first, stop, exact, entries))
        for compound in self._complete(parts, found):
            found[compound.entry.layer].extend(_joined(compound, parts, found, typed))
        mended = text.mended
        return {
            layer: [
                Hit(layer, first, stop, entries, exact, bool(mended) and not mended.isdisjoint(range(first, stop)))
                for first, stop, exact, entries in (
                    matches if len(matches) == 1 or layer in OVERLAPPING else longest(matches)
                )
            ]
            for layer, matches in found.items()
        }

    def _complete(self, parts: Mapping[int, object], found: Mapping[str, object]) -> list[_Compound]:
        """Return the compound phrases all of whose segments stand somewhere in the text, those of most words first."""
        present = {*parts, *found}
        compounds = [
            compound
            for rarest in (_NO_WORDS, *parts)
            for compound in self._compounds.get(rarest, ())
            if compound.needs <= present
        ]
        return sorted(compounds, key=attrgetter("rank"))


def _pattern(layers: dict[str, dict[tuple[str, ...], list[Entry]]]) -> _Pattern:
    """Return the pattern of phrases that are given by layer and spelling."""
    spellings = tuple(dict.fromkeys(words for spelt in layers.values() for words in spelt))
    return _Pattern(
        spellings=spellings,
        says=tuple(
            (layer, spellings.index(words), tuple(entries))
            for layer, spelt in layers.items()
            for words, entries in spelt.items()
        ),
    )


def _compound(number: int, entry: Entry, segments: tuple[_Segment, ...]) -> _Compound:
    return _Compound(
        rank=(-sum(len(segment.words) for segment in segments), number),
        entry=entry,
        segments=segments,
        needs=frozenset(segment.layer or segment.pattern for segment in segments),
    )


def _by_rarest_segment(
    compounds: Sequence[_Compound],
) -> tuple[dict[int, list[tuple[_Compound, _Segment]]], dict[int, list[_Compound]]]:
    """Return the segments by pattern, and the compounds by the pattern that the fewest of them have."""
    parts: dict[int, list[tuple[_Compound, _Segment]]] = defaultdict(list)
    for compound in compounds:
        for segment in compound.segments:
            if segment.words:
                parts[segment.pattern].append((compound, segment))
    rarest: dict[int, list[_Compound]] = defaultdict(list)
    for compound in compounds:
        patterns = [segment.pattern for segment in compound.segments if segment.words]
        rarest[min(patterns, key=lambda number: len(parts[number]), default=_NO_WORDS)].append(compound)
    return dict(parts), dict(rarest)


def _joined(
    compound: _Compound, parts: Mapping[int, list[Place]], found: Mapping[str, list[Match]], typed: _Typed
) -> list[Match]:
    """Return the compound phrases whose segments stand in order, in one clause, within their gaps."""
    clauses = typed.clauses
    chains: list[tuple[Place | Match, ...]] = []
    for segment in compound.segments:
        standing = found[segment.layer] if segment.layer else parts[segment.pattern]
        if not chains:
            chains = [(place,) for place in standing]
            continue
        chains = [
            (*chain, place)
            for chain in chains
            for place in standing
            if 0 <= place[0] - chain[-1][1] <= segment.gap and clauses[chain[-1][1] - 1] == clauses[place[0]]
        ]
        if not chains:
            return []
    agreed = [(chain, [*map(_exact, compound.segments, chain, repeat(typed))]) for chain in chains]
    return [_as_match(compound, chain, exact) for chain, exact in agreed if min(exact) >= 0]


def _exact(segment: _Segment, place: Place | Match, typed: _Typed) -> int:
    """Return how many syllables of a segment carry exactly its accents; -1: one contradicts."""
    return place[2] if len(place) == 4 else typed.exact(segment.words, place[0])


def _as_match(compound: _Compound, chain: Sequence[Place | Match], exact: Sequence[int]) -> Match:
    inexact = sum(stop - first for first, stop, *_ in chain) - sum(exact)
    return chain[0][0], chain[-1][1], chain[-1][1] - chain[0][0] - inexact, (compound.entry,)


def longest(matches: list[Match]) -> list[Match]:
    """Return matches that do not overlap: the longest first, then the best agreed, then the leftmost."""
    if all(left[1] <= right[0] for left, right in pairwise(matches)):
        return matches
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda m: (m[0] - m[1], -m[2], m[0])):
        places = range(match[0], match[1])
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(match)
    return sorted(kept, key=lambda m: m[0])
