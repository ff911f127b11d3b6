"""A Dask cluster on this machine: a scheduler and two worker processes of one thread, ended when it is left."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any


@contextmanager
def running(folder: Path) -> Iterator[Any]:
    """Start a cluster whose files lie in *folder*, and give a client of it."""
    at = str(folder / "scheduler.json")
    common = ["--scheduler-file", at, "--host", "127.0.0.1", "--no-dashboard"]
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", *common, "--port", "0"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", *common, "--nthreads", "1", "--no-nanny"]
    worker += ["--local-directory", str(folder)]
    processes: list[subprocess.Popen[bytes]] = []
    with (folder / "log").open("wb") as log:
        try:
            for command in (scheduler, worker, worker):
                processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=folder.parent))
            with import_module("distributed").Client(scheduler_file=at, timeout="60s") as client:
                client.wait_for_workers(2, timeout=60)
                yield client
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in processes:
                _ended(process)


def _ended(process: "subprocess.Popen[bytes]") -> None:
    """Wait until a process has ended; a busy machine may leave it no time to end by itself."""
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
