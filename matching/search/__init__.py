"""The exact best k of each kind, per person or per offer: reach first, then rules, then features and scores.

What lies within reach is found by place: the other side is grouped by commune, so a person looks at as many distances
as there are communes, never at one an offer. Of a pool that is served, what was added counts and what was withdrawn
does not, in no answer and in no number. `Searcher.find` judges everything within reach, in pieces that fit the
processor's caches: it can tell every exclusion. `Searcher.best` shows the same and judges only what could be shown: an
additive model bounds a block's score by one look-up a facet, blocks are opened best bound first, and the search stops
when the k-th score beats the next bound; `not_judged` counts what that leaves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import Literal

import numpy as np

from matching.domain.vocabulary import OfferKind
from matching.features import matrix
from matching.pool.blocks import ranges
from matching.pool.by_cell import among
from matching.pool.by_cell import everything as all_offers
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.pool.texts import names_of
from matching.ranking.additive import AdditiveModel
from matching.rules import passes
from matching.search.descent import Descent, Judged, judged_all
from matching.search.index import index_of
from matching.search.reach import Cells, cells_in, looked_km
from matching.search.ways import Surroundings
from matching.taxonomy.places import distance_km

Side = Literal["person", "offer"]
"""Who asks: one answer per person, or one per offer."""

_PAIRS_A_PIECE = 32_768
"""Pairs judged at once: their columns stay in the processor's caches."""

_SUBJECTS_A_SLAB = 64
"""Subjects whose distances to all communes are reckoned at once."""

_NOTHING = (np.zeros(0, dtype=np.int64),) * 7
"""The columns of `Searcher._judged` where nobody was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found for some subjects; every offer (or person) of the pool is in exactly one of the counts."""

    shown: Pairs
    """The best k of each kind, by subject, then best first over all kinds, (n_shown,)."""
    shown_of: IntArray
    """Position of each shown pair's subject among those asked for, (n_shown,) ascending."""
    score: IntArray
    """Score of each shown pair in millionths, (n_shown,)."""
    eligible: Pairs
    """Every pair that was judged and passes, by subject."""
    eligible_of: IntArray
    excluded: Pairs
    """Every pair that was judged and fails a rule, by subject."""
    excluded_of: IntArray
    not_near: IntArray
    """Pairs out of reach, by subject; they were not judged."""
    not_judged: IntArray
    """Pairs that could no longer reach the best k, by subject."""
    near: BoolArray
    """Place cells within reach of each person who asks, (n_subjects, n_cells); of offers that ask, (n_subjects, 0)."""

    @property
    def judged(self) -> Pairs:
        """Every pair that was put to the rules."""
        offer = np.concatenate((self.eligible.offer, self.excluded.offer))
        return replace(self.eligible, person=np.concatenate((self.eligible.person, self.excluded.person)), offer=offer)

    @property
    def judged_of(self) -> IntArray:
        """Position of the subject of each judged pair."""
        return np.concatenate((self.eligible_of, self.excluded_of))

    @property
    def not_shown(self) -> IntArray:
        """Pairs that pass every rule and were cut by k, by subject, (n_subjects,)."""
        n = len(self.not_near)
        return np.bincount(self.eligible_of, minlength=n) - np.bincount(self.shown_of, minlength=n)

    @property
    def excluded_count(self) -> IntArray:
        """Judged pairs that fail a rule, by subject, (n_subjects,)."""
        return np.bincount(self.excluded_of, minlength=len(self.not_near))


class Searcher:
    """One pool seen from one side.

    Parameters
    ----------
    people, offers : the two pools
    model : AdditiveModel
    per : "person" or "offer"
        Who asks.
    as_of : int
        Ordinal of the day the question is asked for.
    """

    def __init__(self, people: People, offers: Offers, model: AdditiveModel, *, per: Side, as_of: int) -> None:
        self.people, self.offers, self.model, self.per, self.as_of = people, offers, model, per, as_of
        self._limit = looked_km(people)

    @cached_property
    def _cells(self) -> Cells:
        return cells_in(self.offers)

    @cached_property
    def _homes(self) -> "_Homes":
        return _Homes(self.people)

    @property
    def _n_others(self) -> int:
        return all_offers.total(self.offers) if self.per == "person" else len(self.people)

    def find(self, subjects: IntArray, *, k: int, everything: bool = False) -> Found:
        """Return the best *k* of each kind for each of *subjects* (rows of the asking side).

        Exact: the same as scoring every pair within reach, or every pair of the pool where *everything*. Equal scores
        stand in the order of BLAKE2b of "person_id|offer_id", so the order of rows does not matter.
        """
        near = self._near(subjects, everything)
        pieces = (self._judged(of, pairs, k) for of, pairs in self._pieces(subjects, near, everything))
        return self._found(subjects, near, pieces)

    def best(self, subjects: IntArray, *, k: int, everything: bool = False) -> Found:
        """Return what `find` shows, judging only what could be shown; the rest within reach counts as `not_judged`.

        The first question to a pool reckons its index (see `matching.search.index`); what was added since is judged
        beside it. Per offer everything within reach is judged.
        """
        if self.per == "offer":
            return self.find(subjects, k=k, everything=everything)
        near = self._near(subjects, everything)
        return self._found(subjects, near, self._best_of_each(subjects, near, k, everything), self._cells.counts(near))

    def _found(
        self,
        subjects: IntArray,
        near: BoolArray,
        pieces: Iterable[tuple[IntArray, ...]],
        reached: IntArray | None = None,
    ) -> Found:
        """Return the pieces of an answer (columns of `_judged`) as one.

        *reached* is how many lie within reach of each subject; None: those that were judged.
        """
        parts = zip(_NOTHING, *pieces, strict=True)
        shown_of, shown, score, eligible_of, eligible, excluded_of, excluded = (np.concatenate(part) for part in parts)
        judged = np.bincount(np.concatenate((eligible_of, excluded_of)), minlength=len(subjects))
        reached = judged if reached is None else reached
        return Found(
            shown=self._pairs(subjects[shown_of], shown),
            shown_of=shown_of,
            score=score,
            eligible=self._pairs(subjects[eligible_of], eligible),
            eligible_of=eligible_of,
            excluded=self._pairs(subjects[excluded_of], excluded),
            excluded_of=excluded_of,
            not_near=self._n_others - reached,
            not_judged=reached - judged,
            near=near,
        )

    def _best_of_each(
        self, subjects: IntArray, near: BoolArray, k: int, everything: bool
    ) -> Iterator[tuple[IntArray, ...]]:
        """Yield for each subject the columns of `_judged`."""
        index = index_of(self.people, self.offers, self.model, as_of=self.as_of)
        layers = [layer for layer in index.layers if self.offers.kinds is None or layer.kind in self.offers.kinds]
        for of, subject in enumerate(subjects.tolist()):
            who, nothing = self.people.alone(subject), _NOTHING[0]
            one = Pairs(people=who, offers=self.offers, person=nothing, offer=nothing, as_of=self.as_of)
            around = Surroundings.of(index, one, np.inf if everything else float(self._limit[subject]))
            judged = [Descent(layer, index, one, around).run(k) for layer in layers]
            newer = all_offers.added(self.offers, near[of])
            yield self._best_of(of, subject, [*judged, judged_all(one, newer, self.model)], k)

    def _best_of(self, of: int, subject: int, judged: list[Judged], k: int) -> tuple[IntArray, ...]:
        """Return the columns of `_judged` for one person, out of what was judged of each kind."""
        offer = np.concatenate([_NOTHING[0], *(its.rows for its in judged)])
        passed = np.concatenate([_NOTHING[0] > 0, *(its.passing for its in judged)])
        score = np.concatenate([_NOTHING[0], *(its.score for its in judged)])
        eligible = self._pairs(np.full(len(score), subject), offer[passed])
        here = np.full(len(offer), of)
        chosen = best_of_each_kind(here[: len(score)], eligible, score, k)
        shown = here[: len(chosen)], eligible.offer[chosen], score[chosen]
        excluded = offer[~passed]
        excluded = excluded[~among(excluded, self.offers.gone)]
        return *shown, here[: len(score)], eligible.offer, here[: len(excluded)], excluded

    def passing(self, subjects: IntArray) -> Iterator[tuple[Pairs, IntArray]]:
        """Yield, piece by piece, every pair within reach that passes all rules, with its score in millionths."""
        for _, pairs in self._pieces(subjects, self._near(subjects, False), everything=False):
            eligible = pairs.where(passes(pairs))
            yield eligible, self.model.score(matrix(eligible))

    def failing(self, subjects: IntArray) -> Iterator[Pairs]:
        """Yield, piece by piece, every pair within reach that fails a rule."""
        for _, pairs in self._pieces(subjects, self._near(subjects, False), everything=False):
            yield pairs.where(~passes(pairs))

    def _judged(self, of: IntArray, pairs: Pairs, k: int) -> tuple[IntArray, ...]:
        """Return subject, other row and score of the best; subject and other row of all that pass, and of the rest."""
        passing = passes(pairs)
        eligible = pairs.where(passing)
        score = self.model.score(matrix(eligible))
        best = best_of_each_kind(of[passing], eligible, score, k)
        other = pairs.offer if self.per == "person" else pairs.person
        shown = of[passing][best], other[passing][best], score[best]
        return *shown, of[passing], other[passing], of[~passing], other[~passing]

    def _near(self, subjects: IntArray, everything: bool) -> BoolArray:
        """Return the cells within reach of each subject; see `Found`."""
        if self.per == "offer":
            return np.zeros((len(subjects), 0), dtype=bool)
        return self._cells.near(self.people, subjects, everything=everything)

    def _pieces(self, subjects: IntArray, near: BoolArray, everything: bool) -> Iterator[tuple[IntArray, Pairs]]:
        """Yield the pairs within reach, with the position of their subject; a subject is never in two pieces."""
        for first in range(0, len(subjects), _SUBJECTS_A_SLAB):
            slab = slice(first, first + _SUBJECTS_A_SLAB)
            by_person = self.per == "person"
            some = subjects[slab]
            reached = self._offers_reached(some, near[slab]) if by_person else self._people_reached(some, everything)
            for of, pairs in reached:
                yield first + of, pairs

    def _offers_reached(self, people: IntArray, near: BoolArray) -> Iterator[tuple[IntArray, Pairs]]:
        for start, stop in _runs(self._cells.counts(near)):
            of, offer = all_offers.within(self.offers, near[start:stop])
            yield start + of, self._pairs(people[start:stop][of], offer)

    def _people_reached(self, offers: IntArray, everything: bool) -> Iterator[tuple[IntArray, Pairs]]:
        somewhere = ~((self.offers.place[offers] < 0) | (self.offers.housing[offers] == 1))
        lat, lon = (np.where(somewhere, its[offers], np.nan) for its in (self.offers.lat, self.offers.lon))
        km = self._homes.distances(lat, lon)
        near = np.ones(km.shape, dtype=bool) if everything else ~(km > self._limit.max(initial=0.0))
        for start, stop in _runs(near @ self._homes.sizes):
            of, person, way = self._homes.opened(near[start:stop], km[start:stop])
            kept = np.flatnonzero(everything | ~(way > self._limit[person]))
            yield start + of[kept], self._pairs(offers[start:stop][of[kept]], person[kept])

    def _pairs(self, subject: IntArray, other: IntArray) -> Pairs:
        person, offer = (subject, other) if self.per == "person" else (other, subject)
        return Pairs(people=self.people, offers=self.offers, person=person, offer=offer, as_of=self.as_of)


class _Homes:
    """People grouped by the commune they live in; those of whom it is not known stand in a group without a place."""

    def __init__(self, people: People) -> None:
        place = np.where(np.isnan(people.lat), -1, people.place)
        self._order = np.argsort(place, kind="stable")
        places, self._starts, self.sizes = np.unique(place[self._order], return_index=True, return_counts=True)
        first = self._order[self._starts]
        self._lat = np.where(places >= 0, people.lat[first], np.nan)
        self._lon = np.where(places >= 0, people.lon[first], np.nan)

    def distances(self, lat: FloatArray, lon: FloatArray) -> FloatArray:
        """Return the road-like distance from points (n,) to each group in km, (n, n_groups), rounded to 10 m."""
        return np.round(distance_km(lat[:, None], lon[:, None], self._lat[None, :], self._lon[None, :]), 2)

    def opened(self, near: BoolArray, km: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Return position of the subject, row and distance of each member of the groups in *near* (n, n_groups)."""
        subject, group = np.nonzero(near)
        sizes = self.sizes[group]
        rows = self._order[ranges(self._starts[group], self._starts[group] + sizes)]
        return np.repeat(subject, sizes), rows, np.repeat(km[subject, group], sizes)


def _runs(sizes: IntArray) -> Iterator[tuple[int, int]]:
    """Yield runs of subjects whose pairs, *sizes* (n,), are judged together: as many as fit a piece, one at least."""
    ends, start = np.cumsum(sizes), 0
    while start < len(sizes):
        done = int(ends[start - 1]) if start else 0
        stop = max(int(np.searchsorted(ends, done + _PAIRS_A_PIECE, side="right")), start + 1)
        yield start, stop
        start = stop


def best_of_each_kind(subject: IntArray, pairs: Pairs, score: IntArray, k: int) -> IntArray:
    """Return the rows of the best *k* of each kind of each subject: by subject, then best first over all kinds."""
    group = subject * len(OfferKind) + pairs.offers.kind[pairs.offer]
    order = np.lexsort((-score, group))
    rank = _rank_within(group[order])
    kth = np.minimum(np.arange(len(order)) - rank + k - 1, len(order) - 1)
    ties_with_kth = (group[order] == group[order[kth]]) & (score[order] == score[order[kth]])
    near = order[(rank < k) | (ties_with_kth & (k > 0))]
    best_first = near[_best_first(subject[near], score[near], pairs.where(near))]
    by_group = np.argsort(group[best_first], kind="stable")
    kept = np.zeros(len(near), dtype=bool)
    kept[by_group] = _rank_within(group[best_first[by_group]]) < k
    return np.asarray(best_first[kept])


def _rank_within(group: IntArray) -> IntArray:
    """Return the position of each element within its run of equal values."""
    position = np.arange(len(group))
    starts = np.concatenate(([True], group[1:] != group[:-1])) if len(group) else np.zeros(0, dtype=bool)
    return position - np.maximum.accumulate(np.where(starts, position, 0))


def _best_first(subject: IntArray, score: IntArray, pairs: Pairs) -> IntArray:
    """Return pairs by subject, best first; equal scores of one subject by the digest of both ids."""
    order = np.lexsort((-score, subject))
    equal = (np.diff(subject[order]) == 0) & (np.diff(score[order]) == 0)
    if not equal.any():
        return order
    rows = order[np.append(equal, False) | np.append(False, equal)]
    names = zip(
        names_of(pairs.people.ids, pairs.person[rows]), names_of(pairs.offers.ids, pairs.offer[rows]), strict=True
    )
    digests = [blake2b(f"{who}|{what}".encode()).digest() for who, what in names]
    tie = np.zeros(len(pairs), dtype=np.uint64)
    tie[rows] = np.frombuffer(b"".join(digests), dtype=">u8")[:: blake2b.MAX_DIGEST_SIZE // 8]
    return np.lexsort((tie, -score, subject))
