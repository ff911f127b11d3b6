"""What a coordinator may know: how a province or commune stands, in counts that single nobody out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.domain.profile import Profile
from matching.domain.vocabulary import Assertion, EmploymentStatus, NeedCode, OfferKind
from matching.pool.by_cell import everything
from matching.pool.offers import Offers
from matching.pool.people import IntArray
from matching.taxonomy.release import Taxonomy
from service import audit
from service.access import Actor
from service.errors import InvalidError, NotFoundError
from service.operations.house import House
from service.operations.places import read_commune
from service.operations.suppression import hidden_cells, with_totals
from service.privacy import MIN_CELL
from service.storage.pools import profiles_of

SUPPLY = {NeedCode.JOB: OfferKind.OPENING, NeedCode.TRAINING: OfferKind.PROGRAMME, NeedCode.LOAN: OfferKind.LOAN}
"""What answers each need that offers answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many people are counted under a code."""

    code: str
    people: int | None
    """None when the count is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCell:
    """A need, and what stands open to meet it."""

    code: str
    people: int | None
    seats: int | None
    """Seats of openings or programmes, loan schemes for loans; None for needs that no offer meets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeCell:
    """A trade (minor group, three digits): who knows it, who wants it, and the seats for it."""

    code: str
    names_vi: tuple[str, ...]
    names_en: tuple[str, ...]
    experienced: int | None
    wishing: int | None
    seats: int
    gap: int | None
    """Experienced people beyond the seats; None when their count is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The report of one commune, or of a whole province."""

    province: str
    commune: str | None
    """Code; None for the province."""
    commune_name: str | None
    as_of: date
    people: int | None
    employment_status: tuple[Cell, ...]
    needs: tuple[NeedCell, ...]
    trades: tuple[TradeCell, ...]
    suppressed_below: int = MIN_CELL


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """The province that is counted, and the line of it that is told (-1: the province's totals)."""

    province: str
    communes: tuple[str, ...]
    line: int


def situation(house: House, actor: Actor, *, commune: str | None, as_of: date) -> Situation:
    """Return the report of one of the actor's communes, or of the province when they coordinate all of it.

    Which cells are hidden is decided over the whole province at once, so that no two answers can be subtracted.

    Raises
    ------
    NotFoundError
        The commune is not one of the actor's.
    InvalidError
        The commune is not readable, or none was named by somebody who coordinates a part of a province.
    """
    scope = _scope(house, actor, commune)
    with house.database.store(actor, write=True) as store:
        people = profiles_of(store.connection, scope.communes)
        offers = house.matcher.offers(store.connection, as_of)
        audit.record(store, "situation", at=house.now(), commune=commune, as_of=as_of.isoformat())
    statuses, total = _line(scope, people, [s.value for s in EmploymentStatus], _status, rows_add_up=True)
    needs, _ = _line(scope, people, [n.value for n in NeedCode], _needs, rows_add_up=False)
    places = _places(house.taxonomy, scope)
    return Situation(
        province=scope.province,
        commune=None if scope.line < 0 else scope.communes[scope.line],
        commune_name=None if scope.line < 0 else _name(house.taxonomy, scope),
        as_of=as_of,
        people=total,
        employment_status=tuple(Cell(code=code, people=count) for code, count in statuses.items()),
        needs=tuple(
            NeedCell(code=code, people=count, seats=_seats_for_need(offers, places, NeedCode(code)))
            for code, count in needs.items()
        ),
        trades=_trades(house.taxonomy, scope, people, offers, places),
    )


def _scope(house: House, actor: Actor, commune: str | None) -> _Scope:
    places = house.taxonomy.places
    if commune is not None:
        code = read_commune(house.taxonomy, commune, home_province=house.home_province, among=actor.communes)
        if code not in actor.communes:
            raise NotFoundError
    elif actor.communes:
        code = actor.communes[0]
    else:
        raise NotFoundError
    province = places.provinces[places.row[code]]
    communes = tuple(c for c, its in zip(places.codes, places.provinces, strict=True) if its == province)
    if commune is None and not set(communes) <= set(actor.communes):
        raise InvalidError("you coordinate a part of the province: name one commune", path="commune")
    return _Scope(province=province, communes=communes, line=-1 if commune is None else communes.index(code))


def _line(
    scope: _Scope,
    people: Sequence[tuple[str, Profile]],
    columns: Sequence[str],
    codes_of: Callable[[Profile], Iterable[str]],
    *,
    rows_add_up: bool,
) -> tuple[dict[str, int | None], int | None]:
    """Count people by commune and code over the province; return the told line, None where hidden, and its total.

    Communes where nobody is on record are no lines of the table: nobody there could be found out.
    """
    told_commune = None if scope.line < 0 else scope.communes[scope.line]
    counted = {commune for commune, _ in people} | ({told_commune} - {None})
    row = {commune: i for i, commune in enumerate(c for c in scope.communes if c in counted)}
    line = -1 if told_commune is None else row[told_commune]
    column = {code: j for j, code in enumerate(columns)}
    cells = np.zeros((len(row), len(column)), dtype=np.int64)
    for commune, profile in people:
        for code in set(codes_of(profile)):
            cells[row[commune], column[code]] += 1
    table = with_totals(cells, rows_add_up=rows_add_up)
    hidden = hidden_cells(table, rows_add_up=rows_add_up)
    told = [None if hidden[line, j] else int(table[line, j]) for j in range(table.shape[1])]
    return dict(zip(columns, told, strict=False)), told[-1] if rows_add_up else None


def _status(profile: Profile) -> Iterable[str]:
    return (profile.employment_status.value,)


def _needs(profile: Profile) -> Iterable[str]:
    return (need.code.value for need in profile.needs)


def _places(taxonomy: Taxonomy, scope: _Scope) -> frozenset[int]:
    """Return the place rows that the told line covers."""
    told = scope.communes if scope.line < 0 else (scope.communes[scope.line],)
    return frozenset(taxonomy.places.row[code] for code in told)


def _name(taxonomy: Taxonomy, scope: _Scope) -> str:
    return taxonomy.places.communes[taxonomy.places.row[scope.communes[scope.line]]]


def _lawful(offers: Offers, places: frozenset[int], kind: OfferKind) -> IntArray:
    """Return the rows of the offers of a kind that stand in *places* and are not held; loans count by communes."""
    rows = everything.rows(offers.of_kinds({kind}))
    rows = rows[~offers.held[rows]]
    if kind is OfferKind.LOAN:
        communes = (offers.loan_communes[row] for row in rows.tolist())
        reach = np.array([only is None or bool(places & set(only)) for only in communes], dtype=bool)
        return rows[reach & ~offers.loan_to_employer[rows]]
    return rows[np.isin(offers.place[rows], sorted(places))]


def _seats(offers: Offers, rows: IntArray) -> int:
    """Return how many seats some offers have; an offer that does not say has at least one."""
    return int(np.where(offers.seats[rows] < 0, 1, offers.seats[rows]).sum())


def _seats_for_need(offers: Offers, places: frozenset[int], need: NeedCode) -> int | None:
    kind = SUPPLY.get(need)
    if kind is None:
        return None
    rows = _lawful(offers, places, kind)
    return len(rows) if kind is OfferKind.LOAN else _seats(offers, rows)


def _trades(
    taxonomy: Taxonomy,
    scope: _Scope,
    people: Sequence[tuple[str, Profile]],
    offers: Offers,
    places: frozenset[int],
) -> tuple[TradeCell, ...]:
    table = taxonomy.occupations
    groups = sorted({code[:3] for code in table.codes})
    counted = {
        assertion: _line(scope, people, groups, _trade_codes(assertion), rows_add_up=False)[0]
        for assertion in (Assertion.EXPERIENCE, Assertion.WISH)
    }
    openings = _lawful(offers, places, OfferKind.OPENING)
    cells = []
    for group in groups:
        members = table.rows_of_group(group)
        seats = _seats(offers, openings[np.isin(offers.occupation[openings], members)])
        experienced, wishing = counted[Assertion.EXPERIENCE][group], counted[Assertion.WISH][group]
        if seats == 0 and experienced is None and wishing is None:
            continue
        cells.append(
            TradeCell(
                code=group,
                names_vi=tuple(table.plain_vi[i] for i in members[:3]),
                names_en=tuple(table.plain_en[i] for i in members[:3]),
                experienced=experienced,
                wishing=wishing,
                seats=seats,
                gap=None if experienced is None else experienced - seats,
            )
        )
    return tuple(cells)


def _trade_codes(assertion: Assertion) -> Callable[[Profile], Iterable[str]]:
    return lambda profile: (m.code[:3] for m in profile.occupations if m.assertion is assertion)
