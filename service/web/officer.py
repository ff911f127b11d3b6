"""The officer's pages: own people, a new survey with what is read from it, one person and what fits them."""

from typing import Any
from urllib.parse import quote

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from matching.domain.offer import Offer
from matching.domain.vocabulary import Category, OfferKind, Transport
from matching.errors import DataError
from matching.jsonl import decode_survey
from service.access import Role
from service.api.answers import page_of, read_cursor
from service.api.bodies import invalid, parse_struct, read_body
from service.api.people import new_person_id, person_in_list
from service.api.referrals import referral_shape
from service.api.shapes import TextToRead
from service.api.who import the_house, the_runner
from service.errors import InvalidError
from service.operations.corrections import CorrectionAsked
from service.operations.house import House
from service.operations.matcher import ALL_KINDS
from service.operations.officer import (
    add_survey,
    correct,
    find_matches,
    list_people,
    open_case,
    preview,
    read_own_survey,
)
from service.operations.places import commune_name
from service.operations.referrals import referrals_of
from service.storage.pools import named_offers
from service.storage.replies import Reply
from service.storage.store import Store
from service.web.highlight import stretches
from service.web.naming import Names
from service.web.pages import form_session, language_of, page_session, redirect, render, write_form

router = APIRouter()

_PER_PAGE = 25
_SHOWN = 5
"""Proposals of each kind on a person's page."""


@router.get("/people")
async def people_page(request: Request, cursor: str | None = None) -> Response:
    """List the officer's own people."""
    session, house = await page_session(request, Role.OFFICER), the_house(request)
    after = read_cursor(cursor, tuple[str, str, str])
    rows = await the_runner(request)(list_people, house, session.actor, limit=_PER_PAGE, after=after)
    page = page_of(
        rows,
        _PER_PAGE,
        lambda row: person_in_list(house, row),
        lambda row: (row.survey.surveyed_on.isoformat(), row.commune, row.person_id),
    )
    return render(request, "people.html", session=session, page=page, names=_names(request), link=_link)


@router.get("/people/new")
async def new_survey_page(request: Request) -> Response:
    """Show an empty survey."""
    session = await page_session(request, Role.OFFICER)
    return _survey_form(request, session, {"surveyed_on": the_house(request).today().isoformat()})


@router.post("/people/new")
async def add_person(request: Request) -> Response:
    """Record a survey and go to the person."""
    (session, form), house = await form_session(request, Role.OFFICER), the_house(request)
    try:
        survey = decode_survey(msgspec.json.encode(_survey_record(form)))
        own = await the_runner(request)(read_own_survey, house, session.actor, survey)

        def write(store: Store) -> Reply:
            return Reply(status=303, body=add_survey(store, house, own).person.person_id.encode())

        reply = await write_form(request, session, write)
    except DataError as error:
        return _survey_form(request, session, form, problem=invalid(error))
    except InvalidError as error:
        return _survey_form(request, session, form, problem=error)
    return redirect(_link(reply.body.decode()))


@router.post("/preview")
async def preview_text(request: Request) -> Response:
    """Return what is read from a text, as a piece of the survey page; nothing is stored."""
    session, house = await page_session(request, Role.OFFICER), the_house(request)
    text = parse_struct(await read_body(request), TextToRead).text
    profile = await the_runner(request)(preview, house, text)
    return render(
        request, "reading.html", session=session, profile=profile, text=stretches(text, profile), names=_names(request),
        person_id=None,
    )  # fmt: skip


@router.get("/people/{person_id}")
async def person_page(request: Request, person_id: str) -> Response:
    """Show one person: what was read, and what fits."""
    session, house = await page_session(request, Role.OFFICER), the_house(request)
    run = the_runner(request)
    case = await run(open_case, house, session.actor, person_id)
    found = await run(
        find_matches, house, session.actor, person_id, k=_SHOWN, kinds=ALL_KINDS, as_of=house.today(), why_not="near"
    )
    named = {m.offer_id for m in found.matches} | {e.offer_id for e in found.excluded}
    named |= {i for u in found.unlocks for i in (u.offer_id, *u.opens)}
    referrals = await run(referrals_of, house, session.actor, case.person)
    named |= {v.fix.offer_id for e in found.excluded for v in e.verdicts if v.fix and v.fix.offer_id}
    offers = await run(_records, house, named)
    return render(
        request,
        "person.html",
        session=session,
        person=case.person,
        commune=commune_name(house.taxonomy, case.person.commune),
        profile=case.person.profile,
        text=stretches(case.person.survey.text, case.person.profile),
        found=found,
        by_kind=[(kind, [m for m in found.matches if m.kind is kind]) for kind in OfferKind],
        offers=offers,
        referrals=[referral_shape(house, its) for its in referrals],
        standing={its.row.offer.offer_id: its.row.status for its in referrals if its.row.stands},
        today=house.today().isoformat(),
        names=_names(request),
        person_id=person_id,
        link=_link,
    )


@router.post("/people/{person_id}/answers")
async def answer_question(request: Request, person_id: str) -> Response:
    """Keep the officer's answer to a reading that the text left open."""
    (session, form), house = await form_session(request, Role.OFFICER), the_house(request)
    try:
        start, end = int(form["start"]), int(form["end"])
    except (KeyError, ValueError) as error:
        raise InvalidError("the answer names no phrase", path="start") from error
    facts = [{"code": form["code"], "assertion": "experience"}] if form.get("code") else []
    asked = CorrectionAsked(field="occupations", evidence=(start, end), facts=facts)

    def write(store: Store) -> Reply:
        correct(store, house, person_id, asked)
        return Reply(status=303, body=b"")

    await write_form(request, session, write)
    return redirect(_link(person_id))


def _survey_form(request: Request, session: Any, form: dict[str, str], problem: InvalidError | None = None) -> Response:
    house = the_house(request)
    communes = [(code, commune_name(house.taxonomy, code)) for code in session.actor.communes]
    return render(
        request, "survey.html", session=session, form=form, communes=communes, problem=problem,
        transports=list(Transport), categories=list(Category), names=_names(request), status=422 if problem else 200,
    )  # fmt: skip


def _survey_record(form: dict[str, str]) -> dict[str, Any]:
    """Return the survey of a form; an empty box is unknown."""
    given = {name: value.strip() for name, value in form.items() if name != "text" and value.strip()}
    record: dict[str, Any] = {"text": form.get("text", "").replace("\r\n", "\n")}
    record |= {name: given[name] for name in ("commune", "surveyed_on", "transport") if name in given}
    record["person_id"] = given.get("person_id") or new_person_id()
    for name in ("birth_year", "schooling_grade", "max_commute_km", "wage_floor_vnd_month"):
        if name in given:
            record[name] = _number(name, given[name])
    record["agreed_to_be_shown"] = "agreed_to_be_shown" in given
    if "category" in given:
        record["restricted"] = {"category": given["category"], "completed_on": given.get("completed_on")}
    return record


def _number(name: str, text: str) -> int:
    """Read a whole number as it is typed into a form: "5.500.000" or "5500000"."""
    digits = text.replace(".", "").replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        raise InvalidError(f"[{text}] is no whole number", path=name)
    return int(digits)


def _records(house: House, ids: set[str]) -> dict[str, Offer]:
    """Return offers by id, for their words; also one that was closed since it was proposed."""
    with house.database.reading() as connection:
        return named_offers(connection, ids)


def _names(request: Request) -> Names:
    return Names(the_house(request).taxonomy, language_of(request))


def _link(person_id: str) -> str:
    return f"/people/{quote(person_id, safe='')}"
