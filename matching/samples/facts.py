"""What is true of one invented person, drawn before a word of the text is written."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from matching.domain.vocabulary import (
    ConstraintCode,
    EmploymentStatus,
    LicenceCode,
    LicenceStatus,
    NeedCode,
    PreferenceCode,
)
from matching.samples.tables import Commune, Trade, market

T = TypeVar("T")

C, P = ConstraintCode, PreferenceCode

_LIMITS: dict[ConstraintCode, int] = {
    C.NEAR_HOME_ONLY: 16, C.CHILDCARE: 12, C.NO_VEHICLE: 9, C.NO_NIGHT_SHIFT: 9, C.ELDERCARE: 8, C.NO_HEAVY_LIFTING: 8,
    C.NO_CAPITAL: 7, C.NO_OVERNIGHT_AWAY: 7, C.NO_ID_CARD: 6, C.DEBT: 6, C.STIGMA_BARRIER: 6, C.NEEDS_HOUSING: 6,
    C.LOW_LITERACY: 5, C.REPORTING_DUTY: 5, C.WEAK_HEALTH: 5, C.HOME_BASED_ONLY: 4, C.NO_HEIGHTS: 4, C.LOW_VISION: 4,
    C.NO_PROLONGED_STANDING: 4, C.NO_SMARTPHONE: 3, C.NO_HEAT: 3, C.FIXED_APPOINTMENT: 3, C.NOT_AFTER: 3,
    C.NOT_BEFORE: 2, C.LIMITED_HAND_USE: 2, C.LOW_HEARING: 2,
}  # fmt: skip
"""How often each limit is told, as weights."""

_WISHES: dict[PreferenceCode, int] = {
    P.WANTS_FORMAL_CONTRACT: 7, P.WANTS_HIGHER_WAGE: 6, P.WANTS_YEAR_ROUND: 6, P.NIGHT_SHIFT_OK: 5,
    P.WANTS_MEALS_OR_HOUSING: 5, P.WILLING_TO_RELOCATE: 4, P.WANTS_DAILY_PAY: 4, P.WANTS_PART_TIME: 3,
}  # fmt: skip

_AGAINST: dict[PreferenceCode, frozenset[ConstraintCode]] = {
    P.NIGHT_SHIFT_OK: frozenset({C.NO_NIGHT_SHIFT, C.HOME_BASED_ONLY, C.NOT_AFTER, C.NO_OVERNIGHT_AWAY}),
    P.WILLING_TO_RELOCATE: frozenset(
        {
            C.NEAR_HOME_ONLY,
            C.NO_OVERNIGHT_AWAY,
            C.HOME_BASED_ONLY,
            C.CHILDCARE,
            C.ELDERCARE,
            C.NOT_AFTER,
            C.REPORTING_DUTY,
        }
    ),
    P.WANTS_MEALS_OR_HOUSING: frozenset({C.NEAR_HOME_ONLY, C.HOME_BASED_ONLY, C.NO_OVERNIGHT_AWAY}),
}
"""Preferences that nobody has who lives with one of these limits."""

_LICENCE_STATUS = {
    LicenceStatus.VALID: 64, LicenceStatus.EXPIRED: 12, LicenceStatus.LOST: 9, LicenceStatus.NONE: 9,
    LicenceStatus.IN_PROGRESS: 6,
}  # fmt: skip

_ASKS = {"job": 58, "training": 17, "loan": 15, "silent": 4, "none": 3, "other": 3}
"""What a person mainly asks for."""

ROAD = ("8322", "8331", "8332")
"""Trades on the road, which a court closes together."""

_ALSO_NEEDS = {C.NO_ID_CARD: (NeedCode.DOCUMENTS, 0.5), C.NEEDS_HOUSING: (NeedCode.HOUSING, 0.4)}
"""Needs that come with a limit, and how often they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A trade that the person knows, with years when they are told."""

    trade: Trade
    years: int | None


@dataclass(slots=True, kw_only=True)
class Facts:
    """The facts of one person while they are drawn; the story is written from them."""

    commune: Commune
    age: int
    schooling: int | None
    asks: str
    known: list[Known] = field(default_factory=list)
    wish: Trade | None = None
    refused: Trade | None = None
    barred_years: int | None = None
    """Years for which a court still closes the first trade; None when none does."""
    licence: tuple[LicenceCode, LicenceStatus] | None = None
    needs: list[NeedCode] = field(default_factory=list)
    constraints: list[ConstraintCode] = field(default_factory=list)
    preferences: list[PreferenceCode] = field(default_factory=list)
    status: EmploymentStatus = EmploymentStatus.UNKNOWN
    loan_million: int | None = None
    loan_for: Trade | None = None

    @property
    def minor(self) -> bool:
        """Whether the person is under age."""
        return self.age < 18

    def codes(self) -> set[str]:
        """Return every unit group that the facts name."""
        named = [known.trade for known in self.known] + [self.wish, self.refused, self.loan_for]
        return {trade.code for trade in named if trade is not None}


def _pick(weights: Mapping[T, int], rng: random.Random) -> T:
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


class Draw:
    """Draws facts from the tables of the market; one for each set of samples."""

    def __init__(self, places: tuple[Commune, ...]) -> None:
        self._places = places
        self._place_weights = [place.weight for place in places]
        self._trades = market()
        self._weights = {s: self._weigh(s, "people") for s in {p.setting for p in places}}
        self._wanted = {s: self._weigh(s, "openings") for s in {p.setting for p in places}}

    def facts(self, rng: random.Random) -> Facts:
        """Return what is true of one more person."""
        commune = rng.choices(self._places, self._place_weights)[0]
        minor = rng.random() < 0.03
        age = rng.randint(15, 17) if minor else min(68, max(18, round(rng.gauss(36, 11))))
        schooling = rng.choice((0, 3, 5, 6, 7, 8, 9, 9, 9, 10, 11, 12, 12)) if rng.random() < 0.85 else None
        asks = "training" if minor else _pick(_ASKS, rng)
        facts = Facts(commune=commune, age=age, schooling=schooling, asks=asks)
        self._add_trades(facts, rng)
        _add_limits(facts, rng)
        self._add_asks(facts, rng)
        return facts

    def other(self, facts: Facts, rng: random.Random, *, business: bool = False) -> Trade:
        """Return a trade that the facts do not name, nor one beside it; one to run on one's own where *business*."""
        near = {code[:3] for code in facts.codes()}
        while True:
            trade = rng.choices(self._trades, self._weights[facts.commune.setting])[0]
            if trade.code[:3] not in near and (trade.own_business or not business):
                return trade

    def _weigh(self, setting: str, column: str) -> list[float]:
        return [getattr(t, column) * {setting: 4.0, "any": 2.0}.get(t.where, 0.5) for t in self._trades]

    def _add_trades(self, facts: Facts, rng: random.Random) -> None:
        """Draw what the person has done, its licence, and what a court or the person itself closes."""
        count = 0 if facts.minor or rng.random() < 0.05 else 1 + (rng.random() < 0.22)
        for _ in range(count):
            trade = self.other(facts, rng)
            most = max(1, min(trade.years_max, facts.age - 17))
            facts.known.append(Known(trade=trade, years=rng.randint(1, most) if rng.random() < 0.75 else None))
        if not facts.known:
            return
        first = facts.known[0].trade
        if first.licence is not None and rng.random() < 0.65:
            facts.licence = (first.licence, _pick(_LICENCE_STATUS, rng))
        if first.code in ROAD and rng.random() < 0.06:
            facts.barred_years = rng.randint(1, 4)
        elif rng.random() < 0.05:
            facts.refused = first

    def _add_asks(self, facts: Facts, rng: random.Random) -> None:
        """Draw needs, wishes and a loan that go with what the person mainly asks for."""
        if facts.asks == "none":
            facts.needs = [NeedCode.NONE]
            facts.preferences = []
            return
        extra = [need for c, (need, often) in _ALSO_NEEDS.items() if c in facts.constraints and rng.random() < often]
        if facts.asks in ("job", "training"):
            facts.needs = [NeedCode.JOB if facts.asks == "job" else NeedCode.TRAINING]
            if rng.random() < (0.4 if facts.asks == "job" else 0.85):
                facts.wish = self._aim(facts, rng)
        elif facts.asks == "loan":
            self._add_loan(facts, rng)
        elif facts.asks == "other":
            facts.needs = [rng.choice((NeedCode.LEGAL_INFO, NeedCode.COUNSELLING))]
        if facts.asks == "job" and rng.random() < 0.04:
            extra.append(NeedCode.EQUIPMENT)
        facts.needs += extra

    def _aim(self, facts: Facts, rng: random.Random) -> Trade:
        """Return a trade wished for: one that is sought, and for a course one that is taught."""
        weights = self._wanted[facts.commune.setting]
        while True:
            trade = rng.choices(self._trades, weights)[0]
            if trade.code not in facts.codes() and (facts.asks == "job" or trade.course_weeks):
                return trade

    def _add_loan(self, facts: Facts, rng: random.Random) -> None:
        facts.needs = [NeedCode.LOAN]
        facts.loan_million = rng.choice((5, 8, 10, 12, 15, 20, 20, 25, 25, 30, 40, 50, 60, 80, 100))
        own = [k.trade for k in facts.known if k.trade is not facts.refused and k.trade.own_business]
        if own and rng.random() < 0.8:
            facts.loan_for = own[0]
        elif rng.random() < 0.75:
            facts.loan_for = self.other(facts, rng, business=True)


def _add_limits(facts: Facts, rng: random.Random) -> None:
    """Draw limits, preferences and the present state of work; what contradicts is left out."""
    for _ in range(rng.choices((0, 1, 2, 3), (34, 40, 19, 7))[0]):
        limit = _pick(_LIMITS, rng)
        if limit not in facts.constraints:
            facts.constraints.append(limit)
    if facts.minor:
        facts.constraints = [C.MINOR]
    if rng.random() < 0.3 and facts.asks in ("job", "silent"):
        wanted = _pick(_WISHES, rng)
        if not _AGAINST.get(wanted, frozenset()) & set(facts.constraints):
            facts.preferences.append(wanted)
    if rng.random() < 0.25 and facts.asks == "job":
        facts.status = rng.choice((EmploymentStatus.UNEMPLOYED, EmploymentStatus.CASUAL))
