"""Offers by place and by what decides their scores, so that people of one place can be served together."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.features import FEATURES
from matching.pool.blocks import ranges
from matching.pool.by_cell import cell_of, n_cells_of
from matching.pool.coded import Coded
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray, People
from matching.rules import RULES
from matching.rules.rule import Rule
from matching.search.facets import FACETS, WAY, Parts, Steps, combined, parts_of, static_parts
from matching.search.nobody import unknown_person

OUT = -(1 << 55)
"""What a rule takes off: all of them together still fit 64 bits."""

RULED_OUT = -(1 << 50)
"""Below every score, above everything that a rule keeps away."""

_MOST_CODES = 65_536
"""Combinations beyond which a facet is not asked: it is bounded, and its rules are asked offer by offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Combinations of columns that decide what some features and rules say."""

    name: str
    parts: Parts
    code: IntArray
    """Combination of each member, (n,)."""
    examples: IntArray
    """An offer of each combination: row in the pool, (n_codes,)."""
    usual: IntArray | None = None
    """Where it is made of skills only: what each combination adds for who has no skill, (n_codes,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The offers of one kind that are open to anybody, called members, by place cell."""

    rows: IntArray
    """Row in the pool of each member, (n,)."""
    value: IntArray
    """The most each scores by all that no facet holds, (n,)."""
    slack: int
    """How far below that it may stay."""
    starts: IntArray
    """First and last-plus-one member of each cell, (n_cells + 1,)."""
    facets: tuple[Facet, ...]
    way: Facet
    """Ways stand by cell, like members."""
    way_starts: IntArray
    """First and last-plus-one way of each cell, (n_cells + 1,)."""
    rules: tuple[Rule, ...]
    """Rules that no facet holds."""

    def within(self, near: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
        """Return members, their ways, and of each member which of those ways, in the cells of *near* (n_cells,)."""
        cells = np.flatnonzero(near)
        members = ranges(self.starts[cells], self.starts[cells + 1])
        begin, end = self.way_starts[cells], self.way_starts[cells + 1]
        shift = begin - (np.cumsum(end - begin) - (end - begin))
        at = self.way.code[members] - np.repeat(shift, self.starts[cells + 1] - self.starts[cells])
        return members, ranges(begin, end), at


def shelves_of(people: People, offers: Offers, steps: Steps, *, as_of: int) -> tuple[Shelf, ...]:
    """Return a shelf a kind of offer that is met.

    Parameters
    ----------
    people : People
        Any pool: functions that are asked here read nothing of it.
    as_of : int
        Ordinal of the day.
    """
    nobody = unknown_person(people)
    found = []
    for kind in OfferKind:
        rows = np.flatnonzero(offers.kind == positions(OfferKind)[kind])
        everybody = np.zeros(len(rows), dtype=np.intp)
        pairs = Pairs(people=nobody, offers=offers, person=everybody, offer=rows, as_of=as_of)
        if len(rows):
            found.append(_shelf(kind, pairs, steps))
    return tuple(found)


def _shelf(kind: OfferKind, pairs: Pairs, steps: Steps) -> Shelf:
    static = static_parts(kind)
    for rule in static.rules:
        pairs = pairs.where(rule.passes(pairs))
    offers = pairs.offers
    pairs = pairs.where(np.argsort(cell_of(offers, pairs.offer), kind="stable"))
    rows, cell = pairs.offer, cell_of(offers, pairs.offer)
    way, facets = _way(kind, cell, pairs), _facets(kind, pairs, steps)
    held = [static, way.parts, *(facet.parts for facet in facets)]
    features = {feature.name for parts in held for feature in parts.features}
    rules = {rule.name for parts in held for rule in parts.rules}
    value = np.full(len(rows), steps.bias, dtype=np.int64)
    slack = 0
    for name, feature in FEATURES.items():
        if kind not in feature.kinds:
            value += steps.missing(name)
        elif feature in static.features:
            value += steps.contributed(feature, pairs)
        elif name not in features:
            value += steps.largest(name)
            slack += steps.largest(name) - steps.least(name)
    n_cells = np.arange(n_cells_of(offers) + 1)
    return Shelf(
        rows=rows,
        value=value,
        slack=slack,
        starts=np.searchsorted(cell, n_cells),
        facets=facets,
        way=way,
        way_starts=np.searchsorted(cell_of(offers, way.examples), n_cells),
        rules=tuple(rule for rule in RULES if kind in rule.kinds and rule.name not in rules),
    )


def _way(kind: OfferKind, cell: IntArray, pairs: Pairs) -> Facet:
    offers, rows = pairs.offers, pairs.offer
    code, at = combined([cell, offers.at_home[rows] == 1, offers.transport_provided[rows]])
    return Facet(name=WAY, parts=parts_of(WAY, kind), code=code.astype(np.intp), examples=rows[at])


def _facets(kind: OfferKind, pairs: Pairs, steps: Steps) -> tuple[Facet, ...]:
    """Return every facet of which something is asked and whose combinations are not too many."""
    found = []
    for name, columns in FACETS.items():
        parts = parts_of(name, kind)
        if name == WAY or not (parts.features or parts.rules):
            continue
        code, at = combined([part for read in sorted(columns - {"kind"}) for part in _columns(read, pairs, steps)])
        if len(at) > _MOST_CODES:
            continue
        usual = None
        if columns == {"skills", "kind"} and not parts.rules:
            usual = added(parts, pairs.where(at), steps)
        examples = pairs.offer[at]
        found.append(Facet(name=name, parts=parts, code=code.astype(np.intp), examples=examples, usual=usual))
    return tuple(found)


def _columns(name: str, pairs: Pairs, steps: Steps) -> list[Any]:
    """Return what a facet is made of; the wage against the pool's is told apart only as far as a model does."""
    if name == "wage_to_usual":
        return [steps.step("higher_wage_wanted", FEATURES[name].function(pairs))]
    column = getattr(pairs.offers, name)
    return [(column.code if isinstance(column, Coded) else column)[pairs.offer]]


def added(parts: Parts, pairs: Pairs, steps: Steps) -> IntArray:
    """Return what some features add to the score of each pair, far below every score where a rule fails, (n_pairs,)."""
    total = np.zeros(len(pairs), dtype=np.int64)
    for feature in parts.features:
        total += steps.contributed(feature, pairs)
    for rule in parts.rules:
        total[~rule.passes(pairs)] = OUT
    return total
