"""The main query, end to end over small pools."""

import pickle
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.batch import recommend_many
from matching.domain.match import Exclusion, Match, Recommendation
from matching.domain.offer import Offer
from matching.domain.vocabulary import OfferKind
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import stated_prior
from matching.recommender import Recommender, WhyNot
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY, Person, bar, held, loan, opening, person, programme, released

SEEDS = st.integers(0, 10**6)
HOME = "Xã Phan Rí Cửa"


def recommender() -> Recommender:
    return Recommender(current_taxonomy())


def asked(who: Person, *what: Offer, as_of: date = TODAY, why_not: WhyNot = "all", k: int = 10) -> Recommendation:
    people, offers = pools.columns([who], what, as_of=as_of)
    return recommender().recommend(people, offers, as_of=as_of, why_not=why_not, k=k)[0]


def shown(who: Person, *what: Offer, as_of: date = TODAY) -> list[str]:
    return [m.offer_id for m in asked(who, *what, as_of=as_of).matches]


def size(answer: Recommendation) -> int:
    return len(answer.matches) + answer.not_shown + answer.excluded_count + answer.not_near + answer.not_judged


@pytest.mark.parametrize("why_not", ["none", "near", "all"])
@pytest.mark.parametrize("per", ["person", "offer"])
@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, k=st.integers(0, 4))
def test_the_whole_pool_is_accounted_for(per: str, why_not: WhyNot, seed: int, k: int) -> None:
    """M3: shown + not shown + excluded + not near + not judged, for every query."""
    people, offers = pools.pools(seed, 5, 30)
    answers = recommender().recommend(people, offers, as_of=TODAY, k=k, per=per, why_not=why_not)  # type: ignore[arg-type]
    assert [a.subject_id for a in answers] == list(people.ids if per == "person" else offers.ids)
    for answer in answers:
        assert size(answer) == (30 if per == "person" else 5)
        assert len(answer.excluded) == (0 if why_not == "none" else answer.excluded_count)
        assert all(e.verdicts for e in answer.excluded)
        assert [m.rank for m in answer.matches] == list(range(1, len(answer.matches) + 1))
        scores = [m.score for m in answer.matches]
        assert scores == sorted(scores, reverse=True)
        assert all(sum(m.kind is kind for m in answer.matches) <= k for kind in OfferKind)
        assert answer.not_judged == 0 and (why_not != "all" or answer.not_near == 0)


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, k=st.integers(0, 4))
def test_judging_only_what_could_be_shown_changes_no_answer(seed: int, k: int) -> None:
    """M3, M6: the same matches, unlocks and questions as when everything within reach is judged; the rest is counted.

    A pool of many offers takes the search that stops early.
    """
    people, offers = pools.pools(seed, 3, 150)
    whole = recommender().recommend(people, offers, as_of=TODAY, k=k)
    with pytest.MonkeyPatch.context() as few:
        few.setattr("matching.recommender._FEW_OFFERS", 0)
        quick = recommender().recommend(people, offers, as_of=TODAY, k=k)
    for one, other in zip(whole, quick, strict=True):
        assert size(one) == size(other) == 150
        assert one.not_judged == 0 and other.not_near == one.not_near
        counts = {"not_shown": 0, "excluded_count": 0, "not_judged": 0}
        assert replace(one, **counts) == replace(other, **counts)


def test_an_answer_may_be_asked_for_without_unlocks() -> None:
    people, offers = pools.pools(4, 5, 40)
    full = recommender().recommend(people, offers, as_of=TODAY)
    bare = recommender().recommend(people, offers, as_of=TODAY, with_unlocks=False)
    assert any(a.unlocks for a in full)
    assert bare == tuple(replace(a, unlocks=(), unlocks_not_listed=0) for a in full)


def test_ways_and_almost_come_when_they_are_asked_for() -> None:
    """M6: what is open today, what two steps would add, and what one fix would open, best first."""
    people, offers = pools.pools(4, 5, 60)
    plain, full = (
        recommender().recommend(people, offers, as_of=TODAY, why_not="all", k=99, also=also)
        for also in ((), ("ways", "almost"))
    )
    assert [replace(a, ways=None, almost=None) for a in full] == list(plain)
    for answer in full:
        assert answer.ways is not None and answer.almost is not None
        assert sum(answer.ways.open_today.values()) == len(answer.matches) + answer.not_shown
        scores = [one.score for one in answer.almost.almost]
        assert scores == sorted(scores, reverse=True)
        barred = {e.offer_id: [v.fix for v in e.verdicts] for e in answer.excluded}
        assert all(one.fix in barred[one.offer_id] for one in answer.almost.almost)
    assert any(a.ways and a.ways.paths for a in full) and any(a.almost and a.almost.almost for a in full)


def test_an_empty_pool_is_answered() -> None:
    people, offers = pools.columns([person()], [])
    (answer,) = recommender().recommend(people, offers, as_of=TODAY)
    assert size(answer) == 0 and answer.unlocks == answer.missing == ()


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_a_pair_has_one_score_whoever_asks(seed: int) -> None:
    """M5: per person, per offer and asked for alone, for an officer and for an employer."""
    people, offers = pools.pools(seed, 4, 20)
    asking = recommender()

    def scores(answers: tuple[Recommendation, ...]) -> dict[tuple[str, str], float]:
        return {(m.person_id, m.offer_id): m.score for a in answers for m in a.matches}

    by_person = scores(asking.recommend(people, offers, as_of=TODAY, k=99))
    by_offer = scores(asking.recommend(people, offers, as_of=TODAY, k=99, per="offer"))
    employers = asking.recommend(people, offers, as_of=TODAY, k=99, per="offer", audience="employer")
    assert by_person == by_offer == scores(employers)
    assert all(m.blockers == () for a in employers for m in a.matches)
    for (person_id, offer_id), score in list(by_person.items())[:10]:
        rows = {"person": people.ids.index(person_id), "offer": offers.ids.index(offer_id)}
        alone = asking.pair(people, offers, **rows, as_of=TODAY)
        assert isinstance(alone, Match) and alone.score == score
        assert sum(r.contribution for r in alone.reasons) == pytest.approx(score, abs=1e-9)


def test_a_pair_that_does_not_fit_is_answered_with_every_failing_rule() -> None:
    people, offers = pools.columns([person()], [opening(licences_required=["forklift"], headcount=0)])
    found = recommender().pair(people, offers, person=0, offer=0, as_of=TODAY)
    assert isinstance(found, Exclusion)
    assert [v.rule for v in found.verdicts] == ["seats_left", "licence_held"]


def test_an_employer_is_never_told_why_somebody_does_not_fit() -> None:
    """P2, P3."""
    people, offers = pools.pools(1, 2, 3)
    with pytest.raises(ValueError, match="employer"):
        recommender().recommend(people, offers, as_of=TODAY, per="offer", why_not="near", audience="employer")


def test_10_000_swaps_of_category_change_nothing_but_loans() -> None:
    """M2: openings and programmes, their scores, reasons and verdicts stay byte for byte the same."""
    swaps, n = 0, 20
    what = [offer for offer in pools.offers(3, 60) if offer.kind is not OfferKind.LOAN]
    who = pools.people(3, n)
    before = None
    for seed in range(10_000 // (n * len(what)) + 1):
        people, offers = pools.columns([pools.swapped(p, seed * n + i) for i, p in enumerate(who)], what)
        answers = pickle.dumps(recommender().recommend(people, offers, as_of=TODAY, why_not="near"))
        assert before is None or answers == before
        before, swaps = answers, swaps + n * len(what)
    assert swaps >= 10_000


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_rows_changes_no_answer(seed: int) -> None:
    """M13: byte for byte."""
    who, what = pools.people(seed, 5), pools.offers(seed, 30)
    straight = recommender().recommend(*pools.columns(who, what), as_of=TODAY, why_not="near")
    turned = recommender().recommend(*pools.columns(who[::-1], what[::-1]), as_of=TODAY, why_not="near")
    assert [repr(a) for a in straight] == [repr(a) for a in turned[::-1]]


def test_any_number_of_workers_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """M13."""
    monkeypatch.setattr("matching.batch.PEOPLE_A_BLOCK", 7)
    people, offers = pools.pools(11, 30, 60)
    alone = recommender().recommend(people, offers, as_of=TODAY, k=3)
    for workers in (1, 2):
        many = recommend_many(recommender(), people, offers, as_of=TODAY, told=repr, k=3, workers=workers)
        assert list(many) == [repr(a) for a in alone]


def test_without_a_trained_model_the_stated_prior_serves_and_says_so() -> None:
    """M14."""
    assert asked(person(), opening()).model == "baseline"
    trained = AdditiveModel(stated_prior().shapes, name="2027-01-a")
    people, offers = pools.columns([person()], [opening()])
    assert Recommender(current_taxonomy(), trained).recommend(people, offers, as_of=TODAY)[0].model == "2027-01-a"


def test_a_bar_hides_the_work_at_any_k_until_its_day() -> None:
    """M7: S009 and J021."""
    driver = person(
        commune=HOME,
        experience=[("8332", 9)],
        licences=[held("driving_C")],
        court_bars=[bar("8332", until=TODAY + timedelta(days=1))],
    )
    lorry = opening("J021", commune=HOME, occupation="8332", licences_required=["driving_C"])
    assert shown(driver, lorry) == []
    assert shown(driver, lorry, as_of=TODAY + timedelta(days=1)) == ["J021"]


@pytest.mark.parametrize(
    ("who", "offer"),
    [
        (person(birth_year=2010), opening(occupation="7212")),
        (person(birth_year=2010), opening(physical=["heavy_lifting"])),
        (person(constraints=["no_overnight_away"]), opening(nights_away_per_trip=14)),
        (person(licences=[held("driving_C", "expired")]), opening(licences_required=["driving_C"])),
        (person(), opening(closes_on=TODAY - timedelta(days=1))),
        (person(), opening(opens_on=TODAY + timedelta(days=1))),
        (person(), opening(headcount=0)),
        (person(), programme(capacity=0)),
    ],
)
def test_what_may_not_be_proposed_is_never_shown(who: Person, offer: Offer) -> None:
    """M7: however few offers there are."""
    assert shown(who, offer) == []


def test_a_refused_trade_is_not_proposed_its_neighbours_come_last_and_wishes_first() -> None:
    """M8: S001 did eight years at sea and wants work on shore."""
    fisher = person(commune=HOME, experience=[("6223", 8)], refused=["6223"], wish=["7533"], needs=["job"])
    offers = [
        opening("boat", commune=HOME, occupation="6223"),
        opening("river", commune=HOME, occupation="6222"),
        opening("drying", commune=HOME, occupation="7511"),
        opening("nets", commune=HOME, occupation="7533"),
    ]
    assert shown(fisher, *offers) == ["nets", "drying", "river"]


def test_what_is_asked_for_ranks_above_what_is_not() -> None:
    offers: list[Offer] = [opening("J1", commune=HOME), programme("T1", commune=HOME), loan("L1")]
    assert shown(person(commune=HOME, needs=["job"]), *offers)[0] == "J1"
    assert shown(person(commune=HOME, needs=["training"]), *offers)[0] == "T1"
    assert shown(person(commune=HOME, needs=["loan"]), *offers)[0] == "L1"
    assert shown(person(commune=HOME, needs=["none"]), *offers) == []


def test_a_loan_follows_the_category_and_says_so() -> None:
    """M2, M9: only loans follow what is restricted."""
    for_listed = loan("L001", eligible_categories=["completed"], max_months_since_completion=60)
    listed = person(needs=["loan"], restricted=released("completed", TODAY - timedelta(days=400)))
    other = person(needs=["loan"], restricted=released("community"))
    assert shown(listed, for_listed) == ["L001"]
    assert shown(other, for_listed) == []


def test_rows_ask_for_some_answers_of_the_whole_pool() -> None:
    """M5: an employer's own opening is compared with all wages, not with itself."""
    people, offers = pools.pools(5, 6, 30)
    everything = recommender().recommend(people, offers, as_of=TODAY, per="offer")
    some = recommender().recommend(people, offers, as_of=TODAY, per="offer", rows=np.array([17, 3]))
    assert some == (everything[17], everything[3])


def test_unlocks_and_questions_come_with_a_persons_answer() -> None:
    """M6: the course that opens the barred work stands beside it."""
    who = person(commune=HOME, needs=["job"])
    lorry = opening("J021", commune=HOME, licences_required=["driving_C"])
    found = asked(who, lorry, programme("T013", commune=HOME, licences_awarded=["driving_C"]))
    assert [(u.offer_id, u.opens) for u in found.unlocks] == [("T013", ("J021",))]
    assert [m.field for m in found.missing] == ["transport", "licences"]


def test_a_negative_k_is_refused() -> None:
    people, offers = pools.pools(1, 1, 1)
    with pytest.raises(ValueError, match="k"):
        recommender().recommend(people, offers, as_of=TODAY, k=-1)


def test_the_pools_are_left_as_they_were() -> None:
    people, offers = pools.pools(2, 3, 10)
    before = _bytes(people, offers)
    recommender().recommend(people, offers, as_of=TODAY, why_not="all")
    assert _bytes(people, offers) == before


def _bytes(people: People, offers: Offers) -> bytes:
    return pickle.dumps((people, offers))
