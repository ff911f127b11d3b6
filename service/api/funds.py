"""The ledgers of funds, each for the keeper of the loan scheme whose money it is."""

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matching.jsonl import plain
from service.access import Actor
from service.api.answers import CursorText, JsonResponse, Limit, json_answer, page_of, read_cursor, write_cursor
from service.api.documents import gives, takes
from service.api.examples import CONTRIBUTION, FUND, FUND_ENTRY, LENDING, REPAYMENT, REVERSAL, SENT
from service.api.shapes import FundEntry, FundPage
from service.api.who import Lender, TheHouse, TheRunner
from service.api.writing import TheWriting, Writing
from service.operations.funds import (
    ContributionAsked,
    EntryAsked,
    Fund,
    LendingAsked,
    RepaymentAsked,
    ReversalAsked,
    enter,
    find_fund,
)
from service.operations.house import House
from service.operations.introductions import list_sent
from service.storage.replies import Reply
from service.storage.rows import EntryRow
from service.storage.store import Store

router = APIRouter(prefix="/funds", tags=["funds"])


@router.post(
    "/{fund_id}/contributions",
    status_code=201,
    openapi_extra=takes("ContributionAsked", CONTRIBUTION),
    responses=gives(201, "FundEntry", FUND_ENTRY | CONTRIBUTION | {"kind": "contribution"}),
)
async def post_contribution(fund_id: str, keeper: Lender, house: TheHouse, writing: TheWriting) -> Response:
    """Write a contribution into the ledger of an own fund; its id is that of the loan scheme.

    A ledger begins with what the scheme said to hold.
    """
    return await _entered(fund_id, writing.asked(ContributionAsked), keeper, house, writing)


@router.post(
    "/{fund_id}/loans",
    status_code=201,
    openapi_extra=takes("LendingAsked", LENDING),
    responses=gives(201, "FundEntry", FUND_ENTRY),
)
async def post_lending(fund_id: str, keeper: Lender, house: TheHouse, writing: TheWriting) -> Response:
    """Write a loan that was paid out into the ledger; what the fund does not hold cannot be lent."""
    return await _entered(fund_id, writing.asked(LendingAsked), keeper, house, writing)


@router.post(
    "/{fund_id}/repayments",
    status_code=201,
    openapi_extra=takes("RepaymentAsked", REPAYMENT),
    responses=gives(201, "FundEntry", FUND_ENTRY | {"kind": "repayment", "repays": 12}),
)
async def post_repayment(fund_id: str, keeper: Lender, house: TheHouse, writing: TheWriting) -> Response:
    """Write money of a loan that came back into the ledger; `loan` is the number of the loan's entry."""
    return await _entered(fund_id, writing.asked(RepaymentAsked), keeper, house, writing)


@router.post(
    "/{fund_id}/reversals",
    status_code=201,
    openapi_extra=takes("ReversalAsked", REVERSAL),
    responses=gives(201, "FundEntry", FUND_ENTRY | {"kind": "reversal", "takes_back": 12}),
)
async def post_reversal(fund_id: str, keeper: Lender, house: TheHouse, writing: TheWriting) -> Response:
    """Take back a contribution or repayment that was written by mistake; both entries stay in the ledger."""
    return await _entered(fund_id, writing.asked(ReversalAsked), keeper, house, writing)


@router.get("/{fund_id}/referrals", responses=gives(200, "SentPage", SENT))
async def get_sent(
    fund_id: str, keeper: Lender, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """List the referrals that were sent to an own scheme and stand: whom a loan can be paid out on."""
    found = await run(list_sent, house, keeper, fund_id, limit=limit, after=read_cursor(cursor, str))
    return json_answer(page_of(found, limit, plain, lambda its: its.referral_id))


@router.get("/{fund_id}", responses=gives(200, "FundPage", FUND))
async def get_fund(
    fund_id: str, keeper: Lender, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """Return what an own fund holds and its ledger, newest entries first."""
    before = read_cursor(cursor, int)
    found = await run(find_fund, house, keeper, fund_id, limit=limit + 1, before=before)
    return JsonResponse(msgspec.json.encode(_page(found, limit)))


def _page(found: Fund, limit: int) -> FundPage:
    shown = found.entries[:limit]
    more = len(found.entries) > limit
    return FundPage(
        fund_id=found.scheme.offer.offer_id,
        title=found.scheme.offer.title,
        balance_vnd=found.balance_vnd,
        contributed_vnd=found.contributed_vnd,
        lent_vnd=found.lent_vnd,
        repaid_vnd=found.repaid_vnd,
        items=tuple(map(_shape, shown)),
        next_cursor=write_cursor(shown[-1].number) if more else None,
    )


def _shape(row: EntryRow) -> FundEntry:
    return msgspec.convert(plain(row), FundEntry)


async def _entered(fund_id: str, asked: EntryAsked, keeper: Actor, house: House, writing: Writing) -> Response:
    """Write an entry and answer with it."""

    def write(store: Store) -> Reply:
        written = enter(store, house, fund_id, asked)
        return Reply(status=201, body=msgspec.json.encode(_shape(written.entry)), person_key=written.person_key)

    return await writing.once(keeper, write)
