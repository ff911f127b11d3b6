"""Writes that are done once, however often they are sent."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends
from starlette.requests import Request

from service.access import Actor
from service.api.answers import JsonResponse
from service.api.bodies import idempotency_key, parse_record, parse_struct, read_body, request_digest
from service.api.shapes import NothingElse
from service.api.who import TheHouse, TheRunner
from service.storage.replies import Reply
from service.storage.store import Store

T = TypeVar("T")


class Writing:
    """A request that writes: what is asked in its body, and the write in a thread and a transaction.

    Parameters
    ----------
    body : bytes
        As it was sent.
    """

    def __init__(self, request: Request, body: bytes, house: TheHouse, run: TheRunner) -> None:
        self.body = body
        self._request, self._house, self._run = request, house, run

    def asked(self, kind: type[T]) -> T:
        """Return the body as a msgspec struct; raises InvalidError that names the field."""
        return parse_struct(self.body, kind)

    def record(self) -> dict[str, Any]:
        """Return the body as a JSON object; raises InvalidError."""
        return parse_record(self.body)

    def check_empty(self) -> None:
        """Raise InvalidError unless there is no body, or one without keys."""
        parse_struct(self.body or b"{}", NothingElse)

    async def once(self, actor: Actor, write: Callable[[Store], Reply]) -> JsonResponse:
        """Do the write and answer with its reply; the same request under the same key gives the same bytes."""
        key, digest = idempotency_key(self._request), request_digest(self._request, self.body)
        reply = await self._run(self._house.write_once, actor, write, key=key, request_sha256=digest)
        return JsonResponse(reply.body, status_code=reply.status)


async def _writing(request: Request, house: TheHouse, run: TheRunner) -> Writing:
    return Writing(request, await read_body(request), house, run)


TheWriting = Annotated[Writing, Depends(_writing)]
"""Stands behind the actor in a route's signature: who may not write has no body read."""
