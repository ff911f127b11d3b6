"""The search is exact: it finds what scoring every pair finds, in an order that nothing but the pairs decides."""

from hashlib import blake2b
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.offer import Offer
from matching.domain.vocabulary import OfferKind
from matching.features import matrix
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import People
from matching.ranking.additive import AdditiveModel, Shape
from matching.ranking.prior import stated_prior
from matching.rules import passes
from matching.search import Found, Searcher, Side
from matching.taxonomy.places import distance_km
from tests import pools
from tests.builders import TODAY, loan, opening, person

SEEDS = st.integers(0, 10**6)
HOME, NEXT, FAR = "Xã Phan Rí Cửa", "Xã Liên Hương", "Phường Ba Đình, Hà Nội"
KINDS = list(OfferKind)


def flat_model() -> AdditiveModel:
    """Every pair scores the same: only ties are left."""
    prior = stated_prior().shapes
    return AdditiveModel(
        {name: Shape(sign=s.sign, thresholds=(), values=(0.0,)) for name, s in prior.items()}, name="flat"
    )


def searched(
    people: People,
    offers: Offers,
    *,
    per: Side,
    k: int = 3,
    everything: bool = False,
    model: AdditiveModel | None = None,
) -> Found:
    searcher = Searcher(people, offers, model or stated_prior(), per=per, as_of=TODAY.toordinal())
    return searcher.find(np.arange(len(people if per == "person" else offers)), k=k, everything=everything)


def near(people: People, offers: Offers, p: int, o: int) -> bool:
    """Reach, one pair at a time, as the contract says it."""
    limit = people.max_commute_km[p]
    km = float(distance_km(people.lat[p], people.lon[p], offers.lat[o], offers.lon[o]))
    return offers.housing[o] == 1 or np.isnan(km) or not round(km, 2) > (30 if np.isnan(limit) else limit)


def brute_force(
    people: People, offers: Offers, *, per: Side, k: int, everything: bool, model: AdditiveModel
) -> list[dict[str, Any]]:
    """One answer a subject, judging each pair by itself."""
    answers = []
    n, m = (len(people), len(offers)) if per == "person" else (len(offers), len(people))
    for subject in range(n):
        groups: dict[OfferKind, list[tuple[int, int, str, str]]] = {kind: [] for kind in KINDS}
        excluded, away = [], 0
        for other in range(m):
            p, o = (subject, other) if per == "person" else (other, subject)
            names = people.ids[p], offers.ids[o]
            one = Pairs(
                people=people, offers=offers, person=np.array([p]), offer=np.array([o]), as_of=TODAY.toordinal()
            )
            if not everything and not near(people, offers, p, o):
                away += 1
            elif passes(one)[0]:
                tie = int.from_bytes(blake2b("|".join(names).encode()).digest()[:8], "big")
                groups[KINDS[offers.kind[o]]].append((-int(model.score(matrix(one))[0]), tie, *names))
            else:
                excluded.append(names)
        shown = sorted(row for group in groups.values() for row in sorted(group)[:k])
        total = sum(len(group) for group in groups.values())
        answers.append({"shown": shown, "not_shown": total - len(shown), "excluded": sorted(excluded), "away": away})
    return answers


def told(found: Found) -> list[dict[str, Any]]:
    """The same answers from a search."""
    people, offers = found.shown.people, found.shown.offers

    def names(pairs: Pairs, row: int) -> tuple[str, str]:
        return people.ids[pairs.person[row]], offers.ids[pairs.offer[row]]

    return [
        {
            "shown": [
                (-int(found.score[row]), *names(found.shown, row))
                for row in np.flatnonzero(found.shown_of == subject).tolist()
            ],
            "not_shown": int(found.not_shown[subject]),
            "excluded": sorted(
                names(found.excluded, row) for row in np.flatnonzero(found.excluded_of == subject).tolist()
            ),
            "away": int(found.not_near[subject]),
        }
        for subject in range(len(found.not_near))
    ]


def without_ties(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [a | {"shown": [(row[0], *row[2:]) for row in a["shown"]]} for a in answers]


@pytest.mark.parametrize("per", ["person", "offer"])
@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, k=st.integers(0, 4), everything=st.booleans(), flat=st.booleans())
def test_the_best_k_are_those_of_brute_force(per: Side, seed: int, k: int, everything: bool, flat: bool) -> None:
    """M3, M13: the same shown, in the same order, and the same accounting as judging each pair by itself."""
    people, offers = pools.pools(seed, 4, 25)
    model = flat_model() if flat else stated_prior()
    found = searched(people, offers, per=per, k=k, everything=everything, model=model)
    expected = brute_force(people, offers, per=per, k=k, everything=everything, model=model)
    assert told(found) == without_ties(expected)


@pytest.mark.parametrize("per", ["person", "offer"])
@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_rows_does_not_matter(per: Side, seed: int) -> None:
    """M13: shuffled pools give the same answers, ties included."""
    who, what = pools.people(seed, 5), pools.offers(seed, 30)
    rng = np.random.default_rng(seed)
    mixed = [who[i] for i in rng.permutation(len(who))], [what[i] for i in rng.permutation(len(what))]
    answers = []
    for people, offers in (pools.columns(who, what), pools.columns(*mixed)):
        found = searched(people, offers, per=per, k=2, model=flat_model())
        ids = people.ids if per == "person" else offers.ids
        answers.append(dict(zip(ids, told(found), strict=True)))
    assert answers[0] == answers[1]


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS)
def test_pieces_and_slabs_do_not_show(seed: int) -> None:
    """M13: small pieces find what one large piece finds."""
    people, offers = pools.pools(seed, 9, 40)
    whole = told(searched(people, offers, per="person"))
    searcher = Searcher(people, offers, stated_prior(), per="person", as_of=TODAY.toordinal())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.search._PAIRS_A_PIECE", 50)
        patch.setattr("matching.search._SUBJECTS_A_SLAB", 2)
        small = told(searcher.find(np.arange(9), k=3))
    assert small == whole
    rows = np.array([7, 2])
    assert told(searcher.find(rows, k=3)) == [whole[i] for i in rows]


def test_reach_is_the_persons_own_limit_else_30_km() -> None:
    offers: list[Offer] = [
        opening("near", commune=NEXT),
        opening("far", commune=FAR),
        opening("housed", commune=FAR, housing=True),
        opening("nowhere"),
        loan("money"),
    ]
    who = [
        person("P1", commune=HOME),
        person("P2", commune=HOME, max_commute_km=1),
        person("P3", commune=HOME, max_commute_km=4000),
        person("P4"),
    ]
    found = searched(*pools.columns(who, offers), per="person", k=9)
    assert found.not_near.tolist() == [1, 2, 0, 0]
    assert searched(*pools.columns(who, offers), per="person", k=9, everything=True).not_near.tolist() == [0] * 4
    turned = searched(*pools.columns(who, offers), per="offer", k=9)
    assert turned.not_near.tolist() == [1, 2, 0, 0, 0]


def test_an_empty_side_is_an_answer_too() -> None:
    people, offers = pools.pools(1, 3, 10)
    nobody, nothing = people.take(np.arange(0)), offers.take(np.arange(0))
    assert searched(people, nothing, per="person").not_near.tolist() == [0, 0, 0]
    assert len(searched(nobody, offers, per="person").not_near) == 0
    assert searched(nobody, offers, per="offer").not_near.tolist() == [0] * 10
