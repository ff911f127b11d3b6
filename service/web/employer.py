"""The employer's pages: own openings, and cards of people who fit one."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from matching.domain.vocabulary import WageUnit
from service.access import Role, Session
from service.api.answers import page_of, read_cursor
from service.api.who import the_house, the_runner
from service.errors import InvalidError, NotOpenError
from service.operations.employer import find_candidates
from service.operations.introductions import ask_introduction, find_card, list_introduced
from service.operations.own_offers import OfferRead, keep_offer, list_offers, read_changed_offer, read_new_offer
from service.operations.recording import law_flags
from service.storage.replies import Reply
from service.storage.rows import OfferRow, OfferStatus
from service.storage.store import Store
from service.web.naming import Names
from service.web.pages import form_session, language_of, page_session, redirect, render, write_form

router = APIRouter()

_PER_PAGE = 25
_CARDS = 20


@router.get("/openings")
async def openings_page(request: Request, cursor: str | None = None) -> Response:
    """List own openings."""
    session, house = await page_session(request, Role.EMPLOYER), the_house(request)
    rows = await the_runner(request)(
        list_offers, house, session.actor, limit=_PER_PAGE + 1, after=read_cursor(cursor, str)
    )
    page = page_of(rows, _PER_PAGE, lambda row: row, lambda row: row.offer.offer_id)
    return render(
        request, "openings.html", session=session, page=page, names=_names(request), link=_link, flags=law_flags
    )


@router.get("/openings/new")
async def new_opening_page(request: Request) -> Response:
    """Show an empty posting."""
    session = await page_session(request, Role.EMPLOYER)
    return _opening_form(request, session, {})


@router.post("/openings/new")
async def add_opening(request: Request) -> Response:
    """Record an opening and go to it."""
    (session, form), house = await form_session(request, Role.EMPLOYER), the_house(request)
    try:
        read = await the_runner(request)(read_new_offer, house, session.actor, _opening_record(form))
    except InvalidError as error:
        return _opening_form(request, session, form, problem=error)
    await _keep(request, session, read)
    return redirect(_link(read.offer.offer_id))


@router.get("/openings/{opening_id}")
async def opening_page(request: Request, opening_id: str) -> Response:
    """Show an own opening, what the posting check found, and the cards."""
    session, house = await page_session(request, Role.EMPLOYER), the_house(request)
    run = the_runner(request)

    def own() -> OfferRow:
        with house.database.store(session.actor) as store:
            return store.offers.get(opening_id)

    row = await run(own)
    try:
        found = await run(find_candidates, house, session.actor, opening_id, k=_CARDS, as_of=house.today())
    except NotOpenError:
        found = None
    introduced = await run(list_introduced, house, session.actor, opening_id)
    return render(
        request, "opening.html", session=session, row=row, found=found,
        introduced={its.candidate: its for its in introduced}, flags=law_flags(row.posting_read),
        names=_names(request), link=_link,
    )  # fmt: skip


@router.post("/openings/{opening_id}/introductions")
async def ask_to_meet(request: Request, opening_id: str) -> Response:
    """Ask to meet the person of a card."""
    (session, form), house = await form_session(request, Role.EMPLOYER), the_house(request)
    found = await the_runner(request)(find_card, house, session.actor, opening_id, form.get("candidate", ""))

    def write(store: Store) -> Reply:
        ask_introduction(store, house, opening_id, found)
        return Reply(status=303, body=b"")

    await write_form(request, session, write)
    return redirect(_link(opening_id))


@router.post("/openings/{opening_id}/status")
async def set_status(request: Request, opening_id: str) -> Response:
    """Close an own opening, or open it again."""
    (session, form), house = await form_session(request, Role.EMPLOYER), the_house(request)
    wanted = OfferStatus.OPEN if form.get("status") == OfferStatus.OPEN else OfferStatus.CLOSED
    changes = {"status": wanted.value}
    read = await the_runner(request)(read_changed_offer, house, session.actor, opening_id, changes)
    await _keep(request, session, read)
    return redirect(_link(opening_id))


async def _keep(request: Request, session: Session, read: OfferRead) -> None:
    house = the_house(request)

    def write(store: Store) -> Reply:
        keep_offer(store, house, read)
        return Reply(status=303, body=b"")

    await write_form(request, session, write)


def _opening_form(
    request: Request, session: Any, form: dict[str, str], problem: InvalidError | None = None
) -> Response:
    return render(
        request, "posting.html", session=session, form=form, problem=problem, units=list(WageUnit),
        names=_names(request), status=422 if problem else 200,
    )  # fmt: skip


def _opening_record(form: dict[str, str]) -> dict[str, Any]:
    """Return the opening of a form; an empty box is unknown."""
    record: dict[str, Any] = {"title": form.get("title", "").strip(), "text": form.get("text", "")}
    given = {name: value.strip() for name, value in form.items() if value.strip()}
    record |= {name: given[name] for name in ("commune", "wage_unit", "closes_on") if name in given}
    for name in ("headcount", "wage_min_vnd", "wage_max_vnd"):
        digits = given.get(name, "").replace(".", "").replace(",", "")
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
            raise InvalidError(f"[{given[name]}] is no whole number", path=name)
        if digits:
            record[name] = int(digits)
    return record


def _names(request: Request) -> Names:
    return Names(the_house(request).taxonomy, language_of(request))


def _link(opening_id: str) -> str:
    return f"/openings/{quote(opening_id, safe='')}"
