"""Finds every phrase of a release in a text, in one pass.

Each folded syllable is one character, so a phrase is a short string and an Aho-Corasick automaton finds all
phrases at once, whole syllables only. Accents that were typed must not contradict the phrase.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from matching.text.fold import agreement, fold
from matching.text.syllables import STOP, Syllables

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
    """With its accents, NFC lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A phrase found at syllables [first, stop)."""

    layer: str
    first: int
    stop: int
    entries: tuple[Entry, ...]
    """Entries of the layer with the best agreement; more than one is a phrase with several codes."""
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


class Lexicon:
    """An automaton over the phrases of a release."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._chars: dict[str, str] = {}
        patterns: dict[str, dict[str, list[tuple[Entry, tuple[str, ...]]]]] = defaultdict(lambda: defaultdict(list))
        for entry in entries:
            words = tuple(entry.phrase.split())
            key = "".join(self._char(word) for part in words for word in [fold(part)])
            patterns[key][entry.layer].append((entry, words))
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
        for pattern, first, stop in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            if stop - first > 1 and STOP in text.breaks[first : stop - 1]:
                continue
            typed = [text.typed(i) for i in range(first, stop)]
            for layer, candidates in self._patterns[pattern].items():
                hit = _best(layer, first, stop, typed, candidates)
                if hit is not None:
                    found[layer].append(hit)
        return {layer: longest(hits) for layer, hits in found.items()}


def _best(
    layer: str, first: int, stop: int, typed: list[str], candidates: list[tuple[Entry, tuple[str, ...]]]
) -> Hit | None:
    """Return the candidates whose accents agree best with what was typed; None when all contradict."""
    best: list[Entry] = []
    best_exact = -1
    for entry, words in candidates:
        exact = 0
        for left, right in zip(typed, words, strict=True):
            agreed = agreement(left, right)
            if not agreed:
                break
            exact += agreed == 2
        else:
            if exact > best_exact:
                best, best_exact = [entry], exact
            elif exact == best_exact:
                best.append(entry)
    if not best:
        return None
    return Hit(layer=layer, first=first, stop=stop, entries=tuple(best), exact=best_exact)


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
