"""A served pool laid out anew: the offers that stand, one after the other, without reading their records."""

from bisect import bisect_left

import numpy as np

from matching.jsonl import dump
from matching.pool.offers import Offers
from matching.pool.people import IntArray
from matching.pool.texts import Ids, Lines, Records


def relaid(offers: Offers) -> Offers:
    """Return the offers that stand as a pool of their own: those of the base in their order, then those added.

    Ids and records are taken over as bytes, some hundred megabytes a second, where the base holds them so.
    """
    base = offers if offers.base is None else offers.base
    if len(offers.added) == len(offers.gone) == 0:
        return base
    kept = np.delete(np.arange(len(base), dtype=np.int32), offers.gone)
    rows = np.concatenate((kept, offers.added))
    ids = base.ids if isinstance(base.ids, Ids) else Ids.of(base.ids)
    records = base.records
    lines = records.lines if isinstance(records, Records) else Lines.of(dump(record) for record in records)
    added = offers.added.tolist()
    columns = {name: column[rows] for name, column in offers.rows.items()}
    return Offers.of(
        _with_more(ids, kept, [offers.ids[row].encode() for row in added]),
        Records(lines.take(kept, more=[dump(offers.records[row]) for row in added]), columns["kind"]),
        columns,
        offers.tables,
    )


def _with_more(ids: Ids, kept: IntArray, more: list[bytes]) -> Ids:
    """Return the ids of some rows, ascending, and more behind them."""
    lines = ids.lines.take(kept, more=more)
    number = np.full(len(ids), -1, dtype=np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    order = number[ids.order]
    order = order[order >= 0]
    newer = sorted(range(len(more)), key=more.__getitem__)
    at = [bisect_left(order, more[i], key=lambda row: lines.read(int(row))) for i in newer]
    order = np.insert(order, at, np.array(newer, dtype=np.int32) + len(kept))
    return Ids(lines, order)
