"""What the matcher reads to build its columns: every open offer, and the people who agreed to be shown.

This is the one unscoped read. Nothing here goes to anybody as it is: an officer gets answers about one own
person, an employer gets cards built field by field.
"""

from sqlalchemy import Connection, select

from service.storage.offers import offer_row
from service.storage.people import joined, person_row
from service.storage.rows import OfferRow, OfferStatus, PersonRow
from service.storage.schema import offers, people


def standing_offers(connection: Connection) -> list[OfferRow]:
    """Return every offer that is not closed, in order of ids; held ones too, so that answers can say why."""
    query = select(offers).where(offers.c.status != OfferStatus.CLOSED.value).order_by(offers.c.offer_id)
    return [offer_row(row) for row in connection.execute(query)]


def people_to_show(connection: Connection) -> list[PersonRow]:
    """Return the people who agreed that employers see their card, in order of row keys, restricted data left out."""
    query = joined().where(people.c.agreed_to_be_shown).order_by(people.c.key)
    return [person_row(row) for row in connection.execute(query)]
