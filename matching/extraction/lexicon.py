"""Finds every phrase of a release in a text, in one pass.

Each folded syllable is one character, so a phrase is a short string and an Aho-Corasick automaton finds all
phrases at once, whole syllables only. Accents that were typed must not contradict the phrase.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from matching.taxonomy.wording import CLASSES, GAP, MAX_GAP
from matching.text.fold import agreement, fold
from matching.text.syllables import PAUSE, Syllables

_FIRST = 0x4E00
"""Code point of the first syllable; a block of some 20,000 assigned letters begins there."""
_UNKNOWN = "\u0001"


OVERLAPPING = frozenset({"stigma"})
"""Layers of which every hit stands: what must be hidden is hidden to its last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One phrase of the lexicon."""

    layer: str
    """What the phrase is: "occupation", "skill", "licence", or the kind of a cue."""
    code: str
    phrase: str
    """With its accents, lower case; may hold one `GAP` and words of `CLASSES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A phrase found at syllables [first, stop)."""

    layer: str
    first: int
    stop: int
    entries: tuple[Entry, ...]
    """Entries whose accents agree best with what was typed; several when a phrase has several codes or readings."""
    exact: int
    """How many syllables carry exactly the accents of the phrase."""
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


@dataclass(frozen=True, slots=True)
class _Literal:
    """Words of an entry that stand together: the whole phrase, or one segment of a compound phrase."""

    entry: Entry
    words: tuple[str, ...]
    """With their accents."""
    compound: int = -1
    """Number of the compound phrase; -1 a whole phrase."""
    segment: int = 0


@dataclass(frozen=True, slots=True)
class _Compound:
    """A phrase of several segments: words, or any phrase of a class; a gap may stand before a segment."""

    entry: Entry
    classes: tuple[str, ...]
    """Layer of each segment that is a class, "" for words."""
    gaps: tuple[int, ...]
    """Syllables that may stand before each segment."""


class Lexicon:
    """An automaton over the phrases of a release."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._chars: dict[str, str] = {}
        self._compounds: list[_Compound] = []
        patterns: dict[str, list[_Literal]] = defaultdict(list)
        for entry in entries:
            for literal in self._literals(entry):
                patterns["".join(map(self._char, fold(" ".join(literal.words)).split()))].append(literal)
        self._patterns = list(patterns.values())
        self._automaton = AhoCorasick(list(patterns), matchkind=MatchKind.Standard)

    def _literals(self, entry: Entry) -> list[_Literal]:
        words = entry.phrase.split()
        if GAP not in words and CLASSES.keys().isdisjoint(words):
            return [_Literal(entry, tuple(words))]
        segments, classes, gaps = _segments(words)
        number = len(self._compounds)
        self._compounds.append(_Compound(entry, classes, gaps))
        return [_Literal(entry, segment, number, i) for i, segment in enumerate(segments) if segment]

    def _char(self, word: str) -> str:
        return self._chars.setdefault(word, chr(_FIRST + len(self._chars)))

    def __len__(self) -> int:
        return len(self._patterns)

    @property
    def words(self) -> Iterable[str]:
        """Folded syllables of the phrases."""
        return self._chars.keys()

    def phrases(self) -> Iterator[tuple[str, ...]]:
        """Yield the words of each phrase with their accents; of a compound phrase, those of each segment."""
        for literals in self._patterns:
            for literal in literals:
                yield literal.words

    def through(
        self, before: Sequence[str], choices: Sequence[Sequence[str]], after: Sequence[str]
    ) -> Iterator[tuple[int, int, Entry, tuple[str, ...]]]:
        """Find the phrases that would stand here if one of *choices* stood between *before* and *after*.

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
        get = self._chars.get
        left, right = ("".join([get(word, _UNKNOWN) for word in side]) for side in (before, after))
        windows = ["".join([left, *[get(word, _UNKNOWN) for word in choice], right]) for choice in choices]
        starts = [0]
        for window in windows:
            starts.append(starts[-1] + len(window) + 1)
        found = self._automaton.find_matches_as_indexes(_UNKNOWN.join(windows), overlapping=True)
        for pattern, first, stop in found:
            choice = bisect_right(starts, first) - 1
            begin = first - starts[choice]
            if begin <= len(left) and stop - starts[choice] >= len(left) + len(choices[choice]):
                for literal in self._patterns[pattern]:
                    yield choice, begin, literal.entry, literal.words

    def find(self, text: Syllables) -> dict[str, list[Hit]]:
        """Return the phrases of each layer, longest first where they overlap, in the order of the text."""
        get = self._chars.get
        haystack = "".join([get(word, _UNKNOWN) for word in text.folded])
        found: dict[str, list[Hit]] = defaultdict(list)
        parts: dict[int, dict[int, list[Hit]]] = defaultdict(lambda: defaultdict(list))
        for pattern, first, stop in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            if stop - first > 1 and max(text.breaks[first : stop - 1]) >= PAUSE:
                continue
            for literal, hit in _agreeing(self._patterns[pattern], text, first, stop):
                if literal.compound < 0:
                    found[hit.layer].append(hit)
                else:
                    parts[literal.compound][literal.segment].append(hit)
        for number, segments in parts.items():
            compound = self._compounds[number]
            found[compound.entry.layer].extend(_joined(compound, segments, found, text))
        return {layer: _all(hits) if layer in OVERLAPPING else longest(hits) for layer, hits in found.items()}


def _segments(words: list[str]) -> tuple[list[tuple[str, ...]], tuple[str, ...], tuple[int, ...]]:
    """Cut the words of a compound phrase into segments; return words, class and gap before each."""
    segments: list[list[str]] = []
    classes: list[str] = []
    gaps: list[int] = []
    gap, fresh = 0, True
    for word in words:
        if word == GAP:
            gap, fresh = MAX_GAP, True
        elif word in CLASSES or fresh or classes[-1]:
            segments.append([] if word in CLASSES else [word])
            classes.append(CLASSES.get(word, ""))
            gaps.append(gap)
            gap, fresh = 0, False
        else:
            segments[-1].append(word)
    return [tuple(s) for s in segments], tuple(classes), tuple(gaps)


def _agreeing(literals: list[_Literal], text: Syllables, first: int, stop: int) -> list[tuple[_Literal, Hit]]:
    """Return a hit for each layer, and for each compound: where accents agree best with what was typed."""
    typed = [text.typed(i) for i in range(first, stop)]
    best: dict[tuple[str, int, int], tuple[int, _Literal, list[Entry]]] = {}
    for literal in literals:
        exact = _exact(typed, literal.words)
        if exact < 0:
            continue
        key = (literal.entry.layer, literal.compound, literal.segment)
        known = best.get(key)
        if known is None or exact > known[0]:
            best[key] = (exact, literal, [literal.entry])
        elif exact == known[0]:
            known[2].append(literal.entry)
    mended = bool(text.mended) and not text.mended.keys().isdisjoint(range(first, stop))
    return [
        (literal, Hit(layer=key[0], first=first, stop=stop, entries=tuple(entries), exact=exact, mended=mended))
        for key, (exact, literal, entries) in best.items()
    ]


def _exact(typed: list[str], words: tuple[str, ...]) -> int:
    """Return how many syllables carry exactly the accents of *words*; -1 when one contradicts them."""
    exact = 0
    for left, right in zip(typed, words, strict=True):
        agreed = agreement(left, right)
        if not agreed:
            return -1
        exact += agreed == 2
    return exact


def _joined(
    compound: _Compound, parts: dict[int, list[Hit]], found: dict[str, list[Hit]], text: Syllables
) -> Iterable[Hit]:
    """Yield the compound phrases whose segments stand in order, in one clause, within their gaps."""
    chains: list[tuple[int, int, int]] = []
    for i, (layer, gap) in enumerate(zip(compound.classes, compound.gaps, strict=True)):
        hits = found.get(layer, []) if layer else parts.get(i, [])
        if i == 0:
            chains = [(h.first, h.stop, h.exact) for h in hits]
            continue
        chains = [
            (first, h.stop, exact + h.exact)
            for first, stop, exact in chains
            for h in hits
            if stop <= h.first <= stop + gap and max(text.breaks[stop - 1 : h.first]) < PAUSE
        ]
    for first, stop, exact in chains:
        yield Hit(layer=compound.entry.layer, first=first, stop=stop, entries=(compound.entry,), exact=exact)


def _all(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda h: (h.first, h.stop))


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits that do not overlap: the longest first, then the best agreed, then the leftmost."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda h: (h.first - h.stop, -h.exact, h.first)):
        places = range(hit.first, hit.stop)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept, key=lambda h: h.first)
