"""Which word a syllable without accents is: the longest phrase through it says.

"cho dang hoang" holds "đàng hoàng", so its "dang" is no "đang"; in "cham bo om" the words "chăm bố ốm" leave no
"chăm bò". Short phrases are found by accident wherever accents are missing; long ones hardly ever are.
"""

from collections.abc import Iterable, Set

from matching.extraction.lexicon import Hit

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
    doubted = [(hit, spelt) for hit in doubtful if (spelt := hit.saying.spelt) is not None]
    if not doubted:
        return set()
    meant = _meant(longer, set().union(*[range(hit.first, hit.stop) for hit, _ in doubted]))
    return {
        hit
        for hit, spelt in doubted
        for i, word in spelt.placed(hit.first, hit.stop)
        if i in meant and meant[i][0] > spelt.rank and meant[i][1] != word
    }


def _meant(longer: Iterable[Hit], doubted: Set[int]) -> dict[int, tuple[int, str]]:
    """Return for each doubted syllable the rank of the longest phrase through it, and the word that it says."""
    meant: dict[int, tuple[int, str]] = {}
    for hit in longer:
        if doubted.isdisjoint(range(hit.first, hit.stop)) or (spelt := hit.saying.spelt) is None:
            continue
        for i, word in spelt.placed(hit.first, hit.stop):
            if i in doubted and meant.get(i, _NOTHING)[0] < spelt.rank:
                meant[i] = spelt.rank, word
    return meant
