"""A process killed at any moment loses nothing it acknowledged and leaves nothing half done."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matching.domain.referral import ENDS, HOLDS_SEAT, ReferralStatus
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

REFERRER = """
import sys
from datetime import UTC, date, datetime
from matching.domain.offer import Opening
from matching.domain.profile import Profile
from matching.domain.referral import Consent, ConsentForm, ReferralStatus, Shares
from matching.domain.survey import Survey
from service import audit
from service.access import OPERATOR
from service.privacy import Keys
from service.storage.engine import Database
from service.storage.rows import OfferStatus, Step

database, today = Database(sys.argv[1], Keys(b"k" * 32)), date(2026, 11, 23)
database.prepare()
with database.store(OPERATOR, write=True) as store:
    at = datetime.now(UTC)
    survey = Survey(person_id="P", text="", surveyed_on=today)
    key, _ = store.people.record(survey, Profile(person_id="P"), commune="22972", taxonomy=("t", "0" * 64), at=at)
    store.offers.record(Opening(offer_id="J", title="x", headcount=1), None, status=OfferStatus.OPEN, at=at)
for i in range(100_000):
    for status in (ReferralStatus.PROPOSED, ReferralStatus.AGREED, ReferralStatus.SENT, ReferralStatus.DECLINED):
        with database.store(OPERATOR, write=True) as store:
            at = datetime.now(UTC)
            if status is ReferralStatus.PROPOSED:
                row = store.referrals.add(key, "J", on=today, at=at)
            else:
                if status is ReferralStatus.AGREED:
                    consent = Consent(given_on=today, form=ConsentForm.SPOKEN)
                    row = store.referrals.agree(row, consent, Shares(name="anh Tu"))
                row = store.referrals.step(row, Step(status=status, on=today), at=at)
            audit.record(store, "step_referral", at=at, subjects=[key])
        print(row.referral_id, row.steps, flush=True)
"""


def run_and_kill(url: str, name: str, seconds: float, writer: str = WRITER) -> list[str]:
    """Start a writer, kill it without warning, and return what it had acknowledged."""
    process = subprocess.Popen([sys.executable, "-c", writer, url, name], stdout=subprocess.PIPE, text=True)
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


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_referral_stands_after_its_last_whole_step(tmp_path: Path, seed: int):
    """F5: status, steps, seat, what is shared and the audit tell the same."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    acknowledged = run_and_kill(url, "", random.Random(seed).uniform(0.1, 0.4), REFERRER)
    database = Database(url, Keys(b"k" * 32))
    database.prepare()
    with database.store(OPERATOR) as store:
        rows = store.referrals.page(limit=100_000)
        steps = store.referrals.steps_of(rows)
        entries, _ = audit.verify(store.connection, store.keys)
        taken = store.referrals.seats_taken("J")
    database.close()
    assert all([step.status for step in steps[row.referral_id]][-1] is row.status for row in rows)
    assert entries == sum(row.steps for row in rows) == sum(map(len, steps.values()))
    assert entries - len(acknowledged) in (0, 1), "one step may have been kept that nobody was told of"
    assert taken == sum(row.status in HOLDS_SEAT for row in rows)
    assert all((row.shares is None) == (row.status in ENDS or row.status is ReferralStatus.PROPOSED) for row in rows)
