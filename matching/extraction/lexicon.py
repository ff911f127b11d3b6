"""Finds every phrase of a release in a text, in one pass.

Each folded syllable is one character, so a phrase is a short string and an Aho-Corasick automaton finds all
phrases at once, whole syllables only. Accents that were typed must not contradict the phrase.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import accumulate, chain, pairwise, repeat
from operator import attrgetter
from sys import intern

from ahocorasick_rs import AhoCorasick, MatchKind
from msgspec import Struct
from msgspec.structs import replace

from matching.extraction.compounds import (
    Compounds,
    Key,
    Place,
    Standing,
    Words,
    is_compound,
    segments_of,
    shared,
)
from matching.extraction.letters import UNKNOWN, Letters, letters_before, letters_behind, usualness
from matching.extraction.spellings import Spelt, spelling_of
from matching.taxonomy.wording import CLASSES
from matching.text.fold import agreement
from matching.text.remembered import Remembered
from matching.text.syllables import Syllables

_KEPT = 16384
"""Ways of typing phrases that are kept with what they say."""
_FIRST_OF = attrgetter("first")
_CLASS_LAYERS = frozenset(CLASSES.values())

_TRADES = frozenset({"occupation", "skill"})
"""Layers of what people do."""

NAMED = "named"
"""The occupations of a posting before it is told which of those that overlap are meant."""
OVERLAPPING = frozenset({"stigma", NAMED})
"""Layers of which every match stands: what must be hidden is hidden to its last word."""


class Entry(Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """One phrase of the lexicon: a struct, as there are many."""

    layer: str
    """What the phrase is: "occupation", "skill", "licence", or the kind of a cue."""
    code: str
    phrase: str
    """With its accents, lower case; may hold one `GAP` and words of `CLASSES`."""


class Saying(Struct, frozen=True, eq=False, gc=False):
    """What words say in one layer as they were typed, wherever they stand."""

    layer: str
    exact: int
    """How many of the syllables carry exactly the accents of the entries, none in a text without any."""
    entries: tuple[Entry, ...]
    """Entries whose accents agree best with what was typed; several when a phrase has several codes or readings."""
    code: str
    """Code of the first entry."""
    spelt: Spelt | None
    """What the entries say of the spelling of their words."""


class Hit(Struct, frozen=True, eq=False, gc=False):
    """A phrase found at syllables [first, stop).

    A struct: a text makes dozens of these, and a frozen dataclass takes ten times as long to make. It holds on to
    what the words say and not to all of that, most of which nobody asks for: what is seldom touched is far away.
    """

    layer: str
    first: int
    stop: int
    exact: int
    """How many syllables carry exactly its accents, none in a text without any; those in its gap count as such."""
    code: str
    """Code of the first entry."""
    saying: Saying
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
    def entries(self) -> tuple[Entry, ...]:
        """Entries whose accents agree best with what was typed."""
        return self.saying.entries

    @property
    def codes(self) -> tuple[str, ...]:
        """Distinct codes, in the order of the table."""
        return tuple(dict.fromkeys(entry.code for entry in self.entries))


class Lexicon:
    """An automaton over the phrases of a release."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._letters = letters = Letters()
        says: dict[str, tuple[Entry, ...]] = {}
        compound: list[tuple[Entry, list[str]]] = []
        for entry in entries:
            words = entry.phrase.split()
            if is_compound(words):
                compound.append((entry, [*map(intern, words)]))
            else:
                pattern = letters.learnt(words)
                says[pattern] = (*says.get(pattern, ()), entry)
        segments = shared(segments_of(words, letters.learnt) for _, words in compound)
        parts = dict.fromkeys(segment.name for phrase in segments for segment in phrase if segment.words)
        patterns = sorted({**parts, **says}, key=lambda pattern: (pattern not in parts, pattern in says))
        self._compound = [entry for entry, _ in compound]
        self._compound_says = Remembered(self._of_compound, _KEPT)
        self._compounds = Compounds(segments, patterns[: len(parts)], usualness(patterns))
        self._parts = len(parts)
        """How many of the patterns are segments of compound phrases: they are the first."""
        self._silent = sum(pattern not in says for pattern in parts)
        """How many of those say nothing by themselves: they are the very first."""
        self._says = [says.get(pattern, ()) for pattern in patterns]
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard)
        self._behind = letters_behind(patterns)
        self._before = letters_before(self._behind)
        trades = [pattern for pattern, said in says.items() if any(entry.layer in _TRADES for entry in said)]
        self._behind_in_trades = letters_behind(trades)
        self._known: tuple[dict[str, tuple[Saying, ...]], ...] = ({}, {})
        """What patterns say by how they are typed, in texts with accents and in those without any."""

    def __len__(self) -> int:
        return len(self._says)

    def needs_accents(self, word: str) -> bool:
        """Whether a word that was typed bare is none as it stands: no phrase has it so ("thoai", but not "ban")."""
        return word in self._letters.folded and not self._letters.is_word(word)

    def links(self, word: str, other: str) -> bool:
        """Whether a trade or a skill has one folded syllable right before another."""
        letters = self._letters.folded
        return letters.get(other, UNKNOWN) in self._behind_in_trades.get(letters.get(word, UNKNOWN), "")

    @property
    def words(self) -> Iterable[str]:
        """Folded syllables of the phrases."""
        return self._letters.folded.keys()

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
        windows = [*self._windows(self._haystack(before), choices, self._haystack(after))]
        starts = [0, *accumulate(len(letters) + 1 for *_, letters in windows)]
        joined = UNKNOWN.join([letters for *_, letters in windows])
        for pattern, first, stop in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            window = bisect_right(starts, first) - 1
            choice, (begin, end), _ = windows[window]
            first, stop = first - starts[window], stop - starts[window]
            if first <= begin and stop >= end and stop - first > 1:
                for entry, words in self._said(pattern):
                    yield choice, len(before) - begin + first, entry, words

    def _windows(
        self, left: str, choices: Sequence[Sequence[str]], right: str
    ) -> Iterator[tuple[int, tuple[int, int], str]]:
        """Yield where phrases may stand that cover one of *choices*: letters that phrases have behind each other.

        Yields
        ------
        choice : int
            Which of the choices.
        place : tuple of int
            Where it stands in the letters, half-open.
        letters : str
            The choice and what is linked to it.
        """
        behind = self._behind
        begin, end = len(left) - 1, 1
        while begin > 0 and left[begin] in behind.get(left[begin - 1], ""):
            begin -= 1
        while end < len(right) and right[end] in behind.get(right[end - 1], ""):
            end += 1
        followers, leaders = behind.get(left[-1:], ""), self._before.get(right[:1], "")
        letters = self._haystack(chain.from_iterable(choices))
        stops = accumulate(map(len, choices), initial=0)
        for number, here in enumerate([letters[i:j] for i, j in pairwise(stops)]):
            lead = left[begin:] if here[0] in followers else ""
            tail = right[:end] if here[-1] in leaders else ""
            if lead or tail or len(here) > 1:
                yield number, (len(lead), len(lead) + len(here)), f"{lead}{here}{tail}"

    def _said(self, number: int) -> Iterator[tuple[Entry, Words]]:
        """Yield what a pattern says: the first entry of each layer and spelling, and the compounds it is part of."""
        for _, words, entries in _by_spelling(self._says[number]):
            yield entries[0], words
        for compound, segment in self._compounds.parts[number] if number < self._parts else ():
            yield self._compound[compound], segment.words

    def _haystack(self, words: Iterable[str]) -> str:
        return "".join(map(self._letters.folded.get, words, repeat(UNKNOWN)))

    def find(self, text: Syllables) -> dict[str, list[Hit]]:
        """Return the phrases of each layer, longest first where they overlap, in the order of the text."""
        letters, typed = self._letters.read(text.words)
        clauses = text.clauses.bounds
        matches = self._automaton.find_matches_as_indexes(letters, True)
        within = [match for match in matches if match[2] <= clauses[match[1]][1]]
        plain = self._plain(within, text, typed)
        standing: dict[Key, list[Place]] = defaultdict(list)
        for number, first, stop in within:
            if number < self._parts:
                standing[number].append((first, stop, 0))
        for hit in plain:
            if hit.layer in _CLASS_LAYERS:
                standing[hit.layer].append((hit.first, hit.stop, hit.exact))
        found: dict[str, list[Hit]] = defaultdict(list)
        crossed: set[str] = set()
        for hit in chain(plain, self._compounded(standing, text, typed)):
            hits = found[hit.layer]
            if hits and hits[-1].stop > hit.first:
                crossed.add(hit.layer)
            hits.append(hit)
        for layer in crossed - OVERLAPPING:
            found[layer] = longest(found[layer])
        if text.mended:
            return {layer: [_as_mended(hit, text.mended) for hit in hits] for layer, hits in found.items()}
        return found

    def _plain(self, matches: Iterable[tuple[int, int, int]], text: Syllables, typed: str) -> list[Hit]:
        """Return the phrases that are no compounds, in the order of the text."""
        known, silent = self._known[text.is_bare], self._silent
        hits = []
        for number, first, stop in matches:
            if number >= silent:
                said = known.get(typed[first:stop])
                if said is None:
                    said = known[typed[first:stop]] = self._told(number, _words(text, first, stop))
                for saying in said:
                    hits.append(Hit(saying.layer, first, stop, saying.exact, saying.code, saying))
        return hits

    def _told(self, number: int, typed: Words) -> tuple[Saying, ...]:
        """Return what a pattern says as it was typed."""
        for known in self._known:
            if len(known) >= _KEPT:
                known.clear()
        return tuple(_agreed(self._says[number], typed))

    def _of_compound(self, number: int) -> tuple[Saying, Sequence[str]]:
        """Return what a compound phrase says wherever it stands, and how its segments are spelt; "" for a class."""
        segments = self._compounds.phrases[number]
        return _saying(0, (self._compound[number],)), [self._letters.read(segment.words)[1] for segment in segments]

    def _compounded(self, standing: Standing, text: Syllables, typed: str) -> Iterator[Hit]:
        """Yield the compound phrases, clauses with segments of theirs that stand in *standing* looked through."""
        for number, places in self._compounds.chains(standing, text.clauses.bounds):
            saying, spelt = self._compound_says[number]
            inexact = 0
            for segment, (spelling, (begin, end, agreed)) in enumerate(zip(spelt, places, strict=True)):
                if not spelling:
                    inexact += end - begin - agreed
                elif spelling != typed[begin:end] or text.is_bare:
                    words = self._compounds.phrases[number][segment].words
                    exact = _exact(_words(text, begin, end), words)
                    if exact < 0:
                        break
                    inexact += end - begin - exact
            else:
                first, stop = places[0][0], places[-1][1]
                yield Hit(saying.layer, first, stop, stop - first - inexact, saying.code, saying)


def _words(text: Syllables, first: int, stop: int) -> Words:
    """Return words as they were typed, () in a text without any accents."""
    return () if text.is_bare else tuple(map(str.lower, text.words[first:stop]))


def _by_spelling(entries: Iterable[Entry]) -> Iterator[tuple[str, Words, list[Entry]]]:
    """Yield the entries of each layer and spelling, layer after layer."""
    layers: dict[str, dict[Words, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        layers[entry.layer][tuple(entry.phrase.split())].append(entry)
    for layer, spelt in layers.items():
        for words, same in spelt.items():
            yield layer, words, same


def _agreed(entries: Iterable[Entry], typed: Words) -> Iterator[Saying]:
    """Yield what the entries of each layer say that agree best with *typed*."""
    best: dict[str, tuple[int, tuple[Entry, ...]]] = {}
    for layer, words, same in _by_spelling(entries):
        exact = _exact(typed, words)
        known = best.get(layer, (-1, ()))
        if exact > known[0]:
            best[layer] = exact, tuple(same)
        elif exact == known[0] >= 0:
            best[layer] = exact, (*known[1], *same)
    return (_saying(exact, agreed) for exact, agreed in best.values())


def _saying(exact: int, entries: tuple[Entry, ...]) -> Saying:
    """Return what entries of one layer say together."""
    layer, code = entries[0].layer, entries[0].code
    return Saying(layer, exact, entries, code, spelling_of(layer, [entry.phrase for entry in entries]))


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


def _as_mended(hit: Hit, mended: Set[int]) -> Hit:
    """Return a hit, marked as mended when one of its syllables is."""
    return hit if mended.isdisjoint(range(hit.first, hit.stop)) else replace(hit, mended=True)


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
