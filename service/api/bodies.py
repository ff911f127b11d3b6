"""Request bodies: read with a limit, parsed as strictly as the contract's files."""

import hashlib
import re
from typing import Any, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from matching.domain.survey import Survey
from matching.errors import DataError
from matching.jsonl import decode_survey, parse_object
from service.errors import InvalidError, TooLargeError

T = TypeVar("T")

MAX_BODY = 1_000_000
"""Bytes of a request body; a survey has a few thousand."""

MAX_SIGN_IN = 4_000
"""Bytes of a name and a password: of these, anybody may send as many as they like."""

MAX_KEY = 200
_PATH_FIRST = re.compile(r"\A(?P<path>\$?[\w.\[\]]+): ")
_PATH_LAST = re.compile(r" - at `(?P<path>[^`]+)`\Z")
_VALUE = re.compile(r"\A(?P<path>[a-z_]+) \[")


async def read_body(request: Request, *, most: int = MAX_BODY) -> bytes:
    """Return the body; raises TooLargeError beyond *most* bytes without reading on, InvalidError if it is cut off."""
    chunks, size = [], 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                raise TooLargeError(f"the body has more than {most} bytes")
            chunks.append(chunk)
    except ClientDisconnect:
        raise InvalidError("the body was cut off") from None
    return b"".join(chunks)


def parse_record(body: bytes) -> dict[str, Any]:
    """Parse one JSON object; raises InvalidError that names the field."""
    try:
        record = parse_object(body)
        msgspec.json.encode(record)
    except DataError as error:
        raise invalid(error) from error
    except UnicodeEncodeError as error:
        raise InvalidError("half a surrogate pair in a key; remove the character") from error
    return record


def parse_struct(body: bytes, kind: type[T]) -> T:
    """Parse one JSON object into a msgspec struct that forbids unknown fields; raises InvalidError."""
    return read_struct(parse_record(body), kind)


def read_struct(record: dict[str, Any], kind: type[T]) -> T:
    """Read a record into a msgspec struct that forbids unknown fields; raises InvalidError that names the field."""
    unknown = set(record) - {f.name for f in msgspec.structs.fields(kind)}  # type: ignore[arg-type]
    if unknown:
        raise InvalidError(f"{min(unknown)}: unknown key", path=min(unknown))
    try:
        return msgspec.convert(record, kind)
    except msgspec.ValidationError as error:
        raise invalid(error) from error


def parse_survey(body: bytes, *, new_id: str) -> Survey:
    """Parse a survey; without a `person_id` it gets *new_id*."""
    record = parse_record(body)
    if record.get("person_id") is None:
        record["person_id"] = new_id
    try:
        return decode_survey(msgspec.json.encode(record))
    except DataError as error:
        raise invalid(error) from error


def invalid(error: Exception) -> InvalidError:
    """Return a strict reader's error with the path of the field that it names."""
    text = str(error)
    for pattern in (_PATH_FIRST, _PATH_LAST, _VALUE):
        if found := pattern.search(text):
            return InvalidError(text, path=found["path"].removeprefix("$.").removeprefix("$"))
    missing = re.search(r"missing required field `(\w+)`", text)
    return InvalidError(text, path=missing[1] if missing else "")


def idempotency_key(request: Request) -> str | None:
    """Return the Idempotency-Key header; raises InvalidError when it is empty, too long or not printable."""
    key = request.headers.get("idempotency-key")
    if key is not None and not (0 < len(key) <= MAX_KEY and key.isprintable()):
        raise InvalidError(f"Idempotency-Key must have 1 to {MAX_KEY} printable characters", path="Idempotency-Key")
    return key


def request_digest(request: Request, body: bytes) -> str:
    """Return the digest by which the same request is known again: method, path and body."""
    head = f"{request.method} {request.url.path}\n".encode("utf-8", "replace")
    return hashlib.sha256(head + body).hexdigest()
