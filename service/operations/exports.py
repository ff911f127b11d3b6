"""What became of referrals, for models to learn from: features in steps and a grade, under names of one day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from matching.domain.outcome import Outcome, grade_of
from matching.domain.referral import ReferralStatus
from service import audit
from service.access import Actor
from service.operations.house import LOCAL_TIME
from service.privacy import MIN_CELL
from service.storage.engine import Database
from service.storage.pools import kept_features
from service.storage.store import Store

_TELLING = (ReferralStatus.STARTED, ReferralStatus.DECLINED)
"""Steps from which on there is a grade."""

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
        known, day = outcomes_by_person(store), at.astimezone(LOCAL_TIME).date()
        keys = {store.keys.exported(day, key): key for key in known}
        ordered = _in_order({name: known[key] for name, key in keys.items()})
        found = [its for its in ordered if after is None or its[0] > after][: None if limit is None else limit + 1]
        told = found[:limit]
        subjects = sorted({keys[name] for (name, _), _ in told})
        audit.record(store, "export_training", at=at, subjects=subjects, outcomes=len(told))
        return found


def outcomes_by_person(store: Store) -> dict[str, list[Outcome]]:
    """Return the outcomes of whole tens of people by their row keys, those first of whom one was known first.

    So two exports differ in the outcomes of ten people or more who came in, and never in those of one.
    """
    first: dict[str, str] = {}
    found: dict[str, list[Outcome]] = {}
    for its in kept_features(store.connection):
        grade = grade_of(its.steps, its.declined_by)
        if grade is None:
            continue
        known_at = its.at[next(i for i, step in enumerate(its.steps) if step in _TELLING)]
        first[its.person_key] = min(first.get(its.person_key, known_at), known_at)
        found.setdefault(its.person_key, []).append(Outcome(person="", grade=grade, features=its.features))
    ordered = sorted(found, key=lambda key: (first[key], key))
    return {key: found[key] for key in ordered[: len(ordered) - len(ordered) % MIN_CELL]}


def _in_order(known: Mapping[str, Sequence[Outcome]]) -> list[tuple[Position, Outcome]]:
    """Return outcomes by name, each person's in an order that tells nothing of time."""
    found = []
    for name in sorted(known):
        renamed = [replace(its, person=name) for its in known[name]]
        renamed.sort(key=lambda its: msgspec.json.encode(its, order="deterministic"))
        found += [((name, i), its) for i, its in enumerate(renamed)]
    return found
