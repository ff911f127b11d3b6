"""Whole columns packed into a pool: few different values become codes, rare columns a table of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.domain.offer import Offer
from matching.pool.coded import Coded, narrowed
from matching.pool.layout import CODED, PLAIN, TERMS, column
from matching.pool.offers import Offers, Table
from matching.pool.people import FloatArray, IntArray
from matching.taxonomy.places import Places

Row = dict[str, Any]
"""Values of one offer by column; a column that is left out is unknown."""

Faults = tuple[tuple[str, ...], tuple[str, ...]]
"""Rules that hold a posting, and what each says about it."""

NO_FAULTS: Faults = (), ()


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


def packed(
    columns: Mapping[str, npt.NDArray[Any]],
    *,
    ids: Sequence[str],
    records: Sequence[Offer],
    places: Places,
    terms: Terms | None = None,
    faults: Sequence[Faults] | None = None,
) -> Offers:
    """Return a pool.

    Parameters
    ----------
    columns : mapping
        Every plain and every coded column, whole: (n,) or (n, width).
    terms : Terms or None
        None when all offers are openings.
    faults : sequence (n,) or None
        None when no posting is held.
    """
    n = len(ids)
    coded = {name: Coded.of(columns[name].reshape(n, *np.shape(unknown))) for name, (_, unknown) in CODED.items()}
    none = np.zeros(n, dtype=np.uint8)
    terms = terms or Terms(code=none, rows=())
    kinds_of_fault = tuple(dict.fromkeys((NO_FAULTS, *(faults or ()))))
    number = {its: i for i, its in enumerate(kinds_of_fault)}
    fault = none if faults is None else np.array([number[its] for its in faults], dtype=np.int64)
    return Offers.of(
        ids,
        records,
        rows={
            **{name: columns[name] for name in PLAIN},
            **{name: its.code for name, its in coded.items()},
            "terms": narrowed(terms.code, len(terms.rows) + 1),
            "faults": narrowed(fault, len(kinds_of_fault)),
        },
        tables={
            **{name: its.values for name, its in coded.items()},
            **centres(places),
            **terms.tables,
            "held_rules": tuple(rules for rules, _ in kinds_of_fault),
            "held_texts": tuple(texts for _, texts in kinds_of_fault),
        },
    )


def centres(places: Places) -> dict[str, FloatArray]:
    """Return latitude and longitude of each place in degrees, and NaN for place -1 at the end."""
    degrees = {"lat": places.lat, "lon": places.lon}
    return {name: np.append(column, np.nan).astype(np.float32) for name, column in degrees.items()}
