"""Surveys and offers into columns, once: from here on nothing reads a text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from matching.domain.bits import mask, positions
from matching.domain.offer import Offer, Opening, Programme
from matching.domain.posting import PostingRead
from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.domain.vocabulary import ConstraintCode, Transport
from matching.errors import DataError
from matching.jsonl import dump
from matching.law import current_law
from matching.pool.layout import PEOPLE, column
from matching.pool.offers import Offers
from matching.pool.opening_columns import Reading, loan_row, opening_row, programme_row
from matching.pool.packing import Row, Rows, centres
from matching.pool.people import People
from matching.pool.restricted import seal
from matching.pool.survey_columns import constraint_mask, earliest_time, latest_birth, latest_start, licence_masks
from matching.pool.texts import Ids, Records, Written
from matching.pool.trades import standing_bars, trades_of
from matching.taxonomy.places import Places
from matching.taxonomy.release import Taxonomy

_NAN = float("nan")
_WEEKS_A_MONTH = 52 / 12


def people_from(
    surveys: Sequence[Survey],
    profiles: Sequence[Profile],
    taxonomy: Taxonomy,
    *,
    as_of: date,
    home_province: str | None = None,
    training_weeks: Mapping[str, float | None] | None = None,
) -> People:
    """Return the columns of people: what the form says, then what the text was read as.

    Parameters
    ----------
    surveys, profiles : sequences of equal length
        A profile stands at the position of its survey.
    as_of : date
        Day for which licences expire and bars stand: build the columns anew for another day.
    home_province : str or None
        Where a commune name that exists in several provinces is read.
    training_weeks : mapping or None
        Who is enrolled in a programme, by person id, and how many weeks it takes (None: not known).

    Raises
    ------
    DataError
        The two sequences do not stand side by side.
    UnknownCodeError
        A code that the release does not define, with the person it belongs to.
    """
    if [s.person_id for s in surveys] != [p.person_id for p in profiles]:
        raise DataError("surveys and profiles must stand side by side: one profile for each survey, in the same order")
    law, enrolled = current_law(), training_weeks or {}
    place = _resolver(taxonomy, home_province)
    bars = [standing_bars(s, p, taxonomy.occupations, law, as_of) for s, p in zip(surveys, profiles, strict=True)]
    rows = [
        _form_row(s, place) | _profile_row(s, p, taxonomy, as_of) | _enrolment(s.person_id, enrolled)
        for s, p in zip(surveys, profiles, strict=True)
    ]
    for row, bar in zip(rows, bars, strict=True):
        row["barred_until"] = max((until for _, until in bar.days), default=0)
        row |= {"barred_licences": bar.licences, "barred_licences_in_text": bar.licences_in_text}
    columns: dict[str, Any] = {name: column([row[name] for row in rows], kind) for name, kind in PEOPLE.items()}
    trades = trades_of(profiles, bars, taxonomy)
    return People(
        ids=tuple(s.person_id for s in surveys),
        **{name: values[columns["place"]] for name, values in centres(taxonomy.places).items()},
        **columns,
        bar_days=tuple(bar.days for bar in bars),
        trades=trades,
        closed_trades=trades.closed(),
        evidence_years=trades.did.longest_years(),
        sealed=seal([s.restricted for s in surveys]),
    )


def offers_from(
    offers: Sequence[Offer],
    reads: Mapping[str, PostingRead],
    taxonomy: Taxonomy,
    *,
    as_of: date,
    home_province: str | None = None,
    taken: Mapping[str, int] | None = None,
    response_rates: Mapping[str, float] | None = None,
) -> Offers:
    """Return the columns of offers: their own fields, then what an opening's text was read as.

    Parameters
    ----------
    reads : mapping
        What the extractor made of openings, by offer id; an opening without one counts by its fields alone.
    as_of : date
        Day for which the law is asked what is closed to minors.
    taken : mapping or None
        Seats that are filled, by offer id.
    response_rates : mapping or None
        Share of an employer's introductions that were answered, by employer id.

    Raises
    ------
    UnknownCodeError
        An offer names a unit group that the release does not define; the message names the offer.
        Unknown skills are no error: see `unknown_skills`.
    """
    reading = reading_of(taxonomy, as_of=as_of, home_province=home_province)
    filled, rates = taken or {}, response_rates or {}
    rows = Rows()
    for offer in offers:
        read, taken_of = reads.get(offer.offer_id), filled.get(offer.offer_id, 0)
        rate = rates.get(offer.employer_id or "") if isinstance(offer, Opening) else None
        rows.add(offer_row(offer, read, reading, taken=taken_of, response_rate=rate))
    ids = tuple(offer.offer_id for offer in offers)
    return rows.packed(ids=ids, records=tuple(offers), places=taxonomy.places)


def offers_streamed(
    offers: Iterable[tuple[Offer, PostingRead | None]],
    taxonomy: Taxonomy,
    *,
    as_of: date,
    home_province: str | None = None,
) -> Offers:
    """Return the columns of offers that come one after the other, each with what its text was read as.

    Ids and records are kept as bytes, so a million offers are never a million objects. For the other parameters and
    errors see `offers_from`.
    """
    reading = reading_of(taxonomy, as_of=as_of, home_province=home_province)
    rows, ids, records = Rows(), Written(), Written()
    for offer, read in offers:
        rows.add(offer_row(offer, read, reading))
        ids.add(offer.offer_id.encode())
        records.add(dump(offer))
    lines = Records(records.lines(), rows.kinds())
    return rows.packed(ids=Ids.of_lines(ids.lines()), records=lines, places=taxonomy.places)


def reading_of(taxonomy: Taxonomy, *, as_of: date, home_province: str | None = None) -> Reading:
    """Return what is needed to read rows of offers; each commune's name is resolved once."""
    law = current_law()
    return Reading(
        taxonomy=taxonomy,
        law=law,
        as_of=as_of,
        place=_resolver(taxonomy, home_province),
        barred_to_minors=frozenset(law.barred_to_minors(as_of)),
    )


def offer_row(
    offer: Offer, read: PostingRead | None, reading: Reading, *, taken: int = 0, response_rate: float | None = None
) -> Row:
    """Return the columns of one offer; see `offers_from`.

    Parameters
    ----------
    read : PostingRead or None
        Counts for openings only.
    taken : int
        Seats that are filled.
    response_rate : float or None
        Counts for openings only.
    """
    if isinstance(offer, Opening):
        row = opening_row(offer, read or PostingRead(offer_id=offer.offer_id), reading)
        row["response_rate"] = _NAN if response_rate is None else response_rate
    else:
        row = programme_row(offer, reading) if isinstance(offer, Programme) else loan_row(offer, reading)
    if row.get("seats", -1) >= 0:
        row["seats"] = max(0, row["seats"] - taken)
    return row


def unknown_skills(offers: Sequence[Offer], taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """Return the skill codes that the release does not know, by offer id: kept in the record, never compared."""
    named = ((o.offer_id, _named_skills(o)) for o in offers)
    unknown = {offer_id: tuple(c for c in codes if c not in taxonomy.skills.row) for offer_id, codes in named}
    return {offer_id: codes for offer_id, codes in unknown.items() if codes}


def _named_skills(offer: Offer) -> tuple[str, ...]:
    if isinstance(offer, Opening):
        return offer.skills
    return offer.skills_taught if isinstance(offer, Programme) else ()


def _form_row(survey: Survey, place: Callable[[str | None], int]) -> Row:
    """Return what the form alone says."""
    return {
        "place": place(survey.commune),
        "max_commute_km": _NAN if survey.max_commute_km is None else survey.max_commute_km,
        "transport": -1 if survey.transport is None else positions(Transport)[survey.transport],
        "wage_floor": _NAN if survey.wage_floor_vnd_month is None else survey.wage_floor_vnd_month,
    }


def _profile_row(survey: Survey, profile: Profile, taxonomy: Taxonomy, as_of: date) -> Row:
    """Return what form and text say together."""
    born = latest_birth(survey, profile)
    grade = survey.schooling_grade if survey.schooling_grade is not None else profile.schooling_grade
    held, expired, lost, in_progress = licence_masks(survey, profile, taxonomy.licences, as_of)
    limits, loan = profile.constraints, profile.loan
    return {
        "earliest_birth": 0 if born is None else born.toordinal(),
        "schooling": -1 if grade is None else grade,
        "licences": held,
        "licences_expired": expired,
        "licences_lost": lost,
        "licences_in_progress": in_progress,
        "constraints": constraint_mask(survey, profile, current_law(), as_of),
        "preferences": mask(p.code for p in profile.preferences),
        "needs": mask(n.code for n in profile.needs),
        "not_before": latest_start(limits, ConstraintCode.NOT_BEFORE),
        "not_after": earliest_time(limits, ConstraintCode.NOT_AFTER),
        "appointment": earliest_time(limits, ConstraintCode.FIXED_APPOINTMENT, ConstraintCode.REPORTING_DUTY),
        "loan_vnd": _NAN if loan is None or loan.amount_vnd is None else loan.amount_vnd,
        "loan_purpose": -1 if loan is None else taxonomy.occupations.row_of(loan.purpose),
    }


def _enrolment(person_id: str, training_weeks: Mapping[str, float | None]) -> Row:
    weeks = training_weeks.get(person_id)
    months = _NAN if weeks is None else float(np.ceil(weeks / _WEEKS_A_MONTH))
    return {"enrolled": person_id in training_weeks, "training_months": months}


def _resolver(taxonomy: Taxonomy, home_province: str | None) -> Callable[[str | None], int]:
    """Return a function from a commune as written to its row; -1 unknown or left open."""
    return lambda text: _row_of(taxonomy.places, text, home_province)


@lru_cache(maxsize=65_536)
def _row_of(places: Places, text: str | None, home_province: str | None) -> int:
    """Read each name once."""
    return places.row_of(text, home_province=home_province)
