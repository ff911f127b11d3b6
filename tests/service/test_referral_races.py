"""Many writers at once: no seat is given twice, and the same write sent twice is done once."""

import threading
from collections.abc import Callable
from pathlib import Path

from matching.domain.referral import ReferralStatus
from service.access import Actor, Role
from service.errors import ConflictError
from service.operations.house import House
from service.operations.referrals import ReferralAsked, StepAsked, propose, take_step
from service.storage.replies import Reply
from service.storage.store import Store
from tests.service.conftest import PHAN_RI, World
from tests.service.referring import go, people_and_opening, refer

WRITERS, SEATS = 16, 3
OFFICER = Actor(user="officer.phanri", role=Role.OFFICER, communes=(PHAN_RI,))


def at_once(work: Callable[[int], str]) -> list[str]:
    """Let sixteen threads begin together; return what each answered."""
    answers, gate = [""] * WRITERS, threading.Barrier(WRITERS)

    def run(number: int) -> None:
        gate.wait()
        answers[number] = work(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def written(house: House, write: Callable[[Store], Reply], *, actor: Actor = OFFICER, key: str | None = None) -> str:
    """Write once: who comes late waits for the others, and is not told to come again."""
    try:
        return house.write_once(actor, write, key=key, request_sha256="same").body.decode()
    except ConflictError:
        return "refused"


def test_sixteen_writers_get_three_seats_and_one_key_one_referral(
    build: Callable[..., World], tmp_path: Path, database_url: str
) -> None:
    """F6, M12: on both databases."""
    world = build(tmp_path, database_url)
    house, officer = world.house, people_and_opening(world, people=WRITERS + 1, headcount=SEATS)
    made = [refer(officer, f"PR-{number}") for number in range(WRITERS)]
    for referral in made:
        go(officer, referral, "agreed")

    def send(number: int) -> str:
        def write(store: Store) -> Reply:
            take_step(store, house, made[number], StepAsked(status=ReferralStatus.SENT))
            return Reply(status=200, body=b"sent")

        return written(house, write)

    answers = at_once(send)
    assert (answers.count("sent"), answers.count("refused")) == (SEATS, WRITERS - SEATS)
    go(officer, made[answers.index("sent")], "declined")

    def put_forward(_number: int) -> str:
        def write(store: Store) -> Reply:
            followed = propose(store, house, ReferralAsked(person_id=f"PR-{WRITERS}", offer_id="J1"))
            return Reply(status=201, body=followed.row.referral_id.encode())

        return written(house, write, key="once")

    assert len(set(at_once(put_forward))) == 1
    with house.database.store(OFFICER) as store:
        assert store.referrals.seats_taken("J1") == SEATS - 1
        assert len(store.referrals.page(limit=100)) == WRITERS + 1
