"""People, their profiles and corrections, as one actor may reach them."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from matching.domain.profile import Profile
from matching.domain.survey import Restricted, Survey
from service.access import Actor, Role
from service.errors import ConflictError, NotFoundError
from service.storage.enrolments import enrolment_of
from service.storage.kept import Kept
from service.storage.rows import (
    DECODE_PROFILE,
    DECODE_RESTRICTED,
    DECODE_SURVEY,
    AnyRow,
    PersonRow,
    Saved,
    encode,
    instant,
    sha256,
    split_restricted,
)
from service.storage.schema import corrections, people, profiles, restricted
from service.storage.versions import bump


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """One version of an officer's corrections."""

    version: int
    at: str
    by: str
    body: str
    """JSON text of a `service.operations.corrections.Correction`."""


class PeopleTable:
    """The people in the actor's communes; to the actor there are no others."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        self._connection = connection
        self._actor = actor
        self._mine = own_people(actor)

    def get(self, person_id: str, *, commune: str | None = None) -> PersonRow:
        """Return one person.

        Parameters
        ----------
        commune : str or None
            Code of one of the actor's communes, where several know the id.

        Raises
        ------
        NotFoundError
            Nobody of that id is in the actor's communes, whether or not another commune knows it.
        ConflictError
            Two of the actor's communes know the id.
        """
        rows = _by_id(self._actor).all(self._connection, person_id=person_id)
        rows = [row for row in rows if commune in (None, row.commune)]
        if not rows:
            raise NotFoundError
        if len(rows) > 1:
            raise ConflictError(f"several communes use the id [{person_id}]; name the commune")
        return self._whole(rows[0])

    def by_key(self, key: str) -> PersonRow:
        """Return the person of a row key that `record` gave; raises NotFoundError outside the actor's communes."""
        row = self._connection.execute(joined().where(self._mine, people.c.key == key)).one_or_none()
        if row is None:
            raise NotFoundError
        return self._whole(row)

    def page(self, *, limit: int, after: tuple[str, str, str] | None = None) -> list[PersonRow]:
        """Return up to *limit* people, most recently surveyed first.

        Parameters
        ----------
        after : tuple of str or None
            (surveyed_on, commune, person_id) of the last person of the page before; None starts at the top.
        """
        query = joined().where(self._mine)
        if after is not None:
            later_id = and_(people.c.commune == after[1], people.c.person_id > after[2])
            same_day = and_(people.c.surveyed_on == after[0], or_(people.c.commune > after[1], later_id))
            query = query.where(or_(people.c.surveyed_on < after[0], same_day))
        query = query.order_by(people.c.surveyed_on.desc(), people.c.commune, people.c.person_id).limit(limit)
        return [person_row(row) for row in self._connection.execute(query)]

    def restricted(self, person: PersonRow) -> Restricted | None:
        """Return what is restricted of a person; None when nothing was entered."""
        row = _RESTRICTED.first(self._connection, key=person.key)
        return None if row is None else DECODE_RESTRICTED.decode(row.body)

    def record(
        self,
        survey: Survey,
        read: Profile,
        *,
        commune: str,
        taxonomy: tuple[str, str],
        at: datetime,
        newer_only: bool = False,
    ) -> tuple[str, Saved]:
        """Keep a survey and the profile read from it; return the person's key and what became of it.

        A survey of a known person takes the place of the older one; corrections stay and are applied by
        `set_profile`. The very same survey read with the same release changes nothing.

        Parameters
        ----------
        commune : str
            Code of one of the actor's communes.
        taxonomy : tuple of str
            Name and SHA-256 of the release that read the survey.
        newer_only : bool
            Refuse a survey that is older than the one on record, instead of taking its place.

        Raises
        ------
        NotFoundError
            The commune is not one of the actor's.
        ConflictError
            A newer survey is on record.
        """
        if self._actor.role is not Role.OPERATOR and commune not in self._actor.communes:
            raise NotFoundError
        open_part, sealed_part = split_restricted(survey)
        digest = sha256(encode(survey))
        known = self._known(survey.person_id, commune)
        if known is not None and (known.commune, known.survey_sha256, known.taxonomy_sha256) == (
            commune,
            digest,
            taxonomy[1],
        ):
            return str(known.key), Saved.DUPLICATE
        if newer_only and known is not None and known.surveyed_on > survey.surveyed_on.isoformat():
            raise ConflictError(f"a newer survey, of {known.surveyed_on}, is on record")
        row = {
            "person_id": survey.person_id,
            "commune": commune,
            "surveyed_on": survey.surveyed_on.isoformat(),
            "agreed_to_be_shown": survey.agreed_to_be_shown,
            "survey": encode(open_part),
            "survey_sha256": digest,
            "recorded_at": instant(at),
            "recorded_by": self._actor.user,
        }
        reading = {"taxonomy_release": taxonomy[0], "taxonomy_sha256": taxonomy[1], "as_read": encode(read)}
        key = self._write(None if known is None else str(known.key), row, reading | {"profile": encode(read)})
        self._seal(key, sealed_part)
        bump(self._connection, "people")
        return key, Saved.SAVED if known is None else Saved.CHANGED

    def as_read(self, person: PersonRow) -> Profile:
        """Return the profile as it was read, before any correction."""
        query = select(profiles.c.as_read).where(profiles.c.person_key == person.key)
        return DECODE_PROFILE.decode(self._connection.execute(query).scalar_one())

    def corrections(self, person: PersonRow) -> list[CorrectionRow]:
        """Return the corrections that stand, oldest first."""
        query = (
            select(corrections)
            .where(corrections.c.person_key == person.key, corrections.c.undone_in.is_(None))
            .order_by(corrections.c.version)
        )
        return [
            CorrectionRow(version=row.version, at=row.at, by=row.by, body=row.body)
            for row in self._connection.execute(query)
        ]

    def every_correction(self) -> list[str]:
        """Return the bodies of all corrections that stand for people in scope, one JSON text each."""
        query = select(corrections.c.body).join(people, people.c.key == corrections.c.person_key)
        return list(self._connection.execute(query.where(self._mine, corrections.c.undone_in.is_(None))).scalars())

    def add_correction(self, person: PersonRow, body: str, *, at: datetime, undoes: int | None = None) -> int:
        """Keep one more version of the corrections and return its number.

        Parameters
        ----------
        undoes : int or None
            The version that this one takes back; None when it adds a correction.
        """
        version = person.corrections + 1
        if undoes is not None:
            standing = and_(corrections.c.person_key == person.key, corrections.c.undone_in.is_(None))
            taken_back = self._connection.execute(
                update(corrections).where(standing, corrections.c.version == undoes).values(undone_in=version)
            )
            if taken_back.rowcount == 0:
                raise NotFoundError
        self._connection.execute(
            insert(corrections).values(
                person_key=person.key,
                version=version,
                at=instant(at),
                by=self._actor.user,
                body=body,
                undone_in=version if undoes is not None else None,
            )
        )
        return version

    def set_profile(self, person: PersonRow, profile: Profile, *, corrections: int) -> None:
        """Keep the profile with corrections applied, and how many versions of them there are."""
        self._connection.execute(
            update(profiles)
            .where(profiles.c.person_key == person.key)
            .values(profile=encode(profile), corrections=corrections)
        )
        bump(self._connection, "people")

    def read_otherwise(self, taxonomy_sha256: str) -> list[PersonRow]:
        """Return the people whose survey was read with another release, or other accepted phrases."""
        query = joined().where(self._mine, profiles.c.taxonomy_sha256 != taxonomy_sha256).order_by(people.c.key)
        return [person_row(row) for row in self._connection.execute(query)]

    def set_reading(self, person: PersonRow, read: Profile, *, taxonomy: tuple[str, str]) -> None:
        """Keep another reading of the same survey; `set_profile` then applies what was corrected."""
        self._connection.execute(
            update(profiles)
            .where(profiles.c.person_key == person.key)
            .values(taxonomy_release=taxonomy[0], taxonomy_sha256=taxonomy[1], as_read=encode(read))
        )

    def erase(self, person: PersonRow) -> None:
        """Remove a person from every table; the audit keeps its pseudonym only."""
        self._connection.execute(delete(people).where(self._mine, people.c.key == person.key))
        bump(self._connection, "people")

    def row_keys(self) -> list[str]:
        """Return the row keys of the people in scope."""
        return list(self._connection.execute(select(people.c.key).where(self._mine)).scalars())

    def count(self) -> int:
        """Return how many people are in scope."""
        return self._connection.execute(select(func.count()).select_from(people).where(self._mine)).scalar_one()

    def _whole(self, row: AnyRow) -> PersonRow:
        """Return a person with the programme that they began last."""
        return replace(person_row(row), enrolment=enrolment_of(self._connection, row.key))

    def _known(self, person_id: str, commune: str) -> AnyRow | None:
        """Return the row that a new survey of this id takes the place of; an officer's own person may have moved."""
        mine = people.c.commune == commune if self._actor.role is Role.OPERATOR else self._mine
        query = select(
            people.c.key, people.c.commune, people.c.surveyed_on, people.c.survey_sha256, profiles.c.taxonomy_sha256
        )
        rows = self._connection.execute(query.join(profiles).where(mine, people.c.person_id == person_id)).all()
        return next((row for row in rows if row.commune == commune), rows[0] if rows else None)

    def _write(self, key: str | None, row: dict[str, Any], reading: dict[str, Any]) -> str:
        if key is not None:
            self._connection.execute(update(people).where(people.c.key == key).values(**row))
            self._connection.execute(update(profiles).where(profiles.c.person_key == key).values(**reading))
            return key
        key = secrets.token_hex(16)
        self._connection.execute(insert(people).values(key=key, **row))
        self._connection.execute(insert(profiles).values(person_key=key, corrections=0, **reading))
        return key

    def _seal(self, key: str, body: Restricted | None) -> None:
        self._connection.execute(delete(restricted).where(restricted.c.person_key == key))
        if body is not None:
            self._connection.execute(insert(restricted).values(person_key=key, body=encode(body)))


_RESTRICTED = Kept(select(restricted.c.body).where(restricted.c.person_key == bindparam("key")))


@lru_cache(maxsize=256)
def _by_id(actor: Actor) -> Kept:
    """Return the statement that asks for the people of one id among those of an actor."""
    asked = bindparam("person_id", type_=String, required=False)  # given when it is asked, not when it is put together
    return Kept(joined().where(own_people(actor), people.c.person_id == asked))


@lru_cache(maxsize=256)
def own_people(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on rows of people that an actor may reach."""
    if actor.role is Role.OPERATOR:
        return true()
    if actor.role is Role.OFFICER and actor.communes:
        return people.c.commune.in_(actor.communes)
    return false()


def joined() -> Select[Any]:
    """Select people with their profiles."""
    return select(people, profiles.c.profile, profiles.c.corrections, profiles.c.taxonomy_release).join(
        profiles, profiles.c.person_key == people.c.key
    )


def person_row(row: AnyRow) -> PersonRow:
    """Decode one row of people joined with profiles."""
    return PersonRow(
        key=row.key,
        person_id=row.person_id,
        commune=row.commune,
        survey=DECODE_SURVEY.decode(row.survey),
        profile=DECODE_PROFILE.decode(row.profile),
        corrections=row.corrections,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        taxonomy_release=row.taxonomy_release,
    )
