"""Whether a seat is left."""

from matching.domain.match import Verdict
from matching.domain.vocabulary import OfferKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.rule import WORK_AND_TRAINING, Rule, code


def seats_left(pairs: Pairs) -> BoolArray:
    """Pass unless every seat of the opening or programme is taken, (n_pairs,).

    NB: an offer that names no number of seats is taken to have one; people placed elsewhere are not counted.
    """
    left: BoolArray = pairs.what.seats != 0
    return left


def _no_seat(pairs: Pairs, row: int) -> Verdict:
    course = int(pairs.offers.kind[pairs.offer[row]]) == code(OfferKind.PROGRAMME)
    return Verdict(
        rule=SEATS_LEFT.name,
        wanted=1,
        offered=0,
        text_vi="Lớp đã đủ học viên." if course else "Đã tuyển đủ người.",
        text_en="The course is full." if course else "All places are taken.",
    )


SEATS_LEFT = Rule(name="seats_left", kinds=WORK_AND_TRAINING, passes=seats_left, verdict=_no_seat)
