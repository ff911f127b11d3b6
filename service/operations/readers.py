"""The reader of surveys, as the lexicon stands now."""

import threading

from sqlalchemy import Connection

from matching.extraction.survey import SurveyReader
from matching.taxonomy.accepted import with_accepted
from service.storage.lexicon import CHANGES, LexiconTable
from service.storage.versions import version


class SurveyReaders:
    """Follows the phrases that are accepted and taken back, in whatever process that happens."""

    def __init__(self, released: SurveyReader) -> None:
        self._released = released
        self._kept = (0, released)
        self._lock = threading.Lock()

    def current(self, connection: Connection) -> SurveyReader:
        """Return the reader of the release and of the phrases that stand accepted.

        A change of the lexicon costs its first query the time to build one: some two seconds.
        """
        stamp = version(connection, CHANGES)
        with self._lock:
            if stamp != self._kept[0]:
                self._kept = (stamp, self._reader(connection))
            return self._kept[1]

    def _reader(self, connection: Connection) -> SurveyReader:
        taxonomy = with_accepted(self._released.taxonomy, LexiconTable(connection).accepted())
        same = (reader for reader in (self._kept[1], self._released) if reader.taxonomy.sha256 == taxonomy.sha256)
        return next(same, None) or SurveyReader(taxonomy)
