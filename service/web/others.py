"""Pages of providers, lenders, coordinators and analysts."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.access import Role
from service.api.answers import page_of, read_cursor
from service.api.who import the_house, the_runner
from service.operations.analyst import list_releases
from service.operations.coordinator import situation
from service.operations.own_offers import list_offers
from service.operations.places import commune_name
from service.web.naming import Names
from service.web.pages import language_of, page_session, render

router = APIRouter()

_PER_PAGE = 25


@router.get("/programmes")
async def programmes_page(request: Request, cursor: str | None = None) -> Response:
    """List own programmes."""
    return await _own(request, Role.PROVIDER, "programmes", cursor)


@router.get("/loans")
async def loans_page(request: Request, cursor: str | None = None) -> Response:
    """List own loan schemes."""
    return await _own(request, Role.LENDER, "loans", cursor)


@router.get("/report")
async def report_page(request: Request, commune: str | None = None) -> Response:
    """Show how the province, or one commune of it, stands."""
    session, house = await page_session(request, Role.COORDINATOR), the_house(request)
    found = await the_runner(request)(situation, house, session.actor, commune=commune or None, as_of=house.today())
    communes = sorted((commune_name(house.taxonomy, code), code) for code in session.actor.communes)
    return render(request, "report.html", session=session, found=found, communes=communes, names=_names(request))


@router.get("/releases")
async def releases_page(request: Request) -> Response:
    """List the model releases."""
    session, house = await page_session(request, Role.ANALYST, Role.ADMIN), the_house(request)
    releases = await the_runner(request)(list_releases, house)
    return render(request, "releases.html", session=session, releases=releases, names=_names(request))


async def _own(request: Request, role: Role, title: str, cursor: str | None) -> Response:
    session, house = await page_session(request, role), the_house(request)
    rows = await the_runner(request)(
        list_offers, house, session.actor, limit=_PER_PAGE + 1, after=read_cursor(cursor, str)
    )
    page = page_of(rows, _PER_PAGE, lambda row: row, lambda row: row.offer.offer_id)
    return render(request, "own.html", session=session, page=page, title=title, names=_names(request))


def _names(request: Request) -> Names:
    return Names(the_house(request).taxonomy, language_of(request))
