"""Reading, matching and explaining need no network, and no test has any."""

import json
import socket
from importlib.resources import files

import pytest
from typer.testing import CliRunner

from service.cli import application


@pytest.mark.usefixtures("no_sockets")
def test_people_are_matched_where_no_socket_may_be_opened() -> None:
    """P12: from texts to sentences."""
    samples = files("matching.samples") / "data"
    words = ["match", "--people", "-", "--offers", str(samples / "openings.jsonl"), "--as-of", "2026-11-23"]
    people = b"".join((samples / "people.jsonl").read_bytes().splitlines(keepends=True)[:3])
    done = CliRunner().invoke(application(), words, input=people)
    assert done.exit_code == 0, done.output
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert any(match["reasons"] for answer in answers for match in answer["matches"])


@pytest.mark.usefixtures("no_sockets")
def test_where_none_may_be_opened_none_is() -> None:
    with pytest.raises(PermissionError):
        socket.socket()


def test_no_test_reaches_beyond_this_machine() -> None:
    """P12: see `tests/conftest.py`."""
    with pytest.raises(PermissionError):
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    with pytest.raises(PermissionError):
        socket.getaddrinfo("example.org", 80)
    socket.create_server(("127.0.0.1", 0)).close()
