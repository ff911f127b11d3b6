"""Phrases of several segments: words with gaps between them ("đau … lưng"), and any phrase of a class ("NEG … đi xa").

Where the segments of a text stand is given by their keys: the number of their words, or the layer of their class;
which compounds they make up is answered.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from matching.taxonomy.wording import CLASSES, GAP, MAX_GAP

Words = tuple[str, ...]
"""Words of a phrase with their accents, or as they were typed; () for what was typed in a text without any accents."""

Key = int | str
"""The number of the words of a segment, or the layer of a class."""

Place = tuple[int, int, int]
"""Where a segment stands: first, stop; and how many of its syllables are exact, 0 while not known."""

Standing = Mapping[Key, Sequence[Place]]
"""Where the segments of a text stand."""

Chain = tuple[Place, ...]
"""Where the segments of one phrase stand, in its order."""

_MARKS = frozenset({GAP, *CLASSES})
_LAYERS = frozenset(CLASSES.values())


class Segment(NamedTuple):
    """A part of a compound phrase: words, or any phrase of a class."""

    words: Words
    """() for a class."""
    name: str
    """The letters of its words, or the layer of its class."""
    gap: int
    """Syllables that may stand before it."""


class _Compound(NamedTuple):
    """One phrase: what is asked of it in every text stands in one place, for memory is slow."""

    order: int
    """Less what has more syllables that are no class, then what stands first in the table."""
    number: int
    """Its position in the table."""
    first: Key
    second: Key
    gap: int
    """Syllables that may stand between those two."""
    others: tuple[tuple[Key, int], ...]
    """The keys of the segments that follow, each with the gap before it."""


def is_compound(words: Sequence[str]) -> bool:
    """Whether a phrase holds a gap or a class."""
    return not _MARKS.isdisjoint(words)


def segments_of(words: Sequence[str], letters: Callable[[Sequence[str]], str]) -> Iterator[Segment]:
    """Yield the segments of a compound phrase; *letters* tells what those of words are known by."""
    gap = 0
    run: list[str] = []
    for word in (*words, ""):
        if run and (not word or word in _MARKS):
            yield Segment(tuple(run), letters(run), gap)
            run, gap = [], 0
        if word in CLASSES:
            yield Segment((), CLASSES[word], gap)
            gap = 0
        elif word == GAP:
            gap = MAX_GAP
        elif word:
            run.append(word)


def shared(phrases: Iterable[Iterable[Segment]]) -> list[tuple[Segment, ...]]:
    """Return the segments of phrases, those that are equal as one object: most stand in many phrases."""
    known: dict[Segment, Segment] = {}
    return [tuple(known.setdefault(segment, segment) for segment in phrase) for phrase in phrases]


class Compounds:
    """The compound phrases of a lexicon, known by their numbers: their positions in what they are made of.

    Attributes
    ----------
    phrases : sequence
        The segments of each phrase.
    parts : mapping
        By key, the segments with that key, each with the number of its phrase.
    """

    def __init__(
        self, phrases: Sequence[tuple[Segment, ...]], names: Sequence[str], usual: Callable[[str], float]
    ) -> None:
        """Take phrases, the names of their segments of words in the order of their keys, and how usual letters are."""
        numbers = {name: number for number, name in enumerate(names)}
        self.phrases = phrases
        parts: dict[Key, list[tuple[int, Segment]]] = defaultdict(list)
        for number, segments in enumerate(phrases):
            for segment in segments:
                parts[numbers.get(segment.name, segment.name)].append((number, segment))
        self.parts: Mapping[Key, Sequence[tuple[int, Segment]]] = dict(parts)
        self._led: dict[Key, dict[Key, list[_Compound]]] = defaultdict(lambda: defaultdict(list))
        ranked = sorted(range(len(phrases)), key=lambda number: (-sum(len(s.words) for s in phrases[number]), number))
        for order, number in enumerate(ranked):
            leader, other = _rarest({segment.name for segment in phrases[number]}, usual)
            (first, _), (second, gap), *others = [(numbers.get(s.name, s.name), s.gap) for s in phrases[number]]
            compound = _Compound(order, number, first, second, gap, tuple(others))
            self._led[numbers.get(leader, leader)][numbers.get(other, other)].append(compound)

    def chains(self, standing: Standing, clauses: Sequence[tuple[int, int]]) -> list[tuple[int, Chain]]:
        """Return the phrases whose segments stand in order and within their gaps in a clause, of most words first.

        A phrase of a class is one that is no compound itself.

        Parameters
        ----------
        standing : mapping
            Where the segments of the text stand.
        clauses : sequence of tuple of int
            The half-open range of the clause that each syllable stands in.

        Returns
        -------
        list of tuple
            The number of each phrase, and where its segments stand.
        """
        led, keys = self._led, standing.keys()
        together = [led[key][other] for key in keys & led.keys() for other in keys & led[key].keys()]
        found: list[tuple[int, int, Chain]] = []
        for order, number, first, second, gap, others in chain.from_iterable(together):
            behind = standing.get(second, ())
            for one in standing.get(first, ()):
                for other in behind:
                    if 0 <= other[0] - one[1] <= gap and other[1] <= clauses[one[0]][1]:
                        whole = _followed((one, other), others, standing, clauses) if others else [(one, other)]
                        found += [(order, number, places) for places in whole]
        found.sort()
        return [(number, places) for _, number, places in found]


def _followed(
    begun: Chain, others: Iterable[tuple[Key, int]], standing: Standing, clauses: Sequence[tuple[int, int]]
) -> list[Chain]:
    """Return the ways in which a chain goes on in its clause with segments of *others*, each behind its gap."""
    end = clauses[begun[0][0]][1]
    chains = [begun]
    for key, gap in others:
        chains = [
            (*before, other)
            for before in chains
            for other in standing.get(key, ())
            if 0 <= other[0] - before[-1][1] <= gap and other[1] <= end
        ]
    return chains


def _rarest(names: Set[str], usual: Callable[[str], float]) -> tuple[str, str]:
    """Return the two of *names* that fewest texts have together, first the one to look for first.

    That is a class, if one of them is: it leads many phrases at once.
    """
    rarest, *others = sorted(names, key=lambda name: (name in _LAYERS or usual(name), name))
    other = others[0] if others else rarest
    return (other, rarest) if other in _LAYERS else (rarest, other)
