"""Nights away, night work, and the hours of the day that a person is free."""

import numpy as np

from matching.domain.match import Blocker, Fix, Verdict
from matching.domain.vocabulary import ConstraintCode, FixKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules.rule import (
    OPENINGS,
    WORK_AND_TRAINING,
    BlockerRule,
    Rule,
    all_but,
    bit,
    only,
    pairs_whose,
    pairs_with,
)
from matching.rules.words import clock

_STAYS_HOME = bit(ConstraintCode.NO_OVERNIGHT_AWAY)
_NO_NIGHTS = bit(ConstraintCode.NO_NIGHT_SHIFT)
_CARE = bit(ConstraintCode.CHILDCARE) | bit(ConstraintCode.ELDERCARE)
_APPOINTMENT = bit(ConstraintCode.FIXED_APPOINTMENT)
_REPORTING = bit(ConstraintCode.REPORTING_DUTY)


def no_nights_away(pairs: Pairs) -> BoolArray:
    """Pass unless the work keeps the person away overnight and the person cannot be, (n_pairs,).

    NB: an opening that names no nights passes; a trip that grows longer than announced is not seen.
    """
    rows = pairs_with(pairs, "constraints", _STAYS_HOME)
    return all_but(pairs, rows, lambda some: some.what.nights_away > 0)


def _nights_away(pairs: Pairs, row: int) -> Verdict:
    nights = int(pairs.offers.nights_away[pairs.offer[row]])
    return Verdict(
        rule=NO_NIGHTS_AWAY.name,
        wanted=0,
        offered=nights,
        text_vi=f"Phải xa nhà {nights} đêm mỗi chuyến, trong khi cần về nhà mỗi ngày.",
        text_en=f"Each trip means {nights} nights away, while one has to be home every night.",
    )


NO_NIGHTS_AWAY = Rule(name="no_nights_away", kinds=OPENINGS, passes=no_nights_away, verdict=_nights_away)


def no_night_shift(pairs: Pairs) -> BoolArray:
    """Pass unless the opening has night work and the person cannot work nights, (n_pairs,).

    NB: an opening that does not say is taken to have none, unless its hours lie in the night.
    """
    rows = pairs_with(pairs, "constraints", _NO_NIGHTS)
    return all_but(pairs, rows, lambda some: some.what.night_shift == 1)


def _night_shift(_pairs: Pairs, _row: int) -> Verdict:
    return Verdict(
        rule=NO_NIGHT_SHIFT.name,
        wanted=False,
        offered=True,
        text_vi="Có làm ban đêm, trong khi không làm đêm được; hỏi nơi tuyển có ca ngày không.",
        text_en="There is night work, which is not possible; ask the employer for a day shift.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


NO_NIGHT_SHIFT = Rule(name="no_night_shift", kinds=OPENINGS, passes=no_night_shift, verdict=_night_shift)


def hours_fit(pairs: Pairs) -> BoolArray:
    """Pass unless stated hours begin before, or end after, the person can work, or span a set appointment, (n_pairs,).

    NB: an opening without hours passes. On which days an appointment falls is not known: every day counts.
    """
    rows = pairs_whose(pairs, lambda who: (who.not_before >= 0) | (who.not_after >= 0) | (who.appointment >= 0))
    return all_but(pairs, rows, lambda some: _early(some) | _late(some) | _over_the_appointment(some))


def _hours(pairs: Pairs) -> tuple[IntArray, IntArray, BoolArray]:
    """Return start and end in minutes (end may be the next day's), and where they are known."""
    start, end = pairs.what.start, pairs.what.end
    return start, np.where(end > start, end, end + 24 * 60), start >= 0


def _early(pairs: Pairs) -> BoolArray:
    start, _, known = _hours(pairs)
    return known & (start < pairs.who.not_before)


def _late(pairs: Pairs) -> BoolArray:
    _, end, known = _hours(pairs)
    limit = pairs.who.not_after
    return known & (limit >= 0) & (end > limit)


def _over_the_appointment(pairs: Pairs) -> BoolArray:
    start, end, known = _hours(pairs)
    at = pairs.who.appointment
    return known & (at >= 0) & (start < at) & (at < end)


def _hours_clash(pairs: Pairs, row: int) -> Verdict:
    one, people, person = pairs.where(np.array([row])), pairs.people, pairs.person[row]
    offered = pairs.offers.records[pairs.offer[row]].hours
    reasons = [
        (clash(one)[0], clock(int(column[person])), vi, en)
        for clash, column, vi, en in (
            (_early, people.not_before, "chỉ bắt đầu được từ", "one can start only from"),
            (_late, people.not_after, "chỉ làm được đến", "one can work only until"),
            (_over_the_appointment, people.appointment, "có hẹn cố định lúc", "there is a set appointment at"),
        )
    ]
    found = [(at, vi, en) for clashes, at, vi, en in reasons if clashes]
    return Verdict(
        rule=HOURS_FIT.name,
        wanted=tuple(at for at, _, _ in found),
        offered=offered,
        text_vi=f"Giờ làm {offered}, trong khi {' và '.join(f'{vi} {at}' for at, vi, _ in found)}; hỏi xếp giờ khác.",
        text_en=f"Hours {offered}, while {' and '.join(f'{en} {at}' for at, _, en in found)}; ask for other hours.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


HOURS_FIT = Rule(name="hours_fit", kinds=OPENINGS, passes=hours_fit, verdict=_hours_clash)


def appointment_to_settle(pairs: Pairs) -> BoolArray:
    """Say whose recurring appointment or reporting has no known time, (n_pairs,)."""
    rows = pairs_with(pairs, "constraints", _APPOINTMENT | _REPORTING)
    return only(pairs, rows, lambda some: some.who.appointment < 0)


def _settle_the_appointment(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=APPOINTMENT_TO_SETTLE.name,
        text_vi="Có buổi hẹn cố định chưa rõ giờ: hỏi ngày giờ để xin phép trước với nơi làm, nơi học.",
        text_en="There is a set appointment without a time: ask for day and hour, and arrange leave for it beforehand.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


APPOINTMENT_TO_SETTLE = BlockerRule(
    name="appointment_to_settle",
    kinds=WORK_AND_TRAINING,
    applies=appointment_to_settle,
    blocker=_settle_the_appointment,
)


def care_at_night(pairs: Pairs) -> BoolArray:
    """Say where somebody who looks after a child or an elder would be away at night, (n_pairs,)."""
    rows = pairs_with(pairs, "constraints", _CARE)
    return only(
        pairs,
        rows,
        lambda some: (some.what.night_shift == 1) | (some.what.nights_away > 0),
    )


def _who_looks_after_them(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=CARE_AT_NIGHT.name,
        text_vi="Đang chăm người nhà mà việc có ban đêm: hỏi xem tối ai trông giúp được.",
        text_en="Looks after family, and the work has nights: ask who can look after them then.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


CARE_AT_NIGHT = BlockerRule(name="care_at_night", kinds=OPENINGS, applies=care_at_night, blocker=_who_looks_after_them)
