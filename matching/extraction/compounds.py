"""Phrases of several segments: words with gaps between them ("đau … lưng"), and any phrase of a class ("NEG … đi xa").

A segment is known by its key: the number of the pattern of its words, or the layer of its class. Where the segments
of a clause stand is given; which compounds they make up is answered.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from matching.taxonomy.wording import CLASSES, GAP, MAX_GAP

Words = tuple[str, ...]
"""Words of a phrase with their accents, or as they were typed; () for what was typed in a text without any accents."""

Key = int | str

Place = tuple[int, int, int]
"""Where a segment stands: first, stop; and how many of its syllables are exact, 0 while not known."""

Standing = dict[Key, list[Place]]
"""Where segments stand in a clause."""

_FOUND_BY = (*CLASSES.values(), "")
"""Compounds are looked for where their class stands, those without a class ("") everywhere."""

_MARKS = frozenset({GAP, *CLASSES})


class Segment(NamedTuple):
    """A part of a compound phrase: words, or any phrase of a class."""

    words: Words
    """() for a class."""
    key: Key
    gap: int
    """Syllables that may stand before it."""


class _Compound(NamedTuple):
    """One phrase."""

    order: int
    """Less what has more syllables that are no class, then what stands first in the table."""
    number: int
    """Its position in the table."""
    segments: tuple[Segment, ...]
    others: tuple[Key, ...]
    """Keys that must stand in a clause, beside the two it is found by, for the phrase to stand in it."""


def is_compound(words: Sequence[str]) -> bool:
    """Whether a phrase holds a gap or a class."""
    return not _MARKS.isdisjoint(words)


def segments_of(words: Sequence[str], number: Callable[[Sequence[str]], int]) -> Iterator[Segment]:
    """Yield the segments of a compound phrase; *number* tells the pattern of words."""
    gap = 0
    run: list[str] = []
    for word in (*words, ""):
        if run and (not word or word in _MARKS):
            yield Segment(tuple(run), number(run), gap)
            run, gap = [], 0
        if word in CLASSES:
            yield Segment((), CLASSES[word], gap)
            gap = 0
        elif word == GAP:
            gap = MAX_GAP
        elif word:
            run.append(word)


class Compounds:
    """The compound phrases of a lexicon, known by their numbers: their positions in what they are made of.

    Attributes
    ----------
    parts : mapping
        By key, the segments with that key, each with the number of its phrase.
    """

    def __init__(self, phrases: Sequence[tuple[Segment, ...]]) -> None:
        parts: dict[Key, list[tuple[int, Segment]]] = defaultdict(list)
        for number, segments in enumerate(phrases):
            for segment in segments:
                parts[segment.key].append((number, segment))
        self.parts: Mapping[Key, Sequence[tuple[int, Segment]]] = dict(parts)
        led: dict[Key, dict[Key, list[_Compound]]] = {layer: defaultdict(list) for layer in _FOUND_BY}
        ranked = sorted(range(len(phrases)), key=lambda number: (-sum(len(s.words) for s in phrases[number]), number))
        for order, number in enumerate(ranked):
            keys = dict.fromkeys(segment.key for segment in phrases[number])
            by = next(layer for layer in _FOUND_BY if layer in keys or not layer)
            leader, *others = sorted(keys.keys() - {by}, key=self._frequency) or [by]
            led[by][leader].append(_Compound(order, number, phrases[number], tuple(others)))
        self._led = {layer: dict(compounds) for layer, compounds in led.items()}

    def _frequency(self, key: Key) -> tuple[int, int]:
        """Return what is less for a segment of more words, which few texts have; then for one of fewer phrases."""
        parts = self.parts[key]
        return -len(parts[0][1].words), len(parts)

    def chains(self, clauses: Iterable[Standing]) -> Iterator[tuple[int, Sequence[Segment], tuple[Place, ...]]]:
        """Yield the phrases whose segments stand in order and within their gaps, those of most words first.

        A phrase of a class is one that is no compound itself.

        Yields
        ------
        number : int
            Of the phrase.
        segments, places : sequences of equal length
            Its segments, and where they stand.
        """
        for standing in clauses:
            complete = [
                compound
                for layer, led in self._led.items()
                if layer in standing or not layer
                for key in standing
                if key in led
                for compound in led[key]
                if all(map(standing.__contains__, compound.others))
            ]
            complete.sort()
            for _, number, segments, _ in complete:
                for chain in _joined(segments, standing):
                    yield number, segments, chain


def _joined(segments: Sequence[Segment], standing: Standing) -> list[tuple[Place, ...]]:
    """Return the ways in which segments stand in order, each within its gap of the one before."""
    first, *others = segments
    found: list[tuple[Place, ...]] = [(place,) for place in standing[first.key]]
    for segment in others:
        gap, places = segment.gap, standing[segment.key]
        found = [(*chain, place) for chain in found for place in places if 0 <= place[0] - chain[-1][1] <= gap]
        if not found:
            break
    return found
