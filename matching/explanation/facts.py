"""The facts of one pair, put into words only when a sentence asks for them.

Nothing here quotes a survey: names come from the taxonomy, numbers from columns.
"""

from typing import Literal

import numpy as np

from matching.domain.bits import members_of, positions
from matching.domain.vocabulary import LicenceCode, Physical, Support, Transport
from matching.explanation.names import Names
from matching.features.measures import EXACT, RELATED
from matching.features.skill import HELD
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray
from matching.rules.words import about, clock, day, kilometres, listed, money

Language = Literal[0, 1]
VI: Language = 0
EN: Language = 1

_AND = ("và", "and")
_MEANS = {
    Transport.MOTORBIKE: ("xe máy", "by motorbike"),
    Transport.CAR: ("ô tô", "by car"),
    Transport.BICYCLE: ("xe đạp", "by bicycle"),
    Transport.BUS: ("xe buýt", "by bus"),
    Transport.NONE: ("đi bộ", "on foot"),
}
_BOTH = 2
"""A wage with a lower and an upper bound."""

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

_Bands = tuple[tuple[float, tuple[str, str]], ...]

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


def _band(value: float, bands: _Bands) -> tuple[str, str]:
    """Return the first band whose upper end lies above *value*."""
    return next(words for end, words in bands if value < end)


def number(value: float, language: Language) -> str:
    """Return a number with at most one decimal.

    >>> number(8.0, VI), number(2.5, VI), number(2.5, EN)
    ('8', '2,5', '2.5')
    """
    figure = f"{round(float(value), 1):g}"
    return figure.replace(".", ",") if language == VI else figure


def weeks(length: float) -> tuple[str, str]:
    """Return a number of weeks in both languages.

    >>> weeks(1), weeks(2.5)
    (('1 tuần', '1 week'), ('2,5 tuần', '2.5 weeks'))
    """
    return f"{number(length, VI)} tuần", f"{number(length, EN)} week" + ("" if length == 1 else "s")


class Facts:
    """The facts of one row of *pairs* in one language: every property is ready to stand in a sentence.

    Parameters
    ----------
    value : float
        The feature that is spoken of, for sentences that say the number itself.
    """

    __slots__ = ("language", "names", "offer", "offers", "people", "person", "value")

    def __init__(self, pairs: Pairs, row: int, names: Names, value: float, language: Language) -> None:
        self.names, self.language = names, language
        self.people, self.offers = pairs.people, pairs.offers
        self.person, self.offer = int(pairs.person[row]), int(pairs.offer[row])
        self.value = value

    @property
    def number(self) -> str:
        """The feature's own value."""
        return number(self.value, self.language)

    @property
    def weeks(self) -> str:
        """The feature's own value as weeks."""
        return weeks(self.value)[self.language]

    # -- trades and skills

    @property
    def work(self) -> str:
        """What the work, or the trade taught, is."""
        row = int(self.offers.occupation[self.offer])
        return self._trade(row) if row >= 0 else ("việc này", "this work")[self.language]

    @property
    def trade(self) -> str:
        """The nearest trade the person has done, with the years in it."""
        row = self._nearest(self.people.experience[self.person])
        if row < 0:
            return ("nghề ghi trong phiếu", "the trade in the survey")[self.language]
        years = self.own_years
        tail = (f", {number(years, VI)} năm", f", {number(years, EN)} years")[self.language] if years > 0 else ""
        return self._trade(row) + tail

    @property
    def wish(self) -> str:
        """The nearest trade the person wishes to do."""
        row = self._nearest(self.people.wish[self.person])
        return self._trade(row) if row >= 0 else self.work

    @property
    def own_years(self) -> float:
        """Years in the nearest trade; 0 when none is related, NaN unknown."""
        row = int(self.offers.occupation[self.offer])
        if row < 0 or self.people.experience[self.person, row] < RELATED:
            return 0.0
        return float(self.people.experience_years[self.person, row])

    @property
    def years(self) -> str:
        """Years in the nearest trade."""
        years = self.own_years
        return ("chưa rõ", "unknown")[self.language] if np.isnan(years) else number(years, self.language)

    @property
    def years_band(self) -> str:
        """Years in the nearest trade, as a band."""
        return _band(self.own_years, _YEARS_BANDS)[self.language]

    @property
    def asked_years(self) -> str:
        """Years asked for."""
        return number(self.offers.min_years[self.offer], self.language)

    @property
    def enough_years(self) -> str:
        """Why the years in the trade are enough."""
        if self.offers.min_years[self.offer] == 0:
            return ("Nơi tuyển không đòi kinh nghiệm", "No experience is asked for")[self.language]
        years = self.years
        return (
            f"Đủ số năm kinh nghiệm nơi tuyển cần ({self.asked_years} năm, đã có {years})",
            f"Has the {self.asked_years} years of experience asked for ({years})",
        )[self.language]

    @property
    def answers(self) -> str:
        """How far the offer answers the need."""
        whole = (("Đáp ứng một phần", "Answers a part of"), ("Đúng", "Answers"))
        return whole[self.value >= 1][self.language]

    @property
    def skills_had(self) -> str:
        """Skills asked for that the person has."""
        return self._skills(has=True) or ("một phần", "a part of them")[self.language]

    @property
    def skills_lacking(self) -> str:
        """Skills asked for, or taught, that the survey does not show."""
        return self._skills(has=False) or ("vài kỹ năng", "some skills")[self.language]

    def _trade(self, row: int) -> str:
        return self.names.trades[self.language][row]

    def _nearest(self, similarity: FloatArray) -> int:
        """Return the row of the own (or wished) trade that is nearest to the work, -1 when none is sure."""
        own = np.flatnonzero(similarity >= EXACT)
        work = int(self.offers.occupation[self.offer])
        return int(own[np.argmax(self.names.similarity[own, work])]) if len(own) and work >= 0 else -1

    def _skills(self, *, has: bool) -> str:
        asked = self.offers.skills[self.offer]
        asked = asked[asked >= 0]
        chosen = asked[(self.people.skills[self.person, asked] >= HELD) == has]
        names = self.names.skills[self.language]
        return "; ".join(names[i][:1].lower() + names[i][1:] for i in chosen.tolist())

    # -- licences and schooling

    @property
    def required(self) -> str:
        """Licences required."""
        return self._licences(int(self.offers.licences_required[self.offer]))

    @property
    def gained(self) -> str:
        """Licences a programme leads to that the person does not hold."""
        return self._licences(int(self.offers.licences_awarded[self.offer]) & ~int(self.people.licences[self.person]))

    @property
    def grade(self) -> str:
        """Grade asked for."""
        return str(int(self.offers.min_schooling[self.offer]))

    def _licences(self, mask: int) -> str:
        names = (self.names.licences.names_vi, self.names.licences.names_en)[self.language]
        return listed([names[code] for code in members_of(mask, LicenceCode)], _AND[self.language])

    # -- the way

    @property
    def km(self) -> str:
        """The feature's own value as a distance; a kilometre within a commune."""
        words = "1 km" if self.value < 1 else kilometres(self.value)
        return words if self.language == VI else words.replace(",", ".")

    @property
    def distance_band(self) -> str:
        """The feature's own value as a band of distance."""
        return _band(self.value, _DISTANCE_BANDS)[self.language]

    @property
    def minutes(self) -> str:
        """The feature's own value as minutes, to the next five."""
        return str(max(5, round(self.value / 5) * 5))

    @property
    def means(self) -> str:
        """How the person travels."""
        if self.offers.transport_provided[self.offer] == 1:
            return _COMPANY_BUS[self.language]
        code = int(self.people.transport[self.person])
        means = next((t for t, i in positions(Transport).items() if i == code), Transport.NONE)
        return _MEANS[means][self.language]

    # -- pay and terms

    @property
    def wage(self) -> str:
        """What the opening pays a month."""
        low, high = float(self.offers.wage_min[self.offer]), float(self.offers.wage_max[self.offer])
        words = [about(x)[self.language] for x in dict.fromkeys((low, high)) if not np.isnan(x)]
        if len(words) == _BOTH and words[0].split()[-1] == words[1].split()[-1]:
            words = [words[0].rsplit(" ", 1)[0], words[1].removeprefix("VND ")]
        return "–".join(words) or ("chưa rõ", "unknown")[self.language]

    @property
    def floor(self) -> str:
        """The lowest wage the person accepts."""
        return about(float(self.people.wage_floor[self.person]))[self.language]

    @property
    def against_usual(self) -> str:
        """The feature's own value, the wage as a multiple of what is usual, in percent."""
        percent = round((self.value - 1) * 100)
        if abs(percent) < _HARDLY_PERCENT:
            return ("ngang mức thường thấy", "about what is usual")[self.language]
        above, below = (("cao hơn", "thấp hơn"), ("above", "below"))[self.language]
        side = above if percent > 0 else below
        return (f"{side} mức thường thấy {abs(percent)}%", f"{abs(percent)}% {side} what is usual")[self.language]

    @property
    def hours(self) -> str:
        """Working hours."""
        return f"{clock(int(self.offers.start[self.offer]))}–{clock(int(self.offers.end[self.offer]))}"

    @property
    def demands(self) -> str:
        """What the work asks of the body."""
        held = members_of(int(self.offers.physical[self.offer]), Physical)
        return listed([_DEMANDS[p][self.language] for p in held], _AND[self.language])

    @property
    def closes(self) -> str:
        """Last day to apply."""
        return day(int(self.offers.closes_on[self.offer]))

    # -- programmes and loans

    @property
    def fee(self) -> str:
        """The fee."""
        fee = float(self.offers.fee[self.offer])
        return money(fee)[self.language] if fee else ("miễn phí", "none")[self.language]

    @property
    def support(self) -> str:
        """What is paid for learners."""
        held = members_of(int(self.offers.support[self.offer]), Support)
        return listed([SUPPORT_NAMES[s][self.language] for s in held], _AND[self.language])

    @property
    def asked_sum(self) -> str:
        """The sum asked for."""
        return money(float(self.people.loan_vnd[self.person]))[self.language]

    @property
    def purpose(self) -> str:
        """The work the money is for."""
        return self._trade(int(self.people.loan_purpose[self.person]))
