"""The ledgers of funds, as one actor may reach them; entries are only ever added, all of them by `add`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, select

from matching.domain.fund import Entry, EntryKind, balance_after
from matching.domain.offer import Loan
from service.access import Actor
from service.errors import ConflictError, NotFoundError
from service.storage.offers import OFFERS, offer_row, own_offers, tell_changed
from service.storage.rows import AnyRow, EntryRow, OfferRow, instant
from service.storage.schema import fund_borrowers, fund_entries, offers


class FundTable:
    """The funds behind the actor's own loan schemes; to the actor there are no others."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        self._connection = connection
        self._actor = actor
        self._own = own_offers(actor)

    def get(self, fund_id: str, *, to_write: bool = False) -> OfferRow:
        """Return the loan scheme whose money a fund is; it holds what the ledger says.

        Parameters
        ----------
        to_write : bool
            Keep other transactions from writing to this ledger until this one ends.

        Raises
        ------
        NotFoundError
            There is no such scheme, or it is another's.
        """
        query = OFFERS.where(self._own, offers.c.offer_id == fund_id)
        row = self._connection.execute(query.with_for_update() if to_write else query).one_or_none()
        its = None if row is None else offer_row(row)
        if its is None or not isinstance(its.offer, Loan):
            raise NotFoundError
        return its

    def page(self, fund_id: str, *, limit: int, before: int | None = None) -> list[EntryRow]:
        """Return up to *limit* entries, newest first, older than entry *before* if given."""
        query = _entries(fund_id)
        if before is not None:
            query = query.where(fund_entries.c.number < before)
        found = self._connection.execute(query.order_by(fund_entries.c.number.desc()).limit(limit))
        return [_entry_row(row) for row in found]

    def entry(self, fund_id: str, number: int) -> EntryRow | None:
        """Return one entry; None when there is none of that number."""
        row = self._connection.execute(_entries(fund_id).where(fund_entries.c.number == number)).one_or_none()
        return None if row is None else _entry_row(row)

    def last(self, fund_id: str) -> EntryRow | None:
        """Return the newest entry; None when the ledger has not begun."""
        found = self.page(fund_id, limit=1)
        return found[0] if found else None

    def moved(self, fund_id: str, kind: EntryKind, *, repays: int | None = None) -> int:
        """Return the sum of the entries of one kind that stand, VND; of the repayments of one loan if asked."""
        wanted: list[ColumnElement[bool]] = [
            fund_entries.c.fund == fund_id,
            fund_entries.c.kind == kind.value,
            fund_entries.c.number.not_in(_taken_back(fund_id)),
        ]
        if repays is not None:
            wanted.append(fund_entries.c.repays == repays)
        total = select(func.sum(fund_entries.c.amount_vnd)).where(*wanted)
        return int(self._connection.execute(total).scalar_one() or 0)

    def taken_back(self, fund_id: str) -> frozenset[int]:
        """Return the numbers of the entries that reversals took back."""
        return frozenset(row.takes_back for row in self._connection.execute(_taken_back(fund_id)))

    def is_lent_on(self, referral_id: str) -> bool:
        """Say whether a loan was paid out on a referral."""
        query = select(fund_borrowers.c.number).where(fund_borrowers.c.referral_id == referral_id)
        return self._connection.execute(query).first() is not None

    def add(self, fund_id: str, entry: Entry, *, at: datetime, referral_id: str | None = None) -> EntryRow:
        """Write an entry into a ledger that `get` was asked for to write.

        Raises
        ------
        ConflictError
            The fund does not hold what is to be lent or taken back.
        """
        last = self.last(fund_id)
        number, balance = (1, 0) if last is None else (last.number + 1, last.balance_vnd)
        left = balance_after(balance, entry)
        if left < 0:
            raise ConflictError(f"the fund holds {balance} VND")
        self._connection.execute(
            insert(fund_entries).values(
                fund=fund_id,
                number=number,
                kind=entry.kind.value,
                amount_vnd=entry.amount_vnd,
                balance_vnd=left,
                on=entry.on.isoformat(),
                at=instant(at),
                by=self._actor.user,
                receipt=entry.receipt,
                repays=entry.repays,
                takes_back=entry.takes_back,
            )
        )
        if referral_id is not None:
            self._connection.execute(
                insert(fund_borrowers).values(fund=fund_id, number=number, referral_id=referral_id)
            )
        tell_changed(self._connection, fund_id)
        [row] = self.page(fund_id, limit=1)
        return row


def _taken_back(fund_id: str) -> Select[Any]:
    its = fund_entries.c.takes_back
    return select(its).where(fund_entries.c.fund == fund_id, its.is_not(None))


def _entries(fund_id: str) -> Select[Any]:
    """Select the entries of a fund with whom each was lent to."""
    same = and_(fund_borrowers.c.fund == fund_entries.c.fund, fund_borrowers.c.number == fund_entries.c.number)
    its = select(fund_entries, fund_borrowers.c.referral_id).outerjoin(fund_borrowers, same)
    return its.where(fund_entries.c.fund == fund_id)


def _entry_row(row: AnyRow) -> EntryRow:
    return EntryRow(
        number=row.number,
        kind=EntryKind(row.kind),
        amount_vnd=row.amount_vnd,
        balance_vnd=row.balance_vnd,
        on=date.fromisoformat(row.on),
        receipt=row.receipt,
        repays=row.repays,
        takes_back=row.takes_back,
        referral_id=row.referral_id,
        at=row.at,
        by=row.by,
    )
