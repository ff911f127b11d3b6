"""The few programmes (or licences) that would open most for all people of a commune together.

What programmes open is a set of pairs of a person and an offer. How much a choice of programmes opens is the size of
the union of their sets, so a pair counts once however many of them open it. Such a coverage function is monotone and
submodular, so choosing greedily opens at least (1 - 1/e), about 63%, of what the best choice of as many could open
(Nemhauser, Wolsey and Fisher 1978).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matching.domain.bits import members_of
from matching.domain.vocabulary import LicenceCode
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.taxonomy.licences import Licences
from matching.unlocks.doors import licences_required
from matching.unlocks.gains import of_papers
from matching.unlocks.locks import Locks
from matching.unlocks.programmes import barred, each, opened_by_programmes

GUARANTEE = 1 - 1 / np.e
"""Share of the best possible that a greedy choice reaches at least."""

Coverage = Mapping[frozenset[str], Mapping[int, int]]
"""What opens: for each set of keys that open the same, how many offers they open for each person (by row)."""

Counting = Literal["pairs", "people"]
"""What is counted: pairs of a person and an offer, or people for whom anything opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One programme, or licence, of a choice; each adds to those before it."""

    key: str
    """Offer id of the programme, or code of the licence."""
    pairs: int
    """Pairs of a person and an offer that it opens and none before it did."""
    people: int
    """People for whom it opens anything that none before it did."""
    persons: tuple[int, ...]
    """Their rows."""


def programmes_of(asked: Pairs, near: BoolArray, licences: Licences) -> Coverage:
    """Return what programmes open for some people, each one that the person may take today (see `unlocks`)."""
    covered: dict[frozenset[str], dict[int, int]] = defaultdict(dict)
    for one, its in zip(each(asked), near, strict=True):
        opened = opened_by_programmes(one, its, licences)
        names: dict[int, list[str]] = defaultdict(list)
        for key, sort in zip(opened.keys.tolist(), opened.sort.tolist(), strict=True):
            names[sort].append(asked.offers.ids[key])
        _cover(covered, one, opened.locks, opened.opens, names)
    return covered


def licences_of(asked: Pairs, near: BoolArray, licences: Licences) -> Coverage:
    """Return what each licence alone would open for some people, whoever gives it."""
    covered: dict[frozenset[str], dict[int, int]] = defaultdict(dict)
    for one, its in zip(each(asked), near, strict=True):
        codes = members_of(licences_required(asked.offers, its) & ~int(one.who.licences[0]), LicenceCode)
        gains = of_papers(np.array([licences.covers[code] for code in codes], dtype=np.int64))
        locks = barred(one, its, gains)
        _cover(covered, one, locks, locks.opened(gains), [[code.value] for code in codes])
    return covered


def _cover(
    covered: dict[frozenset[str], dict[int, int]],
    one: Pairs,
    locks: Locks,
    opens: BoolArray,
    names: Mapping[int, list[str]] | list[list[str]],
) -> None:
    """Count what opens for one person, by all that open it: *opens* (n_sorts, n_locks), *names* by sort."""
    row = int(one.person[0])
    for column, offers in zip(opens.T, locks.sizes.tolist(), strict=True):
        keys = frozenset(name for sort in column.nonzero()[0].tolist() for name in names[sort])
        if keys:
            covered[keys][row] = covered[keys].get(row, 0) + offers


def best_together(covered: Coverage, most: int = 10, *, counting: Counting = "pairs") -> tuple[Chosen, ...]:
    """Return up to *most* keys chosen one by one, each the one that adds most; ties in the order of their names.

    What they open together is at least `GUARANTEE` times what any *most* of them open.
    """
    left = {keys: dict(people) for keys, people in covered.items()}
    helped: set[int] = set()
    chosen: list[Chosen] = []
    while len(chosen) < most:
        gain = _gains(left.items(), set() if counting == "pairs" else helped, counting)
        if not gain:
            break
        key = min(gain, key=lambda name: (-gain[name], name))
        opened = [people for keys, people in left.items() if key in keys]
        persons = tuple(sorted({row for people in opened for row in people}))
        helped |= set(persons)
        pairs = sum(sum(people.values()) for people in opened)
        chosen.append(Chosen(key=key, pairs=pairs, people=len(persons), persons=persons))
        left = {keys: people for keys, people in left.items() if key not in keys}
    return tuple(chosen)


def _gains(
    left: Iterable[tuple[frozenset[str], Mapping[int, int]]], helped: set[int], counting: Counting
) -> dict[str, int]:
    """Return what each key would add, where it adds anything."""
    pairs: dict[str, int] = defaultdict(int)
    people: dict[str, set[int]] = defaultdict(set)
    for keys, its in left:
        new = set(its) - helped
        total = sum(its.values())
        for key in keys:
            pairs[key] += total
            people[key] |= new
    counts = pairs if counting == "pairs" else {key: len(rows) for key, rows in people.items()}
    return {key: count for key, count in counts.items() if count}


def covers(covered: Coverage, keys: Iterable[str], *, counting: Counting = "pairs") -> int:
    """Return how much some keys open together."""
    some = set(keys)
    opened = [people for its, people in covered.items() if its & some]
    if counting == "people":
        return len({row for people in opened for row in people})
    return sum(sum(people.values()) for people in opened)
