"""Which course a person could enrol in today, for loans that are given to learners only."""

import numpy as np

from matching.pool.by_cell import programmes
from matching.pool.pairs import Pairs
from matching.rules.age import NO_WORK_BARRED_TO_MINORS, OLD_ENOUGH_FOR_THE_COURSE
from matching.rules.court_bar import NO_BAR_TOLD_IN_THE_SURVEY, NO_COURT_BAR
from matching.rules.dates import NOT_CLOSED, OPEN_ALREADY
from matching.rules.place import WITHIN_REACH
from matching.rules.programme import SCHOOLING_FOR_THE_COURSE
from matching.rules.seats import SEATS_LEFT
from matching.rules.trade import TRADE_NOT_REFUSED

_ENTRY = (
    NOT_CLOSED,
    OPEN_ALREADY,
    SEATS_LEFT,
    OLD_ENOUGH_FOR_THE_COURSE,
    NO_WORK_BARRED_TO_MINORS,
    NO_COURT_BAR,
    NO_BAR_TOLD_IN_THE_SURVEY,
    TRADE_NOT_REFUSED,
    SCHOOLING_FOR_THE_COURSE,
    WITHIN_REACH,
)


def course_to_enrol_in(pairs: Pairs, row: int) -> str | None:
    """Return the programme of the pool that the person of *row* may enter and wishes most; None: there is none.

    Ties go to the trade the person knows best, then to the smaller offer id, whatever the order of the pool.
    """
    courses = programmes.rows(pairs.offers)
    people = np.full(len(courses), pairs.person[row])
    found = Pairs(people=pairs.people, offers=pairs.offers, person=people, offer=courses, as_of=pairs.as_of)
    for rule in _ENTRY:
        found = found.where(rule.passes(found))
    if not len(found):
        return None
    occupation = pairs.offers.occupation[found.offer]
    wish = np.where(occupation >= 0, pairs.people.wish[found.person, occupation], 0)
    known = np.where(occupation >= 0, pairs.people.experience[found.person, occupation], 0)
    ids: list[str] = [pairs.offers.ids[row] for row in found.offer.tolist()]
    return ids[min(range(len(ids)), key=lambda i: (-wish[i], -known[i], ids[i]))]
