"""Counts for coordinators, outcomes and releases for analysts."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from matching.jsonl import plain
from service.api.answers import CursorText, Limit, json_answer, page_of, read_cursor
from service.api.documents import gives
from service.api.examples import OUTCOMES, PROGRAMMES_REPORT, PROMOTED, RELEASES, SITUATION
from service.api.matches import AsOf, read_day
from service.api.shapes import Promoted
from service.api.who import Analyst, Coordinator, TheHouse, TheRunner
from service.api.writing import TheWriting
from service.operations.analyst import compared_with_serving, list_releases, promote_release
from service.operations.coordinator import situation
from service.operations.exports import export_training
from service.operations.programmes import programmes_report
from service.storage.replies import Reply
from service.storage.store import Store

router = APIRouter()


@router.get("/reports/situation", tags=["reports"], responses=gives(200, "Situation", SITUATION))
async def get_situation(
    coordinator: Coordinator,
    house: TheHouse,
    run: TheRunner,
    commune: Annotated[str | None, Query(max_length=200, description="Code or name; the province when absent.")] = None,
    as_of: AsOf = None,
) -> Response:
    """Return work, needs against supply and gaps by trade; counts under 10 and what gives them away are null."""
    found = await run(situation, house, coordinator, commune=commune, as_of=read_day(house, as_of))
    return json_answer(plain(found))


@router.get("/reports/programmes", tags=["reports"], responses=gives(200, "ProgrammesReport", PROGRAMMES_REPORT))
async def get_programmes(
    coordinator: Coordinator,
    house: TheHouse,
    run: TheRunner,
    commune: Annotated[str, Query(max_length=200, description="Code or name.")],
    as_of: AsOf = None,
) -> Response:
    """Return the ten programmes and licences that would open most for a commune; what helps under 10 is left out."""
    found = await run(programmes_report, house, coordinator, commune=commune, as_of=read_day(house, as_of))
    return json_answer(plain(found))


@router.get("/exports/training", tags=["releases"], responses=gives(200, "OutcomePage", OUTCOMES))
async def get_training(
    analyst: Analyst, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """List what became of referrals to openings and programmes, for `viecgan train`.

    Each has a grade (3 kept for 90 days, 2 begun, 1 met and declined, 0 declined unmet by the person or the officer)
    and what a model may see of the pair, in steps; people come in tens. `person` is another name each day: an export
    is fetched within one, and its items, a line each, are the `outcomes.jsonl` of a folder of events.
    """
    after = read_cursor(cursor, tuple[str, int])
    found = await run(export_training, house.database, analyst, at=house.now(), limit=limit, after=after)
    return json_answer(page_of(found, limit, lambda its: plain(its[1]), lambda its: its[0]))


@router.get("/releases", tags=["releases"], responses=gives(200, "ReleasePage", RELEASES))
async def get_releases(
    analyst: Analyst,  # noqa: ARG001
    house: TheHouse,
    run: TheRunner,
    limit: Limit = 20,
    cursor: CursorText = None,
) -> Response:
    """List the model releases, the stated prior first, and say which one serves."""
    found = await run(list_releases, house, limit=limit, after=read_cursor(cursor, str))
    return json_answer(page_of(found, limit, plain, lambda its: its.name))


@router.post("/releases/{release}/promotion", tags=["releases"], responses=gives(200, "Promoted", PROMOTED))
async def post_promotion(
    release: str, analyst: Analyst, house: TheHouse, run: TheRunner, writing: TheWriting
) -> Response:
    """Let a release serve from the next query on, if it is sound and passed every gate.

    In the place of another learnt release only after both were compared on the outcomes of referrals; while these say
    too little, on other events: `viecgan promote RELEASE --events DIR`.
    """
    writing.check_empty()
    compared = await run(compared_with_serving, house, analyst, release)

    def write(store: Store) -> Reply:
        entry = promote_release(store, house, release, compared=compared)
        told = Promoted(release=entry.release, since=entry.since, by=entry.by)
        return Reply(status=200, body=msgspec.json.encode(told))

    return await writing.once(analyst, write)
