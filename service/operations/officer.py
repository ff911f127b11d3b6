"""What an officer does for the people of their own communes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.domain.match import Exclusion, Match, Recommendation
from matching.domain.profile import Profile
from matching.domain.survey import Restricted, Survey
from matching.domain.vocabulary import OfferKind
from matching.recommender import Also, WhyNot
from service import audit
from service.access import Actor
from service.audit import Look
from service.errors import InvalidError
from service.operations.corrections import CorrectionAsked, read_correction
from service.operations.house import House
from service.operations.places import own_commune
from service.operations.recording import MAX_TEXT, Recorded, SurveyRead, keep_survey, read_survey, recorrect
from service.storage.rows import PersonRow, encode
from service.storage.store import Store

PREVIEW = "preview"
"""Stands for the person's id in a profile of a text that belongs to nobody yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person in full, for their own officer."""

    person: PersonRow
    restricted: Restricted | None

    @property
    def survey(self) -> Survey:
        """The survey as it was recorded."""
        return replace(self.person.survey, restricted=self.restricted)


def preview(house: House, text: str) -> Profile:
    """Read a text and keep nothing."""
    if len(text) > MAX_TEXT:
        raise InvalidError(f"{len(text)} characters are too many; {MAX_TEXT} are read", path="text")
    with house.database.reading() as connection:
        reader = house.surveys.current(connection)
    return reader.read(Survey(person_id=PREVIEW, text=text, surveyed_on=house.today()))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSurvey:
    """A survey of somebody in the officer's communes; it is read before the database is locked."""

    survey: Survey
    commune: str
    """Code."""
    read: SurveyRead


def read_own_survey(house: House, actor: Actor, survey: Survey) -> OwnSurvey:
    """Read a survey of somebody in the officer's communes.

    Raises
    ------
    InvalidError
        The commune is not one of the officer's, or the record breaks its schema.
    """
    commune = own_commune(house.taxonomy, actor.communes, survey.commune, home_province=house.home_province)
    with house.database.reading() as connection:
        return OwnSurvey(survey=survey, commune=commune, read=read_survey(house, survey, connection))


def add_survey(store: Store, house: House, own: OwnSurvey) -> Recorded:
    """Record a survey that was read for the officer of *store*."""
    recorded = keep_survey(store, house, own.survey, own.read, commune=own.commune)
    audit.record(
        store,
        "record_survey",
        at=house.now(),
        subjects=[recorded.person.key],
        saved=recorded.saved.value,
        taxonomy=recorded.taxonomy_sha256,
    )
    return recorded


def list_people(house: House, actor: Actor, *, limit: int, after: tuple[str, str, str] | None) -> list[PersonRow]:
    """Return up to *limit* of the officer's people and, if there are more, one beyond, which is not to be shown.

    The look at each of those shown is put on record.
    """
    with house.database.store(actor, write=True) as store:
        people = store.people.page(limit=limit + 1, after=after)
        audit.record(store, "list_people", at=house.now(), subjects=[p.key for p in people[:limit]])
        return people


def open_case(house: House, actor: Actor, person_id: str, *, action: str = "read_person") -> Case:
    """Return one person in full, and put the look on record."""
    with house.database.store(actor, write=True) as store:
        person = store.people.get(person_id)
        audit.record(store, action, at=house.now(), subjects=[person.key])
        return Case(person=person, restricted=store.people.restricted(person))


def correct(store: Store, house: House, person_id: str, asked: CorrectionAsked) -> tuple[PersonRow, Profile, int]:
    """Keep a correction, or take one back; return the person, the corrected profile and the version."""
    person, at = store.people.get(person_id), house.now()
    if asked.undo is not None:
        body = encode({"undo": asked.undo})
        version = store.people.add_correction(person, body, at=at, undoes=asked.undo)
    else:
        body = encode(read_correction(asked, person.survey.text, house.taxonomy))
        version = store.people.add_correction(person, body, at=at)
    profile = recorrect(store, person, version=version)
    audit.record(store, "correct_profile", at=at, subjects=[person.key], version=version, undoes=asked.undo)
    return person, profile, version


def find_matches(
    house: House,
    actor: Actor,
    person_id: str,
    *,
    k: int,
    kinds: Sequence[OfferKind],
    as_of: date,
    why_not: WhyNot,
    also: Collection[Also] = (),
) -> Recommendation:
    """Return the best *k* offers of each kind for one person, and put the look-up on record before answering."""
    with house.database.store(actor) as store:
        person = store.people.get(person_id)
        restricted = store.people.restricted(person)
        offers = house.matcher.offers(store.connection, as_of)
    found = house.matcher.for_person(
        offers, person, restricted, k=k, kinds=kinds, as_of=as_of, why_not=why_not, also=also
    )
    _record_answer(house, actor, "find_matches", person, found.model, [m.offer_id for m in found.matches], as_of)
    return found


def judge_pair(
    house: House, actor: Actor, person_id: str, offer_id: str, *, as_of: date
) -> tuple[Match | Exclusion, str]:
    """Return what there is to say about one pair, and which model says it; the look-up is put on record first."""
    with house.database.store(actor) as store:
        person = store.people.get(person_id)
        restricted = store.people.restricted(person)
        offers, row = house.matcher.find(store.connection, offer_id, as_of)
    found, model = house.matcher.one_pair(offers, row, person, restricted, as_of=as_of)
    _record_answer(house, actor, "judge_pair", person, model, [offer_id], as_of)
    return found, model


def looks(house: House, actor: Actor, person_id: str, *, limit: int, before: int | None) -> list[Look]:
    """Return who looked at a person, newest first; this look is on record from now on too."""
    with house.database.store(actor, write=True) as store:
        person = store.people.get(person_id)
        found = audit.looks_at(store, person, limit=limit, before=before)
        audit.record(store, "read_audit", at=house.now(), subjects=[person.key])
        return found


def _record_answer(
    house: House, actor: Actor, action: str, person: PersonRow, model: str, offers: list[str], as_of: date
) -> None:
    with house.database.store(actor, write=True) as store:
        audit.record(
            store,
            action,
            at=house.now(),
            subjects=[person.key],
            as_of=as_of.isoformat(),
            model=model,
            offers=offers,
        )
