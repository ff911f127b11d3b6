"""Whether a loan is of the size, for the purpose and at the price that help this person."""

import numpy as np

from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray


def loan_amount_fit(pairs: Pairs) -> FloatArray:
    """Share of the sum asked for that the loan can give; less than 1 too where its smallest sum is above it."""
    asked, least = pairs.who.loan_vnd, pairs.what.loan_min
    most = np.fmin(pairs.what.loan_max, pairs.what.loan_balance)
    share = np.fmin(most / np.maximum(asked, 1), asked / np.maximum(least, 1))
    return np.asarray(np.minimum(share, 1).round(4)).astype(np.float32)


def loan_purpose_fit(pairs: Pairs) -> FloatArray:
    """1 when the loan is meant for the work the person needs money for, 0 when for other work."""
    asked = zip(pairs.who.loan_purpose.tolist(), pairs.what.loan_purposes, strict=True)
    return np.array([_fit(purpose, served) for purpose, served in asked], dtype=np.float32)


def _fit(purpose: int, served: tuple[int, ...] | None) -> float:
    return np.nan if served is None or purpose < 0 else purpose in served


def loan_rate(pairs: Pairs) -> FloatArray:
    """Return what the loan costs, in percent a year."""
    return pairs.what.loan_rate.astype(np.float32)
