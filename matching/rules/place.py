"""How far the way is, and whether the work can be done at home."""

import numpy as np

from matching.domain.match import Blocker, Fix, Verdict
from matching.domain.vocabulary import ConstraintCode, FixKind, Transport
from matching.pool.distance import pair_distance_km
from matching.pool.pairs import Pairs, Rows
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.rules.rule import (
    OPENINGS,
    PROGRAMMES,
    WORK_AND_TRAINING,
    BlockerRule,
    Rule,
    all_but,
    bit,
    code,
    everywhere,
    only,
    pairs_whose,
    pairs_with,
)
from matching.rules.words import kilometres

NEAR_HOME_KM = 15.0
"""What "near home" means to somebody who has a vehicle."""

NEAR_HOME_ON_FOOT_KM = 5.0
"""What it means to somebody who has none."""

_NEAR_HOME = bit(ConstraintCode.NEAR_HOME_ONLY)
_NO_VEHICLE = bit(ConstraintCode.NO_VEHICLE)
_STAYS_HOME = bit(ConstraintCode.NO_OVERNIGHT_AWAY)
_AT_HOME = bit(ConstraintCode.HOME_BASED_ONLY)
_NEEDS_HOUSING = bit(ConstraintCode.NEEDS_HOUSING)

_ROUNDING_KM = 1e-3


def reach_km(max_commute_km: FloatArray, constraints: IntArray, transport: IntArray) -> FloatArray:
    """Return how far somebody goes at most, in km, from three columns of `People` of any common shape.

    NaN when nothing limits it. A vehicle ticked on the form counts before "no vehicle" in the text; who goes by bus
    or bicycle has no vehicle only if the text says so.
    """
    rides = (transport == code(Transport.MOTORBIKE)) | (transport == code(Transport.CAR))
    walks = (transport == code(Transport.NONE)) | (((constraints & _NO_VEHICLE) != 0) & ~rides)
    near = np.where(walks, NEAR_HOME_ON_FOOT_KM, NEAR_HOME_KM)
    return np.fmin(max_commute_km, np.where((constraints & _NEAR_HOME) != 0, near, np.nan))


def _reach(who: People | Rows) -> FloatArray:
    """Return how far each person goes, in km; NaN when nothing limits it."""
    return reach_km(who.max_commute_km, who.constraints, who.transport)


def within_reach(pairs: Pairs) -> BoolArray:
    """Pass unless the way is longer than the person goes and neither housing nor transport is given, (n_pairs,).

    Housing does not shorten the way of somebody who cannot be away overnight. NB: a place that is unknown on either
    side passes; the way is estimated from the centres of the communes (see `matching.taxonomy.places.distance_km`).
    """
    limited = pairs_whose(pairs, lambda who: ~np.isnan(_reach(who)))
    return all_but(pairs, limited, _too_far)


def _too_far(pairs: Pairs) -> BoolArray:
    what, stays_home = pairs.what, pairs.who.constraints & _STAYS_HOME != 0
    daily = (what.transport_provided != 1) & (what.place >= 0) & (stays_home | (what.housing != 1))
    return only(pairs, daily.nonzero()[0], lambda some: pair_distance_km(some) > _reach(some.who) + _ROUNDING_KM)


def _out_of_reach(pairs: Pairs, row: int) -> Verdict:
    one = pairs.where(np.array([row]))
    limit, distance = float(_reach(one.who)[0]), float(pair_distance_km(one)[0])
    return Verdict(
        rule=WITHIN_REACH.name,
        wanted=round(limit, 1),
        offered=round(distance, 1),
        text_vi=f"Cách khoảng {kilometres(distance)}, xa hơn mức {kilometres(limit)} đi về được mỗi ngày.",
        text_en=f"About {distance:.0f} km away, farther than the {limit:.0f} km that can be travelled each day.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


WITHIN_REACH = Rule(name="within_reach", kinds=WORK_AND_TRAINING, passes=within_reach, verdict=_out_of_reach)


def can_be_done_at_home(pairs: Pairs) -> BoolArray:
    """Pass unless the person can work only at home and the posting does not say that one can, (n_pairs,).

    NB: few postings say so, and silence is no refusal: the fix is to ask the employer.
    """
    rows = pairs_with(pairs, "constraints", _AT_HOME)
    return all_but(pairs, rows, _is_elsewhere)


def _is_elsewhere(pairs: Pairs) -> BoolArray:
    silent: BoolArray = pairs.what.at_home != 1
    return silent


def _not_at_home(_pairs: Pairs, _row: int) -> Verdict:
    return Verdict(
        rule=CAN_BE_DONE_AT_HOME.name,
        wanted=True,
        offered=None,
        text_vi="Cần việc làm tại nhà mà tin tuyển không nói là làm ở nhà được; hỏi nơi tuyển.",
        text_en="Can work only at home, and the posting does not say that one can; ask the employer.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


CAN_BE_DONE_AT_HOME = Rule(name="can_be_done_at_home", kinds=OPENINGS, passes=can_be_done_at_home, verdict=_not_at_home)


def class_is_away_from_home(pairs: Pairs) -> BoolArray:
    """Say who can work only at home and would have to come to a class, (n_pairs,)."""
    return only(pairs, pairs_with(pairs, "constraints", _AT_HOME), everywhere)


def _ask_about_the_class(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=CLASS_IS_AWAY_FROM_HOME.name,
        text_vi="Chỉ làm được ở nhà: hỏi xem có đến lớp được không.",
        text_en="Can work only at home: ask whether coming to class is possible.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


CLASS_IS_AWAY_FROM_HOME = BlockerRule(
    name="class_is_away_from_home",
    kinds=PROGRAMMES,
    applies=class_is_away_from_home,
    blocker=_ask_about_the_class,
)


def housing_to_be_found(pairs: Pairs) -> BoolArray:
    """Say who needs housing with the job where the opening does not offer any, (n_pairs,)."""
    rows = pairs_with(pairs, "constraints", _NEEDS_HOUSING)
    return only(pairs, rows, lambda some: some.what.housing != 1)


def _find_housing(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=HOUSING_TO_BE_FOUND.name,
        text_vi="Cần chỗ ở mà tin tuyển không ghi có: hỏi nơi tuyển hoặc tìm chỗ trọ gần đó.",
        text_en="Housing is needed and the posting names none: ask the employer, or look for a room nearby.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


HOUSING_TO_BE_FOUND = BlockerRule(
    name="housing_to_be_found", kinds=OPENINGS, applies=housing_to_be_found, blocker=_find_housing
)
