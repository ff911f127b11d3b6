"""What a programme opens: counterfactual by the same rules, and nothing else."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.bits import members_of
from matching.domain.match import Unlock
from matching.domain.offer import Programme
from matching.domain.vocabulary import LicenceCode, OfferKind
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import People
from matching.ranking.prior import stated_prior
from matching.rules import passes
from matching.search import Searcher
from matching.taxonomy.release import current_taxonomy
from matching.unlocks import unlocks
from tests import pools
from tests.builders import TODAY, Person, bar, held, loan, opening, person, programme


def opened(people: People, offers: Offers) -> list[tuple[Unlock, ...]]:
    searcher = Searcher(people, offers, stated_prior(), per="person", as_of=TODAY.toordinal())
    found = searcher.find(np.arange(len(people)), k=3, everything=True)
    return unlocks(found, len(people), current_taxonomy().licences)


def opens(who: Person, *offers: object) -> dict[str, tuple[str, ...]]:
    return {u.offer_id: u.opens for u in opened(*pools.columns([who], list(offers)))[0]}  # type: ignore[arg-type]


def brute_force(people: People, offers: Offers, p: int) -> dict[str, tuple[str, ...]]:
    """For each programme a person may take: give what it awards, ask every rule about every offer again."""
    everything = np.arange(len(offers))

    def allowed(who: People) -> set[int]:
        pairs = Pairs(
            people=who, offers=offers, person=np.zeros_like(everything), offer=everything, as_of=TODAY.toordinal()
        )
        return set(everything[passes(pairs)].tolist())

    now = people.take(np.array([p]))
    before, found = allowed(now), {}
    for row in before:
        record = offers.records[row]
        if isinstance(record, Programme):
            covered = 0
            for code in members_of(int(offers.licences_awarded[row]), LicenceCode):
                covered |= current_taxonomy().licences.covers[code]
            weeks = np.nan if record.weeks is None else record.weeks
            then = replace(now, licences=now.licences | covered)
            if not now.enrolled[0]:
                months = np.ceil(np.array([weeks]) / (52 / 12)).astype(np.float32)
                then = replace(then, enrolled=np.array([True]), training_months=months)
            new = tuple(sorted(offers.ids[i] for i in allowed(then) - before))
            if new:
                found[record.offer_id] = new
    return found


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_a_programme_opens_exactly_what_the_rules_allow_after_it_and_not_before(seed: int) -> None:
    """M6: nothing is said that is not so, and nothing that a programme opens is missed."""
    people, offers = pools.pools(seed, 4, 40)
    found = opened(people, offers)
    for p in range(len(people)):
        assert {u.offer_id: u.opens for u in found[p]} == brute_force(people, offers, p)


def test_a_course_opens_the_work_that_needs_its_licence() -> None:
    """M6: S022, the lorry licence has expired."""
    driver = person(needs=["job"], birth_year=1985, licences=[held("driving_C", "expired")])
    lorry = opening("J021", occupation="8332", licences_required=["driving_C"])
    course = programme("T013", title="Lái xe hạng C", weeks=20, licences_awarded=["driving_C"])
    assert opens(driver, lorry, course) == {"T013": ("J021",)}
    assert opens(person(licences=[held("driving_C")]), lorry, course) == {}


def test_half_of_what_is_required_opens_nothing() -> None:
    both = opening("J1", licences_required=["driving_B", "forklift"])
    course = programme("T1", licences_awarded=["driving_B"])
    assert opens(person(), both, course) == {}
    assert opens(person(licences=[held("forklift")]), both, course) == {"T1": ("J1",)}


def test_a_higher_class_opens_what_it_covers() -> None:
    assert opens(
        person(), opening("J1", licences_required=["driving_B"]), programme("T1", licences_awarded=["driving_C"])
    ) == {"T1": ("J1",)}


def test_a_course_that_the_person_may_not_take_opens_nothing() -> None:
    """M6, M7: T009 is closed while a court bars driving."""
    barred = person(court_bars=[bar("8322", "8332", until=TODAY.replace(year=2027))])
    course = programme("T009", occupation="8322", licences_awarded=["driving_B"])
    assert opens(barred, opening("J1", occupation="5141", licences_required=["driving_B"]), course) == {}


def test_enrolment_opens_a_loan_for_learners() -> None:
    """M9: L002, for those enrolled only."""
    learners = loan("L002", must_be_enrolled=True)
    found = opened(*pools.columns([person(needs=["training"])], [learners, programme("T1", title="May", weeks=8)]))
    assert [(u.offer_id, u.opens) for u in found[0]] == [("T1", ("L002",))]
    assert found[0][0].text_vi == "Học lớp “May” (8 tuần): mở thêm 1 nguồn vốn."
    assert found[0][0].text_en == "Taking “May” (8 weeks) opens 1 loan."


def test_skills_open_nothing_because_no_rule_asks_for_them() -> None:
    asks = opening("J1", skills=["weld_stick"], trains_on_job=False)
    assert opens(person(), asks, programme("T1", skills_taught=["weld_stick"])) == {}


def test_kinds_of_the_pool_are_the_three_of_the_contract() -> None:
    assert [kind.value for kind in OfferKind] == ["opening", "programme", "loan"]
