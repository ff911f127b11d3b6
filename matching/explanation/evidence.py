"""What decides the phrases about a pair: a few numbers, alike for all pairs of which the same is said.

Nothing here quotes a survey: these are columns, and rows of the taxonomy.
"""

import math
from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

import numpy as np

from matching.explanation.names import Names
from matching.features.measures import EXACT, RELATED
from matching.features.skill import HELD
from matching.pool.pairs import Pairs
from matching.pool.people import IntArray

T = TypeVar("T")

BY_COMPANY_BUS = -2
"""What `Evidence.means` is where the employer's bus takes people; otherwise a code of `Transport`, -1 unknown."""


def _known(number: float) -> float | None:
    """Return a number as it can be compared: None instead of NaN."""
    return None if math.isnan(number) else number


class _Column(Generic[T]):
    """A column of `Pairs.who` or `Pairs.what`, read at the pair that is spoken of."""

    def __init__(self, side: Literal["who", "what"], name: str) -> None:
        self._side, self._name = side, name

    def __get__(self, evidence: "Evidence | None", _owner: type) -> T:
        if evidence is None:
            return self  # type: ignore[return-value]
        column = evidence.columns.get(self)
        if column is None:
            column = evidence.columns[self] = getattr(getattr(evidence.pairs, self._side), self._name).tolist()
        value: T = column[evidence.row]
        return value


class Evidence:
    """What decides each phrase about some pairs, one at a time; None stands for what is not known.

    Every property is named like the method of `matching.explanation.phrases.Phrases` that puts it into words.

    Attributes
    ----------
    row : int
        The pair that is spoken of.
    value : float
        Its feature that is spoken of.
    columns : dict of list
        What was read of the pairs.
    """

    __slots__ = ("_known", "_names", "columns", "pairs", "row", "value")

    def __init__(self, pairs: Pairs, names: Names) -> None:
        self.row, self.value = 0, math.nan
        self.pairs, self._names = pairs, names
        self.columns: dict[_Column[Any], list[Any]] = {}
        self._known: dict[tuple[str, int, int], Any] = {}

    def _once(self, name: str, reckoned: Callable[[], T], work: int = -1) -> T:
        """Return what several pairs ask of a person, and of a work, reckoned once."""
        key = name, int(self.pairs.person[self.row]), work
        if key not in self._known:
            self._known[key] = reckoned()
        known: T = self._known[key]
        return known

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

    work = _Column[int]("what", "occupation")
    """Row of the work, or of the trade taught; -1 unknown."""

    @property
    def trade(self) -> tuple[int, float | None]:
        """Row of the nearest trade the person has done, -1 when none is sure, and the years in it."""
        return self._once("trade", lambda: (self._nearest("experience"), self.years), self.work)

    @property
    def wish(self) -> int:
        """Row of the nearest trade the person wishes to do; where none is sure, of the work."""
        nearest = self._nearest("wish")
        return nearest if nearest >= 0 else self.work

    @property
    def years(self) -> float | None:
        """Years in the nearest trade, 0 when none is related."""
        people, person, work = self.pairs.people, self.pairs.person[self.row], self.work
        if work < 0 or people.experience[person, work] < RELATED:
            return 0.0
        return _known(float(people.experience_years[person, work]))

    @property
    def years_band(self) -> float | None:
        """The same years."""
        return self.years

    asked_years = _Column[float]("what", "min_years")
    """Years asked for."""

    @property
    def enough_years(self) -> tuple[float, float | None]:
        """Years asked for, and years in the nearest trade."""
        return self.asked_years, self.years

    def _nearest(self, told: Literal["experience", "wish"]) -> int:
        """Return which of the own (or wished) trades is nearest to the work, -1 when none is sure."""
        own, work = self._once(told, lambda: self._sure(told, EXACT)), self.work
        if not len(own) or work < 0:
            return -1
        return int(own[np.argmax(self._names.similarity[own, work])]) if len(own) > 1 else int(own[0])

    def _sure(self, told: Literal["experience", "wish", "skills"], least: float) -> IntArray:
        """Return the rows of the trades, or skills, that are told of the person with some strength at least."""
        return np.flatnonzero(getattr(self.pairs.people, told)[self.pairs.person[self.row]] >= least)

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

    _skills = _Column[list[int]]("what", "skills")
    """Rows of the skills asked for, or taught; -1 padding."""

    @property
    def _held(self) -> frozenset[int]:
        """Rows of the skills that the person has."""
        return self._once("skills", lambda: frozenset(self._sure("skills", HELD).tolist()))

    required = _Column[int]("what", "licences_required")
    """Mask of the licences required."""

    _awarded, _licences = _Column[int]("what", "licences_awarded"), _Column[int]("who", "licences")

    @property
    def gained(self) -> int:
        """Mask of the licences a programme leads to that the person does not hold."""
        return self._awarded & ~self._licences

    grade = _Column[int]("what", "min_schooling")
    """Grade asked for."""

    # -- the way, pay and terms

    _bus, _transport = _Column[int]("what", "transport_provided"), _Column[int]("who", "transport")

    @property
    def means(self) -> int:
        """How the person travels: a code of `Transport`, -1 unknown, `BY_COMPANY_BUS`."""
        return BY_COMPANY_BUS if self._bus == 1 else self._transport

    _low, _high = _Column[float]("what", "wage_min"), _Column[float]("what", "wage_max")

    @property
    def wage(self) -> tuple[float | None, float | None]:
        """What the opening pays a month, VND, from and to."""
        return _known(self._low), _known(self._high)

    floor = _Column[float]("who", "wage_floor")
    """The lowest wage the person accepts, VND a month."""

    _start, _end = _Column[int]("what", "start"), _Column[int]("what", "end")

    @property
    def hours(self) -> tuple[int, int]:
        """Working hours, in minutes after midnight."""
        return self._start, self._end

    demands = _Column[int]("what", "physical")
    """Mask of what the work asks of the body."""

    closes = _Column[int]("what", "closes_on")
    """Ordinal of the last day to apply."""

    # -- programmes and loans

    fee = _Column[float]("what", "fee")
    """The fee, VND."""

    support = _Column[int]("what", "support")
    """Mask of what is paid for learners."""

    asked_sum = _Column[float]("who", "loan_vnd")
    """The sum asked for, VND."""

    purpose = _Column[int]("who", "loan_purpose")
    """Row of the work the money is for."""
