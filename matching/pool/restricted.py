"""Category and completion date, beside the pool.

Only `matching.rules.loan` may read this room and only `matching.pool.build` may fill it (a contract of import-linter).
`People` carries the envelope without looking inside, so openings and programmes cannot depend on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.domain.bits import positions
from matching.domain.survey import Restricted
from matching.domain.vocabulary import Category
from matching.pool.people import IntArray


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sealed:
    """The restricted columns of a pool of people, one row each; it prints no value."""

    category: IntArray
    """Code of `Category`, (n,) int8; -1 unknown."""
    completed_on: IntArray
    """Ordinal of the day of completion, (n,) int32; 0 unknown."""

    def __len__(self) -> int:
        return len(self.category)

    def __getitem__(self, rows: IntArray) -> "Sealed":
        """Return the envelope of *rows* (m,), in that order."""
        return Sealed(category=self.category[rows], completed_on=self.completed_on[rows])

    def __repr__(self) -> str:
        return f"Sealed({len(self)} rows)"


def seal(records: Sequence[Restricted | None]) -> Sealed:
    """Put the restricted part of surveys into columns; None is unknown."""
    codes = positions(Category)
    return Sealed(
        category=np.array([-1 if r is None else codes[r.category] for r in records], dtype=np.int8),
        completed_on=np.array(
            [0 if r is None or r.completed_on is None else r.completed_on.toordinal() for r in records], dtype=np.int32
        ),
    )
