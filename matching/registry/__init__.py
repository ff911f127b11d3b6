"""The store of models: releases as reviewable text, verified before they serve; promoted, rolled back, never forgotten.

models/
  baseline/ , ranking-3f9c2a71d0/     one folder a release: model.json, manifest.json, card.md, nothing else
  ranking.toml                        training specifications
  serving.toml                        which release serves, since when, promoted by whom, and what served before
"""

from matching.registry.promotion import promote, rollback
from matching.registry.release import Release, load_release, releases
from matching.registry.serving import Serving, read_history, serving

__all__ = [
    "Release",
    "Serving",
    "load_release",
    "promote",
    "read_history",
    "releases",
    "rollback",
    "serving",
]
