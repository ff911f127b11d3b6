"""Invented programmes and loans of any number; the schemes of Decision 22/2023 stand first among the loans."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from matching.domain.offer import Loan, Programme
from matching.domain.vocabulary import Borrower, Category, LicenceCode, Schedule, Support
from matching.samples.tables import Commune, market, postings
from matching.samples.words import TradeWords

_SUPPORT = (
    (Support.TUITION, Support.MEALS, Support.TRAVEL),
    (Support.TUITION, Support.MEALS),
    (Support.TUITION,),
    (Support.TRAVEL,),
    (),
)
_SCHEDULES = (Schedule.WEEKDAYS_DAY, Schedule.WEEKDAYS_DAY, Schedule.EVENINGS, Schedule.WEEKENDS)
_DRIVING = frozenset({LicenceCode.DRIVING_B, LicenceCode.DRIVING_C})
_FARMING = ("6111", "6112", "6121", "6122", "6221")

DECISION_22 = "Quyết định 22/2023/QĐ-TTg ngày 17/8/2023, hiệu lực 10/10/2023"

_BANK = Loan(
    offer_id="LN-000001",
    lender_id="F-nhcsxh",
    title="Ngân hàng Chính sách xã hội: vay sản xuất, kinh doanh, tạo việc làm (Quyết định 22/2023/QĐ-TTg)",
    max_vnd=100_000_000,
    max_term_months=120,
    annual_rate_pct=6.6,
    eligible_categories=(Category.COMPLETED, Category.AMNESTIED),
    max_months_since_completion=60,
    must_be_enrolled=False,
    source=DECISION_22,
)


def programmes(
    seed: int, count: int, places: tuple[Commune, ...], words: dict[str, TradeWords], as_of: date
) -> Iterator[Programme]:
    """Yield *count* programmes in trades that are taught."""
    rng = random.Random(f"{seed}:programmes")  # noqa: S311 - invented data
    taught = [trade for trade in market() if trade.course_weeks]
    weights = [trade.people + trade.openings for trade in taught]
    place_weights = [place.weight for place in places]
    for number in range(1, count + 1):
        trade, place = rng.choices(taught, weights)[0], rng.choices(places, place_weights)[0]
        its = words[trade.code]
        name = rng.choice(its.names)
        skills = rng.sample(range(len(its.skills)), min(len(its.skills), rng.randint(1, 3)))
        title = rng.choice(postings()["programme"]["title"]).format(trade=name, Trade=name[0].upper() + name[1:])
        tasks = ", ".join(its.tasks[i] for i in skills)
        support = rng.choice(_SUPPORT)
        yield Programme(
            offer_id=f"TR-{number:06d}",
            provider_id=f"T-{rng.randint(1, number // 8 + 1):04d}",
            title=title,
            text=rng.choice(postings()["programme"]["text"]).format(tasks=tasks),
            commune=rng.choice(place.spellings),
            occupation=trade.code,
            weeks=float(max(1, trade.course_weeks + rng.randint(-2, 2))),
            capacity=rng.choice((12, 15, 20, 25, 30, 35)),
            fee_vnd=_fee(trade.awards, support, rng),
            support=support,
            entry_schooling_grade=rng.choice((0, 0, 5, 6, 7, 9)),
            min_age=18 if trade.awards is not None else rng.choice((15, 16, 18)),
            schedule=rng.choice(_SCHEDULES),
            skills_taught=tuple(its.skills[i] for i in skills),
            licences_awarded=() if trade.awards is None else (trade.awards,),
            certificate=rng.choice(("Chứng chỉ đào tạo", "Chứng chỉ sơ cấp", "Giấy chứng nhận")),
            starts_on=as_of + timedelta(days=rng.randint(-10, 90)),
        )


def _fee(awards: LicenceCode | None, support: tuple[Support, ...], rng: random.Random) -> int | None:
    """Return what learners pay, VND; None when the school does not say."""
    if awards in _DRIVING:
        return rng.randrange(140, 230) * 100_000
    if Support.TUITION in support:
        return 0
    return rng.randrange(6, 60) * 100_000 if rng.random() < 0.9 else None


def loans(seed: int, count: int, places: tuple[Commune, ...], as_of: date) -> Iterator[Loan]:
    """Yield *count* loans: the three schemes of the decision, then funds of one commune each, in turn."""
    rng = random.Random(f"{seed}:loans")  # noqa: S311 - invented data
    bank = replace(_BANK, as_of=as_of)
    training = replace(
        bank,
        offer_id="LN-000002",
        title="Ngân hàng Chính sách xã hội: vay học nghề (Quyết định 22/2023/QĐ-TTg)",
        max_vnd=None,
        max_term_months=None,
        max_vnd_month=4_000_000,
        must_be_enrolled=True,
    )
    firms = replace(
        bank,
        offer_id="LN-000003",
        title="Ngân hàng Chính sách xã hội: cơ sở sản xuất, kinh doanh vay (Quyết định 22/2023/QĐ-TTg)",
        max_vnd=2_000_000_000,
        eligible_categories=None,
        max_months_since_completion=None,
        borrower=Borrower.EMPLOYER,
    )
    yield from (bank, training, firms)[:count]
    for number in range(4, count + 1):
        place = places[(number - 4) // 2 % len(places)]
        yield _fund(number, place, rng, as_of) if number % 2 == 0 else _farmers(number, place, rng, as_of)


def _fund(number: int, place: Commune, rng: random.Random, as_of: date) -> Loan:
    name = place.spellings[0].split(",")[0]
    return Loan(
        offer_id=f"LN-{number:06d}",
        lender_id=f"F-{place.code}",
        title=f"Quỹ nhân dân với an ninh trật tự {name}",
        min_vnd=10_000_000,
        max_vnd=25_000_000,
        max_term_months=24,
        annual_rate_pct=0.0,
        eligible_categories=tuple(Category),
        must_be_enrolled=False,
        balance_vnd=rng.randrange(0, 30) * 5_000_000,
        communes=(place.spellings[0],),
        source="giả định theo quỹ của các xã ở Bình Thuận cũ",
        as_of=as_of,
    )


def _farmers(number: int, place: Commune, rng: random.Random, as_of: date) -> Loan:
    return Loan(
        offer_id=f"LN-{number:06d}",
        lender_id=f"F-nd-{place.code}",
        title=f"Quỹ hỗ trợ nông dân {place.spellings[0].split(',')[0]}: chăn nuôi, trồng trọt theo tổ",
        purposes=_FARMING,
        min_vnd=20_000_000,
        max_vnd=50_000_000,
        max_term_months=36,
        annual_rate_pct=8.4,
        must_be_enrolled=False,
        balance_vnd=rng.randrange(4, 60) * 5_000_000,
        communes=(place.spellings[0],),
        source="giả định",
        as_of=as_of,
    )
