"""Which model answers: the promoted release, or the stated prior when there is none."""

import threading
from pathlib import Path

from matching.recommender import Recommender
from matching.registry import load_release, serving
from matching.registry.serving import SERVING
from matching.taxonomy.release import Taxonomy, current_taxonomy


class ServingModel:
    """The release that serves, looked up again when `serving.toml` changes.

    A release that is broken, foreign, tampered with or stale is refused with the reason, and what served before
    goes on serving.
    """

    def __init__(self, taxonomy: Taxonomy, models: Path) -> None:
        self.models = models
        self._taxonomy = taxonomy
        self._lock = threading.Lock()
        self._stamp = self._file_stamp()
        self._serving = serving(models, taxonomy_release=taxonomy.release)
        self._recommender = Recommender(taxonomy, self._serving.model)

    def recommender(self) -> Recommender:
        """Return what answers now."""
        stamp = self._file_stamp()
        if stamp != self._stamp:
            with self._lock:
                self._look_again(stamp)
        return self._recommender

    @property
    def name(self) -> str:
        """Name of the release that answers, as answers state it."""
        return self.recommender().model.name

    @property
    def refused(self) -> tuple[str, ...]:
        """Why what was promoted does not serve; () when it does."""
        self.recommender()
        return self._serving.refused

    def _look_again(self, stamp: tuple[int, int]) -> None:
        if stamp == self._stamp:
            return
        self._serving = serving(self.models, taxonomy_release=self._taxonomy.release, keep=self._serving)
        self._recommender = Recommender(self._taxonomy, self._serving.model)
        self._stamp = stamp

    def _file_stamp(self) -> tuple[int, int]:
        """Return when and how large `serving.toml` was written; zeros when it is not there."""
        try:
            found = (self.models / SERVING).stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size


def recommender_of(name: str | None, *, models: Path) -> Recommender:
    """Return the recommender of one release of the folder *models*; None: of the release that serves.

    Raises
    ------
    ModelError
        There is no sound release of that name.
    """
    taxonomy = current_taxonomy()
    if name is None:
        return ServingModel(taxonomy, models).recommender()
    return Recommender(taxonomy, load_release(models, name, taxonomy_release=taxonomy.release).model)
