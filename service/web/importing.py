"""The officer's pages for a file of surveys: hand it in, look at what would become of each row, save.

Nothing is kept between the two steps: the rows that were read travel in the page, and are read as strictly again.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from matching.domain.survey import Survey
from matching.errors import DataError
from matching.jsonl import decode_survey, dump
from service.access import Role, Session
from service.api.bodies import invalid
from service.api.problems import kind_of
from service.api.who import the_house, the_runner
from service.errors import FileError, InvalidError, TooLargeError
from service.intake.outgoing import csv_text
from service.intake.rows import ENDINGS, SURVEYS, Intake, Limits, Row, read_file
from service.operations.importing import ImportReport, import_surveys
from service.web.naming import Names
from service.web.pages import language_of, page_session, render, sender
from service.web.parts import read_parts

router = APIRouter()

MAX_UPLOAD = 5_000_000
"""Bytes of a file with its form."""
MAX_RETURNED = 20_000_000
"""Bytes of the rows that a page brings back: in a spreadsheet they are packed."""
MAX_ROWS = 1_000
"""To look at them takes the right to write for about a second."""
LIMITS = Limits(rows=MAX_ROWS, cells_bytes=MAX_RETURNED // 2)
"""A page may need two bytes for one of a cell: it names every field of a row, and escapes line breaks."""

_MEGABYTE = 1_000_000
_SAMPLE = 5
"""Rows shown as they were read."""

_FIELDS = SURVEYS.columns.fields.values()


@router.get("/people/import")
async def import_page(request: Request) -> Response:
    """Ask for a file."""
    return _ask(request, await page_session(request, Role.OFFICER))


@router.get("/people/import/form.csv")
async def empty_form(request: Request) -> Response:
    """Return a sheet of headings only; the mark in front tells spreadsheets that it is UTF-8."""
    await page_session(request, Role.OFFICER)
    text = "\ufeff" + csv_text([[field.heading for field in _FIELDS if field.heading != field.key]])
    return Response(text, media_type="text/csv", headers={"Content-Disposition": 'attachment; filename="phieu.csv"'})


@router.post("/people/import")
async def look_at_file(request: Request) -> Response:
    """Say what would become of each row of a file; nothing is stored."""
    session, house, run = await sender(request, Role.OFFICER), the_house(request), the_runner(request)
    try:
        parts = await read_parts(request, session, most=MAX_UPLOAD)
        if "file" not in parts.files:
            raise InvalidError("choose a file", path="file")
        file = parts.files["file"]
        found = await run(read_file, file.name, file.data, SURVEYS, LIMITS)
        report = await run(
            import_surveys, house, found.rows, name=_kind(file.name), actor=session.actor, only_look=True
        )
    except (FileError, TooLargeError) as error:
        return _ask(request, session, error)
    return _answer(request, session, report, found, kind=_kind(file.name))


@router.post("/people/import/rows")
async def keep_rows(request: Request) -> Response:
    """Save the rows that were looked at; the same rows again change nothing."""
    session, house = await sender(request, Role.OFFICER), the_house(request)
    fields = (await read_parts(request, session, most=MAX_RETURNED)).fields
    rows, kind = _unpacked(fields.get("rows", "")), fields.get("kind", "")
    if kind not in ENDINGS:
        raise InvalidError("a kind of file is needed", path="kind")
    report = await the_runner(request)(import_surveys, house, rows, name=kind, actor=session.actor)
    return _answer(request, session, report)


def _ask(request: Request, session: Session, error: InvalidError | None = None) -> Response:
    """Ask for a file, and say what was wrong with the last one."""
    told = error.vi if isinstance(error, FileError) and language_of(request) == "vi" else str(error or "")
    needed = ", ".join(SURVEYS.columns.fields[key].heading for key in SURVEYS.columns.needed)
    return render(
        request, "import.html", session=session, status=kind_of(error).status if error else 200,
        refused=told.splitlines(), columns=needed, accept=",".join(sorted(ENDINGS)), rows=MAX_ROWS,
        most=MAX_UPLOAD // _MEGABYTE,
    )  # fmt: skip


def _answer(
    request: Request, session: Session, report: ImportReport, found: Intake[Survey] | None = None, *, kind: str = ""
) -> Response:
    """Say what became of the rows, or with *found* what would become of them."""
    rows = () if found is None else found.rows
    surveys = [row.record for row in rows if isinstance(row.record, Survey)]
    return render(
        request, "imported.html", session=session, report=report, done=found is None, kind=kind,
        told=found.told if found else (), sample=surveys[:_SAMPLE], rows=_packed(rows),
        names=Names(the_house(request).taxonomy, language_of(request)),
    )  # fmt: skip


def _packed(rows: Sequence[Row[Survey]]) -> str:
    """Return the rows with a record as one line of JSON, each with its number: a browser may change line breaks."""
    return msgspec.json.encode(
        [(row.number, msgspec.Raw(dump(row.record))) for row in rows if isinstance(row.record, Survey)]
    ).decode()


def _unpacked(text: str) -> list[Row[Survey]]:
    """Return the rows that a page brought back; raises InvalidError when they are not what it was given."""
    try:
        packed = msgspec.json.decode(text, type=list[tuple[int, msgspec.Raw]])
        return [Row(number=number, record=decode_survey(bytes(raw))) for number, raw in packed[:MAX_ROWS]]
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidError("the rows cannot be read; hand the file in again", path="rows") from error
    except DataError as error:
        raise invalid(error) from error


def _kind(name: str) -> str:
    """Return the ending of a file's name: the name itself may be a person's, and is not kept."""
    return Path(name).suffix.lower()
