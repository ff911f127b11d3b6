"""Referrals and their steps."""

from sqlalchemy import Connection

from service.privacy import Keys
from service.storage.schema import referral_steps, referrals


def apply(connection: Connection, _keys: Keys) -> None:
    """Create the tables of referrals."""
    referrals.create(connection)
    referral_steps.create(connection)
