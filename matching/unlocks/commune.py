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

from matching.domain.bits import mask, members_of
from matching.domain.vocabulary import LicenceCode
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules import passes
from matching.taxonomy.licences import Licences
from matching.unlocks.doors import LOAN, locked
from matching.unlocks.gains import afterwards, of_papers
from matching.unlocks.programmes import Opened, opened_by_programmes

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
    first = 0
    for opened in opened_by_programmes(asked, near, licences):
        for of, keys, offers in _alike(opened):
            row = int(asked.person[first + of])
            covered[keys][row] = covered[keys].get(row, 0) + offers
        first += opened.n_people
    return covered


def licences_of(asked: Pairs, near: BoolArray, licences: Licences) -> Coverage:
    """Return what each licence alone would open for some people, whoever gives it."""
    covered: dict[frozenset[str], dict[int, int]] = defaultdict(dict)
    for of in range(len(asked)):
        _, rows = locked.within(asked.offers, near[of : of + 1])
        rows = rows[asked.offers.kind[rows] != LOAN]
        one = asked.where(np.repeat(of, len(rows)))
        lacking = asked.offers.licences_required[rows] & ~int(asked.people.licences[asked.person[of]])
        codes = members_of(int(np.bitwise_or.reduce(lacking, initial=0)), LicenceCode)
        given = np.array([licences.covers[code] for code in codes], dtype=np.int64)
        opens = (lacking != 0) & ((lacking & ~given[:, None]) == 0)
        able = np.flatnonzero(opens.any(axis=0))
        all_held = afterwards(asked.people, asked.person[of : of + 1], of_papers(np.array([mask(LicenceCode)])))
        pairs = Pairs(people=all_held, offers=one.offers, person=able * 0, offer=rows[able], as_of=asked.as_of)
        able = able[passes(pairs)]
        sets, count = np.unique(opens[:, able], axis=1, return_counts=True)
        for column, offers in zip(sets.T, count.tolist(), strict=True):
            keys = frozenset(codes[i].value for i in np.flatnonzero(column))
            row = int(asked.person[of])
            covered[keys][row] = covered[keys].get(row, 0) + offers
    return covered


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


def _alike(opened: Opened) -> Iterable[tuple[int, frozenset[str], int]]:
    """Yield, for each person, how many offers open to the same programmes: person, programmes, offers."""
    names: dict[int, list[str]] = defaultdict(list)
    for key, sort in enumerate(opened.sort.tolist()):
        names[sort].append(opened.keys.offers.ids[opened.keys.offer[key]])
    owner: dict[int, int] = dict(zip(opened.sort.tolist(), opened.keys_of.tolist(), strict=True))
    sorts_of: dict[tuple[int, int], list[int]] = defaultdict(list)
    for sort, offer in zip(opened.by_sort.tolist(), opened.offer.tolist(), strict=True):
        sorts_of[owner[sort], offer].append(sort)
    counts: dict[tuple[int, tuple[int, ...]], int] = defaultdict(int)
    for (of, _), sorts in sorts_of.items():
        counts[of, tuple(sorts)] += 1
    for (of, sorts_together), offers in counts.items():
        yield of, frozenset(name for sort in sorts_together for name in names[sort]), offers
