"""Writes that are done once, however often they are sent."""

from collections.abc import Callable

from starlette.requests import Request

from service.access import Actor
from service.api.answers import JsonResponse
from service.api.bodies import idempotency_key, request_digest
from service.api.running import Runner
from service.operations.house import House
from service.storage.replies import Reply
from service.storage.store import Store


async def write_once(
    request: Request, body: bytes, write: Callable[[Store], Reply], *, actor: Actor, house: House, run: Runner
) -> JsonResponse:
    """Do a write in a thread and answer with its reply; the same request under the same key gives the same bytes."""
    reply = await run(
        house.write_once, actor, write, key=idempotency_key(request), request_sha256=request_digest(request, body)
    )
    return JsonResponse(reply.body, status_code=reply.status)
