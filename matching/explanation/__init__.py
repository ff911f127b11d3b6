"""Contributions into sentences, in Vietnamese and English, strongest first.

What is said never changes what was scored: an officer and an employer see the same contributions, and an employer
only those that `EMPLOYER_SENTENCES` allows, in words that give bands instead of figures.
"""

from functools import lru_cache
from typing import Any, Literal

import numpy as np

from matching.domain.match import Reason
from matching.explanation.employer_sentences import EMPLOYER_SENTENCES
from matching.explanation.evidence import Evidence
from matching.explanation.names import Names
from matching.explanation.phrases import Phrases
from matching.explanation.sentence import Sentence, Template
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

_MOST_KEPT = 16_384
"""Reasons that are kept in words for one reader."""

_UNKNOWN, _BAD, _GOOD = range(3)
"""What is told of a feature: that it is unknown, that it lowers the score, that it raises it."""


def _of_each(table: dict[str, Sentence]) -> tuple[Template, ...]:
    """Return what is told of each feature, one after the other: three times its column, and one of the three above."""
    return tuple(template for name in NAMES for template in (_three(table[name]) if name in table else _NOTHING))


def _three(sentence: Sentence) -> tuple[Template, ...]:
    topic_vi, topic_en = sentence.unknown
    unknown = f"Chưa rõ {topic_vi}.", f"Not known: {topic_en}."
    return Template(unknown), Template(sentence.bad), Template(sentence.good)


_NOTHING = (Template(("", "")),) * 3

_TABLES: dict[Audience, dict[str, Sentence]] = {"officer": SENTENCES, "employer": EMPLOYER_SENTENCES}
_TEMPLATES = {audience: _of_each(table) for audience, table in _TABLES.items()}
_TOLD = {audience: np.array([name in table for name in NAMES]) for audience, table in _TABLES.items()}
"""What each reader is told, and of which features."""


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
    least, most = (1, len(NAMES)) if every else (round(LEAST_CONTRIBUTION * MICRO), MOST_REASONS)
    weights = np.where(_TOLD[audience], np.abs(contributions), 0)
    order = np.argsort(-weights, axis=1, kind="stable")[:, :most]
    row, place = (weights[np.arange(len(pairs))[:, None], order] >= least).nonzero()
    column = order[row, place]
    value, micro = values[row, column], contributions[row, column]
    told = 3 * column + np.where(np.isnan(value), _UNKNOWN, np.where(micro > 0, _GOOD, _BAD))
    templates, evidence, known = _TEMPLATES[audience], Evidence(pairs, names), _reasons_of(names, audience)
    reasons: tuple[list[Reason], ...] = tuple([] for _ in range(len(pairs)))
    for i, its, adds, of in zip(row.tolist(), told.tolist(), micro.tolist(), value.tolist(), strict=True):
        reasons[i].append(known[its, adds, templates[its].found(evidence, i, of)])
    return tuple(map(tuple, reasons))


class _Reasons(dict[tuple[int, int, tuple[Any, ...]], Reason]):
    """Reasons by what is told, what it adds in millionths and what was found, put into words when first asked for.

    Words follow from what was found alone, so a reason is the same of all pairs of which that was.
    """

    def __init__(self, names: Names, audience: Audience) -> None:
        super().__init__()
        self._names, self._templates = names, _TEMPLATES[audience]

    def __missing__(self, key: tuple[int, int, tuple[Any, ...]]) -> Reason:
        if len(self) >= _MOST_KEPT:
            self.clear()
        told, micro, found = key
        text_vi, text_en = self._templates[told].filled(found, Phrases(self._names))
        reason = Reason(feature=NAMES[told // 3], contribution=micro / MICRO, text_vi=text_vi, text_en=text_en)
        self[key] = reason
        return reason


_reasons_of = lru_cache(maxsize=8)(_Reasons)
"""Reasons for one reader, in the names of one release."""
