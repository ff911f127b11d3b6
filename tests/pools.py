"""Seeded pools in which everything occurs that a rule or a feature reads, unknowns among them."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from matching.domain.offer import Offer
from matching.domain.vocabulary import (
    ConstraintCode,
    Contract,
    NeedCode,
    Physical,
    PreferenceCode,
    RecordClause,
    Schedule,
    Support,
    Transport,
    WageUnit,
)
from matching.pool.build import offers_from, people_from
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.taxonomy.release import current_taxonomy
from tests.builders import HOME_PROVINCE, TODAY, Person, bar, held, loan, opening, person, programme, released

TRADES = ("7112", "9313", "7212", "8332", "8322", "6223", "7231", "8153", "5141", "9333", "7411", "5151")
COMMUNES = (
    "Xã Phan Rí Cửa",
    "Xã Liên Hương",
    "Xã Bắc Bình",
    "Phường Phan Thiết",
    "Xã Trà Tân, Lâm Đồng",
    "Xã Đức Linh",
    "Phường Ba Đình, Hà Nội",
)
LICENCES = ("driving_A1", "driving_B", "driving_C", "driving_C1", "forklift", "electrical_safety")


def people(seed: int, n: int) -> list[Person]:
    """*n* invented people."""
    rng = random.Random(f"people {seed}")
    return [_person(f"P{i:05d}", rng) for i in range(n)]


def offers(seed: int, n: int) -> list[Offer]:
    """*n* invented offers, all three kinds among them."""
    rng = random.Random(f"offers {seed}")
    makers = (_opening, _opening, _opening, _programme, _loan)
    return [rng.choice(makers)(f"O{i:05d}", rng) for i in range(n)]


def columns(who: Sequence[Person], what: Sequence[Offer], *, as_of: date = TODAY) -> tuple[People, Offers]:
    """The pools as columns."""
    taxonomy = current_taxonomy()
    surveys, profiles = [p.survey for p in who], [p.profile for p in who]
    return (
        people_from(surveys, profiles, taxonomy, as_of=as_of, home_province=HOME_PROVINCE),
        offers_from(what, {}, taxonomy, as_of=as_of, home_province=HOME_PROVINCE),
    )


def pools(seed: int, n_people: int, n_offers: int) -> tuple[People, Offers]:
    """Both pools as columns."""
    return columns(people(seed, n_people), offers(seed, n_offers))


def swapped(who: Person, seed: int) -> Person:
    """The same person with another restricted category and date."""
    rng = random.Random(f"swap {seed}")
    return replace(who, survey=replace(who.survey, restricted=_released(rng)))


def _maybe(rng: random.Random, value: Any, share: float = 0.5) -> Any:
    return value if rng.random() < share else None


def _some(rng: random.Random, values: Any, most: int) -> list[Any]:
    return rng.sample(list(values), rng.randint(0, most))


def _released(rng: random.Random) -> Any:
    category = rng.choice(("completed", "amnestied", "conditional", "community"))
    return _maybe(rng, released(category, _maybe(rng, TODAY - timedelta(days=rng.randint(0, 3000)))), 0.8)


def _person(person_id: str, rng: random.Random) -> Person:
    trades = rng.sample(TRADES, 4)
    needs = _some(rng, [c.value for c in NeedCode if c is not NeedCode.NONE], 3)
    limits = _some(rng, [c.value for c in ConstraintCode], 3) if rng.random() < 0.5 else []
    return person(
        person_id,
        commune=_maybe(rng, rng.choice(COMMUNES), 0.85),
        birth_year=_maybe(rng, rng.choice((1970, 1985, 1999, 2007, 2008, 2009, 2010)), 0.7),
        transport=_maybe(rng, rng.choice(list(Transport)), 0.6),
        max_commute_km=_maybe(rng, rng.choice((3, 10, 25, 60, 200)), 0.3),
        wage_floor_vnd_month=_maybe(rng, rng.choice((4, 6, 8, 10)) * 1_000_000, 0.3),
        licences=[held(c, rng.choice(("valid", "expired", "lost"))) for c in _some(rng, LICENCES, 3)],
        schooling_grade=_maybe(rng, rng.randint(0, 12)),
        court_bars=[bar(trades[3], until=TODAY + timedelta(days=rng.randint(-5, 5)))] if rng.random() < 0.15 else [],
        restricted=_released(rng),
        experience=[(code, _maybe(rng, rng.randint(1, 20), 0.7)) for code in trades[: rng.randint(0, 2)]],
        wish=_some(rng, trades[2:], 1),
        refused=trades[3:] if rng.random() < 0.15 else [],
        skills=_some(rng, current_taxonomy().skills.codes[:40], 4),
        needs=["none"] if rng.random() < 0.05 else needs,
        constraints=limits,
        preferences=_some(rng, [c.value for c in PreferenceCode], 2),
        loan_vnd=_maybe(rng, rng.choice((5, 20, 50, 120)) * 1_000_000, 0.3),
        loan_purpose=_maybe(rng, rng.choice(TRADES), 0.2),
    )


def _opening(offer_id: str, rng: random.Random) -> Offer:
    low = rng.choice((3, 5, 7, 9)) * 1_000_000
    return opening(
        offer_id,
        commune=_maybe(rng, rng.choice(COMMUNES), 0.9),
        occupation=_maybe(rng, rng.choice(TRADES), 0.95),
        headcount=_maybe(rng, rng.randint(0, 6), 0.8),
        wage_min_vnd=_maybe(rng, low, 0.7),
        wage_max_vnd=_maybe(rng, low + rng.choice((0, 2, 5)) * 1_000_000, 0.7),
        wage_unit=rng.choice((WageUnit.MONTH, WageUnit.MONTH, WageUnit.SHARE, WageUnit.UNKNOWN)),
        hours=_maybe(rng, rng.choice(("07:00-17:00", "22:00-06:00", "01:00-07:00", "08:00-12:00"))),
        days_per_week=_maybe(rng, rng.randint(4, 7)),
        nights_away_per_trip=_maybe(rng, rng.choice((0, 0, 0, 5))),
        night_shift=_maybe(rng, rng.random() < 0.2),
        contract=_maybe(rng, rng.choice(list(Contract)), 0.8),
        min_years=_maybe(rng, rng.choice((0, 1, 3))),
        skills=_some(rng, current_taxonomy().skills.codes[:40], 3),
        licences_required=_some(rng, LICENCES, 2) if rng.random() < 0.3 else [],
        min_schooling_grade=_maybe(rng, rng.choice((5, 9, 12)), 0.2),
        min_age=_maybe(rng, 18, 0.3),
        max_age=_maybe(rng, 40, 0.1),
        trains_on_job=_maybe(rng, rng.random() < 0.5),
        housing=_maybe(rng, rng.random() < 0.3),
        meals=_maybe(rng, rng.random() < 0.5),
        transport_provided=_maybe(rng, rng.random() < 0.3),
        physical=_some(rng, list(Physical), 2),
        record_clause=_maybe(rng, rng.choice(list(RecordClause))),
        fair_chance_pledge=_maybe(rng, rng.random() < 0.5),
        opens_on=_maybe(rng, TODAY + timedelta(days=rng.randint(-30, 3))),
        closes_on=_maybe(rng, TODAY + timedelta(days=rng.randint(-3, 30))),
    )


def _programme(offer_id: str, rng: random.Random) -> Offer:
    return programme(
        offer_id,
        commune=_maybe(rng, rng.choice(COMMUNES), 0.9),
        occupation=_maybe(rng, rng.choice(TRADES), 0.9),
        weeks=_maybe(rng, rng.choice((1, 6, 14, 30)), 0.9),
        capacity=_maybe(rng, rng.randint(0, 20)),
        fee_vnd=_maybe(rng, rng.choice((0, 500_000, 2_000_000, 16_000_000))),
        support=_some(rng, list(Support), 3),
        entry_schooling_grade=_maybe(rng, rng.choice((0, 6, 9))),
        min_age=_maybe(rng, rng.choice((15, 18, 21))),
        schedule=_maybe(rng, rng.choice(list(Schedule))),
        skills_taught=_some(rng, current_taxonomy().skills.codes[:40], 2),
        licences_awarded=_some(rng, LICENCES, 2),
        starts_on=_maybe(rng, TODAY + timedelta(days=rng.randint(-2, 40))),
    )


def _loan(offer_id: str, rng: random.Random) -> Offer:
    return loan(
        offer_id,
        purposes=_maybe(rng, _some(rng, TRADES, 4), 0.3),
        min_vnd=_maybe(rng, 10_000_000, 0.3),
        max_vnd=_maybe(rng, rng.choice((25_000_000, 100_000_000))),
        max_vnd_month=_maybe(rng, 4_000_000, 0.2),
        annual_rate_pct=_maybe(rng, rng.choice((0.0, 6.6))),
        eligible_categories=_maybe(rng, ["completed", "amnestied"]),
        max_months_since_completion=_maybe(rng, 60),
        must_be_enrolled=_maybe(rng, rng.random() < 0.5),
        balance_vnd=_maybe(rng, rng.choice((0, 5_000_000, 120_000_000))),
        communes=_maybe(rng, _some(rng, COMMUNES, 2), 0.3),
        borrower=rng.choice(("person", "person", "person", "employer")),
    )
