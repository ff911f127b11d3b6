"""Learns the back-off of a release, and keeps it as plain arrays: `python -m matching.extraction.backoff_fitting`.

scikit-learn is needed for this only. What is learnt may lag behind the aliases by a few, for the lexicon reads those;
fit it anew before a release, and when a test says that it lags too far.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from matching.extraction.backoff import (
    ACCENTS,
    KINDS,
    LETTERS,
    NOTHING,
    BackOff,
    Fitted,
    FloatArray,
    Normalise,
    evidence,
    features,
    weighed_names,
)
from matching.extraction.backoff_store import STORED, write
from matching.extraction.phrases import OCCUPATION, SKILL, lexicon_of
from matching.taxonomy.release import Taxonomy, current_taxonomy
from matching.taxonomy.wording import CLASSES, GAP
from matching.text.fold import fold
from matching.text.syllables import syllables

WORDS = 0.6
"""Weight of words, and of those with accents, beside letters."""

_TELLS_NO_TRADE = frozenset(
    {
        "cancels", "constraint", "deny", "experience", "header", "health", "kin", "learnt_inside", "licence_status",
        "money_role", "need", "not_stigma", "now", "past", "plain", "preference", "refuse", "schooling", "self",
        "status", "stigma", "time_limit", "want", "wish", "years_context",
    }
)  # fmt: skip
"""Kinds of phrases that tell something else than a trade, where no trade stands in them."""
_SPOKEN = {"negator": "không", "kin": "mẹ", "want": "muốn"}
"""A word of each class that stands in those phrases."""

_COMMON, _FEW = 0.06, 100
"""Pieces of words that more names have, as a share and in number, are left out: they say little, and cost most time."""

_SAMPLE, _SEED = 3000, 20261123
"""Names that are left out to learn what scores are worth."""
_LOOKED_AT = 3
_NO_LENGTH = 1e-12
"""In place of the squared length of a label none of whose names has any feature."""

_Counted = tuple[tuple[str, ...], Any]
_COUNTED_NONE: _Counted = ((), None)


def fit(names: Sequence[str], labels: Sequence[str], *, normalise: Normalise = fold, words: float = WORDS) -> BackOff:
    """Learn a back-off.

    Parameters
    ----------
    names, labels : sequences of equal length
        Known names and what each means; `NOTHING` where a name means nothing that is looked for.
    normalise : function
        What makes a name comparable before its letters are looked at.
    words : float
        Weight of whole words beside letters; 0 for languages whose words change their endings.
    """
    pairs = sorted(zip(labels, names, strict=True))
    known = [name for _, name in pairs]
    weights = (1.0, words, words)
    counted = [
        _counted(kind, known, normalise) if weight else _COUNTED_NONE
        for kind, weight in zip(KINDS, weights, strict=True)
    ]
    tables = [table for _, table in counted if table is not None]
    counts = sparse.hstack(tables).tocsc()
    counts.sort_indices()
    unlearnt = Fitted(
        names=tuple(known),
        labels=tuple(label for label, _ in pairs),
        terms=tuple(terms for terms, _ in counted),
        weights=weights,
        rarity=np.concatenate([TfidfTransformer().fit(table).idf_ for table in tables]),
        starts=counts.indptr.astype(np.int64),
        holders=counts.indices.astype(np.uint32),
        times=counts.data.astype(np.uint8),
        lengths=np.ones(len(set(labels))),
        worth=np.zeros(4),
    )
    untold = BackOff(replace(unlearnt, lengths=_lengths(unlearnt)), normalise)
    return BackOff(replace(untold.fitted, worth=_worth(untold)), normalise)


def _counted(kind: str, names: Sequence[str], normalise: Normalise) -> _Counted:
    """Return the features of a kind and how often each name has each, (n_names, n_features)."""
    if kind == ACCENTS and all(name.isascii() for name in names):
        return _COUNTED_NONE
    most = max(_FEW, int(_COMMON * len(names))) if kind == LETTERS else len(names)
    counter = CountVectorizer(analyzer=lambda name: features(kind, name, normalise), max_df=most)
    counts = counter.fit_transform(names)
    return tuple(counter.get_feature_names_out()), counts


def _lengths(fitted: Fitted) -> FloatArray:
    """Return the length of the sum of the vectors of each label's names, (n_labels,)."""
    shape = (len(fitted.names), len(fitted.rarity))
    vectors = sparse.csc_matrix((weighed_names(fitted), fitted.holders, fitted.starts), shape=shape)
    _, label_of = np.unique(fitted.labels, return_inverse=True)
    members = sparse.csr_matrix((np.ones(len(label_of)), (label_of, np.arange(len(label_of)))))
    sums = members @ vectors
    squares = np.asarray(sums.multiply(sums).sum(axis=1)).ravel()
    return np.sqrt(np.maximum(squares, _NO_LENGTH))


def _worth(backoff: BackOff) -> FloatArray:
    """Learn what scores are worth from names that are left out: neither they nor their part of a label count."""
    labels = np.array(backoff.labels)
    told, right = [], []
    for name in np.random.default_rng(_SEED).permutation(len(backoff.fitted.names))[:_SAMPLE]:
        scores = backoff.scores_without(int(name))
        best = np.argsort(-scores, kind="stable")[:_LOOKED_AT]
        told.append(evidence(scores, best))
        right.append(labels[best] == backoff.fitted.labels[name])
    answers = np.concatenate(right)
    if answers.all() or not answers.any():
        return np.zeros(4)
    model = LogisticRegression(C=10.0, max_iter=500).fit(np.vstack(told), answers)
    return np.append(model.coef_[0], model.intercept_[0])


def names_of(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """Yield the names of a release's unit groups with their codes, and phrases that name no trade with `NOTHING`.

    Of a row of many phrases one is taken: hundreds that differ in a word would outweigh everything else.
    """
    occupations = taxonomy.occupations
    for alias in occupations.aliases:
        yield alias.phrase, alias.code
    for column in (occupations.names_vi, occupations.plain_vi):
        yield from zip(column, occupations.codes, strict=True)
    lexicon = lexicon_of(replace(taxonomy, accepted=()))
    told = dict.fromkeys(cue.phrase for cue in taxonomy.wording.cues if cue.leads and cue.kind in _TELLS_NO_TRADE)
    for phrase in told:
        spoken = " ".join(_SPOKEN.get(CLASSES.get(word, ""), word) for word in phrase.split())
        if GAP not in phrase and not {OCCUPATION, SKILL} & lexicon.find(syllables(spoken)).keys():
            yield spoken, NOTHING


def main() -> None:
    """Fit the back-off of the shipped release and store it beside the release's tables."""
    names, labels = zip(*names_of(current_taxonomy()), strict=True)
    write(fit(names, labels).fitted, STORED)


if __name__ == "__main__":
    main()
