"""What the store hands out: rows with their records decoded."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import msgspec
from sqlalchemy import Row

from matching.domain.fund import Entry
from matching.domain.offer import Loan, Offer, Opening, Programme
from matching.domain.posting import PostingRead
from matching.domain.profile import Profile
from matching.domain.referral import ENDS, Consent, DeclinedBy, ReferralStatus, Shares
from matching.domain.survey import Restricted, Survey
from matching.domain.vocabulary import OfferKind

AnyRow = Row[*tuple[Any, ...]] | SimpleNamespace
"""A row as SQLAlchemy gives it, or as a kept statement does: columns are attributes."""

DECODE_SURVEY = msgspec.json.Decoder(Survey)
DECODE_PROFILE = msgspec.json.Decoder(Profile)
DECODE_RESTRICTED = msgspec.json.Decoder(Restricted)
DECODE_CONSENT = msgspec.json.Decoder(Consent)
DECODE_SHARES = msgspec.json.Decoder(Shares)
DECODE_POSTING = msgspec.json.Decoder(PostingRead)
_DECODE_OFFER: dict[OfferKind, msgspec.json.Decoder[Any]] = {
    OfferKind.OPENING: msgspec.json.Decoder(Opening),
    OfferKind.PROGRAMME: msgspec.json.Decoder(Programme),
    OfferKind.LOAN: msgspec.json.Decoder(Loan),
}


class OfferStatus(StrEnum):
    """Whether an offer may be proposed."""

    OPEN = "open"
    HELD = "held"
    """The posting breaks the law; it is proposed to nobody until it is put right."""
    CLOSED = "closed"


class Saved(StrEnum):
    """What became of a record that was to be kept."""

    SAVED = "saved"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    """The very same record was there already; nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A programme that a person began, and did not leave."""

    since: date
    weeks: float | None
    """How long it takes; None when it does not say, which lasts as long as the referral stands."""

    def holds_on(self, day: date) -> bool:
        """Say whether the person is still learning on a day."""
        return self.since <= day and (self.weeks is None or day < self.since + timedelta(weeks=self.weeks))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person as the store keeps them."""

    key: str
    person_id: str
    commune: str
    """Code of the commune, resolved when the survey was recorded."""
    survey: Survey
    """Without `restricted`: ask for that by itself."""
    profile: Profile
    """With the officer's corrections."""
    corrections: int
    recorded_at: str
    recorded_by: str
    taxonomy_release: str
    enrolment: Enrolment | None = None
    """The programme begun last; None when there is none, or where many people are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """One offer as the store keeps it."""

    offer: Offer
    owner: str
    status: OfferStatus
    posting_read: PostingRead | None
    """None for programmes and loans, which are not read."""
    recorded_at: str
    changed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    """One referral as the store keeps it."""

    referral_id: str
    person_key: str
    person_id: str
    commune: str
    offer: Offer
    status: ReferralStatus
    steps: int
    """How many there were."""
    model: str | None
    """Name of the release that ranked the pair; None when an employer asked for it."""
    asked_at: str | None
    """When an employer asked to meet the person; None when none did."""
    consent: Consent | None
    shares: Shares | None
    until: date | None
    """Last day on which a parked referral rests."""
    recorded_at: str
    changed_at: str

    @property
    def stands(self) -> bool:
        """Whether it has not ended."""
        return self.status not in ENDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a referral."""

    status: ReferralStatus
    on: date
    """The day on which it happened."""
    declined_by: DeclinedBy | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow(Step):
    """One step as it was written down."""

    at: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow(Entry):
    """One entry of a fund's ledger as it was written down."""

    number: int
    """1 is the first entry of the fund."""
    balance_vnd: int
    """What the fund holds after it."""
    referral_id: str | None
    """On whose referral a loan was paid out; None when nobody said, or the person was erased."""
    at: str
    by: str


def encode(record: object) -> str:
    """Return a domain record as the JSON text that is stored."""
    return msgspec.json.encode(record).decode()


def decode_offer(kind: str, text: str) -> Offer:
    """Return the offer that `encode` wrote."""
    offer: Offer = _DECODE_OFFER[OfferKind(kind)].decode(text)
    return offer


def split_restricted(survey: Survey) -> tuple[Survey, Restricted | None]:
    """Return the survey without what is restricted, and that by itself."""
    return replace(survey, restricted=None), survey.restricted


def sha256(text: str) -> str:
    """Return the SHA-256 of *text* as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def instant(at: datetime) -> str:
    """Return an aware instant as it is stored: ISO 8601, UTC, microseconds, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
