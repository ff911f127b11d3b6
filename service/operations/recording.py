"""Reads surveys and offers once, when they are recorded, and keeps what was read beside them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

import msgspec
import numpy as np
from sqlalchemy import Connection

from matching.domain.offer import Loan, Offer, Opening
from matching.domain.posting import LawFlag, PostingRead
from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.errors import DataError
from matching.extraction.postings.lint import holding
from matching.pool.build import offers_from, people_from
from service.errors import InvalidError
from service.operations.corrections import Correction, apply
from service.operations.house import House
from service.storage.rows import OfferStatus, PersonRow, Saved
from service.storage.store import Store

MAX_ID = 80
"""Characters of an id that the tables keep."""

FIRST_YEAR, LAST_YEAR = 1900, 2100

MAX_NUMBER = 10**13
"""Ten thousand billion VND."""

MAX_TEXT = 20_000
"""Characters of a free text: a long survey has two thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A person as recorded."""

    person: PersonRow
    saved: Saved
    taxonomy_sha256: str
    """Of the release, and the phrases accepted since, that read the survey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRead:
    """What was read from a survey, and with what."""

    profile: Profile
    taxonomy: tuple[str, str]
    """Name and SHA-256 of the release with the phrases accepted since."""


def record_survey(store: Store, house: House, survey: Survey, *, commune: str) -> Recorded:
    """Read a survey and keep it with its profile; see `read_survey` and `keep_survey`."""
    return keep_survey(store, house, survey, read_survey(house, survey, store.connection), commune=commune)


def read_survey(house: House, survey: Survey, connection: Connection) -> SurveyRead:
    """Check a survey and read its text.

    Raises
    ------
    InvalidError
        The record holds a code that the release does not define, or a text beyond the limit.
    """
    _check_id(survey.person_id, "person_id")
    _check_text(survey.text)
    check_ranges(survey)
    reader = house.surveys.current(connection)
    read = reader.read(survey)
    _check_survey(house, survey, read)
    return SurveyRead(profile=read, taxonomy=(reader.taxonomy.release, reader.taxonomy.sha256))


def keep_survey(
    store: Store, house: House, survey: Survey, read: SurveyRead, *, commune: str, newer_only: bool = False
) -> Recorded:
    """Keep a survey with what was read from it, earlier corrections applied.

    Parameters
    ----------
    commune : str
        Code of one of the actor's communes.
    newer_only : bool
        Refuse a survey that is older than the one on record.

    Raises
    ------
    NotFoundError
        The commune is not one of the actor's.
    ConflictError
        A newer survey is on record.
    """
    key, saved = store.people.record(
        survey, read.profile, commune=commune, taxonomy=read.taxonomy, at=house.now(), newer_only=newer_only
    )
    person = store.people.by_key(key)
    if saved is Saved.CHANGED and person.corrections:
        recorrect(store, person)
        person = store.people.by_key(key)
    return Recorded(person=person, saved=saved, taxonomy_sha256=read.taxonomy[1])


def recorrect(store: Store, person: PersonRow, *, version: int | None = None) -> Profile:
    """Apply the standing corrections to what was read, and keep the result.

    Parameters
    ----------
    version : int or None
        Number of the newest version; None keeps the number.
    """
    standing = [msgspec.json.decode(row.body, type=Correction) for row in store.people.corrections(person)]
    profile = apply(standing, store.people.as_read(person), person.survey.text)
    store.people.set_profile(person, profile, corrections=person.corrections if version is None else version)
    return profile


def read_offer(house: House, offer: Offer) -> tuple[PostingRead | None, OfferStatus]:
    """Read an offer and say whether it may be proposed: an opening that breaks the law is held.

    Raises
    ------
    InvalidError
        The record holds a code that the release does not define, or a text beyond the limit.
    """
    _check_id(offer.offer_id, "offer_id")
    _check_text(offer.title, "title")
    if not offer.title.strip():
        raise InvalidError("a title is needed", path="title")
    if not isinstance(offer, Loan):
        _check_text(offer.text)
    check_ranges(offer)
    read = house.postings.read(offer) if isinstance(offer, Opening) else None
    reads = {} if read is None else {offer.offer_id: read}
    with _said_as_invalid():
        offers_from([offer], reads, house.taxonomy, as_of=house.today(), home_province=house.home_province)
    return read, OfferStatus.HELD if holding(law_flags(read)) else OfferStatus.OPEN


def law_flags(read: PostingRead | None) -> tuple[LawFlag, ...]:
    """Return what the posting check found, what holds the posting and what is only pointed out; () when not read."""
    return () if read is None else read.law_flags


def _check_survey(house: House, survey: Survey, read: Profile) -> None:
    with _said_as_invalid():
        people_from(
            [replace(survey, commune=None)],
            [read],
            house.taxonomy,
            as_of=house.today(),
            home_province=house.home_province,
        )


@contextmanager
def _said_as_invalid() -> Iterator[None]:
    """Refuse a record that cannot become columns: later every query would meet it."""
    try:
        with np.errstate(all="raise"):
            yield
    except DataError as error:
        raise InvalidError(str(error), path=_path_of(str(error))) from error
    except (ValueError, ArithmeticError) as error:
        raise InvalidError("a number or day of this record is out of every range", path="") from error


def _path_of(message: str) -> str:
    return "occupation" if message.startswith("occupation ") else ""


def check_ranges(record: object, path: str = "") -> None:
    """Refuse days and numbers that nobody can mean, in a record and the records inside it."""
    if isinstance(record, date):
        if not FIRST_YEAR <= record.year <= LAST_YEAR:
            raise InvalidError(f"[{record}] must be between the years {FIRST_YEAR} and {LAST_YEAR}", path=path)
    elif isinstance(record, (int, float)):
        if not 0 <= record <= MAX_NUMBER:
            raise InvalidError(f"[{record:g}] must be between 0 and {MAX_NUMBER:g}", path=path)
    elif isinstance(record, tuple):
        for i, item in enumerate(record):
            check_ranges(item, f"{path}[{i}]")
    elif is_dataclass(record):
        for field in fields(record):
            check_ranges(getattr(record, field.name), f"{path}.{field.name}" if path else field.name)


def _check_id(value: str, path: str) -> None:
    if not value.strip() or len(value) > MAX_ID or not value.isprintable() or "/" in value:
        raise InvalidError(f"an id has 1 to {MAX_ID} printable characters and no slash", path=path)


def _check_text(text: str, path: str = "text") -> None:
    if len(text) > MAX_TEXT:
        raise InvalidError(f"{len(text)} characters are too many; {MAX_TEXT} are kept", path=path)
