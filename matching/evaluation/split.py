"""People-grouped folds: nobody is judged by a model that has seen them."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np

from matching.errors import DataError
from matching.pool.people import BoolArray, IntArray


def folds(person_ids: Sequence[str], n_folds: int, *, seed: int) -> IntArray:
    """Return the fold of each row, (n_rows,) from 0 to n_folds - 1; all rows of a person are in one fold.

    People are dealt out in the order of a hash, so folds are of equal size (in people), and the order of rows does not
    matter.

    Raises
    ------
    DataError
        Fewer than two folds, or fewer people than folds.
    """
    people = sorted(set(person_ids), key=lambda name: blake2b(f"{seed}|{name}".encode()).digest())
    if not 2 <= n_folds <= len(people):
        raise DataError(f"{n_folds} folds of {len(people)} people: there must be two or more, each with somebody in it")
    fold_of = {name: i % n_folds for i, name in enumerate(people)}
    return np.array([fold_of[name] for name in person_ids], dtype=np.int64)


def held_out(fold: IntArray) -> Iterator[tuple[BoolArray, BoolArray]]:
    """Yield (rows to learn from, rows held out) for each fold in turn."""
    for i in range(int(fold.max(initial=-1)) + 1):
        yield fold != i, fold == i
