"""The words for what was found of a pair, in Vietnamese and English.

Words follow from `matching.explanation.evidence` and the names of things alone: where that is alike, so are they.
"""

import math

from matching.domain.bits import members_of
from matching.domain.vocabulary import LicenceCode, Physical, Support, Transport
from matching.explanation.evidence import BY_COMPANY_BUS
from matching.explanation.figures import EN, VI, Bands, Both, band, number, numbers, weeks
from matching.explanation.names import Names
from matching.rules.words import about, clock, day, kilometres, listed, money

_UNKNOWN = ("chưa rõ", "unknown")

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

_YEARS_BANDS: Bands = (
    (1, ("dưới 1 năm", "under 1 year")),
    (3, ("1–3 năm", "1–3 years")),
    (5, ("3–5 năm", "3–5 years")),
    (10, ("5–10 năm", "5–10 years")),
    (math.inf, ("trên 10 năm", "over 10 years")),
)

_DISTANCE_BANDS: Bands = (
    (5, ("dưới 5 km", "under 5 km")),
    (15, ("5–15 km", "5–15 km")),
    (30, ("15–30 km", "15–30 km")),
    (math.inf, ("trên 30 km", "over 30 km")),
)


class Phrases:
    """Every method puts into words the property of `matching.explanation.evidence.Evidence` that has its name."""

    __slots__ = ("_names",)

    def __init__(self, names: Names) -> None:
        self._names = names

    # -- the value

    def number(self, value: float) -> Both:
        """Say the number itself."""
        return numbers(value)

    def weeks(self, length: float) -> Both:
        """Say a number of weeks."""
        return weeks(length)

    def km(self, distance: float) -> Both:
        """Say a distance; a kilometre within a commune."""
        words = "1 km" if distance < 1 else kilometres(distance)
        return words, words.replace(",", ".")

    def distance_band(self, distance: float) -> Both:
        """Say a distance as a band."""
        return band(distance, _DISTANCE_BANDS)

    def minutes(self, minutes: int) -> Both:
        """Say a number of minutes."""
        return str(minutes), str(minutes)

    def answers(self, whole: bool) -> Both:
        """Say how far the offer answers the need."""
        return ("Đúng", "Answers") if whole else ("Đáp ứng một phần", "Answers a part of")

    def against_usual(self, percent: int) -> Both:
        """Say a wage against what is usual."""
        if abs(percent) < _HARDLY_PERCENT:
            return "ngang mức thường thấy", "about what is usual"
        vi, en = ("cao hơn", "above") if percent > 0 else ("thấp hơn", "below")
        return f"{vi} mức thường thấy {abs(percent)}%", f"{abs(percent)}% {en} what is usual"

    # -- trades and years

    def work(self, occupation: int) -> Both:
        """Say what the work, or the trade taught, is."""
        return self._trade(occupation) if occupation >= 0 else ("việc này", "this work")

    def trade(self, done: tuple[int, float | None]) -> Both:
        """Say the nearest trade the person has done, with the years in it."""
        occupation, years = done
        if occupation < 0:
            return "nghề ghi trong phiếu", "the trade in the survey"
        vi, en = self._trade(occupation)
        return (f"{vi}, {number(years, VI)} năm", f"{en}, {_years_en(years)}") if years else (vi, en)

    def wish(self, occupation: int) -> Both:
        """Say the nearest trade the person wishes to do."""
        return self.work(occupation)

    def years(self, years: float | None) -> Both:
        """Say years in the nearest trade."""
        return _UNKNOWN if years is None else numbers(years)

    def years_band(self, years: float | None) -> Both:
        """Say years in the nearest trade, as a band."""
        return _UNKNOWN if years is None else band(years, _YEARS_BANDS)

    def asked_years(self, years: float) -> Both:
        """Say years asked for."""
        return numbers(years)

    def enough_years(self, asked_and_had: tuple[float, float | None]) -> Both:
        """Say why the years in the trade are enough."""
        asked, had = asked_and_had
        if asked == 0:
            return "Nơi tuyển không đòi kinh nghiệm", "No experience is asked for"
        (asked_vi, asked_en), (years_vi, years_en) = numbers(asked), self.years(had)
        return (
            f"Đủ số năm kinh nghiệm nơi tuyển cần ({asked_vi} năm, đã có {years_vi})",
            f"Has the {asked_en} years of experience asked for ({years_en})",
        )

    def _trade(self, occupation: int) -> Both:
        vi, en = self._names.trades
        return vi[occupation], en[occupation]

    # -- skills, licences, schooling

    def skills_had(self, skills: tuple[int, ...]) -> Both:
        """Say skills asked for that the person has."""
        return self._skills(skills) if skills else ("một phần", "a part of them")

    def skills_lacking(self, skills: tuple[int, ...]) -> Both:
        """Say skills asked for, or taught, that the survey does not show."""
        return self._skills(skills) if skills else ("vài kỹ năng", "some skills")

    def _skills(self, skills: tuple[int, ...]) -> Both:
        vi, en = self._names.skills
        return "; ".join(vi[skill] for skill in skills), "; ".join(en[skill] for skill in skills)

    def required(self, mask: int) -> Both:
        """Say licences required."""
        names = self._names.licences
        return _listed([(names.names_vi[code], names.names_en[code]) for code in members_of(mask, LicenceCode)])

    def gained(self, mask: int) -> Both:
        """Say licences a programme leads to that the person does not hold."""
        return self.required(mask)

    def grade(self, grade: int) -> Both:
        """Say grade asked for."""
        return str(grade), str(grade)

    # -- the way, pay and terms

    def means(self, transport: int) -> Both:
        """Say how the person travels."""
        if transport == BY_COMPANY_BUS:
            return _COMPANY_BUS
        return _MEANS[_TRANSPORT[transport] if transport >= 0 else Transport.NONE]

    def wage(self, ends: tuple[float | None, float | None]) -> Both:
        """Say a wage a month, from one end to the other where both are known."""
        known = [about(end) for end in dict.fromkeys(ends) if end is not None]
        return (_span([vi for vi, _ in known]), _span([en for _, en in known])) if known else _UNKNOWN

    def floor(self, amount: float) -> Both:
        """Say the lowest wage the person accepts."""
        return about(amount)

    def hours(self, ends: tuple[int, int]) -> Both:
        """Say working hours."""
        words = "–".join(clock(end) for end in ends)
        return words, words

    def demands(self, mask: int) -> Both:
        """Say what the work asks of the body."""
        return _listed([_DEMANDS[demand] for demand in members_of(mask, Physical)])

    def closes(self, ordinal: int) -> Both:
        """Say last day to apply."""
        return day(ordinal), day(ordinal)

    # -- programmes and loans

    def fee(self, amount: float) -> Both:
        """Say the fee."""
        return money(amount) if amount else ("miễn phí", "none")

    def support(self, mask: int) -> Both:
        """Say what is paid for learners."""
        return _listed([SUPPORT_NAMES[support] for support in members_of(mask, Support)])

    def asked_sum(self, amount: float) -> Both:
        """Say the sum asked for."""
        return money(amount)

    def purpose(self, occupation: int) -> Both:
        """Say the work the money is for."""
        return self._trade(occupation)


def _span(words: list[str]) -> str:
    """Join two sums; the unit that both have is said once."""
    if len(words) > 1 and words[0].split()[-1] == words[1].split()[-1]:
        words = [words[0].rsplit(" ", 1)[0], words[1].removeprefix("VND ")]
    return "–".join(words)


def _listed(phrases: list[Both]) -> Both:
    return listed([vi for vi, _ in phrases], "và"), listed([en for _, en in phrases], "and")


def _years_en(years: float) -> str:
    return f"{number(years, EN)} year" + ("" if years == 1 else "s")
