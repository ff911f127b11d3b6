"""Pages of short lists that are at hand as a whole."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from service.errors import NoCursorError

T = TypeVar("T")


def page_after(
    items: Sequence[T], name: Callable[[T], str], *, limit: int | None = None, after: str | None = None
) -> Sequence[T]:
    """Return up to *limit* items and one beyond, which says that there are more.

    Parameters
    ----------
    name : callable
        Tells the items apart.
    limit : int or None
        None: all of them.
    after : str or None
        What *name* says of the last item of the page before; None starts at the top.

    Raises
    ------
    NoCursorError
        There is no item of that name, or none any more.
    """
    names = [name(item) for item in items]
    if after is not None and after not in names:
        raise NoCursorError
    start = 0 if after is None else names.index(after) + 1
    return items[start:] if limit is None else items[start : start + limit + 1]
