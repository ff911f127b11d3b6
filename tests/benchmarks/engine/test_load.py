"""Matches under load while offers open and close: one worker, storage and audit included (issue 4).

The server, who asks and who changes offers share the processors of one machine, so the times are upper bounds for a
server that has them to itself. Everything listens on this machine only and stops by itself.
"""

import asyncio
import contextlib
import http.client
import json
import os
import resource
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from tests.benchmarks.engine.load_changes import READY
from tests.benchmarks.engine.load_house import N_LOANS, N_PEOPLE, N_PROGRAMMES, PASSWORD, Asker, filled, settings_for
from tests.benchmarks.engine.measure import processor_clock
from tests.benchmarks.engine.report import keep_part, table

N_OPENINGS, K = 1_000_000, 20
ASKED_A_SECOND, CHANGED_A_SECOND, SECONDS = 50, 100, 30
WARMING = 100
STARTS_WITHIN_SECONDS = 1_200
MOST_MS = 15
T = TypeVar("T")
ROOT = Path(__file__).parents[3]


class Server:
    """One worker process of the product."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        environment = os.environ | settings_for(folder).as_environment() | {"VIECGAN_PORT": str(port)}
        command = [sys.executable, "-m", "service.cli", "serve"]
        with (folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def wait(self) -> float:
        """Return the seconds until it answers."""
        begun = time.perf_counter()
        while time.perf_counter() < begun + STARTS_WITHIN_SECONDS:
            assert self.process.poll() is None, "the server stopped"
            with contextlib.suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", self.port)) as asking:
                asking.request("GET", "/ready")
                if asking.getresponse().status == http.HTTPStatus.OK:
                    return time.perf_counter() - begun
            time.sleep(0.05)
        raise TimeoutError("the server does not answer")

    def token(self, user: str) -> str:
        """Sign in."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port)) as asking:
            body = json.dumps({"user": user, "password": PASSWORD})
            asking.request("POST", "/api/v1/sessions", body=body, headers={"Content-Type": "application/json"})
            return str(json.load(asking.getresponse())["token"])

    @property
    def processor_seconds(self) -> float:
        """Processor time of all its threads."""
        return time.clock_gettime(processor_clock(self.process.pid))


@contextmanager
def served(folder: Path) -> Iterator[tuple[Server, float]]:
    """A server, and the seconds from its start to its first answer."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    server = Server(folder, port)
    try:
        yield server, server.wait()
    finally:
        server.process.terminate()
        server.process.wait(60)


_IDLE_SECONDS = 2.0
"""Connections are not used again after so long: the server closes them after five."""

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Clients:
    """Connections that stay open; a question takes one that is free, or opens another."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[tuple[float, Connection]] = []

    async def get(self, path: str, token: str) -> tuple[int, bytes]:
        """Ask, and read the whole answer."""
        reader, writer = self._fresh() or await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        body = await reader.readexactly(length)
        self._free.append((time.monotonic(), (reader, writer)))
        return int(head.split(" ", 2)[1]), body

    def _fresh(self) -> Connection | None:
        """Return the connection that was used last; None when that is too long ago, or all are in use."""
        if self._free and time.monotonic() - self._free[-1][0] > _IDLE_SECONDS:
            self.close()
        return self._free.pop()[1] if self._free else None

    def close(self) -> None:
        """Close all that are free."""
        for _, (_, writer) in self._free:
            writer.close()
        self._free.clear()


def run(asking: Coroutine[Any, Any, T]) -> T:
    """Run on a loop that wakes in time: the usual one rounds up to a millisecond, by which each question came late."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selectors.SelectSelector())) as runner:
        return runner.run(asking)


async def asked(port: int, paths: list[tuple[str, str]], a_second: float) -> tuple[list[float], list[bytes]]:
    """Ask every path at its time, whatever became of those before; return seconds from when each was due, and bodies.

    Parameters
    ----------
    paths : list of (path, token)
    """
    clients, bodies = Clients(port), list[bytes]()
    begun = time.perf_counter() + 0.1

    async def one(number: int, path: str, token: str) -> float:
        due = begun + number / a_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        status, body = await clients.get(path, token)
        assert status == http.HTTPStatus.OK, body
        taken = time.perf_counter() - due
        bodies.append(body)
        return taken

    taken = await asyncio.gather(*(one(number, *its) for number, its in enumerate(paths)))
    clients.close()
    return taken, bodies


@contextmanager
def changes(folder: Path, a_second: float) -> Iterator[dict[str, float]]:
    """Another process that opens and closes offers for as long as is measured; what it did is known afterwards."""
    made: dict[str, float] = {}
    command = [sys.executable, "-m", "tests.benchmarks.engine.load_changes", str(folder), str(a_second), str(SECONDS)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline().strip() == READY
        process.stdin.write("\n")
        process.stdin.flush()
        try:
            yield made
        finally:
            number, late = process.stdout.readline().split()
            made |= {"made": int(number), "late": float(late)}


def under_load(folder: Path, server: Server, askers: list[Asker], *, changing: bool) -> dict[str, Any]:
    """Ask for the people in turn at a steady pace."""
    tokens = {asker.user: server.token(asker.user) for asker in askers}
    everybody = [
        (f"/api/v1/people/{person}/matches?k={K}", tokens[its.user]) for its in askers for person in its.people
    ]
    order = np.random.default_rng(3).integers(0, len(everybody), WARMING + ASKED_A_SECOND * SECONDS)
    paths = [everybody[i] for i in order.tolist()]
    run(asked(server.port, paths[:WARMING], ASKED_A_SECOND / 2))
    with changes(folder, CHANGED_A_SECOND) if changing else contextlib.nullcontext({"made": 0, "late": 0.0}) as made:
        processor, wall = server.processor_seconds, time.perf_counter()
        taken, bodies = run(asked(server.port, paths[WARMING:], ASKED_A_SECOND))
        processor, wall = server.processor_seconds - processor, time.perf_counter() - wall
    matches = [len(json.loads(body)["matches"]) for body in bodies[::50]]
    return {
        **{f"p{p}, ms": round(float(np.percentile(taken, p)) * 1e3, 1) for p in (50, 95, 99)},
        "slowest, ms": round(max(taken) * 1e3, 1),
        "answers a second": round(len(taken) / wall, 1),
        "matches an answer": round(float(np.mean(matches)), 1),
        "changes": made["made"],
        "server's processor, share": round(processor / wall, 2),
        "server's processor, ms an answer": round(processor / len(taken) * 1e3, 1),
    }


def cold_start(folder: Path) -> dict[str, float]:
    """Return the seconds in which a new process opens the offers, and answers its first question."""
    command = [sys.executable, "-m", "tests.benchmarks.engine.load_start", str(folder)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    return {"opened, s": round(float(told[0]), 3), "first answer, s": round(float(told[1]), 3)}


def measured(folder: Path, askers: list[Asker]) -> dict[str, Any]:
    """Return what a server does that starts from a snapshot."""
    found: dict[str, Any] = cold_start(folder)
    with served(folder) as (server, started):
        found["started, s"] = round(started, 1)
        found["runs"] = {
            "nothing changes": under_load(folder, server, askers, changing=False),
            "offers open and close": under_load(folder, server, askers, changing=True),
        }
    return found


def test_matches_while_offers_open_and_close(tmp_path: Path) -> None:
    """Issue 4: every answer is there at 50 requests a second while 100 offers a second open and close."""
    begun = time.perf_counter()
    askers = filled(tmp_path, N_OPENINGS)
    found: dict[str, Any] = {"openings": N_OPENINGS, "filled, s": round(time.perf_counter() - begun, 1)}
    with served(tmp_path) as (_, first):
        found["first start, s"] = round(first, 1)
    found["first start, GB"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6, 1)
    found |= measured(tmp_path, askers)
    keep_part("load", page=page(found), found=found)
    assert found["runs"]["offers open and close"]["changes"] == CHANGED_A_SECOND * SECONDS


def page(found: dict[str, Any]) -> list[str]:
    """What the page says."""
    names = list(found["runs"]["nothing changes"])
    return [
        "## Matches under load, with storage and audit, while offers open and close",
        f"`GET .../matches?k={K}` over HTTP from one worker: {found['openings']:,} openings, {N_PROGRAMMES:,} "
        f"programmes and {N_LOANS} loans in SQLite, {ASKED_A_SECOND} questions a second for {SECONDS} s, each at "
        f"its time whatever became of those before and counted from then. Beside them another process opens and closes "
        f"{CHANGED_A_SECOND} offers a second through the operations of the product, into the same database. All "
        f"processes share the two processors. {N_PEOPLE} people are asked for in any order, so most questions are "
        "about somebody who was asked for before, of whom columns and tables are kept.",
        "",
        *table(("", *names), [(name, *its.values()) for name, its in found["runs"].items()]),
        "",
        f"The first start reads all offers from the database and lays them out, in a process of its own: "
        f"{found['first start, s']} s, {found['first start, GB']} GB of memory at most. From then "
        f"on a new process opens them, with all changes since, in {found['opened, s']} s, and gives its first answer "
        f"{found['first answer, s']} s later (the aim is 0.5 s); with imports, taxonomy and readers it is ready after "
        f"{found['started, s']} s. The aim under load is a p99 of {MOST_MS} ms; {_verdict(found['runs'])}",
    ]


def _verdict(runs: dict[str, Any]) -> str:
    if any(run["answers a second"] < 0.98 * ASKED_A_SECOND for run in runs.values()):
        return (
            "it was missed in this run, in which the server was saturated: questions waited for those before. The load "
            "below says how many processes shared the two processors."
        )
    worst = max(run["p99, ms"] for run in runs.values())
    return f"in this run it was {worst} ms: {'reached' if worst <= MOST_MS else 'missed'}."
