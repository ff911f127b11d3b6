"""Columns of the people who were asked for last: who is asked for again is not reckoned again.

They are those of the record as it stands: for another survey, correction, category or day they are reckoned anew. Once
anybody was recorded, corrected or erased, everybody is forgotten by whoever looks after the house, within two seconds,
so that nobody who was erased stays here.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date

from matching.domain.survey import Restricted
from matching.pool.people import People
from service.storage.rows import PersonRow

_MOST = 1_000
"""People who are known at once; some ten kilobytes each."""


class KnownPeople:
    """The last people who were asked for, as columns of one row.

    Parameters
    ----------
    reckon : callable
        Returns the columns of a person on a day.
    """

    def __init__(self, reckon: Callable[[PersonRow, Restricted | None, date], People]) -> None:
        self._reckon = reckon
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[object, People]] = OrderedDict()
        self._stamp, self._changed = -1, False

    def columns(self, person: PersonRow, restricted: Restricted | None, as_of: date) -> People:
        """Return the columns of a person on a day."""
        made_of = person.commune, person.survey, person.profile, person.enrolment, restricted, as_of
        known = self._known.get(person.key)
        if known is None or known[0] != made_of:
            known = made_of, self._reckon(person, restricted, as_of)
            with self._lock:
                self._known[person.key] = known
                if len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return known[1]

    def forget(self, stamp: int) -> None:
        """Forget everybody when *stamp*, which counts the changes of people, is another than at the last call.

        At the next call once more: a question that was on its way may have brought somebody back.
        """
        changed = stamp != self._stamp
        if changed or self._changed:
            with self._lock:
                self._known.clear()
        self._stamp, self._changed = stamp, changed
