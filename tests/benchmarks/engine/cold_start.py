"""A process of its own that opens a stored pool and its index, asks, and tells what that took."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from matching.pool.snapshot import open_offers
from matching.ranking.prior import stated_prior
from matching.search import Searcher
from matching.taxonomy.release import current_taxonomy
from tests.benchmarks.engine.generated import seekers
from tests.builders import TODAY

K = 200
ASKED = 64


def cold_start(snapshot: Path) -> dict[str, float]:
    """Return seconds to open and ask in a new process, and the memory of one such process, and of two side by side.

    The time of imports and of the taxonomy is not counted. Memory is the process's proportional share (PSS): a page
    that two processes share counts half for each.
    """
    (alone,) = _processes(snapshot, 1)
    two = _processes(snapshot, 2)
    return {
        "open, new process, s": alone["open"],
        "open and first exact 200 of all, new process, s": alone["first"],
        "second exact 200, s": alone["second"],
        f"memory of a process after {ASKED} questions, MB": alone["pss"],
        "of that, files of the pool and its index, MB": alone["files"],
        "memory of each of two such processes, MB": float(np.mean([its["pss"] for its in two])),
        "of that, files, MB": float(np.mean([its["files"] for its in two])),
    }


def _processes(snapshot: Path, n: int) -> list[dict[str, float]]:
    """Return what *n* processes tell that stand side by side while their memory is looked at."""
    command = [sys.executable, "-m", __name__, str(snapshot)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(n)]
    times = [_line(process) for process in started]
    memory = []
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        memory.append(_line(process))
    for process in started:
        process.communicate()
    return [one | other for one, other in zip(times, memory, strict=True)]


def _line(process: subprocess.Popen[str]) -> dict[str, float]:
    assert process.stdout is not None
    found: dict[str, float] = json.loads(process.stdout.readline())
    return found


def _asks(snapshot: Path) -> None:
    """Open, ask, and tell the times; tell the memory when a line comes in; end when no more comes."""
    taxonomy, people, model = current_taxonomy(), seekers("country", ASKED, seed=9), stated_prior()
    began = time.perf_counter()
    offers = open_offers(snapshot, taxonomy=taxonomy, as_of=TODAY)
    opened = time.perf_counter()
    searcher = Searcher(people, offers, model, per="person", as_of=TODAY.toordinal())
    searcher.best(np.array([0]), k=K, everything=True)
    first = time.perf_counter()
    searcher.best(np.array([1]), k=K, everything=True)
    second = time.perf_counter()
    searcher.best(np.arange(2, ASKED), k=K, everything=True)
    _tell({"open": opened - began, "first": first - began, "second": second - first})
    sys.stdin.readline()
    _tell(
        {"pss": _share(Path("/proc/self/smaps_rollup"), ""), "files": _share(Path("/proc/self/smaps"), str(snapshot))}
    )
    sys.stdin.readline()


def _tell(found: dict[str, Any]) -> None:
    print(json.dumps(found), flush=True)  # noqa: T201


def _share(listing: Path, folder: str) -> float:
    """Return this process's proportional share, MB, of what it maps from a folder."""
    kilobytes, ours = 0, False
    for line in listing.read_text().splitlines():
        word, *rest = line.split()
        if not word.endswith(":"):
            ours = folder in line
        elif ours and word == "Pss:":
            kilobytes += int(rest[0])
    return kilobytes / 1024


if __name__ == "__main__":
    _asks(Path(sys.argv[1]))
