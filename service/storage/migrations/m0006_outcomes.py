"""What a model may see of each referral, and entries that take back entries of a ledger."""

from sqlalchemy import Connection, inspect, text

from service.privacy import Keys

_ADDED = (("referrals", "features", "TEXT"), ("fund_entries", "takes_back", "INTEGER"))


def apply(connection: Connection, _keys: Keys) -> None:
    """Add the columns; nothing is known of what was put forward before.

    A database whose tables were made as they are now has them already.
    """
    for table, column, kind in _ADDED:
        if column not in (its["name"] for its in inspect(connection).get_columns(table)):
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} {kind}"))
    once = "CREATE UNIQUE INDEX IF NOT EXISTS taken_back_once ON fund_entries (fund, takes_back)"
    connection.execute(text(once))
