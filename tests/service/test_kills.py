"""A process killed at any moment loses nothing it acknowledged and leaves nothing half done."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service import audit
from service.access import OPERATOR
from service.privacy import Keys
from service.storage.engine import Database

WRITER = """
import sys
from datetime import UTC, date, datetime
from matching.domain.profile import Profile
from matching.domain.survey import Restricted, Survey
from matching.domain.vocabulary import Category
from service import audit
from service.access import OPERATOR
from service.privacy import Keys
from service.storage.engine import Database

database = Database(sys.argv[1], Keys(b"k" * 32))
database.prepare()
for i in range(100_000):
    person_id = f"{sys.argv[2]}-{i}"
    survey = Survey(
        person_id=person_id,
        text="tho ho",
        surveyed_on=date(2026, 11, 1),
        restricted=Restricted(category=Category.COMPLETED),
    )
    with database.store(OPERATOR, write=True) as store:
        at = datetime.now(UTC)
        key, _ = store.people.record(
            survey, Profile(person_id=person_id), commune="22972", taxonomy=("t", "0" * 64), at=at
        )
        audit.record(store, "record_survey", at=at, subjects=[key])
    print(person_id, flush=True)
"""


def run_and_kill(url: str, name: str, seconds: float) -> list[str]:
    """Start a writer, kill it without warning, and return what it had acknowledged."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, url, name], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    rest, _ = process.communicate()
    return [line for line in (first + rest).split("\n")[:-1] if line]


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_writer_loses_nothing_and_leaves_nothing_half_done(tmp_path: Path, seed: int):
    """F5."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    acknowledged = run_and_kill(url, f"run{seed}", random.Random(seed).uniform(0.0, 0.4))
    assert acknowledged
    database = Database(url, Keys(b"k" * 32))
    database.prepare()
    with database.store(OPERATOR) as store:
        people = [store.people.get(person_id) for person_id in acknowledged]
        assert all(store.people.restricted(person) is not None for person in people)
        entries, _ = audit.verify(store.connection, store.keys)
        kept = store.people.count()
    database.close()
    assert kept == entries
    assert kept - len(acknowledged) in (0, 1), "one write may have been kept that nobody was told of"
