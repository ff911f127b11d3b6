"""Wrong passwords, counted where every process of the service sees them, and erased with time.

Of whoever tried neither a name nor an address is kept: counts are called by keyed digests of both.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from service.privacy import Keys
from service.storage.kept import Kept
from service.storage.rows import instant
from service.storage.schema import known_origins, wrong_passwords

WAIT = timedelta(minutes=5)
"""How long a count lasts after the last wrong password."""

KNOWN_FOR = timedelta(days=30)
"""How long it is remembered from where a user signed in."""

MAX_COUNTS = 10_000
"""Counts that are kept at once; beyond, the oldest go."""

_WRITTEN_AGAIN = timedelta(days=1)
"""When a place from which a user goes on signing in is written down anew."""

_COUNTS = Kept(
    select(wrong_passwords.c.counted, wrong_passwords.c.wrong).where(
        wrong_passwords.c.counted.in_([bindparam("here"), bindparam("anywhere")]),
        wrong_passwords.c.at.between(bindparam("since"), bindparam("upto")),
    )
)
_KNOWN = Kept(select(known_origins.c.at).where(known_origins.c.origin == bindparam("its")))


class Tries:
    """The tries to sign in under one name, from one place.

    Parameters
    ----------
    user : str
        As it was given, whether there is such a user or not.
    origin : str
        The network from which it was given.
    """

    def __init__(self, connection: Connection, keys: Keys, user: str, origin: str) -> None:
        self._connection = connection
        self._here, self._anywhere = keys.tried(user, origin), keys.tried(user, "")
        self._origin = keys.origin(user, origin)
        self._user = user

    def wrong_so_far(self, *, at: datetime) -> tuple[int, int]:
        """Return how many wrong passwords count at a moment: those from here, and those from anywhere."""
        since, upto = _around(at, WAIT)
        rows = _COUNTS.all(self._connection, here=self._here, anywhere=self._anywhere, since=since, upto=upto)
        found = {row.counted: int(row.wrong) for row in rows}
        return found.get(self._here, 0), found.get(self._anywhere, 0)

    def is_known(self, *, at: datetime, within: timedelta = KNOWN_FOR) -> bool:
        """Say whether the user signed in from here of late."""
        row, (since, upto) = _KNOWN.first(self._connection, its=self._origin), _around(at, within)
        return row is not None and since <= row.at <= upto

    def count_wrong(self, *, at: datetime) -> None:
        """Count one wrong password, and erase the counts that lasted long enough."""
        self._connection.execute(delete(wrong_passwords).where(~wrong_passwords.c.at.between(*_around(at, WAIT))))
        for counted in (self._here, self._anywhere):
            known = update(wrong_passwords).where(wrong_passwords.c.counted == counted)
            more = known.values(wrong=wrong_passwords.c.wrong + 1, at=instant(at))
            if self._connection.execute(more).rowcount == 0:
                self._connection.execute(insert(wrong_passwords).values(counted=counted, wrong=1, at=instant(at)))
        oldest = select(wrong_passwords.c.at).order_by(wrong_passwords.c.at.desc()).offset(MAX_COUNTS).limit(1)
        self._connection.execute(delete(wrong_passwords).where(wrong_passwords.c.at <= oldest.scalar_subquery()))

    def forget_wrong(self) -> None:
        """Forget the wrong ones from here."""
        self._connection.execute(delete(wrong_passwords).where(wrong_passwords.c.counted == self._here))

    def remember(self, *, at: datetime) -> None:
        """Remember that the user signs in from here, and forget from where nobody did for long."""
        if self.is_known(at=at, within=_WRITTEN_AGAIN):
            return
        past = ~known_origins.c.at.between(*_around(at, KNOWN_FOR))
        self._connection.execute(delete(known_origins).where((known_origins.c.origin == self._origin) | past))
        row = {"origin": self._origin, "user": self._user, "at": instant(at)}
        self._connection.execute(insert(known_origins).values(row))


def _around(at: datetime, lasts: timedelta) -> tuple[str, str]:
    """Return from when to when something counts that lasts so long: clocks are set back, and are not all the same."""
    return instant(at - lasts), instant(at + lasts)
