"""Finds every phrase of a release in a text, in one pass.

Each folded syllable is one character, so a phrase is a short string and an Aho-Corasick automaton finds all
phrases at once, whole syllables only. Accents that were typed must not contradict the phrase.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set, Sized
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from matching.taxonomy.wording import CLASSES, GAP, MAX_GAP
from matching.text.fold import agreement, fold
from matching.text.syllables import PAUSE, Syllables

Words = tuple[str, ...]
"""Words of a phrase with their accents, or as they were typed; () for what was typed in a text without any accents."""

_FIRST = 0x4E00
"""Code point of the first syllable; a block of some 20,000 assigned letters begins there."""
_UNKNOWN = "\u0001"
_KEPT = 16
"""Ways of typing a phrase that are kept with what they say."""
_CLASS_LAYERS = frozenset(CLASSES.values())

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


Place = tuple[int, int, int]
"""Where a part of a compound phrase stands: first, stop; and how many of its syllables are exact, 0 while not known."""

Standing = dict[int | str, list[Place]]
"""Where the parts of compound phrases stand in a clause: by number of the pattern, or layer of the class."""

Said = tuple[str, int, tuple[Entry, ...]]
"""What a pattern says in one layer: layer, number of the spelling (or how many syllables are exact), entries."""


class _Pattern(dict[Words, list[Said]]):
    """All phrases that fold to the same letters; as a table, what they say as they were typed."""

    __slots__ = ("is_part", "says", "spellings")

    def __init__(self, layers: Mapping[str, Mapping[Words, list[Entry]]], *, is_part: bool) -> None:
        """Take phrases by layer and spelling; *is_part* says whether the letters are a segment of compounds too."""
        self.spellings = tuple(dict.fromkeys(words for spelt in layers.values() for words in spelt))
        self.says: tuple[Said, ...] = tuple(
            (layer, self.spellings.index(words), tuple(entries))
            for layer, spelt in layers.items()
            for words, entries in spelt.items()
        )
        """In the order of the layers, then of the table."""
        self.is_part = is_part

    def __missing__(self, typed: Words) -> list[Said]:
        """Return the entries of each layer whose accents agree best with *typed*; the first few answers are kept."""
        agreed = [_exact(typed, spelt) for spelt in self.spellings]
        best: dict[str, tuple[int, tuple[Entry, ...]]] = {}
        for layer, spelling, entries in self.says:
            exact = agreed[spelling]
            known = best.get(layer, (0, ()))
            if exact > known[0] or (exact >= 0 and not known[1]):
                best[layer] = exact, entries
            elif exact == known[0]:
                best[layer] = exact, known[1] + entries
        said = [(layer, exact, entries) for layer, (exact, entries) in best.items()]
        if not typed or len(self) < _KEPT:
            self[typed] = said
        return said


def _exact(typed: Words, meant: Words) -> int:
    """Return how many typed syllables are exactly what was meant; -1: one contradicts."""
    exact = 0
    for syllable, word in zip(typed, meant, strict=bool(typed)):
        agreed = 2 if syllable == word else agreement(syllable, word)
        if not agreed:
            return -1
        exact += agreed == 2
    return exact


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a compound phrase: words, or any phrase of a class."""

    words: Words
    """() for a class."""
    key: int | str
    """Number of the pattern of its words, or layer of the class."""
    gap: int
    """Syllables that may stand before it."""


@dataclass(frozen=True, slots=True)
class _Compound:
    """A phrase of several segments."""

    rank: tuple[int, int]
    """Less what has more syllables that are no class, then what stands first in the table."""
    entry: Entry
    segments: tuple[_Segment, ...]
    needs: frozenset[int | str]
    """Patterns and layers that must stand in a clause for the phrase to stand in it."""


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
        spelt: dict[int, dict[str, dict[Words, list[Entry]]]] = defaultdict(dict)
        compounds: list[_Compound] = []
        for entry in entries:
            words = tuple([shared.setdefault(word, word) for word in entry.phrase.split()])
            if GAP in words or not CLASSES.keys().isdisjoint(words):
                compounds.append(_compound(len(compounds), entry, tuple(self._segments(words))))
            else:
                layers = spelt[self._number(words)].setdefault(entry.layer, {})
                layers.setdefault(words, []).append(entry)
        self._parts = _by_segment(compounds)
        self._patterns = [
            _Pattern(spelt.get(number, {}), is_part=number in self._parts) for number in range(len(self._numbers))
        ]
        self._compounds = _by_rarest_segment(compounds, self._parts)
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
                yield _Segment(tuple(run), self._number(run), gap)
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

    def phrases(self) -> Iterator[Words]:
        """Yield the words of each phrase with their accents; of a compound phrase, those of each segment."""
        for pattern in self._patterns:
            yield from pattern.spellings
        for segments in self._parts.values():
            yield from (segment.words for _, segment in segments if segment.words)

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
        pattern = self._patterns[number]
        yield from ((entries[0], pattern.spellings[spelling]) for _, spelling, entries in pattern.says)
        for compound, segment in self._parts.get(number, ()):
            yield compound.entry, segment.words

    def _haystack(self, words: Iterable[str]) -> str:
        return "".join(map(self._chars.__getitem__, words))

    def find(self, text: Syllables) -> dict[str, list[Hit]]:
        """Return the phrases of each layer, longest first where they overlap, in the order of the text."""
        words = () if text.source.original.isascii() else tuple(map(str.lower, text.words))
        clauses = [0, *accumulate(map(PAUSE.__le__, text.breaks))]
        patterns, mended = self._patterns, text.mended
        found: dict[str, list[Hit]] = defaultdict(list)
        crossed: set[str] = set()
        parts: dict[int, Standing] = defaultdict(lambda: defaultdict(list))
        for number, first, stop in self._automaton.find_matches_as_indexes(self._haystack(text.folded), True):
            clause = clauses[first]
            if clause != clauses[stop - 1]:
                continue
            pattern = patterns[number]
            if pattern.is_part:
                parts[clause][number].append((first, stop, 0))
            for layer, exact, entries in pattern[words[first:stop]] if pattern.says else ():
                if layer in _CLASS_LAYERS:
                    parts[clause][layer].append((first, stop, exact))
                hits = found[layer]
                if hits and hits[-1].stop > first:
                    crossed.add(layer)
                hits.append(Hit(layer, first, stop, entries, exact, bool(mended) and _touches(mended, first, stop)))
        for compound, chain in self._chains(parts.values()):
            hit = _as_hit(compound, chain, words, mended)
            if hit is not None:
                hits = found[hit.layer]
                if hits:
                    crossed.add(hit.layer)
                hits.append(hit)
        for layer in crossed - OVERLAPPING:
            found[layer] = longest(found[layer])
        return found

    def _chains(self, clauses: Iterable[Standing]) -> Iterator[tuple[_Compound, tuple[Place, ...]]]:
        """Yield the compound phrases whose segments stand in order and within their gaps, those of most words first.

        A phrase of a class is one that is no compound itself.
        """
        for standing in clauses:
            complete = [
                compound
                for key in standing
                for compound in self._compounds.get(key, ())
                if compound.needs <= standing.keys()
            ]
            for compound in sorted(complete, key=attrgetter("rank")):
                for chain in _joined(compound.segments, standing):
                    yield compound, chain


def _compound(number: int, entry: Entry, segments: tuple[_Segment, ...]) -> _Compound:
    return _Compound(
        rank=(-sum(len(segment.words) for segment in segments), number),
        entry=entry,
        segments=segments,
        needs=frozenset(segment.key for segment in segments),
    )


def _by_segment(compounds: Iterable[_Compound]) -> dict[int | str, list[tuple[_Compound, _Segment]]]:
    """Return the compounds that have each segment."""
    parts: dict[int | str, list[tuple[_Compound, _Segment]]] = defaultdict(list)
    for compound in compounds:
        for segment in compound.segments:
            parts[segment.key].append((compound, segment))
    return dict(parts)


def _by_rarest_segment(
    compounds: Iterable[_Compound], parts: Mapping[int | str, Sized]
) -> dict[int | str, list[_Compound]]:
    """Return the compounds by the segment that the fewest of them have."""
    rarest: dict[int | str, list[_Compound]] = defaultdict(list)
    for compound in compounds:
        rarest[min((segment.key for segment in compound.segments), key=lambda key: len(parts[key]))].append(compound)
    return dict(rarest)


def _joined(segments: Sequence[_Segment], standing: Standing) -> list[tuple[Place, ...]]:
    """Return the ways in which segments stand in order, each within its gap of the one before."""
    first, *others = segments
    chains: list[tuple[Place, ...]] = [(place,) for place in standing[first.key]]
    for segment in others:
        gap, places = segment.gap, standing[segment.key]
        chains = [(*chain, place) for chain in chains for place in places if 0 <= place[0] - chain[-1][1] <= gap]
        if not chains:
            break
    return chains


def _as_hit(compound: _Compound, chain: Sequence[Place], typed: Words, mended: Set[int]) -> Hit | None:
    """Return the hit of a compound phrase; None where a typed accent contradicts. What stands in its gaps is exact."""
    entry, first, stop = compound.entry, chain[0][0], chain[-1][1]
    inexact = 0
    for segment, (begin, end, agreed) in zip(compound.segments, chain, strict=True):
        exact = _exact(typed[begin:end], segment.words) if segment.words else agreed
        if exact < 0:
            return None
        inexact += end - begin - exact
    return Hit(entry.layer, first, stop, (entry,), stop - first - inexact, _touches(mended, first, stop))


def _touches(mended: Set[int], first: int, stop: int) -> bool:
    """Whether one of syllables [first, stop) is mended."""
    return not mended.isdisjoint(range(first, stop))


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits that do not overlap: the longest first, then the best agreed, then the leftmost."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=_precedence):
        places = range(hit.first, hit.stop)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept, key=attrgetter("first"))


def _precedence(hit: Hit) -> tuple[int, int, int]:
    _, first, stop, _, exact, _ = hit
    return first - stop, -exact, first
