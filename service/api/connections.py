"""What one connection may take of the server, and for how long.

The parser of requests knows no limits, and uvicorn waits without end for the rest of a request. A head of endless
lines would fill the memory, and a thousand slow clients would keep their connections for good. (Bodies are limited
where they are read, see `service.api.bodies`.)
"""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_BESIDE_BODY = 64 * 1024
"""Bytes of a request that are not of its body: its line, its headers, what cuts the body into chunks."""

REQUEST_SECONDS = 60.0
"""For a whole request to come in: one of five megabytes over a line of a megabit takes forty."""

STOP_SECONDS = 20
"""For answers on their way when the service is to stop; who is still sending a request by then is not waited for."""

_REFUSED = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Connection(HttpToolsProtocol):
    """A connection as uvicorn keeps it, with an end to every request."""

    _beside_body = 0
    _deadline: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_expecting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and end the connection when a request is too long without its body."""
        self._beside_body += len(data)
        super().data_received(data)
        if self._beside_body > MAX_BESIDE_BODY and not self.transport.is_closing():
            if not self._is_answering():
                self.transport.write(_REFUSED)
            self.transport.close()

    def on_body(self, body: bytes) -> None:
        """Take some of a body."""
        self._beside_body -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop waiting: the request is there. What comes after an answer was given to half a request is none."""
        self._beside_body = 0
        if self._is_answering():
            self._stop_expecting()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request, unless it came already."""
        super().on_response_complete()
        if not self._is_answering() or self.cycle.more_body:
            self._expect_request()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _expect_request(self) -> None:
        self._stop_expecting()
        self._deadline = self.loop.call_later(REQUEST_SECONDS, self.transport.close)

    def _stop_expecting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
