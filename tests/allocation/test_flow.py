"""The exact allocation and the even spread of options, against every choice there is (M12)."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.allocation import Edges, assign, spread
from matching.errors import DataError, MatchingError
from matching.pool.people import BoolArray
from tests.allocation.drawn import choices, edges, keeps_limits, keeps_seats, shuffled, value


@settings(max_examples=150, deadline=None)
@given(problem=edges(capped=True))
def test_the_choice_is_the_best_of_all_choices(problem: Edges) -> None:
    """M12: exact within seats and the caps of employers."""
    chosen = assign(problem)
    assert keeps_limits(problem, chosen)
    assert value(problem, chosen) == max(value(problem, choice) for choice in choices(problem))


@settings(max_examples=60, deadline=None)
@given(problem=edges(), seed=st.integers(0, 99))
def test_the_order_of_pairs_does_not_matter(problem: Edges, seed: int) -> None:
    """M13: not even among equal optima."""
    other, order = shuffled(problem, seed)
    assert (assign(other) == assign(problem)[order]).all()


def _given(problem: Edges, have: list[int], chosen: BoolArray) -> tuple[list[int], int]:
    """What people have, fewest first, and the score: larger is better."""
    counts = np.array(have) + np.bincount(problem.person[chosen], minlength=len(have))
    return sorted(counts.tolist()), int(problem.score[chosen].sum())


@settings(max_examples=100, deadline=None)
@given(problem=edges(capped=True, most_edges=9), have=st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_options_are_spread_as_evenly_as_any_choice_can(problem: Edges, have: list[int]) -> None:
    """Floors: the person with fewest options has as many as possible, then the next, then the score counts."""
    chosen = spread(problem, have=np.array(have), floor=3)
    possible = [
        _given(problem, have, choice)
        for choice in (np.array(bits, dtype=bool) for bits in product((0, 1), repeat=len(problem)))
        if keeps_seats(problem, choice)
        and (np.bincount(problem.person[choice], minlength=5) <= np.maximum(3 - np.array(have), 0)).all()
    ]
    assert keeps_seats(problem, chosen)
    assert _given(problem, have, chosen) == max(possible)


def test_a_problem_too_large_for_whole_numbers_is_refused_not_rounded() -> None:
    problem = Edges(person=np.array([0, 1]), offer=np.array([0, 0]), score=np.array([0, 2**61]), seats=np.array([1]))
    with pytest.raises(MatchingError, match="fewer people"):
        assign(problem)


def test_columns_that_do_not_belong_together_are_refused() -> None:
    row = np.array([0])
    with pytest.raises(DataError, match="same pairs"):
        Edges(person=row, offer=row, score=np.array([1, 2]), seats=row)
    with pytest.raises(DataError, match="whole millionths"):
        Edges(person=row, offer=row, score=np.array([0.5]), seats=row)
    with pytest.raises(DataError, match=r"\[0, 1\)"):
        Edges(person=row, offer=row + 1, score=row, seats=row)
