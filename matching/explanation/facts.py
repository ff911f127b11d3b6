"""The facts of one pair, put into words only when a sentence asks for them.

Nothing here quotes a survey: names come from the taxonomy, numbers from columns.
"""

import math
from functools import lru_cache

from matching.domain.bits import members_of
from matching.domain.vocabulary import LicenceCode, Physical, Support, Transport
from matching.explanation.figures import Both, numbers
from matching.explanation.names import Names
from matching.explanation.trade_facts import TradeFacts
from matching.features.skill import HELD
from matching.pool.pairs import Pairs
from matching.rules.words import about, clock, day, listed, money

_MEANS = {
    Transport.MOTORBIKE: ("xe máy", "by motorbike"),
    Transport.CAR: ("ô tô", "by car"),
    Transport.BICYCLE: ("xe đạp", "by bicycle"),
    Transport.BUS: ("xe buýt", "by bus"),
    Transport.NONE: ("đi bộ", "on foot"),
}
_TRANSPORT = tuple(Transport)

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
def _fee(amount: float) -> Both:
    return money(amount) if amount else ("miễn phí", "none")


@lru_cache(maxsize=64)
def _support(mask: int) -> Both:
    return _listed([SUPPORT_NAMES[support] for support in members_of(mask, Support)])


def _listed(phrases: list[Both]) -> Both:
    return listed([vi for vi, _ in phrases], "và"), listed([en for _, en in phrases], "and")


class Facts(TradeFacts):
    """What can be said of one row of *pairs*, beside the value that is spoken of."""

    __slots__ = ("offer", "offers")

    def __init__(self, value: float, pairs: Pairs, row: int, names: Names) -> None:
        super().__init__(value, pairs, row, names)
        self.offers, self.offer = pairs.offers, int(pairs.offer[row])

    # -- years and skills

    @property
    def asked_years(self) -> Both:
        """Years asked for."""
        return numbers(float(self.offers.min_years[self.offer]))

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
    def skills_had(self) -> Both:
        """Skills asked for that the person has."""
        return self._skills(has=True) or ("một phần", "a part of them")

    @property
    def skills_lacking(self) -> Both:
        """Skills asked for, or taught, that the survey does not show."""
        return self._skills(has=False) or ("vài kỹ năng", "some skills")

    def _skills(self, *, has: bool) -> Both | None:
        held = self._held()
        chosen = [skill for skill in self.offers.skills[self.offer].tolist() if skill >= 0 and (skill in held) == has]
        vi, en = self.names.skills
        return ("; ".join([vi[i] for i in chosen]), "; ".join([en[i] for i in chosen])) if chosen else None

    def _held(self) -> frozenset[int]:
        """Return the rows of the skills that the person has."""
        key = f"skills of {self.person}"
        known: frozenset[int] | None = self.memo.get(key)
        if known is None:
            known = self.memo[key] = frozenset((self.people.skills[self.person] >= HELD).nonzero()[0].tolist())
        return known

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
        return _fee(float(self.offers.fee[self.offer]))

    @property
    def support(self) -> Both:
        """What is paid for learners."""
        return _support(int(self.offers.support[self.offer]))
