"""Offers of one owner, as their owner may reach them."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, false, insert, select, true, update

from matching.domain.offer import Loan, Offer
from matching.domain.posting import PostingRead
from matching.domain.vocabulary import OfferKind
from service.access import Actor, Role
from service.errors import ConflictError, NotFoundError
from service.storage.rows import DECODE_POSTING, AnyRow, OfferRow, OfferStatus, Saved, decode_offer, encode, instant
from service.storage.schema import fund_entries, offers
from service.storage.versions import bump

KIND_OF = {
    Role.EMPLOYER: OfferKind.OPENING,
    Role.PROVIDER: OfferKind.PROGRAMME,
    Role.LENDER: OfferKind.LOAN,
}
"""The one kind of offer that each role makes."""

_FUND_BALANCE = (
    select(fund_entries.c.balance_vnd)
    .where(fund_entries.c.fund == offers.c.offer_id)
    .order_by(fund_entries.c.number.desc())
    .limit(1)
    .scalar_subquery()
    .label("fund_balance_vnd")
)
"""What the ledger of an offer says that it holds; null when it has none."""

OFFERS = select(offers, _FUND_BALANCE)
"""Rows that `offer_row` decodes."""

_BY_ID = OFFERS.where(offers.c.offer_id == bindparam("its_id"))
_ADD, _CHANGE = insert(offers), update(offers).where(offers.c.offer_id == bindparam("its_id"))


class OfferTable:
    """The offers that the actor made; to the actor there are no others."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        self._connection = connection
        self._actor = actor
        self._own = own_offers(actor)

    def get(self, offer_id: str) -> OfferRow:
        """Return one of the actor's own offers.

        Raises
        ------
        NotFoundError
            There is none of that id, or it is another's.
        """
        row = self._connection.execute(_own_by_id(self._actor), {"its_id": offer_id}).one_or_none()
        if row is None:
            raise NotFoundError
        return offer_row(row)

    def page(self, *, limit: int, after: str | None = None) -> list[OfferRow]:
        """Return up to *limit* own offers in order of their ids, after the id given."""
        query = OFFERS.where(self._own)
        if after is not None:
            query = query.where(offers.c.offer_id > after)
        return [offer_row(row) for row in self._connection.execute(query.order_by(offers.c.offer_id).limit(limit))]

    def record(
        self,
        offer: Offer,
        read: PostingRead | None,
        *,
        status: OfferStatus,
        at: datetime,
        owner: str | None = None,
    ) -> Saved:
        """Keep a new offer, or the new wording of an own one.

        Parameters
        ----------
        owner : str or None
            Given by the operator only; everybody else owns what they make.

        Raises
        ------
        ConflictError
            The id is taken by another's offer, or a fund is said to hold something else than its ledger says.
        """
        known = self._connection.execute(_BY_ID, {"its_id": offer.offer_id}).one_or_none()
        row: dict[str, str | int | None] = {
            "kind": offer.kind.value,
            "owner": self._actor.user if owner is None else owner,
            "status": status.value,
            "offer": encode(offer),
            "posting_read": None if read is None else encode(read),
        }
        if known is not None and not self._owns(known):
            raise ConflictError(f"the id [{offer.offer_id}] is taken; leave offer_id out and one is given")
        if known is not None:
            self._check_balance(known, offer)
        if known is not None and all(getattr(known, name) == value for name, value in row.items()):
            return Saved.DUPLICATE
        row["changed_in"] = bump(self._connection, "offers")
        row["changed_at"] = instant(at)
        if known is None:
            self._connection.execute(_ADD, row | {"offer_id": offer.offer_id, "recorded_at": row["changed_at"]})
        else:
            self._connection.execute(_CHANGE, row | {"its_id": offer.offer_id})
        return Saved.SAVED if known is None else Saved.CHANGED

    def _check_balance(self, known: AnyRow, offer: Offer) -> None:
        """Raise ConflictError when the maker of a fund gives it another balance than its ledger."""
        kept = known.fund_balance_vnd
        if kept is not None and isinstance(offer, Loan) and offer.balance_vnd != kept:
            raise ConflictError("balance_vnd of this fund follows from its ledger; record what came or went there")

    def _owns(self, row: AnyRow) -> bool:
        kind = KIND_OF.get(self._actor.role)
        return self._actor.role is Role.OPERATOR or (row.owner == self._actor.user and row.kind == kind)


def tell_changed(connection: Connection, offer_id: str) -> None:
    """Let whoever holds the offers in memory read one of them again: its seats or its money changed."""
    change = bump(connection, "offers")
    connection.execute(update(offers).where(offers.c.offer_id == offer_id).values(changed_in=change))


@lru_cache(maxsize=256)
def _own_by_id(actor: Actor) -> Select[Any]:
    return _BY_ID.where(own_offers(actor))


def own_offers(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on rows of offers that an actor made."""
    if actor.role is Role.OPERATOR:
        return true()
    kind = KIND_OF.get(actor.role)
    if kind is None:
        return false()
    return (offers.c.owner == actor.user) & (offers.c.kind == kind.value)


def offer_row(row: AnyRow) -> OfferRow:
    """Decode one row of `OFFERS`: a fund that has a ledger holds what that says."""
    offer = decode_offer(row.kind, row.offer)
    if row.fund_balance_vnd is not None and isinstance(offer, Loan):
        offer = replace(offer, balance_vnd=row.fund_balance_vnd)
    return OfferRow(
        offer=offer,
        owner=row.owner,
        status=OfferStatus(row.status),
        posting_read=None if row.posting_read is None else DECODE_POSTING.decode(row.posting_read),
        recorded_at=row.recorded_at,
        changed_at=row.changed_at,
    )
