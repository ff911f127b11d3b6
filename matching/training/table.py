"""The table that a model learns from: one judged pair a row, its features and nothing else about anybody."""

import numpy as np
import pandas as pd

from matching.errors import DataError
from matching.evaluation.judgements import Graded
from matching.features import NAMES, check_columns, matrix
from matching.pool.people import FloatArray
from matching.rules import passes

KEYS = ("person_id", "offer_id", "grade")
"""Columns beside the features; they group and grade the rows, and no model sees them."""


def training_table(graded: Graded) -> pd.DataFrame:
    """Return the judged pairs that pass every rule, `KEYS` and one float32 column a feature.

    A pair that a rule excludes is never scored, so it teaches nothing.
    """
    passing = passes(graded.pairs)
    pairs = graded.pairs.where(passing)
    keys = {
        "person_id": [pairs.people.ids[row] for row in pairs.person.tolist()],
        "offer_id": [pairs.offers.ids[row] for row in pairs.offer.tolist()],
        "grade": graded.grade[passing],
    }
    return pd.DataFrame(keys).join(pd.DataFrame(matrix(pairs), columns=list(NAMES)))


def checked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its columns in order and its rows by person and offer.

    Raises
    ------
    DataError
        A key is missing, a column is not in the closed list of features (nothing else about a person may reach a
        model), a feature has no column, a grade is no number from 0 to 3, or no person has two different grades.
    """
    if missing := [key for key in KEYS if key not in table.columns]:
        raise DataError(f"no column for {missing}; a table to learn from has {list(KEYS)} and the features")
    check_columns(str(column) for column in table.columns if column not in KEYS)
    if not table["grade"].isin((0, 1, 2, 3)).all():
        raise DataError("grade: must be 0, 1, 2 or 3 in every row")
    if not (table.groupby("person_id")["grade"].nunique() > 1).any():
        raise DataError("nobody has two offers of different grades: there is no order to learn")
    ordered = table.sort_values(["person_id", "offer_id"], kind="stable", ignore_index=True)
    return ordered[[*KEYS, *NAMES]]


def features_of(table: pd.DataFrame) -> FloatArray:
    """Return the features of a checked table, float32 (n_rows, n_features), columns as in `NAMES`."""
    return table[list(NAMES)].to_numpy(dtype=np.float32)
