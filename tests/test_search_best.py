"""Only what could be shown is judged, and nothing else changes: the exact best k of the whole model (M3, M13)."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.vocabulary import OfferKind
from matching.features import FEATURES, matrix
from matching.features.measures import RELATED
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import People
from matching.ranking.additive import AdditiveModel, Shape
from matching.ranking.prior import stated_prior
from matching.rules import RULES, passes
from matching.rules.age import youngest_of_that_age
from matching.search import Found, Searcher
from matching.search.descent import RULED_OUT, Descent
from matching.search.facets import ASKED, FACETS, OF_RELATED_TRADES, READS, STATIC, WAY, WHOLE, Steps, parts_of
from matching.search.index import index_of
from matching.search.nobody import unknown_person
from matching.search.tables import contributed
from matching.search.ways import _MOST_BLOCKS, Surroundings
from tests import pools
from tests.benchmarks.engine.generated import openings, seekers
from tests.builders import TODAY, loan, opening, person, programme
from tests.test_search import FAR, HOME, flat_model, told

SEEDS = st.integers(0, 10**6)
DAY = TODAY.toordinal()


def random_model(seed: int) -> AdditiveModel:
    """Tables with the declared signs, and values for "unknown" anywhere."""
    rng = np.random.default_rng(seed)
    shapes = {}
    for name, shape in stated_prior().shapes.items():
        values = np.sort(rng.normal(0, 0.5, len(shape.values)).round(2))[:: shape.sign]
        shapes[name] = Shape(
            sign=shape.sign,
            thresholds=shape.thresholds,
            values=tuple(values.tolist()),
            missing=float(rng.normal(0, 0.3).__round__(2)),
        )
    return AdditiveModel(shapes, bias=0.25, name="random")


def both(people: People, offers: Offers, model: AdditiveModel, k: int, everything: bool) -> tuple[Found, Found]:
    searcher = Searcher(people, offers, model, per="person", as_of=DAY)
    rows = np.arange(len(people))
    return searcher.find(rows, k=k, everything=everything), searcher.best(rows, k=k, everything=everything)


def assert_same_answers(whole: Found, best: Found) -> None:
    assert best.shown.offer.tolist() == whole.shown.offer.tolist()
    assert best.shown.person.tolist() == whole.shown.person.tolist()
    assert best.shown_of.tolist() == whole.shown_of.tolist()
    assert best.score.tolist() == whole.score.tolist()
    assert best.not_near.tolist() == whole.not_near.tolist()
    shown = np.bincount(best.shown_of, minlength=len(best.not_near))
    counted = shown + best.not_shown + best.excluded_count + best.not_near + best.not_judged
    assert counted.tolist() == [best.shown.offers.n_standing] * len(best.not_near)


@settings(max_examples=25, deadline=None)
@given(
    seed=SEEDS,
    k=st.sampled_from([0, 1, 2, 5, 30]),
    n=st.sampled_from([3, 60, 700]),
    everything=st.booleans(),
    flat=st.booleans(),
    most_blocks=st.sampled_from([0, 40, _MOST_BLOCKS]),
)
def test_the_same_is_shown_as_when_all_are_judged(
    seed: int, k: int, n: int, everything: bool, flat: bool, most_blocks: int
) -> None:
    """M3, M13: ties, rules, all kinds, known and unknown homes, places told apart or not; all offers are counted."""
    people, offers = pools.pools(seed, 8, n)
    model = flat_model() if flat else random_model(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.search.ways._MOST_BLOCKS", most_blocks)
        assert_same_answers(*both(people, offers, model, k, everything))


@pytest.mark.parametrize("shape", ["country", "city"])
@pytest.mark.parametrize("everything", [False, True])
def test_a_hundred_thousand_openings(shape: Any, everything: bool) -> None:
    """M3: the exact best 200 where almost everything is left unjudged, and that is counted."""
    offers, people = openings(shape, 100_000, seed=5), seekers(shape, 6, seed=6)
    whole, best = both(people, offers, stated_prior(), 200, everything)
    assert_same_answers(whole, best)
    if everything:
        assert (best.not_judged > 90_000).all()


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS, most_blocks=st.sampled_from([0, 40, _MOST_BLOCKS]))
def test_no_bound_lies_below_a_score(seed: int, most_blocks: int) -> None:
    """M13: what a facet bounds and what it truly adds are at least, and exactly, what the model says of each offer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.search.ways._MOST_BLOCKS", most_blocks)
        _assert_bounds_hold(seed)


def _assert_bounds_hold(seed: int) -> None:
    people, offers = pools.pools(seed, 5, 300)
    model = random_model(seed)
    index = index_of(people, offers, model, as_of=DAY)
    for row in range(len(people)):
        nothing = np.zeros(0, dtype=np.intp)
        one = Pairs(people=people.alone(row), offers=offers, person=nothing, offer=nothing, as_of=DAY)
        around = Surroundings.of(index, one, np.inf)
        for layer in index.layers:
            descent = Descent(layer, index, one, around)
            everybody = descent._between(RULED_OUT, 1 << 60)
            assert len(np.unique(everybody[0])) == len(everybody[0])
            members, narrowed = descent.narrowed(*everybody, RULED_OUT)
            rows, passing, score = descent.judged(members, narrowed)
            pairs = Pairs(people=people, offers=offers, person=np.full(len(rows), row), offer=rows, as_of=DAY)
            assert (passing == passes(pairs)).all()
            assert (score == model.score(matrix(pairs.where(passing)))).all()
            bound = np.full(len(layer), RULED_OUT)
            bound[everybody[0]] = everybody[1]
            assert (bound[members] >= narrowed).all() and (narrowed[passing] >= score).all()
            left = np.setdiff1d(layer.rows, rows)
            assert not passes(replace(pairs, person=np.full(len(left), row), offer=left)).any()


class Reads:
    """A pool that notes which of its columns are read."""

    def __init__(self, pool: Any) -> None:
        self._pool, self.names = pool, set[str]()

    def __getattr__(self, name: str) -> Any:
        self.names.add(name)
        return getattr(self._pool, name)

    def __len__(self) -> int:
        return len(self._pool)


def test_functions_read_no_more_than_their_facet_says() -> None:
    """An offer may stand for another only if nothing else of it is read; what is static reads nothing of a person."""
    people, offers = pools.pools(3, 40, 120)
    cross = Pairs.cross(people, offers, as_of=DAY)
    functions = {f.name: (f.function, f.kinds) for f in FEATURES.values()} | {
        r.name: (r.passes, r.kinds) for r in RULES
    }
    kinds = list(OfferKind)
    for name, (function, about) in functions.items():
        reads_of, reads_who = Reads(offers), Reads(people)
        held = np.isin(offers.kind[cross.offer], [kinds.index(kind) for kind in about])
        function(replace(cross.where(held), offers=reads_of, people=reads_who))  # type: ignore[type-var]
        if name in STATIC:
            assert not reads_who.names, name
        if name in READS and name != "higher_wage_wanted":
            assert reads_of.names <= READS[name] | {"kind"}, name
        for facet, columns in ASKED.items():
            if name in _names(facet, about):
                allowed = {*columns, "place", "lat", "lon"} if facet == WAY else set(columns)
                assert reads_who.names <= allowed, name


def _names(facet: str, kinds: Any) -> set[str]:
    parts = [parts_of(facet, kind) for kind in kinds]
    return {part.name for its in parts for part in (*its.features, *its.rules)}


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_who_is_as_old_in_years_and_who_has_no_bar_is_treated_alike(seed: int) -> None:
    """Tables that people have in common: nothing but whole years counts of a birthday; no bar closes nothing."""
    people, offers = pools.pools(seed, 6, 60)
    births = np.array([youngest_of_that_age(born, DAY) for born in people.earliest_birth.tolist()])
    alike = replace(people, earliest_birth=births.astype(people.earliest_birth.dtype))
    assert (passes(Pairs.cross(people, offers, as_of=DAY)) == passes(Pairs.cross(alike, offers, as_of=DAY))).all()
    free = people.take(np.flatnonzero(people.closed_trades == 0))
    names = _names("closed", OfferKind)
    cross = Pairs.cross(free, offers, as_of=DAY)
    assert names and all(rule.passes(cross).all() for rule in RULES if rule.name in names)


def test_every_facet_is_used_and_every_name_exists() -> None:
    known = set(FEATURES) | {rule.name for rule in RULES}
    assert set(READS) | STATIC <= known
    for name, columns in READS.items():
        assert any(columns <= facet for facet in FACETS.values()), name


def test_loans_and_housed_offers_come_from_everywhere() -> None:
    """Queries without a place use the same code: loans, housing given, people whose home is unknown."""
    offers = [
        opening("near", commune=HOME),
        opening("housed", commune=FAR, housing=True),
        opening("far", commune=FAR),
        programme("course", commune=FAR),
        loan("money"),
    ]
    who = [person("P1", commune=HOME), person("P2"), person("P3", commune=HOME, needs=["none"])]
    people, columns = pools.columns(who, offers)
    whole, best = both(people, columns, stated_prior(), 3, False)
    assert_same_answers(whole, best)
    assert told(best)[0]["away"] == 2 and told(best)[1]["away"] == 0


def test_an_empty_pool_is_an_answer() -> None:
    people, offers = pools.pools(1, 3, 4)
    assert_same_answers(*both(people, offers.take(np.arange(0)), stated_prior(), 3, False))


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_facets_read_no_other_bits_than_they_say(seed: int) -> None:
    """Who says the same in the bits that a facet names is treated alike: tables that people have in common."""
    people, offers = pools.pools(seed, 6, 60)
    noise = np.random.default_rng(seed)
    for facet, columns in ASKED.items():
        masks = {name: bits for name, bits in columns.items() if bits != WHOLE}
        held = {name: getattr(people, name) for name in ("constraints", "preferences")}
        other = {name: noise.permuted(its) for name, its in held.items()}
        mixed = {n: (held[n] & masks.get(n, 0)) | (other[n] & ~masks.get(n, 0)) for n in held}
        alike = Pairs.cross(replace(people, **mixed), offers, as_of=DAY)
        true = Pairs.cross(people, offers, as_of=DAY)
        for kind in OfferKind:
            about = offers.kind[true.offer] == list(OfferKind).index(kind)
            parts, steps = parts_of(facet, kind), Steps(random_model(seed))
            one, two = (contributed(parts, steps, pairs.where(about)) for pairs in (true, alike))
            assert (one == two).all(), (facet, kind)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_trades_that_are_not_related_add_what_they_add_for_anybody(seed: int) -> None:
    people, offers = pools.pools(seed, 4, 120)
    steps, nobody = Steps(random_model(seed)), unknown_person(people)
    cross = Pairs.cross(people, offers, as_of=DAY)
    unrelated = cross.where(~(np.round(people.experience[cross.person, offers.occupation[cross.offer]], 4) >= RELATED))
    usual = replace(unrelated, people=nobody, person=np.zeros_like(unrelated.person))
    for facet in OF_RELATED_TRADES:
        parts = parts_of(facet, OfferKind.OPENING)
        assert parts.features
        assert (contributed(parts, steps, unrelated) == contributed(parts, steps, usual)).all()
