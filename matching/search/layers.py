"""What an index of offers is made of."""

from dataclasses import dataclass

from matching.domain.vocabulary import OfferKind
from matching.features.feature import Feature
from matching.pool.blocks import Blocks
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.rules.rule import Rule
from matching.search.facets import Parts, Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One facet of the offers of one kind."""

    name: str
    parts: Parts
    examples: IntArray
    """An offer that has each combination: row in the pool, (n_codes,)."""
    usual: IntArray
    """What somebody of whom nothing is known scores by each combination: part of a member's value, (n_codes,)."""
    by_skill: tuple[IntArray, IntArray] | None = None
    """Combinations that name each skill (codes, and where each skill's begin), where it is made of skills only.

    The others score what they score for anybody: no skill of theirs is the person's."""
    by_trade: tuple[IntArray, IntArray] | None = None
    """Combinations met in each trade (codes, and where each trade's begin); None: too many to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Places of the offers of one kind, told apart by what besides the distance decides what the way there adds."""

    parts: Parts
    place: IntArray
    """Which place of the index each way leads to, (n_ways,) ascending."""
    starts: IntArray
    """First and last-plus-one way to each place, (n_places + 1,)."""
    sort: IntArray
    """Which sort of way it is: housing given, work at home, transport given, place known, (n_ways,)."""
    examples: IntArray
    """An offer at the end of each way: row in the pool, (n_ways,)."""
    one: IntArray
    """A way of each sort, (n_sorts,)."""
    housed: BoolArray
    """Sorts that give housing: within reach of everybody, (n_sorts,)."""
    placed: BoolArray
    """Sorts whose place is known, (n_sorts,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The offers of one kind that the rules leave to anybody, called members here."""

    kind: OfferKind
    rows: IntArray
    """Row in the pool of each member, (n,) int32."""
    near: Blocks
    """Members by way and occupation, in their own order."""
    far: Blocks
    """The same members by sort of way and occupation: far away all places are alike."""
    way: IntArray
    """The way to each member, (n,) int32."""
    far_way: IntArray
    """The same in the order of `far`: what is looked at together lies together."""
    ways: Ways
    n_trades: int
    trade: IntArray
    """A member of each occupation, (n_trades,)."""
    facets: tuple[Facet, ...]
    codes: IntArray
    """Number of each member's combination in each facet, (n, n_facets) uint16: all of a member's lie together."""
    by_row: tuple[Feature, ...]
    """Features without a facet: their tables' largest values bound them until an offer is looked at by itself."""
    rules: tuple[Rule, ...]
    """Rules without a facet, and those that close an offer to everybody: asked of each offer that could be shown."""
    sample: tuple[IntArray, IntArray, IntArray]
    """Way, occupation and value of every so many members: they tell how deep a question has to go."""

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
    sizes: IntArray
    """Offers without and with housing at each place, of all kinds, open or not, (2, n_places)."""
    layers: tuple[Layer, ...]
    tables: dict[tuple[object, ...], "Table | None"]
    rings: dict[tuple[object, ...], "Rings"]
    """What many people have in common, by kind, facet and what is asked of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What the combinations of a facet add for one person, beyond what they add for anybody."""

    beyond: IntArray
    """(n_codes,); far below every score where a rule keeps the person away."""
    most: IntArray
    """The most of each occupation's combinations, (n_trades,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """What a way adds at most, by ring of distance and sort of way."""

    added: IntArray
    """(n_rings, n_sorts)."""
    sure: BoolArray
    """Where it adds just that all over the ring, (n_rings, n_sorts)."""
