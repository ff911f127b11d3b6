"""Openings of employers, programmes of providers, loans of lenders: each their own, and no others."""

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matching.jsonl import plain
from service.access import Actor
from service.api.answers import CursorText, JsonResponse, Limit, json_answer, page_of, read_cursor
from service.api.documents import gives, takes
from service.api.examples import (
    CANDIDATES,
    INTRODUCTION_ASKED,
    INTRODUCTIONS,
    LOAN,
    OPENING,
    OPENING_RECORDED,
    PROGRAMME,
    SENT,
)
from service.api.matches import AsOf, K, read_day
from service.api.running import Runner
from service.api.shapes import IntroductionAsked
from service.api.who import Employer, Lender, Provider, TheHouse, TheRunner
from service.api.writing import TheWriting, Writing
from service.operations.employer import find_candidates
from service.operations.house import House
from service.operations.introductions import ask_introduction, find_card, list_introduced, list_sent
from service.operations.own_offers import (
    OfferRead,
    keep_offer,
    list_offers,
    read_changed_offer,
    read_new_offer,
    shape,
)
from service.storage.replies import Reply
from service.storage.store import Store

router = APIRouter()


async def _post(actor: Actor, house: House, run: Runner, writing: Writing) -> Response:
    """Record an own offer."""
    read = await run(read_new_offer, house, actor, writing.record())
    return await writing.once(actor, lambda store: _kept(store, house, read, status=201))


async def _patch(actor: Actor, house: House, run: Runner, writing: Writing, offer_id: str) -> Response:
    """Change an own offer."""
    read = await run(read_changed_offer, house, actor, offer_id, writing.record())
    return await writing.once(actor, lambda store: _kept(store, house, read, status=200))


def _kept(store: Store, house: House, read: OfferRead, *, status: int) -> Reply:
    return Reply(status=status, body=msgspec.json.encode(shape(keep_offer(store, house, read))))


async def _list(actor: Actor, house: House, run: Runner, limit: int, cursor: str | None) -> Response:
    """List own offers."""
    rows = await run(list_offers, house, actor, limit=limit + 1, after=read_cursor(cursor, str))
    return json_answer(page_of(rows, limit, shape, lambda row: row.offer.offer_id))


@router.post(
    "/openings",
    tags=["openings"],
    status_code=201,
    openapi_extra=takes("Opening", OPENING),
    responses=gives(201, "OpeningRecorded", OPENING_RECORDED),
)
async def post_opening(employer: Employer, house: TheHouse, run: TheRunner, writing: TheWriting) -> Response:
    """Post an opening; what the law does not allow in it comes back in `law_flags`, and holds it until put right.

    `offer_id` may be left out; `employer_id` is always the one who posts.
    """
    return await _post(employer, house, run, writing)


@router.get("/openings", tags=["openings"], responses=gives(200, "OfferPage", {"items": [], "next_cursor": None}))
async def get_openings(
    employer: Employer, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """List own openings."""
    return await _list(employer, house, run, limit, cursor)


@router.patch(
    "/openings/{opening_id}",
    tags=["openings"],
    openapi_extra=takes("OpeningChanges", {"headcount": 2, "status": "open"}),
    responses=gives(200, "OpeningRecorded", OPENING_RECORDED),
)
async def patch_opening(
    opening_id: str, employer: Employer, house: TheHouse, run: TheRunner, writing: TheWriting
) -> Response:
    """Change fields of an own opening, close it (`{"status": "closed"}`) or open it again; null means unknown."""
    return await _patch(employer, house, run, writing, opening_id)


@router.get("/openings/{opening_id}/candidates", tags=["openings"], responses=gives(200, "Candidates", CANDIDATES))
async def get_candidates(
    opening_id: str, employer: Employer, house: TheHouse, run: TheRunner, k: K = 20, as_of: AsOf = None
) -> Response:
    """Return cards of people who fit an own open opening and agreed to be shown, best first."""
    found = await run(find_candidates, house, employer, opening_id, k=k, as_of=read_day(house, as_of))
    return JsonResponse(msgspec.json.encode(plain(found)))


@router.post(
    "/openings/{opening_id}/candidates/{candidate}/introductions",
    tags=["openings"],
    status_code=202,
    responses=gives(202, "IntroductionAsked", INTRODUCTION_ASKED),
)
async def post_introduction(
    opening_id: str, candidate: str, employer: Employer, house: TheHouse, run: TheRunner, writing: TheWriting
) -> Response:
    """Ask to meet the person of a card; the commune's officer asks them. To ask again changes nothing."""
    writing.check_empty()
    found = await run(find_card, house, employer, opening_id, candidate)

    def write(store: Store) -> Reply:
        person_key = ask_introduction(store, house, opening_id, found)
        asked = IntroductionAsked(opening_id=opening_id, candidate=candidate)
        return Reply(status=202, body=msgspec.json.encode(asked), person_key=person_key)

    return await writing.once(employer, write)


@router.get(
    "/openings/{opening_id}/introductions", tags=["openings"], responses=gives(200, "IntroducedPage", INTRODUCTIONS)
)
async def get_introduced(
    opening_id: str, employer: Employer, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """List who was asked for, or sent, to an own opening, and what each shares for it while it stands."""
    found = await run(list_introduced, house, employer, opening_id, limit=limit, after=read_cursor(cursor, str))
    return json_answer(page_of(found, limit, plain, lambda its: its.candidate))


@router.post(
    "/programmes", tags=["programmes"], status_code=201, openapi_extra=takes("Programme", PROGRAMME),
    responses=gives(201, "OfferRecorded", PROGRAMME | {"status": "open"}),
)  # fmt: skip
async def post_programme(provider: Provider, house: TheHouse, run: TheRunner, writing: TheWriting) -> Response:
    """Record a training programme; `provider_id` is always the one who posts."""
    return await _post(provider, house, run, writing)


@router.get("/programmes", tags=["programmes"], responses=gives(200, "OwnPage", {"items": [], "next_cursor": None}))
async def get_programmes(
    provider: Provider, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """List own programmes."""
    return await _list(provider, house, run, limit, cursor)


@router.patch(
    "/programmes/{programme_id}", tags=["programmes"], openapi_extra=takes("ProgrammeChanges", {"capacity": 20}),
    responses=gives(200, "OfferRecorded", PROGRAMME | {"status": "open"}),
)  # fmt: skip
async def patch_programme(
    programme_id: str, provider: Provider, house: TheHouse, run: TheRunner, writing: TheWriting
) -> Response:
    """Change fields of an own programme, close it or open it again."""
    return await _patch(provider, house, run, writing, programme_id)


@router.get("/programmes/{programme_id}/referrals", tags=["programmes"], responses=gives(200, "SentPage", SENT))
async def get_learners(
    programme_id: str, provider: Provider, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """List the referrals that were sent to an own programme and stand, and what each person shares for it."""
    found = await run(list_sent, house, provider, programme_id, limit=limit, after=read_cursor(cursor, str))
    return json_answer(page_of(found, limit, plain, lambda its: its.referral_id))


@router.post(
    "/loans", tags=["loans"], status_code=201, openapi_extra=takes("Loan", LOAN),
    responses=gives(201, "OfferRecorded", LOAN | {"status": "open"}),
)  # fmt: skip
async def post_loan(lender: Lender, house: TheHouse, run: TheRunner, writing: TheWriting) -> Response:
    """Record a loan scheme; `lender_id` is always the one who posts."""
    return await _post(lender, house, run, writing)


@router.get("/loans", tags=["loans"], responses=gives(200, "OwnPage", {"items": [], "next_cursor": None}))
async def get_loans(
    lender: Lender, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """List own loan schemes."""
    return await _list(lender, house, run, limit, cursor)


@router.patch(
    "/loans/{loan_id}", tags=["loans"], openapi_extra=takes("LoanChanges", {"balance_vnd": 150000000}),
    responses=gives(200, "OfferRecorded", LOAN | {"status": "open"}),
)  # fmt: skip
async def patch_loan(loan_id: str, lender: Lender, house: TheHouse, run: TheRunner, writing: TheWriting) -> Response:
    """Change fields of an own loan scheme, close it or open it again."""
    return await _patch(lender, house, run, writing, loan_id)
