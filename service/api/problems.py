"""The one table from errors to HTTP: every refusal is a problem document (RFC 9457).

What does not exist and what is another's give the same bytes. Messages never hold more of a request than the
field at fault, and nothing of the store.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from service.api.wrapping import SAFE_HEADERS, route_of
from service.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
    NotOpenError,
    NotSignedInError,
    ServiceError,
    TooLargeError,
    TooManyTriesError,
    WrongOriginError,
)

LOG = logging.getLogger("viecgan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one kind of error is told."""

    status: int
    name: str
    title: str
    headers: tuple[tuple[str, str], ...] = ()


KINDS: Mapping[type[Exception], Kind] = {
    NotSignedInError: Kind(
        status=401, name="not-signed-in", title="Not signed in", headers=(("WWW-Authenticate", "Bearer"),)
    ),
    WrongOriginError: Kind(status=403, name="wrong-origin", title="The page's token is missing"),
    NotFoundError: Kind(status=404, name="not-found", title="Not found"),
    NotOpenError: Kind(status=409, name="not-open", title="The opening is not open"),
    ConflictError: Kind(status=409, name="conflict", title="Conflict"),
    TooLargeError: Kind(status=413, name="too-large", title="Too large"),
    InvalidError: Kind(status=422, name="invalid", title="The request breaks its schema"),
    TooManyTriesError: Kind(
        status=429, name="too-many-tries", title="Too many tries", headers=(("Retry-After", "300"),)
    ),
}
_BUSY = Kind(status=503, name="busy", title="Busy, try again", headers=(("Retry-After", "1"),))
_BROKEN = Kind(status=500, name="broken", title="Something broke")
_METHOD = Kind(status=405, name="method-not-allowed", title="Method not allowed")


_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


class ProblemResponse(Response):
    """A problem document."""

    media_type = "application/problem+json"


def problem(kind: Kind, detail: str, *, path: str | None = None, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem document; with *path*, the field at fault is named."""
    body: dict[str, Any] = {
        "type": f"urn:viecgan:problem:{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": _clean(detail),
    }
    if path is not None:
        body["errors"] = [{"path": _clean(path), "message": _clean(detail)}]
    return ProblemResponse(
        msgspec.json.encode(body), status_code=kind.status, headers={**dict(kind.headers), **(headers or {})}
    )


def kind_of(error: Exception) -> Kind:
    """Return how an error is told: the narrowest row of the table."""
    return next((KINDS[cls] for cls in type(error).__mro__ if cls in KINDS), _BROKEN)


def from_service_error(error: ServiceError) -> Response:
    """Return the problem document of an error of the service."""
    path = error.path if isinstance(error, InvalidError) else None
    kind = kind_of(error)
    if kind is _BROKEN:
        LOG.error("unexpected %s", type(error).__name__)
        return problem(kind, "Nothing was changed; the operator can find it in the log.")
    return problem(kind, str(error), path=path)


def from_validation_error(error: RequestValidationError) -> Response:
    """Return the problem document of a query or path parameter that cannot be read."""
    first = error.errors()[0]
    path = ".".join(str(part) for part in first["loc"][1:])
    return problem(KINDS[InvalidError], f"{path}: {first['msg']}", path=path)


def from_http_error(request: Request, error: HTTPException) -> Response:
    """Return the problem document of an unknown path or method."""
    if error.status_code == 405:
        return problem(_METHOD, "This path does not take this method.", headers={"Allow": ", ".join(_allowed(request))})
    if error.status_code == 404:
        return from_service_error(NotFoundError())
    return problem(KINDS[InvalidError], str(error.detail), path="")


def _allowed(request: Request) -> list[str]:
    """Return the methods that a path takes: each of them may have a route of its own."""
    routes = request.app.routes
    return [m for m in _METHODS if any(r.matches({**request.scope, "method": m})[0] is Match.FULL for r in routes)]


def from_database_error(error: OperationalError) -> Response:
    """Return the problem document of a database that is locked or away."""
    LOG.error("database: %s", type(error.orig).__name__)
    return problem(_BUSY, "The database did not answer in time; nothing was changed.")


def from_anything(request: Request, error: Exception) -> Response:
    """Return the problem document of a fault of ours; the log has the trace, the answer has nothing."""
    LOG.error("%s %s", request.method, route_of(request.scope), exc_info=error)
    return problem(_BROKEN, "Nothing was changed; the operator can find it in the log.", headers=SAFE_HEADERS)


def _clean(text: str) -> str:
    """Return a text that can be encoded, cut to a line."""
    return text.encode("utf-8", "replace").decode()[:500]
