"""Each pair in numbers: one closed list of features, each with its sign, unit and the meaning of "unknown"."""

import hashlib
from collections.abc import Iterable

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.errors import DataError
from matching.features.catalogue import FEATURES
from matching.features.feature import Feature
from matching.pool.distance import FEW, pair_distance_km
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray

__all__ = ["FEATURES", "NAMES", "Feature", "check_columns", "features_sha256", "matrix"]

NAMES: tuple[str, ...] = tuple(FEATURES)
"""The columns of `matrix`, in order."""

_OF_KIND = tuple(
    tuple((i, feature.function) for i, feature in enumerate(FEATURES.values()) if kind in feature.kinds)
    for kind in positions(OfferKind)
)
"""By code of `OfferKind`: the columns that are about it."""


def matrix(pairs: Pairs) -> FloatArray:
    """Return every feature of every pair, float32 (n_pairs, n_features), columns as in `NAMES`.

    NaN is "unknown" or "about another kind of offer"; a feature is reckoned only for the pairs it is about. Each
    column lies in one piece (Fortran order).
    """
    columns = np.full((len(NAMES), len(pairs)), np.nan, dtype=np.float32)
    if len(pairs) <= FEW:
        pair_distance_km(pairs)
    for kind, rows, its in pairs.by_kind():
        for i, function in _OF_KIND[kind]:
            columns[i, rows] = function(its)
    return columns.T


def check_columns(columns: Iterable[str]) -> None:
    """Refuse a table to learn from that has other columns than the closed list (in any order).

    Raises
    ------
    DataError
        A column is not in `FEATURES` (nothing else about a person may reach a model), or a feature has no column.
    """
    given = list(columns)
    if unknown := sorted(set(given) - set(NAMES)):
        raise DataError(f"columns {unknown} are not in the closed list of features; remove them")
    if missing := [name for name in NAMES if name not in given]:
        raise DataError(f"no column for {missing}; build the table with matching.features.matrix")


def features_sha256() -> str:
    """Return the hash of the list: names, signs, units and kinds. A model made for another list is refused."""
    lines = [f"{f.name}|{f.sign:+d}|{f.unit}|{','.join(sorted(f.kinds))}" for f in FEATURES.values()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
