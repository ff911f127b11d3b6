"""What a pool of openings costs: bytes an offer, and the time to write, open, add and close."""

import resource
import shutil
import statistics
import subprocess
import sys
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
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.benchmarks.engine.generated import openings
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
            **_opened_by_another(path),
            "open, warm, s": _seconds(lambda: open_offers(path, taxonomy=current_taxonomy(), as_of=TODAY)),
            **_served(path),
        }
    finally:
        shutil.rmtree(path, ignore_errors=True)
    return costs


def _opened_by_another(path: Path) -> dict[str, float]:
    """Open in a process of its own; the time of imports and of the taxonomy is not counted."""
    found = subprocess.run([sys.executable, "-m", __name__, str(path)], check=True, capture_output=True, text=True)
    seconds, kilobytes = found.stdout.split()
    return {"open, new process, s": float(seconds), "resident memory that opening adds, MB": float(kilobytes) / 1024}


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


def _resident_kilobytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


if __name__ == "__main__":
    taxonomy, before = current_taxonomy(), _resident_kilobytes()
    began = time.perf_counter()
    opened = open_offers(Path(sys.argv[1]), taxonomy=taxonomy, as_of=TODAY)
    print(time.perf_counter() - began, _resident_kilobytes() - before)  # noqa: T201
