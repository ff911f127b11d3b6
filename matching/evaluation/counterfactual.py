"""The same people with one thing changed that must not matter, and what they would see then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from matching.domain.bits import positions
from matching.domain.survey import Restricted, Survey
from matching.domain.vocabulary import Category, OfferKind
from matching.extraction.survey import SurveyReader
from matching.pool.build import people_from
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.ranking.additive import AdditiveModel
from matching.search import Searcher
from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold

Shown = Mapping[str, tuple[tuple[str, int], ...]]
"""Openings and programmes of each person, best first, each with its score in millionths."""

_LOAN = positions(OfferKind)[OfferKind.LOAN]
_TEN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What stays as it is: the offers, the model, the day."""

    offers: Offers
    model: AdditiveModel
    taxonomy: Taxonomy
    reader: SurveyReader
    as_of: date
    home_province: str | None

    def shown(self, people: People) -> Shown:
        """Return every opening and programme that each person is shown, with its score."""
        searcher = Searcher(people, self.offers, self.model, per="person", as_of=self.as_of.toordinal())
        found = searcher.find(np.arange(len(people)), k=len(self.offers))
        other = self.offers.kind[found.shown.offer] != _LOAN
        lists: dict[str, list[tuple[str, int]]] = {name: [] for name in people.ids}
        columns = (found.shown.person[other], found.shown.offer[other], found.score[other])
        for person, offer, score in zip(*(column.tolist() for column in columns), strict=True):
            lists[people.ids[person]].append((self.offers.ids[offer], score))
        return {name: tuple(its) for name, its in lists.items()}

    def shown_to(self, surveys: Sequence[Survey]) -> Shown:
        """Read the surveys anew, and return as `shown`."""
        profiles = [*self.reader.read_all(surveys)]
        people = people_from(surveys, profiles, self.taxonomy, as_of=self.as_of, home_province=self.home_province)
        return self.shown(people)


def sealed_swapped(surveys: Sequence[Survey], world: World, shown: Shown) -> dict[str, int]:
    """Return for how many people openings, programmes or their scores change with other sealed data (M2: nobody).

    The sealed data are not read but overwritten: twice, each time with another category, so at least one of the two
    differs from what was there.
    """
    categories = tuple(Category)
    changed: set[str] = set()
    for turn in range(2):
        others = [
            Restricted(category=categories[(i + turn) % len(categories)], completed_on=_day(world.as_of, i + turn))
            for i in range(len(surveys))
        ]
        now = world.shown_to([replace(s, restricted=other) for s, other in zip(surveys, others, strict=True)])
        changed |= {name for name, its in shown.items() if now[name] != its}
    return {"people": len(surveys), "changed": len(changed)}


def accents_removed(surveys: Sequence[Survey], world: World, shown: Shown) -> dict[str, Any]:
    """Return what people whose text has accents would see without them (X4: nearly the same).

    Returns
    -------
    dict
        `people` who have accents and are shown something; `share_of_ten_best_kept`, the mean share of their ten best
        that stays among the ten best; `people_with_the_same_ten`.
    """
    bare = [replace(survey, text=fold(survey.text)) for survey in surveys]
    now = world.shown_to(bare)
    typed = [s.person_id for s, b in zip(surveys, bare, strict=True) if s.text.lower() != b.text]
    kept = [_kept(shown[name], now[name]) for name in typed if shown[name]]
    return {
        "people": len(kept),
        "share_of_ten_best_kept": round(float(np.mean(kept)), 4) if kept else float("nan"),
        "people_with_the_same_ten": sum(share == 1 for share in kept),
    }


def _day(as_of: date, i: int) -> date:
    return as_of - timedelta(days=100 * (i % 30))


def _kept(before: Sequence[tuple[str, int]], after: Sequence[tuple[str, int]]) -> float:
    ten = {offer for offer, _ in before[:_TEN]}
    return len(ten & {offer for offer, _ in after[:_TEN]}) / len(ten)
