"""Who looked at whom, who decided what: entries that are only ever added, each sealed over the one before.

A seal is a keyed digest of the whole entry and of the previous seal, so an edited, removed or exchanged entry
breaks the chain and nobody without the installation's secret can mend it. The head keeps the length under a
seal of its own, so a cut tail is seen. A database put back whole from an older copy is consistent in itself:
against that, write down the anchor that `verify` returns and hand it in later.
People stand in the chain under a keyed pseudonym, which stays when they are erased.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from service.access import Actor
from service.errors import AuditError
from service.privacy import Keys
from service.storage.kept import Kept
from service.storage.rows import AnyRow, PersonRow, instant
from service.storage.schema import audit, audit_head, audit_subjects
from service.storage.store import Store

_HEAD = Kept(select(audit_head.c.entries, audit_head.c.seal).where(audit_head.c.id == 1).with_for_update())
_ADD, _ADD_SUBJECT = Kept(insert(audit)), Kept(insert(audit_subjects))
_MOVE_HEAD = Kept(
    update(audit_head).values(entries=bindparam("last"), seal=bindparam("its_seal"), mark=bindparam("its_mark"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One entry about one person, as an officer reads it."""

    entry: int
    at: str
    actor: str
    role: str
    action: str


def record(
    store: Store,
    action: str,
    *,
    at: datetime,
    subjects: Sequence[str] = (),
    **detail: str | int | float | bool | list[str] | None,
) -> None:
    """Put one look or decision on record, in the transaction of *store*.

    Parameters
    ----------
    subjects : sequence of str
        Row keys of the people concerned; only their pseudonyms are kept.
    detail
        Plain values that say what was asked and answered; never a person's id or words.
    """
    append(store.connection, store.keys, store.actor, action, at=at, subjects=subjects, **detail)


def append(
    connection: Connection,
    keys: Keys,
    actor: Actor,
    action: str,
    *,
    at: datetime,
    subjects: Sequence[str] = (),
    **detail: str | int | float | bool | list[str] | None,
) -> None:
    """Like `record`, where there is no store: sign-in, start, restore."""
    [head] = _HEAD.all(connection)
    number = int(head.entries) + 1
    pseudonyms = sorted({keys.pseudonym(key) for key in subjects})
    entry: dict[str, str | int] = {
        "entry": number,
        "at": instant(at),
        "actor": actor.user,
        "role": actor.role.value,
        "action": action,
        "subjects": _text(pseudonyms),
        "detail": _text(detail),
        "previous": head.seal,
    }
    seal = keys.seal(_message(entry))
    _ADD.run(connection, **entry, seal=seal)
    for pseudonym in pseudonyms:
        _ADD_SUBJECT.run(connection, subject=pseudonym, entry=number)
    _MOVE_HEAD.run(connection, last=number, its_seal=seal, its_mark=keys.head(number, seal))


def position(connection: Connection) -> tuple[int, str]:
    """Return the number of the last entry and its seal; 0 and "" when there is none."""
    head = connection.execute(select(audit_head.c.entries, audit_head.c.seal).where(audit_head.c.id == 1)).one()
    return int(head.entries), str(head.seal)


def holds(connection: Connection, entry: int, seal: str) -> bool:
    """Say whether the chain has an entry of that number under that seal: whether it is the same history."""
    if entry == 0:
        return True
    return connection.execute(select(audit.c.seal).where(audit.c.entry == entry)).scalar_one_or_none() == seal


def subjects_of(connection: Connection, action: str) -> frozenset[str]:
    """Return the pseudonyms of everybody whom an action concerned."""
    query = select(audit_subjects.c.subject).join(audit, audit.c.entry == audit_subjects.c.entry)
    return frozenset(connection.execute(query.where(audit.c.action == action)).scalars())


def looks_at(store: Store, person: PersonRow, *, limit: int, before: int | None = None) -> list[Look]:
    """Return the newest entries about one person, newest first, older than entry *before* if given."""
    query = (
        select(audit)
        .join(audit_subjects, audit_subjects.c.entry == audit.c.entry)
        .where(audit_subjects.c.subject == store.keys.pseudonym(person.key))
    )
    if before is not None:
        query = query.where(audit.c.entry < before)
    rows = store.connection.execute(query.order_by(audit.c.entry.desc()).limit(limit))
    return [Look(entry=r.entry, at=r.at, actor=r.actor, role=r.role, action=r.action) for r in rows]


def verify(connection: Connection, keys: Keys, *, anchor: str | None = None) -> tuple[int, str]:
    """Check the whole chain and return (number of entries, anchor to write down).

    Parameters
    ----------
    anchor : str or None
        What an earlier call returned: it must be the seal of an entry that still stands.

    Raises
    ------
    AuditError
        An entry was edited, removed, exchanged or added, the tail was cut, or the anchor is gone.
    """
    previous, expected, anchored = "", 1, anchor in (None, "")
    for row in connection.execute(select(audit).order_by(audit.c.entry)):
        _check(row, keys, expected=expected, previous=previous)
        previous, expected = row.seal, expected + 1
        anchored = anchored or row.seal == anchor
    head = connection.execute(select(audit_head).where(audit_head.c.id == 1)).one_or_none()
    if head is None or (head.entries, head.seal, head.mark) != (
        expected - 1,
        previous,
        keys.head(expected - 1, previous),
    ):
        raise AuditError(
            f"the audit's head does not fit its {expected - 1} entries: the tail was cut or the head edited"
        )
    if not anchored:
        raise AuditError(
            f"the anchor [{anchor}] is not in the chain: the database is older than the anchor, or replaced"
        )
    _check_index(connection)
    return expected - 1, previous


def _check(row: AnyRow, keys: Keys, *, expected: int, previous: str) -> None:
    if row.entry != expected:
        raise AuditError(f"audit entry {expected} is missing")
    fields = ("entry", "at", "actor", "role", "action", "subjects", "detail", "previous")
    entry = {name: getattr(row, name) for name in fields}
    if row.previous != previous or row.seal != keys.seal(_message(entry)):
        raise AuditError(f"audit entry {expected} was changed, exchanged or added by somebody without the secret")


def _check_index(connection: Connection) -> None:
    """Raise unless the look-up index says the same as the chain."""
    indexed: dict[int, list[str]] = {}
    for row in connection.execute(select(audit_subjects)):
        indexed.setdefault(row.entry, []).append(row.subject)
    for row in connection.execute(select(audit.c.entry, audit.c.subjects)):
        if sorted(indexed.pop(row.entry, [])) != msgspec.json.decode(row.subjects):
            raise AuditError(f"the index of audit entry {row.entry} does not name the people that the entry names")
    if indexed:
        raise AuditError(f"the index names audit entry {min(indexed)}, which does not exist")


def _message(entry: Mapping[str, object]) -> bytes:
    return msgspec.json.encode(entry, order="sorted")


def _text(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
