"""Phrases of several segments: words with gaps between them ("đau … lưng"), and any phrase of a class ("NEG … đi xa").

A segment is known by its key: the number of the pattern of its words, or the layer of its class. Where the segments
of a clause stand is given; which compounds they make up is answered.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from typing import NamedTuple

from matching.taxonomy.wording import CLASSES, GAP, MAX_GAP

Words = tuple[str, ...]
"""Words of a phrase with their accents, or as they were typed; () for what was typed in a text without any accents."""

Key = int | str

Place = tuple[int, int, int]
"""Where a segment stands: first, stop; and how many of its syllables are exact, 0 while not known."""

Standing = dict[Key, list[Place]]
"""Where segments stand in a clause."""

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
    segments: tuple[Segment, ...]
    others: tuple[Key, ...]
    """Keys that must stand in a clause, beside the one it is found by, for the phrase to stand in it."""


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

    def __init__(self, phrases: Iterable[tuple[Segment, ...]]) -> None:
        of = list(phrases)
        parts: dict[Key, list[tuple[int, Segment]]] = defaultdict(list)
        for number, segments in enumerate(of):
            for segment in segments:
                parts[segment.key].append((number, segment))
        self.parts: Mapping[Key, Sequence[tuple[int, Segment]]] = dict(parts)
        ranked = sorted(range(len(of)), key=lambda number: (-sum(len(s.words) for s in of[number]), number))
        rarest: dict[Key, list[_Compound]] = defaultdict(list)
        for order, number in enumerate(ranked):
            key, *others = _rarest_first(of[number], parts)
            rarest[key].append(_Compound(order, number, of[number], tuple(others)))
        self._by_rarest = dict(rarest)

    def __len__(self) -> int:
        return sum(map(len, self._by_rarest.values()))

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
        by_rarest = self._by_rarest
        for standing in clauses:
            complete = [
                compound
                for key in standing
                if key in by_rarest
                for compound in by_rarest[key]
                if all(map(standing.__contains__, compound.others))
            ]
            complete.sort()
            for _, number, segments, _ in complete:
                for chain in _joined(segments, standing):
                    yield number, segments, chain


def _rarest_first(segments: Iterable[Segment], parts: Mapping[Key, Sized]) -> list[Key]:
    """Return the distinct keys of a phrase, first the one that the fewest segments have."""
    return sorted({segment.key: None for segment in segments}, key=lambda key: len(parts[key]))


def _joined(segments: Sequence[Segment], standing: Standing) -> list[tuple[Place, ...]]:
    """Return the ways in which segments stand in order, each within its gap of the one before."""
    first, *others = segments
    chains: list[tuple[Place, ...]] = [(place,) for place in standing[first.key]]
    for segment in others:
        gap, places = segment.gap, standing[segment.key]
        chains = [(*chain, place) for chain in chains for place in places if 0 <= place[0] - chain[-1][1] <= gap]
        if not chains:
            break
    return chains
