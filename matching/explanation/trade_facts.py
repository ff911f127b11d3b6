"""What a sentence says of a person and a trade: the same for all offers of that trade."""

import math
from functools import lru_cache
from typing import Literal

import numpy as np

from matching.explanation.figures import EN, VI, Bands, Both, Figures, band, number, numbers
from matching.explanation.names import Names
from matching.features.measures import EXACT, RELATED
from matching.pool.pairs import Pairs
from matching.pool.people import IntArray
from matching.rules.words import about, money

_YEARS_BANDS: Bands = (
    (1, ("dưới 1 năm", "under 1 year")),
    (3, ("1–3 năm", "1–3 years")),
    (5, ("3–5 năm", "3–5 years")),
    (10, ("5–10 năm", "5–10 years")),
    (np.inf, ("trên 10 năm", "over 10 years")),
)


@lru_cache(maxsize=4096)
def _sum(amount: float) -> Both:
    return about(amount)


class TradeFacts(Figures):
    """What can be said of the person and the offer's trade of one row of *pairs*, beside the value spoken of."""

    __slots__ = ("memo", "names", "occupation", "people", "person")

    def __init__(self, value: float, pairs: Pairs, row: int, names: Names) -> None:
        self.value, self.names, self.memo = value, names, pairs.memo
        self.people, self.person = pairs.people, int(pairs.person[row])
        self.occupation = int(pairs.what.occupation[row])

    @property
    def work(self) -> Both:
        """What the work, or the trade taught, is."""
        return self._trade(self.occupation) if self.occupation >= 0 else ("việc này", "this work")

    @property
    def trade(self) -> Both:
        """The nearest trade the person has done, with the years in it."""
        row = self._nearest("experience")
        if row < 0:
            return "nghề ghi trong phiếu", "the trade in the survey"
        (vi, en), years = self._trade(row), self.own_years
        return (f"{vi}, {number(years, VI)} năm", f"{en}, {_years_en(years)}") if years > 0 else (vi, en)

    @property
    def wish(self) -> Both:
        """The nearest trade the person wishes to do."""
        row = self._nearest("wish")
        return self._trade(row) if row >= 0 else self.work

    @property
    def own_years(self) -> float:
        """Years in the nearest trade; 0 when none is related, NaN unknown."""
        row = self.occupation
        if row < 0 or self.people.experience[self.person, row] < RELATED:
            return 0.0
        return float(self.people.experience_years[self.person, row])

    @property
    def years(self) -> Both:
        """Years in the nearest trade."""
        years = self.own_years
        return ("chưa rõ", "unknown") if math.isnan(years) else numbers(years)

    @property
    def years_band(self) -> Both:
        """Years in the nearest trade, as a band."""
        return band(self.own_years, _YEARS_BANDS)

    @property
    def floor(self) -> Both:
        """The lowest wage the person accepts."""
        return _sum(float(self.people.wage_floor[self.person]))

    @property
    def asked_sum(self) -> Both:
        """The sum asked for."""
        return money(float(self.people.loan_vnd[self.person]))

    @property
    def purpose(self) -> Both:
        """The work the money is for."""
        return self._trade(int(self.people.loan_purpose[self.person]))

    def _trade(self, row: int) -> Both:
        vi, en = self.names.trades
        return vi[row], en[row]

    def _nearest(self, told: Literal["experience", "wish"]) -> int:
        """Return which of the own (or wished) trades is nearest to the work, -1 when none is sure."""
        own, work = self._sure(told), self.occupation
        if not len(own) or work < 0:
            return -1
        return int(own[np.argmax(self.names.similarity[own, work])]) if len(own) > 1 else int(own[0])

    def _sure(self, told: Literal["experience", "wish"]) -> IntArray:
        """Return the rows of the trades that the person named."""
        key = f"{told} of {self.person}"
        known: IntArray | None = self.memo.get(key)
        if known is None:
            known = (getattr(self.people, told)[self.person] >= EXACT).nonzero()[0]
            self.memo[key] = known
        return known


def _years_en(years: float) -> str:
    return f"{number(years, EN)} year" + ("" if years == 1 else "s")
