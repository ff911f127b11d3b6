"""A PostgreSQL cluster for the length of a measurement: in a temporary folder, on this machine only."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_INSTALLED = "/usr/lib/postgresql"
_OWNER = "postgres"
_OPTIONS = "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off -c shared_buffers=1GB"


def missing_programs() -> str | None:
    """Return why no cluster can be started here; None when one can."""
    if not _program("initdb"):
        return "PostgreSQL is not installed"
    if os.geteuid() == 0 and _OWNER not in {user.pw_name for user in pwd.getpwall()}:
        return f"there is no user {_OWNER} to own the cluster"
    return None


@contextmanager
def temporary_cluster() -> Iterator[str]:
    """Start a cluster that belongs to an ordinary user; yield its address; stop and remove it."""
    folder = Path(tempfile.mkdtemp(prefix="cluster"))
    owner: dict[str, Any] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, _OWNER, _OWNER)
        owner = {"user": _OWNER, "group": _OWNER}
    data, port = str(folder / "data"), _free_port()

    def run(program: str, *options: str) -> None:
        command = [str(_program(program)), "-D", data, *options]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **owner)

    try:
        run("initdb", "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", _OPTIONS.format(port=port), "start")
        try:
            yield f"host=127.0.0.1 port={port} user={_OWNER} dbname=postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _program(name: str) -> Path | None:
    """Return the newest installed program of that name."""
    found = sorted(Path(_INSTALLED).glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which(name)
    return found[-1] if found else Path(on_path) if on_path else None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
