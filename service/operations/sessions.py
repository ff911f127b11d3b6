"""Signing in and out.

Wrong passwords are counted by name and network, so that nobody is kept out by what a stranger tries elsewhere; and by
name alone, so that many networks together do not try without end (`docs/decisions/0020`).
"""

from datetime import datetime

from service import audit
from service.access import Actor, Role, Session, password_matches
from service.errors import NotSignedInError, TooManyTriesError
from service.operations.house import House
from service.storage.accounts import end_session, find_session, find_user, open_session
from service.storage.tries import Tries

WRONG = "The user name or the password is wrong."

MAX_WRONG = 8
"""Wrong passwords in a row under one name from one network."""

MAX_FROM_ANYWHERE = 40
"""Wrong passwords under one name from all networks together; who is known where they are does not wait for these."""


def sign_in(house: House, user: str, password: str, *, origin: str) -> tuple[str, Session]:
    """Start a session and return its token and the session.

    Parameters
    ----------
    origin : str
        The network from which somebody signs in.

    Raises
    ------
    NotSignedInError
        There is no such user, they are disabled, or the password is wrong; nothing tells these apart.
    TooManyTriesError
        Too many wrong passwords for this name, from here or, unless the user is known here, from anywhere.
    """
    now, keys = house.now(), house.database.keys
    with house.database.reading() as connection:
        _check(Tries(connection, keys, user, origin), now)
        known = find_user(connection, user)
    kept = known.password_hash if known is not None and known.disabled_at is None else None
    right = password_matches(kept, password)
    with house.database.writing() as connection:
        tries = Tries(connection, keys, user, origin)
        wrong = _check(tries, now)  # others may have been tried meanwhile, here or by another process
        if right and known is not None:
            if wrong:
                tries.forget_wrong()
            tries.remember(at=now)
            token, session = open_session(connection, known.actor, at=now)
            audit.append(connection, keys, known.actor, "sign_in", at=now)
            return token, session
        tries.count_wrong(at=now)
    raise NotSignedInError(WRONG)


def _check(tries: Tries, now: datetime) -> int:
    """Return how many wrong ones came from here; raise TooManyTriesError while whoever tries has to wait."""
    here, anywhere = tries.wrong_so_far(at=now)
    if here >= MAX_WRONG or (anywhere >= MAX_FROM_ANYWHERE and not tries.is_known(at=now)):
        raise TooManyTriesError("Too many wrong passwords; wait five minutes.")
    return here


def sign_out(house: House, session: Session) -> None:
    """End a session at once."""
    with house.database.writing() as connection:
        end_session(connection, session)
        audit.append(connection, house.database.keys, session.actor, "sign_out", at=house.now())


def who_is(house: House, token: str) -> Session:
    """Return the running session of a token; raises NotSignedInError when there is none."""
    with house.database.glancing() as connection:
        session = find_session(connection, token, at=house.now())
    if session is None:
        raise NotSignedInError("Sign in first.")
    return session


def may(actor: Actor, *roles: Role) -> bool:
    """Say whether an actor has one of *roles*."""
    return actor.role in roles
