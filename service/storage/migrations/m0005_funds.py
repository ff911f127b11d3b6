"""The ledgers of funds."""

from sqlalchemy import Connection

from service.privacy import Keys
from service.storage.schema import fund_borrowers, fund_entries


def apply(connection: Connection, _keys: Keys) -> None:
    """Create the tables of funds."""
    fund_entries.create(connection)
    fund_borrowers.create(connection)
