"""Finds every phrase of a release in a text, in one pass.

Each folded syllable is one character, so a phrase is a short string and an Aho-Corasick automaton finds all
phrases at once, whole syllables only. Accents that were typed must not contradict the phrase.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from matching.taxonomy.wording import GAP, MAX_GAP
from matching.text.fold import agreement
from matching.text.syllables import PAUSE, STOP, Syllables, syllables

_FIRST = 0x4E00
"""Code point of the first syllable; a block of some 20,000 assigned letters begins there."""
_UNKNOWN = "\u0001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One phrase of the lexicon."""

    layer: str
    """What the phrase is: "occupation", "skill", "licence", or the kind of a cue."""
    code: str
    phrase: str
    """With its accents, lower case; may hold one `GAP`."""


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

    @property
    def code(self) -> str:
        """Code of the first entry."""
        return self.entries[0].code

    @property
    def codes(self) -> tuple[str, ...]:
        """Distinct codes, in the order of the table."""
        return tuple(dict.fromkeys(entry.code for entry in self.entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A phrase without gap, or one side of a phrase with a gap."""

    entry: Entry
    words: tuple[str, ...]
    """Its syllables with accents."""
    side: int
    """0 a whole phrase, -1 what stands before the gap, 1 what stands after it."""


class Lexicon:
    """An automaton over the phrases of a release."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._chars: dict[str, str] = {}
        patterns: dict[str, list[_Part]] = defaultdict(list)
        for entry in entries:
            sides = entry.phrase.split(GAP)
            for i, text in enumerate(sides):
                cut = syllables(text)
                words = tuple(cut.typed(w) for w in range(len(cut)))
                part = _Part(entry=entry, words=words, side=0 if len(sides) == 1 else 2 * i - 1)
                patterns["".join(map(self._char, cut.folded))].append(part)
        self._patterns = list(patterns.values())
        self._automaton = AhoCorasick(list(patterns), matchkind=MatchKind.Standard)

    def _char(self, word: str) -> str:
        return self._chars.setdefault(word, chr(_FIRST + len(self._chars)))

    def __len__(self) -> int:
        return len(self._patterns)

    def find(self, text: Syllables) -> dict[str, list[Hit]]:
        """Return the phrases of each layer, longest first where they overlap, in the order of the text."""
        get = self._chars.get
        haystack = "".join([get(word, _UNKNOWN) for word in text.folded])
        found: dict[str, list[Hit]] = defaultdict(list)
        sides: dict[int, dict[Entry, list[Hit]]] = {-1: defaultdict(list), 1: defaultdict(list)}
        for pattern, first, stop in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            if STOP in text.breaks[first : stop - 1]:
                continue
            for side, hit in _agreeing(self._patterns[pattern], text, first, stop):
                if side:
                    for entry in hit.entries:
                        sides[side][entry].append(hit)
                else:
                    found[hit.layer].append(hit)
        if sides[1]:
            for hit in _joined(sides[-1], sides[1], text):
                found[hit.layer].append(hit)
        return {layer: longest(hits) for layer, hits in found.items()}


def _agreeing(parts: list[_Part], text: Syllables, first: int, stop: int) -> list[tuple[int, Hit]]:
    """Return a hit for each layer and side: the parts whose accents agree best with what was typed."""
    typed = [text.typed(i) for i in range(first, stop)]
    best: dict[tuple[str, int], tuple[int, list[Entry]]] = {}
    for part in parts:
        exact = 0
        for left, right in zip(typed, part.words, strict=True):
            agreed = agreement(left, right)
            if not agreed:
                break
            exact += agreed == 2
        else:
            key = (part.entry.layer, part.side)
            most, entries = best.setdefault(key, (exact, []))
            if exact > most:
                best[key] = (exact, [part.entry])
            elif exact == most:
                entries.append(part.entry)
    return [
        (side, Hit(layer=layer, first=first, stop=stop, entries=tuple(entries), exact=exact))
        for (layer, side), (exact, entries) in best.items()
    ]


def _joined(left: dict[Entry, list[Hit]], right: dict[Entry, list[Hit]], text: Syllables) -> Iterable[Hit]:
    """Yield phrases whose two sides stand in one clause with at most `MAX_GAP` syllables between them."""
    for entry, ends in right.items():
        for end in ends:
            for begin in left.get(entry, ()):
                between = text.breaks[begin.stop - 1 : end.first]
                if begin.stop <= end.first <= begin.stop + MAX_GAP and max(between) < PAUSE:
                    yield Hit(
                        layer=entry.layer,
                        first=begin.first,
                        stop=end.stop,
                        entries=(entry,),
                        exact=begin.exact + end.exact,
                    )


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
