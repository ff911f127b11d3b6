"""Health, readiness and metrics: for whoever runs the service; at the root, outside /api/v1."""

from ipaddress import ip_address

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.access import Role
from service.api.answers import json_answer
from service.api.documents import OPEN
from service.api.metrics import Metrics
from service.api.shapes import Ready
from service.api.who import TheHouse, TheRunner, current_session
from service.errors import NotFoundError, ServiceError
from service.operations.readiness import degraded

router = APIRouter(tags=["operation"])
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class PrometheusText(Response):
    """Text as Prometheus reads it."""

    media_type = "text/plain; version=0.0.4"


@router.get("/health", openapi_extra=OPEN, responses={200: {"description": "The process answers."}})
async def health() -> Response:
    """Say that the process answers; nothing else is asked."""
    return json_answer({"status": "ok"})


@router.get(
    "/ready",
    openapi_extra=OPEN,
    responses={200: {"description": "Queries are answered."}, 503: {"description": "They are not."}},
)
async def ready(house: TheHouse, run: TheRunner) -> Response:
    """Say whether queries are answered, and name what is degraded."""
    can, faults = await run(degraded, house)
    model, release = house.matcher.model.name, house.taxonomy.release
    return json_answer(Ready(ready=can, degraded=faults, model=model, taxonomy=release), 200 if can else 503)


@router.get(
    "/metrics",
    openapi_extra=OPEN,
    response_class=PrometheusText,
    responses={200: {"description": "Counts and times of requests."}},
)
async def metrics(request: Request) -> Response:
    """Return counts of requests by route and status, and how long they took; nothing about people.

    For an administrator, or on the machine itself.
    """
    if not _on_this_machine(request):
        try:
            session = await current_session(request)
        except ServiceError as error:
            raise NotFoundError from error
        if session.actor.role is not Role.ADMIN:
            raise NotFoundError
    kept: Metrics = request.app.state.metrics
    return PrometheusText(kept.text())


def _on_this_machine(request: Request) -> bool:
    """Say whether the request comes from this machine and through no proxy."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
