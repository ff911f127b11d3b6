"""In which change of the offers each offer was last written."""

from sqlalchemy import Connection, inspect, text

from service.privacy import Keys


def apply(connection: Connection, _keys: Keys) -> None:
    """Add the column and its index; offers of before count as older than every change.

    A new database has both already: the first step creates the tables as they are now.
    """
    if "changed_in" in (column["name"] for column in inspect(connection).get_columns("offers")):
        return
    connection.execute(text("ALTER TABLE offers ADD COLUMN changed_in INTEGER NOT NULL DEFAULT 0"))
    connection.execute(text("CREATE INDEX offers_by_change ON offers (changed_in)"))
