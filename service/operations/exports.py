"""What became of referrals, for models to learn from: features in steps and a grade, under names of one day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from matching.domain.outcome import Outcome, grade_of
from service import audit
from service.access import Actor
from service.operations.house import LOCAL_TIME
from service.privacy import MIN_CELL
from service.storage.engine import Database
from service.storage.pools import kept_features, known_first
from service.storage.store import Store

_ASKED_BY_KEY = 1_000
"""People whose outcomes are asked for by their keys; of more, all are read."""

Position = tuple[str, int]
"""Whose outcome it is, and which of theirs, counted from 0."""


def export_training(
    database: Database, actor: Actor, *, at: datetime, limit: int | None = None, after: Position | None = None
) -> list[tuple[Position, Outcome]]:
    """Return the outcomes of referrals in the order of that day's names, and put on record whose they are.

    Parameters
    ----------
    limit : int or None
        How many are told; one beyond says that there are more, and is not put on record. None: all.
    after : Position or None
        The last one of the page before; None starts at the top.
    """
    with database.store(actor, write=True) as store:
        day = at.astimezone(LOCAL_TIME).date()
        keys = {store.keys.exported(day, key): key for key in _people_to_tell(store)}
        names = sorted(name for name in keys if after is None or name >= after[0])
        if limit is not None:
            names = names[: limit + 2]  # the first may have been told whole before; everybody else has an outcome
        known = _outcomes(store, [keys[name] for name in names])
        ordered = _in_order({name: known[keys[name]] for name in names})
        found = [its for its in ordered if after is None or its[0] > after][: None if limit is None else limit + 1]
        told = found[:limit]
        subjects = sorted({keys[name] for (name, _), _ in told})
        audit.record(store, "export_training", at=at, subjects=subjects, outcomes=len(told))
        return found


def outcomes_by_person(store: Store) -> dict[str, list[Outcome]]:
    """Return the outcomes of all who may be told of, by their row keys, those first of whom one was known first."""
    return _outcomes(store, _people_to_tell(store))


def _people_to_tell(store: Store) -> list[str]:
    """Return whole tens of people of whom an outcome is known, those first of whom one was known first.

    So two exports differ in the outcomes of ten people or more who came in, and never in those of one.
    """
    known = known_first(store.connection)
    return known[: len(known) - len(known) % MIN_CELL]


def _outcomes(store: Store, people: Sequence[str]) -> dict[str, list[Outcome]]:
    """Return the outcomes of some people by their row keys."""
    found: dict[str, list[Outcome]] = {key: [] for key in people}
    for its in kept_features(store.connection, people if len(people) <= _ASKED_BY_KEY else None):
        grade = grade_of(its.steps, its.declined_by)
        if grade is not None and its.person_key in found:
            found[its.person_key].append(Outcome(person="", grade=grade, features=its.features))
    return found


def _in_order(known: Mapping[str, Sequence[Outcome]]) -> list[tuple[Position, Outcome]]:
    """Return outcomes by name, each person's in an order that tells nothing of time."""
    found = []
    for name in sorted(known):
        renamed = [replace(its, person=name) for its in known[name]]
        renamed.sort(key=lambda its: msgspec.json.encode(its, order="deterministic"))
        found += [((name, i), its) for i, its in enumerate(renamed)]
    return found
