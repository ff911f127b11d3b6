"""Bodies and answers that are not records of the data contract."""

from datetime import date, datetime
from typing import Any, Literal

import msgspec

from matching.domain.fund import EntryKind
from matching.domain.referral import Consent, DeclinedBy, ReferralStatus, Shares
from matching.domain.vocabulary import OfferKind


class SignIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signs in."""

    user: str
    password: str


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A session; the token is shown this once."""

    token: str
    role: str
    communes: tuple[str, ...]
    expires_at: str


class TextToRead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text to read and forget."""

    text: str


class Commune(msgspec.Struct, frozen=True, kw_only=True):
    """A commune by code and name."""

    code: str
    name: str


class PersonInList(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the officer's list."""

    person_id: str
    commune: Commune
    surveyed_on: str
    employment_status: str
    occupations: tuple[str, ...]
    """Codes of the trades the person has worked in."""
    needs: tuple[str, ...]
    questions: int
    """Readings that wait for the officer's answer."""
    agreed_to_be_shown: bool


class PersonInFull(msgspec.Struct, frozen=True, kw_only=True):
    """One person, for their own officer."""

    person_id: str
    commune: Commune
    recorded_at: str
    recorded_by: str
    corrections: int
    """Versions of corrections so far; 0 none."""
    taxonomy: str
    survey: dict[str, Any]


class SurveyRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """A survey was recorded and read."""

    person_id: str
    saved: str
    """`saved` new, `changed` a newer survey of a known person, `duplicate` the very same was there."""
    profile: dict[str, Any]


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """The profile with the correction applied."""

    version: int
    profile: dict[str, Any]


class ReferralStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a referral."""

    status: ReferralStatus
    on: str
    """The day on which it happened."""
    at: str
    """When it was written down."""
    by: str
    declined_by: DeclinedBy | None
    reason: str | None


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """One person put forward for one offer, for the person's own officer."""

    referral_id: str
    person_id: str
    commune: Commune
    offer_id: str
    kind: OfferKind
    title: str
    status: ReferralStatus
    next: tuple[ReferralStatus, ...]
    """The steps that may follow."""
    asked_at: str | None
    """When an employer asked for it; null when none did."""
    consent: Consent | None
    shares: Shares | None
    """What the maker of the offer may know while the referral stands, from `sent` on."""
    until: date | None
    recorded_at: str
    changed_at: str
    steps: tuple[ReferralStep, ...]


class FundEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a fund's ledger."""

    number: int
    kind: EntryKind
    amount_vnd: int
    balance_vnd: int
    """What the fund holds after it."""
    on: date
    """The day on which the money changed hands."""
    receipt: str | None
    repays: int | None
    """Number of the loan that a repayment repays."""
    takes_back: int | None
    """Number of the entry, written by mistake, that a reversal takes back."""
    referral_id: str | None
    """On whose referral a loan was paid out; null when nobody said, or it was erased."""
    at: str
    by: str


class FundPage(msgspec.Struct, frozen=True, kw_only=True):
    """A fund and a page of its ledger, newest first."""

    fund_id: str
    title: str
    balance_vnd: int
    contributed_vnd: int
    lent_vnd: int
    repaid_vnd: int
    items: tuple[FundEntry, ...]
    next_cursor: str | None


class NothingElse(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body that needs no keys."""


class IntroductionAsked(msgspec.Struct, frozen=True, kw_only=True):
    """It was asked for; the commune's officer asks the person. The same whenever it is asked."""

    opening_id: str
    candidate: str
    state: Literal["asked"] = "asked"


class Promoted(msgspec.Struct, frozen=True, kw_only=True):
    """Which release serves, since when, and who decided."""

    release: str
    since: datetime
    by: str


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the service can answer, and what is degraded."""

    ready: bool
    degraded: tuple[str, ...]
    model: str
    taxonomy: str
