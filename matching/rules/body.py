"""What the work demands of the body, against what the person said the body cannot do."""

import numpy as np

from matching.domain.bits import mask, members_of
from matching.domain.match import Blocker, Fix, Verdict
from matching.domain.vocabulary import ConstraintCode, FixKind, Physical
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.rule import OPENINGS, BlockerRule, Rule, all_but, bit, only, pairs_with
from matching.rules.words import listed

_LIMITS = {
    Physical.HEAVY_LIFTING: mask([ConstraintCode.NO_HEAVY_LIFTING, ConstraintCode.WEAK_HEALTH]),
    Physical.HEIGHTS: bit(ConstraintCode.NO_HEIGHTS),
    Physical.HEAT: bit(ConstraintCode.NO_HEAT),
    Physical.STANDING: bit(ConstraintCode.NO_PROLONGED_STANDING),
}
"""Constraints that each demand runs against."""

_ALL_LIMITS = int(np.bitwise_or.reduce(list(_LIMITS.values())))

_WORDS = {
    Physical.HEAVY_LIFTING: ("mang vác nặng", "heavy lifting"),
    Physical.HEIGHTS: ("làm trên cao", "work at height"),
    Physical.HEAT: ("làm chỗ nóng", "work in heat"),
    Physical.STANDING: ("đứng lâu", "standing for long"),
}


def no_demand_against_the_body(pairs: Pairs) -> BoolArray:
    """Pass unless the opening names a demand that the person said the body cannot meet, (n_pairs,).

    NB: a demand that the posting does not name passes; how much is too much is for the person to say.
    """
    return all_but(pairs, pairs_with(pairs, "constraints", _ALL_LIMITS), _demanded_in_vain)


def _demanded_in_vain(pairs: Pairs) -> BoolArray:
    demands, limits = pairs.what.physical, pairs.who.constraints
    clash = np.zeros(len(pairs), dtype=bool)
    for demand, against in _LIMITS.items():
        clash |= ((demands & bit(demand)) != 0) & ((limits & against) != 0)
    return clash


def _demands(pairs: Pairs, row: int) -> Verdict:
    named, limits = int(pairs.offers.physical[pairs.offer[row]]), int(pairs.people.constraints[pairs.person[row]])
    clashes = [demand for demand, against in _LIMITS.items() if named & bit(demand) and limits & against]
    against = mask(member for demand in clashes for member in members_of(limits & _LIMITS[demand], ConstraintCode))
    vi, en = (listed([_WORDS[demand][i] for demand in clashes], word) for i, word in enumerate(("và", "and")))
    return Verdict(
        rule=NO_DEMAND_AGAINST_THE_BODY.name,
        wanted=tuple(limit.value for limit in members_of(against, ConstraintCode)),
        offered=tuple(demand.value for demand in clashes),
        text_vi=f"Việc này cần {vi}, điều đã cho biết là không hợp sức.",
        text_en=f"The work needs {en}, which was said to be too much.",
    )


NO_DEMAND_AGAINST_THE_BODY = Rule(
    name="no_demand_against_the_body", kinds=OPENINGS, passes=no_demand_against_the_body, verdict=_demands
)

_NO_HEAT = bit(ConstraintCode.NO_HEAT)
_HANDS = bit(ConstraintCode.LIMITED_HAND_USE)
_OUTDOOR = bit(Physical.OUTDOOR)
_HEAVY = bit(Physical.HEAVY_LIFTING)


def body_to_be_asked(pairs: Pairs) -> BoolArray:
    """Say where a demand may run against a limit: outdoors for who bears no heat, loads for a weak hand, (n_pairs,)."""
    return only(pairs, pairs_with(pairs, "constraints", _NO_HEAT | _HANDS), _may_clash)


def _may_clash(pairs: Pairs) -> BoolArray:
    demands, limits = pairs.what.physical, pairs.who.constraints
    sun: BoolArray = ((demands & _OUTDOOR) != 0) & ((limits & _NO_HEAT) != 0)
    loads: BoolArray = ((demands & _HEAVY) != 0) & ((limits & _HANDS) != 0)
    return sun | loads


def _ask_about_the_body(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=BODY_TO_BE_ASKED.name,
        text_vi="Việc có phần làm ngoài trời hoặc mang vác: hỏi xem có hợp sức không.",
        text_en="The work is partly outdoors or with loads: ask whether it can be managed.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


BODY_TO_BE_ASKED = BlockerRule(
    name="body_to_be_asked", kinds=OPENINGS, applies=body_to_be_asked, blocker=_ask_about_the_body
)
