"""The page of a fund: what it holds, whom loans can be paid out to, its entries, and the forms that add one."""

import hashlib
import secrets
from typing import Any
from urllib.parse import quote

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from matching.domain.fund import CAME_IN, EntryKind
from service.access import Role
from service.api.answers import page_of, read_cursor
from service.api.bodies import MAX_KEY, read_struct
from service.api.who import the_house, the_runner
from service.errors import InvalidError, NotFoundError
from service.operations.funds import ENTRIES, enter, find_fund
from service.operations.introductions import list_sent
from service.storage.replies import Reply
from service.storage.store import Store
from service.web.naming import Names
from service.web.pages import form_session, language_of, page_session, redirect, render, write_form

router = APIRouter()

_PER_PAGE = 50
_WHOLE = ("amount_vnd", "loan", "entry")


@router.get("/funds/{fund_id}")
async def fund_page(request: Request, fund_id: str, cursor: str | None = None) -> Response:
    """Show what an own fund holds, and its entries."""
    session, house = await page_session(request, Role.LENDER), the_house(request)
    before = read_cursor(cursor, int)
    found = await the_runner(request)(find_fund, house, session.actor, fund_id, limit=_PER_PAGE + 1, before=before)
    page = page_of(found.entries, _PER_PAGE, lambda entry: entry, lambda entry: entry.number)
    loans = [entry.number for entry in found.entries if entry.kind is EntryKind.LOAN]
    sent = await the_runner(request)(list_sent, house, session.actor, fund_id)
    undoable = {entry.number for entry in found.entries if entry.kind in CAME_IN} - found.taken_back
    return render(
        request, "fund.html", session=session, fund=found, page=page, loans=loans, sent=sent, undoable=undoable,
        link=_link(fund_id), today=house.today().isoformat(), once=secrets.token_hex(8),
        names=Names(house.taxonomy, language_of(request)),
    )  # fmt: skip


@router.post("/funds/{fund_id}/{what}")
async def add_entry(request: Request, fund_id: str, what: str) -> Response:
    """Write an entry and go back to the fund; a form that is sent twice is one entry."""
    (session, form), house = await form_session(request, Role.LENDER), the_house(request)
    if what not in ENTRIES:
        raise NotFoundError
    key = form.pop("once", "")[:MAX_KEY] or None
    asked = read_struct(_record(form), ENTRIES[what])

    def write(store: Store) -> Reply:
        return Reply(status=303, body=b"", person_key=enter(store, house, fund_id, asked).person_key)

    digest = hashlib.sha256(msgspec.json.encode([request.url.path, asked])).hexdigest()
    await write_form(request, session, write, key=key, request_sha256=digest)
    return redirect(_link(fund_id))


def _record(form: dict[str, str]) -> dict[str, Any]:
    """Return the entry of a form; an empty box is left out, and points between thousands are no part of a number."""
    record: dict[str, Any] = {name: value.strip() for name, value in form.items() if value.strip()}
    for name in set(_WHOLE) & set(record):
        digits = record[name].replace(".", "").replace(",", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
            raise InvalidError(f"[{record[name]}] is no whole number", path=name)
        record[name] = int(digits)
    return record


def _link(fund_id: str) -> str:
    return f"/funds/{quote(fund_id, safe='')}"
