"""What a survey does not say that would make the answer better; asked for only where it would."""

from collections.abc import Callable, Iterator

import numpy as np

from matching.domain.bits import mask
from matching.domain.match import Missing
from matching.domain.vocabulary import ConstraintCode, NeedCode
from matching.pool.by_cell import ByCell, everything, loans
from matching.pool.offers import Offers
from matching.pool.people import BoolArray, IntArray, People

_NO_VEHICLE = mask([ConstraintCode.NO_VEHICLE])
_ASKS_MONEY = mask([NeedCode.LOAN])

_ASKS = (
    Missing(
        field="need",
        text_vi="Chưa rõ người này cần gì: hỏi xem cần việc làm, học nghề hay vay vốn.",
        text_en="The need is not known: ask whether it is work, training or a loan.",
    ),
    Missing(
        field="commune",
        text_vi="Chưa rõ đang ở xã nào: chưa tính được đường đi.",
        text_en="The commune is not known: the way cannot be reckoned.",
    ),
    Missing(
        field="transport",
        text_vi="Chưa rõ đi lại bằng gì: hỏi có xe máy, xe đạp hay đi xe buýt.",
        text_en="How the person travels is not known: ask about a motorbike, a bicycle or the bus.",
    ),
    Missing(
        field="birth_year",
        text_vi="Chưa rõ năm sinh: có việc pháp luật không cho người dưới 18 tuổi làm.",
        text_en="The year of birth is not known: the law closes some of the work to people under 18.",
    ),
    Missing(
        field="licences",
        text_vi="Chưa rõ có bằng, chứng chỉ nào còn hạn: có việc gần đây cần đến.",
        text_en="Valid licences are not known: some of the work nearby needs one.",
    ),
    Missing(
        field="loan.amount_vnd",
        text_vi="Chưa rõ cần vay bao nhiêu: hỏi số tiền.",
        text_en="The sum needed is not known: ask how much.",
    ),
)


def missing(people: People, rows: IntArray, offers: Offers, near: BoolArray) -> list[tuple[Missing, ...]]:
    """Return what to ask each of some people: a field only where some offer within reach would be answered better.

    Parameters
    ----------
    rows : int (n,)
        Whose answers are asked for.
    near : bool (n, n_cells)
        Cells within reach of each, as `matching.search.reach.Cells.near` returns them.
    """
    asks: list[tuple[Missing, ...]] = [()] * len(rows)
    for ask, unknown, matters in zip(_ASKS, _unknown(people, rows), _MATTERS, strict=True):
        who = unknown.nonzero()[0]
        if len(who):
            for i in who[matters(offers, near[who])].tolist():
                asks[i] += (ask,)
    return asks


def _unknown(people: People, rows: IntArray) -> Iterator[BoolArray]:
    """Yield whether each ask of `_ASKS` is not known of each person, (n,)."""
    needs = people.needs[rows]
    yield needs == 0
    yield people.place[rows] < 0
    yield (people.transport[rows] < 0) & ((people.constraints[rows] & _NO_VEHICLE) == 0)
    yield people.earliest_birth[rows] == 0
    papers = (people.licences, people.licences_expired, people.licences_lost, people.licences_in_progress)
    yield ~np.any([column[rows] for column in papers], axis=0)
    yield ((needs & _ASKS_MONEY) != 0) & np.isnan(people.loan_vnd[rows])


def _placed(offers: Offers, near: BoolArray) -> BoolArray:
    """Return the cells of communes among some, (n, n_cells)."""
    placed = near.copy()
    placed[:, [0, len(offers.lat.values)]] = False
    return placed


def _daily(offers: Offers, near: BoolArray) -> BoolArray:
    """Return the cells of communes without housing among some, (n, n_cells)."""
    daily = _placed(offers, near)
    daily[:, len(offers.lat.values) :] = False
    return daily


_barred_to_minors = ByCell(lambda offers, rows: offers.barred_to_minors[rows])
_licensed = ByCell(lambda offers, rows: np.asarray(offers.licences_required[rows] != 0))

_MATTERS: tuple[Callable[[Offers, BoolArray], BoolArray], ...] = (
    everything.any_within,
    lambda offers, near: everything.any_within(offers, _placed(offers, near)),
    lambda offers, near: everything.any_within(offers, _daily(offers, near)),
    _barred_to_minors.any_within,
    _licensed.any_within,
    loans.any_within,
)
"""Whether any offer in the cells near some people would be answered better, ask by ask as in `_ASKS`, (n,)."""
