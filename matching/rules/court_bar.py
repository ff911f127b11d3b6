"""Work that an order closes to a person until a day; why is not known here."""

from datetime import date

import numpy as np

from matching.domain.match import Fix, Verdict
from matching.domain.vocabulary import FixKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules.dates import fix_on
from matching.rules.rule import WORK_AND_TRAINING, Rule, all_but, pairs_with
from matching.rules.words import day

_ENTERED, _IN_TEXT = 1, 2


def no_court_bar(pairs: Pairs) -> BoolArray:
    """Pass unless a bar that an officer entered, and that has not ended, closes the offer's work, (n_pairs,).

    It closes the unit groups that it names, courses for them, and offers that need or give a licence which serves
    only them. NB: an absent order is read as "no bar": one younger than the last survey is not seen.
    """
    return all_but(pairs, pairs_with(pairs, "closed_trades", _ENTERED), _is_barred)


def _is_barred(pairs: Pairs) -> BoolArray:
    people = pairs.people
    standing = people.barred_until[pairs.person] > pairs.as_of
    return standing & (closed(pairs, people.barred) | _needs_licence(pairs, people.barred_licences))


def closed(pairs: Pairs, column: BoolArray) -> BoolArray:
    """Return a wide boolean column (n_people, n_occ) at each pair, (n_pairs,); False where the work is unknown."""
    occupation = pairs.what.occupation
    at: BoolArray = column[pairs.person, occupation]
    return at & (occupation >= 0)


def _needs_licence(pairs: Pairs, column: IntArray) -> BoolArray:
    """Return where an offer needs or gives a licence out of a mask of the person, (n_pairs,)."""
    asked = pairs.what.licences_required | pairs.what.licences_awarded
    serves: BoolArray = (asked & column[pairs.person]) != 0
    return serves


def _barred_until(pairs: Pairs, row: int) -> Verdict:
    person, offer = pairs.person[row], pairs.offer[row]
    ends = [until for work, until in pairs.people.bar_days[person] if work == pairs.offers.occupation[offer]]
    if not ends or _needs_licence(pairs.where(np.array([row])), pairs.people.barred_licences)[0]:
        ends = [int(pairs.people.barred_until[person])]
    last = max(ends)
    until = date.fromordinal(last)
    return Verdict(
        rule=NO_COURT_BAR.name,
        wanted=until.isoformat(),
        offered=date.fromordinal(pairs.as_of).isoformat(),
        text_vi=f"Việc này được làm lại từ {day(last)}, theo thông tin cán bộ đã ghi.",
        text_en=f"This work is open again from {day(last)}, as the officer noted.",
        fix=fix_on(pairs, row, last),
    )


NO_COURT_BAR = Rule(name="no_court_bar", kinds=WORK_AND_TRAINING, passes=no_court_bar, verdict=_barred_until)


def no_bar_told_in_the_survey(pairs: Pairs) -> BoolArray:
    """Pass unless the survey's text tells of a bar, not yet confirmed or removed, on work like the offer's, (n_pairs,).

    It counts for the whole minor group, one on driving for all road driving, until an officer enters the order or
    takes the mention away. NB: the text names no last day, so no day is known from which it would pass.
    """
    return all_but(pairs, pairs_with(pairs, "closed_trades", _IN_TEXT), _is_told)


def _is_told(pairs: Pairs) -> BoolArray:
    people = pairs.people
    return closed(pairs, people.barred_in_text) | _needs_licence(pairs, people.barred_licences_in_text)


def _told_in_the_survey(pairs: Pairs, row: int) -> Verdict:
    return Verdict(
        rule=NO_BAR_TOLD_IN_THE_SURVEY.name,
        wanted=None,
        offered=pairs.offers.records[pairs.offer[row]].title,
        text_vi="Phiếu khảo sát nhắc rằng việc này hiện chưa được làm; cán bộ xác nhận hoặc gỡ bỏ rồi mới giới thiệu.",
        text_en="The survey mentions that this work is not open at present; the officer confirms or removes it first.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


NO_BAR_TOLD_IN_THE_SURVEY = Rule(
    name="no_bar_told_in_the_survey",
    kinds=WORK_AND_TRAINING,
    passes=no_bar_told_in_the_survey,
    verdict=_told_in_the_survey,
)
