"""Which word a syllable without accents is: the longest phrase through it says.

"cho dang hoang" holds "đàng hoàng", so its "dang" is no "đang"; in "cham bo om" the words "chăm bố ốm" leave no
"chăm bò". Short phrases are found by accident wherever accents are missing; long ones hardly ever are.
"""

from collections.abc import Iterable

from matching.extraction.lexicon import Hit


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
    places = 0
    for hit, _ in doubted:
        places |= (1 << hit.stop) - (1 << hit.first)
    meant = _meant(longer, places)
    return {
        hit
        for hit, spelt in doubted
        for i, word in spelt.placed(hit.first, hit.stop)
        if i in meant and meant[i][1] != word and meant[i][0] > spelt.rank
    }


def _meant(longer: Iterable[Hit], doubted: int) -> dict[int, tuple[int, str]]:
    """Return for each doubted syllable, a bit each, the rank of the longest phrase through it, and its word there."""
    meant: dict[int, tuple[int, str]] = {}
    for hit in longer:
        if not doubted & ((1 << hit.stop) - (1 << hit.first)) or (spelt := hit.saying.spelt) is None:
            continue
        for i, word in spelt.placed(hit.first, hit.stop):
            if i not in meant or meant[i][0] < spelt.rank:
                meant[i] = spelt.rank, word
    return meant
