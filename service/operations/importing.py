"""Brings files of surveys and offers into the database: every row is saved, changed, a duplicate, or rejected.

Rows are read before the transaction begins, then all that can be kept is written in one transaction: a stopped
import leaves nothing half done, and the same file again changes nothing.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeVar

from matching.domain.offer import Offer
from matching.domain.survey import Survey
from service import audit
from service.access import OPERATOR, Actor, Role
from service.errors import ServiceError
from service.intake.problems import Problem, problem, reported
from service.intake.rows import Row
from service.operations.house import House
from service.operations.own_offers import maker
from service.operations.places import own_commune, read_commune
from service.operations.recording import keep_survey, read_offer, read_survey
from service.storage.accounts import list_users
from service.storage.rows import Saved
from service.storage.store import Store


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What became of the rows of a file; the four counts add up to *rows_in*."""

    rows_in: int = 0
    saved: int = 0
    changed: int = 0
    duplicate: int = 0
    rejected: list[tuple[int, Problem]] = field(default_factory=list)
    """(row, reason)."""

    def count(self, saved: Saved) -> None:
        """Count a row that was kept, or was there already."""
        if saved is Saved.SAVED:
            self.saved += 1
        elif saved is Saved.CHANGED:
            self.changed += 1
        else:
            self.duplicate += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A row that was read, before the database is locked."""

    key: str
    """Of the record that it is about; two rows of a file with one key are a mistake, or one of them is too many."""
    keep: Callable[[Store], tuple[Saved, str | None]]
    """Writes it; returns what became of it, and the row key of the person whom it is about."""


RecordT = TypeVar("RecordT")


class _TakenBackError(Exception):
    """Ends a transaction of which only the report is wanted."""


def import_surveys(
    house: House, rows: Iterable[Row[Survey]], *, name: str, actor: Actor = OPERATOR, only_look: bool = False
) -> ImportReport:
    """Keep the surveys of a file; a survey that is older than the one on record is rejected.

    Parameters
    ----------
    actor : Actor
        Who hands the file in: an officer for their own communes, or the operator for all.
    only_look : bool
        Say what would become of the rows, and change nothing.
    """

    def prepared(survey: Survey) -> Prepared:
        if actor.role is Role.OPERATOR:
            commune = read_commune(house.taxonomy, survey.commune, home_province=house.home_province)
        else:
            commune = own_commune(house.taxonomy, actor.communes, survey.commune, home_province=house.home_province)
        with house.database.reading() as connection:
            read = read_survey(house, survey, connection)

        def keep(store: Store) -> tuple[Saved, str]:
            recorded = keep_survey(store, house, survey, read, commune=commune, newer_only=True)
            return recorded.saved, recorded.person.key

        return Prepared(key=f"{survey.person_id}|{commune}", keep=keep)

    return _import(house, actor, rows, prepared, name=name, kind="surveys", only_look=only_look)


def import_offers(house: House, rows: Iterable[Row[Offer]], *, name: str) -> ImportReport:
    """Keep the offers of a file; each belongs to the user it names, or to the operator when there is none."""
    with house.database.reading() as connection:
        users = {user.user for user in list_users(connection)}

    def prepared(offer: Offer) -> Prepared:
        read, status = read_offer(house, offer)
        named = maker(offer)
        owner = named if named in users else OPERATOR.user

        def keep(store: Store) -> tuple[Saved, None]:
            return store.offers.record(offer, read, status=status, at=house.now(), owner=owner), None

        return Prepared(key=offer.offer_id, keep=keep)

    return _import(house, OPERATOR, rows, prepared, name=name, kind="offers", only_look=False)


def _import(
    house: House,
    actor: Actor,
    rows: Iterable[Row[RecordT]],
    prepared: Callable[[RecordT], Prepared],
    *,
    name: str,
    kind: str,
    only_look: bool,
) -> ImportReport:
    report, keeps = ImportReport(), list[tuple[int, Prepared]]()
    seen: dict[str, RecordT] = {}
    for row in rows:
        report.rows_in += 1
        if isinstance(row.record, Problem):
            report.rejected.append((row.number, row.record))
            continue
        try:
            its = prepared(row.record)
        except ServiceError as error:
            report.rejected.append((row.number, reported(error)))
            continue
        if its.key not in seen:
            seen[its.key] = row.record
            keeps.append((row.number, its))
        elif seen[its.key] == row.record:
            report.duplicate += 1
        else:
            report.rejected.append((row.number, problem("twice")))
    with suppress(_TakenBackError), house.database.store(actor, write=True) as store:
        _keep_all(store, house, keeps, report, name=name, kind=kind)
        if only_look:
            raise _TakenBackError
    report.rejected.sort(key=itemgetter(0))
    return report


def _keep_all(
    store: Store, house: House, keeps: Iterable[tuple[int, Prepared]], report: ImportReport, *, name: str, kind: str
) -> None:
    """Write all that can be kept, and put on record that it was, and about whom."""
    subjects = list[str]()
    for number, its in keeps:
        try:
            saved, person = its.keep(store)
        except ServiceError as error:
            report.rejected.append((number, reported(error)))
            continue
        report.count(saved)
        if person is not None and saved is not Saved.DUPLICATE:
            subjects.append(person)
    if report.saved or report.changed:
        counted = {"saved": report.saved, "changed": report.changed}
        audit.record(store, "import", at=house.now(), subjects=subjects, file=name, kind=kind, **counted)
