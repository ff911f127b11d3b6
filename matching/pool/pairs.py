"""The one representation between the two ends of a query."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.domain.vocabulary import OfferKind
from matching.pool.offers import Offers
from matching.pool.people import BoolArray, IntArray, People

_KINDS = "kinds"

KM = "km"
"""Name in `Pairs.memo` of the road-like distance of each pair in km, (n_pairs,); some of the pairs keep theirs."""


class Rows:
    """The columns of a pool at some of its rows, repeated or not: each is gathered when it is first read, and kept.

    Its arrays are not to be written to.
    """

    def __init__(self, pool: People | Offers, rows: IntArray) -> None:
        self._pool, self._rows = pool, rows

    def __getattr__(self, name: str) -> npt.NDArray[Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        column: npt.NDArray[Any] = getattr(self._pool, name)[self._rows]
        self.__dict__[name] = column
        return column


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of a person and an offer: two index arrays into two pools, on one day.

    Rules, features and scores are functions from `Pairs` to arrays with one row a pair.
    """

    people: People
    offers: Offers
    person: IntArray
    """Row in `people`, (n_pairs,)."""
    offer: IntArray
    """Row in `offers`, (n_pairs,)."""
    as_of: int
    """Ordinal of the day the question is asked for."""
    who: Rows = field(init=False, repr=False, compare=False)
    """The person of each pair: `who.wage_floor` is a column of `People` with one row a pair, (n_pairs,)."""
    what: Rows = field(init=False, repr=False, compare=False)
    """The offer of each pair: `what.housing` is a column of `Offers` with one row a pair, (n_pairs,)."""
    memo: dict[str, Any] = field(init=False, default_factory=dict, repr=False, compare=False)
    """What several features ask of the same pairs, reckoned once; its arrays are not to be written to."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "who", Rows(self.people, self.person))
        object.__setattr__(self, "what", Rows(self.offers, self.offer))

    def __len__(self) -> int:
        return len(self.person)

    def where(self, mask: IntArray | BoolArray) -> "Pairs":
        """Return the pairs that *mask* (boolean (n_pairs,) or indices) selects."""
        some = Pairs(
            people=self.people, offers=self.offers, person=self.person[mask], offer=self.offer[mask], as_of=self.as_of
        )
        if KM in self.memo:
            some.memo[KM] = self.memo[KM][mask]
        return some

    def by_kind(self) -> "list[tuple[int, IntArray | slice, Pairs]]":
        """Return the pairs of each kind of offer: its code, which pairs they are, and the pairs; made once."""
        known: list[tuple[int, IntArray | slice, Pairs | None]] | None = self.memo.get(_KINDS)
        if known is None:
            known = self.memo[_KINDS] = list(self._by_kind())
        return [(kind, rows, self if its is None else its) for kind, rows, its in known]

    def _by_kind(self) -> "Iterator[tuple[int, IntArray | slice, Pairs | None]]":
        """As `by_kind`; None for the pairs themselves: if they held themselves, only the collector would free them."""
        kinds = self.what.kind
        for kind in range(len(OfferKind)):
            rows = (kinds == kind).nonzero()[0]
            if 0 < len(rows) < len(self):
                yield kind, rows, self.where(rows)
            elif len(rows):
                yield kind, slice(None), None

    @classmethod
    def cross(cls, people: People, offers: Offers, *, as_of: int) -> "Pairs":
        """Return every person with every offer, people outermost, shape (len(people) * len(offers),)."""
        person, offer = np.divmod(np.arange(len(people) * len(offers)), max(len(offers), 1))
        return cls(people=people, offers=offers, person=person, offer=offer, as_of=as_of)
