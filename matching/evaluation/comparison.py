"""Several ways of ranking on the same judged people: each with its intervals, and by how much they differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from matching.domain.offer import Loan, Offer
from matching.domain.survey import Survey
from matching.evaluation.bm25 import Bm25
from matching.evaluation.gates import METRICS
from matching.evaluation.groups import MIN_GROUP, Groups
from matching.evaluation.intervals import Measure, described_all, difference, resamples
from matching.evaluation.ranking import Contest, Judged, Ranked, measures
from matching.pool.people import FloatArray


def bm25_scores(found: Contest, surveys: Sequence[Survey]) -> FloatArray:
    """Return what BM25 makes of title and text against the survey's text, float64 (n_pairs,).

    Parameters
    ----------
    surveys : sequence
        The surveys from which the contest's people were made, in any order.
    """
    text_of = {survey.person_id: survey.text for survey in surveys}
    index = Bm25([posting_text(offer) for offer in found.pairs.offers.records])
    return index.scores([text_of[name] for name in found.people]).ravel()


def posting_text(offer: Offer) -> str:
    """Return title and text of an offer; loans have a title only."""
    return offer.title if isinstance(offer, Loan) else f"{offer.title}\n{offer.text}"


def compare(found: Judged, rankings: Mapping[str, Ranked], *, reference: str, groups: Groups | None) -> dict[str, Any]:
    """Return the report on several rankings of one contest.

    Parameters
    ----------
    rankings : mapping
        By name.
    reference : str
        The ranking that the others are subtracted from.
    groups : mapping or None
        The group of each of the contest's people in each dimension, for slices; None: no slices.

    Returns
    -------
    dict
        `people`, `judged`, `ordered_pairs`; `rankers` and `differences` (name -> measure -> value, low, high);
        `must_filter` (how many pairs, and which of them a query shows); `slices` (dimension -> group -> people and
        the value of each ranking). All numbers have six decimals at most.
    """
    by_ranker = {name: measures(found, ranking) for name, ranking in rankings.items()}
    picks = resamples(found.n_people)
    own = by_ranker[reference]
    return {
        "people": found.n_people,
        "judged": len(found.grade),
        "ordered_pairs": int(own["pairwise_accuracy"].of.sum()),
        "rankers": {name: described_all(measured, picks) for name, measured in by_ranker.items()},
        "reference": reference,
        "differences": {
            name: {metric: difference(measured[metric], own[metric], picks) for metric in measured}
            for name, measured in by_ranker.items()
            if name != reference
        },
        "must_filter": {
            "pairs": int(found.must_filter.sum()),
            "shown": [list(pair) for pair in found.must_filter_shown()],
        },
        "slices": {} if groups is None else _slices(by_ranker, groups),
    }


def _slices(by_ranker: Mapping[str, Mapping[str, Measure]], groups: Groups) -> dict[str, Any]:
    """Return people and values of each group that is large enough to be told of."""
    report: dict[str, Any] = {}
    for dimension, labels in groups.items():
        label = np.array(labels)
        of_size = [name for name in sorted(set(labels)) if (label == name).sum() >= MIN_GROUP]
        report[dimension] = {name: _slice(by_ranker, np.flatnonzero(label == name)) for name in of_size}
    return {name: told for name, told in report.items() if len(told) > 1}


def _slice(by_ranker: Mapping[str, Mapping[str, Measure]], rows: Any) -> dict[str, Any]:
    values = {
        name: {metric: round(measured[metric].where(rows).value(), 6) for metric in METRICS}
        for name, measured in by_ranker.items()
    }
    return {"people": len(rows), "rankers": values}
