"""Contributions into sentences, in Vietnamese and English, strongest first.

What is said never changes what was scored: an officer and an employer see the same contributions, and an employer
only those that `EMPLOYER_SENTENCES` allows, in words that give bands instead of figures.
"""

import math
from typing import Literal

import numpy as np

from matching.domain.match import Reason
from matching.explanation.employer_sentences import EMPLOYER_SENTENCES
from matching.explanation.facts import SHARED, Facts
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


def _by_column(table: dict[str, Sentence]) -> dict[int, _Templates]:
    return {column: _read(table[name]) for column, name in enumerate(NAMES) if name in table}


_TEMPLATES: dict[Audience, dict[int, _Templates]] = {
    "officer": _by_column(SENTENCES),
    "employer": _by_column(EMPLOYER_SENTENCES),
}
"""What each reader is told, by the column of the feature; nothing of the others."""

_TOLD = {audience: np.isin(np.arange(len(NAMES)), list(its)) for audience, its in _TEMPLATES.items()}


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
    rows = np.arange(len(order))[:, None]
    told = zip(order.tolist(), contributions[rows, order].tolist(), values[rows, order].tolist(), strict=True)
    templates = _TEMPLATES[audience]
    speaker = _Speaker(pairs, names, templates)
    return tuple(
        tuple(
            speaker.reason(row, column, micro, value)
            for column, micro, value in zip(*strongest, strict=True)
            if abs(micro) >= least and column in templates
        )
        for row, strongest in enumerate(told)
    )


class _Speaker:
    """Puts into words what features add to some pairs; what is the same for several of them, once."""

    def __init__(self, pairs: Pairs, names: Names, templates: dict[int, _Templates]) -> None:
        self._pairs, self._names, self._templates = pairs, names, templates
        self._about = list(zip(pairs.person.tolist(), pairs.what.occupation.tolist(), strict=True))
        self._said: dict[tuple[Template, int, float, tuple[int, int]], Reason] = {}

    def reason(self, row: int, column: int, micro: int, value: float) -> Reason:
        """Return what one feature of a value adds to one pair."""
        unknown, bad, good = self._templates[column]
        known = not math.isnan(value)
        template = (good if micro > 0 else bad) if known else unknown
        key = template, micro, value if known else 0.0, self._about[row]
        reason = self._said.get(key)
        if reason is None:
            text_vi, text_en = template.fixed or template.filled(Facts(self._pairs, row, self._names, value))
            reason = Reason(feature=NAMES[column], contribution=micro / MICRO, text_vi=text_vi, text_en=text_en)
            if template.asked <= SHARED:
                self._said[key] = reason
        return reason
