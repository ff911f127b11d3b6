"""Questions are answered in turn, and nothing that takes long holds them up."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from service.api.running import THREADS, Runner


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def test_questions_are_answered_one_at_a_time_in_the_order_they_came(runner: Runner) -> None:
    order: list[int] = []
    alone = threading.Lock()

    def question(number: int) -> int:
        assert alone.acquire(blocking=False), "two at once"
        order.append(number)
        alone.release()
        return number

    async def many() -> list[int]:
        return await asyncio.gather(*(runner.in_turn(question, number) for number in range(50)))

    assert asyncio.run(many()) == order == list(range(50))


def test_what_takes_long_holds_no_question_up(runner: Runner) -> None:
    over = threading.Event()

    async def both() -> str:
        long = [asyncio.create_task(runner(over.wait, 20)) for _ in range(2 * THREADS)]
        answer = await asyncio.wait_for(runner.in_turn(str, "answered"), 20)
        assert not any(task.done() for task in long)
        over.set()
        assert all(await asyncio.gather(*long))
        return answer

    assert asyncio.run(both()) == "answered"


def test_an_error_is_the_askers(runner: Runner) -> None:
    """And the next question is answered."""
    with pytest.raises(ZeroDivisionError):
        asyncio.run(runner.in_turn(divmod, 1, 0))
    assert asyncio.run(runner.in_turn(divmod, 7, 2)) == (3, 1)
