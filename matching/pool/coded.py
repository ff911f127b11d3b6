"""Columns of few different values: a narrow number a row, and what the numbers stand for.

Several columns may share their numbers: where an offer lies decides both its latitude and its longitude.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

A = TypeVar("A", bound=npt.NDArray[Any])
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Generic[A]):
    """A column of numbers; `column[rows]` reads those rows and no others, `column[:]` all of them.

    >>> wages = Coded.of(np.array([7.5, np.nan, 7.5]))
    >>> wages[np.array([2, 1])].tolist(), wages.code.dtype.name
    ([7.5, nan], 'uint8')
    """

    code: npt.NDArray[np.integer]
    """Number of each row's value, (n,)."""
    values: A
    """(n_values,), or (n_values, width) for a column of sets."""

    @classmethod
    def of(cls, column: A) -> "Coded[A]":
        """Return a column in codes; NaN counts as one value."""
        axis = None if column.ndim == 1 else 0
        values, code = np.unique(column, axis=axis, return_inverse=True)
        return cls(narrowed(code.reshape(-1), len(values)), values)  # type: ignore[arg-type]

    @overload
    def __getitem__(self, rows: int | np.integer) -> Any: ...
    @overload
    def __getitem__(self, rows: slice | npt.NDArray[Any]) -> A: ...
    def __getitem__(self, rows: Any) -> Any:
        return self.values.take(self.code[rows], axis=0)

    def __len__(self) -> int:
        return len(self.code)

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> npt.NDArray[Any]:
        whole = self[:]
        return whole if dtype is None else whole.astype(dtype, copy=False)


class Shared(Sequence[T]):
    """A sequence in which many rows hold the same object."""

    def __init__(self, code: npt.NDArray[np.integer], values: Sequence[T]) -> None:
        self.code, self.values = code, values

    @overload
    def __getitem__(self, row: int) -> T: ...
    @overload
    def __getitem__(self, row: slice | npt.NDArray[Any]) -> tuple[T, ...]: ...
    def __getitem__(self, row: int | slice | npt.NDArray[Any]) -> T | tuple[T, ...]:
        if isinstance(row, (slice, np.ndarray)):
            return tuple([self.values[code] for code in self.code[row].tolist()])
        return self.values[int(self.code[row])]

    def __len__(self) -> int:
        return len(self.code)


def narrowed(code: npt.NDArray[np.integer], n_values: int) -> npt.NDArray[np.integer]:
    """Return codes in the narrowest type that can count *n_values*."""
    return code.astype(np.min_scalar_type(max(n_values - 1, 0)), copy=False)
