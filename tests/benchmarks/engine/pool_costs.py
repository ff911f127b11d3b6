"""What a pool of openings costs: bytes an offer, and the time to write, open, add and close."""

import shutil
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from matching.domain.offer import Opening
from matching.jsonl import dump
from matching.pool.live import LivePool
from matching.pool.snapshot import open_offers, save_offers
from matching.pool.texts import Ids, Lines, Records
from matching.ranking.prior import stated_prior
from matching.search.index import store_index
from matching.search.stored import FOLDER
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.benchmarks.engine.cold_start import cold_start
from tests.benchmarks.engine.generated import openings, seekers
from tests.builders import TODAY

_ADDED = 2000


def pool_costs(folder: Path, n: int) -> dict[str, Any]:
    """Return bytes, seconds and microseconds for *n* openings; *folder* is written and removed."""
    offers = openings("country", n)
    lines = Lines.of(dump(Opening(offer_id=name, title="Thợ hồ", text="Cần thợ hồ.")) for name in offers.ids)
    offers = replace(offers, ids=Ids.of(offers.ids), records=Records(lines, offers.kind))
    path = folder / f"pool-{n}"
    try:
        costs = {
            "offers": n,
            "bytes an offer": offers.bytes_an_offer,
            "write, s": _seconds(lambda: save_offers(path, offers, taxonomy=current_taxonomy(), as_of=TODAY)),
            "reckon and write the index, s": _seconds(lambda: _store_index(path)),
            "bytes of the index an offer": sum(its.stat().st_size for its in (path / FOLDER).iterdir()) / n,
            **cold_start(path),
            **_served(path),
        }
    finally:
        shutil.rmtree(path, ignore_errors=True)
    return costs


def _store_index(path: Path) -> None:
    offers = open_offers(path, taxonomy=current_taxonomy(), as_of=TODAY)
    store_index(seekers("country", 1), offers, stated_prior(), as_of=TODAY.toordinal())


def _served(path: Path) -> dict[str, float]:
    """Add openings to a served pool, asking for it after each, and close some."""
    added = [replace(offer, offer_id=f"new-{i}") for i, offer in enumerate(pools.offers(1, _ADDED))]
    pool = LivePool.open(path, current_taxonomy(), as_of=TODAY, home_province=pools.HOME_PROVINCE)
    adding = [_seconds(lambda offer=offer: (pool.add(offer), pool.offers)) for offer in added]  # type: ignore[misc]
    closing = [_seconds(lambda row=row: pool.close(row, as_of=TODAY)) for row in range(0, len(pool.offers), 500)]  # type: ignore[misc]
    return {
        "add and see, median, us": statistics.median(adding) * 1e6,
        "add and see, slowest of a hundred, us": statistics.quantiles(adding, n=100)[-1] * 1e6,
        "close, median, us": statistics.median(closing) * 1e6,
    }


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began
