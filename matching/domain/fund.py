"""The ledger of a fund: what came in, what was lent and what came back, one entry after the other.

The money of a loan scheme is a fund. An entry is never changed nor taken away; what a fund holds is what its last entry
says, and what is still owed follows from a loan and its repayments.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MAX_ENTRY_VND = 1_000_000_000_000
"""The most that one entry may move: far more than a commune's fund holds, and exact in every reader of JSON."""

LAST_ENTRY = 2**31 - 1
"""The highest number that an entry may have."""


class EntryKind(StrEnum):
    """Why money came or went."""

    CARRIED = "carried"
    """What the scheme said to hold before its ledger began: the first entry, or none."""
    CONTRIBUTION = "contribution"
    LOAN = "loan"
    REPAYMENT = "repayment"
    REVERSAL = "reversal"
    """Takes back an entry that was written by mistake: money that never came in."""


CAME_IN = frozenset({EntryKind.CARRIED, EntryKind.CONTRIBUTION, EntryKind.REPAYMENT})
"""What a reversal may take back. A loan that was not paid out is repaid instead: then nothing is owed of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One movement of money, as it is to be written down."""

    kind: EntryKind
    amount_vnd: int
    """Always more than 0; the kind says which way it goes."""
    on: date
    """The day on which the money changed hands."""
    receipt: str | None = None
    """Number of the paper receipt; None when there is none."""
    repays: int | None = None
    """Number of the loan that a repayment repays; None for every other kind."""
    takes_back: int | None = None
    """Number of the entry that a reversal takes back; None for every other kind."""


def balance_after(balance_vnd: int, entry: Entry) -> int:
    """Return what a fund holds after an entry, VND; below zero when it does not hold what is to be lent or taken back.

    >>> balance_after(5, Entry(kind=EntryKind.LOAN, amount_vnd=3, on=date(2026, 11, 23)))
    2
    """
    return balance_vnd + (entry.amount_vnd if entry.kind in CAME_IN else -entry.amount_vnd)
