"""A small house: the real taxonomy, reader and recommender, a database in a temporary folder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from matching.extraction.posting import PostingReader
from matching.extraction.survey import SurveyReader
from matching.law import current_law
from matching.taxonomy.release import current_taxonomy
from service.access import Role, hash_password
from service.app import build_app
from service.operations.house import House
from service.operations.matcher import Matcher
from service.operations.readers import SurveyReaders
from service.operations.serving import ServingModel
from service.privacy import Keys
from service.storage.accounts import save_user
from service.storage.engine import Database
from tests.benchmarks.engine.postgres_cluster import missing_programs, temporary_cluster

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PASSWORD = "mot-mat-khau-dai"
PHAN_RI, TRA_TAN = "22972", "23227"


def province() -> list[str]:
    places = current_taxonomy().places
    name = places.provinces[places.row[PHAN_RI]]
    return [code for code, its in zip(places.codes, places.provinces, strict=True) if its == name]


USERS: dict[str, tuple[Role, list[str]]] = {
    "officer.phanri": (Role.OFFICER, [PHAN_RI]),
    "officer.tratan": (Role.OFFICER, [TRA_TAN]),
    "employer.one": (Role.EMPLOYER, []),
    "employer.two": (Role.EMPLOYER, []),
    "provider.one": (Role.PROVIDER, []),
    "fund.tratan": (Role.LENDER, []),
    "coordinator.lamdong": (Role.COORDINATOR, province()),
    "analyst.one": (Role.ANALYST, []),
    "admin": (Role.ADMIN, []),
}


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@dataclass
class World:
    """Everything a test needs."""

    house: House
    app: FastAPI
    clock: Clock
    path: Path

    def client(self, user: str | None = None, **options: Any) -> TestClient:
        """Return a client that sends a user's token; None: nobody's."""
        client = TestClient(self.app, base_url="http://testserver", **options)
        if user is not None:
            answer = client.post("/api/v1/sessions", json={"user": user, "password": PASSWORD})
            assert answer.status_code == 201, answer.text
            client.headers["Authorization"] = "Bearer " + answer.json()["token"]
        return client


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture(scope="session")
def parts() -> dict[str, Any]:
    """What is made once: the taxonomy and its readers."""
    taxonomy = current_taxonomy()
    return {
        "taxonomy": taxonomy,
        "surveys": SurveyReader(taxonomy),
        "postings": PostingReader(taxonomy, current_law()),
    }


@pytest.fixture
def build(parts: dict[str, Any], password_hash: str) -> Iterator[Callable[..., World]]:
    """Return a function that builds a world on a folder, and on another database than the one in it if asked."""
    made: list[World] = []

    def make(folder: Path, url: str | None = None) -> World:
        clock = Clock()
        database = Database(url or f"sqlite:///{folder / 'viecgan.db'}", Keys(b"k" * 32))
        database.prepare()
        matcher = Matcher(
            parts["taxonomy"], ServingModel(parts["taxonomy"], folder / "models"), home_province="Lâm Đồng"
        )
        its = parts | {"surveys": SurveyReaders(parts["surveys"])}
        house = House(database=database, matcher=matcher, home_province="Lâm Đồng", now=clock, **its)
        with database.writing() as connection:
            for user, (role, communes) in USERS.items():
                save_user(connection, user, role=role, communes=communes, password_hash=password_hash)
        world = World(house=house, app=build_app(house), clock=clock, path=folder / "viecgan.db")
        made.append(world)
        return world

    yield make
    for world in made:
        world.app.state.runner.close()
        world.house.database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'viecgan.db'}"
        return
    pytest.importorskip("psycopg")
    if missing := missing_programs():
        pytest.skip(missing)
    with temporary_cluster() as address:
        its = dict(part.split("=") for part in address.split())
        yield "postgresql+psycopg://{user}@{host}:{port}/{dbname}".format(**its)


@pytest.fixture
def world(build: Callable[[Path], World], tmp_path: Path) -> World:
    return build(tmp_path)
