"""No test reaches beyond this machine: whoever tries is refused, wherever it is done (P12)."""

import socket
import sys
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

_LOCAL = (None, "", b"", "localhost", socket.gethostname())
_ALL = threading.Event()


def is_here(host: Any) -> bool:
    """Say whether a host is this machine."""
    if host in _LOCAL:
        return True
    try:
        return ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    """Refuse other hosts; the connect of a datagram sends nothing: by it a machine finds its own address."""
    if _ALL.is_set() and event.startswith("socket."):
        raise PermissionError(f"no socket may be used: {event}")
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event in ("socket.connect", "socket.sendto") and args[0].family != socket.AF_UNIX:
        host = None if event == "socket.connect" and args[0].type == socket.SOCK_DGRAM else args[1][0]
    else:
        return
    if not is_here(host):
        raise PermissionError(f"a test asked for [{host}], which is not this machine")


sys.addaudithook(_refuse)


@pytest.fixture
def no_sockets() -> Iterator[None]:
    """Refuse every socket, to this machine too."""
    _ALL.set()
    yield
    _ALL.clear()
