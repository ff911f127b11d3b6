"""Answers as bytes, encoded once, and pages of lists."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Query
from starlette.responses import Response

from service.errors import NoCursorError

R = TypeVar("R")

MAX_LIMIT = 100

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Items a page.")]
CursorText = Annotated[str | None, Query(max_length=400, description="`next_cursor` of the page before.")]


class JsonResponse(Response):
    """JSON that is bytes already."""

    media_type = "application/json"


def json_answer(value: object, status: int = 200) -> JsonResponse:
    """Encode plain values or msgspec structs."""
    return JsonResponse(msgspec.json.encode(value), status_code=status)


_NUMBERS = 2**31
"""A database counts no further."""
_NUL = b"\\u0000"
"""In JSON; not every database looks for it."""


def page_of(rows: Sequence[R], limit: int, shape: Callable[[R], Any], cursor: Callable[[R], object]) -> dict[str, Any]:
    """Return a page from up to limit + 1 rows; the extra row only says that there are more."""
    shown = rows[:limit]
    more = len(rows) > limit and bool(shown)
    return {"items": [shape(row) for row in shown], "next_cursor": write_cursor(cursor(shown[-1])) if more else None}


def write_cursor(position: object) -> str:
    """Return a position in a list as an opaque text."""
    return urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def read_cursor(cursor: str | None, kind: type[R]) -> R | None:
    """Return the position that `write_cursor` wrote; None for None.

    Raises
    ------
    NoCursorError
        The text is no cursor of this list.
    """
    if cursor is None:
        return None
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        position = msgspec.json.decode(text, type=kind)
        if _NUL in text or (isinstance(position, int) and not 0 <= position < _NUMBERS):
            raise ValueError(position)
        return position
    except (ValueError, msgspec.DecodeError) as error:
        raise NoCursorError from error
