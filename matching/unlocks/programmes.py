"""Which programme would open which offers: the same rules, asked again as if the person had finished it.

Nothing is inferred from the words of a verdict. The person gets what the programme awards (its licences with all they
cover, and enrolment), every rule is asked again, and what passes then and did not before is what the programme opens.
Skills that are taught open nothing: no rule asks for skills.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.pool.by_cell import programmes
from matching.pool.offers import NO_ROWS
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.rules import passes
from matching.taxonomy.licences import Licences
from matching.unlocks.doors import lent, licensed
from matching.unlocks.gains import Gains, of_programmes
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
    keys = with_offers(asked, programmes.within(asked.offers, near[None, :])[1])
    keys = keys.where(passes(keys))
    gains = of_programmes(keys.offers, keys.offer, licences)
    first, sort = gains.alike()
    gains = gains.where(first)
    locks = barred(asked, near, gains)
    return Opened(keys=keys.offer, sort=sort, locks=locks, opens=locks.opened(gains))


def barred(asked: Pairs, near: BoolArray, gains: Gains) -> Locks:
    """Return what is barred to one person today within reach, and may open with some gains; no vehicle."""
    most, loans = gains.together(), NO_ROWS
    work = licensed(asked, near, most)
    if most.enrols[0] and not asked.who.enrolled[0]:
        pairs = with_offers(asked, lent(asked.offers, near))
        learners = pairs.what.loan_enrolled == 1
        others = pairs.where(~learners)
        loans = np.append(pairs.offer[learners], others.offer[~passes(others)])
    return Locks.of(asked, work, np.zeros(len(work.rows), dtype=bool), loans)


def with_offers(asked: Pairs, rows: IntArray) -> Pairs:
    """Return one person with some rows of the pool of offers."""
    return replace(asked, person=np.repeat(asked.person, len(rows)), offer=rows)


def each(asked: Pairs) -> Iterator[Pairs]:
    """Yield one pair each person."""
    return (asked.where(np.array([i])) for i in range(len(asked)))
