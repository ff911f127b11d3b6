"""What the keeper of a fund writes into its ledger, and reads there.

A fund is the money of one of the keeper's own loan schemes. People decide who gets a loan; this writes down what they
decided and refuses what the fund does not hold (`docs/decisions/0018`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import msgspec

from matching.domain.fund import CAME_IN, LAST_ENTRY, MAX_ENTRY_VND, Entry, EntryKind
from matching.domain.offer import Loan
from matching.domain.referral import HOLDS_SEAT
from service import audit
from service.access import Actor
from service.errors import ConflictError, InvalidError
from service.operations.house import House
from service.storage.rows import EntryRow, OfferRow, OfferStatus, ReferralRow
from service.storage.store import Store

Amount = Annotated[int, msgspec.Meta(ge=1, le=MAX_ENTRY_VND)]
EntryNumber = Annotated[int, msgspec.Meta(ge=1, le=LAST_ENTRY)]

_RECEIPT = re.compile(r"(?=.*[0-9])[0-9A-Za-z./-]{1,40}")
"""A number, not words: the paper says who gave or took."""


class ContributionAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that came in for good."""

    amount_vnd: Amount
    on: date | None = None
    """The day on which it was given; today when absent."""
    receipt: str | None = None
    """Number of the paper receipt: digits, letters and . / - only."""


class LendingAsked(ContributionAsked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that was paid out as a loan."""

    referral_id: str | None = None
    """On whose referral to this scheme it was paid out; null when there is none."""


class RepaymentAsked(ContributionAsked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money of a loan that came back, without interest: that is a contribution."""

    loan: EntryNumber
    """Number of the loan's entry."""


class ReversalAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A contribution or repayment that was written down by mistake is taken back, whole."""

    entry: EntryNumber
    """Number of the entry."""


EntryAsked = ContributionAsked | LendingAsked | RepaymentAsked | ReversalAsked

ENTRIES: Mapping[str, type[EntryAsked]] = {
    "contributions": ContributionAsked,
    "loans": LendingAsked,
    "repayments": RepaymentAsked,
    "reversals": ReversalAsked,
}
"""What may be written into a ledger, by the last part of its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A fund as its keeper sees it; the sums are VND."""

    scheme: OfferRow
    balance_vnd: int
    contributed_vnd: int
    """All that was given, with what the fund held before its ledger began."""
    lent_vnd: int
    repaid_vnd: int
    entries: tuple[EntryRow, ...]
    """Newest first: one page."""
    taken_back: frozenset[int]
    """Numbers of the entries that do not count any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry that was written."""

    entry: EntryRow
    person_key: str | None = None
    """Row key of who borrowed; None when nobody said, or it is no loan."""


def enter(store: Store, house: House, fund_id: str, asked: EntryAsked) -> Written:
    """Write what is asked into the ledger of an own fund; raises as the function of its kind does."""
    match asked:
        case LendingAsked():
            return lend(store, house, fund_id, asked)
        case RepaymentAsked():
            return Written(entry=repay(store, house, fund_id, asked))
        case ReversalAsked():
            return Written(entry=reverse(store, house, fund_id, asked))
        case ContributionAsked():
            return Written(entry=contribute(store, house, fund_id, asked))


def contribute(store: Store, house: House, fund_id: str, asked: ContributionAsked) -> EntryRow:
    """Write a contribution into an own fund; raises NotFoundError or InvalidError."""
    _begin(store, house, fund_id)
    entry = _entry(house, EntryKind.CONTRIBUTION, asked)
    return _write(store, house, fund_id, entry)


def lend(store: Store, house: House, fund_id: str, asked: LendingAsked) -> Written:
    """Write a loan into the ledger of an own fund.

    Raises
    ------
    NotFoundError
        There is no own fund of that id, or no referral of that id to an own scheme.
    InvalidError
        The amount, day or receipt cannot be.
    ConflictError
        The fund does not hold so much, the scheme is not open or lends less, or the referral does not stand or has had
        its loan.
    """
    scheme = _begin(store, house, fund_id)
    entry = _entry(house, EntryKind.LOAN, asked)
    assert isinstance(scheme.offer, Loan)
    if scheme.status is not OfferStatus.OPEN:
        raise ConflictError("the loan scheme is closed; open it again to lend")
    if scheme.offer.max_vnd is not None and asked.amount_vnd > scheme.offer.max_vnd:
        raise ConflictError(f"the scheme lends {scheme.offer.max_vnd} VND at most")
    referral = None if asked.referral_id is None else _referral(store, fund_id, asked.referral_id)
    if referral is None:
        return Written(entry=_write(store, house, fund_id, entry))
    return Written(entry=_write(store, house, fund_id, entry, referral), person_key=referral.person_key)


def repay(store: Store, house: House, fund_id: str, asked: RepaymentAsked) -> EntryRow:
    """Write a repayment into the ledger of an own fund.

    Raises
    ------
    NotFoundError
        There is no own fund of that id.
    InvalidError
        The amount, day or receipt cannot be.
    ConflictError
        The fund has no such loan, or less is owed.
    """
    _begin(store, house, fund_id)
    entry = _entry(house, EntryKind.REPAYMENT, asked, repays=asked.loan)
    loan = store.funds.entry(fund_id, asked.loan)
    if loan is None or loan.kind is not EntryKind.LOAN:
        raise ConflictError("loan: this fund has no loan of that number")
    owed = loan.amount_vnd - store.funds.moved(fund_id, EntryKind.REPAYMENT, repays=asked.loan)
    if asked.amount_vnd > owed:
        raise ConflictError(f"{owed} VND of this loan are owed")
    return _write(store, house, fund_id, entry)


def reverse(store: Store, house: House, fund_id: str, asked: ReversalAsked) -> EntryRow:
    """Take back an entry of an own fund that was written by mistake, by an entry of its own.

    Raises
    ------
    NotFoundError
        There is no own fund of that id.
    ConflictError
        The fund has no such entry, it is a loan or a reversal, was taken back before, or the money was lent since.
    """
    store.funds.get(fund_id, to_write=True)
    mistaken = store.funds.entry(fund_id, asked.entry)
    if mistaken is None or mistaken.kind not in CAME_IN:
        raise ConflictError(
            "entry: no contribution or repayment of this fund has that number; a loan is repaid instead"
        )
    if mistaken.number in store.funds.taken_back(fund_id):
        raise ConflictError("entry: it was taken back before")
    reversal = Entry(
        kind=EntryKind.REVERSAL, amount_vnd=mistaken.amount_vnd, on=house.today(), takes_back=mistaken.number
    )
    return _write(store, house, fund_id, reversal)


def find_fund(house: House, actor: Actor, fund_id: str, *, limit: int, before: int | None = None) -> Fund:
    """Return an own fund with a page of its ledger; raises NotFoundError."""
    with house.database.store(actor) as store:
        scheme = store.funds.get(fund_id)
        assert isinstance(scheme.offer, Loan)
        began = store.funds.last(fund_id) is not None
        stated = scheme.offer.balance_vnd or 0
        given = sum(store.funds.moved(fund_id, kind) for kind in (EntryKind.CARRIED, EntryKind.CONTRIBUTION))
        return Fund(
            scheme=scheme,
            balance_vnd=stated,
            contributed_vnd=given if began else stated,
            lent_vnd=store.funds.moved(fund_id, EntryKind.LOAN),
            repaid_vnd=store.funds.moved(fund_id, EntryKind.REPAYMENT),
            entries=tuple(store.funds.page(fund_id, limit=limit, before=before)),
            taken_back=store.funds.taken_back(fund_id),
        )


def _begin(store: Store, house: House, fund_id: str) -> OfferRow:
    """Return an own scheme, locked; a ledger that has not begun takes over what the scheme said to hold."""
    scheme = store.funds.get(fund_id, to_write=True)
    assert isinstance(scheme.offer, Loan)
    stated = scheme.offer.balance_vnd or 0
    if stated > 0 and store.funds.last(fund_id) is None:
        _write(store, house, fund_id, Entry(kind=EntryKind.CARRIED, amount_vnd=stated, on=house.today()))
    return scheme


def _entry(house: House, kind: EntryKind, asked: ContributionAsked, *, repays: int | None = None) -> Entry:
    on = asked.on or house.today()
    if on > house.today():
        raise InvalidError("on: this day has not come yet", path="on")
    if asked.receipt is not None and not _RECEIPT.fullmatch(asked.receipt):
        raise InvalidError("receipt: a number of up to 40 digits, letters without accents and . / -", path="receipt")
    return Entry(kind=kind, amount_vnd=asked.amount_vnd, on=on, receipt=asked.receipt, repays=repays)


def _referral(store: Store, fund_id: str, referral_id: str) -> ReferralRow:
    row = store.referrals.get(referral_id)
    if row.offer.offer_id != fund_id or row.status not in HOLDS_SEAT:
        raise ConflictError("referral_id: this referral to this scheme does not stand")
    if store.funds.is_lent_on(referral_id):
        raise ConflictError("referral_id: a loan was paid out on this referral already")
    return row


def _write(store: Store, house: House, fund_id: str, entry: Entry, referral: ReferralRow | None = None) -> EntryRow:
    row = store.funds.add(
        fund_id, entry, at=house.now(), referral_id=None if referral is None else referral.referral_id
    )
    subjects: Sequence[str] = () if referral is None else (referral.person_key,)
    audit.record(
        store,
        f"fund_{entry.kind}",
        at=house.now(),
        subjects=subjects,
        fund=fund_id,
        entry=row.number,
        amount_vnd=row.amount_vnd,
    )
    return row
