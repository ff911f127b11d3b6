"""Which word a syllable without accents is: the longest phrase through it says.

"cho dang hoang" holds "đàng hoàng", so its "dang" is no "đang"; in "cham bo om" the words "chăm bố ốm" leave no
"chăm bò". Short phrases are found by accident wherever accents are missing; long ones hardly ever are.
"""

from collections.abc import Iterable, Mapping, Set
from itertools import chain, takewhile
from typing import NamedTuple

from matching.extraction.lexicon import Entry, Hit
from matching.taxonomy.wording import CLASSES, GAP
from matching.text.remembered import Remembered

PLAIN = "plain"
"""Layer of everyday words: they say how their syllables are meant, and nothing else."""

_APART = frozenset({"stigma", "not_stigma", "health"})
"""Layers that hide: they have innocent phrases of their own, and what may tell is not doubted."""

_NOTHING = (0, "")


def contradicted(doubtful: Iterable[Hit], longer: Iterable[Hit]) -> set[Hit]:
    """Return the hits that need another word where a longer phrase stands.

    Parameters
    ----------
    doubtful : iterable of Hit
        The phrases that lack an accent, so that not all of their words are certain.
    longer : iterable of Hit
        All phrases of two or more syllables: a single word says nothing of others.
    """
    doubted = [h for h in doubtful if h.layer not in _APART]
    if not doubted:
        return set()
    meant = _meant(longer, set().union(*[range(h.first, h.stop) for h in doubted]))
    return {h for h in doubted if not meant.keys().isdisjoint(range(h.first, h.stop)) and _is_contradicted(h, meant)}


def _meant(longer: Iterable[Hit], doubted: Set[int]) -> dict[int, tuple[int, str]]:
    """Return for each doubted syllable the rank of the longest phrase through it, and the word that it says."""
    meant: dict[int, tuple[int, str]] = {}
    for hit in longer:
        if doubted.isdisjoint(range(hit.first, hit.stop)) or hit.layer in _APART:
            continue
        spelt = _SPELT[hit.entries]
        if spelt is None:
            continue
        for i, word in spelt.placed(hit):
            if i in doubted and meant.get(i, _NOTHING)[0] < spelt.rank:
                meant[i] = spelt.rank, word
    return meant


class _Spelt(NamedTuple):
    """What a phrase says of the spelling of its words."""

    rank: int
    """How far it is believed: by its words, everyday words before others of as many."""
    lead: tuple[str, ...]
    """Its words up to a gap or a class."""
    tail: tuple[str, ...]
    """Its words after the last gap or class; () where the lead is the whole phrase."""

    def placed(self, hit: Hit) -> Iterable[tuple[int, str]]:
        """Return the syllables of a hit, each with the word that its phrase says there."""
        words = enumerate(self.lead, start=hit.first)
        return chain(words, enumerate(self.tail, start=hit.stop - len(self.tail))) if self.tail else words


def _spelt(entries: tuple[Entry, ...]) -> _Spelt | None:
    """Return what entries say that agree alike with what was typed; None for several spellings, none of them better."""
    entry, *others = entries
    if any(other.phrase != entry.phrase for other in others):
        return None
    words = entry.phrase.split()
    lead = tuple(takewhile(_is_word, words))
    tail = tuple(takewhile(_is_word, reversed(words)))[::-1] if len(lead) < len(words) else ()
    return _Spelt(2 * sum(word != GAP for word in words) + (entry.layer == PLAIN), lead, tail)


_SPELT = Remembered(_spelt, 65536)


def _is_word(word: str) -> bool:
    return word != GAP and word not in CLASSES


def _is_contradicted(hit: Hit, meant: Mapping[int, tuple[int, str]]) -> bool:
    """Whether a longer phrase says another word for one of the syllables of a hit."""
    spelt = _SPELT[hit.entries]
    if spelt is None:
        return False
    for i, word in spelt.placed(hit):
        rank, other = meant.get(i, _NOTHING)
        if rank > spelt.rank and other != word:
            return True
    return False
