"""What is read across communes and owners: offers and people for the matcher, profiles for counting.

These are the only unscoped reads. Nothing here goes to anybody as it is: an officer gets answers about one own
person, an employer gets cards built field by field, a coordinator gets counts with small cells hidden, an analyst
gets features under names of one day.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import msgspec
from sqlalchemy import Connection, Integer, and_, bindparam, exists, func, or_, select

from matching.domain.offer import Offer
from matching.domain.profile import Profile
from matching.domain.referral import DeclinedBy, ReferralStatus, with_seats_left
from service.storage.kept import Kept
from service.storage.offers import OFFERS, offer_row
from service.storage.people import joined, person_row
from service.storage.referrals import SEATS_TAKEN
from service.storage.rows import DECODE_PROFILE, AnyRow, OfferRow, OfferStatus, PersonRow, decode_offer
from service.storage.schema import offers, people, profiles, referral_steps, referrals


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralToLearn:
    """What a model may see of one referral, and the steps it took."""

    person_key: str
    features: Mapping[str, float]
    steps: tuple[ReferralStatus, ...]
    """Oldest first."""
    declined_by: DeclinedBy | None


_AT_ONCE = 1000
"""Rows that are fetched together."""

_AFTER, _UPTO = (bindparam(name, type_=Integer, required=False) for name in ("after", "upto"))  # given when it is asked
_CHANGED = Kept(
    OFFERS.add_columns(SEATS_TAKEN)
    .where(offers.c.changed_in > _AFTER, offers.c.changed_in <= _UPTO)
    .order_by(offers.c.changed_in)
)


def standing_offers(connection: Connection) -> Iterator[OfferRow]:
    """Yield every offer that is not closed, in order of ids; held ones too, so that answers can say why.

    Seats that referrals hold are not counted, here and in `changed_offers`.
    """
    query = (
        OFFERS.add_columns(SEATS_TAKEN).where(offers.c.status != OfferStatus.CLOSED.value).order_by(offers.c.offer_id)
    )
    yield from map(_with_seats_left, connection.execute(query.execution_options(yield_per=_AT_ONCE)))


def count_offers(connection: Connection) -> int:
    """Return how many offers are kept, closed ones too."""
    return connection.execute(select(func.count()).select_from(offers)).scalar_one()


def changed_offers(connection: Connection, *, after: int, upto: int) -> list[OfferRow]:
    """Return every offer last written by a change of the offers after one and up to another, in order of changes.

    Closed ones too.
    """
    return [_with_seats_left(row) for row in _CHANGED.all(connection, after=after, upto=upto)]


def named_offers(connection: Connection, ids: Collection[str]) -> dict[str, Offer]:
    """Return the offers of some ids, whether they stand or not."""
    query = select(offers.c.kind, offers.c.offer_id, offers.c.offer).where(offers.c.offer_id.in_(ids))
    return {row.offer_id: decode_offer(row.kind, row.offer) for row in connection.execute(query)}


def people_to_show(connection: Connection) -> list[PersonRow]:
    """Return the people who agreed that employers see their card, in order of row keys, restricted data left out."""
    query = joined().where(people.c.agreed_to_be_shown).order_by(people.c.key)
    return [person_row(row) for row in connection.execute(query)]


def people_of(connection: Connection, commune: str) -> list[PersonRow]:
    """Return everybody of one commune, in order of row keys, restricted data left out: for counts, nothing else."""
    query = joined().where(people.c.commune == commune).order_by(people.c.key)
    return [person_row(row) for row in connection.execute(query)]


def profiles_of(connection: Connection, communes: Sequence[str]) -> list[tuple[str, Profile]]:
    """Return (commune code, profile without an id) of everybody in *communes*, for counts and nothing else."""
    query = select(people.c.commune, profiles.c.profile).join(profiles).where(people.c.commune.in_(communes))
    return [
        (row.commune, replace(DECODE_PROFILE.decode(row.profile), person_id="")) for row in connection.execute(query)
    ]


def known_first(connection: Connection) -> list[str]:
    """Return the row keys of everybody of whom an outcome is known, those first of whom one was known first.

    This is `grade_of` (`matching.domain.outcome`) in the database's words, as far as whether there is a grade: to read
    everybody's steps for one page of an export would take ten times as long.
    """
    its, met = referral_steps.c, referral_steps.alias()
    was_met = exists().where(met.c.referral_id == its.referral_id, met.c.status == ReferralStatus.INTERVIEW.value)
    not_the_maker = its.declined_by.in_([DeclinedBy.PERSON.value, DeclinedBy.OFFICER.value])
    declined = and_(its.status == ReferralStatus.DECLINED.value, or_(not_the_maker, was_met))
    query = (
        select(referrals.c.person_key)
        .join(referral_steps, its.referral_id == referrals.c.referral_id)
        .where(referrals.c.features.is_not(None), or_(its.status == ReferralStatus.STARTED.value, declined))
        .group_by(referrals.c.person_key)
        .order_by(func.min(its.at), referrals.c.person_key)
    )
    return list(connection.execute(query).scalars())


def kept_features(connection: Connection, people_keys: Collection[str] | None = None) -> list[ReferralToLearn]:
    """Return the referrals of some people, or of all, of which it is known what a model may see.

    They come in the order in which they were recorded.
    """
    query = (
        select(referrals.c.person_key, referrals.c.features, referral_steps)
        .join(referral_steps, referral_steps.c.referral_id == referrals.c.referral_id)
        .where(referrals.c.features.is_not(None))
        .order_by(referrals.c.recorded_at, referrals.c.referral_id, referral_steps.c.number)
    )
    if people_keys is not None:
        query = query.where(referrals.c.person_key.in_(people_keys))
    found = []
    for _, its in groupby(connection.execute(query), key=lambda row: row.referral_id):
        rows = list(its)
        found.append(
            ReferralToLearn(
                person_key=rows[0].person_key,
                features=msgspec.json.decode(rows[0].features, type=dict[str, float]),
                steps=tuple(ReferralStatus(row.status) for row in rows),
                declined_by=None if rows[-1].declined_by is None else DeclinedBy(rows[-1].declined_by),
            )
        )
    return found


def keys_to_show(connection: Connection) -> list[str]:
    """Return the row keys of the people who agreed that employers see their card."""
    return list(connection.execute(select(people.c.key).where(people.c.agreed_to_be_shown)).scalars())


def is_to_show(connection: Connection, person_key: str) -> bool:
    """Say whether somebody agrees, now, that employers see their card."""
    query = select(people.c.agreed_to_be_shown).where(people.c.key == person_key)
    return connection.execute(query).scalar_one_or_none() is True


def _with_seats_left(row: AnyRow) -> OfferRow:
    its = offer_row(row)
    return replace(its, offer=with_seats_left(its.offer, taken=row.seats_taken)) if row.seats_taken else its
