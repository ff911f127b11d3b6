"""Closing an offer while it is served."""

from matching.pool.offers import Offers

WITHDRAWN = -1
"""Closing day of an offer that is gone for good, or was replaced by a newer row."""


def close_offer(offers: Offers, row: int, *, as_of: int) -> None:
    """Close one offer from a day on, in place: the next question no longer finds it.

    Parameters
    ----------
    row : int
        Row in *offers*.
    as_of : int
        Ordinal of the first day on which it is closed.

    Notes
    -----
    Indexes of the pool stay exact: they bound what an offer could score, and the rules read the column itself.
    """
    offers.closes_on[row] = as_of - 1
