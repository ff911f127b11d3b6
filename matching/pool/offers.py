"""Offers of all three kinds as columns; a column that a kind does not have holds "unknown" there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.domain.bits import positions
from matching.domain.offer import Offer
from matching.domain.vocabulary import OfferKind
from matching.pool.coded import Coded, Shared
from matching.pool.layout import PLAIN, THROUGH
from matching.pool.people import BoolArray, FloatArray, IntArray

Table = npt.NDArray[Any] | Sequence[Any]
"""Values that codes stand for."""

NO_ROWS: IntArray = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Offers, one row each. Tri-state columns are -1 unknown, 0 no, 1 yes (int8).

    Every column is read as `column[rows]`, and costs no more than the rows asked for, also where it is `Coded`.
    """

    ids: Sequence[str]
    records: Sequence[Offer]
    """The offers as given, for words in answers; never read in a loop over pairs."""
    kind: IntArray
    """Code of `OfferKind`, (n,) int8."""
    place: IntArray
    """Row in `Places`, (n,); -1 unknown."""
    lat: Coded[FloatArray]
    lon: Coded[FloatArray]
    occupation: IntArray
    """Row in `Occupations`, (n,) int16; -1 unknown."""
    barred_to_minors: BoolArray
    """Whether the law closes the work to people under 18: its unit group, or heavy lifting, (n,)."""
    seats: Coded[IntArray]
    """Headcount or capacity that is left, (n,); -1 unknown."""
    opens_on: Coded[IntArray]
    closes_on: IntArray
    """Day ordinals, both inclusive, (n,); 0 unknown. A programme closes on the day before it starts."""
    wage_min: FloatArray
    wage_max: FloatArray
    """VND a month after conversion (see `matching.domain.money`), (n,); NaN when not comparable."""
    wage_unit: IntArray
    start: IntArray
    end: IntArray
    """Working hours in minutes after midnight, (n,) int16; -1 unknown; end may be below start (past midnight)."""
    days_per_week: IntArray
    nights_away: IntArray
    """Nights away a trip, (n,); -1 unknown."""
    night_shift: IntArray
    at_home: IntArray
    """Whether the work can be done at the person's own home: 1 the posting says so, -1 it does not say, (n,) int8."""
    contract: IntArray
    """Code of `Contract`, (n,) int8; -1 unknown."""
    min_years: Coded[FloatArray]
    skills: Coded[IntArray]
    """Rows in `Skills` asked for (openings) or taught (programmes), (n, MAX_SKILLS) int16; -1 padding."""
    licences_required: Coded[IntArray]
    licences_awarded: Coded[IntArray]
    """Masks of `LicenceCode`, (n,) int32."""
    min_schooling: IntArray
    """Grade a posting asks for or a programme requires, (n,) int8; -1 none stated."""
    min_age: IntArray
    max_age: IntArray
    trains: IntArray
    housing: IntArray
    meals: IntArray
    """Of a programme: whether its support pays them."""
    transport_provided: IntArray
    physical: IntArray
    """Mask of `Physical`, (n,) int8."""
    record_clause: IntArray
    """Code of `RecordClause`, (n,) int8; -1 unknown."""
    gender_clause: IntArray
    """Code of `GenderClause`, (n,) int8."""
    pledge: IntArray
    response_rate: Coded[FloatArray]
    """Share of the employer's introductions that were answered, (n,); NaN when there were none."""
    held: BoolArray
    """Whether the posting breaks the law and is held, (n,)."""
    held_rules: Shared[tuple[str, ...]]
    """Rules that hold each posting."""
    held_texts: Shared[tuple[str, ...]]
    """What each of these rules says about the posting, in Vietnamese."""
    weeks: Coded[FloatArray]
    fee: Coded[FloatArray]
    """VND, (n,); NaN unknown."""
    support: Coded[IntArray]
    schedule: Coded[IntArray]
    """Code of `Schedule`, (n,) int8; -1 unknown."""
    loan_min: Coded[FloatArray]
    loan_max: Coded[FloatArray]
    loan_max_month: Coded[FloatArray]
    loan_rate: Coded[FloatArray]
    loan_balance: Coded[FloatArray]
    """VND (rate: percent a year), (n,); NaN when not stated."""
    loan_categories: Coded[IntArray]
    """Mask of `Category` allowed, (n,); -1 everybody."""
    loan_max_months: Coded[IntArray]
    """Months since completion, (n,); -1 no limit."""
    loan_enrolled: Coded[IntArray]
    loan_to_employer: Coded[BoolArray]
    loan_communes: Shared[tuple[int, ...] | None]
    """Place rows that a loan is for; None everywhere, () nowhere; -1 stands for a name that did not resolve."""
    loan_purposes: Shared[tuple[int, ...] | None]
    """Occupation rows a loan is for; None any, () none."""
    base: "Offers | None" = None
    """The pool that this one has grown from: its rows are the first of this one. What is reckoned of a whole pool
    (indexes, usual wages) may be reckoned of it, and serves until the pool is written anew."""
    added: IntArray = field(default_factory=lambda: NO_ROWS)
    """Rows beyond those of the base that stand, ascending."""
    gone: IntArray = field(default_factory=lambda: NO_ROWS)
    """Rows of the base that were withdrawn, ascending; like added rows that were, they count nowhere."""
    kinds: frozenset[OfferKind] | None = None
    """Kinds that count, as if there were no others; None all."""
    snapshot: Path | None = None
    """Folder that its columns were opened from: what is stored there beside them is of this pool; None of none."""

    @classmethod
    def of(
        cls,
        ids: Sequence[str],
        records: Sequence[Offer],
        rows: Mapping[str, npt.NDArray[Any]],
        tables: Mapping[str, Table],
        **beside: Any,
    ) -> "Offers":
        """Return the pool of what `rows` and `tables` return; *beside*: its `base`, `added`, `gone`, `snapshot`."""
        columns: dict[str, Any] = {name: rows[name] for name in PLAIN}
        for name, code in THROUGH.items():
            values = tables[name]
            kind: Any = Coded if isinstance(values, np.ndarray) else Shared
            columns[name] = kind(rows[code], values)
        return cls(ids=ids, records=records, **columns, **beside)

    @property
    def rows(self) -> dict[str, npt.NDArray[Any]]:
        """Every array with one row an offer, by name: the plain columns and the codes of the others."""
        return {name: getattr(self, name) for name in PLAIN} | {
            code: getattr(self, name).code for name, code in THROUGH.items() if code not in PLAIN
        }

    @property
    def tables(self) -> dict[str, Table]:
        """What the codes stand for, by the name of the column."""
        return {name: getattr(self, name).values for name in THROUGH}

    @property
    def bytes_an_offer(self) -> float:
        """Bytes that the numbers of one offer take, its share of the tables included; text is not counted."""
        tables = (table for table in self.tables.values() if isinstance(table, np.ndarray))
        return sum(array.nbytes for array in (*self.rows.values(), *tables)) / max(len(self), 1)

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def n_standing(self) -> int:
        """How many offers stand, of all kinds."""
        return len(self if self.base is None else self.base) - len(self.gone) + len(self.added)

    def standing(self) -> IntArray:
        """Return the rows that stand, of the kinds that count, ascending; the only look at a whole pool."""
        counts = np.arange(len(self)) < len(self if self.base is None else self.base)
        counts[self.gone], counts[self.added] = False, True
        if self.kinds is not None:
            counts &= np.isin(self.kind, [positions(OfferKind)[kind] for kind in self.kinds])
        return np.flatnonzero(counts)

    def of_kinds(self, kinds: Collection[OfferKind]) -> "Offers":
        """Return the same columns, of which only some kinds count."""
        counting = None if len(set(kinds)) == len(OfferKind) else frozenset(kinds)
        return self if counting == self.kinds else replace(self, kinds=counting)

    def take(self, rows: IntArray) -> "Offers":
        """Return the offers of *rows* (m,), in that order."""
        return Offers.of(
            tuple(self.ids[row] for row in rows.tolist()),
            tuple(self.records[row] for row in rows.tolist()),
            {name: column[rows] for name, column in self.rows.items()},
            self.tables,
        )
