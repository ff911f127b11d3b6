"""What an index of offers is made of."""

from dataclasses import dataclass
from typing import Any

from matching.domain.vocabulary import OfferKind
from matching.pool.blocks import Blocks, ranges
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.search.facets import Parts, Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Lists of numbers, one after the other."""

    numbers: IntArray
    starts: IntArray
    """First and last-plus-one of each list, (n_lists + 1,)."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, lists: IntArray) -> IntArray:
        """Return the numbers of some lists."""
        return self.numbers[ranges(self.starts[lists], self.starts[lists + 1])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One facet of the offers of one kind."""

    name: str
    parts: Parts
    examples: IntArray
    """An offer that has each combination: row in the pool, (n_codes,)."""
    usual: IntArray
    """What somebody of whom nothing is known scores by each combination: part of a member's value, (n_codes,)."""
    by_skill: Lists | None = None
    """Combinations that name each skill, where it is made of skills only.

    The others score what they score for anybody: no skill of theirs is the person's."""
    by_trade: Lists | None = None
    """Combinations met in each trade; None: too many to look at."""
    by_cell: Lists | None = None
    """Combinations met in each cell, where the way reads some of what the facet is made of; None elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Places of the offers of one kind, told apart by what besides the distance decides what the way there adds.

    There are sorts of way: housing given, work at home, transport given, place known. The way of a sort to a place has
    the number "place * n_sorts + sort"; not every number is met.
    """

    met: IntArray
    """Numbers that are met, (n_met,) ascending."""
    starts: IntArray
    """First and last-plus-one of these to each place, (n_places + 1,)."""
    examples: IntArray
    """An offer at the end of each of these: row in the pool, (n_met,)."""
    sorts: IntArray
    """An offer at the end of a way of each sort, (n_sorts,)."""
    housed: BoolArray
    """Sorts that give housing: within reach of everybody, (n_sorts,)."""
    placed: BoolArray
    """Sorts whose place is known, (n_sorts,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Every so many members of a layer: they tell how deep a question has to go."""

    way: IntArray
    cell: IntArray
    value: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The offers of one kind that the rules leave to anybody, called members here."""

    kind: OfferKind
    rows: IntArray
    """Row in the pool of each member, (n,) int32."""
    near: Blocks
    """Members by way and cell."""
    far: Blocks
    """Members by sort of way and occupation, for far away all places are alike: each of these blocks is a cell.

    They stand in this order, so that what is looked at together lies together; its own `order` is left empty."""
    way: IntArray
    """The way to each member, (n,) int32."""
    ways: Ways
    trades: IntArray
    """Row in `Occupations` of each occupation, (n_trades,)."""
    facets: tuple[Facet, ...]
    codes: IntArray
    """Number of each member's combination in each facet, (n, n_facets) uint16: all of a member's lie together."""
    way_parts: Parts
    """What is asked of the way."""
    rest: Parts
    """What is asked of each offer that could be shown: see `facets.rest_of`."""
    sample: Sample

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferIndex:
    """The layers of one pool; it holds nothing of the pool itself, so that the pool can go."""

    n_offers: int
    """Rows of the pool that it is made of: the first ones of a pool that has grown since."""
    steps: Steps
    nobody: People
    """Somebody of whom nothing is known."""
    place: IntArray
    """Row in `Places` of each place where there are offers; -1 unknown, (n_places,)."""
    lat: FloatArray
    lon: FloatArray
    """Where it lies, (n_places,); NaN unknown."""
    points: FloatArray
    """The same on the unit sphere, (3, n_places)."""
    edges_km: FloatArray
    """See `ways.edges_of`."""
    layers: tuple[Layer, ...]
    tables: dict[tuple[object, ...], "Table | None"]
    rings: dict[tuple[object, ...], "Rings"]
    """What many people have in common, by kind, facet and what is asked of a person."""
    surroundings: dict[tuple[object, ...], Any]
    """The same by home (see `ways.Surroundings`)."""
    added: dict[tuple[object, ...], "Added"]
    """What was reckoned for the last who asked, by kind and a digest of all that is told of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What the combinations of a facet add for one person, beyond what they add for anybody."""

    beyond: IntArray
    """(n_codes,); far below every score where a rule keeps the person away."""
    most: IntArray
    """The most of the combinations met in each cell, (n_cells,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What all facets of a layer add for one person."""

    facets: tuple[tuple[int, Table], ...]
    """Number and table of each facet that tells members of a cell apart."""
    slack: IntArray
    """The most that these add in each cell, (n_cells,)."""
    cell: IntArray
    """The same with the trade, and the most of all that no facet holds, (n_cells,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """What ways add at most, by distance and sort of way: at home, ring by ring, at an unknown distance.

    Then the same once more for places beyond the person's reach, where only housing helps.
    """

    begins: FloatArray
    """Where each ring begins: the square of the straight line through the unit sphere; the last is NaN, (n,)."""
    beyond_reach: int
    """How many rows there are of places within reach, n + 1; those of places beyond it follow."""
    added: dict[OfferKind, IntArray]
    """By layer, (2 * (n + 1), n_sorts)."""
    sure: dict[OfferKind, BoolArray]
    """Where it adds just that all over the ring, by layer, (2 * (n + 1), n_sorts)."""
