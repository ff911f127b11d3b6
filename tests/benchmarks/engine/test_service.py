"""The answer of the service at 1,000,000 openings beside an empty endpoint: processor time of one server (issue 4)."""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import numpy as np
from fastapi import FastAPI

from matching.pool.offers import Offers
from matching.pool.people import People
from matching.ranking.prior import stated_prior
from matching.search import Searcher
from tests.benchmarks.engine.generated import openings
from tests.benchmarks.engine.measure import processor_clock, quartiles_ms
from tests.benchmarks.engine.report import keep_part, spread, table
from tests.benchmarks.engine.served import N_OFFERS, K, app, askers, columns_of, pool
from tests.benchmarks.rounds import ratio
from tests.builders import TODAY

ROUNDS, A_ROUND, WARMING, CHECKED = 15, 20, 60, 12
MOST_RATIO = 25
STARTS_WITHIN_SECONDS = 120
DAY = TODAY.toordinal()

GetAll = Callable[[list[str]], list[bytes]]
"""Asks for some paths, one after the other, and returns the bodies."""


def _searcher(people: People, offers: Offers) -> Searcher:
    return Searcher(people, offers, stated_prior(), per="person", as_of=DAY)


def _served(people: People) -> list[int]:
    """People for whom a small pool already holds something: in the large one they have 20 matches."""
    found = _searcher(people, openings("country", 40_000, seed=8)).find(np.arange(len(people)), k=1)
    count = np.bincount(found.eligible_of, minlength=len(people))
    return np.flatnonzero(count >= 4).tolist()


@contextmanager
def _over_http() -> Iterator[tuple[GetAll, Callable[[], float]]]:
    """A uvicorn server of one process on this machine: how it is asked, and its processor time in seconds."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        command = [sys.executable, "-m", "uvicorn", "--factory", "tests.benchmarks.engine.served:app"]
        options = ["--fd", str(listening.fileno()), "--log-level", "warning", "--no-access-log"]
        process = subprocess.Popen([*command, *options], pass_fds=[listening.fileno()], cwd=Path(__file__).parents[3])
        connection = HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=STARTS_WITHIN_SECONDS)
        try:
            yield partial(_got, connection), lambda: time.clock_gettime(processor_clock(process.pid))
        finally:
            connection.close()
            process.terminate()
            process.wait()


def _got(connection: HTTPConnection, paths: list[str]) -> list[bytes]:
    bodies = []
    for path in paths:
        connection.request("GET", path)
        with connection.getresponse() as response:
            assert response.status == 200
            bodies.append(response.read())
    return bodies


@contextmanager
def _in_process() -> Iterator[tuple[GetAll, Callable[[], float]]]:
    """The same application called in this process as a server calls it, with no HTTP around it."""
    server = app()
    with asyncio.Runner() as runner:
        yield lambda paths: runner.run(_called(server, paths)), time.process_time


async def _called(server: FastAPI, paths: list[str]) -> list[bytes]:
    bodies = []
    for path in paths:
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any, sent: list[Any] = sent) -> None:
            sent.append(message)

        scope = {"type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path}
        await server(scope | {"raw_path": path.encode(), "query_string": b"", "headers": []}, receive, send)
        assert sent[0]["status"] == 200
        bodies.append(b"".join(message.get("body", b"") for message in sent[1:]))
    return bodies


def _paths(rows: list[int]) -> list[str]:
    return [f"/people/{row}/matches" for row in rows]


def _checked(get_all: GetAll, searcher: Searcher, rows: list[int]) -> None:
    """What is served is what judging everything within reach finds, with reasons in both languages."""
    for row, body in zip(rows, get_all(_paths(rows)), strict=True):
        matches = json.loads(body)["matches"]
        found = searcher.find(np.array([row]), k=K).shown.offer.tolist()
        assert [match["offer_id"] for match in matches] == [searcher.offers.ids[offer] for offer in found]
        assert len(matches) == K
        assert all(reason["text_vi"] and reason["text_en"] for match in matches for reason in match["reasons"])
        assert all(match["reasons"] for match in matches)


def _measured(get_all: GetAll, processor: Callable[[], float], asked: list[int]) -> dict[str, Any]:
    """Both endpoints are asked in turn, some answers at a time."""
    taken: dict[str, list[float]] = {"empty": [], "matches": []}
    size = []
    for first in range(0, len(asked), A_ROUND):
        for name, paths in (("empty", ["/empty"] * A_ROUND), ("matches", _paths(asked[first : first + A_ROUND]))):
            begun = processor()
            bodies = get_all(paths)
            taken[name].append((processor() - begun) / A_ROUND)
        size += [len(body) for body in bodies]
    return {
        **{name: quartiles_ms(seconds) for name, seconds in taken.items()},
        "ratio": round(ratio(taken["matches"], taken["empty"]), 1),
        "kilobytes": round(float(np.median(size)) / 1000, 1),
    }


def test_an_answer_beside_an_empty_endpoint() -> None:
    """Issue 4: k = 20 with reasons in both languages at most 25 times the processor time of an empty endpoint."""
    people = columns_of(askers())
    rows = _served(people)
    warming, asked = rows[:WARMING], rows[WARMING : WARMING + ROUNDS * A_ROUND]
    assert len(asked) == ROUNDS * A_ROUND
    searcher, found = _searcher(people, pool()), {}
    for name, serving in (("http", _over_http), ("in_process", _in_process)):
        with serving() as (get_all, processor):
            _checked(get_all, searcher, warming[:CHECKED])
            get_all(_paths(warming[CHECKED:]))
            found[name] = _measured(get_all, processor, asked)
    keep_part("service", page=_page(found), found=found)
    assert found["http"]["ratio"] <= MOST_RATIO


def _page(found: dict[str, Any]) -> list[str]:
    rows = [
        (where, spread(found[name]["empty"]), spread(found[name]["matches"]), found[name]["ratio"])
        for where, name in (("one uvicorn process, with httptools", "http"), ("ASGI calls, no HTTP", "in_process"))
    ]
    return [
        "## The answer of the service beside an empty endpoint",
        f"Processor time of the serving process, all its threads, in milliseconds an answer. The best {K} of "
        f"{N_OFFERS:,} openings with reasons in both languages ({found['http']['kilobytes']} kB of JSON), from survey "
        f"and profile of {ROUNDS * A_ROUND} people who each ask once after {WARMING} others, beside an `async def` of "
        "FastAPI that returns nothing; no storage, no audit, no unlocks.",
        "",
        *table(("", "empty", f"best {K} with reasons", "times an empty one"), rows),
        "",
        f"The bar is at most {MOST_RATIO} times the server's, the aim 8.",
    ]
