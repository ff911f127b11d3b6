"""Referrals and introductions, for officers, about people of their own communes."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from matching.domain.referral import next_by_hand
from matching.jsonl import plain
from service.api.answers import CursorText, JsonResponse, Limit, page_of, read_cursor
from service.api.documents import gives, takes
from service.api.examples import INTRODUCTION_ANSWER, REFERRAL, REFERRAL_ASKED, REFERRAL_STEP
from service.api.people import commune_of
from service.api.shapes import Referral, ReferralStep
from service.api.who import Officer, TheHouse, TheRunner
from service.api.writing import TheWriting
from service.operations.house import House
from service.operations.introductions import AnswerAsked, answer
from service.operations.referrals import Followed, ReferralAsked, StepAsked, list_referrals, propose, take_step
from service.storage.replies import Reply

router = APIRouter(tags=["referrals"])

_PAGE = {"items": [REFERRAL], "next_cursor": None}

Waiting = Annotated[bool, Query(description="Only those that wait for an answer.")]


@router.post(
    "/referrals",
    status_code=201,
    openapi_extra=takes("ReferralAsked", REFERRAL_ASKED),
    responses=gives(201, "Referral", REFERRAL),
)
async def post_referral(officer: Officer, house: TheHouse, writing: TheWriting) -> Response:
    """Put a person forward for an offer that no rule bars them from; nobody else is told yet.

    The person's yes may be written down now (`consent`) or with the step `agreed`.
    """
    asked = writing.asked(ReferralAsked)
    return await writing.once(officer, lambda store: _reply(house, propose(store, house, asked), status=201))


@router.get("/referrals", responses=gives(200, "ReferralsPage", _PAGE))
async def get_referrals(
    officer: Officer, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """List the referrals of people of the officer's communes, newest first."""
    found = await run(list_referrals, house, officer, limit=limit, after=read_cursor(cursor, tuple[str, str]))
    return JsonResponse(msgspec.json.encode(referrals_page(house, found, limit)))


@router.patch(
    "/referrals/{referral_id}",
    openapi_extra=takes("StepAsked", REFERRAL_STEP),
    responses=gives(200, "Referral", REFERRAL),
)
async def patch_referral(referral_id: str, officer: Officer, house: TheHouse, writing: TheWriting) -> Response:
    """Take one of the steps in `next`.

    `agreed` needs the person's yes on record. `sent` tells the maker of the offer what the person shares and holds a
    seat until the referral ends. `declined` needs `by`, `parked` needs `until`. `withdrawn` counts from the next
    request on.
    """
    asked = writing.asked(StepAsked)
    return await writing.once(officer, lambda store: _reply(house, take_step(store, house, referral_id, asked)))


@router.get("/introductions", responses=gives(200, "ReferralsPage", _PAGE))
async def get_introductions(
    officer: Officer,
    house: TheHouse,
    run: TheRunner,
    waiting: Waiting = False,
    limit: Limit = 20,
    cursor: CursorText = None,
) -> Response:
    """List the people of the officer's communes whom an employer asked to meet, newest first."""
    after = read_cursor(cursor, tuple[str, str])
    found = await run(list_referrals, house, officer, limit=limit, after=after, asked=True, waiting=waiting)
    return JsonResponse(msgspec.json.encode(referrals_page(house, found, limit)))


@router.patch(
    "/introductions/{introduction_id}",
    openapi_extra=takes("AnswerAsked", INTRODUCTION_ANSWER),
    responses=gives(200, "Referral", REFERRAL),
)
async def patch_introduction(introduction_id: str, officer: Officer, house: TheHouse, writing: TheWriting) -> Response:
    """Say yes, with the person's yes on record, or no; an introduction is a referral and has its id."""
    asked = writing.asked(AnswerAsked)
    return await writing.once(officer, lambda store: _reply(house, answer(store, house, introduction_id, asked)))


def referrals_page(house: House, found: Sequence[Followed], limit: int) -> dict[str, Any]:
    """Return a page of referrals as officers read them."""
    return page_of(
        found, limit, lambda its: referral_shape(house, its), lambda its: (its.row.recorded_at, its.row.referral_id)
    )


def referral_shape(house: House, its: Followed) -> Referral:
    """Return a referral as its officer reads it."""
    row = its.row
    return Referral(
        referral_id=row.referral_id,
        person_id=row.person_id,
        commune=commune_of(house, row),
        offer_id=row.offer.offer_id,
        kind=row.offer.kind,
        title=row.offer.title,
        status=row.status,
        next=next_by_hand(row.status),
        asked_at=row.asked_at,
        consent=row.consent,
        shares=row.shares,
        until=row.until,
        recorded_at=row.recorded_at,
        changed_at=row.changed_at,
        steps=tuple(ReferralStep(**plain(step)) for step in its.steps),
    )


def _reply(house: House, its: Followed, *, status: int = 200) -> Reply:
    body = msgspec.json.encode(referral_shape(house, its))
    return Reply(status=status, body=body, person_key=its.row.person_key)
