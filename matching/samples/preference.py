"""What invented people and officers care about: the declared preference behind the judged pairs.

    preference = need x work x way x pay x time x terms          (each factor 0 to 1; any one near 0 spoils the offer)

It was invented once, from talks that anybody who has looked for work knows, and it is not the stated prior: factors
multiply instead of adding, a long way costs more without a motorbike, training on the job opens other trades, a fee
frightens those without money, and a pledge of the employer hardly matters. Learning has to find that out from grades.
It reads only what features can see too (declared trades, wishes, limits, place, wage, hours, contract, licences held);
age, sex, category, dates of release and the free text have no part in it.

    need   opening: 1 when a job is asked for, 0.8 when nothing is, 0.5 when only something else is; programme: 1 when
           training is asked for, else 0.45; loan: 1, 0.6 for equipment, else 0.08
    work   1 for a wished trade, 0.70 to 1 by years for a known one, 0.75 (wished) or 0.55 (known) for the same minor
           group, 0.35 for the same sub-major group, 0.15 for a strange one (0.35 when trained on the job); a known
           trade counts three quarters when another one is wished, any a quarter beside a refused one; a refused one 0
    way    1 in the own commune, else falling by distance with the means of transport (half as fast for a course, which
           ends); housing counts 0.65
    pay    (best monthly pay / 1.25 x (floor or the usual 7.2 million)), at most 1; 0.6 when it cannot be compared
    time   nights 1 when welcome, else 0.6; nights away 0.55 (0.85 when the person would move)
    fee    falling by 14 million, by 4 without money
    terms  0.85 without a contract or by the season, and what was asked for: contract, daily pay, work all year, housing

Sources: none; these numbers are declarations about people who do not exist.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matching.domain.money import monthly
from matching.domain.offer import Loan, Offer, Opening, Programme
from matching.domain.survey import Survey
from matching.domain.vocabulary import (
    Assertion,
    ConstraintCode,
    Contract,
    LicenceCode,
    NeedCode,
    PreferenceCode,
    Schedule,
    Support,
    Transport,
)
from matching.samples.records import Truth

USUAL_WAGE_VND_MONTH = 7_200_000
"""What a month's work usually pays in the invented market."""

_REACH_KM = {
    Transport.MOTORBIKE: 28.0,
    Transport.CAR: 45.0,
    Transport.BUS: 18.0,
    Transport.BICYCLE: 7.0,
    Transport.NONE: 4.0,
}
"""Distance at which a way is worth a third of one next door."""

_UNKNOWN_REACH_KM = 20.0
_LASTING = frozenset({Contract.FIXED_TERM_12M, Contract.INDEFINITE, Contract.FORMAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented person: the form, and what is declared to be true."""

    survey: Survey
    truth: Truth

    def has(self, code: ConstraintCode) -> bool:
        """Say whether a limit is declared."""
        return code in self.truth.constraints

    def prefers(self, code: PreferenceCode) -> bool:
        """Say whether a preference is declared."""
        return code in self.truth.preferences

    def codes(self, assertion: Assertion) -> tuple[str, ...]:
        """Return the trades that stand so to the person."""
        return tuple(trade.code for trade in self.truth.trades if trade.assertion is assertion)


def preference(person: Person, offer: Offer, *, km: float | None) -> float:
    """Return how well an offer suits a person, 0 to 1, before any noise.

    Parameters
    ----------
    km : float or None
        Road-like distance between the two; None when a place is unknown.
    """
    if isinstance(offer, Opening):
        return _opening(person, offer, km)
    if isinstance(offer, Programme):
        return _programme(person, offer, km)
    return _loan(person, offer)


def digits_shared(code: str, others: Iterable[str]) -> int:
    """Return how many leading digits *code* shares with the nearest of *others* (0 when there is none).

    >>> digits_shared("7112", ["7115", "9313"])
    3
    """
    return max((_shared(code, other) for other in others), default=0)


def _shared(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y), len(a))


def _opening(person: Person, opening: Opening, km: float | None) -> float:
    needs = person.truth.needs
    need = 1.0 if NeedCode.JOB in needs else 0.5 if needs else 0.8
    work = 0.5 if opening.occupation is None else _work(person, opening.occupation, trains=opening.trains_on_job)
    housed, taken = opening.housing is True, opening.transport_provided is True
    way = _way(person, km, housed=housed, taken=taken)
    return need * work * way * _pay(person, opening) * _time(person, opening) * _terms(person, opening)


def _work(person: Person, code: str, *, trains: bool | None) -> float:
    """Return what the trade is worth to the person."""
    refused = digits_shared(code, person.codes(Assertion.REFUSED))
    if refused == 4:
        return 0.0
    wished = {4: 1.0, 3: 0.75}.get(digits_shared(code, person.codes(Assertion.WISH)), 0.0)
    known = _known(person, code)
    if person.codes(Assertion.WISH) and wished == 0.0:
        known *= 0.75
    worth = max(wished, known, 0.35 if trains else 0.0)
    return worth * (0.25 if refused == 3 else 1.0)


def _known(person: Person, code: str) -> float:
    """Return what the person's own trades are worth for another: all of it for the same, little for a strange one."""
    worth = 0.15
    for trade in person.truth.trades:
        if trade.assertion is Assertion.EXPERIENCE:
            years = min(2.0 if trade.years is None else trade.years, 5.0)
            near = _shared(code, trade.code)
            worth = max(worth, {4: 0.70 + 0.06 * years, 3: 0.55, 2: 0.35}.get(near, 0.15))
    return worth


def _way(person: Person, km: float | None, *, housed: bool, taken: bool) -> float:
    if km is None:
        return 0.8
    transport = person.survey.transport
    reach = _UNKNOWN_REACH_KM if transport is None else _REACH_KM[transport]
    if taken:
        reach = max(reach, 40.0)
    if person.has(ConstraintCode.NEAR_HOME_ONLY):
        reach *= 0.6
    daily = math.exp(-km / reach)
    return max(daily, 0.65) if housed and not person.has(ConstraintCode.NO_OVERNIGHT_AWAY) else daily


def _pay(person: Person, opening: Opening) -> float:
    best = monthly_best(opening)
    if best is None:
        return 0.6
    floor = person.survey.wage_floor_vnd_month or USUAL_WAGE_VND_MONTH
    weight = 1.5 if person.prefers(PreferenceCode.WANTS_HIGHER_WAGE) else 1.0
    return float(min(1.0, best / (1.25 * floor)) ** weight)


def monthly_best(opening: Opening) -> float | None:
    """Return the most that an opening pays in a month, VND; None when it cannot be compared."""
    best = opening.wage_max_vnd if opening.wage_max_vnd is not None else opening.wage_min_vnd
    return None if best is None else monthly(best, opening.wage_unit, days_per_week=opening.days_per_week)


def _time(person: Person, opening: Opening) -> float:
    worth = 1.0
    if opening.night_shift and not person.prefers(PreferenceCode.NIGHT_SHIFT_OK):
        worth *= 0.6
    if opening.nights_away_per_trip:
        worth *= 0.85 if person.prefers(PreferenceCode.WILLING_TO_RELOCATE) else 0.55
    return worth


def _terms(person: Person, opening: Opening) -> float:
    contract = opening.contract
    worth = 0.85 if contract in (Contract.NONE, Contract.CASUAL, Contract.SEASONAL) else 1.0
    if person.prefers(PreferenceCode.WANTS_FORMAL_CONTRACT):
        worth *= 1.0 if contract in _LASTING else 0.6
    if person.prefers(PreferenceCode.WANTS_YEAR_ROUND) and contract in (Contract.SEASONAL, Contract.CASUAL):
        worth *= 0.5
    if person.prefers(PreferenceCode.WANTS_DAILY_PAY) and opening.wage_unit not in ("day", "hour"):
        worth *= 0.75
    if person.prefers(PreferenceCode.WANTS_MEALS_OR_HOUSING) and not (opening.meals or opening.housing):
        worth *= 0.7
    if person.has(ConstraintCode.NEEDS_HOUSING) and not opening.housing:
        worth *= 0.6
    return worth * (1.0 if opening.fair_chance_pledge else 0.96)


def _programme(person: Person, programme: Programme, km: float | None) -> float:
    need = 1.0 if NeedCode.TRAINING in person.truth.needs else 0.45
    fee = (programme.fee_vnd or 0) / (4e6 if person.has(ConstraintCode.NO_CAPITAL) else 14e6)
    housed = Support.HOUSING in programme.support
    there = None if km is None else km / 2
    way = _way(person, there, housed=housed, taken=Support.TRAVEL in programme.support)
    evening = programme.schedule is Schedule.EVENINGS and person.has(ConstraintCode.NOT_AFTER)
    return need * _teaches(person, programme) * way * math.exp(-fee) * (0.3 if evening else 1.0)


def _teaches(person: Person, programme: Programme) -> float:
    if programme.occupation is None:
        return 0.4
    wishes = person.codes(Assertion.WISH)
    worth = {4: 1.0, 3: 0.6}.get(digits_shared(programme.occupation, wishes), 0.2 if wishes else 0.45)
    held = {held.code for held in person.truth.licences if held.status == "valid"}
    known = [t for t in person.truth.trades if t.assertion is Assertion.EXPERIENCE and t.code == programme.occupation]
    if known:
        brings = _new(programme.licences_awarded, held)
        worth = max(worth, 0.7) if brings else worth * 0.15
    refused = digits_shared(programme.occupation, person.codes(Assertion.REFUSED)) >= 3
    return worth * (0.1 if refused else 1.0)


def _new(awarded: Iterable[LicenceCode], held: set[LicenceCode]) -> bool:
    return any(code not in held and code is not LicenceCode.TRADE_CERTIFICATE for code in awarded)


def _loan(person: Person, loan: Loan) -> float:
    needs = person.truth.needs
    need = 1.0 if NeedCode.LOAN in needs else 0.6 if NeedCode.EQUIPMENT in needs else 0.08
    wanted = person.truth.loan_vnd
    size = 0.5 if wanted is not None and loan.min_vnd is not None and wanted < loan.min_vnd else 1.0
    purpose = person.truth.loan_purpose
    if purpose is not None and loan.purposes is not None and purpose not in loan.purposes:
        size *= 0.1
    return need * size * math.exp(-(loan.annual_rate_pct or 7.0) / 18)
