"""Counters that go up with every change, so that what is held in memory knows when it is old."""

from sqlalchemy import Connection, select, update

from service.storage.schema import versions


def bump(connection: Connection, name: str) -> int:
    """Count one more change of *name* ("people", "offers" or "lexicon"), in the transaction that makes it.

    Returns
    -------
    int
        The number of this change. The counter stays locked until the transaction ends, so whoever sees a number sees
        every change before it.
    """
    connection.execute(update(versions).where(versions.c.name == name).values(value=versions.c.value + 1))
    return version(connection, name)


def version(connection: Connection, name: str) -> int:
    """Return how many changes of *name* there have been."""
    return int(connection.execute(select(versions.c.value).where(versions.c.name == name)).scalar_one())
