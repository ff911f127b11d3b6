"""Replies already given to writes, so that the same write sent twice is done once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from service.access import Actor
from service.errors import ConflictError
from service.storage.rows import instant
from service.storage.schema import idempotency

KEPT_FOR = timedelta(hours=24)
"""How long the same key gives the same reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was answered to a write."""

    status: int
    body: bytes
    person_key: str | None = None
    """Whom the reply is about: erased with them."""


class ReplyTable:
    """The replies given to one actor."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        self._connection = connection
        self._actor = actor

    def earlier(self, key: str, request_sha256: str, *, at: datetime) -> Reply | None:
        """Return the reply given to this key, or None when the key is new.

        Raises
        ------
        ConflictError
            The key was used for another request.
        """
        self._connection.execute(delete(idempotency).where(idempotency.c.at < instant(at - KEPT_FOR)))
        mine = (idempotency.c.user == self._actor.user) & (idempotency.c.key == key)
        row = self._connection.execute(select(idempotency).where(mine)).one_or_none()
        if row is None:
            return None
        if row.request_sha256 != request_sha256:
            raise ConflictError("this Idempotency-Key was used for another request; use a new one for a new request")
        return Reply(status=row.status, body=row.body.encode())

    def keep(self, key: str, request_sha256: str, reply: Reply, *, at: datetime) -> None:
        """Keep a reply, in the transaction of the write it answers."""
        self._connection.execute(
            insert(idempotency).values(
                user=self._actor.user,
                key=key,
                request_sha256=request_sha256,
                status=reply.status,
                body=reply.body.decode(),
                person_key=reply.person_key,
                at=instant(at),
            )
        )
