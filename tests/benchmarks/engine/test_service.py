"""The answer of the service at 1,000,000 openings beside an empty endpoint: processor time of one server (issue 4)."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import numpy as np

from matching.pool.offers import Offers
from matching.pool.people import People
from matching.ranking.prior import stated_prior
from matching.search import Searcher
from tests.benchmarks.engine.generated import openings
from tests.benchmarks.engine.measure import quartiles_ms
from tests.benchmarks.engine.report import keep_part, spread, table
from tests.benchmarks.engine.served import N_OFFERS, K, askers, columns_of, pool
from tests.builders import TODAY

ROUNDS, A_ROUND, WARMING, CHECKED = 15, 20, 60, 12
MOST_RATIO = 25
STARTS_WITHIN_SECONDS = 120
DAY = TODAY.toordinal()


def _searcher(people: People, offers: Offers) -> Searcher:
    return Searcher(people, offers, stated_prior(), per="person", as_of=DAY)


def _served(people: People) -> list[int]:
    """People for whom a small pool already holds something: in the large one they have 20 matches."""
    found = _searcher(people, openings("country", 40_000, seed=8)).find(np.arange(len(people)), k=1)
    count = np.bincount(found.eligible_of, minlength=len(people))
    return np.flatnonzero(count >= 4).tolist()


@contextmanager
def _server() -> Iterator[tuple[HTTPConnection, Callable[[], float]]]:
    """A server of one process on this machine: a connection to it, and its processor time in seconds."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        command = [sys.executable, "-m", "uvicorn", "--factory", "tests.benchmarks.engine.served:app"]
        options = ["--fd", str(listening.fileno()), "--log-level", "warning", "--no-access-log"]
        process = subprocess.Popen([*command, *options], pass_fds=[listening.fileno()], cwd=Path(__file__).parents[3])
        connection = HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=STARTS_WITHIN_SECONDS)
        try:
            yield connection, lambda: time.clock_gettime(_processor_clock(process.pid))
        finally:
            connection.close()
            process.terminate()
            process.wait()


def _processor_clock(process: int) -> int:
    """The clock that counts the processor time of all threads of another process (clock_getcpuclockid of Linux)."""
    return (~process << 3) | 2


def _get(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    with connection.getresponse() as response:
        assert response.status == 200
        return response.read()


def _checked(connection: HTTPConnection, searcher: Searcher, rows: list[int]) -> None:
    """What is served is what judging everything within reach finds, with reasons in both languages."""
    for row in rows:
        matches = json.loads(_get(connection, f"/people/{row}/matches"))["matches"]
        found = searcher.find(np.array([row]), k=K).shown.offer.tolist()
        assert [match["offer_id"] for match in matches] == [searcher.offers.ids[offer] for offer in found]
        assert len(matches) == K
        assert all(reason["text_vi"] and reason["text_en"] for match in matches for reason in match["reasons"])
        assert all(match["reasons"] for match in matches)


def test_an_answer_beside_an_empty_endpoint() -> None:
    """Issue 4: k = 20 with reasons in both languages at most 25 times the processor time of an empty endpoint."""
    people = columns_of(askers())
    rows = _served(people)
    asked = rows[WARMING : WARMING + ROUNDS * A_ROUND]
    assert len(asked) == ROUNDS * A_ROUND
    taken: dict[str, list[float]] = {"empty": [], "matches": []}
    size = []
    with _server() as (connection, processor):
        _checked(connection, _searcher(people, pool()), rows[:CHECKED])
        for row in rows[CHECKED:WARMING]:
            _get(connection, f"/people/{row}/matches")
        for first in range(0, len(asked), A_ROUND):
            for name, paths in (
                ("empty", ["/empty"] * A_ROUND),
                ("matches", [f"/people/{row}/matches" for row in asked[first : first + A_ROUND]]),
            ):
                begun = processor()
                answers = [_get(connection, path) for path in paths]
                taken[name].append((processor() - begun) / A_ROUND)
            size += [len(answer) for answer in answers]
    found = _found(taken, size)
    keep_part("service", page=_page(found), found=found)
    assert found["ratio"] <= MOST_RATIO


def _found(taken: dict[str, list[float]], size: list[int]) -> dict[str, Any]:
    ratios = np.array(taken["matches"]) / np.array(taken["empty"])
    return {
        **{name: quartiles_ms(seconds) for name, seconds in taken.items()},
        "ratio": round(float(np.median(ratios)), 1),
        "offers": N_OFFERS,
        "people": ROUNDS * A_ROUND,
        "kilobytes": round(float(np.median(size)) / 1000, 1),
    }


def _page(found: dict[str, Any]) -> list[str]:
    return [
        "## The answer of the service beside an empty endpoint",
        f"Processor time of one uvicorn process on this machine, all its threads, in milliseconds an answer. The "
        f"best {K} of {found['offers']:,} openings with reasons in both languages ({found['kilobytes']} kB of JSON), "
        f"from the survey and profile of {found['people']} people who each ask once after {WARMING} others, beside "
        "an `async def` of FastAPI that returns nothing; HTTP (h11) is in both, and there is no storage, no audit and no "
        "unlocks.",
        "",
        *table(
            ("", "empty", f"best {K} with reasons", "times an empty one"),
            [("an answer", spread(found["empty"]), spread(found["matches"]), found["ratio"])],
        ),
        "",
        f"The bar is at most {MOST_RATIO} times, the aim 8.",
    ]
