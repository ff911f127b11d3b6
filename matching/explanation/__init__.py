"""Contributions into sentences, in Vietnamese and English, strongest first.

What is said never changes what was scored: an officer and an employer see the same contributions, and an employer
only those that `EMPLOYER_SENTENCES` allows, in words that give bands instead of figures.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from matching.domain.match import Reason
from matching.explanation.employer_sentences import EMPLOYER_SENTENCES
from matching.explanation.facts import EN, VI, Facts, Language
from matching.explanation.names import Names
from matching.explanation.sentence import Sentence
from matching.explanation.support_sentences import SUPPORT_SENTENCES
from matching.explanation.terms_sentences import TERMS_SENTENCES
from matching.explanation.work_sentences import WORK_SENTENCES
from matching.features import NAMES
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray, IntArray
from matching.ranking.additive import MICRO

Audience = Literal["officer", "employer"]
"""Who reads: an employer is told less, and nothing else."""

SENTENCES: dict[str, Sentence] = WORK_SENTENCES | TERMS_SENTENCES | SUPPORT_SENTENCES
"""What an officer reads, one entry a feature."""

MOST_REASONS = 6
LEAST_CONTRIBUTION = 0.05
"""Reasons that are shown unless all are asked for: the strongest, and none that hardly matters."""

_UNKNOWN = ("Chưa rõ {topic}.", "Not known: {topic}.")


def explain(
    pairs: Pairs,
    values: FloatArray,
    contributions: IntArray,
    names: Names,
    *,
    audience: Audience = "officer",
    every: bool = False,
) -> tuple[tuple[Reason, ...], ...]:
    """Return the reasons of each pair, strongest first (equal ones in the order of the feature list).

    Parameters
    ----------
    values : float32 (n_pairs, n_features)
        The features, as `matching.features.matrix` returns them.
    contributions : int64 (n_pairs, n_features)
        In millionths, as `AdditiveModel.contributions` returns them.
    audience : "officer" or "employer"
    every : bool
        Return every feature that adds something, not only up to `MOST_REASONS` of at least `LEAST_CONTRIBUTION`.

    Returns
    -------
    tuple of tuples of Reason
        With *every* and for an officer the contributions sum to the score without the model's bias.
    """
    table = SENTENCES if audience == "officer" else EMPLOYER_SENTENCES
    told = np.array([name in table for name in NAMES])
    least, most = (1, len(NAMES)) if every else (round(LEAST_CONTRIBUTION * MICRO), MOST_REASONS)
    weights = np.where(told, np.abs(contributions), 0)
    order = np.argsort(-weights, axis=1, kind="stable")[:, :most]
    reasons = []
    for row, columns in enumerate(order.tolist()):
        strong = [column for column in columns if weights[row, column] >= least]
        reasons.append(tuple(_reason(pairs, row, c, values, contributions, names, table) for c in strong))
    return tuple(reasons)


def _reason(
    pairs: Pairs,
    row: int,
    column: int,
    values: FloatArray,
    contributions: IntArray,
    names: Names,
    table: Mapping[str, Sentence],
) -> Reason:
    value, micro = float(values[row, column]), int(contributions[row, column])
    sentence = table[NAMES[column]]

    def said(language: Language) -> str:
        if np.isnan(value):
            return _UNKNOWN[language].format(topic=sentence.unknown[language])
        words = (sentence.good if micro > 0 else sentence.bad)[language]
        return words.format(f=Facts(pairs, row, names, value, language)) if "{" in words else words

    return Reason(feature=NAMES[column], contribution=micro / MICRO, text_vi=said(VI), text_en=said(EN))
