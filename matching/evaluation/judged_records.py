"""One model on judged pairs of records as given, beside plain text search, with and without the rules."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from matching.domain.offer import Offer
from matching.domain.survey import Survey
from matching.evaluation.comparison import bm25_scores, compare
from matching.evaluation.groups import groups_of
from matching.evaluation.judgements import JudgedPair, graded
from matching.evaluation.ranking import contest, model_scores, ranked
from matching.pool.records import pools_of
from matching.ranking.additive import AdditiveModel
from matching.taxonomy.release import Taxonomy

BM25 = "bm25"
BM25_BEHIND_RULES = "bm25 behind the rules"
SCORES_ALONE = "{} scores alone"


def evaluate_ranking(
    surveys: Sequence[Survey],
    offers: Sequence[Offer],
    judged: Sequence[JudgedPair],
    model: AdditiveModel,
    taxonomy: Taxonomy,
    *,
    as_of: date,
    home: str | None = None,
) -> dict[str, Any]:
    """Return the report as by `compare`, BM25 on title and text as reference.

    The model stands twice: as the product answers (behind the rules, under its own name) and by its scores alone; so
    does BM25, which alone is what a plain search would show.

    Raises
    ------
    RecordsError
        A judgement names somebody or something that is not among the records, or stands twice.
    """
    pools = pools_of(surveys, offers, taxonomy, as_of=as_of, home=home)
    found = contest(graded(pools.people, pools.offers, judged, as_of=as_of))
    by_text, by_model = bm25_scores(found, surveys), model_scores(found.pairs, model)
    row = {name: i for i, name in enumerate(pools.people.ids)}
    rows = np.array([row[name] for name in found.people], dtype=np.int64)
    groups = groups_of([surveys[i] for i in rows], pools.people.take(rows), taxonomy.places, as_of=as_of)
    rankings = {
        BM25: ranked(found, by_text, behind_rules=False),
        BM25_BEHIND_RULES: ranked(found, by_text),
        SCORES_ALONE.format(model.name): ranked(found, by_model, behind_rules=False),
        model.name: ranked(found, by_model),
    }
    return compare(found, rankings, reference=BM25, groups=groups)
