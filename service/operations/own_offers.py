"""What employers, providers and lenders do with the offers that are their own."""

import secrets
from base64 import b32encode
from dataclasses import dataclass
from typing import Any

from matching.domain.offer import Offer
from matching.domain.posting import PostingRead
from matching.domain.referral import ReferralStatus
from matching.domain.vocabulary import OfferKind
from matching.errors import DataError
from matching.jsonl import decode_offer, dump, plain
from service import audit
from service.access import Actor
from service.errors import ConflictError, InvalidError
from service.operations.house import House
from service.operations.recording import law_flags, read_offer
from service.storage.offers import KIND_OF
from service.storage.rows import OfferRow, OfferStatus, Step
from service.storage.store import Store

OWNER_FIELD = {
    OfferKind.OPENING: "employer_id",
    OfferKind.PROGRAMME: "provider_id",
    OfferKind.LOAN: "lender_id",
}
"""Who makes an offer stands under another key for each kind; it is always the actor, whatever the body says."""

_PREFIX = {OfferKind.OPENING: "J", OfferKind.PROGRAMME: "T", OfferKind.LOAN: "L"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRead:
    """An offer as it is to be kept. It is read before the database is locked: that takes longer than keeping it."""

    offer: Offer
    posting_read: PostingRead | None
    status: OfferStatus
    before: OfferRow | None = None
    """The own offer whose place it takes; None when it is new."""


def read_new_offer(house: House, actor: Actor, record: dict[str, Any]) -> OfferRead:
    """Read an offer of the actor's kind; without an `offer_id` it is given one.

    Raises
    ------
    InvalidError
        The record breaks its schema.
    """
    kind = KIND_OF[actor.role]
    if record.get("kind") not in (None, kind):
        raise InvalidError(f"here only kind [{kind}] is recorded", path="kind")
    given = record if record.get("offer_id") else record | {"offer_id": _new_id(kind)}
    offer = _decoded(given, kind, actor)
    read, lawful = read_offer(house, offer)
    return OfferRead(offer=offer, posting_read=read, status=lawful)


def read_changed_offer(house: House, actor: Actor, offer_id: str, changes: dict[str, Any]) -> OfferRead:
    """Read an own offer with some fields changed, or its status ("open" or "closed"); null makes a field unknown.

    Raises
    ------
    NotFoundError
        There is no own offer of that id.
    InvalidError
        A key cannot be changed, or the record breaks its schema then.
    """
    with house.database.store(actor) as store:
        row = store.offers.get(offer_id)
    kind = row.offer.kind
    fixed = {"offer_id", "kind", OWNER_FIELD[kind]} & set(changes)
    if fixed:
        name = min(fixed)
        raise InvalidError(f"{name} cannot be changed", path=name)
    status = changes.get("status", row.status if row.status is OfferStatus.CLOSED else OfferStatus.OPEN)
    if status not in (OfferStatus.OPEN, OfferStatus.CLOSED):
        raise InvalidError(f"status [{status}] must be open or closed", path="status")
    others = {name: value for name, value in changes.items() if name != "status"}
    if status == OfferStatus.CLOSED and not others:
        return OfferRead(offer=row.offer, posting_read=row.posting_read, status=OfferStatus.CLOSED, before=row)
    offer = _decoded(plain(row.offer) | others, kind, actor)
    read, lawful = read_offer(house, offer)
    kept = OfferStatus.CLOSED if status == OfferStatus.CLOSED else lawful
    return OfferRead(offer=offer, posting_read=read, status=kept, before=row)


def keep_offer(store: Store, house: House, read: OfferRead) -> OfferRow:
    """Keep an offer that was read for the actor of *store*.

    Raises
    ------
    ConflictError
        The id is taken, or the offer was changed since it was read.
    """
    if read.before is not None and store.offers.get(read.offer.offer_id) != read.before:
        raise ConflictError("the offer was changed at the same time; look at it and send the change again")
    saved = store.offers.record(read.offer, read.posting_read, status=read.status, at=house.now())
    told = {"offer": read.offer.offer_id, "saved": saved.value, "status": read.status.value}
    audit.record(store, "record_offer", at=house.now(), subjects=_left_behind(store, house, read), **told)
    return store.offers.get(read.offer.offer_id)


def _left_behind(store: Store, house: House, read: OfferRead) -> list[str]:
    """End what was not yet sent to an offer that closes; return the row keys of whose referrals they were."""
    if read.status is not OfferStatus.CLOSED:
        return []
    rows = store.referrals.not_sent(read.offer.offer_id)
    for row in rows:
        store.referrals.step(row, Step(status=ReferralStatus.OBSOLETE, on=house.today()), at=house.now())
    return [row.person_key for row in rows]


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


def _decoded(record: dict[str, Any], kind: OfferKind, actor: Actor) -> Offer:
    try:
        return decode_offer(dump(record | {"kind": kind.value, OWNER_FIELD[kind]: actor.user}))
    except DataError as error:
        raise InvalidError(str(error)) from error


def _new_id(kind: OfferKind) -> str:
    return _PREFIX[kind] + b32encode(secrets.token_bytes(10)).decode().lower()
