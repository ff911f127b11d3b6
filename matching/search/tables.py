"""What each combination of a facet adds for one person."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from matching.pool.blocks import ranges
from matching.pool.pairs import Pairs
from matching.pool.people import IntArray, People
from matching.rules.age import youngest_of_that_age
from matching.search.facets import ASKED, CLOSED_BY, Parts, Steps
from matching.search.layers import Facet, Layer, OfferIndex, Table
from matching.search.nobody import known_to

OUT = -(1 << 55)
"""What a combination adds that a rule keeps the person away from: far below every score."""

_MOST_IN_COMMON = 2_048
"""Answers that are kept for the next person who says the same."""

T = TypeVar("T")


def table_of(facet: Facet, layer: Layer, index: OfferIndex, person: Pairs) -> Table | None:
    """Return what a facet adds for the person of one pair; None: for this person it adds what it does for anybody."""
    people, row = person.people, int(person.person[0])
    flag = CLOSED_BY.get(facet.name)
    if flag is not None and not getattr(people, flag)[row]:
        return None
    told = said(facet.name, person)
    if told is None:
        return _compared(facet, layer, _beyond(facet, index.steps, person))

    def reckoned() -> Table | None:
        alike = some_pairs(known_to(index.nobody, told), 0, person, facet.examples)
        return _compared(facet, layer, contributed(facet.parts, index.steps, alike) - facet.usual)

    return kept(index.tables, (layer.kind, facet.name, *told.values()), reckoned)


def said(facet: str, person: Pairs) -> dict[str, float | None] | None:
    """Return all that a facet reads of a person, None standing for NaN; None: more than many have in common."""
    columns = ASKED.get(facet)
    if columns is None:
        return None
    row = person.person[0]
    values = {name: getattr(person.people, name)[row].item() for name in columns}
    if "earliest_birth" in values:
        values["earliest_birth"] = youngest_of_that_age(values["earliest_birth"], person.as_of)
    return {name: None if value != value else value for name, value in values.items()}


def kept(known: dict[tuple[object, ...], T], key: tuple[object, ...], reckoned: Callable[[], T]) -> T:
    """Return what is known under a key, or else reckon it; all is forgotten when it becomes too much."""
    if key not in known:
        if len(known) >= _MOST_IN_COMMON:
            known.clear()
        known[key] = reckoned()
    return known[key]


def contributed(parts: Parts, steps: Steps, pairs: Pairs) -> IntArray:
    """Return what some features add to each pair, `OUT` where one of the rules fails, (n_pairs,)."""
    added = np.zeros(len(pairs), dtype=np.int64)
    for feature in parts.features:
        added += steps.contributed(feature, pairs)
    for rule in parts.rules:
        added[~rule.passes(pairs)] = OUT
    return added


def some_pairs(people: People, row: int, like: Pairs, offers: IntArray) -> Pairs:
    """Return one person with some rows of the pool of *like*."""
    return Pairs(people=people, offers=like.offers, person=np.full(len(offers), row), offer=offers, as_of=like.as_of)


def _beyond(facet: Facet, steps: Steps, person: Pairs) -> IntArray:
    people, row = person.people, int(person.person[0])
    if facet.by_skill is None:
        return contributed(facet.parts, steps, some_pairs(people, row, person, facet.examples)) - facet.usual
    codes, starts = facet.by_skill
    held = np.flatnonzero(people.skills[row])
    held = held[held < len(starts) - 1]
    asked = codes[ranges(starts[held], starts[held + 1])]
    named = np.zeros(len(facet.usual), dtype=bool)
    named[asked] = True
    asked = np.flatnonzero(named)
    pairs = some_pairs(people, row, person, facet.examples[asked])
    beyond = np.zeros(len(facet.usual), dtype=np.int64)
    beyond[asked] = contributed(facet.parts, steps, pairs) - facet.usual[asked]
    return beyond


def _compared(facet: Facet, layer: Layer, beyond: IntArray) -> Table | None:
    """Return a table with the most that it adds in each occupation."""
    if not beyond.any():
        return None
    if facet.by_trade is None:
        return Table(beyond=beyond, most=np.full(layer.n_trades, beyond.max()))
    codes, starts = facet.by_trade
    return Table(beyond=beyond, most=np.maximum.reduceat(beyond[codes], starts))
