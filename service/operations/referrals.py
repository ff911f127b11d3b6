"""Referrals: an officer puts one of their people forward for an offer, and writes down what became of it.

Who a person is leaves the house with the step `sent` and no other: it needs the person's yes written down, an offer
that is open and has a seat that nobody holds, and the rules' leave on that day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from matching.domain.match import Exclusion
from matching.domain.referral import (
    BY_ITSELF,
    KEPT_DAYS,
    Consent,
    ConsentForm,
    DeclinedBy,
    ReferralStatus,
    Shares,
    seats_left,
)
from service import audit
from service.access import OPERATOR, Actor
from service.errors import ConflictError, InvalidError
from service.operations.employer import check_open, is_over
from service.operations.house import House
from service.operations.recording import check_ranges
from service.privacy import stigma_words
from service.storage.referrals import check_follows
from service.storage.rows import PersonRow, ReferralRow, Step, StepRow
from service.storage.store import Store

MAX_REASON, MAX_SHARED = 500, 120
"""Characters of a reason, and of a name or contact."""

LONGEST_REST = timedelta(days=366)


class ConsentAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's yes to one offer, and what its maker may know of them."""

    given_on: date
    form: ConsentForm = ConsentForm.SPOKEN
    name: str | None = None
    contact: str | None = None
    """A telephone number or a place to meet; null: by way of the officer."""


class ReferralAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is to be put forward for what."""

    person_id: str
    offer_id: str
    consent: ConsentAsked | None = None


class StepAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The next step of a referral."""

    status: ReferralStatus
    reason: str | None = None
    by: DeclinedBy | None = None
    """Who declined; only with `declined`, which needs it."""
    until: date | None = None
    """The last day of rest; only with `parked`, which needs it."""
    on: date | None = None
    """The day on which it happened; today when absent."""
    consent: ConsentAsked | None = None
    """Only with `agreed` or `sent`, in place of an earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A referral with every step it took."""

    row: ReferralRow
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A pair that no rule bars today."""

    model: str
    """Name of the release that ranks it."""
    features: Mapping[str, float] | None
    """What a model may see of it; None of a loan."""


def propose(store: Store, house: House, asked: ReferralAsked) -> Followed:
    """Put one of the officer's people forward for an offer that is open to them.

    Raises
    ------
    NotFoundError
        There is no such person in the officer's communes, or no such offer.
    ConflictError
        A rule bars the person from the offer, it is not open, or such a referral stands already.
    """
    today = house.today()
    person = store.people.get(asked.person_id)
    check_open(store.referrals.offer(asked.offer_id), today)
    allowed = _check_allowed(store, house, person, asked.offer_id)
    consent, shares = (None, None) if asked.consent is None else read_consent(asked.consent, today=today)
    row = store.referrals.add(
        person.key,
        asked.offer_id,
        on=today,
        at=house.now(),
        model=allowed.model,
        features=allowed.features,
        consent=consent,
        shares=shares,
    )
    return _recorded(store, house, "propose_referral", row)


def take_step(store: Store, house: House, referral_id: str, asked: StepAsked) -> Followed:
    """Take the next step of a referral of one of the officer's people.

    Raises
    ------
    NotFoundError
        There is no such referral of somebody in the officer's communes.
    InvalidError
        The step lacks what it needs, or is one that only the service takes.
    ConflictError
        It does not follow, or the offer has no seat left, is not open, or is barred to the person.
    """
    today = house.today()
    row = store.referrals.get(referral_id)
    _check_asked(asked, today)
    check_follows(row, asked.status)
    if asked.consent is not None:
        row = store.referrals.agree(row, *read_consent(asked.consent, today=today))
    if asked.status is ReferralStatus.AGREED and row.consent is None:
        raise InvalidError("write down when and how the person said yes", path="consent")
    if asked.status is ReferralStatus.SENT:
        store.referrals.keep_features(row, _check_may_be_sent(store, house, row).features)
    on = asked.on or today
    _check_kept(store.referrals.steps_of([row])[referral_id], asked.status, on)
    step = Step(status=asked.status, on=on, declined_by=asked.by, reason=asked.reason)
    row = store.referrals.step(row, step, at=house.now(), until=asked.until)
    return _recorded(store, house, "step_referral", row)


def list_referrals(
    house: House,
    actor: Actor,
    *,
    limit: int,
    after: tuple[str, str] | None,
    asked: bool = False,
    waiting: bool = False,
) -> list[Followed]:
    """Return up to *limit* of the officer's referrals, newest first, and, if there are more, one beyond.

    The look at each of those shown is put on record.

    Parameters
    ----------
    asked : bool
        Only those that an employer asked for.
    waiting : bool
        Only those that stand and were not sent.
    """
    with house.database.store(actor, write=True) as store:
        rows = store.referrals.page(limit=limit + 1, after=after, asked=asked, waiting=waiting)
        subjects = [row.person_key for row in rows[:limit]]
        audit.record(store, "list_introductions" if asked else "list_referrals", at=house.now(), subjects=subjects)
        return followed(store, rows)


def referrals_of(house: House, actor: Actor, person: PersonRow) -> list[Followed]:
    """Return the referrals of one person, newest first, and put the look on record."""
    with house.database.store(actor, write=True) as store:
        rows = store.referrals.of_person(person.key)
        audit.record(store, "list_referrals", at=house.now(), subjects=[person.key])
        return followed(store, rows)


def retire(house: House) -> int:
    """End what was not sent before its offer closed, and what nobody was heard about; return how many ended."""
    today = house.today()
    with house.database.store(OPERATOR, write=True) as store:
        ends = {row.referral_id: (row, ReferralStatus.EXPIRED) for row in store.referrals.unheard(today=today)}
        for row in store.referrals.not_sent():
            if is_over(store.referrals.offer(row.offer.offer_id), today):
                ends[row.referral_id] = (row, ReferralStatus.OBSOLETE)
        for row, status in ends.values():
            store.referrals.step(row, Step(status=status, on=today), at=house.now())
        if ends:
            subjects = [row.person_key for row, _ in ends.values()]
            audit.record(store, "retire_referrals", at=house.now(), subjects=subjects, ended=len(ends))
        return len(ends)


def followed(store: Store, rows: Sequence[ReferralRow]) -> list[Followed]:
    """Return referrals with their steps."""
    steps = store.referrals.steps_of(rows)
    return [Followed(row=row, steps=tuple(steps[row.referral_id])) for row in rows]


def read_consent(asked: ConsentAsked, *, today: date) -> tuple[Consent, Shares]:
    """Read a person's yes and what they share.

    Raises
    ------
    InvalidError
        It was given on a day that is still to come, or what is shared tells more than who somebody is.
    """
    check_ranges(asked.given_on, "consent.given_on")
    if asked.given_on > today:
        raise InvalidError(f"[{asked.given_on}] is still to come", path="consent.given_on")
    for field in ("name", "contact"):
        shared = getattr(asked, field)
        if shared is not None and not (0 < len(shared.strip()) <= MAX_SHARED and shared.isprintable()):
            raise InvalidError(f"{field} has 1 to {MAX_SHARED} printable characters", path=f"consent.{field}")
        if stigma_words(shared or ""):
            raise InvalidError(f"{field} says more than who somebody is; an employer reads it", path=f"consent.{field}")
    return Consent(given_on=asked.given_on, form=asked.form), Shares(name=asked.name, contact=asked.contact)


def _check_asked(asked: StepAsked, today: date) -> None:
    if asked.status in BY_ITSELF:
        raise InvalidError(f"a referral becomes {asked.status} by itself", path="status")
    for field, given, status in (
        ("by", asked.by, ReferralStatus.DECLINED),
        ("until", asked.until, ReferralStatus.PARKED),
    ):
        if (given is not None) != (asked.status is status):
            raise InvalidError(f"{status} needs {field}, and nothing else takes it", path=field)
    if asked.consent is not None and asked.status not in (ReferralStatus.AGREED, ReferralStatus.SENT):
        raise InvalidError("a yes is written down with agreed or sent", path="consent")
    if asked.reason is not None and len(asked.reason) > MAX_REASON:
        raise InvalidError(f"a reason has at most {MAX_REASON} characters", path="reason")
    if asked.on is not None:
        check_ranges(asked.on, "on")
        if asked.on > today:
            raise InvalidError(f"[{asked.on}] is still to come", path="on")
    if asked.until is not None and not today < asked.until <= today + LONGEST_REST:
        raise InvalidError(f"[{asked.until}] must be a day of the next year", path="until")


def _check_may_be_sent(store: Store, house: House, row: ReferralRow) -> Allowed:
    """Raise ConflictError unless the offer is open, has a seat for the person, and no rule bars them from it."""
    offer_id = row.offer.offer_id
    offer = store.referrals.offer(offer_id)
    check_open(offer, house.today())
    if seats_left(offer.offer, taken=store.referrals.seats_taken(offer_id)) == 0:
        raise ConflictError("every seat of this offer is held; one is free again when a referral ends")
    return _check_allowed(store, house, store.people.by_key(row.person_key), offer_id)


def _check_allowed(store: Store, house: House, person: PersonRow, offer_id: str) -> Allowed:
    """Raise ConflictError that says why a rule bars a person from an offer."""
    today = house.today()
    offers, at = house.matcher.find(store.connection, offer_id, today)
    restricted = store.people.restricted(person)
    found, model = house.matcher.one_pair(offers, at, person, restricted, as_of=today)
    if isinstance(found, Exclusion):
        raise ConflictError(" ".join(verdict.text_en for verdict in found.verdicts))
    return Allowed(model=model, features=house.matcher.features(offers, at, person, restricted, as_of=today))


def _check_kept(steps: Sequence[StepRow], status: ReferralStatus, on: date) -> None:
    if status in KEPT_DAYS:
        started = next(step.on for step in reversed(steps) if step.status is ReferralStatus.STARTED)
        full = started + timedelta(days=KEPT_DAYS[status])
        if on < full:
            raise ConflictError(f"{KEPT_DAYS[status]} days since the start are full on {full}")


def _recorded(store: Store, house: House, action: str, row: ReferralRow) -> Followed:
    audit.record(
        store,
        action,
        at=house.now(),
        subjects=[row.person_key],
        referral=row.referral_id,
        offer=row.offer.offer_id,
        status=row.status.value,
    )
    return followed(store, [row])[0]
