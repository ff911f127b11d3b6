"""Wires the product: settings in, an ASGI application out. With `cli`, the only reader of settings."""

import gc
import hashlib
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import partial
from multiprocessing import get_context

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from matching.extraction.posting import PostingReader
from matching.extraction.survey import SurveyReader
from matching.law import TABLE as LAW_TABLE
from matching.law import current_law
from matching.pool.offers import Offers
from matching.search.index import store_index
from matching.taxonomy.release import current_taxonomy
from service.api import funds, matches, offers, operator, people, referrals, reports, sessions
from service.api.metrics import Metrics
from service.api.problems import (
    from_anything,
    from_database_error,
    from_http_error,
    from_service_error,
    from_validation_error,
)
from service.api.running import THREADS, Runner
from service.api.wrapping import Wrapping
from service.errors import NotFoundError, ServiceError
from service.operations.house import House
from service.operations.matcher import Matcher, anybody
from service.operations.readers import SurveyReaders
from service.operations.samples import load_samples_once
from service.operations.serving import ServingModel
from service.operations.snapshots import Shelf, Snapshots
from service.operations.tending import Tender
from service.privacy import Keys
from service.settings import Settings, from_environment
from service.storage.engine import Database
from service.web import errors as web_errors
from service.web import routes as web_routes

VERSION = "0.1.0"

_BEHIND = 10
"""Niceness of a process that lays out offers while servers answer."""

_SWITCH_SECONDS = 0.001
"""How long an operation reckons while another thread waits, such as the one that reads requests and sends answers."""


_MADE_AT_ONCE = 10_000
"""Objects that may be made before the collector looks for circles among them: more than an answer is made of."""


def now_utc() -> datetime:
    """Return this instant: the one clock of the product."""
    return datetime.now(UTC)


def build_house(settings: Settings, *, now: Callable[[], datetime] = now_utc) -> House:
    """Open the database, load taxonomy, law and model, and wire them.

    Raises
    ------
    OperatorError
        A setting, the database or its secret cannot be used.
    """
    database = Database(settings.database, Keys(settings.secret()), connections=THREADS)
    database.prepare()
    taxonomy = current_taxonomy()
    model = ServingModel(taxonomy, settings.models)
    house = House(
        database=database,
        taxonomy=taxonomy,
        surveys=SurveyReaders(SurveyReader(taxonomy)),
        postings=PostingReader(taxonomy, current_law()),
        matcher=Matcher(
            taxonomy,
            model,
            home_province=settings.home_province,
            shelf=Shelf(_snapshots(settings), partial(_write_elsewhere, settings)),
        ),
        home_province=settings.home_province,
        now=now,
    )
    if settings.samples:
        load_samples_once(house)
    return house


def write_snapshot(settings: Settings, as_of: date) -> None:
    """Lay out the offers as they stand on a day, with their index, for servers to open at once.

    Behind everything else that this machine does, unless there is nothing yet that a server could answer from.
    """
    taxonomy, snapshots = current_taxonomy(), _snapshots(settings)
    model = ServingModel(taxonomy, settings.models).recommender().model
    database = Database(settings.database, Keys(settings.secret()), connections=2)
    with database.reading() as connection:
        if snapshots.newest(connection, as_of) is not None:
            os.nice(_BEHIND)

    def indexed(offers: Offers) -> None:
        store_index(anybody(taxonomy, as_of=as_of), offers, model, as_of=as_of.toordinal())

    snapshots.write(database, as_of, finish=indexed)
    database.close()


def _write_elsewhere(settings: Settings, as_of: date) -> None:
    """Let a process of its own lay out the offers, so that no question waits for this one's interpreter."""
    process = get_context("spawn").Process(target=write_snapshot, args=(settings, as_of), daemon=True)
    process.start()
    process.join()
    process.close()


def _snapshots(settings: Settings) -> Snapshots:
    made_by = f"{VERSION} {hashlib.sha256(LAW_TABLE.read_bytes()).hexdigest()} {settings.home_province}"
    return Snapshots(settings.pool_folder, current_taxonomy(), home_province=settings.home_province, made_by=made_by)


def build_app(house: House, *, tls: bool = False) -> FastAPI:
    """Return the application that serves *house*."""
    app = FastAPI(
        title="Việc Gần", version=VERSION, openapi_url=None, docs_url=None, redoc_url=None, lifespan=_lifespan
    )
    app.state.house, app.state.tls = house, tls
    app.state.runner, app.state.metrics = Runner(), Metrics()
    app.state.documents = {}
    for module in (matches, people, sessions, referrals, offers, funds, reports):
        app.include_router(module.router, prefix="/api/v1")
    app.include_router(operator.router)
    web_routes.attach(app)
    app.add_middleware(Wrapping, metrics=app.state.metrics, tls=tls)
    _answer_errors(app)
    return app


def create_app() -> FastAPI:
    """Return the application that the environment describes; each worker process calls this."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = from_environment()
    return build_app(build_house(settings), tls=settings.tls)


def _answer_errors(app: FastAPI) -> None:
    """Answer every error as a page to a browser on a page, as a problem document to everybody else."""

    async def service_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, ServiceError)
        return web_errors.page_for(request, error) or from_service_error(error)

    async def validation_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return web_errors.page_for(request, error) or from_validation_error(error)

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return web_errors.page_for(request, error) or from_http_error(request, error)

    async def database_error(_request: Request, error: Exception) -> Response:
        assert isinstance(error, OperationalError)
        return from_database_error(error)

    async def unheard_of(request: Request, _error: Exception) -> Response:
        """Answer about a value that the database cannot even hold, such as an id with a NUL: nothing has it."""
        return web_errors.page_for(request, NotFoundError()) or from_service_error(NotFoundError())

    async def anything(request: Request, error: Exception) -> Response:
        return web_errors.page_for(request, error) or from_anything(request, error)

    app.add_exception_handler(ServiceError, service_error)
    app.add_exception_handler(RequestValidationError, validation_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(OperationalError, database_error)
    app.add_exception_handler(DataError, unheard_of)
    app.add_exception_handler(Exception, anything)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    tender = Tender(app.state.house)
    await app.state.runner(tender.start)
    gc.collect()
    gc.freeze()  # what was loaded stays; to look through all of it again would stop every answer for a while
    gc.set_threshold(_MADE_AT_ONCE, *gc.get_threshold()[1:])
    sys.setswitchinterval(_SWITCH_SECONDS)
    yield
    await app.state.runner(tender.close)
    app.state.runner.close()
    app.state.house.database.close()
