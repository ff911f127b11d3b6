"""Which of many offers come first by their ids, without reading all of them."""

import numpy as np

from matching.pool.offers import Offers
from matching.pool.once import Once
from matching.pool.people import IntArray
from matching.pool.texts import Ids


def _ranks(base: Offers) -> IntArray:
    """Return the place of each row among all ids of a pool, (n,); none where the ids stand in no order."""
    if not isinstance(base.ids, Ids):
        return np.zeros(0, dtype=np.int32)
    rank = np.empty(len(base), dtype=np.int32)
    rank[base.ids.order] = np.arange(len(base), dtype=np.int32)
    return rank


_known = Once(_ranks)


def ranks(offers: Offers, rows: IntArray) -> IntArray:
    """Return the place of some rows among the ids of the pool as it was laid out, (n,) int32.

    -1 where it is not known: of what was added since, and of a pool that keeps its ids in no order.
    """
    known = _known(offers)
    rank = np.full(len(rows), -1, dtype=np.int32)
    old = rows < len(known)
    rank[old] = known[rows[old]]
    return rank


def first_by_id(rank: IntArray, n: int) -> IntArray:
    """Return which of some offers, by their `ranks`, may be the *n* with the smallest ids among them.

    The others need no look at their ids. Those without a rank are all returned.

    >>> first_by_id(np.array([7, 2, -1, 9]), 1).tolist()
    [1, 2]
    """
    most = n + int(np.count_nonzero(rank < 0))
    if len(rank) <= most:
        return np.arange(len(rank))
    return np.asarray((rank < np.partition(rank, most)[most]).nonzero()[0])
