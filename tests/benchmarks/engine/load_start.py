"""Opens the offers of a house from their snapshot and answers one question, in a process of its own.

`python -m tests.benchmarks.engine.load_start FOLDER` prints the seconds of both, after imports, taxonomy and readers.
"""

import sys
import time
from pathlib import Path

from service.app import build_house
from service.operations.matcher import anybody
from tests.benchmarks.engine.load_house import settings_for

if __name__ == "__main__":
    house = build_house(settings_for(Path(sys.argv[1])))
    day, recommender = house.today(), house.matcher.model.recommender()
    who = anybody(house.taxonomy, as_of=day)
    begun = time.perf_counter()
    with house.database.reading() as connection:
        offers = house.matcher.offers(connection, day)
    opened = time.perf_counter()
    recommender.recommend(who, offers, as_of=day, k=20)
    print(opened - begun, time.perf_counter() - opened)  # noqa: T201
