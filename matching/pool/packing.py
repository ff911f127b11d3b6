"""Whole columns packed into a pool: few different values become codes, rare columns a table of their own."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.domain.bits import positions
from matching.domain.offer import Offer
from matching.domain.vocabulary import OfferKind
from matching.pool.coded import Coded, Shared, narrowed
from matching.pool.layout import CODED, PLAIN, TERMS, column
from matching.pool.offers import Offers, Table
from matching.pool.people import FloatArray, IntArray
from matching.taxonomy.places import Places

Row = dict[str, Any]
"""Values of one offer by column; a column that is left out is unknown."""

Faults = tuple[tuple[str, ...], tuple[str, ...]]
"""Rules that hold a posting, and what each says about it."""

NO_FAULTS: Faults = (), ()

_OPENING = positions(OfferKind)[OfferKind.OPENING]

_AT_ONCE = 4096
"""Rows that stand side by side before they become columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What only programmes and loans have."""

    code: IntArray
    """Number of each offer's terms, (n,); 0 those of openings."""
    rows: Sequence[Row]
    """Terms 1, 2, 3 ..."""

    @property
    def tables(self) -> dict[str, Table]:
        """The columns, the terms of openings first."""
        rows = ({}, *self.rows)
        found: dict[str, Table] = {
            name: column([row.get(name, unknown) for row in rows], kind) for name, (kind, unknown) in TERMS.items()
        }
        return found | {name: tuple(row.get(name) for row in rows) for name in ("loan_communes", "loan_purposes")}


class Rows:
    """Rows on their way into columns: few of them are there at a time, however many come."""

    def __init__(self) -> None:
        self._waiting: list[Row] = []
        self._columns: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in PLAIN | CODED}
        self._terms: list[Row] = []
        self._term = array("q")
        self._fault = array("q")
        self._faults: dict[Faults, int] = {NO_FAULTS: 0}

    def add(self, row: Row) -> None:
        """Put one more row behind the others."""
        if row["kind"] == _OPENING:
            self._term.append(0)
        else:
            self._terms.append(row)
            self._term.append(len(self._terms))
        self._fault.append(self._faults.setdefault(row.get("faults", NO_FAULTS), len(self._faults)))
        self._waiting.append(row)
        if len(self._waiting) == _AT_ONCE:
            self._settle()

    def kinds(self) -> IntArray:
        """Return the kind of each, (n,)."""
        return self._column("kind")

    def packed(self, *, ids: Sequence[str], records: Sequence[Offer], places: Places) -> Offers:
        """Return them as a pool."""
        faults = tuple(self._faults)
        return packed(
            {name: self._column(name) for name in self._columns},
            ids=ids,
            records=records,
            places=places,
            terms=Terms(code=np.array(self._term), rows=self._terms),
            faults=Shared(np.array(self._fault), faults),
        )

    def _column(self, name: str) -> npt.NDArray[Any]:
        if self._waiting or not self._columns[name]:
            self._settle()
        return np.concatenate(self._columns[name])

    def _settle(self) -> None:
        for name, (kind, unknown) in (PLAIN | CODED).items():
            self._columns[name].append(column([row.get(name, unknown) for row in self._waiting], kind))
        self._waiting.clear()


def packed(
    columns: Mapping[str, npt.NDArray[Any]],
    *,
    ids: Sequence[str],
    records: Sequence[Offer],
    places: Places,
    terms: Terms | None = None,
    faults: Shared[Faults] | None = None,
) -> Offers:
    """Return a pool.

    Parameters
    ----------
    columns : mapping
        Every plain and every coded column, whole: (n,) or (n, width).
    terms : Terms or None
        None when all offers are openings.
    faults : Shared or None
        Those of each offer, (n,), the first value none; None when no posting is held.
    """
    n = len(ids)
    coded = {name: Coded.of(columns[name].reshape(n, *np.shape(unknown))) for name, (_, unknown) in CODED.items()}
    none = np.zeros(n, dtype=np.uint8)
    terms = terms or Terms(code=none, rows=())
    faults = faults or Shared(none, (NO_FAULTS,))
    return Offers.of(
        ids,
        records,
        rows={
            **{name: columns[name] for name in PLAIN},
            **{name: its.code for name, its in coded.items()},
            "terms": narrowed(terms.code, len(terms.rows) + 1),
            "faults": narrowed(faults.code, len(faults.values)),
        },
        tables={
            **{name: its.values for name, its in coded.items()},
            **centres(places),
            **terms.tables,
            "held_rules": tuple(rules for rules, _ in faults.values),
            "held_texts": tuple(texts for _, texts in faults.values),
        },
    )


@lru_cache(maxsize=4)
def centres(places: Places) -> dict[str, FloatArray]:
    """Return latitude and longitude of each place in degrees, and NaN for place -1 at the end."""
    degrees = {"lat": places.lat, "lon": places.lon}
    return {name: np.append(column, np.nan).astype(np.float32) for name, column in degrees.items()}
