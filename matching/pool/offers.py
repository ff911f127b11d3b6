"""Offers of all three kinds as columns; a column that a kind does not have holds "unknown" there."""

from dataclasses import dataclass, fields, replace
from typing import Any

from matching.domain.offer import Offer
from matching.pool.people import BoolArray, FloatArray, IntArray

MAX_SKILLS = 8
"""Skills of an offer that are compared; the first ones named count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Offers, one row each. Tri-state columns are -1 unknown, 0 no, 1 yes (int8)."""

    ids: tuple[str, ...]
    records: tuple[Offer, ...]
    """The offers as given, for words in answers; never read in a loop over pairs."""
    kind: IntArray
    """Code of `OfferKind`, (n,) int8."""
    place: IntArray
    """Row in `Places`, (n,); -1 unknown."""
    lat: FloatArray
    lon: FloatArray
    occupation: IntArray
    """Row in `Occupations`, (n,) int16; -1 unknown."""
    barred_to_minors: BoolArray
    """Whether the law closes the work to people under 18: its unit group, or heavy lifting, (n,)."""
    seats: IntArray
    """Headcount or capacity that is left, (n,); -1 unknown."""
    opens_on: IntArray
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
    min_years: FloatArray
    skills: IntArray
    """Rows in `Skills` asked for (openings) or taught (programmes), (n, MAX_SKILLS) int16; -1 padding."""
    licences_required: IntArray
    licences_awarded: IntArray
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
    response_rate: FloatArray
    """Share of the employer's introductions that were answered, (n,); NaN when there were none."""
    held: BoolArray
    """Whether the posting breaks the law and is held, (n,)."""
    held_rules: tuple[tuple[str, ...], ...]
    """Rules that hold each posting."""
    held_texts: tuple[tuple[str, ...], ...]
    """What each of these rules says about the posting, in Vietnamese."""
    weeks: FloatArray
    fee: FloatArray
    """VND, (n,); NaN unknown."""
    support: IntArray
    schedule: IntArray
    """Code of `Schedule`, (n,) int8; -1 unknown."""
    loan_min: FloatArray
    loan_max: FloatArray
    loan_max_month: FloatArray
    loan_rate: FloatArray
    loan_balance: FloatArray
    """VND (rate: percent a year), (n,); NaN when not stated."""
    loan_categories: IntArray
    """Mask of `Category` allowed, (n,); -1 everybody."""
    loan_max_months: IntArray
    """Months since completion, (n,); -1 no limit."""
    loan_enrolled: IntArray
    loan_to_employer: BoolArray
    loan_communes: tuple[tuple[int, ...] | None, ...]
    """Place rows that a loan is for; None everywhere, () nowhere; -1 stands for a name that did not resolve."""
    loan_purposes: tuple[tuple[int, ...] | None, ...]
    """Occupation rows a loan is for; None any, () none."""

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: IntArray) -> "Offers":
        """Return the offers of *rows* (m,), in that order."""
        ragged = ("ids", "records", "held_rules", "held_texts", "loan_communes", "loan_purposes")
        picked = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name not in ragged}
        kept: dict[str, Any] = {name: tuple(getattr(self, name)[i] for i in rows) for name in ragged}
        return replace(self, **picked, **kept)
