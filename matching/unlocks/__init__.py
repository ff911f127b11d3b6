"""What would open offers that are barred today: for one person, and for a whole commune."""

from matching.domain.match import Unlock
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.taxonomy.licences import Licences
from matching.unlocks.almost import almost_eligible
from matching.unlocks.paths import ways
from matching.unlocks.programmes import each, opened_by_programmes
from matching.unlocks.wording import Course, Opens, Telling, rank, unlock

__all__ = ["MOST_UNLOCKS", "almost_eligible", "unlocks", "ways"]

MOST_UNLOCKS = 50
"""Unlocks of one person that are listed; the others are counted."""


def unlocks(asked: Pairs, near: BoolArray, licences: Licences) -> list[tuple[tuple[Unlock, ...], int]]:
    """Return what each person could open by one programme that they may take today, in the order of `rank`.

    Parameters
    ----------
    asked : Pairs
        One pair each person, with any offer.
    near : bool (n_people, n_cells)
        Cells within reach of each, as `matching.search.reach.Cells.near` returns them.
    licences : Licences
        What each licence covers.

    Returns
    -------
    list of tuples
        For each person at most `MOST_UNLOCKS`, and how many more there are.
    """
    return [_listed(one, its, licences) for one, its in zip(each(asked), near, strict=True)]


def _listed(asked: Pairs, near: BoolArray, licences: Licences) -> tuple[tuple[Unlock, ...], int]:
    """Return the unlocks of one person that are listed, and how many more there are."""
    opened = opened_by_programmes(asked, near, licences)
    offers, locks, held = asked.offers, opened.locks, int(asked.people.licences[asked.person[0]])
    count = (opened.opens @ locks.sizes).tolist()
    ranked = []
    for row, sort in zip(opened.keys.tolist(), opened.sort.tolist(), strict=True):
        if count[sort]:
            course = Course.of(offers, row)
            step = course.step
            ranked.append((rank(count[sort], step.weeks, step.cost_vnd, (step.offer_id or "",)), course, sort))
    if not ranked:
        return (), 0
    ranked.sort(key=lambda its: its[0])
    telling, known = Telling(locks), dict[bytes, Opens]()
    told = []
    for _, course, sort in ranked[:MOST_UNLOCKS]:
        sorts = opened.opens[sort]
        if (key := sorts.tobytes()) not in known:
            known[key] = telling.opens(sorts)
        step, phrase = course.taken(held, known[key].loans, licences)
        told.append(unlock((step,), (phrase,), known[key]))
    return tuple(told), len(ranked) - len(told)
