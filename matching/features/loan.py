"""Whether a loan is of the size, for the purpose and at the price that help this person."""

import numpy as np

from matching.features.measures import when
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray


def loan_amount_fit(pairs: Pairs) -> FloatArray:
    """Share of the sum asked for that the loan can give; less than 1 too where its smallest sum is above it."""
    asked = pairs.who.loan_vnd
    least, most = pairs.what.loan_min, pairs.what.loan_max
    most = np.fmin(most, pairs.what.loan_balance)
    covered = np.where(np.isnan(most), 1, np.minimum(most / np.maximum(asked, 1), 1))
    wanted = np.where(np.isnan(least), 1, np.minimum(asked / np.maximum(least, 1), 1))
    known = ~np.isnan(asked) & ~(np.isnan(least) & np.isnan(most))
    return when(known, np.round(np.minimum(covered, wanted), 4))


def loan_purpose_fit(pairs: Pairs) -> FloatArray:
    """1 when the loan is meant for the work the person needs money for, 0 when for other work."""
    asked = zip(pairs.who.loan_purpose.tolist(), pairs.what.loan_purposes, strict=True)
    return np.array([_fit(purpose, served) for purpose, served in asked], dtype=np.float32)


def _fit(purpose: int, served: tuple[int, ...] | None) -> float:
    return np.nan if served is None or purpose < 0 else purpose in served


def loan_rate(pairs: Pairs) -> FloatArray:
    """Return what the loan costs, in percent a year."""
    return pairs.what.loan_rate.astype(np.float32)
