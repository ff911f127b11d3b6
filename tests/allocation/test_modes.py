"""Stable seats, people with few options first, shares, and crowds: each against what it promises (M12)."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.allocation import Edges, Shares, assign, congestion, hardest_first, stable, top_of, within_shares
from matching.pool.people import BoolArray
from matching.ranking.additive import MICRO
from tests.allocation.drawn import EMPLOYERS, choices, edges, keeps_limits, shuffled, value

MODES: tuple[Callable[[Edges], BoolArray], ...] = (assign, stable, partial(hardest_first, largest_loss=0.1))


def _rank(problem: Edges, edge: int) -> tuple[int, int, int]:
    """What both sides rank a pair by: smaller is better."""
    return -int(problem.score[edge]), int(problem.person[edge]), int(problem.offer[edge])


def _blocks(problem: Edges, chosen: BoolArray, edge: int) -> bool:
    """Whether person and offer would both rather have each other than (one of) what they have."""
    own = [row for row in np.flatnonzero(chosen).tolist() if problem.person[row] == problem.person[edge]]
    there = [row for row in np.flatnonzero(chosen).tolist() if problem.offer[row] == problem.offer[edge]]
    person_would = all(_rank(problem, edge) < _rank(problem, row) for row in own)
    has_room = len(there) < problem.seats[problem.offer[edge]]
    return person_would and (has_room or any(_rank(problem, edge) < _rank(problem, row) for row in there))


@settings(max_examples=150, deadline=None)
@given(problem=edges())
def test_no_pair_would_rather_have_each_other(problem: Edges) -> None:
    """M12, stable: no blocking pair."""
    chosen = stable(problem)
    assert keeps_limits(problem, chosen)
    others = np.flatnonzero(~chosen & (problem.seats[problem.offer] > 0)).tolist()
    assert [edge for edge in others if _blocks(problem, chosen, edge)] == []


def deferred_acceptance(problem: Edges) -> set[tuple[int, int]]:
    """By the book: who is free asks the best offer that has not refused them; an offer keeps the best it has."""
    wanted = {
        person: sorted(np.flatnonzero(problem.person == person).tolist(), key=partial(_rank, problem))
        for person in np.unique(problem.person).tolist()
    }
    held: dict[int, list[int]] = {offer: [] for offer in range(len(problem.seats))}
    free = list(wanted)
    while free:
        person = free.pop()
        if wanted[person]:
            edge = wanted[person].pop(0)
            offer = int(problem.offer[edge])
            held[offer] = sorted([*held[offer], edge], key=partial(_rank, problem))
            refused = held[offer][problem.seats[offer] :]
            held[offer] = held[offer][: problem.seats[offer]]
            free += [int(problem.person[row]) for row in refused]
    return {(int(problem.person[row]), offer) for offer, rows in held.items() for row in rows}


@settings(max_examples=100, deadline=None)
@given(problem=edges(), seed=st.integers(0, 99))
def test_stable_seats_are_those_of_deferred_acceptance(problem: Edges, seed: int) -> None:
    """The textbook's proposals and refusals end where one pass over the pairs ends, in any order of pairs."""
    chosen = stable(problem)
    pairs = set(zip(problem.person[chosen].tolist(), problem.offer[chosen].tolist(), strict=True))
    assert pairs == deferred_acceptance(problem)
    other, order = shuffled(problem, seed)
    assert (stable(other) == chosen[order]).all()


@settings(max_examples=60, deadline=None)
@given(problem=edges(capped=True))
def test_stable_seats_keep_the_caps_of_employers(problem: Edges) -> None:
    """M12: and no pair is left out that would do."""
    chosen = stable(problem)
    assert keeps_limits(problem, chosen)
    for edge in np.flatnonzero(~chosen).tolist():
        more = chosen.copy()
        more[edge] = True
        assert not keeps_limits(problem, more)


@settings(max_examples=100, deadline=None)
@given(problem=edges(), largest=st.sampled_from((0.0, 0.02, 0.3, 5.0)))
def test_people_with_few_options_come_first_within_the_loss(problem: Edges, largest: float) -> None:
    """As many are placed as possible; the loss is bounded; nobody is worse off for a larger bound but in score."""
    best, chosen = assign(problem), hardest_first(problem, largest_loss=largest)
    assert keeps_limits(problem, chosen)
    (count, total), (same, less) = value(problem, best), value(problem, chosen)
    assert count == same
    assert total - less <= largest * abs(total)
    assert _served(problem, chosen) >= _served(problem, best)


def _served(problem: Edges, chosen: BoolArray) -> int:
    """What being placed counts in sum, more for people with few options."""
    return int((MICRO // problem.options()[problem.person[chosen]]).sum())


@settings(max_examples=60, deadline=None)
@given(problem=edges())
def test_without_a_bound_nobody_with_fewer_options_could_have_been_placed_instead(problem: Edges) -> None:
    chosen = hardest_first(problem, largest_loss=float("inf"))
    most = int(chosen.sum())
    served = _served(problem, chosen)
    assert served == max(_served(problem, choice) for choice in choices(problem) if choice.sum() == most)


def test_the_hardest_to_place_is_placed_where_the_loss_allows() -> None:
    """Person 0 has one option, the two others have two and score more at it."""
    crowded = Edges(
        person=np.array([0, 1, 1, 2, 2]),
        offer=np.array([0, 0, 1, 0, 1]),
        score=np.array([40, 50, 50, 50, 50]) * (MICRO // 10),
        seats=np.array([1, 1]),
    )
    assert not assign(crowded)[0]
    assert not hardest_first(crowded, largest_loss=0.05)[0]
    assert hardest_first(crowded, largest_loss=0.15)[0]


@settings(max_examples=100, deadline=None)
@given(problem=edges(), mode=st.sampled_from(MODES), share=st.sampled_from((0.2, 0.34, 0.5, 1.0)))
def test_nobody_has_more_than_its_share(problem: Edges, mode: Callable[[Edges], BoolArray], share: float) -> None:
    """Caps an opening and an employer: shares of what was given out, one always allowed."""
    chosen = within_shares(problem, Shares(opening=share, employer=share), mode)
    assert keeps_limits(problem, chosen)
    assert _largest(problem, chosen) <= max(1, share * int(chosen.sum()) + 1e-9)


@settings(max_examples=60, deadline=None)
@given(problem=edges(), share=st.sampled_from((0.2, 0.34, 0.5)))
def test_no_other_choice_within_the_shares_places_more(problem: Edges, share: float) -> None:
    chosen = within_shares(problem, Shares(opening=share, employer=share), assign)
    within = [c for c in choices(problem) if _largest(problem, c) <= max(1, share * int(c.sum()) + 1e-9)]
    assert value(problem, chosen) == max(value(problem, choice) for choice in within)


def _largest(problem: Edges, chosen: BoolArray) -> int:
    """People at the offer, or the employer, that has most."""
    assert problem.employer is not None
    taken = problem.taken(chosen)
    of_employer = [int(taken[problem.employer == number].sum()) for number in range(EMPLOYERS)]
    return max([*taken.tolist(), *of_employer])


def test_crowds_are_counted_over_offers_that_somebody_would_do_for() -> None:
    """Two people are shown the same best; offer 2 has no seats and offer 3 fits nobody."""
    problem = Edges(
        person=np.array([0, 0, 1, 1, 1]),
        offer=np.array([0, 1, 0, 1, 2]),
        score=np.array([3, 2, 3, 4, 9]) * MICRO,
        seats=np.array([2, 1, 0, 5]),
    )
    shown = top_of(problem, 1)
    assert shown.tolist() == [True, False, False, False, True]
    alone, shared = (
        congestion(problem, np.array([True, False, True, False, False])),
        congestion(problem, assign(problem)),
    )
    assert (alone.most, alone.most_a_seat, alone.gini, alone.without) == (2, 1.0, 0.5, 1)
    assert (shared.most, shared.gini, shared.without) == (1, 0.0, 0)
    nobody = congestion(problem, np.zeros(5, dtype=bool))
    assert (nobody.most, nobody.gini, nobody.without) == (0, 0.0, 2)


def test_equal_scores_are_shown_in_the_order_of_offers() -> None:
    problem = Edges(
        person=np.array([0, 0, 0]), offer=np.array([2, 0, 1]), score=np.array([1, 1, 1]), seats=np.array([1, 1, 1])
    )
    assert top_of(problem, 2).tolist() == [False, True, True]
    assert top_of(problem, 0).sum() == 0
    assert pytest.approx(congestion(problem, top_of(problem, 2)).gini) == 1 / 3
