"""Measuring side by side: every contestant once a round, in turn, so that a noisy machine is noisy for all."""

import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[2] / ".benchmarks"
"""Where measurements are kept as JSON; not part of the project."""

ROUNDS = 15


def interleaved(contestants: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Return the seconds of processor time each contestant took in each round, after one that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, run in contestants.items():
            gc.disable()
            begun = time.thread_time()
            run()
            taken = time.thread_time() - begun
            gc.enable()
            if number:
                seconds[name].append(taken)
    return seconds


def ratio(slower: list[float], faster: list[float]) -> float:
    """Return the median over rounds of how many times as long the first took."""
    return statistics.median(one / other for one, other in zip(slower, faster, strict=True))


def summary(seconds: Mapping[str, list[float]], texts: int) -> dict[str, dict[str, float]]:
    """Return median and quartiles in microseconds a text."""
    report = {}
    for name, rounds in seconds.items():
        low, median, high = statistics.quantiles([1e6 * one / texts for one in rounds], n=4)
        report[name] = {"median_us": median, "quartile_low_us": low, "quartile_high_us": high}
    return report


def keep(name: str, report: dict[str, Any]) -> None:
    """Write a report beside the others."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
