"""What opens most for a commune: a coverage function, chosen greedily."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.pool.pairs import Pairs
from matching.search.reach import cells_in
from matching.taxonomy.release import current_taxonomy
from matching.unlocks import unlocks
from matching.unlocks.commune import GUARANTEE, Counting, Coverage, best_together, covers, licences_of, programmes_of
from tests import pools
from tests.builders import TODAY, opening, person, programme
from tests.test_unlock_paths import Reference

KEYS = tuple("abcdef")
LICENCES = current_taxonomy().licences

coverages = st.dictionaries(
    st.frozensets(st.sampled_from(KEYS), min_size=1, max_size=4),
    st.dictionaries(st.integers(0, 5), st.integers(1, 9), min_size=1, max_size=4),
    max_size=9,
)
countings = st.sampled_from(("pairs", "people"))


@given(coverages, countings, st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)), st.sampled_from(KEYS))
def test_what_programmes_open_together_is_monotone_and_submodular(
    covered: Coverage, counting: Counting, some: set[str], more: set[str], one: str
) -> None:
    """A programme never takes away, and adds no more to many than to few of them."""

    def size(keys: set[str]) -> int:
        return covers(covered, keys, counting=counting)

    assert size(some) <= size(some | more)
    assert size(some | {one}) - size(some) >= size(some | more | {one}) - size(some | more)


@given(coverages, countings, st.integers(1, 4))
def test_the_greedy_choice_keeps_its_guarantee(covered: Coverage, counting: Counting, most: int) -> None:
    """At least 1 - 1/e of the best choice of as many, found by trying all."""
    chosen = best_together(covered, most, counting=counting)
    best = max(covers(covered, keys, counting=counting) for keys in combinations(KEYS, most))
    reached = covers(covered, [one.key for one in chosen], counting=counting)
    assert best >= reached >= GUARANTEE * best
    if counting == "pairs":
        assert sum(one.pairs for one in chosen) == reached
    assert all(one.pairs >= one.people > 0 for one in chosen)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_counted_is_what_each_person_is_told(seed: int) -> None:
    """M6: every pair that any programme, or any licence, opens counts, and no other."""
    people, offers = pools.pools(seed, 5, 40)
    rows = np.arange(len(people))
    asked = Pairs(people=people, offers=offers, person=rows, offer=rows * 0, as_of=TODAY.toordinal())
    near = cells_in(offers).near(people, rows, everything=True)
    by_course, by_licence = programmes_of(asked, near, LICENCES), licences_of(asked, near, LICENCES)
    told = [listed for listed, _ in unlocks(asked, near, LICENCES)]
    for course in {u.offer_id for its in told for u in its}:
        pairs = sum(u.count for its in told for u in its if u.offer_id == course)
        assert covers(by_course, [course]) == pairs
        assert covers(by_course, [course], counting="people") == sum(course in {u.offer_id for u in i} for i in told)
    every = {(p, opened) for p, its in enumerate(told) for u in its for opened in u.opens}
    assert covers(by_course, {key for keys in by_course for key in keys}) == len(every)
    references = [Reference(people.take(np.array([p])), offers) for p in rows]
    for code in {key for keys in by_licence for key in keys}:
        assert covers(by_licence, [code]) == sum(
            len(one.opened(("licence", code))) for one in references if ("licence", code) in one.moves
        )


def test_a_second_course_for_the_same_licence_adds_nothing() -> None:
    jobs = [opening("J1", licences_required=["forklift"]), opening("J2", licences_required=["driving_B"])]
    courses = [programme(name, licences_awarded=["forklift"]) for name in ("T1", "T2")]
    courses.append(programme("T3", licences_awarded=["driving_B"]))
    people, offers = pools.columns([person("P1"), person("P2")], [*jobs, *courses])
    rows = np.arange(2)
    asked = Pairs(people=people, offers=offers, person=rows, offer=rows * 0, as_of=TODAY.toordinal())
    near = cells_in(offers).near(people, rows)
    chosen = best_together(programmes_of(asked, near, LICENCES))
    assert [(one.key, one.pairs, one.people) for one in chosen] == [("T1", 2, 2), ("T3", 2, 2)]
    chosen = best_together(licences_of(asked, near, LICENCES))
    assert [one.key for one in chosen] == ["driving_B", "forklift"]
