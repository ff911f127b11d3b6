"""Introductions: an employer asks to meet somebody whose card they saw; the person's officer says yes or no.

An introduction is a referral that an employer asked for. What an employer learns of it is built field by field here:
whether it is asked, made or over, and, while it stands, what the person shares for this one opening.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import msgspec

from matching.domain.referral import HOLDS_SEAT, DeclinedBy, ReferralStatus, Shares
from service import audit
from service.access import Actor
from service.errors import NotFoundError
from service.operations.employer import check_open
from service.operations.house import House
from service.operations.pages import page_after
from service.operations.referrals import ConsentAsked, Followed, StepAsked, take_step
from service.storage.pools import is_to_show, keys_to_show
from service.storage.rows import ReferralRow, Step
from service.storage.store import Store

State = Literal["asked", "introduced", "over"]
"""All that an employer may know of how far an introduction has come; never who said no, nor why."""


class AnswerAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An officer's answer to an employer who asked to meet one of their people."""

    answer: Literal["yes", "no"]
    consent: ConsentAsked | None = None
    """Needed with a yes, unless the person's yes is on record."""
    by: DeclinedBy = DeclinedBy.OFFICER
    """Who said no."""
    reason: str | None = None
    """Why not; it stays with the officer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """All that an employer may know of one introduction; adding a field here is a privacy decision."""

    candidate: str
    """The same opaque id as on the card, different for every opening."""
    state: State
    name: str | None
    contact: str | None
    """Null: by way of the officer."""


def find_card(house: House, actor: Actor, opening_id: str, candidate: str) -> str | None:
    """Return the row key of the person whose card this is; None when nobody who agreed to be shown has it there.

    Looked up before the database is locked: an id on a card cannot be turned back, so it is made for everybody.
    """
    with house.database.store(actor) as store:
        keys = keys_to_show(store.connection)
    return next((key for key in keys if house.database.keys.candidate(opening_id, key) == candidate), None)


def ask_introduction(store: Store, house: House, opening_id: str, person_key: str | None) -> str:
    """Ask to meet the person of a card; return their row key. To ask again changes nothing, whatever was answered.

    Parameters
    ----------
    person_key : str or None
        What `find_card` found.

    Raises
    ------
    NotFoundError
        There is no own opening of that id, or nobody who agrees to be shown has that card there.
    NotOpenError
        The opening is not open.
    """
    check_open(store.offers.get(opening_id), house.today())
    if person_key is None or not is_to_show(store.connection, person_key):
        raise NotFoundError
    known = store.referrals.of_pair(person_key, opening_id)
    if all(row.asked_at is None for row in known):
        standing = [row for row in known if row.stands]
        if standing:
            store.referrals.ask(standing[0], at=house.now())
        else:
            store.referrals.add(person_key, opening_id, on=house.today(), at=house.now(), asked=True)
    audit.record(store, "ask_introduction", at=house.now(), subjects=[person_key], opening=opening_id)
    return person_key


def answer(store: Store, house: House, referral_id: str, asked: AnswerAsked) -> Followed:
    """Say yes or no to an employer who asked to meet one of the officer's people.

    Raises
    ------
    NotFoundError
        No employer asked for such a referral of somebody in the officer's communes.
    InvalidError
        A yes without the person's consent.
    ConflictError
        It was answered before, the offer has no seat left, is not open, or is barred to the person.
    """
    row = store.referrals.get(referral_id)
    if row.asked_at is None:
        raise NotFoundError
    if asked.answer == "no":
        no = StepAsked(status=ReferralStatus.DECLINED, by=asked.by, reason=asked.reason)
        return take_step(store, house, referral_id, no)
    yes = StepAsked(status=ReferralStatus.SENT)
    if row.status is ReferralStatus.AGREED:
        yes = msgspec.structs.replace(yes, consent=asked.consent)
    else:
        take_step(store, house, referral_id, StepAsked(status=ReferralStatus.AGREED, consent=asked.consent))
    return take_step(store, house, referral_id, yes)


def list_introduced(
    house: House, actor: Actor, opening_id: str, *, limit: int | None = None, after: str | None = None
) -> tuple[Introduced, ...]:
    """Return who was asked for, or sent, to an own opening, and put on record whose name was seen.

    Those that stand come first, then those that are over, newest first. A referral that was sent is seen from now on.
    Of one person one counts: the one that stands, else the newest.

    Parameters
    ----------
    limit : int or None
        How many are told; one beyond says that there are more, and counts as not seen. None: all.
    after : str or None
        Candidate of the last one of the page before; None starts at the top.

    Raises
    ------
    NotFoundError
        There is no own opening of that id.
    NoCursorError
        Nobody of that name is there any more.
    """
    with house.database.store(actor, write=True) as store:
        store.offers.get(opening_id)
        told: dict[str, ReferralRow] = {}
        for row in sorted(store.referrals.known_to_maker(opening_id), key=lambda row: not row.stands):
            told.setdefault(row.person_key, row)
        page = page_after(list(told.values()), partial(_candidate, store), limit=limit, after=after)
        _see(store, house, page[:limit])
        named = [row.person_key for row in page[:limit] if row.status in HOLDS_SEAT]
        audit.record(store, "list_introduced", at=house.now(), subjects=named, opening=opening_id)
        return tuple(_introduced(store, row) for row in page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """All that whoever makes a programme or loan may know of a referral to it that stands."""

    referral_id: str
    name: str | None
    contact: str | None
    """Null: by way of the officer."""


def list_sent(
    house: House, actor: Actor, offer_id: str, *, limit: int | None = None, after: str | None = None
) -> tuple[Sent, ...]:
    """Return the referrals that were sent to an own programme or loan and stand, newest first.

    They are seen from now on, and whose name was seen is put on record.

    Parameters
    ----------
    limit : int or None
        How many are told; one beyond says that there are more, and counts as not seen. None: all.
    after : str or None
        Id of the last one of the page before; None starts at the top.

    Raises
    ------
    NotFoundError
        There is no own offer of that id.
    NoCursorError
        That referral does not stand any more.
    """
    with house.database.store(actor, write=True) as store:
        store.offers.get(offer_id)
        standing = [row for row in store.referrals.known_to_maker(offer_id) if row.status in HOLDS_SEAT]
        page = page_after(standing, lambda row: row.referral_id, limit=limit, after=after)
        _see(store, house, page[:limit])
        seen = [row.person_key for row in page[:limit]]
        audit.record(store, "list_sent", at=house.now(), subjects=seen, offer=offer_id)
        return tuple(map(_sent, page))


def _sent(row: ReferralRow) -> Sent:
    shares = row.shares or Shares()
    return Sent(referral_id=row.referral_id, name=shares.name, contact=shares.contact)


def _see(store: Store, house: House, rows: Iterable[ReferralRow]) -> None:
    """Write down that the maker of the offer has looked at what was sent."""
    for row in rows:
        if row.status is ReferralStatus.SENT:
            store.referrals.step(row, Step(status=ReferralStatus.SEEN, on=house.today()), at=house.now())


def _introduced(store: Store, row: ReferralRow) -> Introduced:
    made = row.status in HOLDS_SEAT
    shares = row.shares if made else None
    return Introduced(
        candidate=_candidate(store, row),
        state="introduced" if made else "asked" if row.stands else "over",
        name=None if shares is None else shares.name,
        contact=None if shares is None else shares.contact,
    )


def _candidate(store: Store, row: ReferralRow) -> str:
    return store.keys.candidate(row.offer.offer_id, row.person_key)
