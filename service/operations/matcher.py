"""Holds the offers and the people who may be shown as columns, and asks the recommender.

The columns of the offers are built once a day and then follow what changes (`service.operations.day_pool`), those of
the people are used until a change is counted (`service.storage.versions`), so a query decodes one person, the offers
that changed, and no text. What a query was given is never changed: it finishes on that while newer columns are made.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection

from matching.domain.match import Exclusion, Match, Recommendation
from matching.domain.survey import Restricted, Survey
from matching.domain.vocabulary import OfferKind
from matching.pool.build import people_from
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.recommender import Also, WhyNot
from matching.taxonomy.release import Taxonomy
from service.errors import NotFoundError
from service.operations.day_pool import DayPool
from service.operations.places import commune_name
from service.operations.serving import ServingModel
from service.storage.pools import people_to_show
from service.storage.rows import PersonRow
from service.storage.versions import version

T = TypeVar("T")
ALL_KINDS = tuple(OfferKind)

_KEPT = 6
"""Days of offers and states of the people for which columns are kept at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The people who agreed to be shown; the columns know them by their row keys."""

    people: People
    rows: dict[str, PersonRow]


class Matcher:
    """Answers for one person and for one opening, from columns that are kept between queries."""

    def __init__(self, taxonomy: Taxonomy, model: ServingModel, *, home_province: str) -> None:
        self._taxonomy = taxonomy
        self._home_province = home_province
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.RLock()
        self.model = model

    def for_person(
        self,
        connection: Connection,
        person: PersonRow,
        restricted: Restricted | None,
        *,
        k: int,
        kinds: Sequence[OfferKind],
        as_of: date,
        why_not: WhyNot,
        also: Collection[Also] = (),
    ) -> Recommendation:
        """Return the best *k* offers of each of *kinds* for one person."""
        offers = self.offers(connection, as_of, kinds)
        people = self._row(person, restricted, as_of)
        found = self.model.recommender().recommend(
            people, offers, k=k, per="person", as_of=as_of, why_not=why_not, also=also
        )
        return found[0]

    def one_pair(
        self, connection: Connection, person: PersonRow, restricted: Restricted | None, offer_id: str, *, as_of: date
    ) -> tuple[Match | Exclusion, str]:
        """Return what there is to say about one person and one offer, and the name of the model that says it.

        Raises
        ------
        NotFoundError
            There is no open or held offer of that id.
        """
        offers = self.offers(connection, as_of)
        people = self._row(person, restricted, as_of)
        recommender, row = self.model.recommender(), _position(offers, offer_id)
        return recommender.pair(people, offers, person=0, offer=row, as_of=as_of), recommender.model.name

    def for_opening(
        self, connection: Connection, offer_id: str, *, k: int, as_of: date
    ) -> tuple[Recommendation, Shown, Offers]:
        """Return the best *k* people who agreed to be shown for one opening, with reasons as an employer reads them.

        Returns
        -------
        tuple
            The answer, the people it is about, and the columns of that one offer.
        """
        offers = self.offers(connection, as_of)
        row = np.array([_position(offers, offer_id)])
        shown = self.shown(connection, as_of)
        found = self.model.recommender().recommend(
            shown.people, offers, as_of=as_of, k=k, per="offer", rows=row, audience="employer"
        )
        return found[0], shown, offers.take(row)

    def offers(self, connection: Connection, as_of: date, kinds: Sequence[OfferKind] = ALL_KINDS) -> Offers:
        """Return the standing offers of *kinds* as columns, as the database holds them now."""
        return self._day(connection, as_of).standing(connection, kinds)

    def shown(self, connection: Connection, as_of: date) -> Shown:
        """Return the people who agreed to be shown as columns; withdrawal counts from the next query."""
        stamp = version(connection, "people")
        return self._keep(("people", stamp, as_of), lambda: self._build_shown(connection, as_of))

    def _row(self, person: PersonRow, restricted: Restricted | None, as_of: date) -> People:
        survey = replace(self._placed(person), restricted=restricted)
        return people_from([survey], [person.profile], self._taxonomy, as_of=as_of, home_province=self._home_province)

    def _placed(self, person: PersonRow) -> Survey:
        """Return the survey with its commune as it was resolved when it was recorded."""
        return replace(person.survey, commune=commune_name(self._taxonomy, person.commune))

    def _day(self, connection: Connection, as_of: date) -> DayPool:
        return self._keep(
            ("offers", as_of),
            lambda: DayPool(connection, self._taxonomy, as_of=as_of, home_province=self._home_province),
        )

    def _build_shown(self, connection: Connection, as_of: date) -> Shown:
        rows = people_to_show(connection)
        surveys = [replace(self._placed(row), person_id=row.key) for row in rows]
        profiles = [replace(row.profile, person_id=row.key) for row in rows]
        people = people_from(surveys, profiles, self._taxonomy, as_of=as_of, home_province=self._home_province)
        return Shown(people=people, rows={row.key: row for row in rows})

    def _keep(self, key: Hashable, build: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = build()
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]  # type: ignore[return-value]


def _position(offers: Offers, offer_id: str) -> int:
    """Return the row of an offer; raises NotFoundError when it does not stand."""
    try:
        return offers.ids.index(offer_id)
    except ValueError as error:
        raise NotFoundError from error
