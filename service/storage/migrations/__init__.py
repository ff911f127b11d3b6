"""Numbered steps from an empty database to the tables of `schema`; each runs once, all in one transaction.

A new step is a new module `mNNNN_what.py` with `apply(connection, keys)`, added to `STEPS`; a step that has been
released is never edited.
"""

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from service.errors import StorageError
from service.privacy import Keys
from service.storage.migrations import (
    m0001_first_tables,
    m0002_lexicon,
    m0003_offer_changes,
    m0004_referrals,
    m0005_funds,
    m0006_outcomes,
    m0007_tries,
)
from service.storage.schema import meta

STEPS: tuple[Callable[[Connection, Keys], None], ...] = (
    m0001_first_tables.apply,
    m0002_lexicon.apply,
    m0003_offer_changes.apply,
    m0004_referrals.apply,
    m0005_funds.apply,
    m0006_outcomes.apply,
    m0007_tries.apply,
)


def migrate(connection: Connection, keys: Keys) -> None:
    """Apply the steps that are missing.

    Raises
    ------
    StorageError
        The database has more steps than this code knows, or was made with another secret.
    """
    done = _steps_done(connection)
    if done > len(STEPS):
        raise StorageError(
            f"the database is at migration {done}, this version knows {len(STEPS)}; install the newer version"
        )
    for step in STEPS[done:]:
        step(connection, keys)
    if done < len(STEPS):
        remember_meta(connection, "migrations", str(len(STEPS)))
    known = read_meta(connection, "fingerprint")
    if known is None:
        remember_meta(connection, "fingerprint", keys.fingerprint())
    elif known != keys.fingerprint():
        raise StorageError("the database was made with another secret file; give the one that belongs to it")


def read_meta(connection: Connection, name: str) -> str | None:
    """Return a fact about the database, or None when it was never stated."""
    return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one_or_none()


def remember_meta(connection: Connection, name: str, value: str) -> None:
    """State a fact about the database, in place of what was stated before."""
    if read_meta(connection, name) is None:
        connection.execute(insert(meta).values(name=name, value=value))
    else:
        connection.execute(update(meta).where(meta.c.name == name).values(value=value))


def _steps_done(connection: Connection) -> int:
    if not inspect(connection).has_table("meta"):
        return 0
    return int(read_meta(connection, "migrations") or 0)
