"""Which programme would open which offers: the same rules, asked again as if the person had finished it.

Nothing is inferred from the words of a verdict. The person gets what the programme awards (its licences with all they
cover, and enrolment), every rule is asked again, and what passes then and did not before is what the programme opens.
Skills that are taught open nothing: no rule asks for skills.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.pool.by_cell import programmes
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules import passes
from matching.taxonomy.licences import Licences
from matching.unlocks.doors import LOAN, locked
from matching.unlocks.gains import Gains, afterwards, of_programmes

_LOCKS_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What programmes would open for some people."""

    n_people: int
    keys: Pairs
    """Every programme within reach that a person may take today, by person."""
    keys_of: IntArray
    """Position of each key's person among those asked for, (n_keys,)."""
    sort: IntArray
    """Number of the sort of each key, (n_keys,): keys of one sort give the same person the same."""
    by_sort: IntArray
    offer: IntArray
    """What opens: sort and row of the offer, (n_opened,), by sort and row."""

    def of_sort(self, sort: int) -> IntArray:
        """Return the rows that keys of a sort open."""
        first, end = np.searchsorted(self.by_sort, (sort, sort + 1))
        return self.offer[first:end]


def opened_by_programmes(asked: Pairs, near: BoolArray, licences: Licences) -> Iterator[Opened]:
    """Yield, some people at a time and in their order, what each programme would open that they may take.

    Parameters
    ----------
    asked : Pairs
        One pair each person, with any offer.
    near : bool (n_people, n_cells)
        Cells within reach of each.
    """
    at_once = max(_LOCKS_AT_ONCE // max(int(locked.counts(asked.offers).sum()), 1), 1)
    for first in range(0, len(asked), at_once):
        some = slice(first, first + at_once)
        yield _opened(asked.where(np.arange(len(asked))[some]), near[some], licences)


def _opened(asked: Pairs, near: BoolArray, licences: Licences) -> Opened:
    keys_of, rows = programmes.within(asked.offers, near)
    keys = _pairs(asked, keys_of, rows)
    may = passes(keys)
    keys, keys_of = keys.where(may), keys_of[may]
    gains = of_programmes(keys.offers, keys.offer, licences)
    first, sort = _sorts(keys_of, gains)
    gains, owner = gains.where(first), keys_of[first]
    locks_of, rows = locked.within(asked.offers, near & (np.bincount(keys_of, minlength=len(near)) > 0)[:, None])
    locks, locks_of = _barred(_pairs(asked, locks_of, rows), locks_of, _together(owner, gains, len(near)))
    key, lock = _meet(owner, locks_of, len(near))
    helps = (_lacking(locks)[lock] & ~gains.licences[key]) == 0
    key, lock = key[helps], lock[helps]
    used, person = np.unique(key, return_inverse=True)
    then = afterwards(asked.people, keys.person[first[used]], gains.where(used))
    opens = passes(replace(locks, people=then, person=person, offer=locks.offer[lock]))
    key, offer = key[opens], locks.offer[lock[opens]]
    order = np.lexsort((offer, key))
    return Opened(n_people=len(near), keys=keys, keys_of=keys_of, sort=sort, by_sort=key[order], offer=offer[order])


def _pairs(asked: Pairs, of: IntArray, rows: IntArray) -> Pairs:
    return replace(asked, person=asked.person[of], offer=rows)


def _lacking(pairs: Pairs) -> IntArray:
    """Return the licences that each offer requires and the person does not hold, (n_pairs,) masks."""
    return np.asarray(pairs.what.licences_required & ~pairs.who.licences)


def _barred(pairs: Pairs, of: IntArray, together: IntArray) -> tuple[Pairs, IntArray]:
    """Return what is barred today and what all programmes of the person *together* (n_people,) could open."""
    lacking, loan = _lacking(pairs), pairs.what.kind == LOAN
    enrols = loan & ~pairs.who.enrolled
    could = np.flatnonzero(enrols | (~loan & (lacking != 0) & ((lacking & ~together[of]) == 0)))
    pairs, of, loan = pairs.where(could), of[could], loan[could]
    barred = ~loan
    barred[loan] = ~passes(pairs.where(loan))
    return pairs.where(barred), of[barred]


def _together(owner: IntArray, gains: Gains, n: int) -> IntArray:
    """Return every licence that any programme gives each of *n* people, (n,) masks."""
    total = np.zeros(n, dtype=np.int64)
    np.bitwise_or.at(total, owner, gains.licences)
    return total


def _sorts(keys_of: IntArray, gains: Gains) -> tuple[IntArray, IntArray]:
    """Return one key of each sort that gives the same person the same, and the sort of each key."""
    columns = (keys_of, gains.licences, np.nan_to_num(gains.months, nan=-1).astype(np.int64))
    _, first, sort = np.unique(np.stack(columns, axis=1), axis=0, return_index=True, return_inverse=True)
    return first, sort.reshape(-1)


def _meet(owner: IntArray, locked_of: IntArray, n: int) -> tuple[IntArray, IntArray]:
    """Return every key with every lock of the same person, as two index arrays; locks stand by person."""
    sizes = np.bincount(locked_of, minlength=n)
    starts = np.cumsum(sizes) - sizes
    counts = sizes[owner]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(np.arange(len(owner)), counts), np.repeat(starts[owner], counts) + within
