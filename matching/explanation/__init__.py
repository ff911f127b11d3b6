"""Contributions into sentences, in Vietnamese and English, strongest first.

What is said never changes what was scored: an officer and an employer see the same contributions, and an employer
only those that `EMPLOYER_SENTENCES` allows, in words that give bands instead of figures.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal

import numpy as np

from matching.domain.match import Reason
from matching.explanation.employer_sentences import EMPLOYER_SENTENCES
from matching.explanation.facts import Facts
from matching.explanation.figures import Figures
from matching.explanation.names import Names
from matching.explanation.sentence import Sentence, Template
from matching.explanation.support_sentences import SUPPORT_SENTENCES
from matching.explanation.terms_sentences import TERMS_SENTENCES
from matching.explanation.trade_facts import TradeFacts
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
    row, place = (np.take_along_axis(weights, order, axis=1) >= least).nonzero()
    column = order[row, place]
    reasons = _reasons(pairs, row, column, values[row, column], contributions[row, column], names, audience)
    return tuple(tuple(islice(reasons, n)) for n in np.bincount(row, minlength=len(pairs)).tolist())


def _reasons(
    pairs: Pairs, row: IntArray, column: IntArray, value: FloatArray, micro: IntArray, names: Names, audience: Audience
) -> Iterator[Reason]:
    """Yield what a feature of a value adds to a pair, one by one; what is the same of several pairs is said once."""
    unknown = np.isnan(value)
    told = 3 * column + np.where(unknown, _UNKNOWN, np.where(micro > 0, _GOOD, _BAD))
    numbers = zip(row.tolist(), told.tolist(), micro.tolist(), np.where(unknown, 0, value).tolist(), strict=True)
    about = list(zip(pairs.person.tolist(), pairs.what.occupation.tolist(), strict=True))
    templates, said = _TEMPLATES[audience], dict[tuple[int, int, float, tuple[int, int]], Reason]()
    for at, one, size, amount in numbers:
        template = templates[one]
        if template.of is Figures:
            yield _of_the_value(audience, one, size, amount)
        elif template.of is Facts:
            yield _reason(one, size, template, Facts(amount, pairs, at, names))
        else:
            key = one, size, amount, about[at]
            if key not in said:
                said[key] = _reason(one, size, template, TradeFacts(amount, pairs, at, names))
            yield said[key]


@lru_cache(maxsize=8192)
def _of_the_value(audience: Audience, told: int, micro: int, value: float) -> Reason:
    """Return a reason that says nothing but the value: the same of whomever and whatever it is said."""
    return _reason(told, micro, _TEMPLATES[audience][told], Figures(value))


def _reason(told: int, micro: int, template: Template, facts: Figures) -> Reason:
    text_vi, text_en = template.filled(facts)
    return Reason(feature=NAMES[told // 3], contribution=micro / MICRO, text_vi=text_vi, text_en=text_en)
