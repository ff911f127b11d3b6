"""Two endpoints to be measured side by side: an empty one, and the best 20 of a million openings with reasons.

The second does what the service does between its storage and its audit: columns of one person, the query, bytes.
`uvicorn --factory tests.benchmarks.engine.served:app`
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from fastapi import FastAPI
from starlette.responses import Response

from matching.jsonl import dump_recommendation
from matching.pool.build import people_from
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.recommender import Recommender
from matching.taxonomy.release import current_taxonomy
from service.api.answers import JsonResponse
from service.api.running import Runner
from tests import pools
from tests.benchmarks.engine.generated import openings
from tests.builders import HOME_PROVINCE, TODAY, Person

N_OFFERS, N_PEOPLE, K = 1_000_000, 900, 20
TAXONOMY = current_taxonomy()


def pool() -> Offers:
    """The openings that are served."""
    return openings("country", N_OFFERS, seed=1)


def askers() -> list[Person]:
    """People from all over the country, each at home in a commune."""
    places = TAXONOMY.places
    homes = np.random.default_rng(21).integers(0, len(places), N_PEOPLE).tolist()
    named = [f"{places.communes[row]}, {places.provinces[row]}" for row in homes]
    people = pools.people(31, N_PEOPLE)
    return [replace(p, survey=replace(p.survey, commune=name)) for p, name in zip(people, named, strict=True)]


def columns_of(people: Sequence[Person]) -> People:
    """People as the service makes columns of them."""
    surveys, profiles = [p.survey for p in people], [p.profile for p in people]
    return people_from(surveys, profiles, TAXONOMY, as_of=TODAY, home_province=HOME_PROVINCE)


def app() -> FastAPI:
    """The server."""
    server, run = FastAPI(), Runner()
    offers, people, recommender = pool(), askers(), Recommender(TAXONOMY)

    def answer(row: int) -> bytes:
        one = columns_of([people[row]])
        return dump_recommendation(recommender.recommend(one, offers, as_of=TODAY, k=K, with_unlocks=False)[0])

    @server.get("/empty")
    async def empty() -> None:
        return None

    @server.get("/people/{row}/matches")
    async def matches(row: int) -> Response:
        return JsonResponse(await run.in_turn(answer, row))

    return server
