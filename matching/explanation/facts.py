"""The facts of one pair, put into words only when a sentence asks for them.

Nothing here quotes a survey: names come from the taxonomy, numbers from columns.
"""

import math
from functools import lru_cache
from typing import Literal

import numpy as np

from matching.domain.bits import members_of
from matching.domain.vocabulary import LicenceCode, Physical, Support, Transport
from matching.explanation.names import Names
from matching.features.measures import EXACT, RELATED
from matching.features.skill import HELD
from matching.pool.pairs import Pairs
from matching.pool.people import IntArray
from matching.rules.words import about, clock, day, kilometres, listed, money

Language = Literal[0, 1]
VI: Language = 0
EN: Language = 1

Both = tuple[str, str]
"""A phrase in Vietnamese and in English."""

_MEANS = {
    Transport.MOTORBIKE: ("xe máy", "by motorbike"),
    Transport.CAR: ("ô tô", "by car"),
    Transport.BICYCLE: ("xe đạp", "by bicycle"),
    Transport.BUS: ("xe buýt", "by bus"),
    Transport.NONE: ("đi bộ", "on foot"),
}
_TRANSPORT = tuple(Transport)

_HARDLY_PERCENT = 3
"""A wage that differs by less is called usual."""

_COMPANY_BUS = ("xe đưa rước", "by the employer's bus")

_DEMANDS = {
    Physical.HEAVY_LIFTING: ("mang vác nặng", "heavy lifting"),
    Physical.OUTDOOR: ("làm ngoài trời", "outdoor work"),
    Physical.HEIGHTS: ("làm trên cao", "heights"),
    Physical.HEAT: ("làm chỗ nóng", "heat"),
    Physical.STANDING: ("đứng lâu", "long standing"),
}

SUPPORT_NAMES = {
    Support.TUITION: ("học phí", "tuition"),
    Support.MEALS: ("tiền ăn", "meals"),
    Support.TRAVEL: ("tiền đi lại", "travel"),
    Support.HOUSING: ("chỗ ở", "housing"),
}

SHARED = frozenset(
    (
        *("number", "weeks", "km", "minutes", "answers", "distance_band", "against_usual"),
        *("work", "trade", "wish", "years", "years_band", "floor", "asked_sum", "purpose"),
    )
)
"""Facts that are the same wherever the value spoken of, the person and the offer's trade are."""

_Bands = tuple[tuple[float, Both], ...]

_YEARS_BANDS: _Bands = (
    (1, ("dưới 1 năm", "under 1 year")),
    (3, ("1–3 năm", "1–3 years")),
    (5, ("3–5 năm", "3–5 years")),
    (10, ("5–10 năm", "5–10 years")),
    (np.inf, ("trên 10 năm", "over 10 years")),
)

_DISTANCE_BANDS: _Bands = (
    (5, ("dưới 5 km", "under 5 km")),
    (15, ("5–15 km", "5–15 km")),
    (30, ("15–30 km", "15–30 km")),
    (np.inf, ("trên 30 km", "over 30 km")),
)


def _band(value: float, bands: _Bands) -> Both:
    """Return the first band whose upper end lies above *value*."""
    return next(words for end, words in bands if value < end)


def number(value: float, language: Language) -> str:
    """Return a number with at most one decimal.

    >>> number(8.0, VI), number(2.5, VI), number(2.5, EN)
    ('8', '2,5', '2.5')
    """
    figure = f"{round(float(value), 1):g}"
    return figure.replace(".", ",") if language == VI else figure


def _numbers(value: float) -> Both:
    return number(value, VI), number(value, EN)


def weeks(length: float) -> Both:
    """Return a number of weeks in both languages.

    >>> weeks(1), weeks(2.5)
    (('1 tuần', '1 week'), ('2,5 tuần', '2.5 weeks'))
    """
    return f"{number(length, VI)} tuần", f"{number(length, EN)} week" + ("" if length == 1 else "s")


@lru_cache(maxsize=4096)
def _wage(low: float, high: float) -> Both:
    """Return a wage a month, from one end to the other where both are known."""
    known = [about(x) for x in dict.fromkeys((low, high)) if not math.isnan(x)]
    if not known:
        return "chưa rõ", "unknown"
    return _span([vi for vi, _ in known]), _span([en for _, en in known])


def _span(words: list[str]) -> str:
    """Join two sums; the unit that both have is said once."""
    if len(words) > 1 and words[0].split()[-1] == words[1].split()[-1]:
        words = [words[0].rsplit(" ", 1)[0], words[1].removeprefix("VND ")]
    return "–".join(words)


@lru_cache(maxsize=4096)
def _sum(amount: float) -> Both:
    return about(amount)


@lru_cache(maxsize=4096)
def _kilometres(distance: float) -> Both:
    words = "1 km" if distance < 1 else kilometres(distance)
    return words, words.replace(",", ".")


def _listed(phrases: list[Both]) -> Both:
    return listed([vi for vi, _ in phrases], "và"), listed([en for _, en in phrases], "and")


class Facts:
    """The facts of one row of *pairs*: every property is a phrase in both languages, ready to stand in a sentence.

    Parameters
    ----------
    value : float
        The feature that is spoken of, for sentences that say the number itself.
    """

    __slots__ = ("memo", "names", "offer", "offers", "people", "person", "value")

    def __init__(self, pairs: Pairs, row: int, names: Names, value: float) -> None:
        self.names, self.memo = names, pairs.memo
        self.people, self.offers = pairs.people, pairs.offers
        self.person, self.offer = int(pairs.person[row]), int(pairs.offer[row])
        self.value = value

    @property
    def number(self) -> Both:
        """The feature's own value."""
        return _numbers(self.value)

    @property
    def weeks(self) -> Both:
        """The feature's own value as weeks."""
        return weeks(self.value)

    # -- trades and skills

    @property
    def work(self) -> Both:
        """What the work, or the trade taught, is."""
        row = int(self.offers.occupation[self.offer])
        return self._trade(row) if row >= 0 else ("việc này", "this work")

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
        row = int(self.offers.occupation[self.offer])
        if row < 0 or self.people.experience[self.person, row] < RELATED:
            return 0.0
        return float(self.people.experience_years[self.person, row])

    @property
    def years(self) -> Both:
        """Years in the nearest trade."""
        years = self.own_years
        return ("chưa rõ", "unknown") if math.isnan(years) else _numbers(years)

    @property
    def years_band(self) -> Both:
        """Years in the nearest trade, as a band."""
        return _band(self.own_years, _YEARS_BANDS)

    @property
    def asked_years(self) -> Both:
        """Years asked for."""
        return _numbers(float(self.offers.min_years[self.offer]))

    @property
    def enough_years(self) -> Both:
        """Why the years in the trade are enough."""
        if self.offers.min_years[self.offer] == 0:
            return "Nơi tuyển không đòi kinh nghiệm", "No experience is asked for"
        (asked_vi, asked_en), (years_vi, years_en) = self.asked_years, self.years
        return (
            f"Đủ số năm kinh nghiệm nơi tuyển cần ({asked_vi} năm, đã có {years_vi})",
            f"Has the {asked_en} years of experience asked for ({years_en})",
        )

    @property
    def answers(self) -> Both:
        """How far the offer answers the need."""
        return ("Đúng", "Answers") if self.value >= 1 else ("Đáp ứng một phần", "Answers a part of")

    @property
    def skills_had(self) -> Both:
        """Skills asked for that the person has."""
        return self._skills(has=True) or ("một phần", "a part of them")

    @property
    def skills_lacking(self) -> Both:
        """Skills asked for, or taught, that the survey does not show."""
        return self._skills(has=False) or ("vài kỹ năng", "some skills")

    def _trade(self, row: int) -> Both:
        vi, en = self.names.trades
        return vi[row], en[row]

    def _nearest(self, told: Literal["experience", "wish"]) -> int:
        """Return which of the own (or wished) trades is nearest to the work, -1 when none is sure."""
        own, work = self._sure(told), int(self.offers.occupation[self.offer])
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

    def _skills(self, *, has: bool) -> Both | None:
        asked = self.offers.skills[self.offer]
        asked = asked[asked >= 0]
        chosen = asked[(self.people.skills[self.person, asked] >= HELD) == has].tolist()
        vi, en = self.names.skills
        return ("; ".join(vi[i] for i in chosen), "; ".join(en[i] for i in chosen)) if chosen else None

    # -- licences and schooling

    @property
    def required(self) -> Both:
        """Licences required."""
        return self._licences(int(self.offers.licences_required[self.offer]))

    @property
    def gained(self) -> Both:
        """Licences a programme leads to that the person does not hold."""
        return self._licences(int(self.offers.licences_awarded[self.offer]) & ~int(self.people.licences[self.person]))

    @property
    def grade(self) -> Both:
        """Grade asked for."""
        grade = str(int(self.offers.min_schooling[self.offer]))
        return grade, grade

    def _licences(self, mask: int) -> Both:
        names = self.names.licences
        return _listed([(names.names_vi[code], names.names_en[code]) for code in members_of(mask, LicenceCode)])

    # -- the way

    @property
    def km(self) -> Both:
        """The feature's own value as a distance; a kilometre within a commune."""
        return _kilometres(self.value)

    @property
    def distance_band(self) -> Both:
        """The feature's own value as a band of distance."""
        return _band(self.value, _DISTANCE_BANDS)

    @property
    def minutes(self) -> Both:
        """The feature's own value as minutes, to the next five."""
        minutes = str(max(5, round(self.value / 5) * 5))
        return minutes, minutes

    @property
    def means(self) -> Both:
        """How the person travels."""
        if self.offers.transport_provided[self.offer] == 1:
            return _COMPANY_BUS
        code = int(self.people.transport[self.person])
        return _MEANS[_TRANSPORT[code] if code >= 0 else Transport.NONE]

    # -- pay and terms

    @property
    def wage(self) -> Both:
        """What the opening pays a month."""
        return _wage(float(self.offers.wage_min[self.offer]), float(self.offers.wage_max[self.offer]))

    @property
    def floor(self) -> Both:
        """The lowest wage the person accepts."""
        return _sum(float(self.people.wage_floor[self.person]))

    @property
    def against_usual(self) -> Both:
        """The feature's own value, the wage as a multiple of what is usual, in percent."""
        percent = round((self.value - 1) * 100)
        if abs(percent) < _HARDLY_PERCENT:
            return "ngang mức thường thấy", "about what is usual"
        vi, en = ("cao hơn", "above") if percent > 0 else ("thấp hơn", "below")
        return f"{vi} mức thường thấy {abs(percent)}%", f"{abs(percent)}% {en} what is usual"

    @property
    def hours(self) -> Both:
        """Working hours."""
        words = f"{clock(int(self.offers.start[self.offer]))}–{clock(int(self.offers.end[self.offer]))}"
        return words, words

    @property
    def demands(self) -> Both:
        """What the work asks of the body."""
        return _listed([_DEMANDS[p] for p in members_of(int(self.offers.physical[self.offer]), Physical)])

    @property
    def closes(self) -> Both:
        """Last day to apply."""
        words = day(int(self.offers.closes_on[self.offer]))
        return words, words

    # -- programmes and loans

    @property
    def fee(self) -> Both:
        """The fee."""
        fee = float(self.offers.fee[self.offer])
        return money(fee) if fee else ("miễn phí", "none")

    @property
    def support(self) -> Both:
        """What is paid for learners."""
        return _listed([SUPPORT_NAMES[s] for s in members_of(int(self.offers.support[self.offer]), Support)])

    @property
    def asked_sum(self) -> Both:
        """The sum asked for."""
        return money(float(self.people.loan_vnd[self.person]))

    @property
    def purpose(self) -> Both:
        """The work the money is for."""
        return self._trade(int(self.people.loan_purpose[self.person]))


def _years_en(years: float) -> str:
    return f"{number(years, EN)} year" + ("" if years == 1 else "s")
