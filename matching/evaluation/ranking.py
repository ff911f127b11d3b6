"""Rankings against judged pairs: NDCG@10, reciprocal rank, order of pairs, recall, and what must never be shown.

Each judged person is ranked with the whole pool, as in a query. Order is measured over the judged offers alone (others
are neither good nor bad); recall counts places among all offers of the same kind, which is what an officer sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.domain.vocabulary import OfferKind
from matching.evaluation.intervals import Measure
from matching.evaluation.judgements import Graded
from matching.features import matrix
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import stated_prior
from matching.rules import passes
from matching.search import Searcher

K = 10
RELEVANT = 2
"""Grade from which an offer counts as found, for recall and the reciprocal rank."""

_PAIRS_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is known of some offers of some people: what a ranking is measured on."""

    person: IntArray
    """Position of the person of each judgement, 0 to n_people - 1, (n_judged,) ascending."""
    grade: IntArray
    """0 to 3, (n_judged,)."""
    must_filter: BoolArray
    """Whether the pair must never be shown, (n_judged,)."""
    n_people: int

    def must_filter_shown(self) -> list[tuple[str, str]]:
        """Return (person id, offer id) of each pair that must never be shown and is: it should be empty."""
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest(Judged):
    """Each judged person with every offer of the pool."""

    pairs: Pairs
    """People outermost, (n_people * n_offers,)."""
    passing: BoolArray
    """Whether the pair passes every rule, (n_pairs,)."""
    shown: BoolArray
    """Whether a query shows the pair at some k: it passes, and is within the person's reach, (n_pairs,)."""
    judged: IntArray
    """Row in `pairs` of each judgement, (n_judged,)."""

    @property
    def subject(self) -> IntArray:
        """Position of the person of each pair, (n_pairs,)."""
        return np.repeat(np.arange(self.n_people), len(self.pairs.offers))

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of the judged people, by position."""
        rows = self.pairs.person[:: max(len(self.pairs.offers), 1)]
        return tuple(self.pairs.people.ids[row] for row in rows.tolist())

    def must_filter_shown(self) -> list[tuple[str, str]]:
        """Return (person id, offer id) of each pair that must never be shown and that a query shows."""
        pairs = self.pairs.where(self.judged[self.must_filter & self.shown[self.judged]])
        return [
            (pairs.people.ids[person], pairs.offers.ids[offer])
            for person, offer in zip(pairs.person.tolist(), pairs.offer.tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """What one way of ranking makes of the judged pairs."""

    score: FloatArray
    """(n_judged,); minus infinity where a rule excludes the pair."""
    place: IntArray
    """Place among all offers of its kind from 1, behind all that score the same, (n_judged,); 0 not shown."""


def contest(graded: Graded) -> Contest:
    """Put every judged person beside the whole pool, and ask the search what it would show."""
    pairs = graded.pairs
    rows, position = np.unique(pairs.person, return_inverse=True)
    n_offers = len(pairs.offers)
    everything = Pairs(
        people=pairs.people,
        offers=pairs.offers,
        person=np.repeat(rows, n_offers),
        offer=np.tile(np.arange(n_offers), len(rows)),
        as_of=pairs.as_of,
    )
    passing = passes(everything)
    searcher = Searcher(pairs.people, pairs.offers, stated_prior(), per="person", as_of=pairs.as_of)
    found = searcher.find(rows, k=0)
    shown = np.zeros(len(everything), dtype=bool)
    shown[found.eligible_of * n_offers + found.eligible.offer] = True
    order = np.argsort(position, kind="stable")
    return Contest(
        pairs=everything,
        passing=passing,
        shown=shown,
        judged=(position * n_offers + pairs.offer)[order],
        person=position[order],
        grade=graded.grade[order],
        must_filter=graded.must_filter[order],
        n_people=len(rows),
    )


def model_scores(pairs: Pairs, model: AdditiveModel) -> FloatArray:
    """Return the score of each pair, eligible or not, float64 (n_pairs,) in millionths."""
    parts = np.array_split(np.arange(len(pairs)), len(pairs) // _PAIRS_AT_ONCE + 1)
    return np.concatenate([model.score(matrix(pairs.where(part))) for part in parts]).astype(float)


def ranked(found: Contest, scores: FloatArray, *, behind_rules: bool = True) -> Ranked:
    """Rank by *scores*, float64 (n_pairs,).

    Parameters
    ----------
    behind_rules : bool
        Whether pairs that a rule excludes are nowhere, and places are counted among what a query shows; False: by the
        scores alone, among all offers.
    """
    group = found.subject * len(OfferKind) + found.pairs.offers.kind[found.pairs.offer]
    order = np.where(found.passing, scores, -np.inf) if behind_rules else scores
    seen = np.where(found.shown, scores, -np.inf) if behind_rules else scores
    return Ranked(score=order[found.judged], place=_places(group, seen)[found.judged])


def ranked_alone(found: Judged, scores: FloatArray) -> Ranked:
    """Rank what is known by *scores*, float64 (n_judged,), where nothing is known of other offers."""
    return Ranked(score=scores, place=_places(found.person, scores))


def _places(group: IntArray, score: FloatArray) -> IntArray:
    """Return how many of the same group score at least as much, 0 for minus infinity."""
    order = np.lexsort((-score, group))
    ordered, its = score[order], group[order]
    new_group = np.concatenate(([True], its[1:] != its[:-1]))
    new_run = new_group | np.concatenate(([True], ordered[1:] != ordered[:-1]))
    position = np.arange(len(order))
    first = np.maximum.accumulate(np.where(new_group, position, 0))
    ends = np.append(np.flatnonzero(new_run)[1:], len(order))
    place = np.zeros(len(order), dtype=np.int64)
    place[order] = ends[np.cumsum(new_run) - 1] - first
    return np.where(np.isneginf(score), 0, place)


def measures(found: Judged, ranking: Ranked, *, k: int = K) -> dict[str, Measure]:
    """Return `ndcg_at_10`, `mrr`, `pairwise_accuracy` and `recall_at_10` (for k = 10), one row a judged person.

    Equal scores share the gain of their places, stand behind each other for the reciprocal rank and for recall, and are
    half right for the order of pairs. People whose judged offers all have one grade say nothing about NDCG and the
    reciprocal rank.
    """
    grade = _by_person(found, found.grade, fill=-1)
    score = _by_person(found, ranking.score, fill=np.nan)
    place = _by_person(found, ranking.place, fill=0)
    relevant = grade >= RELEVANT
    two_grades = (grade.max(axis=1) > np.where(grade < 0, 99, grade).min(axis=1)).astype(float)
    return {
        f"ndcg_at_{k}": Measure(hits=_ndcg(grade, score, k) * two_grades, of=two_grades),
        "mrr": _reciprocal_rank(grade, score, two_grades),
        "pairwise_accuracy": _order(grade, score),
        f"recall_at_{k}": Measure(
            hits=(relevant & (place > 0) & (place <= k)).sum(axis=1).astype(float),
            of=relevant.sum(axis=1).astype(float),
        ),
    }


def _by_person(found: Judged, values: Sequence[float] | FloatArray | IntArray, *, fill: float) -> FloatArray:
    """Return the values of the judgements with one row a person, padded, (n_people, most judgements of one)."""
    count = np.bincount(found.person, minlength=found.n_people)
    within = np.arange(len(found.person)) - np.repeat(np.cumsum(count) - count, count)
    table = np.full((found.n_people, int(count.max(initial=1))), fill, dtype=float)
    table[found.person, within] = values
    return table


def _ndcg(grade: FloatArray, score: FloatArray, k: int) -> FloatArray:
    """Return NDCG@k of each person, gain 2^grade - 1, equal scores sharing their places (McSherry and Najork 2008)."""
    gain = np.where(grade > 0, 2.0 ** np.maximum(grade, 0) - 1, 0)
    size = grade.shape[1]
    discount = np.where(np.arange(size) < k, 1 / np.log2(np.arange(size) + 2), 0)
    upto = np.concatenate(([0.0], np.cumsum(discount)))
    higher = (score[:, None, :] > score[:, :, None]).sum(axis=2)
    tied = np.maximum((score[:, None, :] == score[:, :, None]).sum(axis=2), 1)
    share = (upto[np.minimum(higher + tied, size)] - upto[higher]) / tied
    reached = np.where(np.isfinite(score), gain * share, 0).sum(axis=1)
    best = (-np.sort(-gain, axis=1) * discount).sum(axis=1)
    return np.asarray(np.divide(reached, best, out=np.zeros(len(best)), where=best > 0))


def _reciprocal_rank(grade: FloatArray, score: FloatArray, counted: FloatArray) -> Measure:
    shown = np.isfinite(score)
    best = np.where((grade >= RELEVANT) & shown, score, -np.inf).max(axis=1)
    before = ((grade < RELEVANT) & shown & (score >= best[:, None])).sum(axis=1)
    counted = counted * (grade.max(axis=1) >= RELEVANT)
    return Measure(hits=np.where(np.isneginf(best), 0.0, 1 / (1 + before)) * counted, of=counted)


def _order(grade: FloatArray, score: FloatArray) -> Measure:
    better = (grade[:, :, None] > grade[:, None, :]) & (grade[:, None, :] >= 0)
    with np.errstate(invalid="ignore"):
        right = (score[:, :, None] > score[:, None, :]) + 0.5 * (score[:, :, None] == score[:, None, :])
    return Measure(hits=(better * right).sum(axis=(1, 2)), of=better.sum(axis=(1, 2)).astype(float))
