"""The first tables."""

from sqlalchemy import Connection, insert

from service.privacy import Keys
from service.storage.schema import audit_head, metadata, versions


def apply(connection: Connection, keys: Keys) -> None:
    """Create every table of the first release.

    NB: this step builds from `schema` as long as it is the only one; the second step freezes a copy here.
    """
    metadata.create_all(connection)
    connection.execute(insert(versions), [{"name": "offers", "value": 0}, {"name": "people", "value": 0}])
    connection.execute(insert(audit_head).values(id=1, entries=0, seal="", mark=keys.head(0, "")))
