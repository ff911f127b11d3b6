"""The officer's pages of referrals: what became of each, and whom employers ask to meet."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from matching.domain.referral import ReferralStatus
from service.access import Role, Session
from service.api.answers import read_cursor
from service.api.bodies import read_struct
from service.api.referrals import referrals_page
from service.api.who import the_house, the_runner
from service.operations.introductions import AnswerAsked, answer
from service.operations.referrals import Followed, ReferralAsked, StepAsked, list_referrals, propose, take_step
from service.storage.replies import Reply
from service.storage.store import Store
from service.web.naming import Names
from service.web.pages import form_session, language_of, page_session, redirect, render, write_form

router = APIRouter()

_PER_PAGE = 25
_CONSENT = ("given_on", "form", "name", "contact")


@router.get("/referrals")
async def all_referrals(request: Request, cursor: str | None = None) -> Response:
    """List the officer's referrals."""
    return await _list(request, await page_session(request, Role.OFFICER), "referrals.html", cursor)


@router.get("/introductions")
async def all_introductions(request: Request, cursor: str | None = None) -> Response:
    """List the people whom employers ask to meet, as tasks."""
    session = await page_session(request, Role.OFFICER)
    return await _list(request, session, "introductions.html", cursor, asked=True, waiting=True)


@router.post("/people/{person_id}/referrals")
async def refer(request: Request, person_id: str) -> Response:
    """Put a person forward for an offer, with their yes when it was given, and go back to them."""
    (session, form), house = await form_session(request, Role.OFFICER), the_house(request)
    asked = ReferralAsked(person_id=person_id, offer_id=form.get("offer_id", ""))
    agreed = read_struct({"status": "agreed", "consent": _consent(form)}, StepAsked) if "agreed" in form else None

    def write(store: Store) -> Reply:
        followed = propose(store, house, asked)
        return _done(take_step(store, house, followed.row.referral_id, agreed) if agreed else followed)

    await write_form(request, session, write)
    return redirect(_person(person_id))


@router.post("/referrals/{referral_id}/steps")
async def next_step(request: Request, referral_id: str) -> Response:
    """Take the next step of a referral and go back to the person."""
    (session, form), house = await form_session(request, Role.OFFICER), the_house(request)
    record: dict[str, Any] = {name: form[name] for name in ("status", "by", "until", "reason") if form.get(name)}
    if form.get("status") == ReferralStatus.AGREED and "given_on" in form:
        record["consent"] = _consent(form)
    asked = read_struct(record, StepAsked)
    reply = await write_form(request, session, lambda store: _done(take_step(store, house, referral_id, asked)))
    return redirect(_person(reply.body.decode()))


@router.post("/introductions/{introduction_id}")
async def answer_employer(request: Request, introduction_id: str) -> Response:
    """Say yes or no to an employer, and go back to the tasks."""
    (session, form), house = await form_session(request, Role.OFFICER), the_house(request)
    record: dict[str, Any] = {name: form[name] for name in ("answer", "by", "reason") if form.get(name)}
    if form.get("answer") == "yes" and "given_on" in form:
        record["consent"] = _consent(form)
    asked = read_struct(record, AnswerAsked)
    await write_form(request, session, lambda store: _done(answer(store, house, introduction_id, asked)))
    return redirect("/introductions")


async def _list(
    request: Request, session: Session, template: str, cursor: str | None, *, asked: bool = False, waiting: bool = False
) -> Response:
    house, after = the_house(request), read_cursor(cursor, tuple[str, str])
    found = await the_runner(request)(
        list_referrals, house, session.actor, limit=_PER_PAGE, after=after, asked=asked, waiting=waiting
    )
    return render(
        request, template, session=session, page=referrals_page(house, found, _PER_PAGE), link=_person,
        offers={its.row.offer.offer_id: its.row.offer for its in found}, today=house.today().isoformat(),
        names=Names(house.taxonomy, language_of(request)),
    )  # fmt: skip


def _consent(form: dict[str, str]) -> dict[str, str]:
    """Return the yes of a form; an empty box is left out."""
    return {name: form[name].strip() for name in _CONSENT if form.get(name, "").strip()}


def _done(followed: Followed) -> Reply:
    return Reply(status=303, body=followed.row.person_id.encode(), person_key=followed.row.person_key)


def _person(person_id: str) -> str:
    return f"/people/{quote(person_id, safe='')}"
