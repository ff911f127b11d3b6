"""Tiny builders: a test states only what matters to it, and everything else is unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

import msgspec

from matching.domain.match import Verdict
from matching.domain.offer import Loan, Offer, Opening, Programme
from matching.domain.posting import PostingRead
from matching.domain.profile import (
    ConstraintMention,
    LicenceMention,
    LoanWish,
    NeedMention,
    OccupationMention,
    PreferenceMention,
    Profile,
    SkillMention,
)
from matching.domain.survey import CourtBar, HeldLicence, Restricted, Survey
from matching.domain.vocabulary import (
    Assertion,
    Category,
    ConstraintCode,
    LicenceCode,
    LicenceStatus,
    NeedCode,
    PreferenceCode,
)
from matching.pool.build import offers_from, people_from
from matching.pool.pairs import Pairs
from matching.rules import blockers, why_not
from matching.taxonomy.release import current_taxonomy

TODAY = date(2026, 11, 23)
SURVEYED = date(2026, 11, 2)
HOME_PROVINCE = "Lâm Đồng"

T = TypeVar("T")

_SPAN = (0, 1)
_SURVEY_KEYS = frozenset(f.name for f in fields(Survey))


@dataclass(frozen=True, kw_only=True)
class Person:
    """A survey and what was read from it."""

    survey: Survey
    profile: Profile


def profile(
    person_id: str = "P1",
    *,
    experience: Iterable[str | tuple[str, float | None]] = (),
    wish: Iterable[str] = (),
    refused: Iterable[str] = (),
    barred: Iterable[str] = (),
    skills: Iterable[str] = (),
    licences_read: Iterable[tuple[str, str]] = (),
    needs: Iterable[str] = (),
    constraints: Iterable[str | tuple[str, str]] = (),
    preferences: Iterable[str] = (),
    loan_vnd: int | None = None,
    loan_purpose: str | None = None,
    **facts: Any,
) -> Profile:
    """A profile from bare codes; a trade may come with its years, a constraint with its time."""
    trades = [_trade(code, Assertion.EXPERIENCE) for code in experience]
    for codes, assertion in ((wish, Assertion.WISH), (refused, Assertion.REFUSED), (barred, Assertion.BARRED)):
        trades += [_trade(code, assertion) for code in codes]
    asks_money = loan_vnd is not None or loan_purpose is not None
    return Profile(
        person_id=person_id,
        occupations=tuple(trades),
        skills=tuple(SkillMention(code=code, evidence=_SPAN) for code in skills),
        licences=tuple(
            LicenceMention(code=LicenceCode(code), status=LicenceStatus(status), evidence=_SPAN)
            for code, status in licences_read
        ),
        needs=tuple(NeedMention(code=NeedCode(code), evidence=_SPAN) for code in needs),
        constraints=tuple(_constraint(c) for c in constraints),
        preferences=tuple(PreferenceMention(code=PreferenceCode(code), evidence=_SPAN) for code in preferences),
        loan=LoanWish(amount_vnd=loan_vnd, purpose=loan_purpose, evidence=_SPAN) if asks_money else None,
        **facts,
    )


def person(person_id: str = "P1", **facts: Any) -> Person:
    """A surveyed person: keys of the form go to the form, all others to the profile."""
    form = {key: value for key, value in facts.items() if key in _SURVEY_KEYS}
    rest = {key: value for key, value in facts.items() if key not in _SURVEY_KEYS}
    survey = _record(Survey, person_id=person_id, **({"text": "", "surveyed_on": SURVEYED} | form))
    return Person(survey=survey, profile=profile(person_id, **rest))


def bar(*codes: str, until: date) -> CourtBar:
    """A bar that an officer entered."""
    return CourtBar(occupations=codes, until=until)


def held(code: str, status: str = "valid", expires_on: date | None = None) -> HeldLicence:
    """A licence ticked on the form."""
    return HeldLicence(code=LicenceCode(code), status=LicenceStatus(status), expires_on=expires_on)


def released(category: str, completed_on: date | None = None) -> Restricted:
    """The restricted part of a form."""
    return Restricted(category=Category(category), completed_on=completed_on)


def opening(offer_id: str = "J1", *, title: str = "Việc làm", **facts: Any) -> Opening:
    """An opening that says only what is given."""
    return _record(Opening, offer_id=offer_id, title=title, **facts)


def programme(offer_id: str = "T1", *, title: str = "Khóa học", **facts: Any) -> Programme:
    """A programme that says only what is given."""
    return _record(Programme, offer_id=offer_id, title=title, **facts)


def loan(offer_id: str = "L1", *, title: str = "Vốn vay", **facts: Any) -> Loan:
    """A loan scheme that says only what is given: everybody may take it."""
    return _record(Loan, offer_id=offer_id, title=title, **facts)


def pairs_of(
    people: Person | Sequence[Person],
    offers: Offer | Sequence[Offer],
    *,
    as_of: date = TODAY,
    reads: Iterable[PostingRead] = (),
    **known: Any,
) -> Pairs:
    """Every person with every offer, on a day; *known* goes to `people_from` (`training_weeks`) or `offers_from`."""
    persons = [people] if isinstance(people, Person) else list(people)
    listed = [offers] if isinstance(offers, Opening | Programme | Loan) else list(offers)
    of_people = {key: known.pop(key) for key in ("training_weeks",) if key in known}
    taxonomy = current_taxonomy()
    return Pairs.cross(
        people_from(
            [p.survey for p in persons],
            [p.profile for p in persons],
            taxonomy,
            as_of=as_of,
            home_province=HOME_PROVINCE,
            **of_people,
        ),
        offers_from(
            listed, {r.offer_id: r for r in reads}, taxonomy, as_of=as_of, home_province=HOME_PROVINCE, **known
        ),
        as_of=as_of.toordinal(),
    )


def verdicts_on(who: Person, offer: Offer, **known: Any) -> tuple[Verdict, ...]:
    """What keeps one person from one offer."""
    return why_not(pairs_of(who, offer, **known), 0)


def verdicts(who: Person, offer: Offer, **known: Any) -> list[str]:
    """The names of the rules that keep one person from one offer."""
    return [verdict.rule for verdict in verdicts_on(who, offer, **known)]


def blockers_on(who: Person, offer: Offer, **known: Any) -> list[str]:
    """The names of what has to be settled for one person and one offer."""
    return [blocker.rule for blocker in blockers(pairs_of(who, offer, **known), 0)]


def _record(kind: type[T], **facts: Any) -> T:
    """A record from plain values: words of the vocabulary become its members, lists become tuples."""
    return msgspec.convert(facts, kind, from_attributes=True)


def _trade(code: str | tuple[str, float | None], assertion: Assertion) -> OccupationMention:
    name, years = (code, None) if isinstance(code, str) else code
    return OccupationMention(code=name, assertion=assertion, years=years, evidence=_SPAN)


def _constraint(given: str | tuple[str, str]) -> ConstraintMention:
    code, time = (given, None) if isinstance(given, str) else given
    return ConstraintMention(code=ConstraintCode(code), time=time, evidence=_SPAN)
