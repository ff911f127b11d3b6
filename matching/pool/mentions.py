"""What people said of trades and skills, a few mentions each, and how near that is to every unit group.

Only mentions are kept: some 50 bytes a person, where the wide columns take nine kilobytes. They are spread out over
the whole release for the people at hand, when a rule, feature or sentence first asks.
"""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

FROM_A_TRADE = 0.6
"""Strength of a skill that only follows from a trade, for a skill that is central to it; 1 when it was said."""

Rows = npt.NDArray[np.integer]
Wide = npt.NDArray[np.float32]


class Mention(NamedTuple):
    """One unit group or skill that a person named."""

    row: int
    """Row in `Occupations` or `Skills`."""
    confidence: float = 1.0
    years: float = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Mentions of one sort, side by side for each person."""

    ends: Rows
    """One past each person's last mention, (n_people,)."""
    row: Rows
    """Row in `Occupations` or `Skills`, (n,) int16."""
    confidence: npt.NDArray[np.float64]
    years: npt.NDArray[np.float32]
    """NaN where none were told, (n,)."""

    @classmethod
    def of(cls, named: list[list[Mention]]) -> "Mentions":
        """Return the mentions of each person, in the order given."""
        flat = [mention for its in named for mention in its]
        return cls(
            ends=np.array(list(accumulate(map(len, named))), dtype=np.int64),
            row=np.array([mention.row for mention in flat], dtype=np.int16),
            confidence=np.array([mention.confidence for mention in flat], dtype=np.float64),
            years=np.array([mention.years for mention in flat], dtype=np.float32),
        )

    @property
    def counts(self) -> Rows:
        """How many mentions each person has, (n_people,)."""
        counts = self.ends.copy()
        counts[1:] -= self.ends[:-1]
        return counts

    def __getitem__(self, people: Rows) -> "Mentions":
        """Return the mentions of the rows *people* (m,), in that order."""
        if not len(self.row):
            return replace(self, ends=np.zeros(len(people), dtype=self.ends.dtype))
        counts = self._counts_of(people)
        ends = np.cumsum(counts)
        picked = np.arange(counts.sum()) + np.repeat(self.ends[people] - ends, counts)
        return Mentions(ends=ends, row=self.row[picked], confidence=self.confidence[picked], years=self.years[picked])

    def alone(self, person: int) -> "Mentions":
        """Return the mentions of one row: views, nothing is copied."""
        end = self.ends[person : person + 1]
        first = int(self.ends[person - 1]) if person else 0
        its = slice(first, int(end[0]))
        return Mentions(ends=end - first, row=self.row[its], confidence=self.confidence[its], years=self.years[its])

    def _counts_of(self, people: Rows) -> Rows:
        """Return how many mentions the rows *people* have, looking at no others."""
        return self.ends[people] - np.where(people > 0, self.ends[people - 1], 0)

    @property
    def whose(self) -> Rows:
        """Whose each mention is, (n,)."""
        return np.arange(len(self.ends)).repeat(self.counts)

    def most(self, of: npt.NDArray[Any], value: npt.NDArray[Any], ufunc: np.ufunc = np.maximum) -> None:
        """Raise *of* (n_people, ...) to the largest *value* (n, ...) of each person's mentions.

        Parameters
        ----------
        ufunc : numpy.ufunc
            What picks one of two values, where that is not the larger one.
        """
        if len(self.ends) == 1:
            ufunc.reduce(np.concatenate((of, value)), axis=0, out=of[0, ...])
            return
        counts = self.counts
        for turn in range(int(counts.max(initial=0))):
            people = (counts > turn).nonzero()[0]
            of[people] = ufunc(of[people], value[self.ends[people] - counts[people] + turn])

    def longest_years(self) -> Wide:
        """Return the most years of each person's mentions, (n_people,); NaN when none were told."""
        longest = np.full(len(self.ends), np.nan, dtype=np.float32)
        self.most(longest, self.years, np.fmax)
        return longest


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What a release says of unit groups and skills."""

    similarity: Wide
    """How near each two unit groups are, (n_occ, n_occ), 0 to 1."""
    minor: Rows
    """Minor group of each unit group, (n_occ,)."""
    skills_of_trade: Wide
    """How central each skill is to each unit group, (n_occ, n_skills), 0 to 1."""


@dataclass(frozen=True, kw_only=True)
class Trades:
    """What people did, wish, refuse, may not do and can, and the wide columns that follow from it.

    A wide column has a row for everybody, and stays once it was asked for: take the people at hand first.
    """

    did: Mentions
    """The longest first: of two trades equally near, the longer one counts."""
    wished: Mentions
    refusals: Mentions
    bars: Mentions
    bars_in_text: Mentions
    said: Mentions
    """Skills that were named."""
    tables: Tables

    def __getitem__(self, people: Rows) -> "Trades":
        """Return the trades of the rows *people* (m,), in that order."""
        kept: dict[str, Any] = {f.name: getattr(self, f.name)[people] for f in fields(self) if f.name != "tables"}
        return Trades(tables=self.tables, **kept)

    def alone(self, person: int) -> "Trades":
        """Return the trades of one row."""
        kept: dict[str, Any] = {f.name: getattr(self, f.name).alone(person) for f in fields(self) if f.name != "tables"}
        return Trades(tables=self.tables, **kept)

    def __getstate__(self) -> dict[str, Any]:
        """Return what was told: wide columns are spread out anew in another process."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @property
    def told(self) -> tuple[Mentions, ...]:
        """All that was told."""
        return self.did, self.wished, self.refusals, self.bars, self.bars_in_text, self.said

    def of_nobody(self) -> "Trades":
        """Return the trades of one person who named none."""
        none = Mentions.of([[]])
        return Trades(did=none, wished=none, refusals=none, bars=none, bars_in_text=none, said=none, tables=self.tables)

    def closed(self) -> Rows:
        """Return what each person's bars (1), bars in the text (2) and refusals (4) hold anything of, (n,) int8."""
        flags = [bit * (its.counts > 0) for bit, its in ((1, self.bars), (2, self.bars_in_text), (4, self.refusals))]
        return np.asarray(np.bitwise_or.reduce(flags), dtype=np.int8)

    @cached_property
    def experience(self) -> Wide:
        """See `People.experience`."""
        return self._experience[0]

    @cached_property
    def experience_years(self) -> Wide:
        """See `People.experience_years`."""
        return self._experience[1]

    @cached_property
    def wish(self) -> Wide:
        """See `People.wish`."""
        return self._nearest(self.wished)[0]

    @cached_property
    def refused(self) -> npt.NDArray[np.int8]:
        """See `People.refused`."""
        level, minor, named = np.zeros(self._shape, dtype=np.int8), self.tables.minor, self.refusals.row
        self.refusals.most(level, minor[named][:, None] == minor)
        level[self.refusals.whose, named] = 2
        return level

    @cached_property
    def barred(self) -> npt.NDArray[np.bool_]:
        """See `People.barred`."""
        return self._named(self.bars)

    @cached_property
    def barred_in_text(self) -> npt.NDArray[np.bool_]:
        """See `People.barred_in_text`."""
        return self._named(self.bars_in_text)

    @cached_property
    def skills(self) -> Wide:
        """See `People.skills`."""
        weights = self.tables.skills_of_trade
        strength = np.zeros((len(self.did.ends), weights.shape[1]), dtype=np.float32)
        share = (FROM_A_TRADE * self.did.confidence).astype(np.float32)
        self.did.most(strength, share[:, None] * weights[self.did.row])
        strength[self.said.whose, self.said.row] = 1.0
        return strength

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self.did.ends), len(self.tables.minor)

    @cached_property
    def _experience(self) -> tuple[Wide, Wide]:
        return self._nearest(self.did)

    def _nearest(self, mentions: Mentions) -> tuple[Wide, Wide]:
        """Return how near each person's nearest mention is to each unit group, and the years in it."""
        nearest = np.zeros(self._shape, dtype=np.float32)
        if not len(mentions.row):
            return nearest, np.full(self._shape, np.nan, dtype=np.float32)
        near = self.tables.similarity[mentions.row] * mentions.confidence.astype(np.float32)[:, None]
        mentions.most(nearest, near)
        whose, turn = mentions.whose, np.arange(len(near), dtype=np.int32)[:, None]
        first = np.full(self._shape, len(near), dtype=np.int32)
        mentions.most(first, np.where((near > 0) & (near == nearest[whose]), turn, len(near)), np.minimum)
        return nearest, np.append(mentions.years, np.float32(np.nan)).take(first)

    def _named(self, mentions: Mentions) -> npt.NDArray[np.bool_]:
        named = np.zeros(self._shape, dtype=bool)
        named[mentions.whose, mentions.row] = True
        return named
