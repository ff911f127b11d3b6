"""Many texts at once: surveys and postings read by all workers, then laid out as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from matching.batch.workers import spread
from matching.domain.offer import Offer, Opening
from matching.domain.posting import PostingRead
from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.extraction.posting import PostingReader
from matching.extraction.survey import SurveyReader
from matching.law import current_law
from matching.pool.people import IntArray
from matching.pool.records import Pools, laid_out
from matching.taxonomy.release import Taxonomy

TEXTS_A_BLOCK = 256
"""Texts that one task reads."""


def read_many(
    surveys: Sequence[Survey],
    offers: Sequence[Offer],
    taxonomy: Taxonomy,
    *,
    as_of: date,
    home: str | None = None,
    workers: int | None = 1,
) -> Pools:
    """Return what `matching.pool.records.pools_of` returns, texts read by several processes.

    Parameters
    ----------
    workers : int or None
        Processes; -1 one a core; None what `joblib.parallel_config` says. The same pools for any number.

    Raises
    ------
    UnknownCodeError
        As `pools_of` does.
    """
    texts: list[Survey | Opening] = [*surveys, *(offer for offer in offers if isinstance(offer, Opening))]
    blocks = [np.arange(first, min(first + TEXTS_A_BLOCK, len(texts))) for first in range(0, len(texts), TEXTS_A_BLOCK)]
    parts = spread(_Reading(texts=texts, taxonomy=taxonomy), blocks, workers=workers)
    found = [one for part in parts for one in part]
    profiles = [one for one in found if isinstance(one, Profile)]
    reads = [one for one in found if isinstance(one, PostingRead)]
    return laid_out(surveys, profiles, offers, reads, taxonomy, as_of=as_of, home=home)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """A task: what some texts say."""

    texts: Sequence[Survey | Opening]
    taxonomy: Taxonomy

    def __call__(self, rows: IntArray) -> list[Profile | PostingRead]:
        texts = [self.texts[row] for row in rows.tolist()]
        profiles = self._surveys.read_all(text for text in texts if isinstance(text, Survey))
        return [*profiles, *(self._postings.read(text) for text in texts if isinstance(text, Opening))]

    @cached_property
    def _surveys(self) -> SurveyReader:
        return SurveyReader(self.taxonomy)

    @cached_property
    def _postings(self) -> PostingReader:
        return PostingReader(self.taxonomy, current_law())
