"""Which programmes, and which licences, would open most for the people of a commune: totals and nobody's name."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching.pool.build import people_from
from matching.pool.by_cell import programmes
from matching.pool.pairs import Pairs
from matching.search.reach import cells_in
from matching.unlocks.commune import GUARANTEE, Chosen, best_together, licences_of, programmes_of
from service import audit
from service.access import Actor
from service.errors import NotFoundError
from service.operations.house import House
from service.operations.places import commune_name, read_commune
from service.privacy import MIN_CELL
from service.storage.pools import people_of

MOST = 10
"""Programmes, and licences, that are chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpensMost:
    """One programme or licence, and what it adds to those told before it."""

    code: str
    """Offer id of the programme, or code of the licence."""
    name_vi: str
    name_en: str
    people: int
    pairs: int
    """Pairs of a person and an offer that open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammesReport:
    """What would open most for one commune."""

    commune: str
    commune_name: str
    as_of: date
    programmes: tuple[OpensMost, ...]
    licences: tuple[OpensMost, ...]
    guarantee: float = round(GUARANTEE, 3)
    """The programmes told open at least this share of what any ten could; so do the licences."""
    suppressed_below: int = MIN_CELL
    """What helps fewer people than this is left out, and not said to be."""


def programmes_report(house: House, actor: Actor, *, commune: str, as_of: date) -> ProgrammesReport:
    """Return the programmes and the licences that would open most for the people of one of the actor's communes.

    Chosen greedily over everybody on record there. A line is told only if it opens offers for ten people or more:
    the others are left out as if they opened nothing. What is restricted is not read, and no total is given, so that
    nothing can be subtracted.

    Raises
    ------
    NotFoundError
        The commune is not one of the actor's.
    InvalidError
        The commune is not readable.
    """
    code = read_commune(house.taxonomy, commune, home_province=house.home_province, among=actor.communes)
    if code not in actor.communes:
        raise NotFoundError
    with house.database.store(actor, write=True) as store:
        rows = people_of(store.connection, code)
        offers = house.matcher.offers(store.connection, as_of)
        audit.record(store, "programmes_report", at=house.now(), commune=code, as_of=as_of.isoformat())
    name = commune_name(house.taxonomy, code)
    people = people_from(
        [replace(row.survey, commune=name) for row in rows],
        [row.profile for row in rows],
        house.taxonomy,
        as_of=as_of,
        home_province=house.home_province,
    )
    everybody = np.arange(len(people))
    asked = Pairs(people=people, offers=offers, person=everybody, offer=everybody * 0, as_of=as_of.toordinal())
    near, licences = cells_in(offers).near(people, everybody), house.taxonomy.licences
    by_programme, by_licence = (opens(asked, near, licences) for opens in (programmes_of, licences_of))
    taught = programmes.rows(offers).tolist()
    titles = {offers.ids[row]: (offers.records[row].title, offers.records[row].title) for row in taught}
    names = {code.value: (licences.names_vi[code], licences.names_en[code]) for code in licences.names_vi}
    return ProgrammesReport(
        commune=code,
        commune_name=name or code,
        as_of=as_of,
        programmes=_told(best_together(by_programme, MOST), titles),
        licences=_told(best_together(by_licence, MOST), names),
    )


def _told(chosen: tuple[Chosen, ...], names: dict[str, tuple[str, str]]) -> tuple[OpensMost, ...]:
    return tuple(
        OpensMost(
            code=one.key, name_vi=names[one.key][0], name_en=names[one.key][1], people=one.people, pairs=one.pairs
        )
        for one in chosen
        if one.people >= MIN_CELL
    )
