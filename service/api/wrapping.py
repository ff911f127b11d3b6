"""What surrounds every request: headers, counts, and a log line without ids."""

import logging
import time
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.metrics import Metrics

LOG = logging.getLogger("viecgan.requests")

SAFE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""No page loads anything from elsewhere, is framed, or tells another site where somebody came from."""

_KEPT_BY = b"cache-control"
_FILES, _NOBODY = b"public, max-age=3600", b"no-store"

API = "/api/v1"

_STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


class Wrapping:
    """Adds headers to every answer, counts it, and logs method, route template, status and time.

    The path itself is never logged: it holds ids.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics, tls: bool) -> None:
        self._app = app
        self._metrics = metrics
        headers = {**SAFE_HEADERS} | ({"Strict-Transport-Security": _STRICT_TRANSPORT} if tls else {})
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def send_wrapped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), *self._headers]
                if all(name != _KEPT_BY for name, _ in headers):
                    headers.append((_KEPT_BY, _FILES if scope["path"].startswith("/static/") else _NOBODY))
                message = {**message, "headers": headers}
            await send(message)

        try:
            await self._app(scope, receive, send_wrapped)
        finally:
            seconds = time.perf_counter() - began
            route = route_of(scope)
            self._metrics.count(scope["method"], route, status, seconds)
            LOG.info("%s %s %d %.1f ms", scope["method"], route, status, seconds * 1000)


def route_of(scope: Scope) -> str:
    """Return the template of the route that answered, "/api/v1/people/{person_id}": never an id; "-" when none did."""
    template = getattr(scope.get("route"), "path", "-")
    inside = scope["path"].startswith(API) and not template.startswith(API)
    return API + template if inside and template != "-" else template
