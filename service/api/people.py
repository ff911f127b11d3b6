"""Surveys, people, profiles and corrections: for officers, about their own communes."""

import secrets
from base64 import b32encode

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from matching.jsonl import dump, plain
from service.api.answers import CursorText, JsonResponse, Limit, json_answer, page_of, read_cursor
from service.api.bodies import parse_struct, parse_survey, read_body
from service.api.documents import gives, takes
from service.api.examples import CORRECTED, CORRECTION, LOOKS, PEOPLE, PERSON, PROFILE, RECORDED, SURVEY, TEXT
from service.api.shapes import Commune, Corrected, PersonInFull, PersonInList, SurveyRecorded, TextToRead
from service.api.who import Officer, TheHouse, TheRunner
from service.api.writing import TheWriting
from service.operations.corrections import CorrectionAsked
from service.operations.house import House
from service.operations.officer import add_survey, correct, list_people, looks, open_case, preview, read_own_survey
from service.operations.places import commune_name
from service.storage.replies import Reply
from service.storage.rows import PersonRow, ReferralRow
from service.storage.store import Store

router = APIRouter(tags=["people"])


@router.post("/extractions", openapi_extra=takes("TextToRead", TEXT), responses=gives(200, "Profile", PROFILE))
async def read_text(request: Request, officer: Officer, house: TheHouse, run: TheRunner) -> Response:  # noqa: ARG001
    """Read a text as a survey's text is read; nothing is stored."""
    asked = parse_struct(await read_body(request), TextToRead)
    return JsonResponse(dump(await run(preview, house, asked.text)))


@router.post(
    "/surveys",
    status_code=201,
    openapi_extra=takes("Survey", SURVEY),
    responses=gives(201, "SurveyRecorded", RECORDED),
)
async def post_survey(officer: Officer, house: TheHouse, run: TheRunner, writing: TheWriting) -> Response:
    """Record a survey of somebody in one of the officer's communes, and read it.

    Without a `person_id` one is given; a known `person_id` means a newer survey of the same person. Without a
    `commune` an officer of one commune means that one.
    """
    own = await run(read_own_survey, house, officer, parse_survey(writing.body, new_id=new_person_id()))

    def write(store: Store) -> Reply:
        recorded = add_survey(store, house, own)
        person = recorded.person
        answer = SurveyRecorded(person_id=person.person_id, saved=recorded.saved.value, profile=plain(person.profile))
        return Reply(status=201, body=msgspec.json.encode(answer), person_key=person.key)

    return await writing.once(officer, write)


@router.get("/people", responses=gives(200, "PeoplePage", PEOPLE))
async def get_people(
    officer: Officer, house: TheHouse, run: TheRunner, limit: Limit = 20, cursor: CursorText = None
) -> Response:
    """List the people of the officer's communes, most recently surveyed first."""
    after = read_cursor(cursor, tuple[str, str, str])
    rows = await run(list_people, house, officer, limit=limit, after=after)
    page = page_of(
        rows,
        limit,
        lambda row: person_in_list(house, row),
        lambda row: (row.survey.surveyed_on.isoformat(), row.commune, row.person_id),
    )
    return json_answer(page)


@router.get("/people/{person_id}", responses=gives(200, "PersonInFull", PERSON))
async def get_person(person_id: str, officer: Officer, house: TheHouse, run: TheRunner) -> Response:
    """Return one person with the survey as it was recorded."""
    case = await run(open_case, house, officer, person_id)
    person = case.person
    return json_answer(
        PersonInFull(
            person_id=person.person_id,
            commune=commune_of(house, person),
            recorded_at=person.recorded_at,
            recorded_by=person.recorded_by,
            corrections=person.corrections,
            taxonomy=person.taxonomy_release,
            survey=plain(case.survey),
        )
    )


@router.get("/people/{person_id}/profile", responses=gives(200, "Profile", PROFILE))
async def get_profile(person_id: str, officer: Officer, house: TheHouse, run: TheRunner) -> Response:
    """Return what was read from the survey, with the officer's corrections."""
    case = await run(open_case, house, officer, person_id, action="read_profile")
    return JsonResponse(dump(case.person.profile))


@router.put(
    "/people/{person_id}/profile/corrections",
    openapi_extra=takes("CorrectionAsked", CORRECTION),
    responses=gives(200, "Corrected", CORRECTED),
)
async def put_correction(person_id: str, officer: Officer, house: TheHouse, writing: TheWriting) -> Response:
    """Correct what one phrase means, or one value; `{"undo": VERSION}` takes a correction back.

    The facts replace those of `field` whose evidence touches the phrase, wherever this person's text holds the same
    phrase, now and in later surveys. No other phrase changes.
    """
    asked = writing.asked(CorrectionAsked)

    def write(store: Store) -> Reply:
        person, profile, version = correct(store, house, person_id, asked)
        answer = Corrected(version=version, profile=plain(profile))
        return Reply(status=200, body=msgspec.json.encode(answer), person_key=person.key)

    return await writing.once(officer, write)


@router.get("/audit/people/{person_id}", tags=["audit"], responses=gives(200, "LooksPage", LOOKS))
async def get_looks(
    person_id: str, officer: Officer, house: TheHouse, run: TheRunner, limit: Limit = 50, cursor: CursorText = None
) -> Response:
    """Return who looked at a person and when, newest first."""
    before = read_cursor(cursor, int)
    rows = await run(looks, house, officer, person_id, limit=limit + 1, before=before)
    return json_answer(page_of(rows, limit, plain, lambda row: row.entry))


def new_person_id() -> str:
    """Return an id for somebody who has none yet: random, so that it tells nothing."""
    return "P-" + b32encode(secrets.token_bytes(10)).decode().lower()


def person_in_list(house: House, row: PersonRow) -> PersonInList:
    """Return the line of one person in the officer's list."""
    profile = row.profile
    return PersonInList(
        person_id=row.person_id,
        commune=commune_of(house, row),
        surveyed_on=row.survey.surveyed_on.isoformat(),
        employment_status=profile.employment_status.value,
        occupations=tuple(dict.fromkeys(m.code for m in profile.occupations if m.assertion == "experience")),
        needs=tuple(dict.fromkeys(n.code.value for n in profile.needs)),
        questions=len(profile.questions),
        agreed_to_be_shown=row.survey.agreed_to_be_shown,
    )


def commune_of(house: House, row: PersonRow | ReferralRow) -> Commune:
    """Return the commune of a person by code and name."""
    return Commune(code=row.commune, name=commune_name(house.taxonomy, row.commune))
