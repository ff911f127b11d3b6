"""What would open offers that are barred today: for one person, and for a whole commune."""

import numpy as np

from matching.domain.match import Unlock
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.taxonomy.licences import Licences
from matching.unlocks.almost import almost_eligible
from matching.unlocks.paths import ways
from matching.unlocks.programmes import Opened, opened_by_programmes
from matching.unlocks.wording import Opens, programme_step, rank, say_programme, unlock

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
    told: list[tuple[tuple[Unlock, ...], int]] = []
    for opened in opened_by_programmes(asked, near, licences):
        count = np.bincount(opened.by_sort, minlength=int(opened.sort.max(initial=-1)) + 1)[opened.sort]
        said: dict[int, Opens] = {}
        ends = np.searchsorted(opened.keys_of, np.arange(opened.n_people + 1))
        for begin, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True):
            keys = begin + np.flatnonzero(count[begin:end])
            order = sorted(keys.tolist(), key=lambda key: _rank_of(opened, key, int(count[key])))
            listed = tuple(_unlock(opened, key, said, licences) for key in order[:MOST_UNLOCKS])
            told.append((listed, len(order) - len(listed)))
    return told


def _rank_of(opened: Opened, key: int, count: int) -> tuple[object, ...]:
    step = programme_step(opened.keys.offers, int(opened.keys.offer[key]))
    return rank(count, step.weeks, step.cost_vnd, (step.offer_id or "",))


def _unlock(opened: Opened, key: int, said: dict[int, Opens], licences: Licences) -> Unlock:
    """Return one unlock; *said* keeps what each sort opens."""
    keys, sort = opened.keys, int(opened.sort[key])
    if sort not in said:
        said[sort] = Opens.of(keys.offers, opened.of_sort(sort))
    row, held = int(keys.offer[key]), int(keys.people.licences[keys.person[key]])
    step = programme_step(keys.offers, row, loans=said[sort].loans)
    return unlock((step,), [say_programme(step, keys.offers, row, held, licences)], said[sort])
