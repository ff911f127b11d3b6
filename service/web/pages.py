"""Renders a page: language, signed-in user, navigation, and what may be done about forms."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from service.access import Actor, Role, Session
from service.api.bodies import MAX_BODY, read_body
from service.api.who import check_page_token, cookie_name, current_session, signed_in, the_house, the_runner
from service.errors import InvalidError, NotFoundError, WrongOriginError
from service.storage.replies import Reply
from service.storage.store import Store
from service.web.messages import LANGUAGES, Language, translator

HOME = {
    Role.OFFICER: "/people",
    Role.EMPLOYER: "/openings",
    Role.PROVIDER: "/programmes",
    Role.LENDER: "/loans",
    Role.COORDINATOR: "/report",
    Role.ANALYST: "/releases",
    Role.ADMIN: "/releases",
}
"""Where each role starts."""

LANGUAGE_COOKIE = "viecgan-language"

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def language_of(request: Request) -> Language:
    """Return the language a reader chose; Vietnamese when they chose none."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return next((language for language in LANGUAGES if language == chosen), "vi")


def render(
    request: Request, template: str, *, session: Session | None = None, status: int = 200, **values: Any
) -> HTMLResponse:
    """Return a page."""
    language = language_of(request)
    keys = the_house(request).database.keys
    text = _TEMPLATES.get_template(template).render(
        lang=language,
        t=translator(language),
        actor=session.actor if session else None,
        home=HOME.get(session.actor.role, "/") if session else "/",
        page_token=keys.page_token(session.token_hash) if session else "",
        path=request.url.path,
        **values,
    )
    return HTMLResponse(text, status_code=status)


async def page_session(request: Request, *roles: Role) -> Session:
    """Return the session of a page for *roles* (any role when none is given); another role's page does not exist."""
    return _of_role(await current_session(request), roles)


async def form_session(request: Request, *roles: Role) -> tuple[Session, dict[str, str]]:
    """Return the session and the fields of a form that one of its own pages sent.

    Raises
    ------
    WrongOriginError
        The form came from another site, or without the page's token.
    """
    session = await sender(request, *roles)
    form = await read_form(request)
    check_page_token(request, session, form.pop("csrf", ""))
    return session, form


async def write_form(
    request: Request,
    session: Session,
    write: Callable[[Store], Reply],
    *,
    key: str | None = None,
    request_sha256: str = "",
) -> Reply:
    """Do what a form asks for, in one transaction; with the form's own *key*, once however often it is sent."""
    once = the_house(request).write_once
    return await the_runner(request)(once, session.actor, write, key=key, request_sha256=request_sha256)


async def sender(request: Request, *roles: Role) -> Session:
    """Return the session of a form that is yet to be read, and whose token must be checked then."""
    return _of_role((await signed_in(request))[0], roles)


async def read_form(request: Request, *, most: int = MAX_BODY) -> dict[str, str]:
    """Return the fields of a form of up to *most* bytes.

    Raises
    ------
    WrongOriginError
        The form came from another site.
    InvalidError
        It is no form.
    """
    check_same_site(request)
    try:
        words = (await read_body(request, most=most)).decode()
        form = dict(parse_qsl(words, keep_blank_values=True, max_num_fields=100))
    except ValueError as error:
        raise InvalidError("the form cannot be read") from error
    if any("\0" in value for value in form.values()):
        raise InvalidError("the form cannot be read: there is a NUL in it")
    return form


def _of_role(session: Session, roles: tuple[Role, ...]) -> Session:
    if roles and session.actor.role not in roles:
        raise NotFoundError
    return session


def check_same_site(request: Request) -> None:
    """Raise WrongOriginError when the browser says that another site sent this."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise WrongOriginError("This form came from another site.")
    origin = request.headers.get("origin")
    if origin not in (None, "null") and origin.partition("://")[2] != request.headers.get("host"):
        raise WrongOriginError("This form came from another site.")


def redirect(to: str) -> RedirectResponse:
    """Send the browser to another page of ours after a form."""
    return RedirectResponse(to, status_code=303)


def set_session_cookie(request: Request, response: Response, token: str, seconds: int) -> None:
    """Give the browser its session: scripts cannot read it, other sites' requests do not carry it."""
    response.set_cookie(
        cookie_name(request), token, max_age=seconds, path="/", httponly=True, samesite="lax",
        secure=request.app.state.tls,
    )  # fmt: skip


def clear_session_cookie(request: Request, response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(cookie_name(request), path="/", httponly=True, samesite="lax", secure=request.app.state.tls)


def home_of(actor: Actor) -> str:
    """Return where a role starts."""
    return HOME.get(actor.role, "/login")
