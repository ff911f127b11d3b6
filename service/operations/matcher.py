"""Holds the offers and the people who may be shown as columns, and asks the recommender.

The columns of the offers are built once and then follow what changes (`service.operations.day_pool`), those of the
people are used until a change is counted (`service.storage.versions`), so a query decodes one person, the offers that
changed, and no text. Days on which the law is the same share their columns.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection

from matching.domain.bits import positions
from matching.domain.match import Exclusion, Match, Recommendation
from matching.domain.profile import Profile
from matching.domain.survey import Restricted, Survey
from matching.domain.vocabulary import OfferKind
from matching.features import matrix
from matching.law import current_law
from matching.pool.build import people_from
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import People
from matching.recommender import Also, WhyNot
from matching.taxonomy.release import Taxonomy
from matching.training.outcomes import in_steps
from service.operations.day_pool import DayPool
from service.operations.known_people import KnownPeople
from service.operations.places import commune_name
from service.operations.serving import ServingModel
from service.operations.snapshots import LARGE, Shelf
from service.storage.engine import Database
from service.storage.pools import people_to_show
from service.storage.rows import PersonRow
from service.storage.versions import version

T = TypeVar("T")
ALL_KINDS = tuple(OfferKind)

_KEPT = 6
"""Days of offers and states of the people for which columns are kept at once."""

_PAUSE_SECONDS = 0.002
"""Between a few changes and the next: questions go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The people who agreed to be shown; the columns know them by their row keys."""

    people: People
    rows: dict[str, PersonRow]


def anybody(taxonomy: Taxonomy, *, as_of: date) -> People:
    """Return somebody of whom only the commune is known."""
    home = commune_name(taxonomy, taxonomy.places.codes[0])
    survey = Survey(person_id="-", surveyed_on=as_of, text="", commune=home)
    return people_from([survey], [Profile(person_id="-")], taxonomy, as_of=as_of)


class Matcher:
    """Answers for one person and for one opening, from columns that are kept between queries."""

    def __init__(
        self, taxonomy: Taxonomy, model: ServingModel, *, home_province: str, shelf: Shelf | None = None
    ) -> None:
        self._taxonomy = taxonomy
        self._home_province = home_province
        self._shelf = shelf
        self._kept: OrderedDict[tuple[Hashable, ...], object] = OrderedDict()
        self._lock = threading.RLock()
        self._known = KnownPeople(self._row)
        self.model = model

    def for_person(
        self,
        offers: Offers,
        person: PersonRow,
        restricted: Restricted | None,
        *,
        k: int,
        kinds: Sequence[OfferKind],
        as_of: date,
        why_not: WhyNot,
        also: Collection[Also] = (),
    ) -> Recommendation:
        """Return the best *k* of some offers (`offers`) of each of *kinds* for one person."""
        people = self._known.columns(person, restricted, as_of)
        found = self.model.recommender().recommend(
            people, offers.of_kinds(kinds), k=k, per="person", as_of=as_of, why_not=why_not, also=also
        )
        return found[0]

    def one_pair(
        self, offers: Offers, row: int, person: PersonRow, restricted: Restricted | None, *, as_of: date
    ) -> tuple[Match | Exclusion, str]:
        """Return what there is to say about one person and one offer, and the name of the model that says it."""
        people = self._known.columns(person, restricted, as_of)
        recommender = self.model.recommender()
        return recommender.pair(people, offers, person=0, offer=row, as_of=as_of), recommender.model.name

    def features(
        self, offers: Offers, row: int, person: PersonRow, restricted: Restricted | None, *, as_of: date
    ) -> dict[str, float] | None:
        """Return what a model may see of one person and one offer, in steps; None of a loan.

        Who may take which loan depends on what is restricted: nothing that is kept to be learnt from may tell of it.
        """
        if offers.kind[row] == positions(OfferKind)[OfferKind.LOAN]:
            return None
        people = self._known.columns(person, restricted, as_of)
        pairs = Pairs(
            people=people, offers=offers, person=np.array([0]), offer=np.array([row]), as_of=as_of.toordinal()
        )
        return in_steps(matrix(pairs)[0])

    def for_opening(
        self, connection: Connection, offer_id: str, *, k: int, as_of: date
    ) -> tuple[Recommendation, Shown, Offers]:
        """Return the best *k* people who agreed to be shown for one opening, with reasons as an employer reads them.

        Returns
        -------
        tuple
            The answer, the people it is about, and the columns of that one offer.
        """
        offers, row = self.find(connection, offer_id, as_of)
        rows, shown = np.array([row]), self.shown(connection, as_of)
        found = self.model.recommender().recommend(
            shown.people, offers, as_of=as_of, k=k, per="offer", rows=rows, audience="employer"
        )
        return found[0], shown, offers.take(rows)

    def offers(self, connection: Connection, as_of: date) -> Offers:
        """Return the standing offers as columns, as the database holds them now."""
        return self._day(connection, as_of).now(connection)

    def find(self, connection: Connection, offer_id: str, as_of: date) -> tuple[Offers, int]:
        """Return the standing offers and the row of one; raises NotFoundError when no open or held one has that id."""
        return self._day(connection, as_of).find(connection, offer_id)

    def tend(self, database: Database, as_of: date) -> None:
        """Bring the offers of a day up to date beside the questions; lay them out anew when much has moved.

        Questions go on with what they have until the new columns hold every change and have answered once.
        """
        day = current_law().same_since(as_of)
        with database.reading() as connection:
            if self._shelf is not None and ("offers", day) not in self._kept:
                self._shelf.fill(connection, as_of)
        with database.reading() as connection:
            pool = self._day(connection, as_of)
        self._make_ready(pool, database, as_of)
        if pool.has_grown:
            anew = self._laid_anew(pool, database, as_of)
            self._make_ready(anew, database, as_of)
            with self._lock:
                self._kept[("offers", day)] = anew

    def forget(self, database: Database) -> None:
        """Forget whom it knew before the last change of people: they may have been erased."""
        with database.glancing() as connection:
            stamp = version(connection, "people")
        self._known.forget(stamp)
        with self._lock:
            for old in [key for key in self._kept if key[0] == "people" and key[1] != stamp]:
                del self._kept[old]

    def _laid_anew(self, pool: DayPool, database: Database, as_of: date) -> DayPool:
        """Return the offers laid out anew: in a process of its own when there are many, else here."""
        if self._shelf is None or pool.seen.n_standing < LARGE:
            day = current_law().same_since(as_of)
            return pool.laid_anew(self._taxonomy, as_of=day, home_province=self._home_province)
        return self._shelf.newer(database, as_of, than=pool.begun_at)

    def _make_ready(self, pool: DayPool, database: Database, as_of: date) -> None:
        """Ask a question, which reckons what all questions need, then take up what changed, a little at a time."""
        ready = as_of, self.model.name
        if ready not in pool.ready:
            self.model.recommender().recommend(anybody(self._taxonomy, as_of=as_of), pool.seen, as_of=as_of)
            pool.ready.add(ready)
        more = True
        while more:
            with database.reading() as connection:
                more = pool.follow(connection)
            time.sleep(_PAUSE_SECONDS)

    def shown(self, connection: Connection, as_of: date) -> Shown:
        """Return the people who agreed to be shown as columns; withdrawal counts from the next query."""
        stamp = version(connection, "people")
        return self._keep(("people", stamp, as_of), lambda: self._build_shown(connection, as_of))

    def _row(self, person: PersonRow, restricted: Restricted | None, as_of: date) -> People:
        survey = replace(person.survey, commune=commune_name(self._taxonomy, person.commune), restricted=restricted)
        learning = person.enrolment if person.enrolment and person.enrolment.holds_on(as_of) else None
        return people_from(
            [survey],
            [person.profile],
            self._taxonomy,
            as_of=as_of,
            home_province=self._home_province,
            training_weeks={person.person_id: learning.weeks} if learning else None,
        )

    def _placed(self, person: PersonRow) -> Survey:
        """Return the survey with its commune as it was resolved when it was recorded."""
        return replace(person.survey, commune=commune_name(self._taxonomy, person.commune))

    def _day(self, connection: Connection, as_of: date) -> DayPool:
        day = current_law().same_since(as_of)
        return self._keep(("offers", day), lambda: self._opened(connection, as_of))

    def _opened(self, connection: Connection, as_of: date) -> DayPool:
        """Open the offers from the shelf, or else read them all."""
        stored = None if self._shelf is None else self._shelf.snapshots.newest(connection, as_of)
        day = current_law().same_since(as_of)
        return stored or DayPool.read(connection, self._taxonomy, as_of=day, home_province=self._home_province)

    def _build_shown(self, connection: Connection, as_of: date) -> Shown:
        rows = people_to_show(connection)
        surveys = [replace(self._placed(row), person_id=row.key) for row in rows]
        profiles = [replace(row.profile, person_id=row.key) for row in rows]
        people = people_from(surveys, profiles, self._taxonomy, as_of=as_of, home_province=self._home_province)
        return Shown(people=people, rows={row.key: row for row in rows})

    def _keep(self, key: tuple[Hashable, ...], build: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = build()
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]  # type: ignore[return-value]
