"""What is said about rankings is what the definitions say."""

import numpy as np
import pytest
from sklearn.metrics import ndcg_score

from matching.errors import DataError, RecordsError
from matching.evaluation.intervals import Measure, described, difference, resamples
from matching.evaluation.judgements import JudgedPair, graded
from matching.evaluation.ranking import Contest, Ranked, contest, measures, model_scores, ranked
from matching.evaluation.split import folds, held_out
from matching.ranking.prior import stated_prior
from matching.recommender import Recommender
from matching.taxonomy.release import current_taxonomy
from tests.builders import TODAY, bar, opening, pairs_of, person
from tests.pools import pools


def found_of(grades: list[list[int]]) -> Contest:
    """A contest of judged pairs alone, one list a person: enough for the measures of order."""
    person_of = np.repeat(np.arange(len(grades)), [len(g) for g in grades])
    pairs = pairs_of(person(), opening())
    flat = np.concatenate(grades)
    nothing = np.zeros(0, dtype=bool)
    return Contest(
        pairs=pairs,
        passing=nothing,
        shown=nothing,
        judged=np.arange(len(flat)),
        person=person_of,
        grade=flat,
        must_filter=np.zeros(len(flat), dtype=bool),
        n_people=len(grades),
    )


def by_scores(*scores: float) -> Ranked:
    return Ranked(score=np.array(scores, dtype=float), place=np.zeros(len(scores), dtype=np.int64))


@pytest.mark.parametrize("seed", range(20))
def test_ndcg_is_that_of_scikit_learn_with_equal_scores_too(seed: int) -> None:
    rng = np.random.default_rng(seed)
    grades = [rng.integers(0, 4, rng.integers(2, 20)).tolist() for _ in range(8)]
    scores = rng.integers(0, 5, sum(map(len, grades))).astype(float)
    mine = measures(found_of(grades), by_scores(*scores))["ndcg_at_10"]
    ends = np.cumsum([len(g) for g in grades])
    for grade, end, hits, of in zip(grades, ends, mine.hits, mine.of, strict=True):
        gain = 2.0 ** np.array(grade) - 1
        expected = ndcg_score([gain], [scores[end - len(grade) : end]], k=10)
        assert of == (len(set(grade)) > 1)
        assert not of or hits == pytest.approx(expected, abs=1e-12)


def test_order_counts_pairs_of_one_person_and_half_of_equal_scores() -> None:
    found = found_of([[3, 1, 0], [2, 0]])
    order = measures(found, by_scores(5.0, 1.0, 2.0, 4.0, 4.0))["pairwise_accuracy"]
    assert (order.hits.tolist(), order.of.tolist()) == ([2.0, 0.5], [3.0, 1.0])
    assert order.value() == pytest.approx(2.5 / 4)


def test_a_pair_that_a_rule_excludes_stands_below_everything_and_gains_nothing() -> None:
    found = found_of([[3, 0]])
    hidden = measures(found, by_scores(-np.inf, -5.0))
    assert hidden["pairwise_accuracy"].value() == 0
    assert hidden["ndcg_at_10"].value() == 0
    assert hidden["mrr"].value() == 0
    assert measures(found, by_scores(-5.0, -np.inf))["pairwise_accuracy"].value() == 1


def test_reciprocal_rank_gives_nothing_for_equal_scores() -> None:
    found = found_of([[0, 2, 0, 1]])
    assert measures(found, by_scores(1.0, 1.0, 1.0, 1.0))["mrr"].value() == pytest.approx(1 / 4)
    assert measures(found, by_scores(1.0, 2.0, 1.0, 1.0))["mrr"].value() == 1


def test_people_with_one_grade_say_nothing_about_order() -> None:
    found = found_of([[2, 2, 2], [0, 0]])
    measured = measures(found, by_scores(*range(5)))
    assert np.isnan([measured[name].value() for name in ("ndcg_at_10", "mrr", "pairwise_accuracy")]).all()


def judged_pools(seed: int) -> tuple[Contest, list[JudgedPair]]:
    people, offers = pools(seed, 12, 40)
    rng = np.random.default_rng(seed)
    judged = [
        JudgedPair(person_id=name, offer_id=offers.ids[row], grade=int(rng.integers(0, 4)))
        for name in people.ids[:9]
        for row in rng.choice(len(offers), 6, replace=False)
    ]
    return contest(graded(people, offers, judged, as_of=TODAY)), judged


@pytest.mark.parametrize("seed", range(3))
def test_places_are_those_of_the_product(seed: int) -> None:
    """Recall counts what an officer sees: the place of an offer in the answer to a query, by kind."""
    found, _ = judged_pools(seed)
    people, offers = found.pairs.people, found.pairs.offers
    ranking = ranked(found, model_scores(found.pairs, stated_prior()))
    answers = Recommender(current_taxonomy()).recommend(people, offers, as_of=TODAY, k=len(offers))
    by_person = {answer.subject_id: answer for answer in answers}
    pairs = found.pairs.where(found.judged)
    for row, (who, what) in enumerate(zip(pairs.person.tolist(), pairs.offer.tolist(), strict=True)):
        matches = by_person[people.ids[who]].matches
        kind = offers.records[what].kind
        same = [match.offer_id for match in matches if match.kind is kind]
        own = [match.score for match in matches if match.offer_id == offers.ids[what]]
        equal = [match.offer_id for match in matches if match.kind is kind and own and match.score == own[0]]
        place = int(ranking.place[row])
        assert place == (max(same.index(name) for name in equal) + 1 if own else 0)


def test_the_order_of_lines_does_not_matter() -> None:
    """M13: any order of rows."""
    found, judged = judged_pools(1)
    again = contest(graded(found.pairs.people, found.pairs.offers, judged[::-1], as_of=TODAY))
    assert np.array_equal(found.judged, again.judged)
    assert np.array_equal(found.grade, again.grade)


def test_a_pair_that_must_never_be_shown_is_found_when_it_is() -> None:
    """M7: a bar that stands hides the opening; a judge's mark on a pair that passes is reported."""
    barred = person("P1", experience=["8332"], court_bars=[bar("8332", until=TODAY.replace(year=2027))])
    free = person("P2", experience=["8332"])
    pairs = pairs_of([barred, free], opening("J1", occupation="8332"))
    marks = [JudgedPair(person_id=name, offer_id="J1", grade=0, must_filter=True) for name in ("P1", "P2")]
    found = contest(graded(pairs.people, pairs.offers, marks, as_of=TODAY))
    assert found.must_filter_shown() == [("P2", "J1")]


def test_judgements_of_somebody_unknown_or_judged_twice_are_refused_together() -> None:
    pairs = pairs_of(person("P1"), opening("J1"))
    judged = [JudgedPair(person_id=p, offer_id=o, grade=1) for p, o in (("P1", "J1"), ("P1", "J1"), ("P9", "J9"))]
    with pytest.raises(RecordsError) as refused:
        graded(pairs.people, pairs.offers, judged, as_of=TODAY)
    assert len(refused.value.problems) == 3


def test_intervals_hold_the_value_and_a_difference_is_taken_person_by_person() -> None:
    rng = np.random.default_rng(7)
    hits = rng.random(200)
    low = Measure(hits=hits, of=np.ones(200))
    high = Measure(hits=hits + 0.01, of=np.ones(200))
    picks = resamples(200)
    told = described(low, picks)
    assert told["low"] < told["value"] < told["high"]
    assert told["high"] - told["low"] == pytest.approx(2 * 1.96 * hits.std() / 200**0.5, rel=0.15)
    assert difference(high, low, picks) == {"value": 0.01, "low": 0.01, "high": 0.01}


def test_folds_keep_people_together_and_do_not_depend_on_order() -> None:
    names = [f"P{i % 23}" for i in range(200)]
    fold = folds(names, 5, seed=1)
    assert all(len({int(f) for f, n in zip(fold, names, strict=True) if n == name}) == 1 for name in names)
    sizes = [len({n for f, n in zip(fold, names, strict=True) if f == i}) for i in range(5)]
    assert max(sizes) - min(sizes) <= 1
    assert np.array_equal(folds(names[::-1], 5, seed=1), fold[::-1])
    for learn, out in held_out(fold):
        assert not {n for n, i in zip(names, learn, strict=True) if i} & {
            n for n, i in zip(names, out, strict=True) if i
        }
    with pytest.raises(DataError, match="folds"):
        folds(["P1", "P1"], 2, seed=1)
