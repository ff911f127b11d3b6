"""What decides the phrases about a pair: a few numbers, alike for all pairs of which the same is said.

Nothing here quotes a survey: these are columns, and rows of the taxonomy.
"""

import math
from collections.abc import Callable
from typing import Literal, TypeVar

import numpy as np

from matching.explanation.names import Names
from matching.features.measures import EXACT, RELATED
from matching.features.skill import HELD
from matching.pool.pairs import Pairs

T = TypeVar("T")

BY_COMPANY_BUS = -2
"""What `Evidence.means` is where the employer's bus takes people; otherwise a code of `Transport`, -1 unknown."""


def _known(number: float) -> float | None:
    """Return a number as it can be compared: None instead of NaN."""
    return None if math.isnan(number) else number


class Evidence:
    """What decides each phrase about one row of *pairs*; None stands for what is not known.

    Every property is named like the method of `matching.explanation.phrases.Phrases` that puts it into words.

    Attributes
    ----------
    value : float
        The feature that is spoken of: to be set before anything is asked of it.
    """

    __slots__ = ("memo", "names", "offer", "offers", "people", "person", "value", "work")

    def __init__(self, pairs: Pairs, row: int, names: Names) -> None:
        self.value, self.names, self.memo = math.nan, names, pairs.memo
        self.people, self.offers = pairs.people, pairs.offers
        self.person, self.offer = int(pairs.person[row]), int(pairs.offer[row])
        self.work = int(pairs.what.occupation[row])
        """Row of the work, or of the trade taught; -1 unknown."""

    # -- the value

    @property
    def number(self) -> float:
        """The value."""
        return self.value

    @property
    def weeks(self) -> float:
        """The value, in weeks."""
        return self.value

    @property
    def km(self) -> float:
        """The value, in kilometres."""
        return self.value

    @property
    def distance_band(self) -> float:
        """The value, in kilometres."""
        return self.value

    @property
    def minutes(self) -> int:
        """The value, to the next five minutes."""
        return max(5, round(self.value / 5) * 5)

    @property
    def answers(self) -> bool:
        """Whether the whole need is answered."""
        return self.value >= 1

    @property
    def against_usual(self) -> int:
        """The value, the wage as a multiple of what is usual, as percent more."""
        return round((self.value - 1) * 100)

    # -- trades and years

    @property
    def trade(self) -> tuple[int, float | None]:
        """Row of the nearest trade the person has done, -1 when none is sure, and the years in it."""
        return self._once(f"trade near {self.work}", lambda: (self._nearest("experience"), self.years))

    @property
    def wish(self) -> int:
        """Row of the nearest trade the person wishes to do; where none is sure, of the work."""
        nearest = self._nearest("wish")
        return nearest if nearest >= 0 else self.work

    @property
    def years(self) -> float | None:
        """Years in the nearest trade, 0 when none is related."""
        work = self.work
        if work < 0 or self.people.experience[self.person, work] < RELATED:
            return 0.0
        return _known(float(self.people.experience_years[self.person, work]))

    @property
    def years_band(self) -> float | None:
        """The same years."""
        return self.years

    @property
    def asked_years(self) -> float:
        """Years asked for."""
        return float(self.offers.min_years[self.offer])

    @property
    def enough_years(self) -> tuple[float, float | None]:
        """Years asked for, and years in the nearest trade."""
        return self.asked_years, self.years

    def _nearest(self, told: Literal["experience", "wish"]) -> int:
        """Return which of the own (or wished) trades is nearest to the work, -1 when none is sure."""
        own, work = self._once(told, lambda: (getattr(self.people, told)[self.person] >= EXACT).nonzero()[0]), self.work
        if not len(own) or work < 0:
            return -1
        return int(own[np.argmax(self.names.similarity[own, work])]) if len(own) > 1 else int(own[0])

    def _once(self, name: str, reckoned: Callable[[], T]) -> T:
        """Return what several pairs ask of the person, reckoned once."""
        key = f"{name} of {self.person}"
        known: T | None = self.memo.get(key)
        if known is None:
            known = self.memo[key] = reckoned()
        return known

    # -- skills, licences, schooling

    @property
    def skills_had(self) -> tuple[int, ...]:
        """Rows of the skills asked for that the person has."""
        held = self._held
        return tuple([skill for skill in self._skills if skill in held])

    @property
    def skills_lacking(self) -> tuple[int, ...]:
        """Rows of the skills asked for, or taught, that the survey does not show."""
        held = self._held
        return tuple([skill for skill in self._skills if skill >= 0 and skill not in held])

    @property
    def _skills(self) -> list[int]:
        """Rows of the skills asked for, or taught; -1 padding."""
        skills: list[int] = self.offers.skills[self.offer].tolist()
        return skills

    @property
    def _held(self) -> frozenset[int]:
        """Rows of the skills that the person has."""
        return self._once("skills", lambda: frozenset((self.people.skills[self.person] >= HELD).nonzero()[0].tolist()))

    @property
    def required(self) -> int:
        """Mask of the licences required."""
        return int(self.offers.licences_required[self.offer])

    @property
    def gained(self) -> int:
        """Mask of the licences a programme leads to that the person does not hold."""
        return int(self.offers.licences_awarded[self.offer]) & ~int(self.people.licences[self.person])

    @property
    def grade(self) -> int:
        """Grade asked for."""
        return int(self.offers.min_schooling[self.offer])

    # -- the way, pay and terms

    @property
    def means(self) -> int:
        """How the person travels: a code of `Transport`, -1 unknown, `BY_COMPANY_BUS`."""
        if self.offers.transport_provided[self.offer] == 1:
            return BY_COMPANY_BUS
        return int(self.people.transport[self.person])

    @property
    def wage(self) -> tuple[float | None, float | None]:
        """What the opening pays a month, VND, from and to."""
        low, high = self.offers.wage_min[self.offer], self.offers.wage_max[self.offer]
        return _known(float(low)), _known(float(high))

    @property
    def floor(self) -> float:
        """The lowest wage the person accepts, VND a month."""
        return float(self.people.wage_floor[self.person])

    @property
    def hours(self) -> tuple[int, int]:
        """Working hours, in minutes after midnight."""
        return int(self.offers.start[self.offer]), int(self.offers.end[self.offer])

    @property
    def demands(self) -> int:
        """Mask of what the work asks of the body."""
        return int(self.offers.physical[self.offer])

    @property
    def closes(self) -> int:
        """Ordinal of the last day to apply."""
        return int(self.offers.closes_on[self.offer])

    # -- programmes and loans

    @property
    def fee(self) -> float:
        """The fee, VND."""
        return float(self.offers.fee[self.offer])

    @property
    def support(self) -> int:
        """Mask of what is paid for learners."""
        return int(self.offers.support[self.offer])

    @property
    def asked_sum(self) -> float:
        """The sum asked for, VND."""
        return float(self.people.loan_vnd[self.person])

    @property
    def purpose(self) -> int:
        """Row of the work the money is for."""
        return int(self.people.loan_purpose[self.person])
