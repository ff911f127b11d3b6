"""Who is learning in which programme: as far as referrals tell."""

from datetime import date

from sqlalchemy import Connection, String, bindparam, select

from matching.domain.offer import Programme
from matching.domain.referral import PATH, ReferralStatus
from matching.domain.vocabulary import OfferKind
from service.storage.kept import Kept
from service.storage.rows import Enrolment, decode_offer
from service.storage.schema import offers, referral_steps, referrals

_BEGUN = PATH[PATH.index(ReferralStatus.STARTED) :]

_LAST = Kept(
    select(offers.c.offer, referral_steps.c.on.label("since"))
    .join(referrals, referrals.c.offer_id == offers.c.offer_id)
    .join(referral_steps, referral_steps.c.referral_id == referrals.c.referral_id)
    .where(
        referrals.c.person_key == bindparam("person", type_=String, required=False),
        referrals.c.status.in_([status.value for status in _BEGUN]),
        offers.c.kind == OfferKind.PROGRAMME.value,
        referral_steps.c.status == ReferralStatus.STARTED.value,
    )
    .order_by(referral_steps.c.on.desc(), referrals.c.referral_id)
    .limit(1)
)


def enrolment_of(connection: Connection, person_key: str) -> Enrolment | None:
    """Return the programme that somebody began last and did not leave; None when there is none."""
    row = _LAST.first(connection, person=person_key)
    if row is None:
        return None
    programme = decode_offer(OfferKind.PROGRAMME, row.offer)
    assert isinstance(programme, Programme)
    return Enrolment(since=date.fromisoformat(row.since), weeks=programme.weeks)
