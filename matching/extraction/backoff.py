"""Phrases that the lexicon misses: the nearest known names by letters and words, top k with confidence.

Names and query become TF-IDF vectors of character 3- and 4-grams (without accents), of words and word pairs, and of
words that carry accents. A label's score is its nearest name, softened so that several near names count for a little
more, plus how near the query is to all names of the label. What a score is worth is learnt by leaving names out one by
one. scikit-learn learns all that beforehand (`backoff_fitting`); what it learnt are plain arrays, and asking takes
numpy.
"""

import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from matching.text.fold import fold

FloatArray = npt.NDArray[np.float64]
Normalise = Callable[[str], str]

SURE = 0.95
"""Confidence from which a code is asserted. Of phrases taken out of the release, a fifth are coded so surely, and 0.955
of these codes are right; at 0.90 it is a third and 0.936, at 0.97 a seventh and 0.969 (`make bench`)."""

NOTHING = ""
"""Label of names that mean nothing that is looked for; it competes with the others and is never suggested."""

LETTERS, TERMS, ACCENTS = KINDS = ("letters", "terms", "accents")
"""Kinds of features: pieces of words, words and word pairs, and those of them that carry accents."""

_NGRAMS = (3, 4)
_POWER = 40
"""Names of one label add up as the root of the sum of powers: close to the nearest name alone."""
_FAINT = 0.1
"""A name that is not nearer than this says nothing for its label."""
_CLOSE = 0.6
"""A name that is not so near as this share of the nearest one adds less to its label than 1e-8."""
_WHOLE = 0.3
"""Weight of the nearness to all names of a label."""
_LABEL = 0.5
"""Weight of a label's nearness where its names are ranked one by one."""
_LEAST = 0.2
"""Below this score a phrase shares no more with any name than a few letters."""
_WORD = re.compile(r"\w+")


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
class Fitted:
    """What was learnt from names, as plain arrays; names stand in the order of their labels."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    """Label of each name, ascending."""
    terms: tuple[tuple[str, ...], ...]
    """Features of each kind, in the order of `KINDS`; a kind that no name has is empty."""
    weights: tuple[float, ...]
    """Weight of each kind."""
    rarity: npt.NDArray[np.float64]
    """Inverse document frequency of each feature, (n_features,)."""
    starts: npt.NDArray[np.int64]
    """Where the names of each feature begin in `holders`, (n_features + 1,)."""
    holders: npt.NDArray[np.uint32]
    """Rows of the names that have a feature, ascending, one feature after the other, (n_entries,)."""
    times: npt.NDArray[np.uint8]
    """How often each of them has it, (n_entries,)."""
    lengths: FloatArray
    """Length of the sum of the vectors of each label's names, (n_labels,)."""
    worth: FloatArray
    """Logistic regression of being right on what `evidence` tells, the constant last, (4,)."""


class BackOff:
    """Nearest labels of a phrase; a fraction of a millisecond each.

    Attributes
    ----------
    fitted : Fitted
        What was learnt; `backoff_fitting.fit` makes it.
    labels : tuple of str
        Each label once, ascending: the columns of `scores`.
    """

    def __init__(self, fitted: Fitted, normalise: Normalise = fold) -> None:
        self.fitted = fitted
        self.labels = tuple(dict.fromkeys(fitted.labels))
        self._normalise = normalise
        row = {label: i for i, label in enumerate(self.labels)}
        self._label_of = np.array([row[label] for label in fitted.labels])
        self._first_name = np.searchsorted(self._label_of, np.arange(len(self.labels)))
        self._column: list[dict[str, int]] = []
        for terms in fitted.terms:
            begin = sum(map(len, self._column))
            self._column.append({term: begin + i for i, term in enumerate(terms)})
        self._rarity = array("d", fitted.rarity)
        self._starts = array("q", fitted.starts)
        self._values = weighed_names(fitted)
        self._shares = shares(fitted)

    def suggest(self, text: str, k: int = 3) -> tuple[Suggestion, ...]:
        """Return the best *k* labels of a phrase, best first; none when it is like no name at all.

        The confidences of one phrase sum to 1 at most; what is missing speaks for something else or nothing.
        """
        scores = self.scores(text)
        best = np.argsort(-scores, kind="stable")[: k + (NOTHING in self.labels)]
        if scores[best[0]] < _LEAST:
            return ()
        worth = self._worth(evidence(scores, best))
        worth /= max(1.0, float(worth.sum()))
        found = [
            Suggestion(code=self.labels[i], confidence=float(c))
            for i, c in zip(best, worth, strict=True)
            if scores[i] > 0 and self.labels[i] != NOTHING
        ]
        return tuple(found[:k])

    def scores(self, text: str) -> FloatArray:
        """Return how near a text is to each label, (n_labels,), 0 to about 1.3."""
        near = self.nearness(text)
        scores: FloatArray = self.nearest(near) + _WHOLE * self._to_labels(near) / self.fitted.lengths
        return scores

    def scores_without(self, name: int) -> FloatArray:
        """Return the scores of a known name, by row, as if it had never been known, (n_labels,)."""
        near, label = self.nearness(self.fitted.names[name]), self._label_of[name]
        own, near[name] = near[name], 0.0
        whole, lengths = self._to_labels(near), self.fitted.lengths.copy()
        lengths[label] = math.sqrt(max(lengths[label] ** 2 - 2 * whole[label] - own, 1e-6))
        scores: FloatArray = self.nearest(near) + _WHOLE * whole / lengths
        return scores

    def nearness(self, text: str) -> FloatArray:
        """Return how near a text is to each name, (n_names,), 0 to 1."""
        columns, weights = self.vector(text)
        if not columns:
            return np.zeros(len(self._label_of))
        ranges = [slice(self._starts[column], self._starts[column + 1]) for column in columns]
        holders = np.concatenate([self.fitted.holders[here] for here in ranges])
        values = np.concatenate([self._values[here] for here in ranges])
        values *= np.repeat(np.array(weights, dtype=np.float32), [here.stop - here.start for here in ranges])
        near: FloatArray = np.bincount(holders, values, minlength=len(self._label_of)).astype(float, copy=False)
        return near

    def name_scores(self, text: str) -> FloatArray:
        """Return how near a text is to each name, (n_names,): a name counts with the others of its label."""
        near = self.nearness(text)
        scores: FloatArray = near + _LABEL * self.nearest(near)[self._label_of]
        return scores

    def nearest(self, near: FloatArray) -> FloatArray:
        """Return the root of the sum of the powers of the nearness to each name, by label, (n_labels,)."""
        best = np.maximum.reduceat(near, self._first_name)
        some = np.flatnonzero(near > _FAINT)
        label = self._label_of[some]
        share = near[some] / best[label]
        close = share > _CLOSE
        powers = np.bincount(label[close], share[close] ** _POWER, minlength=len(best))
        found: FloatArray = best * powers ** (1 / _POWER)
        return found

    def vector(self, text: str) -> tuple[list[int], list[float]]:
        """Return the features of a text that names have, and their weights: of length 1, each kind its share of it."""
        columns: list[int] = []
        weights: list[float] = []
        for kind, column, share in zip(KINDS, self._column, self._shares, strict=True):
            counts = Counter(features(kind, text, self._normalise))
            known = [(column[term], n) for term, n in counts.items() if term in column]
            raw = [(1.0 + math.log(n)) * self._rarity[c] for c, n in known]
            length = math.hypot(*raw) or 1.0
            columns += [c for c, _ in known]
            weights += [share * w / length for w in raw]
        return columns, weights

    def _to_labels(self, near: FloatArray) -> FloatArray:
        """Return how near the text is to the sum of all names of each label."""
        whole: FloatArray = np.add.reduceat(near, self._first_name)
        return whole

    def _worth(self, told: FloatArray) -> FloatArray:
        """Return how often suggestions with such evidence are right."""
        return np.asarray(1.0 / (1.0 + np.exp(-(told @ self.fitted.worth[:-1] + self.fitted.worth[-1]))), dtype=float)


def shares(fitted: Fitted) -> list[float]:
    """Return the length of each kind's part of a vector that has all kinds, whose own length is 1."""
    used = [weight if terms else 0.0 for weight, terms in zip(fitted.weights, fitted.terms, strict=True)]
    return [weight / math.hypot(*used) for weight in used]


def weighed_names(fitted: Fitted) -> npt.NDArray[np.float32]:
    """Return the weight of each feature in each name that has it, as `BackOff.vector` gives it, (n_entries,)."""
    values = np.empty(len(fitted.holders), dtype=np.float32)
    begin = 0
    for terms, share in zip(fitted.terms, shares(fitted), strict=True):
        kind = slice(begin, begin + len(terms))
        here = slice(fitted.starts[kind.start], fitted.starts[kind.stop])
        weights = np.log(fitted.times[here], dtype=float)
        weights += 1.0
        weights *= np.repeat(fitted.rarity[kind], np.diff(fitted.starts[kind.start : kind.stop + 1]))
        squares = np.bincount(fitted.holders[here], weights**2, minlength=len(fitted.names))
        weights *= share / np.sqrt(squares)[fitted.holders[here]]
        values[here] = weights
        begin = kind.stop
    return values


def features(kind: str, text: str, normalise: Normalise = fold) -> list[str]:
    """Return the features of one kind, as often as a text has them.

    >>> features("letters", "Tổ may")
    [' to', 'to ', ' to ', ' ma', 'may', 'ay ', ' may', 'may ']
    >>> features("terms", "Thợ may áo")
    ['tho', 'may', 'ao', 'tho may', 'may ao']
    >>> features("accents", "Thợ may áo")
    ['thợ', 'áo', 'thợ may', 'may áo']
    """
    if kind == LETTERS:
        return [gram for word in normalise(text).split() for gram in _grams(f" {word} ")]
    if kind == TERMS:
        words = _WORD.findall(normalise(text))
        return [*words, *map(" ".join, pairwise(words))]
    # Accents tell "thợ may" from "thợ máy".
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return [term for term in (*words, *map(" ".join, pairwise(words))) if not term.isascii()]


def _grams(word: str) -> list[str]:
    return [word[i : i + n] for n in _NGRAMS for i in range(len(word) - n + 1)]


def evidence(scores: FloatArray, best: Sequence[int] | npt.NDArray[np.int64]) -> FloatArray:
    """Return what tells how good the best labels are: the score, the lead over the best other, the rank."""
    top = scores[best]
    rival = np.where(np.arange(len(best)) == 0, top[1] if len(top) > 1 else 0.0, top[0])
    return np.column_stack([top, top - rival, (np.arange(len(best)) == 0).astype(float)])
