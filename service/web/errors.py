"""Errors as pages, for browsers on pages."""

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.api.problems import KINDS, kind_of
from service.errors import InvalidError, NotSignedInError, ServiceError
from service.web.pages import redirect, render

_NOT_PAGES = ("/api/", "/health", "/ready", "/metrics", "/openapi.json", "/static/", "/preview")


def page_for(request: Request, error: Exception) -> Response | None:
    """Return a page that says what is wrong; None where a program asked."""
    if request.url.path.startswith(_NOT_PAGES):
        return None
    if isinstance(error, NotSignedInError):
        return redirect("/login")
    if "text/html" not in request.headers.get("accept", ""):
        return None
    status = _status(error)
    key = {404: "not_found", 405: "not_found", 500: "broken"}.get(status, "refused")
    detail = str(error) if isinstance(error, ServiceError) and key == "refused" else ""
    return render(request, "error.html", status=status, key=key, detail=detail)


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, RequestValidationError):
        return KINDS[InvalidError].status
    return kind_of(error).status
