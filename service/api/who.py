"""Who is asking: one annotation a role, so that a route's signature says whom it is for.

A program sends `Authorization: Bearer TOKEN`. A browser sends the session cookie and, with every write, the
page's token in `X-CSRF-Token`. A route of another role answers like one that does not exist.
"""

import hmac
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Annotated, TypeVar, cast

from fastapi import Depends
from starlette.requests import Request

from service.access import Actor, Role, Session
from service.api.running import Runner
from service.errors import NotFoundError, NotSignedInError, WrongOriginError
from service.operations.house import House
from service.operations.sessions import who_is

T = TypeVar("T")

_OF_A_HOUSE = 64
"""Bits of an IPv6 address that are the same for all addresses of one house."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def the_house(request: Request) -> House:
    """Return the wired product."""
    return cast(House, request.app.state.house)


def the_runner(request: Request) -> Runner:
    """Return what runs work in threads."""
    return cast(Runner, request.app.state.runner)


def origin_of(request: Request) -> str:
    """Return the network from which somebody asks: of IPv6 the half of the address that is given to one house.

    Behind a proxy it is the one that the proxy names (`VIECGAN_PROXIES`).
    """
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, _OF_A_HOUSE), strict=False))


def cookie_name(request: Request) -> str:
    """Return the name of the session cookie: bound to the host under TLS."""
    return "__Host-viecgan" if request.app.state.tls else "viecgan"


async def current_session(request: Request) -> Session:
    """Return the session of a request.

    Raises
    ------
    NotSignedInError
        There is no token, or its session is over.
    WrongOriginError
        A browser's write without the page's token.
    """
    session, by_cookie = await signed_in(request)
    if by_cookie and request.method not in SAFE_METHODS:
        check_page_token(request, session, request.headers.get("x-csrf-token", ""))
    return session


async def signed_in(request: Request) -> tuple[Session, bool]:
    """Return the session of a request, and whether a cookie named it: then a write still needs the page's token.

    Raises
    ------
    NotSignedInError
        There is no token, or its session is over.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return await _session_of(request, token.strip()), False
    cookie = request.cookies.get(cookie_name(request))
    if not cookie:
        raise NotSignedInError("Sign in first.")
    return await _session_of(request, cookie), True


async def _session_of(request: Request, token: str) -> Session:
    """Return the running session of a token: one row by its key, which takes less than a change of threads."""
    house = the_house(request)
    if house.database.is_here:
        return who_is(house, token)
    return await the_runner(request).in_turn(who_is, house, token)


def check_page_token(request: Request, session: Session, given: str) -> None:
    """Raise WrongOriginError unless *given* is the token of the session's own pages."""
    expected = the_house(request).database.keys.page_token(session.token_hash)
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise WrongOriginError("This write did not come from a page of yours; reload the page and try again.")


def _only(*roles: Role) -> Callable[[Request], Awaitable[Actor]]:
    async def actor(request: Request) -> Actor:
        session = await current_session(request)
        if session.actor.role not in roles:
            raise NotFoundError
        return session.actor

    return actor


def _at_once(part: Callable[[Request], T]) -> Callable[[Request], Awaitable[T]]:
    """Return a dependency that FastAPI calls where it is: one that is not `async` it would hand to a thread."""

    async def found(request: Request) -> T:
        return part(request)

    return found


TheHouse = Annotated[House, Depends(_at_once(the_house))]
TheRunner = Annotated[Runner, Depends(_at_once(the_runner))]
AnySession = Annotated[Session, Depends(current_session)]
Officer = Annotated[Actor, Depends(_only(Role.OFFICER))]
Employer = Annotated[Actor, Depends(_only(Role.EMPLOYER))]
Provider = Annotated[Actor, Depends(_only(Role.PROVIDER))]
Lender = Annotated[Actor, Depends(_only(Role.LENDER))]
Coordinator = Annotated[Actor, Depends(_only(Role.COORDINATOR))]
Analyst = Annotated[Actor, Depends(_only(Role.ANALYST, Role.ADMIN))]
