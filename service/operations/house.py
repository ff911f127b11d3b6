"""What every operation needs, wired once at the start of a process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from sqlalchemy.exc import IntegrityError

from matching.extraction.posting import PostingReader
from matching.taxonomy.release import Taxonomy
from service.access import Actor
from service.operations.matcher import Matcher
from service.operations.readers import SurveyReaders
from service.storage.engine import Database
from service.storage.replies import Reply
from service.storage.store import Store

LOCAL_TIME = timezone(timedelta(hours=7))
"""Vietnam: dates in answers are days there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The wired product; the only clock operations may ask is `now`."""

    database: Database
    taxonomy: Taxonomy
    surveys: SurveyReaders
    postings: PostingReader
    matcher: Matcher
    home_province: str
    now: Callable[[], datetime]

    def today(self) -> date:
        """Return the day in Vietnam."""
        return self.day_at(self.now())

    def day_at(self, instant: datetime) -> date:
        """Return the day in Vietnam at an instant."""
        return instant.astimezone(LOCAL_TIME).date()

    def write_once(
        self, actor: Actor, write: Callable[[Store], Reply], *, key: str | None, request_sha256: str
    ) -> Reply:
        """Do a write and keep its reply; the same key again gives the same reply and writes nothing.

        Parameters
        ----------
        key : str or None
            What the asker calls this write; None when they do not mind doing it twice.
        request_sha256 : str
            Digest of the request, by which another request under the same key is found out.

        Raises
        ------
        ConflictError
            The key was used for another request.
        """
        try:
            return self._write_once(actor, write, key, request_sha256)
        except IntegrityError:  # another process wrote the same key or id in between: now it can be seen
            return self._write_once(actor, write, key, request_sha256)

    def _write_once(self, actor: Actor, write: Callable[[Store], Reply], key: str | None, request_sha256: str) -> Reply:
        now = self.now()
        with self.database.store(actor, write=True) as store:
            if key is None:
                return write(store)
            earlier = store.replies.earlier(key, request_sha256, at=now)
            if earlier is not None:
                return earlier
            reply = write(store)
            store.replies.keep(key, request_sha256, reply, at=now)
            return reply
