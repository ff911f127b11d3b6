"""What employers, providers and lenders do with the offers that are their own."""

import secrets
from base64 import b32encode
from typing import Any

from matching.domain.offer import Offer
from matching.domain.vocabulary import OfferKind
from matching.errors import DataError
from matching.jsonl import decode_offer, dump, plain
from service import audit
from service.access import Actor
from service.errors import InvalidError
from service.operations.house import House
from service.operations.recording import law_flags, read_offer
from service.storage.offers import KIND_OF
from service.storage.rows import OfferRow, OfferStatus
from service.storage.store import Store

OWNER_FIELD = {
    OfferKind.OPENING: "employer_id",
    OfferKind.PROGRAMME: "provider_id",
    OfferKind.LOAN: "lender_id",
}
"""Who makes an offer stands under another key for each kind; it is always the actor, whatever the body says."""

_PREFIX = {OfferKind.OPENING: "J", OfferKind.PROGRAMME: "T", OfferKind.LOAN: "L"}


def add_offer(store: Store, house: House, record: dict[str, Any]) -> OfferRow:
    """Record an offer of the actor's kind; without an `offer_id` it is given one.

    Raises
    ------
    InvalidError
        The record breaks its schema.
    ConflictError
        The id is taken.
    """
    kind = KIND_OF[store.actor.role]
    if record.get("kind") not in (None, kind):
        raise InvalidError(f"here only kind [{kind}] is recorded", path="kind")
    given = record if record.get("offer_id") else record | {"offer_id": _new_id(kind)}
    return _keep(store, house, _decoded(given, kind, store.actor), status=None)


def change_offer(store: Store, house: House, offer_id: str, changes: dict[str, Any]) -> OfferRow:
    """Change some fields of an own offer, or its status ("open" or "closed"); null makes a field unknown.

    Raises
    ------
    NotFoundError
        There is no own offer of that id.
    InvalidError
        A key cannot be changed, or the record breaks its schema then.
    """
    row = store.offers.get(offer_id)
    kind = row.offer.kind
    fixed = {"offer_id", "kind", OWNER_FIELD[kind]} & set(changes)
    if fixed:
        name = min(fixed)
        raise InvalidError(f"{name} cannot be changed", path=name)
    status = changes.get("status", row.status if row.status is OfferStatus.CLOSED else OfferStatus.OPEN)
    if status not in (OfferStatus.OPEN, OfferStatus.CLOSED):
        raise InvalidError(f"status [{status}] must be open or closed", path="status")
    record = plain(row.offer) | {name: value for name, value in changes.items() if name != "status"}
    return _keep(store, house, _decoded(record, kind, store.actor), status=OfferStatus(status))


def list_offers(house: House, actor: Actor, *, limit: int, after: str | None) -> list[OfferRow]:
    """Return one page of the actor's own offers, in order of their ids."""
    with house.database.store(actor) as store:
        return store.offers.page(limit=limit, after=after)


def shape(row: OfferRow) -> dict[str, Any]:
    """Return an own offer as its owner reads it: its fields, its status, and what the posting check found."""
    answer: dict[str, Any] = plain(row.offer) | {"status": row.status.value}
    if row.posting_read is not None:
        answer |= {"law_flags": plain(law_flags(row.posting_read)), "posting_read": plain(row.posting_read)}
    return answer


def maker(offer: Offer) -> str | None:
    """Return who makes an offer, as the record says; None when it does not."""
    name: str | None = getattr(offer, OWNER_FIELD[offer.kind])
    return name


def _keep(store: Store, house: House, offer: Offer, *, status: OfferStatus | None) -> OfferRow:
    read, lawful = read_offer(house, offer)
    kept = OfferStatus.CLOSED if status is OfferStatus.CLOSED else lawful
    saved = store.offers.record(offer, read, status=kept, at=house.now())
    audit.record(store, "record_offer", at=house.now(), offer=offer.offer_id, saved=saved.value, status=kept.value)
    return store.offers.get(offer.offer_id)


def _decoded(record: dict[str, Any], kind: OfferKind, actor: Actor) -> Offer:
    try:
        return decode_offer(dump(record | {"kind": kind.value, OWNER_FIELD[kind]: actor.user}))
    except DataError as error:
        raise InvalidError(str(error)) from error


def _new_id(kind: OfferKind) -> str:
    return _PREFIX[kind] + b32encode(secrets.token_bytes(10)).decode().lower()
