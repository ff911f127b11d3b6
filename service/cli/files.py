"""Files of the command line: where data comes from, where it goes, and what is said when it is bad."""

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

import typer

from matching.errors import DataError, MatchingError
from matching.jsonl import read_lines, read_unique
from service.operations.recording import MAX_TEXT

T = TypeVar("T")

VIETNAM = timezone(timedelta(hours=7))

STANDARD = "-"
"""Standard input or output."""


def today() -> date:
    """Return the day it is in Vietnam."""
    return datetime.now(UTC).astimezone(VIETNAM).date()


def day(text: str | None) -> date:
    """Return the day of a command-line option, today in Vietnam when it is absent."""
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"[{text}] is not a day; write it as 2026-11-23") from None


def decoded(name: str, decode: Callable[[str | bytes], T], *, key: str | None = None) -> list[T]:
    """Read every line of a JSONL file; with *key*, no two records may share it.

    Raises
    ------
    RecordsError
        All bad lines together, each with file and line; a text that the service would not keep is one.
    """
    source = "standard input" if name == STANDARD else name
    lines, short = _lines(name), partial(_of_some_length, decode)
    if key is None:
        return read_lines(lines, short, source=source)
    return read_unique(lines, short, source=source, key=key)


def _of_some_length(decode: Callable[[str | bytes], T], line: str | bytes) -> T:
    """Decode a line, and refuse a text that would take as long to read as many others together."""
    record = decode(line)
    of_gold = getattr(record, "survey", None) or getattr(record, "opening", None)
    text = record if isinstance(record, str) else getattr(of_gold or record, "text", "")
    if len(text) > MAX_TEXT:
        raise DataError(f"text: {len(text)} characters are too many, {MAX_TEXT} are read; shorten it, or cut it in two")
    return record


def _lines(name: str) -> list[bytes]:
    try:
        data = sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except OSError as error:
        refuse(f"{name}: the file cannot be read: {error.strerror}")
    return data.removeprefix(b"\xef\xbb\xbf").split(b"\n")


def refuse_repeated(ids: Iterable[str]) -> None:
    """Refuse an id that stands in two of several files."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            refuse(f"offer_id [{one}] stands in two of the files; give each offer its own")
        seen.add(one)


def write(lines: Iterable[bytes], output: Path | None) -> None:
    """Write JSON lines to a file, or to standard output when *output* is None.

    A file is written beside its place and moved there whole, so that a refusal leaves nothing half done.
    """
    if output is None:
        for line in lines:
            sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as stream:
            stream.writelines(line + b"\n" for line in lines)
        part.replace(output)
    except OSError as error:
        refuse(f"{output}: the file cannot be written: {error.strerror}")
    finally:
        with suppress(OSError):
            part.unlink()


def say(message: str) -> None:
    """Tell the user something on standard error."""
    typer.echo(message, err=True)


def refuse(message: str | MatchingError) -> NoReturn:
    """End the command with exit status 1 and the reason."""
    say(str(message))
    raise typer.Exit(1)
