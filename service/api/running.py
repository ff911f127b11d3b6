"""Runs the work of endpoints in threads, and nothing of it on the event loop.

A question to the engine is some milliseconds of small steps in numpy, and each step lets go of the interpreter. Two of
them at once take it from each other hundreds of times, and much of the processor's time goes into that. So questions
are answered one after the other in a thread of their own, in the order in which they came; whatever may take long
(imports, reports, passwords, every exclusion of a large pool) has other threads and does not hold them up.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 8
"""As many as there are database connections, so that none waits for one."""


class Runner:
    """Two queues of this process: short questions, one after the other, and everything else, a few at once."""

    def __init__(self, threads: int = THREADS) -> None:
        self._questions = ThreadPoolExecutor(1, thread_name_prefix="question")
        self._operations = ThreadPoolExecutor(threads - 1, thread_name_prefix="operation")

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run *work*, which may take long, in a thread and return what it returns."""
        return await _run(self._operations, work, *args, **kwargs)

    async def in_turn(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run *work*, which takes a few milliseconds, when those that were asked before are done."""
        return await _run(self._questions, work, *args, **kwargs)

    def close(self) -> None:
        """Wait for what runs, and end the threads."""
        self._questions.shutdown()
        self._operations.shutdown()


async def _run(pool: ThreadPoolExecutor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return await asyncio.get_running_loop().run_in_executor(pool, partial(work, *args, **kwargs))
