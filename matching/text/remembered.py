"""Answers that are kept for the next time they are asked for."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """A function as a table: what it answered stands in it, what it has not been asked yet is asked.

    Cheaper than `functools.lru_cache` where most questions have been asked before: a look-up calls nothing.
    """

    def __init__(self, answer: Callable[[K], V], most: int) -> None:
        """Keep at most *most* answers of *answer*; when there are more, all are forgotten.

        >>> squares = Remembered(lambda n: n * n, most=2)
        >>> squares[3], squares[4], len(squares), squares[5], len(squares)
        (9, 16, 2, 25, 1)
        """
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, key: K) -> V:
        answer = self._answer(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = answer
        return answer
