"""Users and their sessions: what is looked up before there is an actor, and what the operator keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from service.access import SESSION_LASTS, Actor, Role, Session, new_token, token_hash
from service.errors import NotFoundError
from service.storage.kept import Kept
from service.storage.rows import AnyRow, instant
from service.storage.schema import sessions, users

_RUNNING = Kept(
    select(users, sessions.c.token_hash, sessions.c.expires_at)
    .join(sessions)
    .where(sessions.c.token_hash == bindparam("token"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """A user as kept; the password only as its hash."""

    user: str
    role: Role
    communes: tuple[str, ...]
    password_hash: str
    disabled_at: str | None

    @property
    def actor(self) -> Actor:
        """The user as one who asks."""
        return Actor(user=self.user, role=self.role, communes=self.communes)


def find_user(connection: Connection, user: str) -> UserRow | None:
    """Return a user; None when there is none of that name."""
    row = connection.execute(select(users).where(users.c.user == user)).one_or_none()
    return None if row is None else _user(row)


def list_users(connection: Connection) -> list[UserRow]:
    """Return every user in order of names."""
    return [_user(row) for row in connection.execute(select(users).order_by(users.c.user))]


def save_user(connection: Connection, user: str, *, role: Role, communes: Sequence[str], password_hash: str) -> None:
    """Add a user, or give an existing one a new role, scope and password; ends their sessions."""
    values = {
        "role": role.value,
        "communes": msgspec.json.encode(list(communes)).decode(),
        "password_hash": password_hash,
        "disabled_at": None,
    }
    if find_user(connection, user) is None:
        connection.execute(insert(users).values(user=user, **values))
    else:
        connection.execute(update(users).where(users.c.user == user).values(**values))
        connection.execute(delete(sessions).where(sessions.c.user == user))


def disable_user(connection: Connection, user: str, *, at: datetime) -> None:
    """Keep a user from signing in, from this moment; raises NotFoundError when there is none of that name."""
    changed = connection.execute(update(users).where(users.c.user == user).values(disabled_at=instant(at)))
    if changed.rowcount == 0:
        raise NotFoundError
    connection.execute(delete(sessions).where(sessions.c.user == user))


def open_session(connection: Connection, actor: Actor, *, at: datetime) -> tuple[str, Session]:
    """Start a session; return its token, which is not kept, and the session. Sweeps out ended sessions."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= instant(at)))
    token = new_token()
    session = Session(actor=actor, token_hash=token_hash(token), expires_at=at + SESSION_LASTS)
    connection.execute(
        insert(sessions).values(token_hash=session.token_hash, user=actor.user, expires_at=instant(session.expires_at))
    )
    return token, session


def find_session(connection: Connection, token: str, *, at: datetime) -> Session | None:
    """Return the running session of a token; None when there is none, it ended, or its user was disabled."""
    row = _RUNNING.first(connection, token=token_hash(token))
    if row is None or row.disabled_at is not None or row.expires_at <= instant(at):
        return None
    return Session(actor=_user(row).actor, token_hash=row.token_hash, expires_at=datetime.fromisoformat(row.expires_at))


def end_session(connection: Connection, session: Session) -> None:
    """End a session at once."""
    connection.execute(delete(sessions).where(sessions.c.token_hash == session.token_hash))


def _user(row: AnyRow) -> UserRow:
    return UserRow(
        user=row.user,
        role=Role(row.role),
        communes=tuple(msgspec.json.decode(row.communes)),
        password_hash=row.password_hash,
        disabled_at=row.disabled_at,
    )
