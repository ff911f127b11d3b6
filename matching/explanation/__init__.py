"""Contributions into sentences, in Vietnamese and English, strongest first.

What is said never changes what was scored: an officer and an employer see the same contributions, and an employer
only those that `EMPLOYER_SENTENCES` allows, in words that give bands instead of figures.
"""

import math
from typing import Literal

import numpy as np

from matching.domain.match import Reason
from matching.explanation.employer_sentences import EMPLOYER_SENTENCES
from matching.explanation.facts import Facts
from matching.explanation.names import Names
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

_Templates = tuple[Template, Template, Template]
"""What is said of a feature that is unknown, that lowers the score, and that raises it."""


def _read(sentence: Sentence) -> _Templates:
    topic_vi, topic_en = sentence.unknown
    unknown = Template((f"Chưa rõ {topic_vi}.", f"Not known: {topic_en}."))
    return unknown, Template(sentence.bad), Template(sentence.good)


def _by_column(table: dict[str, Sentence]) -> tuple[_Templates | None, ...]:
    return tuple(_read(table[name]) if name in table else None for name in NAMES)


_TEMPLATES: dict[Audience, tuple[_Templates | None, ...]] = {
    "officer": _by_column(SENTENCES),
    "employer": _by_column(EMPLOYER_SENTENCES),
}
"""What each reader is told, by the column of the feature; None: nothing."""

_TOLD = {audience: np.array([one is not None for one in its]) for audience, its in _TEMPLATES.items()}


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
    templates = _TEMPLATES[audience]
    least, most = (1, len(NAMES)) if every else (round(LEAST_CONTRIBUTION * MICRO), MOST_REASONS)
    weights = np.where(_TOLD[audience], np.abs(contributions), 0)
    order = np.argsort(-weights, axis=1, kind="stable")[:, :most]
    rows = np.arange(len(order))[:, None]
    told = zip(order.tolist(), contributions[rows, order].tolist(), values[rows, order].tolist(), strict=True)
    reasons = []
    for row, strongest in enumerate(told):
        reasons.append(
            tuple(
                _reason(spoken, column, micro, Facts(pairs, row, names, value))
                for column, micro, value in zip(*strongest, strict=True)
                if abs(micro) >= least and (spoken := templates[column]) is not None
            )
        )
    return tuple(reasons)


def _reason(templates: _Templates, column: int, micro: int, facts: Facts) -> Reason:
    unknown, bad, good = templates
    template = unknown if math.isnan(facts.value) else good if micro > 0 else bad
    text_vi, text_en = template.fixed or template.filled(facts)
    return Reason(feature=NAMES[column], contribution=micro / MICRO, text_vi=text_vi, text_en=text_en)
