"""What fits one person, and why the rest does not."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from matching.domain.match import Match
from matching.domain.vocabulary import OfferKind
from matching.jsonl import dump_recommendation, plain
from matching.law import current_law
from matching.recommender import Also, WhyNot
from service.access import Actor
from service.api.answers import JsonResponse, json_answer
from service.api.documents import gives
from service.api.examples import MATCHES, PAIR
from service.api.who import Officer, TheHouse, TheRunner
from service.errors import InvalidError
from service.operations.house import House
from service.operations.matcher import ALL_KINDS
from service.operations.officer import find_matches, judge_pair

router = APIRouter(tags=["matches"])

LATEST = date(2100, 1, 1)

AsOf = Annotated[date | None, Query(description="The day to answer for; today in Vietnam when absent.")]
K = Annotated[int, Query(ge=1, le=100, description="Proposals of each kind.")]
Kinds = Annotated[str, Query(max_length=60, description="Kinds of offer, separated by commas.")]
AlsoQuery = Annotated[
    tuple[Also, ...],
    Query(description="ways: paths of up to two steps beside what is open today; almost: offers one fix away."),
]
WhyNotQuery = Annotated[WhyNot, Query(description="Exclusions to list: none, those within reach, or all.")]


@router.get("/people/{person_id}/matches", responses=gives(200, "Matches", MATCHES))
async def get_matches(
    person_id: str,
    officer: Officer,
    house: TheHouse,
    run: TheRunner,
    k: K = 10,
    kind: Kinds = "opening,programme,loan",
    as_of: AsOf = None,
    why_not: WhyNotQuery = "none",
    also: AlsoQuery = (),
) -> Response:
    """Return the best offers of each kind with reasons, blockers and what would unlock more."""
    answered = run.in_turn if why_not == "none" and not also else run
    answer = await answered(
        _matches,
        house,
        officer,
        person_id,
        k=k,
        kinds=read_kinds(kind),
        as_of=read_day(house, as_of),
        why_not=why_not,
        also=also,
    )
    return JsonResponse(answer)


def _matches(house: House, officer: Actor, person_id: str, **asked: Any) -> bytes:
    return dump_recommendation(find_matches(house, officer, person_id, **asked))


@router.get("/people/{person_id}/matches/{offer_id}", responses=gives(200, "Pair", PAIR))
async def get_pair(
    person_id: str, offer_id: str, officer: Officer, house: TheHouse, run: TheRunner, as_of: AsOf = None
) -> Response:
    """Return one pair: its score with every reason, or every failing rule with what would fix it."""
    day = read_day(house, as_of)
    found, model = await run.in_turn(judge_pair, house, officer, person_id, offer_id, as_of=day)
    answer: dict[str, object] = {
        "person_id": person_id,
        "as_of": day.isoformat(),
        "model": model,
    }
    answer |= {"eligible": isinstance(found, Match)} | plain(found)
    return json_answer(answer)


def read_kinds(text: str) -> tuple[OfferKind, ...]:
    """Read "opening,loan"; raises InvalidError for a word that is no kind."""
    try:
        return tuple(OfferKind(word.strip()) for word in text.split(",")) if text else ALL_KINDS
    except ValueError as error:
        raise InvalidError(f"[{text}] must be some of opening, programme, loan", path="kind") from error


def read_day(house: House, as_of: date | None) -> date:
    """Return the day to answer for; raises InvalidError for one that no law table reaches."""
    if as_of is None:
        return house.today()
    earliest = current_law().begins_on
    if not earliest <= as_of < LATEST:
        raise InvalidError(f"[{as_of}] must be between {earliest} and {LATEST}", path="as_of")
    return as_of
