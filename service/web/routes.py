"""Every page, put on the application; none of them stands in the OpenAPI document."""

from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from service.web import employer, funds, importing, officer, others, public, referrals

STATIC = Path(__file__).parent / "static"


def attach(app: FastAPI) -> None:
    """Add the pages and the two files they load."""
    for module in (public, importing, officer, referrals, employer, funds, others):
        app.include_router(module.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
