"""BM25 over the words of postings: what a plain text search would rank; the baseline that models must beat."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from matching.pool.people import FloatArray
from matching.text.fold import fold

K1, B = 1.2, 0.75
"""The usual settings: how soon repeating a word stops to count, and how much long texts are held back."""

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the words of a text without accents, so that a text typed without them finds as much.

    >>> words("Thợ hồ, phụ hồ")
    ['tho', 'ho', 'phu', 'ho']
    """
    return _WORD.findall(fold(text))


class Bm25:
    """Okapi BM25 with the idf that never falls below zero, ln(1 + (N - n + 0.5) / (n + 0.5)).

    Parameters
    ----------
    documents : sequence of str
        What is searched.

    References
    ----------
    Robertson, Zaragoza 2009, "The probabilistic relevance framework: BM25 and beyond".
    """

    def __init__(self, documents: Sequence[str], *, k1: float = K1, b: float = B) -> None:
        counted = [Counter(words(document)) for document in documents]
        self._column = {word: i for i, word in enumerate(sorted(set().union(*counted)))}
        length = np.array([count.total() for count in counted], dtype=float)
        mean = length.mean() if length.sum() else 1.0
        row = np.repeat(np.arange(len(counted)), [len(count) for count in counted])
        column = np.array([self._column[word] for count in counted for word in count], dtype=np.int64)
        times = np.array([n for count in counted for n in count.values()], dtype=float)
        holding = np.bincount(column, minlength=len(self._column))
        idf = np.log1p((len(counted) - holding + 0.5) / (holding + 0.5))
        weight = idf[column] * times * (k1 + 1) / (times + k1 * (1 - b + b * length[row] / mean))
        self._weights = sparse.csr_array((weight, (row, column)), shape=(len(counted), len(self._column)))

    def scores(self, queries: Sequence[str]) -> FloatArray:
        """Return the score of every document for every query, (n_queries, n_documents); a word asked twice counts so.

        Examples
        --------
        >>> bool(np.argmax(Bm25(["phụ hồ", "thợ may"]).scores(["di lam tho may"])[0]) == 1)
        True
        """
        asked = np.zeros((len(queries), len(self._column)))
        for i, query in enumerate(queries):
            for word in words(query):
                if word in self._column:
                    asked[i, self._column[word]] += 1
        return np.asarray((self._weights @ asked.T).T)
