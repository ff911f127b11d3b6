"""Which word a syllable without accents is: the longest phrase through it says.

"cho dang hoang" holds "đàng hoàng", so its "dang" is no "đang"; in "cham bo om" the words "chăm bố ốm" leave no
"chăm bò". Short phrases are found by accident wherever accents are missing; long ones hardly ever are.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, takewhile

from matching.extraction.lexicon import Hit
from matching.taxonomy.wording import CLASSES, GAP

PLAIN = "plain"
"""Layer of everyday words: they say how their syllables are meant, and nothing else."""

_APART = frozenset({"stigma", "not_stigma", "health"})
"""Layers that hide: they have innocent phrases of their own, and what may tell is not doubted."""

_LEAST_RANK = 4
"""Of two words; a single word says nothing of others."""

_NOTHING = (0, "")

Found = dict[str, list[Hit]]


def contradicted(found: Found, doubtful: Sequence[Hit]) -> set[Hit]:
    """Return the hits that need another word where a longer phrase stands.

    Parameters
    ----------
    found : dict of str to list of Hit
        The phrases of each layer.
    doubtful : sequence of Hit
        Those of them that lack an accent, so that not all of their words are certain.
    """
    doubted = [h for h in doubtful if h.layer not in _APART]
    if not doubted:
        return set()
    meant = _meant(found, {i for h in doubted for i in range(h.first, h.stop)})
    return {h for h in doubted if _is_contradicted(h, meant)}


def _meant(found: Found, doubted: set[int]) -> dict[int, tuple[int, str]]:
    """Return for each doubted syllable the rank of the longest phrase through it, and the word that it says."""
    meant: dict[int, tuple[int, str]] = {}
    for layer, hits in found.items():
        for hit in hits if layer not in _APART else ():
            if hit.stop - hit.first == 1 or doubted.isdisjoint(range(hit.first, hit.stop)):
                continue
            rank, lead, tail = _spelt(hit.entries[0].phrase, layer)
            if rank < _LEAST_RANK or _is_open(hit):
                continue
            for i, word in _placed(hit, lead, tail):
                if i in doubted and meant.get(i, _NOTHING)[0] < rank:
                    meant[i] = rank, word
    return meant


@lru_cache(maxsize=65536)
def _spelt(phrase: str, layer: str) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Return how far a phrase is believed, and its words from either end up to a gap or a class.

    A phrase is believed by its words, everyday words before others of as many. The second part is empty where the
    first is the whole phrase.
    """
    words = phrase.split()
    lead = tuple(takewhile(_is_word, words))
    tail = tuple(takewhile(_is_word, reversed(words)))[::-1] if len(lead) < len(words) else ()
    return 2 * sum(word != GAP for word in words) + (layer == PLAIN), lead, tail


def _placed(hit: Hit, lead: tuple[str, ...], tail: tuple[str, ...]) -> Iterable[tuple[int, str]]:
    """Return the syllables of a hit, each with the word that its phrase says there."""
    words = enumerate(lead, start=hit.first)
    return chain(words, enumerate(tail, start=hit.stop - len(tail))) if tail else words


def _is_word(word: str) -> bool:
    return word != GAP and word not in CLASSES


def _is_open(hit: Hit) -> bool:
    """Whether the hit has several spellings, none of them better than the others."""
    return len(hit.entries) > 1 and len({entry.phrase for entry in hit.entries}) > 1


def _is_contradicted(hit: Hit, meant: Mapping[int, tuple[int, str]]) -> bool:
    """Whether a longer phrase says another word for one of the syllables of a hit."""
    if _is_open(hit):
        return False
    rank, lead, tail = _spelt(hit.entries[0].phrase, hit.layer)
    for i, word in _placed(hit, lead, tail):
        over = meant.get(i, _NOTHING)
        if over[0] > rank and over[1] != word:
            return True
    return False
