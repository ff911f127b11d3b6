"""What a survey does not say that would make the answer better; asked for only where it would."""

import numpy as np

from matching.domain.bits import positions
from matching.domain.match import Missing
from matching.domain.vocabulary import ConstraintCode, NeedCode, OfferKind
from matching.features.measures import asks_for, constrained
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray

_LOAN = positions(OfferKind)[OfferKind.LOAN]

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


def missing(pairs: Pairs, of: IntArray, n: int) -> list[tuple[Missing, ...]]:
    """Return what to ask each of *n* people; *of* (n_pairs,) says whose pair each is.

    *pairs* are all that were judged: a field is asked for only where some pair would be answered better.
    """
    people, offers = pairs.people, pairs.offers
    person, offer = pairs.person, pairs.offer
    placed = offers.place[offer] >= 0
    papers = people.licences | people.licences_expired | people.licences_lost | people.licences_in_progress
    walks = constrained(pairs, ConstraintCode.NO_VEHICLE)
    asked: list[BoolArray] = [
        people.needs[person] == 0,
        (people.place[person] < 0) & placed,
        (people.transport[person] < 0) & ~walks & placed & (offers.housing[offer] != 1),
        (people.earliest_birth[person] == 0) & offers.barred_to_minors[offer],
        (papers[person] == 0) & (offers.licences_required[offer] != 0),
        _sum_unknown(pairs),
    ]
    wanted = np.array([np.bincount(of[mask], minlength=n) > 0 for mask in asked]).T
    return [tuple(ask for ask, is_wanted in zip(_ASKS, row, strict=True) if is_wanted) for row in wanted.tolist()]


def _sum_unknown(pairs: Pairs) -> BoolArray:
    """Say where a loan is asked for and no sum was named."""
    is_loan = pairs.offers.kind[pairs.offer] == _LOAN
    return np.asarray(is_loan & asks_for(pairs, NeedCode.LOAN) & np.isnan(pairs.people.loan_vnd[pairs.person]))
