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
from matching.pool.people import IntArray, People
from matching.ranking.prior import stated_prior
from matching.rules import passes
from matching.search import Searcher
from matching.search.reach import cells_in
from matching.taxonomy.release import current_taxonomy
from matching.unlocks import MOST_UNLOCKS, unlocks
from matching.unlocks.wording import MOST_OPENS
from tests import pools
from tests.builders import TODAY, Person, bar, held, loan, opening, person, programme


def opened(people: People, offers: Offers, *, everything: bool = True) -> list[tuple[Unlock, ...]]:
    rows = np.arange(len(people))
    asked = Pairs(people=people, offers=offers, person=rows, offer=rows * 0, as_of=TODAY.toordinal())
    near = cells_in(offers).near(people, rows, everything=everything)
    return [listed for listed, _ in unlocks(asked, near, current_taxonomy().licences)]


def opens(who: Person, *offers: object) -> dict[str, tuple[str, ...]]:
    return {u.offer_id: u.opens for u in opened(*pools.columns([who], list(offers)))[0]}  # type: ignore[arg-type]


def within_reach(people: People, offers: Offers, p: int) -> IntArray:
    """The rows that a plain search puts to the rules."""
    searcher = Searcher(people, offers, stated_prior(), per="person", as_of=TODAY.toordinal())
    return np.sort(searcher.find(np.array([p]), k=1).judged.offer)


def brute_force(people: People, offers: Offers, p: int, everything: IntArray) -> dict[str, tuple[str, ...]]:
    """For each programme a person may take: give what it awards, ask every rule about every offer again."""

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
@given(st.integers(0, 10**6), st.booleans())
def test_a_programme_opens_exactly_what_the_rules_allow_after_it_and_not_before(seed: int, everything: bool) -> None:
    """M6: nothing is said that is not so, and nothing that a programme opens is missed, of all or within reach."""
    people, offers = pools.pools(seed, 4, 40)
    found = opened(people, offers, everything=everything)
    for p in range(len(people)):
        rows = np.arange(len(offers)) if everything else within_reach(people, offers, p)
        assert {u.offer_id: u.opens for u in found[p]} == brute_force(people, offers, p, rows)


def test_what_opens_most_comes_first_then_what_is_shorter_then_what_is_cheaper() -> None:
    """M6: the list is cut at a stated number, never quietly."""
    needs = [opening(f"J{i}", licences_required=["forklift"]) for i in range(3)]
    more = opening("J9", licences_required=["driving_B"])
    courses = [
        programme("T1", weeks=8, fee_vnd=2_000_000, licences_awarded=["forklift"]),
        programme("T2", weeks=8, fee_vnd=2_000_000, support=["tuition"], licences_awarded=["forklift"]),
        programme("T3", weeks=4, licences_awarded=["forklift"]),
        programme("T4", weeks=1, licences_awarded=["driving_B"]),
        programme("T0", licences_awarded=["forklift"]),
    ]
    found = opened(*pools.columns([person()], [*needs, more, *courses]))[0]
    assert [u.offer_id for u in found] == ["T3", "T2", "T1", "T0", "T4"]
    assert [(u.weeks, u.cost_vnd) for u in found] == [(4, None), (8, 0), (8, 2_000_000), (None, None), (1, None)]
    assert found[1].steps[0].support == ("tuition",)


def test_a_long_list_is_cut_and_says_by_how_many() -> None:
    jobs = [opening(f"J{i:03d}", licences_required=["forklift"]) for i in range(MOST_OPENS + 7)]
    courses = [programme(f"T{i:03d}", licences_awarded=["forklift"]) for i in range(MOST_UNLOCKS + 4)]
    people, offers = pools.columns([person()], [*jobs, *courses])
    asked = Pairs(people=people, offers=offers, person=np.array([0]), offer=np.array([0]), as_of=TODAY.toordinal())
    ((listed, more),) = unlocks(asked, cells_in(offers).near(people, asked.person), current_taxonomy().licences)
    assert (len(listed), more) == (MOST_UNLOCKS, 4)
    assert all((len(u.opens), u.more, u.count) == (MOST_OPENS, 7, MOST_OPENS + 7) for u in listed)
    assert "107 việc" in listed[0].text_vi


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
