"""What a pool of a million openings takes to hold, open, add to and close, beside the bounds of the design."""

from pathlib import Path
from typing import Any

from tests.benchmarks.engine.pool_costs import pool_costs
from tests.benchmarks.engine.report import keep_part, table


def test_a_pool_of_a_million(tmp_path: Path) -> None:
    """At most 60 bytes an offer; opened with its index and asked in half a second; added in 1 ms, closed in 5 us."""
    costs = pool_costs(tmp_path, 1_000_000)
    keep_part("pool", page=_page(costs), found={"costs": costs})
    assert costs["bytes an offer"] <= 60
    assert costs["open and first exact 200 of all, new process, s"] <= 0.5
    assert costs["of that, files, MB"] < 0.6 * costs["of that, files of the pool and its index, MB"]
    assert costs["add and see, median, us"] <= 1_000
    assert costs["close, median, us"] <= 5


def _page(costs: dict[str, Any]) -> list[str]:
    rows = [(name, f"{value:,.3f}") for name, value in costs.items()]
    heading = ["## A pool on disk and in service", "Time on the clock; the files were written just before.", ""]
    return [*heading, *table(("what", "found"), rows)]
