"""Arrays and tables with room at their end: what is added does not move what is there, until the room is full."""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from matching.domain.offer import Offer, Opening
from matching.pool.layout import CODED, TERMS, THROUGH, column
from matching.pool.offers import Offers, Table
from matching.pool.packing import NO_FAULTS, Faults, Row
from matching.pool.people import IntArray
from matching.pool.texts import Lazy

Array = npt.NDArray[Any]
T = TypeVar("T")


class Growing:
    """An array of which the first rows are in use; it is written to in place until its room is full.

    Attributes
    ----------
    array : array (capacity, ...)
    """

    def __init__(self, array: Array) -> None:
        self.array = array

    def put(self, row: int, value: Any) -> None:
        """Write a row, the first free one or one before it; a code that needs a wider type gets it."""
        kind = self.array.dtype
        if kind.kind == "u" and value > np.iinfo(kind).max:
            kind = np.min_scalar_type(value)
        if row == len(self.array) or kind != self.array.dtype:
            moved = np.zeros((max(2 * row, 16), *self.array.shape[1:]), dtype=kind)
            moved[:row] = self.array[:row]
            self.array = moved
        self.array[row] = value


class Codebook:
    """The values of a coded column, and the code of each.

    Parameters
    ----------
    values : array (n_values, ...)
    kind : numpy type
        Type of a value, as the layout states it.
    """

    def __init__(self, values: Array, kind: Any) -> None:
        self._values, self._kind = Growing(values), kind
        step, raw = values[:1].nbytes, values.tobytes()
        self._codes = {raw[at : at + step]: i for i, at in enumerate(range(0, len(raw), step or 1))}

    @property
    def values(self) -> Array:
        """The values that have a code, a view."""
        return self._values.array[: len(self._codes)]

    def code(self, value: Any) -> int:
        """Return the code of a value; one that was not there yet gets the next."""
        written = column([value], self._kind)[0]
        key = written.tobytes()
        if key not in self._codes:
            self._values.put(len(self._codes), written)
            self._codes[key] = len(self._codes)
        return self._codes[key]


class Tables:
    """What the codes of a pool stand for, while offers are added to it."""

    def __init__(self, offers: Offers) -> None:
        tables = offers.tables
        self._fixed = {name: tables[name] for name, code in THROUGH.items() if code == "place"}
        self._coded = {name: Codebook(getattr(offers, name).values, kind) for name, (kind, _) in CODED.items()}
        self._terms = {name: Growing(getattr(offers, name).values) for name in TERMS}
        self._n_terms = len(offers.loan_communes.values)
        self._lists = {name: list(table) for name, table in tables.items() if not isinstance(table, np.ndarray)}
        faults = zip(self._lists["held_rules"], self._lists["held_texts"], strict=True)
        self._faults = {its: code for code, its in enumerate(faults)}

    def codes(self, offer: Offer, row: Row) -> dict[str, int]:
        """Return the codes of an offer's row; values that were not there yet are added first."""
        return {
            **{name: self._coded[name].code(row.get(name, unknown)) for name, (_, unknown) in CODED.items()},
            "terms": 0 if isinstance(offer, Opening) else self._new_terms(row),
            "faults": self._fault(row.get("faults", NO_FAULTS)),
        }

    def _new_terms(self, row: Row) -> int:
        for name, (kind, unknown) in TERMS.items():
            self._terms[name].put(self._n_terms, column([row.get(name, unknown)], kind)[0])
        for name in ("loan_communes", "loan_purposes"):
            self._lists[name].append(row.get(name))
        self._n_terms += 1
        return self._n_terms - 1

    def _fault(self, faults: Faults) -> int:
        if faults not in self._faults:
            for name, its in zip(("held_rules", "held_texts"), faults, strict=True):
                self._lists[name].append(its)
            self._faults[faults] = len(self._faults)
        return self._faults[faults]

    @property
    def tables(self) -> dict[str, Table]:
        """As `Offers.tables`."""
        return {
            **self._fixed,
            **{name: its.values for name, its in self._coded.items()},
            **{name: its.array[: self._n_terms] for name, its in self._terms.items()},
            **self._lists,
        }


class Joined(Lazy[T]):
    """A sequence, and the first elements of a list that grows behind it."""

    def __init__(self, first: Sequence[T], more: list[T], n: int) -> None:
        self._first, self._more, self._n = first, more, n

    def __len__(self) -> int:
        return self._n

    def read(self, row: int) -> T:
        """Return the element of a row."""
        behind = row - len(self._first)
        return self._first[row] if behind < 0 else self._more[behind]

    def many(self, rows: IntArray) -> list[T]:
        """Return the elements of some rows, (m,)."""
        if not isinstance(self._first, Lazy):
            return super().many(rows)
        n, behind = len(self._first), rows >= len(self._first)
        found = self._first.many(rows[~behind])
        for at in behind.nonzero()[0].tolist():
            found.insert(at, self._more[rows[at] - n])
        return found
