"""What is reckoned once for a pool of offers, and kept for as long as the pool is."""

import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from matching.pool.offers import Offers

T = TypeVar("T")


class Once(Generic[T]):
    """A function of a pool whose value is kept until the pool goes.

    Of a pool that is served it is the value of what that has grown from (`Offers.base`): whoever asks lays beside it
    what was added since, and leaves out what was withdrawn.

    Parameters
    ----------
    build : callable
        May read only columns that stay as they are while a pool is served: not the last day of an offer, which moves
        when it is closed in place.
    """

    def __init__(self, build: Callable[[Offers], T]) -> None:
        self._build = build
        self._known: dict[int, tuple[weakref.ref[Any], T]] = {}

    def __call__(self, offers: Offers) -> T:
        """Return the value for a pool."""
        base = offers if offers.base is None else offers.base
        known = self._known.get(id(base.place))
        if known is not None and known[0]() is base.place:
            return known[1]
        return self.keep(base, self._build(base))

    def keep(self, base: Offers, value: T) -> T:
        """Take a value for that of a pool that has not grown, and return it."""
        key = id(base.place)
        self._known[key] = weakref.ref(base.place, lambda _: self._known.pop(key, None)), value
        return value
