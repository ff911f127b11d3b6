"""Which programme would open which offers: the same rules, asked again as if the person had finished it.

Nothing is inferred from the words of a verdict. The person gets what the programme awards (its licences with all they
cover, and enrolment), every rule is asked again, and what passes then and did not before is what the programme opens.
Skills that are taught open nothing: no rule asks for skills.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.pool.offers import NO_ROWS
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules import passes
from matching.taxonomy.licences import Licences
from matching.unlocks.doors import lent, licensed, programmes
from matching.unlocks.gains import Gains, allowed, of_programmes, with_gain, with_offers
from matching.unlocks.locks import Locks


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What programmes would open for one person."""

    keys: IntArray
    """Row of every programme within reach that the person may take today, (n_keys,)."""
    sort: IntArray
    """Number of the sort of each, (n_keys,): programmes of one sort give the person the same."""
    locks: Locks
    """What any of them opens."""
    opens: BoolArray
    """Which locks each sort of programmes opens, (n_sorts, n_locks)."""


def opened_by_programmes(asked: Pairs, near: BoolArray, licences: Licences) -> Opened:
    """Return what each programme would open that one person may take.

    Parameters
    ----------
    asked : Pairs
        One pair: the person, with any offer.
    near : bool (n_cells,)
        Cells within reach.
    """
    keys = allowed(asked, programmes.within(asked.offers, near)).offer
    gains, sort = of_programmes(asked.offers, keys, licences)
    locks = barred(asked, near, gains)
    return Opened(keys=keys, sort=sort, locks=locks, opens=locks.opened(gains))


def barred(asked: Pairs, near: BoolArray, gains: Gains) -> Locks:
    """Return what is barred to one person today within reach, and may open with some gains; no vehicle."""
    then = with_gain(asked, gains.together())
    work = licensed(asked, then, near)
    return Locks.of(asked, work, np.zeros(len(work.rows), dtype=bool), _lent(asked, then, near))


def _lent(asked: Pairs, then: Pairs, near: BoolArray) -> IntArray:
    """Return the loans within reach that are barred today and allowed with what is gained, which may be enrolment."""
    if asked.who.enrolled[0] or not then.who.enrolled[0]:
        return NO_ROWS
    loans = allowed(then, lent.within(asked.offers, near)).offer
    others = loans[asked.offers.loan_enrolled[loans] != 1]
    if not len(others):
        return loans
    return np.setdiff1d(loans, others[passes(with_offers(asked, others))])


def each(asked: Pairs) -> Iterator[Pairs]:
    """Yield one pair each person."""
    return (asked.where(np.array([i])) for i in range(len(asked)))
