"""What a rule is: a name, the kinds of offer it judges, a mask over pairs, and the words for one that failed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matching.domain.bits import mask, positions
from matching.domain.match import Blocker, Verdict
from matching.domain.vocabulary import OfferKind
from matching.pool.pairs import Pairs, Rows
from matching.pool.people import BoolArray, IntArray, People

OPENINGS = frozenset({OfferKind.OPENING})
PROGRAMMES = frozenset({OfferKind.PROGRAMME})
LOANS = frozenset({OfferKind.LOAN})
WORK_AND_TRAINING = OPENINGS | PROGRAMMES
ALL_KINDS = WORK_AND_TRAINING | LOANS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something without which a person cannot take an offer."""

    name: str
    kinds: frozenset[OfferKind]
    """Kinds of offer that the rule judges; offers of other kinds pass, and are never put to it."""
    passes: Callable[[Pairs], BoolArray]
    """Mask of the pairs that pass, of these kinds, (n_pairs,)."""
    verdict: Callable[[Pairs, int], Verdict]
    """What to say about a row that failed."""
    further: Callable[[Pairs, int], tuple[Verdict, ...]] | None = None
    """More verdicts on the same row, where each failure needs a fix of its own (a second licence)."""

    def verdicts(self, pairs: Pairs, row: int) -> tuple[Verdict, ...]:
        """Return all that the rule says about a row that failed."""
        return (self.verdict(pairs, row), *(self.further(pairs, row) if self.further else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerRule:
    """Something to settle before a shown match can work; it excludes nothing."""

    name: str
    kinds: frozenset[OfferKind]
    applies: Callable[[Pairs], BoolArray]
    """Mask of the pairs it has to be said of, of these kinds, (n_pairs,)."""
    blocker: Callable[[Pairs, int], Blocker]


def bit(member: StrEnum) -> int:
    """Return the bit of one member of a closed set."""
    return mask([member])


def code(member: StrEnum) -> int:
    """Return the code of one member of a closed set, as columns hold it."""
    return positions(type(member))[member]


_NOBODY: IntArray = np.zeros(0, dtype=np.intp)


def pairs_whose(pairs: Pairs, concerns: Callable[[People | Rows], BoolArray]) -> IntArray:
    """Return the rows of *pairs* whose person something concerns; *concerns* says so of each row of columns.

    Most limits concern few people: a rule gathers the columns of offers for these rows only.
    """
    if len(pairs.people) > len(pairs):
        return concerns(pairs.who).nonzero()[0]
    people = concerns(pairs.people)
    return people[pairs.person].nonzero()[0] if np.count_nonzero(people) else _NOBODY


def pairs_with(pairs: Pairs, column: str, bits: int) -> IntArray:
    """Return the rows of *pairs* whose person has any of *bits* in a column of `People`."""
    if len(pairs.people) == 1:
        return np.arange(len(pairs)) if getattr(pairs.people, column).item() & bits else _NOBODY
    return pairs_whose(pairs, lambda who: getattr(who, column) & bits != 0)


def everywhere(pairs: Pairs) -> BoolArray:
    """Hold for every pair, (n_pairs,)."""
    return np.ones(len(pairs), dtype=bool)


def all_but(pairs: Pairs, rows: IntArray, fails: Callable[[Pairs], BoolArray]) -> BoolArray:
    """Return a mask that passes every pair but those of *rows* for which *fails* holds, (n_pairs,)."""
    if len(rows) == len(pairs):
        return ~fails(pairs)
    passing = np.ones(len(pairs), dtype=bool)
    if len(rows):
        passing[rows] = ~fails(pairs.where(rows))
    return passing


def only(pairs: Pairs, rows: IntArray, holds: Callable[[Pairs], BoolArray]) -> BoolArray:
    """Return a mask of those among *rows* for which *holds* holds, (n_pairs,)."""
    return ~all_but(pairs, rows, holds)
