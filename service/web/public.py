"""Pages for everybody: signing in and out, the language, the document of the API."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.access import SESSION_LASTS, Role
from service.api.answers import json_answer
from service.api.bodies import MAX_SIGN_IN
from service.api.documents import STAFF, openapi_document
from service.api.who import current_session, origin_of, the_house, the_runner
from service.errors import NotSignedInError, TooManyTriesError
from service.operations.sessions import sign_in, sign_out
from service.web.messages import LANGUAGES
from service.web.pages import (
    LANGUAGE_COOKIE,
    clear_session_cookie,
    form_session,
    home_of,
    page_session,
    read_form,
    redirect,
    render,
    set_session_cookie,
)

router = APIRouter()

_YEAR = 365 * 24 * 3600


@router.get("/")
async def start(request: Request) -> Response:
    """Go to where the signed-in role starts, or to the sign-in page."""
    return redirect(home_of((await page_session(request)).actor))


@router.get("/login")
async def login_page(request: Request) -> Response:
    """Show the sign-in page."""
    return render(request, "login.html", user="", problem="")


@router.post("/login")
async def login(request: Request) -> Response:
    """Sign in and go to where the role starts."""
    form = await read_form(request, most=MAX_SIGN_IN)
    user = form.get("user", "").strip()
    try:
        token, session = await the_runner(request)(
            sign_in, the_house(request), user, form.get("password", ""), origin=origin_of(request)
        )
    except NotSignedInError:
        return render(request, "login.html", status=401, user=user, problem="login.wrong")
    except TooManyTriesError:
        return render(request, "login.html", status=429, user=user, problem="login.wait")
    response = redirect(home_of(session.actor))
    set_session_cookie(request, response, token, int(SESSION_LASTS.total_seconds()))
    return response


@router.post("/logout")
async def logout(request: Request) -> Response:
    """Sign out."""
    session, _ = await form_session(request)
    await the_runner(request)(sign_out, the_house(request), session)
    response = redirect("/login")
    clear_session_cookie(request, response)
    return response


@router.get("/language/{code}")
async def language(request: Request, code: str, back: str = "/") -> Response:
    """Choose the language and go back to the page."""
    own = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    response = redirect(back if own else "/")
    if code in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, code, max_age=_YEAR, path="/", samesite="lax", httponly=True, secure=request.app.state.tls
        )
    return response


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """Return the OpenAPI document, as far as the reader may know it."""
    return json_answer(await _document(request))


@router.get("/docs")
async def documents(request: Request) -> Response:
    """Show the OpenAPI document as a page."""
    document = await _document(request)
    routes = [
        (method.upper(), path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return render(request, "docs.html", document=document, routes=routes)


async def _document(request: Request) -> dict[str, Any]:
    """Return the document for the reader; each of the two is built once."""
    staff = await _role(request) in STAFF
    kept: dict[bool, dict[str, Any]] = request.app.state.documents
    if staff not in kept:
        kept[staff] = await the_runner(request)(openapi_document, request.app, staff=staff)
    return kept[staff]


async def _role(request: Request) -> Role | None:
    try:
        return (await current_session(request)).actor.role
    except NotSignedInError:
        return None
