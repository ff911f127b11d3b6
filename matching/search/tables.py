"""What each combination of a facet adds for one person."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from matching.features.measures import RELATED, reckoned_once
from matching.pool.pairs import Pairs
from matching.pool.people import IntArray, People
from matching.rules.age import youngest_of_that_age
from matching.search.facets import ASKED, CLOSED_BY, OF_RELATED_TRADES, TRADE, WHOLE, Parts, Steps
from matching.search.layers import Added, Facet, Layer, OfferIndex, Table
from matching.search.nobody import known_to

OUT = -(1 << 55)
"""What a combination adds that a rule keeps the person away from: far below every score."""

_MOST_IN_COMMON = 2_048
"""Answers that are kept for the next person who says the same."""

_MOST_ADDED = 768
"""What is kept for people who ask again: of three kinds, some 30 kilobytes a person."""

_COLUMNS = tuple({name: None for columns in ASKED.values() for name in columns})
"""Columns of `People` that any facet reads."""

Told = tuple[float | None, ...]
"""What a facet reads of a person; None stands for NaN."""

T = TypeVar("T")

_UNKNOWN: Any = object()


def added_by(layer: Layer, index: OfferIndex, person: Pairs) -> Added:
    """Return what the facets of a layer add for the person of a pool of one; kept for when they ask again."""
    told = reckoned_once(person, "digest", lambda its: its.people.digest())
    return kept(index.added, (layer.kind, told), lambda: _added(layer, index, person), most=_MOST_ADDED)


def _added(layer: Layer, index: OfferIndex, person: Pairs) -> Added:
    found = enumerate([table_of(facet, layer, index, person) for facet in layer.facets])
    tables = [(i, table) for i, table in found if table is not None]
    facets = tuple((i, table) for i, table in tables if layer.facets[i].name != TRADE)
    slack = sum((table.most for _, table in facets), np.zeros(len(layer.far), dtype=np.int64))
    beside = sum(index.steps.largest(feature.name) for feature in layer.rest.features)
    cell = sum((table.most for i, table in tables if layer.facets[i].name == TRADE), slack + beside)
    return Added(facets=facets, slack=slack, cell=cell)


def table_of(facet: Facet, layer: Layer, index: OfferIndex, person: Pairs) -> Table | None:
    """Return what a facet adds for the person of a pool of one; None: it adds what it does for anybody."""
    flag = CLOSED_BY.get(facet.name)
    if flag is not None and not getattr(person.people, flag)[0]:
        return None
    told = said(facet.name, person)
    if told is None:
        asked = _concerning(facet, layer, person.people)
        return _compared(facet, layer, _beyond(facet, index.steps, person, asked))

    def reckoned() -> Table | None:
        alike = with_offers(person, facet.examples, known_to(index.nobody, as_columns(facet.name, told)))
        return _compared(facet, layer, contributed(facet.parts, index.steps, alike) - facet.usual)

    return kept(index.tables, (layer.kind, facet.name, told), reckoned)


def said(facet: str, person: Pairs) -> Told | None:
    """Return all that a facet reads of a person, in the order of `ASKED`; None: more than many have in common."""
    return reckoned_once(person, "told", _told).get(facet)


def as_columns(facet: str, told: Told) -> dict[str, float | None]:
    """Return what `said` returned by the names of the columns."""
    return dict(zip(ASKED[facet], told, strict=True))


def _told(person: Pairs) -> dict[str, Told]:
    """Return what each facet reads of the person of a pool of one."""
    values: dict[str, Any] = {name: getattr(person.people, name)[0].item() for name in _COLUMNS}
    values["earliest_birth"] = youngest_of_that_age(values["earliest_birth"], person.as_of)
    known: dict[str, Any] = {name: None if value != value else value for name, value in values.items()}
    return {
        facet: tuple([known[name] if bits == WHOLE else known[name] & bits for name, bits in columns.items()])
        for facet, columns in ASKED.items()
    }


def kept(
    known: dict[tuple[object, ...], T], key: tuple[object, ...], reckoned: Callable[[], T], most: int = _MOST_IN_COMMON
) -> T:
    """Return what is known under a key, or else reckon it; all is forgotten when it becomes too much."""
    found: T = known.get(key, _UNKNOWN)
    if found is _UNKNOWN:
        if len(known) >= most:
            known.clear()
        found = known[key] = reckoned()
    return found


def contributed(parts: Parts, steps: Steps, pairs: Pairs) -> IntArray:
    """Return what some features add to each pair, `OUT` where one of the rules fails, (n_pairs,)."""
    added = np.zeros(len(pairs), dtype=np.int64)
    for feature in parts.features:
        added += steps.contributed(feature, pairs)
    for rule in parts.rules:
        added[~rule.passes(pairs)] = OUT
    return added


def with_offers(person: Pairs, offers: IntArray, people: People | None = None) -> Pairs:
    """Return the person of a pool of one, or somebody else who is one, with some rows of the pool of offers."""
    return Pairs(
        people=person.people if people is None else people,
        offers=person.offers,
        person=np.zeros(len(offers), dtype=np.intp),
        offer=offers,
        as_of=person.as_of,
    )


def _concerning(facet: Facet, layer: Layer, people: People) -> IntArray | None:
    """Return the combinations that may add for this person what they do not for anybody; None: all of them."""
    if facet.by_skill is not None:
        named = np.zeros(len(facet.usual), dtype=bool)
        named[facet.by_skill.of(people.skills[0, : len(facet.by_skill)].nonzero()[0])] = True
        return named.nonzero()[0]
    if facet.by_trade is not None and facet.name in OF_RELATED_TRADES:
        near = people.experience[0].take(layer.trades).round(4)
        return facet.by_trade.of((near >= RELATED).nonzero()[0])
    return None


def _beyond(facet: Facet, steps: Steps, person: Pairs, asked: IntArray | None) -> IntArray:
    """Return what each combination adds beyond what it does for anybody; of all but those *asked* it is nothing."""
    if asked is None:
        return contributed(facet.parts, steps, with_offers(person, facet.examples)) - facet.usual
    beyond = np.zeros(len(facet.usual), dtype=np.int64)
    pairs = with_offers(person, facet.examples[asked])
    beyond[asked] = contributed(facet.parts, steps, pairs) - facet.usual[asked]
    return beyond


def _compared(facet: Facet, layer: Layer, beyond: IntArray) -> Table | None:
    """Return a table with the most that it adds in each cell."""
    if not beyond.any():
        return None
    its = facet.by_trade if facet.by_cell is None else facet.by_cell
    if its is None:
        return Table(beyond=beyond, most=np.full(len(layer.far), beyond.max()))
    most = np.maximum.reduceat(beyond.take(its.numbers), its.starts[:-1])
    return Table(beyond=beyond, most=most.take(layer.far.part) if facet.by_cell is None else most)
