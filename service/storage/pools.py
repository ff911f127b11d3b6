"""What is read across communes and owners: offers and people for the matcher, profiles for counting.

These are the only unscoped reads. Nothing here goes to anybody as it is: an officer gets answers about one own
person, an employer gets cards built field by field, a coordinator gets counts with small cells hidden.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from matching.domain.profile import Profile
from service.storage.offers import offer_row
from service.storage.people import joined, person_row
from service.storage.rows import DECODE_PROFILE, OfferRow, OfferStatus, PersonRow
from service.storage.schema import offers, people, profiles


def standing_offers(connection: Connection) -> list[OfferRow]:
    """Return every offer that is not closed, in order of ids; held ones too, so that answers can say why."""
    query = select(offers).where(offers.c.status != OfferStatus.CLOSED.value).order_by(offers.c.offer_id)
    return [offer_row(row) for row in connection.execute(query)]


def changed_offers(connection: Connection, *, since: int) -> list[OfferRow]:
    """Return every offer that was written after change *since* of the offers, closed ones too, in order of changes."""
    query = select(offers).where(offers.c.changed_in > since).order_by(offers.c.changed_in)
    return [offer_row(row) for row in connection.execute(query)]


def people_to_show(connection: Connection) -> list[PersonRow]:
    """Return the people who agreed that employers see their card, in order of row keys, restricted data left out."""
    query = joined().where(people.c.agreed_to_be_shown).order_by(people.c.key)
    return [person_row(row) for row in connection.execute(query)]


def people_of(connection: Connection, commune: str) -> list[PersonRow]:
    """Return everybody of one commune, in order of row keys, restricted data left out: for counts, nothing else."""
    query = joined().where(people.c.commune == commune).order_by(people.c.key)
    return [person_row(row) for row in connection.execute(query)]


def profiles_of(connection: Connection, communes: Sequence[str]) -> list[tuple[str, Profile]]:
    """Return (commune code, profile without an id) of everybody in *communes*, for counts and nothing else."""
    query = select(people.c.commune, profiles.c.profile).join(profiles).where(people.c.commune.in_(communes))
    return [
        (row.commune, replace(DECODE_PROFILE.decode(row.profile), person_id="")) for row in connection.execute(query)
    ]
