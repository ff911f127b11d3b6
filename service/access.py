"""Who is asking: roles, actors, passwords and session tokens."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SESSION_LASTS = timedelta(hours=12)

MIN_PASSWORD = 10
"""Characters a new password must have."""

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Argon2id with OWASP's smaller parameters (19 MiB): eight sign-ins at once fit a small machine."""

_NOBODY = _HASHER.hash(secrets.token_hex(16))
"""Verified when no such user exists, so that both refusals take the same time."""


class Role(StrEnum):
    """What somebody may do; each route names its own."""

    OFFICER = "officer"
    EMPLOYER = "employer"
    PROVIDER = "provider"
    LENDER = "lender"
    COORDINATOR = "coordinator"
    ANALYST = "analyst"
    ADMIN = "admin"
    OPERATOR = "operator"
    """The command line on the machine itself; nobody signs in as this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who asks; the scope of a store is taken from here and from nowhere else."""

    user: str
    role: Role
    communes: tuple[str, ...] = ()
    """Codes of the communes whose people the actor may see (officers) or count (coordinators)."""


OPERATOR = Actor(user="operator", role=Role.OPERATOR)
"""Whoever sits at the machine's command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in actor; the token itself is known to the browser or program only."""

    actor: Actor
    token_hash: str
    expires_at: datetime


def hash_password(password: str) -> str:
    """Return the argon2id hash to keep."""
    return _HASHER.hash(password)


def password_matches(kept: str | None, password: str) -> bool:
    """Say whether *password* is the one of *kept*; None (no such user) is refused in the same time."""
    try:
        return _HASHER.verify(_NOBODY if kept is None else kept, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def new_token() -> str:
    """Return a session token of 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token: it cannot be turned back, and needs no salt at 256 bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
