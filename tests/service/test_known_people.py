"""Who is asked for again is not reckoned again, as long as the record says the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matching.domain.profile import Profile
from matching.domain.survey import Restricted, Survey
from matching.domain.vocabulary import Category
from matching.pool.people import People
from matching.taxonomy.release import current_taxonomy
from service.operations import known_people
from service.operations.known_people import KnownPeople
from service.operations.matcher import anybody
from service.storage.rows import PersonRow
from tests.builders import TODAY

PERSON = PersonRow(
    key="k1",
    person_id="PR-1",
    commune="22972",
    survey=Survey(person_id="PR-1", surveyed_on=TODAY, text="lam phu ho"),
    profile=Profile(person_id="PR-1"),
    corrections=0,
    recorded_at="",
    recorded_by="",
    taxonomy_release="",
)
COMMUNITY = Restricted(category=Category.COMMUNITY)


class Reckoner:
    """Counts what is reckoned."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, _person: PersonRow, _restricted: Restricted | None, as_of: date) -> People:
        self.made += 1
        return anybody(current_taxonomy(), as_of=as_of)


@pytest.fixture
def reckoner() -> Reckoner:
    return Reckoner()


Change = Callable[[PersonRow], tuple[PersonRow, Restricted | None, date]]


@pytest.mark.parametrize(
    "change",
    [
        lambda its: (replace(its, survey=replace(its.survey, max_commute_km=5.0)), None, TODAY),
        lambda its: (replace(its, profile=replace(its.profile, schooling_grade=9)), None, TODAY),
        lambda its: (replace(its, commune="23227"), None, TODAY),
        lambda its: (its, COMMUNITY, TODAY),
        lambda its: (its, None, date(2026, 12, 1)),
    ],
    ids=["another survey", "a correction", "another commune", "another category", "another day"],
)
def test_whoever_changed_is_reckoned_anew(reckoner: Reckoner, change: Change) -> None:
    known = KnownPeople(reckoner)
    first = known.columns(PERSON, None, TODAY)
    assert known.columns(replace(PERSON), None, TODAY) is first and reckoner.made == 1
    assert known.columns(*change(PERSON)) is not first and reckoner.made == 2


def test_when_anybody_changed_everybody_is_forgotten_also_who_came_back_meanwhile(reckoner: Reckoner) -> None:
    """P8."""
    known = KnownPeople(reckoner)
    known.forget(1)
    known.forget(1)
    for stamp, made in ((1, 1), (2, 2), (2, 3), (2, 3)):
        known.columns(PERSON, None, TODAY)
        known.forget(stamp)
        known.columns(PERSON, None, TODAY)
        assert reckoner.made == made


def test_no_more_are_known_than_fit(reckoner: Reckoner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_people, "_MOST", 2)
    known = KnownPeople(reckoner)
    for key in ("k1", "k2", "k3", "k3", "k2", "k1"):
        known.columns(replace(PERSON, key=key), None, TODAY)
    assert reckoner.made == 4
