"""The best offers of many people, as columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from matching.pool.blocks import ranges
from matching.pool.people import IntArray

_COUNTS = ("not_shown", "excluded", "not_near", "not_judged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlists:
    """What is shown to each person, best first, and how many offers of the pool are not; no object a pair.

    Matches, `not_shown`, `excluded`, `not_near` and `not_judged` of a person add up to the pool.
    """

    person_ids: Sequence[str]
    offer_ids: Sequence[str]
    """Names of the whole pool of offers."""
    ends: IntArray
    """One past each person's last match, (n_people,)."""
    offer: IntArray
    """Row in the pool of each match, (n_matches,) int32: by person, best first over all kinds."""
    score: IntArray
    """In millionths, (n_matches,)."""
    not_shown: IntArray
    """Offers that pass every rule and were cut by k, (n_people,)."""
    excluded: IntArray
    """Offers within reach that fail a rule, (n_people,)."""
    not_near: IntArray
    """Offers out of reach, (n_people,)."""
    not_judged: IntArray
    """Offers within reach that nobody looked at, (n_people,): none, where a batch judges all."""

    def __len__(self) -> int:
        return len(self.ends)

    def take(self, rows: IntArray) -> "Shortlists":
        """Return the lists of the people of *rows* (m,), in that order."""
        counts = np.diff(self.ends, prepend=0)[rows]
        matches = ranges(self.ends[rows] - counts, self.ends[rows])
        return Shortlists(
            person_ids=[self.person_ids[row] for row in rows.tolist()],
            offer_ids=self.offer_ids,
            ends=np.cumsum(counts),
            offer=self.offer[matches],
            score=self.score[matches],
            **{name: getattr(self, name)[rows] for name in _COUNTS},
        )

    def lines(self) -> Iterator[bytes]:
        """Yield one JSON object a person: matches as [offer_id, score in millionths], then the counts."""
        start = 0
        for row, end in enumerate(self.ends.tolist()):
            matches = zip(self.offer[start:end].tolist(), self.score[start:end].tolist(), strict=True)
            yield msgspec.json.encode(
                {
                    "person_id": self.person_ids[row],
                    "matches": [[self.offer_ids[offer], score] for offer, score in matches],
                    **{name: int(getattr(self, name)[row]) for name in _COUNTS},
                }
            )
            start = end

    def to_bytes(self) -> bytes:
        """Return all lines by person id: the same for any order of rows, of people and of offers."""
        by_id = np.array(sorted(range(len(self)), key=self.person_ids.__getitem__), dtype=np.int64)
        return b"".join(line + b"\n" for line in self.take(by_id).lines())


def joined(parts: Sequence[Shortlists], offer_ids: Sequence[str]) -> Shortlists:
    """Return the lists of several blocks of people one after the other."""
    counts = [np.diff(part.ends, prepend=0) for part in parts]
    none = np.zeros(0, dtype=np.int64)
    return Shortlists(
        person_ids=[name for part in parts for name in part.person_ids],
        offer_ids=offer_ids,
        ends=np.cumsum(np.concatenate((none, *counts))),
        offer=np.concatenate((none.astype(np.int32), *(part.offer for part in parts))),
        score=np.concatenate((none, *(part.score for part in parts))),
        **{name: np.concatenate((none, *(getattr(part, name) for part in parts))) for name in _COUNTS},
    )
