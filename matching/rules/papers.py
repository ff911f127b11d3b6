"""Papers that come first."""

from matching.domain.match import Blocker, Fix
from matching.domain.vocabulary import ConstraintCode, FixKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.rule import ALL_KINDS, BlockerRule, bit

IDENTITY_CARD = "id_card"
"""Code of the paper in a fix of kind `document`."""

_NO_CARD = bit(ConstraintCode.NO_ID_CARD)


def identity_card_missing(pairs: Pairs) -> BoolArray:
    """Say who has no identity card, which contracts, courses with a certificate and loans ask for, (n_pairs,).

    It bars nothing: the card is made at the commune's own police office, often within days.
    """
    missing: BoolArray = (pairs.who.constraints & _NO_CARD) != 0
    return missing


def _card_first(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=PAPERS_FIRST.name,
        text_vi="Chưa có căn cước: đến xã làm lại trước, hoặc làm cùng lúc.",
        text_en="No identity card yet: have it made at the commune first, or alongside.",
        fix=Fix(kind=FixKind.DOCUMENT, code=IDENTITY_CARD),
    )


PAPERS_FIRST = BlockerRule(name="papers_first", kinds=ALL_KINDS, applies=identity_card_missing, blocker=_card_first)
