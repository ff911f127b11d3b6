"""Signing in and out."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.api.answers import json_answer
from service.api.bodies import MAX_SIGN_IN, parse_struct, read_body
from service.api.documents import NO_CONTENT, OPEN, gives, takes
from service.api.examples import SIGN_IN, SIGNED_IN
from service.api.shapes import SignedIn, SignIn
from service.api.who import AnySession, TheHouse, TheRunner, origin_of
from service.operations.sessions import sign_in, sign_out

router = APIRouter(tags=["sessions"])


@router.post(
    "/sessions",
    status_code=201,
    openapi_extra=takes("SignIn", SIGN_IN) | OPEN,
    responses=gives(201, "SignedIn", SIGNED_IN),
)
async def start_session(request: Request, house: TheHouse, run: TheRunner) -> Response:
    """Sign in; the token goes into `Authorization: Bearer TOKEN` of every other request."""
    asked = parse_struct(await read_body(request, most=MAX_SIGN_IN), SignIn)
    token, session = await run(sign_in, house, asked.user, asked.password, origin=origin_of(request))
    return json_answer(
        SignedIn(
            token=token,
            role=session.actor.role.value,
            communes=session.actor.communes,
            expires_at=session.expires_at.isoformat(timespec="seconds"),
        ),
        201,
    )


@router.delete("/sessions/current", status_code=204, responses=NO_CONTENT)
async def end_current_session(session: AnySession, house: TheHouse, run: TheRunner) -> Response:
    """Sign out; the token is worth nothing from now on."""
    await run(sign_out, house, session)
    return Response(status_code=204)
