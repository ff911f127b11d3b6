"""Counters that go up with every change, so that what is held in memory knows when it is old."""

from sqlalchemy import Connection, bindparam, select, update

from service.storage.kept import Kept
from service.storage.schema import versions

_VALUE = Kept(select(versions.c.value).where(versions.c.name == bindparam("of")))
_ONE_MORE = Kept(update(versions).where(versions.c.name == bindparam("of")).values(value=versions.c.value + 1))


def bump(connection: Connection, name: str) -> int:
    """Count one more change of *name* ("people", "offers" or "lexicon"), in the transaction that makes it.

    Returns
    -------
    int
        The number of this change. The counter stays locked until the transaction ends, so whoever sees a number sees
        every change before it.
    """
    _ONE_MORE.run(connection, of=name)
    return version(connection, name)


def version(connection: Connection, name: str) -> int:
    """Return how many changes of *name* there have been."""
    [row] = _VALUE.all(connection, of=name)
    return int(row.value)
