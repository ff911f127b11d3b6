"""Work in steps, so that many pieces of it are done side by side: each step for all of them, then the next.

A survey is read by hundreds of functions that run once each. Side by side their code, and what they look up, stays
near the processor; `make bench` tells how much time of a survey that saves.
"""

from collections.abc import Generator, Iterable
from typing import TypeVar

T = TypeVar("T")

Steps = Generator[None, None, T]
"""A piece of work that yields between its steps, and returns what it comes to."""


def finished(work: Steps[T]) -> T:
    """Do all steps of one piece of work; return what it comes to."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            value: T = done.value
            return value


def side_by_side(works: Iterable[Steps[T]]) -> list[T]:
    """Do pieces of work side by side; return what they come to, in their order. They may be of different lengths."""
    running = dict(enumerate(works))
    values: dict[int, T] = {}
    while running:
        for number, work in [*running.items()]:
            try:
                next(work)
            except StopIteration as done:
                values[number] = done.value
                del running[number]
    return [values[number] for number in sorted(values)]
