"""The steps of a referral: a closed table, and what holds on every way through it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from matching.domain.offer import Loan, Opening, Programme
from matching.domain.referral import (
    BY_ITSELF,
    ENDS,
    HOLDS_SEAT,
    NOT_SENT,
    PATH,
    STEPS,
    ReferralStatus,
    next_by_hand,
    seats_left,
    with_seats_left,
)

S = ReferralStatus


@st.composite
def ways(draw: st.DrawFn) -> list[ReferralStatus]:
    """Some way from the proposal on."""
    way = [S.PROPOSED]
    while STEPS[way[-1]] and len(way) < 25:
        way.append(draw(st.sampled_from(sorted(STEPS[way[-1]]))))
    return way


def test_the_table_names_every_status_and_every_status_can_be_reached() -> None:
    assert set(STEPS) == set(S)
    reached, todo = set[ReferralStatus](), {S.PROPOSED}
    while todo:
        reached |= todo
        todo = {after for before in todo for after in STEPS[before]} - reached
    assert reached == set(S)


def test_the_hoped_for_way_is_a_way() -> None:
    assert all(after in STEPS[before] for before, after in pairwise(PATH))


def test_every_status_is_an_end_or_not_sent_or_holds_a_seat() -> None:
    assert [len({status} & ENDS) + len({status} & NOT_SENT) + len({status} & HOLDS_SEAT) for status in S] == [1] * 15


@given(ways())
def test_nobody_is_known_before_the_person_and_then_the_officer_said_yes(way: list[ReferralStatus]) -> None:
    """P4: what lies between the person's yes and the officer's is rest at most."""
    held = [at for at, status in enumerate(way) if status in HOLDS_SEAT]
    if held:
        assert way[held[0]] is S.SENT
        assert way[held[0] - 1] is S.AGREED


@given(ways())
def test_what_ended_has_ended_and_a_seat_that_was_given_back_is_not_taken_again(way: list[ReferralStatus]) -> None:
    """P4, M12."""
    assert not any(status in ENDS for status in way[:-1])
    holding = [status in HOLDS_SEAT for status in way]
    assert sum(after and not before for before, after in pairwise(holding)) <= 1


def test_a_person_may_withdraw_wherever_it_stands() -> None:
    """P4."""
    assert [status for status in S if S.WITHDRAWN not in STEPS[status]] == [
        S.DECLINED,
        S.WITHDRAWN,
        S.OBSOLETE,
        S.EXPIRED,
    ]


def test_the_steps_of_the_service_are_no_steps_of_an_officer() -> None:
    assert not any(set(next_by_hand(status)) & BY_ITSELF for status in S)


def test_seats_that_nobody_holds_are_left() -> None:
    """M12: an offer that does not say how many seats it has is taken to have one; a loan has none."""
    opening = Opening(offer_id="J", title="x", headcount=3)
    assert [seats_left(opening, taken=taken) for taken in (0, 2, 3, 4)] == [3, 1, 0, 0]
    assert seats_left(Opening(offer_id="J", title="x"), taken=1) == 0
    assert with_seats_left(Programme(offer_id="T", title="x", capacity=9), taken=2) == Programme(
        offer_id="T", title="x", capacity=7
    )
    loan = Loan(offer_id="L", title="x")
    assert seats_left(loan, taken=5) is None
    assert with_seats_left(loan, taken=5) == loan
