"""Each pair in numbers: one closed list of features, each with its sign, unit and the meaning of "unknown"."""

import hashlib
from collections.abc import Iterable

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.errors import DataError
from matching.features.catalogue import FEATURES
from matching.features.feature import Feature
from matching.pool.distance import FEW
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray

__all__ = ["FEATURES", "NAMES", "Feature", "check_columns", "features_sha256", "matrix"]

NAMES: tuple[str, ...] = tuple(FEATURES)
"""The columns of `matrix`, in order."""

_ABOUT = np.array([[kind in feature.kinds for feature in FEATURES.values()] for kind in positions(OfferKind)])
"""Which columns are about which kind of offer, by code of `OfferKind`, (n_kinds, n_features)."""

_FUNCTIONS = tuple(feature.function for feature in FEATURES.values())


def matrix(pairs: Pairs) -> FloatArray:
    """Return every feature of every pair, float32 (n_pairs, n_features), columns as in `NAMES`.

    NaN is "unknown" or "about another kind of offer". Each column lies in one piece (Fortran order).

    Of few pairs each feature is reckoned at once, where any of them is about it: calling a function costs more than
    the pairs. Of many it is reckoned only for the pairs that it is about.
    """
    columns = np.full((len(NAMES), len(pairs)), np.nan, dtype=np.float32)
    if len(pairs) <= FEW:
        kinds = pairs.what.kind
        met = np.flatnonzero(np.bincount(kinds, minlength=len(_ABOUT)))
        for i in np.flatnonzero(_ABOUT[met].any(axis=0)).tolist():
            columns[i] = _FUNCTIONS[i](pairs)
        if len(met) > 1:
            columns[~_ABOUT.T[:, kinds]] = np.nan
        return columns.T
    for kind, rows, its in pairs.by_kind():
        for i in np.flatnonzero(_ABOUT[kind]).tolist():
            columns[i, rows] = _FUNCTIONS[i](its)
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
