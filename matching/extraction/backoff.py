"""Phrases that the lexicon misses: the nearest known names by letters and words, top k with confidence.

Names and query become TF-IDF vectors of character 2-4-grams (without accents), of words and word pairs, and of words
that carry accents. A label's score is its nearest name, softened so that several near names count for a little more,
plus how near the query is to all names of the label. What a score is worth is learnt by leaving names out one by one.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold

FloatArray = npt.NDArray[np.float64]

SURE = 0.93
"""Confidence from which a code is asserted. Of phrases taken out of the release, a fifth are coded so surely, and 0.95
of these codes are right; at 0.90 it is a quarter and 0.94, at 0.97 a tenth and 0.975 (`make bench`)."""

_LETTERS, _WORDS = 1.0, 0.6
"""Weights of letters, and of words without and with their accents; each vector has length 1 before."""
_ACCENTED_KIND = 2
"""Position of the features that need an accent: names without any give none."""
_POWER = 40
"""Names of one label add up as the root of the sum of powers: close to the nearest name alone."""
_WHOLE = 0.3
"""Weight of the nearness to all names of a label."""
_LABEL = 0.5
"""Weight of a label's nearness where its names are ranked one by one."""
_WORD = re.compile(r"\w+")
_LEAST = 0.2
"""Below this score a phrase shares no more with any name than a few letters."""
_SAMPLE = 3000
"""Names that are left out to learn what scores are worth."""
_SEED = 20261123
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A label that a phrase may mean."""

    code: str
    confidence: float
    """Share of suggestions with such scores that are right, 0 to 1."""

    @property
    def sure(self) -> bool:
        """Whether it may be taken as the answer; else it is one of the candidates of a question."""
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Features:
    """One kind of features: how a text is cut, and the column and weight of each feature."""

    cut: Callable[[str], Sequence[str]]
    column: dict[str, int]
    rarity: FloatArray
    """Inverse document frequency by column."""
    weight: float


class BackOff:
    """Nearest labels of a phrase; make it once (some seconds for 20,000 names), ask it often.

    scikit-learn trains it; asking takes dictionaries and one sparse product.

    Parameters
    ----------
    names, labels : sequences of equal length
        Known names and what each means.
    normalise : function
        What makes a name comparable before its letters are looked at.
    words : float
        Weight of whole words beside letters; 0 for languages whose words change their endings.
    """

    def __init__(
        self,
        names: Sequence[str],
        labels: Sequence[str],
        *,
        normalise: Callable[[str], str] = fold,
        words: float = _WORDS,
    ) -> None:
        self.labels = tuple(sorted(set(labels)))
        row = {label: i for i, label in enumerate(self.labels)}
        self._label_of = np.array([row[label] for label in labels])
        kinds = (
            (_vectorizer("char_wb", (2, 4), normalise), _LETTERS),
            (_vectorizer("word", (1, 2), normalise), words),
            (TfidfVectorizer(analyzer=_accented, sublinear_tf=True, dtype=np.float32), words),
        )
        accents = any(not name.isascii() for name in names)
        used = [(v, w) for i, (v, w) in enumerate(kinds) if w and (i < _ACCENTED_KIND or accents)]
        self._features = [_features(vectorizer.fit(names), weight) for vectorizer, weight in used]
        vectors = self._vectors(names)
        self._membership = sparse.csr_matrix(
            (np.ones(len(names)), (np.arange(len(names)), self._label_of)), shape=(len(names), len(self.labels))
        )
        sums = self._membership.T @ vectors
        self._lengths = np.sqrt(np.asarray(sums.multiply(sums).sum(axis=1)).ravel())
        # Features by names and features by labels: what a product with a short query wants.
        self._names, self._sums = vectors.T.tocsr(), sums.T.tocsr()
        self._worth_of = self._calibrate(vectors)

    def suggest(self, text: str, k: int = 3) -> tuple[Suggestion, ...]:
        """Return the best *k* labels of a phrase, best first; none when it is like no name at all.

        The confidences of one phrase sum to 1 at most.
        """
        scores = self.scores([text])[0]
        best = np.argsort(-scores, kind="stable")[:k]
        if scores[best[0]] < _LEAST:
            return ()
        worth = self._worth(_evidence(scores, best))
        worth /= max(1.0, float(worth.sum()))
        return tuple(
            Suggestion(code=self.labels[i], confidence=float(c))
            for i, c in zip(best, worth, strict=True)
            if scores[i] > 0
        )

    def scores(self, texts: Sequence[str]) -> FloatArray:
        """Return how near each text is to each label, (n_texts, n_labels), 0 to about 1.3."""
        vectors = self._vectors(texts)
        nearest = self._powered(vectors @ self._names)
        whole = (vectors @ self._sums).toarray() / np.maximum(self._lengths, 1e-9)
        scores: FloatArray = nearest ** (1 / _POWER) + _WHOLE * whole
        return scores

    def nearness(self, texts: Sequence[str]) -> FloatArray:
        """Return how near each text is to each name, (n_texts, n_names), 0 to 1."""
        near: FloatArray = (self._vectors(texts) @ self._names).toarray()
        return near

    def name_scores(self, texts: Sequence[str]) -> FloatArray:
        """Return how near each text is to each name, (n_texts, n_names): a name counts with the others of its label."""
        nearness = self._vectors(texts) @ self._names
        nearest = self._powered(nearness) ** (1 / _POWER)
        scores: FloatArray = nearness.toarray() + _LABEL * nearest[:, self._label_of]
        return scores

    def _powered(self, nearness: sparse.csr_matrix[np.float64]) -> FloatArray:
        """Return the sum of the powers of the nearness to each name, by label."""
        powered = nearness.power(_POWER)
        summed: FloatArray = (powered @ self._membership).toarray()
        return summed

    def _vectors(self, texts: Sequence[str]) -> sparse.csr_matrix[np.float64]:
        """Return one row a text; a row has length 1 at most, each kind of features its share of it."""
        whole = math.sqrt(sum(kind.weight**2 for kind in self._features))
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for text in texts:
            offset = 0
            for kind in self._features:
                found, weights = _weighed(kind, text)
                columns += [offset + c for c in found]
                values += [kind.weight / whole * w for w in weights]
                offset += len(kind.rarity)
            ends.append(len(columns))
        return sparse.csr_matrix((values, columns, ends), shape=(len(texts), offset))

    def _calibrate(self, vectors: sparse.csr_matrix[np.float64]) -> FloatArray:
        """Learn the worth of scores from names that are left out: neither they nor their part of a label count."""
        count = len(self._label_of)
        sample = np.random.default_rng(_SEED).permutation(count)[:_SAMPLE]
        evidence, right = [], []
        for start in range(0, len(sample), _BATCH):
            picked = sample[start : start + _BATCH]
            scores = self._scores_without(picked, vectors[picked])
            for row, own in zip(scores, self._label_of[picked], strict=True):
                best = np.argsort(-row, kind="stable")[:3]
                evidence.append(_evidence(row, best))
                right.append(best == own)
        answers = np.concatenate(right)
        if answers.all() or not answers.any():
            return np.array([0.0, 0.0, 0.0, 0.0])
        model = LogisticRegression(C=10.0, max_iter=500).fit(np.vstack(evidence), answers)
        return np.append(model.coef_[0], model.intercept_[0])

    def _scores_without(self, picked: npt.NDArray[np.int64], vectors: sparse.csr_matrix[np.float64]) -> FloatArray:
        """Return the scores of names against all others, (n_picked, n_labels)."""
        nearness = (vectors @ self._names).tocsr()
        products = (vectors @ self._sums).toarray()
        lengths = np.tile(self._lengths, (len(picked), 1))
        for i, own in enumerate(picked):
            row = slice(nearness.indptr[i], nearness.indptr[i + 1])
            nearness.data[row][nearness.indices[row] == own] = 0.0
            label = self._label_of[own]
            lengths[i, label] = np.sqrt(max(lengths[i, label] ** 2 - 2 * products[i, label] + 1, 1e-9))
            products[i, label] = max(0.0, products[i, label] - 1)
        powered = self._powered(nearness)
        scores: FloatArray = powered ** (1 / _POWER) + _WHOLE * products / np.maximum(lengths, 1e-3)
        return scores

    def _worth(self, evidence: FloatArray) -> FloatArray:
        """Return how often suggestions with such evidence are right."""
        return np.asarray(1.0 / (1.0 + np.exp(-(evidence @ self._worth_of[:-1] + self._worth_of[-1]))), dtype=float)


def _vectorizer(analyzer: str, ngrams: tuple[int, int], normalise: Callable[[str], str]) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=analyzer,
        ngram_range=ngrams,
        preprocessor=normalise,
        token_pattern=r"\w+" if analyzer == "word" else None,
        sublinear_tf=True,
        dtype=np.float32,
    )


def _features(vectorizer: TfidfVectorizer, weight: float) -> _Features:
    """Return what a fitted vectorizer knows."""
    return _Features(
        cut=vectorizer.build_analyzer(),
        column={term: int(i) for term, i in vectorizer.vocabulary_.items()},
        rarity=np.asarray(vectorizer.idf_, dtype=float),
        weight=weight,
    )


def _weighed(kind: _Features, text: str) -> tuple[list[int], list[float]]:
    """Return the columns of a text and their weights: TF-IDF with sublinear counts, of length 1."""
    counts = Counter(kind.cut(text))
    columns = [kind.column[term] for term in counts if term in kind.column]
    tallies = [count for term, count in counts.items() if term in kind.column]
    weights = [(1.0 + math.log(n)) * kind.rarity[c] for c, n in zip(columns, tallies, strict=True)]
    length = math.sqrt(sum(w * w for w in weights)) or 1.0
    return columns, [w / length for w in weights]


def _accented(text: str) -> list[str]:
    """Return the words and word pairs that carry an accent: these tell "thợ may" from "thợ máy"."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return [term for term in (*words, *map(" ".join, pairwise(words))) if not term.isascii()]


def _evidence(scores: FloatArray, best: npt.NDArray[np.int64]) -> FloatArray:
    """Return what tells how good the best labels are: the score, the lead over the best other, the rank."""
    top = scores[best]
    rival = np.where(np.arange(len(best)) == 0, top[1] if len(top) > 1 else 0.0, top[0])
    return np.column_stack([top, top - rival, (np.arange(len(best)) == 0).astype(float)])


_BUILT: dict[str, BackOff] = {}
"""Back-offs by the hash of their release: one a process."""


def occupation_backoff(taxonomy: Taxonomy) -> BackOff:
    """Return the back-off over the aliases and names of a release's unit groups, built at its first use."""
    if taxonomy.sha256 not in _BUILT:
        occupations = taxonomy.occupations
        names = [(alias.phrase, alias.code) for alias in occupations.aliases]
        for column in (occupations.names_vi, occupations.plain_vi):
            names += list(zip(column, occupations.codes, strict=True))
        _BUILT[taxonomy.sha256] = BackOff([name for name, _ in names], [code for _, code in names])
    return _BUILT[taxonomy.sha256]
