"""What a phrase says of the spelling of its words, and how far it is believed."""

from collections.abc import Iterable, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from matching.taxonomy.wording import CLASSES, GAP

PLAIN = "plain"
"""Layer of everyday words: they say how their syllables are meant, and nothing else."""

_APART = frozenset({"stigma", "not_stigma", "health"})
"""Layers that hide: they have innocent phrases of their own, and what may tell is not doubted."""


class Spelt(NamedTuple):
    """What a phrase says of the spelling of its words."""

    rank: int
    """How far it is believed: by its words, everyday words before others of as many."""
    lead: tuple[str, ...]
    """Its words up to a gap or a class."""
    tail: tuple[str, ...]
    """Its words after the last gap or class; () where the lead is the whole phrase."""

    def placed(self, first: int, stop: int) -> Iterable[tuple[int, str]]:
        """Return the syllables of the phrase where it stands at [first, stop), each with the word said there."""
        lead = enumerate(self.lead, first)
        return chain(lead, enumerate(self.tail, stop - len(self.tail))) if self.tail else lead


def spelling_of(layer: str, phrases: Sequence[str]) -> Spelt | None:
    """Return what the phrases of a layer say of spelling that agree alike with what was typed.

    None for several spellings, none of them better, and in layers that stand apart.
    """
    if layer in _APART or any(phrase != phrases[0] for phrase in phrases):
        return None
    words = phrases[0].split()
    lead = tuple(takewhile(_is_word, words))
    tail = tuple(takewhile(_is_word, reversed(words)))[::-1] if len(lead) < len(words) else ()
    return Spelt(2 * sum(word != GAP for word in words) + (layer == PLAIN), lead, tail)


def _is_word(word: str) -> bool:
    return word != GAP and word not in CLASSES
