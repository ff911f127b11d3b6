"""The best offers of a block of people, everything within reach judged.

Two people differ in what few facets say of them. Each facet is asked once a person (once for all who have in common
what it reads) and combination; everybody of one place and limit then shares the offers at hand, and a score is a sum
of look-ups. The scores that are told are the model's own.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.batch.shelf import RULED_OUT, Facet, Shelf, added, shelves_of
from matching.batch.shortlists import Shortlists, joined
from matching.features import matrix
from matching.pool.blocks import ranges
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray, People
from matching.ranking.additive import AdditiveModel
from matching.search import best_of_each_kind
from matching.search.facets import ASKED, CLOSED_BY, WAY, Steps, combined
from matching.search.reach import Cells, cells_in

PEOPLE_AT_ONCE = 64
"""People whose tables are held together: they fit the processor's caches."""

_PAIRS_A_PIECE = 32_768

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Shortlisting:
    """A task: the best *k* of each kind for people of a pool, by row."""

    people: People
    offers: Offers
    model: AdditiveModel
    as_of: int
    k: int

    def __call__(self, rows: IntArray) -> Shortlists:
        """Return the lists of the people of *rows* (m,), in that order."""
        parts = []
        for first in range(0, len(rows), PEOPLE_AT_ONCE):
            people = self.people.take(rows[first : first + PEOPLE_AT_ONCE])
            parts.append(_Slice(self, people).shortlists())
        return joined(parts, ())

    @cached_property
    def steps(self) -> Steps:
        """The tables of the model, one feature at a time."""
        return Steps(self.model)

    @cached_property
    def cells(self) -> Cells:
        """Where the offers are."""
        return cells_in(self.offers)

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """The offers, laid out once a process."""
        return shelves_of(self.people, self.offers, self.steps, as_of=self.as_of)


class _Slice:
    """Some people, served together."""

    def __init__(self, asked: Shortlisting, people: People) -> None:
        self._asked, self._people = asked, people
        self._eligible = np.zeros(len(people), dtype=np.int64)
        self._person: list[IntArray] = [_NONE]
        self._offer: list[IntArray] = [_NONE]

    def shortlists(self) -> Shortlists:
        """Return the lists of these people."""
        people, asked = self._people, self._asked
        group, firsts = combined([people.place, people.max_commute_km])
        near = asked.cells.near(people, firsts)
        for shelf in asked.shelves:
            tables = [self._table(facet) for facet in shelf.facets]
            for number in range(len(firsts)):
                self._serve(shelf, tables, np.flatnonzero(group == number), near[number])
        person, offer = np.concatenate(self._person), np.concatenate(self._offer)
        pairs = self._pairs(person, offer)
        score = asked.model.score(matrix(pairs))
        best = best_of_each_kind(person, pairs, score, asked.k)
        counts = np.bincount(person[best], minlength=len(people))
        within = asked.cells.counts(near)[group]
        return Shortlists(
            person_ids=people.ids,
            offer_ids=(),
            ends=np.cumsum(counts),
            offer=offer[best].astype(np.int32),
            score=score[best],
            not_shown=self._eligible - counts,
            excluded=within - self._eligible,
            not_near=len(asked.offers) - within,
            not_judged=np.zeros(len(people), dtype=np.int64),
        )

    def _serve(self, shelf: Shelf, tables: list[tuple[IntArray, IntArray]], rows: IntArray, near: BoolArray) -> None:
        """Take up who of *rows*, all of one place and limit, could be shown what."""
        members, ways, at = shelf.within(near)
        if not len(members):
            return
        value, offer = shelf.value[members], shelf.rows[members]
        codes = [facet.code[members] for facet in shelf.facets]
        way, kind = self._way(shelf.way, rows, ways)
        for person, of_kind in zip(rows.tolist(), kind.tolist(), strict=True):
            bound = value + way[of_kind].take(at)
            for (table, which), code in zip(tables, codes, strict=True):
                bound += table[which[person]].take(code)
            self._choose(shelf, person, offer, bound)

    def _choose(self, shelf: Shelf, person: int, offer: IntArray, bound: IntArray) -> None:
        """Count what passes every rule, and keep what could be among the best by its bound."""
        alive = np.flatnonzero(bound > RULED_OUT)
        for rule in shelf.rules:
            alive = alive[rule.passes(self._pairs(np.full(len(alive), person), offer[alive]))]
        self._eligible[person] += len(alive)
        k, reached = self._asked.k, bound[alive]
        if len(alive) > k:
            alive = alive[reached >= _kth(reached, k) - shelf.slack] if k else alive[:0]
        self._person.append(np.full(len(alive), person))
        self._offer.append(offer[alive])

    def _table(self, facet: Facet) -> tuple[IntArray, IntArray]:
        """Return what each combination of a facet adds, (n_sorts, n_codes), and which sort each person is, (n,)."""
        people = self._people
        if facet.usual is not None:
            return self._skills(facet, facet.usual), np.arange(len(people))
        own = np.arange(len(people))
        asked = [getattr(people, name) for name in ASKED.get(facet.name, ())]
        if facet.name in CLOSED_BY:
            own = np.where(getattr(people, CLOSED_BY[facet.name]) == 0, -1, own)
        which, firsts = combined(asked or [own])
        return self._crossed(facet, firsts, facet.examples), which

    def _way(self, way: Facet, rows: IntArray, ways: IntArray) -> tuple[IntArray, IntArray]:
        """Return what each of *ways* adds, (n_sorts, n_ways), and which sort each person of one place is."""
        kind, firsts = combined([getattr(self._people, name)[rows] for name in ASKED[WAY]])
        return self._crossed(way, rows[firsts], way.examples[ways]), kind

    def _crossed(self, facet: Facet, rows: IntArray, examples: IntArray) -> IntArray:
        """Return what each of *examples* adds for each person of *rows*, (n_rows, n_examples)."""
        table = np.empty((len(rows), len(examples)), dtype=np.int64)
        step = max(1, _PAIRS_A_PIECE // max(len(examples), 1))
        for first in range(0, len(rows), step):
            some = rows[first : first + step]
            pairs = self._pairs(np.repeat(some, len(examples)), np.tile(examples, len(some)))
            table[first : first + step] = added(facet.parts, pairs, self._asked.steps).reshape(len(some), -1)
        return table

    def _skills(self, facet: Facet, usual: IntArray) -> IntArray:
        """Return what combinations of skills add: what they add for anybody, but where a skill is the person's."""
        held = self._people.skills > 0
        code, column = np.nonzero((skills := self._asked.offers.skills[facet.examples]) >= 0)
        skill = skills[code, column]
        order = np.argsort(skill, kind="stable")
        starts = np.searchsorted(skill[order], np.arange(held.shape[1] + 1))
        whose, its = np.nonzero(held)
        begin, end = starts[its], starts[its + 1]
        person, named = np.repeat(whose, end - begin), code[order][ranges(begin, end)]
        table = np.repeat(usual[None, :], len(self._people), axis=0)
        table[person, named] = added(facet.parts, self._pairs(person, facet.examples[named]), self._asked.steps)
        return table

    def _pairs(self, person: IntArray, offer: IntArray) -> Pairs:
        return Pairs(
            people=self._people, offers=self._asked.offers, person=person, offer=offer, as_of=self._asked.as_of
        )


def _kth(values: IntArray, k: int) -> int:
    """Return the k-th largest of at least *k* values."""
    return int(np.partition(values, len(values) - k)[len(values) - k])
