"""What one connection may take of a server, and for how long: a real one, on a port of this machine."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn

from service.api import connections
from service.api.connections import MAX_BESIDE_BODY, Connection
from service.cli import operator_commands

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


async def echo(_scope: Any, receive: Any, send: Any) -> None:
    """Answer with how many bytes the body had."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = str(size).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], socket.socket]]:
    """Return a function that opens a connection to a server that waits half a second for a request."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.5)
    config = uvicorn.Config(
        echo, port=0, http=Connection, ws="none", lifespan="off", log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    opened: list[socket.socket] = []

    def connected() -> socket.socket:
        opened.append(socket.create_connection(("127.0.0.1", port), timeout=10))
        return opened[-1]

    yield connected
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()
    for its in opened:
        its.close()


def all_of(connection: socket.socket) -> bytes:
    """Return what comes until the other side ends the connection."""
    got = b""
    try:
        while piece := connection.recv(65536):
            got += piece
    except ConnectionError:
        pass
    return got


def send_until_closed(connection: socket.socket, piece: bytes, *, most: int) -> int:
    """Return how many bytes were taken before the other side ended the connection, or *most*."""
    sent = 0
    try:
        while sent < most:
            sent += connection.send(piece)
    except (ConnectionError, TimeoutError):
        pass
    return sent


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (HEAD, b"X-More: " + b"a" * 1000 + b"\r\n"),
        (HEAD + b"X-Long: ", b"a" * 1000),
        (b"GET /", b"a" * 1000),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Trailer: " + b"a" * 1000 + b"\r\n"),
    ],
    ids=["headers", "a header", "the path", "trailers"],
)
def test_a_head_without_an_end_is_refused(connect: Callable[[], socket.socket], begin: bytes, piece: bytes) -> None:
    """F1: one client cannot fill the memory."""
    connection = connect()
    connection.sendall(begin)
    most = 40_000_000
    assert send_until_closed(connection, piece, most=most) < most


def test_who_is_refused_is_told(connect: Callable[[], socket.socket]) -> None:
    connection = connect()
    connection.sendall(HEAD + b"X-Long: " + b"a" * MAX_BESIDE_BODY)
    assert all_of(connection).startswith(b"HTTP/1.1 431 ")


def test_a_body_is_not_counted_to_its_head(connect: Callable[[], socket.socket]) -> None:
    size = 4 * MAX_BESIDE_BODY
    connection = connect()
    connection.sendall(HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % size + b"a" * size)
    assert all_of(connection).endswith(b"\r\n\r\n%d" % size)


@pytest.mark.parametrize(
    "begin",
    [b"", b"\r\n", HEAD, HEAD + b"Content-Length: 9\r\n\r\nhalf", HEAD + b"Content-Length: 0\r\n\r\n\r\n"],
    ids=["nothing", "a blank line", "half a head", "half a body", "a blank line after an answer"],
)
def test_a_request_without_an_end_is_not_waited_for(connect: Callable[[], socket.socket], begin: bytes) -> None:
    """F1: a thousand slow clients do not keep their connections for good."""
    connection = connect()
    connection.sendall(begin)
    began = time.monotonic()
    all_of(connection)
    assert time.monotonic() - began < 5


def test_requests_in_a_row_are_answered_however_long_they_take_together(connect: Callable[[], socket.socket]) -> None:
    connection = connect()
    for _ in range(4):
        connection.sendall(HEAD + b"Content-Length: 4\r\n\r\nab")
        time.sleep(0.2)
        connection.sendall(b"cd")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
    connection.sendall((HEAD + b"Content-Length: 0\r\n\r\n") * 3)
    got = b""
    while got.count(b"HTTP/1.1 200 ") < 3:
        got += connection.recv(65536)


def test_the_service_is_served_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """And it stops in the end, whoever still sends."""
    given: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn, "run", lambda _app, **options: given.update(options))
    operator_commands.serve(database=f"sqlite:///{tmp_path / 'viecgan.db'}", port=8999)
    assert given["http"] is Connection
    assert given["timeout_graceful_shutdown"] == connections.STOP_SECONDS
