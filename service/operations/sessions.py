"""Signing in and out."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from service import audit
from service.access import Actor, Role, Session, password_matches
from service.errors import NotSignedInError, TooManyTriesError
from service.operations.house import House
from service.storage.accounts import end_session, find_session, find_user, open_session

WRONG = "The user name or the password is wrong."
MAX_WRONG = 8
WAIT = timedelta(minutes=5)
_REMEMBERED = 10_000


class Tries:
    """Counts wrong passwords by user name, in this process; unknown names count like known ones."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, user: str, now: datetime) -> None:
        """Raise TooManyTriesError while *user* has to wait."""
        with self._lock:
            count, since = self._wrong.get(user, (0, now))
            if now - since > WAIT:
                self._wrong.pop(user, None)
            elif count >= MAX_WRONG:
                raise TooManyTriesError("Too many wrong passwords; wait five minutes.")

    def wrong(self, user: str, now: datetime) -> None:
        """Count one wrong password."""
        with self._lock:
            count, _ = self._wrong.pop(user, (0, now))
            self._wrong[user] = (count + 1, now)
            while len(self._wrong) > _REMEMBERED:
                self._wrong.popitem(last=False)

    def right(self, user: str) -> None:
        """Forget the wrong ones."""
        with self._lock:
            self._wrong.pop(user, None)


def sign_in(house: House, tries: Tries, user: str, password: str) -> tuple[str, Session]:
    """Start a session and return its token and the session.

    Raises
    ------
    NotSignedInError
        There is no such user, they are disabled, or the password is wrong; nothing tells these apart.
    TooManyTriesError
        Too many wrong passwords for this name.
    """
    now = house.now()
    tries.check(user, now)
    with house.database.reading() as connection:
        known = find_user(connection, user)
    kept = known.password_hash if known is not None and known.disabled_at is None else None
    if not password_matches(kept, password) or known is None:
        tries.wrong(user, now)
        raise NotSignedInError(WRONG)
    tries.right(user)
    with house.database.writing() as connection:
        token, session = open_session(connection, known.actor, at=now)
        audit.append(connection, house.database.keys, known.actor, "sign_in", at=now)
    return token, session


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
