"""Which of many offers come first by their ids, without reading all of them."""

import numpy as np

from matching.pool.offers import Offers
from matching.pool.once import Once
from matching.pool.people import IntArray
from matching.pool.texts import Ids


def _ranks(base: Offers) -> IntArray | None:
    """Return the place of each row among all ids of a pool, (n,); None where the ids stand in no order."""
    if not isinstance(base.ids, Ids):
        return None
    rank = np.empty(len(base), dtype=np.int32)
    rank[base.ids.order] = np.arange(len(base), dtype=np.int32)
    return rank


_rank_of = Once(_ranks)


def first_by_id(offers: Offers, rows: IntArray, n: int) -> IntArray:
    """Return some of *rows*, the *n* with the smallest ids among them; the others need no look at their ids.

    All of them where the pool keeps its ids as objects, which are as soon compared.
    """
    rank = _rank_of(offers)
    if rank is None or len(rows) <= n:
        return rows
    old = rows[rows < len(rank)]
    if len(old) > n:
        old = old[np.argpartition(rank[old], n)[:n]]
    return np.concatenate((old, rows[rows >= len(rank)]))
