"""People as columns."""

from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.pool.layout import PEOPLE
from matching.pool.mentions import Trades

FloatArray = npt.NDArray[np.floating]
IntArray = npt.NDArray[np.integer]
BoolArray = npt.NDArray[np.bool_]

TOLD = tuple(name for name in PEOPLE if name != "place")
"""Narrow columns that say nothing of where somebody lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """People, one row each; n_occ and n_skills are the sizes of the taxonomy release.

    No name, sex, origin, offence, category or date of release has a column here.
    """

    ids: tuple[str, ...]
    place: IntArray
    """Row in `Places`, (n,); -1 unknown."""
    lat: FloatArray
    lon: FloatArray
    """Degrees, (n,); NaN when the place is unknown."""
    max_commute_km: FloatArray
    """The person's own limit in km, (n,); NaN when none was given."""
    transport: IntArray
    """Code of `Transport`, (n,); -1 unknown."""
    wage_floor: FloatArray
    """VND a month, (n,); NaN when none was given."""
    earliest_birth: IntArray
    """Ordinal of the last day the person may have been born on (so the person is at least this old), (n,); 0 unknown.

    When only the year is known this is 1 January of the next: of age from 1 January after the 18th year."""
    schooling: IntArray
    """Last grade finished, (n,); -1 unknown."""
    licences: IntArray
    """Mask of `LicenceCode` held and valid, with the classes they cover, (n,) int64."""
    licences_expired: IntArray
    licences_lost: IntArray
    licences_in_progress: IntArray
    constraints: IntArray
    """Mask of `ConstraintCode`, (n,) int64."""
    preferences: IntArray
    needs: IntArray
    """Mask of `NeedCode`, (n,); 0 when no need was stated."""
    not_before: IntArray
    not_after: IntArray
    """Minutes after midnight, (n,); -1 when there is no such limit."""
    appointment: IntArray
    """Minutes after midnight at which a recurring appointment takes the person away, (n,); -1 none or no time known."""
    loan_vnd: FloatArray
    """Principal asked for, (n,); NaN when none was named."""
    loan_purpose: IntArray
    """Occupation row the money is for, (n,); -1 unknown."""
    enrolled: BoolArray
    """Whether the person is enrolled in a programme, (n,)."""
    training_months: FloatArray
    """Months that programme takes, begun months counted whole, (n,); NaN unknown or not enrolled."""
    trades: Trades
    """What was told of trades and skills; the wide columns below are spread out of it when they are asked for."""
    barred_until: IntArray
    """Ordinal of the day the last standing bar ends, (n,); 0 none or no day known."""
    bar_days: tuple[tuple[tuple[int, int], ...], ...]
    """(occupation row, ordinal of the day the bar ends) of each bar that stands and that an officer entered."""
    barred_licences: IntArray
    """Mask of `LicenceCode` that serve only work closed by a bar an officer entered, (n,) int64."""
    barred_licences_in_text: IntArray
    """The same for bars that only the text tells of, (n,) int64."""
    closed_trades: IntArray
    """What `barred`, `barred_in_text` and `refused` hold anything of: bits 1, 2 and 4, (n,) int8.

    Most people have none: rules look at the wide columns only for the others."""
    evidence_years: FloatArray
    """Longest experience of the person in any trade in years, (n,); NaN unknown."""
    sealed: object = None
    """Restricted columns in a sealed envelope: only `matching.pool.restricted` can open it."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def experience(self) -> FloatArray:
        """Similarity of the person's nearest own trade to each unit group, (n, n_occ), 0 to 1."""
        return self.trades.experience

    @property
    def experience_years(self) -> FloatArray:
        """Years in that nearest trade, (n, n_occ); NaN when unknown."""
        return self.trades.experience_years

    @property
    def wish(self) -> FloatArray:
        """Similarity of the person's nearest wished trade to each unit group, (n, n_occ), 0 to 1."""
        return self.trades.wish

    @property
    def refused(self) -> IntArray:
        """2 the unit group itself is refused, 1 one of its minor group is, 0 neither, (n, n_occ) int8."""
        return self.trades.refused

    @property
    def barred(self) -> BoolArray:
        """Whether a bar that an officer entered, and that stands on `as_of`, closes the unit group, (n, n_occ)."""
        return self.trades.barred

    @property
    def barred_in_text(self) -> BoolArray:
        """The same for a bar that only the survey's text tells of, (n, n_occ)."""
        return self.trades.barred_in_text

    @property
    def skills(self) -> FloatArray:
        """Strength of each skill, (n, n_skills): 1 said so, less when it follows from a trade, 0 otherwise."""
        return self.trades.skills

    def take(self, rows: IntArray) -> "People":
        """Return the people of *rows* (m,), in that order."""
        ragged = ("ids", "bar_days")
        picked = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name not in (*ragged, "sealed")}
        kept: dict[str, Any] = {name: tuple(getattr(self, name)[i] for i in rows) for name in ragged}
        sealed = self.sealed[rows] if self.sealed is not None else None  # type: ignore[index]
        return replace(self, sealed=sealed, **kept, **picked)

    def digest(self) -> bytes:
        """Return a digest of all that is told of these people, but who they are, where they live and what is sealed."""
        told = blake2b(digest_size=16)
        for name in TOLD:
            told.update(getattr(self, name).tobytes())
        for mentions in self.trades.told:
            for its in (mentions.ends, mentions.row, mentions.confidence, mentions.years):
                told.update(its.tobytes())
        return told.digest()

    def alone(self, row: int) -> "People":
        """Return one person as a pool of one: views of the columns, nothing is copied."""
        if len(self) == 1:
            return self
        its = slice(row, row + 1)
        columns = {name: getattr(self, name) for name in self.__slots__ if name != "trades"}
        picked: dict[str, Any] = {name: None if column is None else column[its] for name, column in columns.items()}
        return People(trades=self.trades.alone(row), **picked)
