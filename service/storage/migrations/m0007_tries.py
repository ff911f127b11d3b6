"""Wrong passwords, and from where users signed in."""

from sqlalchemy import Connection

from service.privacy import Keys
from service.storage.schema import known_origins, wrong_passwords


def apply(connection: Connection, _keys: Keys) -> None:
    """Create the tables of tries to sign in."""
    wrong_passwords.create(connection, checkfirst=True)
    known_origins.create(connection, checkfirst=True)
