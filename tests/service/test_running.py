"""Questions are answered in turn, and nothing that takes long holds them up."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from anyio import to_thread

from service.api.running import THREADS, Runner
from tests.service.conftest import World
from tests.service.examples import OPENING, SURVEY


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


def test_no_route_hands_anything_to_threads_of_fastapi(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """They would take the interpreter from the question that is being answered."""
    officer, employer = world.client("officer.phanri"), world.client("employer.one")
    monkeypatch.setattr(to_thread, "run_sync", lambda work, *_, **__: pytest.fail(f"{work} went to another thread"))
    assert officer.post("/api/v1/surveys", json=SURVEY).status_code == 201
    assert employer.post("/api/v1/openings", json=OPENING | {"offer_id": "J1"}).status_code == 201
    for tail in ("", "/profile", "/matches", "/matches/J1"):
        assert officer.get(f"/api/v1/people/PR-1{tail}").status_code == 200
    for client, path in (
        (officer, "/people"),
        (employer, "/openings"),
        (employer, "/openings/J1"),
        (officer, "/login"),
    ):
        assert client.get(path).status_code == 200
