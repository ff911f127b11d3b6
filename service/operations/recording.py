"""Reads surveys and offers once, when they are recorded, and keeps what was read beside them."""

from dataclasses import dataclass, replace
from datetime import date

import msgspec

from matching.domain.offer import Loan, Offer, Opening
from matching.domain.posting import LawFlag, PostingRead
from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.errors import DataError
from matching.pool.build import offers_from, people_from
from service.errors import InvalidError
from service.operations.corrections import Correction, apply
from service.operations.house import House
from service.storage.rows import OfferStatus, PersonRow, Saved
from service.storage.store import Store

MAX_ID = 80
"""Characters of an id that the tables keep."""

MAX_TEXT = 20_000
"""Characters of a free text: a long survey has two thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A person as recorded."""

    person: PersonRow
    saved: Saved


def record_survey(store: Store, house: House, survey: Survey, *, commune: str) -> Recorded:
    """Read a survey and keep it with its profile, corrections applied.

    Parameters
    ----------
    commune : str
        Code of one of the actor's communes.

    Raises
    ------
    InvalidError
        The record holds a code that the release does not define, or a text beyond the limit.
    """
    _check_id(survey.person_id, "person_id")
    _check_text(survey.text)
    read = house.surveys.read(survey)
    _check_survey(house, survey, read, on=house.today())
    taxonomy = (house.taxonomy.release, house.taxonomy.sha256)
    key, saved = store.people.record(survey, read, commune=commune, taxonomy=taxonomy, at=house.now())
    person = store.people.by_key(key)
    if saved is Saved.CHANGED and person.corrections:
        recorrect(store, person)
        person = store.people.by_key(key)
    return Recorded(person=person, saved=saved)


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
    read = house.postings.read(offer) if isinstance(offer, Opening) else None
    try:
        reads = {} if read is None else {offer.offer_id: read}
        offers_from([offer], reads, house.taxonomy, as_of=house.today(), home_province=house.home_province)
    except DataError as error:
        raise InvalidError(str(error)) from error
    return read, OfferStatus.HELD if law_flags(read) else OfferStatus.OPEN


def law_flags(read: PostingRead | None) -> tuple[LawFlag, ...]:
    """Return the sentences of a posting that the law does not allow; none for what is not read."""
    return () if read is None else read.law_flags


def _check_survey(house: House, survey: Survey, read: Profile, *, on: date) -> None:
    try:
        people_from(
            [replace(survey, commune=None)], [read], house.taxonomy, as_of=on, home_province=house.home_province
        )
    except DataError as error:
        raise InvalidError(str(error)) from error


def _check_id(value: str, path: str) -> None:
    if not value.strip() or len(value) > MAX_ID or not value.isprintable() or "/" in value:
        raise InvalidError(f"an id has 1 to {MAX_ID} printable characters and no slash", path=path)


def _check_text(text: str, path: str = "text") -> None:
    if len(text) > MAX_TEXT:
        raise InvalidError(f"{len(text)} characters are too many; {MAX_TEXT} are kept", path=path)
