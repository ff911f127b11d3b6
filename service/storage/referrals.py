"""Referrals and their steps, as one actor may reach them; every step of every referral goes through `step`."""

import secrets
from base64 import b32encode
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, insert, or_, select, update

from matching.domain.referral import (
    ENDS,
    EXPIRES_AFTER_DAYS,
    HOLDS_SEAT,
    NOT_SENT,
    STEPS,
    Consent,
    DeclinedBy,
    ReferralStatus,
    Shares,
)
from service.access import Actor
from service.errors import ConflictError, NotFoundError
from service.storage.offers import KIND_OF, OFFERS, offer_row, own_offers, tell_changed
from service.storage.people import own_people
from service.storage.rows import (
    DECODE_CONSENT,
    DECODE_SHARES,
    AnyRow,
    OfferRow,
    ReferralRow,
    Step,
    StepRow,
    decode_offer,
    encode,
    instant,
)
from service.storage.schema import offers, people, referral_steps, referrals

S = ReferralStatus

_HOLDING = referrals.c.status.in_([status.value for status in HOLDS_SEAT])
_NOT_SENT = referrals.c.status.in_([status.value for status in NOT_SENT])

SEATS_TAKEN = (
    select(func.count())
    .select_from(referrals)
    .where(referrals.c.offer_id == offers.c.offer_id, _HOLDING)
    .scalar_subquery()
    .label("seats_taken")
)
"""How many seats of an offer are held, as a column beside those of `offers`."""


class ReferralTable:
    """An officer's referrals of their own people, a maker's to their own offers; to the actor there are no others."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        self._connection = connection
        self._actor = actor
        self._mine = _scope(actor)

    def get(self, referral_id: str) -> ReferralRow:
        """Return one referral; raises NotFoundError when there is none of that id in scope."""
        found = self._some(referrals.c.referral_id == referral_id)
        if not found:
            raise NotFoundError
        return found[0]

    def page(
        self, *, limit: int, after: tuple[str, str] | None = None, asked: bool = False, waiting: bool = False
    ) -> list[ReferralRow]:
        """Return up to *limit* referrals, newest first.

        Parameters
        ----------
        after : tuple of str or None
            (recorded_at, referral_id) of the last one of the page before; None starts at the top.
        asked : bool
            Only those that an employer asked for.
        waiting : bool
            Only those that stand and were not sent.
        """
        wanted: list[ColumnElement[bool]] = []
        if after is not None:
            same = and_(referrals.c.recorded_at == after[0], referrals.c.referral_id > after[1])
            wanted.append(or_(referrals.c.recorded_at < after[0], same))
        if asked:
            wanted.append(referrals.c.asked_at.is_not(None))
        if waiting:
            wanted.append(_NOT_SENT)
        return self._some(*wanted, limit=limit)

    def of_person(self, person_key: str) -> list[ReferralRow]:
        """Return the referrals of one person, newest first."""
        return self._some(referrals.c.person_key == person_key)

    def known_to_maker(self, offer_id: str) -> list[ReferralRow]:
        """Return the referrals to one offer that its maker knows of: asked for by them, or sent; newest first."""
        sent = exists().where(
            referral_steps.c.referral_id == referrals.c.referral_id, referral_steps.c.status == S.SENT.value
        )
        return self._some(referrals.c.offer_id == offer_id, or_(referrals.c.asked_at.is_not(None), sent))

    def not_sent(self, offer_id: str | None = None) -> list[ReferralRow]:
        """Return those that stand and were not sent, to one offer or to any."""
        return self._some(_NOT_SENT, *([] if offer_id is None else [referrals.c.offer_id == offer_id]))

    def of_pair(self, person_key: str, offer_id: str) -> list[ReferralRow]:
        """Return every referral of one person to one offer, newest first."""
        return self._some(referrals.c.person_key == person_key, referrals.c.offer_id == offer_id)

    def steps_of(self, rows: Sequence[ReferralRow]) -> dict[str, list[StepRow]]:
        """Return the steps of some referrals, oldest first, by the referral's id."""
        ids = [row.referral_id for row in rows]
        query = select(referral_steps).where(referral_steps.c.referral_id.in_(ids)).order_by(referral_steps.c.number)
        found: dict[str, list[StepRow]] = {its: [] for its in ids}
        for row in self._connection.execute(query):
            found[row.referral_id].append(_step_row(row))
        return found

    def add(
        self,
        person_key: str,
        offer_id: str,
        *,
        on: date,
        at: datetime,
        model: str | None = None,
        features: Mapping[str, float] | None = None,
        asked: bool = False,
        consent: Consent | None = None,
        shares: Shares | None = None,
    ) -> ReferralRow:
        """Put a person forward for an offer.

        Parameters
        ----------
        features : mapping or None
            What a model may see of the pair; None: not known, or not to be learnt from.

        Raises
        ------
        ConflictError
            A referral of this person to this offer stands already.
        """
        if any(row.stands for row in self.of_pair(person_key, offer_id)):
            raise ConflictError("a referral of this person to this offer stands already")
        referral_id, now = "R" + b32encode(secrets.token_bytes(15)).decode().lower(), instant(at)
        self._connection.execute(
            insert(referrals).values(
                referral_id=referral_id,
                person_key=person_key,
                offer_id=offer_id,
                status=S.PROPOSED.value,
                steps=0,
                model=model,
                features=None if features is None else encode(features),
                asked_at=now if asked else None,
                consent=None if consent is None else encode(consent),
                shares=None if shares is None else encode(shares),
                recorded_at=now,
                changed_at=now,
            )
        )
        return self._write(self.get(referral_id), Step(status=S.PROPOSED, on=on), at=at)

    def ask(self, row: ReferralRow, *, at: datetime) -> None:
        """Write down that the maker of the offer asked for this referral too."""
        self._set(row, asked_at=instant(at))

    def agree(self, row: ReferralRow, consent: Consent, shares: Shares | None) -> ReferralRow:
        """Write down a person's yes, in place of an earlier one."""
        self._set(row, consent=encode(consent), shares=None if shares is None else encode(shares))
        return self.get(row.referral_id)

    def keep_features(self, row: ReferralRow, features: Mapping[str, float] | None) -> None:
        """Keep what a model may see of the pair, if that was not known when it was put forward."""
        if features is not None:
            unknown = and_(referrals.c.referral_id == row.referral_id, referrals.c.features.is_(None))
            self._connection.execute(update(referrals).where(unknown).values(features=encode(features)))

    def step(self, row: ReferralRow, step: Step, *, at: datetime, until: date | None = None) -> ReferralRow:
        """Take a step and return the referral after it.

        Parameters
        ----------
        until : date or None
            Until when a parked referral rests.

        Raises
        ------
        ConflictError
            Such a step does not follow.
        """
        check_follows(row, step.status)
        return self._write(row, step, at=at, until=until)

    def offer(self, offer_id: str) -> OfferRow:
        """Return an offer, whoever's it is, so that no other transaction hands out its seats meanwhile."""
        query = OFFERS.where(offers.c.offer_id == offer_id).with_for_update()
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError
        return offer_row(row)

    def seats_taken(self, offer_id: str) -> int:
        """Return how many seats of an offer are held."""
        query = select(func.count()).select_from(referrals).where(referrals.c.offer_id == offer_id, _HOLDING)
        return self._connection.execute(query).scalar_one()

    def give_back_seats(self, person_key: str) -> None:
        """Let whoever holds the offers in memory see the seats that are free once a person is gone."""
        for row in self._some(referrals.c.person_key == person_key, _HOLDING):
            tell_changed(self._connection, row.offer.offer_id)

    def unheard(self, *, today: date) -> list[ReferralRow]:
        """Return those that have waited for somebody's word for too long."""
        last = (today - timedelta(days=EXPIRES_AFTER_DAYS)).isoformat()
        waiting = [status.value for status in ReferralStatus if S.EXPIRED in STEPS[status]]
        rested = or_(referrals.c.until.is_(None), referrals.c.until < last)
        return self._some(referrals.c.status.in_(waiting), referrals.c.changed_at < last, rested)

    def _write(self, row: ReferralRow, step: Step, *, at: datetime, until: date | None = None) -> ReferralRow:
        number, now = row.steps + 1, instant(at)
        self._connection.execute(
            insert(referral_steps).values(
                referral_id=row.referral_id,
                number=number,
                status=step.status.value,
                on=step.on.isoformat(),
                at=now,
                by=self._actor.user,
                declined_by=step.declined_by,
                reason=step.reason,
            )
        )
        ended: dict[str, str | None] = {"ended_at": now, "shares": None} if step.status in ENDS else {}
        resting = None if until is None else until.isoformat()
        self._set(row, status=step.status.value, steps=number, until=resting, changed_at=now, **ended)
        if (row.status in HOLDS_SEAT) != (step.status in HOLDS_SEAT):
            tell_changed(self._connection, row.offer.offer_id)
        return self.get(row.referral_id)

    def _set(self, row: ReferralRow, **values: str | int | None) -> None:
        self._connection.execute(update(referrals).where(referrals.c.referral_id == row.referral_id).values(**values))

    def _some(self, *wanted: ColumnElement[bool], limit: int | None = None) -> list[ReferralRow]:
        query = _joined().where(self._mine, *wanted)
        query = query.order_by(referrals.c.recorded_at.desc(), referrals.c.referral_id)
        return [_referral_row(row) for row in self._connection.execute(query.limit(limit))]


def check_follows(row: ReferralRow, status: ReferralStatus) -> None:
    """Raise ConflictError unless a referral may become *status*."""
    if status not in STEPS[row.status]:
        raise ConflictError(f"a referral that is {row.status} cannot become {status}")


def _scope(actor: Actor) -> ColumnElement[bool]:
    return own_offers(actor) if actor.role in KIND_OF else own_people(actor)


def _joined() -> Select[Any]:
    """Select referrals with whom and what they are about."""
    its = select(referrals, people.c.person_id, people.c.commune, offers.c.kind, offers.c.offer)
    return its.join(people, people.c.key == referrals.c.person_key).join(
        offers, offers.c.offer_id == referrals.c.offer_id
    )


def _referral_row(row: AnyRow) -> ReferralRow:
    return ReferralRow(
        referral_id=row.referral_id,
        person_key=row.person_key,
        person_id=row.person_id,
        commune=row.commune,
        offer=decode_offer(row.kind, row.offer),
        status=ReferralStatus(row.status),
        steps=row.steps,
        model=row.model,
        asked_at=row.asked_at,
        consent=None if row.consent is None else DECODE_CONSENT.decode(row.consent),
        shares=None if row.shares is None else DECODE_SHARES.decode(row.shares),
        until=None if row.until is None else date.fromisoformat(row.until),
        recorded_at=row.recorded_at,
        changed_at=row.changed_at,
    )


def _step_row(row: AnyRow) -> StepRow:
    return StepRow(
        status=ReferralStatus(row.status),
        on=date.fromisoformat(row.on),
        declined_by=None if row.declined_by is None else DeclinedBy(row.declined_by),
        reason=row.reason,
        at=row.at,
        by=row.by,
    )
