"""100,000 people and 100,000 openings: time and memory of a batch, beside a loop over people with the same workers.

Memory is the proportional set size of this process and all its children together, looked at every half second: pages
that processes share count once.
"""

import os
import threading
import time
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import psutil
import pytest

from matching.batch import Shortlists, shortlist_many
from matching.pool.mentions import Mentions, Trades
from matching.pool.offers import Offers
from matching.pool.people import IntArray, People
from matching.pool.restricted import Sealed
from matching.ranking.prior import stated_prior
from matching.search import Searcher
from tests.benchmarks.engine.generated import openings, seekers
from tests.benchmarks.engine.report import keep_part, table
from tests.builders import TODAY
from tests.dask_cluster import running

N_PEOPLE, N_OFFERS, K, WORKERS = 100_000, 100_000, 20, 2
SAMPLE, ON_CLUSTER = 600, 100_000
"""People for whom the loop is run, its time scaled to all of them; and people who are served by a cluster too."""

MOST_SECONDS, MOST_BYTES, LEAST_RATIO = 240, 2 * 2**30, 5
DAY = TODAY.toordinal()
MODEL = stated_prior()
_AT_ONCE = 5_000


class Taken:
    """What this process and its children took together while it is open: bytes at most, and processor seconds."""

    def __enter__(self) -> "Taken":
        self.most = 0
        self._seconds = {os.getpid(): -_cpu(psutil.Process())}
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look)
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._looking.join()
        self.cpu_seconds = sum(self._seconds.values())

    def _look(self) -> None:
        me = psutil.Process()
        before = self._seconds[me.pid]
        while not self._over.wait(0.5):
            processes = [me, *me.children(recursive=True)]
            self.most = max(self.most, sum(map(_pss, processes)))
            for one in processes:
                self._seconds[one.pid] = _cpu(one) + (before if one == me else 0)


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def _cpu(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:2]))
    except psutil.Error:
        return 0.0


def many_people(n: int) -> People:
    """*n* people, drawn some thousands at a time: the records they are made from go."""
    parts = [seekers("country", _AT_ONCE, seed=seed) for seed in range(n // _AT_ONCE)]
    columns: dict[str, Any] = {}
    for field in fields(People):
        values = [getattr(part, field.name) for part in parts]
        if isinstance(values[0], tuple):
            columns[field.name] = tuple(value for part in values for value in part)
        elif isinstance(values[0], np.ndarray):
            columns[field.name] = np.concatenate(values)
    sealed = {f.name: np.concatenate([getattr(part.sealed, f.name) for part in parts]) for f in fields(Sealed)}
    columns["ids"] = tuple(f"P{i:06d}" for i in range(n))
    return replace(parts[0], **columns, trades=_side_by_side([part.trades for part in parts]), sealed=Sealed(**sealed))


def _side_by_side(parts: list[Trades]) -> Trades:
    sorts: dict[str, Any] = {}
    for name in (f.name for f in fields(Trades) if f.name != "tables"):
        its: list[Mentions] = [getattr(part, name) for part in parts]
        columns = {f.name: np.concatenate([getattr(one, f.name) for one in its]) for f in fields(Mentions)}
        columns["ends"] = np.cumsum(np.concatenate([one.counts for one in its]))
        sorts[name] = Mentions(**columns)
    return Trades(tables=parts[0].tables, **sorts)


def one_person(searcher: Searcher, row: int) -> tuple[list[int], list[int]]:
    """What the loop does for each person."""
    found = searcher.find(np.array([row]), k=K)
    return found.shown.offer.tolist(), found.score.tolist()


def looped(people: People, offers: Offers, rows: IntArray) -> tuple[list[tuple[list[int], list[int]]], float]:
    """The loop over a sample of people, and its seconds: workers are warm, columns are mapped, tasks are batched."""
    searcher = Searcher(people, offers, MODEL, per="person", as_of=DAY)
    searcher.find(rows[:1], k=K)
    with joblib.Parallel(n_jobs=WORKERS, max_nbytes="10K") as parallel:
        parallel(joblib.delayed(one_person)(searcher, row) for row in rows[:8].tolist())
        begun = time.perf_counter()
        found = parallel(joblib.delayed(one_person)(searcher, row) for row in rows.tolist())
        return found, time.perf_counter() - begun


def _shown(lists: Shortlists) -> list[tuple[list[int], list[int]]]:
    ends = lists.ends.tolist()
    return [(lists.offer[a:b].tolist(), lists.score[a:b].tolist()) for a, b in zip([0, *ends], ends, strict=False)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_everybody_of_a_country_in_minutes(tmp_path: Path) -> None:
    """Issue 4, deliver 7: the same lists as one by one, and the same bytes on a cluster, in bounded time and memory."""
    people, offers = many_people(N_PEOPLE), openings("country", N_OFFERS, seed=1)
    run = partial(shortlist_many, people, offers, MODEL, as_of=TODAY, k=K, workers=WORKERS)
    with Taken() as taken:
        begun = time.perf_counter()
        lists = run()
        seconds = time.perf_counter() - begun
    rows = np.sort(np.random.default_rng(3).choice(N_PEOPLE, SAMPLE, replace=False))
    sample = people.take(rows)
    one_by_one, loop_seconds = looped(sample, offers, np.arange(SAMPLE))
    assert _shown(lists.take(rows)) == one_by_one
    counted = np.diff(lists.ends, prepend=0) + lists.not_shown + lists.excluded + lists.not_near + lists.not_judged
    assert (counted == N_OFFERS).all()
    scaled = loop_seconds * N_PEOPLE / SAMPLE
    some = np.arange(0, N_PEOPLE, N_PEOPLE // ON_CLUSTER)
    with running(tmp_path), joblib.parallel_config("dask"):
        begun = time.perf_counter()
        clustered = shortlist_many(people.take(some), offers, MODEL, as_of=TODAY, k=K, workers=None)
        cluster_seconds = time.perf_counter() - begun
    assert clustered.to_bytes() == lists.take(some).to_bytes()
    report = {
        "people": N_PEOPLE,
        "offers": N_OFFERS,
        "k": K,
        "workers": WORKERS,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(taken.cpu_seconds, 1),
        "most_bytes_pss_all_processes": taken.most,
        "people_on_cluster": len(some),
        "cluster_seconds": round(cluster_seconds, 1),
        "loop_seconds_of_sample": round(loop_seconds, 2),
        "sample": SAMPLE,
        "loop_seconds_scaled": round(scaled, 1),
        "ratio": round(scaled / seconds, 1),
        "shown": len(lists.offer),
    }
    keep_part("batch", page=_page(report), found=report)
    assert seconds <= MOST_SECONDS and taken.most <= MOST_BYTES and scaled >= LEAST_RATIO * seconds


def _page(found: dict[str, Any]) -> list[str]:
    megabytes = found["most_bytes_pss_all_processes"] / 2**20
    row = (
        f"{found['people']:,} people, {found['offers']:,} openings",
        *(found[name] for name in ("seconds", "cpu_seconds", "loop_seconds_scaled", "ratio")),
        f"{megabytes:,.0f}",
    )
    return [
        f"## Everybody's best {K}",
        f"Lists with rules, features and scores, identical to those of a loop over people with the same {WORKERS} "
        f"processes (joblib, columns mapped, warm), which was timed on {found['sample']} people and scaled. Time on "
        "the clock in seconds, and of the processors in all processes; memory is what these take together.",
        "",
        *table(("", "seconds", "of processors", "loop over people", "times as fast", "megabytes at most"), [row]),
        "",
        f"A Dask cluster (scheduler and {WORKERS} worker processes of one thread, on this machine) gives the same "
        f"bytes for {found['people_on_cluster']:,} of these people, in {found['cluster_seconds']} seconds.",
        "",
        f"The bar is {MOST_SECONDS} seconds, {MOST_BYTES / 2**20:,.0f} megabytes and {LEAST_RATIO} times the loop.",
    ]
