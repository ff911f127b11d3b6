"""The phrases accepted and rejected since the release."""

from sqlalchemy import Connection, insert

from service.privacy import Keys
from service.storage.schema import lexicon, versions


def apply(connection: Connection, _keys: Keys) -> None:
    """Create the table of verdicts on phrases, and the counter of its changes."""
    lexicon.create(connection)
    connection.execute(insert(versions).values(name="lexicon", value=0))
