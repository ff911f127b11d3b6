"""Brings files of surveys and offers into the database: every row is saved, changed, a duplicate, or rejected.

Rows are read before the transaction begins, then all that can be kept is written in one transaction: a stopped
import leaves nothing half done, and the same file again changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeVar

from matching.domain.offer import Offer
from matching.domain.survey import Survey
from service import audit
from service.access import OPERATOR
from service.errors import ServiceError
from service.intake.problems import Problem, problem, reported
from service.intake.rows import Row
from service.operations.house import House
from service.operations.own_offers import maker
from service.operations.places import read_commune
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


Keep = Callable[[Store], Saved]
RecordT = TypeVar("RecordT")


def import_surveys(house: House, rows: Iterable[Row[Survey]], *, name: str) -> ImportReport:
    """Keep the surveys of a file; a survey that is older than the one on record is rejected."""

    def prepared(survey: Survey) -> Keep:
        commune = read_commune(house.taxonomy, survey.commune, home_province=house.home_province)
        with house.database.reading() as connection:
            read = read_survey(house, survey, connection)
        return lambda store: keep_survey(store, house, survey, read, commune=commune, newer_only=True).saved

    def key(survey: Survey) -> str:
        return f"{survey.person_id}|{survey.commune}"

    return _import(house, rows, prepared, key, name=name, kind="surveys")


def import_offers(house: House, rows: Iterable[Row[Offer]], *, name: str) -> ImportReport:
    """Keep the offers of a file; each belongs to the user it names, or to the operator when there is none."""
    with house.database.reading() as connection:
        users = {user.user for user in list_users(connection)}

    def prepared(offer: Offer) -> Keep:
        read, status = read_offer(house, offer)
        named = maker(offer)
        owner = named if named in users else OPERATOR.user
        return lambda store: store.offers.record(offer, read, status=status, at=house.now(), owner=owner)

    return _import(house, rows, prepared, lambda offer: offer.offer_id, name=name, kind="offers")


def _import(
    house: House,
    rows: Iterable[Row[RecordT]],
    prepared: Callable[[RecordT], Keep],
    key: Callable[[RecordT], str],
    *,
    name: str,
    kind: str,
) -> ImportReport:
    report, keeps = ImportReport(), list[tuple[int, Keep]]()
    seen: dict[str, RecordT] = {}
    for row in rows:
        report.rows_in += 1
        if isinstance(row.record, Problem):
            report.rejected.append((row.number, row.record))
        elif (its := key(row.record)) in seen:
            if seen[its] == row.record:
                report.duplicate += 1
            else:
                report.rejected.append((row.number, problem("twice")))
        else:
            seen[its] = row.record
            try:
                keeps.append((row.number, prepared(row.record)))
            except ServiceError as error:
                report.rejected.append((row.number, reported(error)))
    with house.database.store(OPERATOR, write=True) as store:
        for number, keep in keeps:
            try:
                report.count(keep(store))
            except ServiceError as error:
                report.rejected.append((number, reported(error)))
        if report.saved or report.changed:
            audit.record(
                store, "import", at=house.now(), file=name, kind=kind, saved=report.saved, changed=report.changed
            )
    report.rejected.sort(key=itemgetter(0))
    return report
