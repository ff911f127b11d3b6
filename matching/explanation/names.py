"""The few names of a taxonomy release that sentences use: light enough to travel to worker processes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.taxonomy.licences import Licences
from matching.taxonomy.release import Taxonomy

Both = tuple[tuple[str, ...], tuple[str, ...]]
"""Names in Vietnamese and in English, by row."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Names:
    """What things are called in a sentence."""

    trades: Both
    """Occupations as one says them in a sentence."""
    skills: Both
    """Skills as they stand within a sentence."""
    licences: Licences
    similarity: npt.NDArray[np.float32]
    """How near each two occupations are, (n_occ, n_occ): the nearest trade of a person is the one that is named."""

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> "Names":
        """Return the names of a release."""
        return cls(
            trades=(taxonomy.occupations.plain_vi, taxonomy.occupations.plain_en),
            skills=(_within(taxonomy.skills.names_vi), _within(taxonomy.skills.names_en)),
            licences=taxonomy.licences,
            similarity=taxonomy.similarity,
        )


def _within(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names as they stand within a sentence: a capital stays only in an abbreviation."""
    return tuple(name if name[1:2].isupper() else name[:1].lower() + name[1:] for name in names)
