"""Invented people of any number: the form's fields beside the story, and what both declare."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from matching.domain.survey import CourtBar, HeldLicence, Restricted, Survey
from matching.domain.vocabulary import Category, ConstraintCode, LicenceStatus, Transport
from matching.samples.facts import ROAD, Draw, Facts
from matching.samples.records import Truth
from matching.samples.story import Story
from matching.samples.tables import Commune
from matching.samples.words import TradeWords

_TRANSPORT = (Transport.MOTORBIKE, Transport.BICYCLE, Transport.NONE, Transport.BUS, Transport.CAR, None)
_TRANSPORT_WEIGHTS = (60, 12, 10, 2, 2, 14)
_CATEGORIES = (Category.COMPLETED, Category.AMNESTIED, Category.CONDITIONAL, Category.COMMUNITY, None)
_CATEGORY_WEIGHTS = (38, 9, 8, 5, 40)
"""Two in five are ordinary job-seekers: the same record with `restricted` left empty."""

_SHOWN_SHARE = 0.66
_OLDEST_SURVEY_DAYS = 180


def people(
    seed: int, count: int, places: tuple[Commune, ...], words: dict[str, TradeWords], as_of: date
) -> Iterator[tuple[Survey, Truth]]:
    """Yield *count* people; the first ones are the same whatever the count is."""
    rng = random.Random(f"{seed}:people")  # noqa: S311 - invented data
    draw = Draw(places)
    for number in range(1, count + 1):
        yield _person(f"P-{number:06d}", draw, words, as_of, rng)


def _person(
    person_id: str, draw: Draw, words: dict[str, TradeWords], as_of: date, rng: random.Random
) -> tuple[Survey, Truth]:
    facts = draw.facts(rng)
    surveyed_on = as_of - timedelta(days=rng.randint(0, _OLDEST_SURVEY_DAYS))
    story = Story(facts, words, rng, year=surveyed_on.year)
    text = story.write(draw)
    survey = Survey(
        person_id=person_id,
        text=text,
        surveyed_on=surveyed_on,
        commune=rng.choice(facts.commune.spellings),
        birth_year=surveyed_on.year - facts.age if facts.minor or rng.random() < 0.8 else None,
        transport=_transport(facts, rng),
        max_commute_km=float(rng.choice((5, 8, 10, 12, 15, 20, 25, 30))) if rng.random() < 0.25 else None,
        wage_floor_vnd_month=float(rng.randrange(8, 19) * 500_000) if rng.random() < 0.3 else None,
        licences=_ticked(facts, surveyed_on, rng),
        schooling_grade=facts.schooling,
        court_bars=_bars(facts, surveyed_on),
        agreed_to_be_shown=rng.random() < _SHOWN_SHARE,
        restricted=_restricted(surveyed_on, rng),
    )
    return survey, story.truth(person_id)


def _transport(facts: Facts, rng: random.Random) -> Transport | None:
    if ConstraintCode.NO_VEHICLE in facts.constraints:
        return rng.choice((Transport.NONE, Transport.NONE, Transport.BUS, None))
    return rng.choices(_TRANSPORT, _TRANSPORT_WEIGHTS)[0]


def _ticked(facts: Facts, surveyed_on: date, rng: random.Random) -> tuple[HeldLicence, ...]:
    """Return what is ticked on the form: half of the licences that the text tells of."""
    if facts.licence is None or facts.licence[1] is LicenceStatus.NONE or rng.random() < 0.5:
        return ()
    code, status = facts.licence
    expires = surveyed_on + timedelta(days=rng.randint(200, 2000)) if status is LicenceStatus.VALID else None
    return (HeldLicence(code=code, status=status, expires_on=expires),)


def _bars(facts: Facts, surveyed_on: date) -> tuple[CourtBar, ...]:
    if facts.barred_years is None:
        return ()
    return (CourtBar(occupations=ROAD, until=date(surveyed_on.year + facts.barred_years + 1, 1, 1)),)


def _restricted(surveyed_on: date, rng: random.Random) -> Restricted | None:
    category = rng.choices(_CATEGORIES, _CATEGORY_WEIGHTS)[0]
    if category is None:
        return None
    done = surveyed_on - timedelta(days=int(rng.expovariate(1 / 600)))
    return Restricted(category=category, completed_on=None if category is Category.COMMUNITY else done)
