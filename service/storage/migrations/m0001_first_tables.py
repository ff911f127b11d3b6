"""The first tables."""

from sqlalchemy import Connection, insert

from service.privacy import Keys
from service.storage.schema import audit_head, metadata, versions

TABLES = (
    "meta", "versions", "users", "sessions", "people", "restricted", "profiles", "corrections", "offers",
    "audit", "audit_subjects", "audit_head", "idempotency",
)  # fmt: skip


def apply(connection: Connection, keys: Keys) -> None:
    """Create every table of the first release.

    NB: their columns are still those of `schema`; the step that changes one of them freezes a copy here.
    """
    metadata.create_all(connection, tables=[metadata.tables[name] for name in TABLES])
    connection.execute(insert(versions), [{"name": "offers", "value": 0}, {"name": "people", "value": 0}])
    connection.execute(insert(audit_head).values(id=1, entries=0, seal="", mark=keys.head(0, "")))
