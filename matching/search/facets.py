"""What each feature and rule reads of an offer, and the few columns that many offers share.

A facet is a set of columns. Offers that agree in them agree in every feature and rule that reads nothing else of an
offer, so for one person these are asked once a combination, of one offer that stands for all. Features that read
nothing of a person make one number of each offer, once a pool. Nothing is assumed of a feature that is not listed
here: its table's largest value bounds it.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from matching.domain.bits import mask
from matching.domain.vocabulary import ConstraintCode as C
from matching.domain.vocabulary import OfferKind
from matching.domain.vocabulary import PreferenceCode as P
from matching.features import FEATURES, NAMES
from matching.features.feature import Feature
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray, IntArray
from matching.ranking.additive import MICRO, AdditiveModel
from matching.rules import RULES
from matching.rules.rule import Rule

READS: dict[str, frozenset[str]] = {
    name: frozenset(columns.split())
    for name, columns in {
        "occupation_exact": "occupation",
        "occupation_similarity": "occupation",
        "trade_years": "occupation",
        "years_against_asked": "occupation min_years",
        "wish_similarity": "occupation",
        "refused_neighbour": "occupation",
        "trains_on_job": "occupation trains",
        "need_fit": "kind trains housing",
        "housing_wanted": "housing",
        "meals_or_housing_wanted": "meals housing",
        "wage_to_floor": "wage_min wage_max",
        "higher_wage_wanted": "wage_to_usual",
        "daily_pay_wanted": "wage_unit",
        "distance_km": "place lat lon housing at_home",
        "commute_minutes": "place lat lon housing at_home transport_provided",
        "housed_away_km": "place lat lon housing",
        "same_commune": "place",
        "transport_given": "place lat lon housing at_home transport_provided",
        "night_shift": "night_shift",
        "night_shift_welcome": "night_shift",
        "hours_outside_care": "start end",
        "part_time_wanted": "start end days_per_week",
        "licence_used": "licences_required",
        "papers_needed": "contract",
        "reading_needed": "min_schooling",
        "schooling_gap": "min_schooling",
        "strain": "physical",
        "formal_contract_wanted": "contract",
        "seasonal_when_lasting_wanted": "contract",
        "programme_wished": "occupation",
        "programme_builds_on": "occupation",
        "programme_mastered": "occupation licences_awarded",
        "programme_new_licence": "licences_awarded",
        "programme_new_skills": "skills",
        "programme_hours_conflict": "schedule",
        "skill_cover": "skills",
        "skills_missing": "skills",
        "something_is_asked_for": "",
        "of_working_age": "kind",
        "no_court_bar": "occupation licences_required licences_awarded",
        "no_bar_told_in_the_survey": "occupation licences_required licences_awarded",
        "no_work_barred_to_minors": "barred_to_minors",
        "adult_where_adults_are_asked": "kind min_age",
        "old_enough_for_the_course": "kind min_age",
        "schooling_for_the_course": "kind min_schooling",
        "no_night_work_of_minors": "night_shift",
        "trade_not_refused": "occupation",
        "within_reach": "place lat lon housing transport_provided",
        "can_be_done_at_home": "kind at_home",
        "no_nights_away": "nights_away",
        "no_night_shift": "night_shift",
        "hours_fit": "start end",
        "licence_held": "licences_required",
        "no_demand_against_the_body": "physical",
        "wage_reaches_the_floor": "wage_min wage_max",
    }.items()
}
"""Columns of `Offers` that a feature or rule reads; "wage_to_usual" stands for the wage against the pool's wages."""

STATIC = frozenset(
    {
        "wage_known",
        "wage_to_usual",
        "nights_away",
        "stable_contract",
        "work_at_home",
        "seats_left",
        "fair_chance_pledge",
        "response_rate",
        "record_clause",
        "programme_fee",
        "programme_weeks",
        "programme_support",
        "loan_rate",
        "open_already",
        "posting_keeps_the_law",
        "lends_to_persons",
        "fund_not_empty",
    }
)
"""Features and rules that read nothing of a person, nor the last day of an offer: it moves while a pool is served."""

_MOVING = frozenset({"seats_left"})
"""Those whose columns are written to in place while a pool is served."""

WAY = "way"
TRADE = "trade"

FACETS: dict[str, frozenset[str]] = {
    name: frozenset(columns.split()) | {"kind"}
    for name, columns in {
        TRADE: "occupation",
        "practice": "occupation min_years trains",
        "mastered": "occupation licences_awarded",
        "living": "trains housing meals",
        "schooling": "min_schooling",
        "nights": "night_shift nights_away barred_to_minors min_age",
        "hours": "start end days_per_week",
        "terms": "contract wage_unit",
        "lessons": "schedule",
        "body": "physical licences_required",
        "pay": "wage_min wage_max",
        "skills": "skills",
        "usual": "wage_to_usual",
        "closed": "occupation licences_required licences_awarded",
        WAY: "place lat lon housing at_home transport_provided",
    }.items()
}
"""Combinations of columns; a feature or rule belongs to the first facet that holds all it reads.

The last one is not told apart further than the way needs it: housing and work at home are "yes" or not."""

WHOLE = -1
"""All bits of a column."""

ASKED: dict[str, dict[str, int]] = {
    "living": {
        "needs": WHOLE,
        "constraints": mask([C.NEEDS_HOUSING]),
        "preferences": mask([P.WANTS_MEALS_OR_HOUSING]),
    },
    "schooling": {"constraints": mask([C.LOW_LITERACY]), "schooling": WHOLE},
    "nights": {
        "constraints": mask([C.MINOR, C.NO_OVERNIGHT_AWAY, C.NO_NIGHT_SHIFT]),
        "preferences": mask([P.NIGHT_SHIFT_OK]),
        "earliest_birth": WHOLE,
    },
    "hours": {
        "constraints": mask([C.CHILDCARE, C.ELDERCARE]),
        "preferences": mask([P.WANTS_PART_TIME]),
        "not_before": WHOLE,
        "not_after": WHOLE,
        "appointment": WHOLE,
    },
    "terms": {
        "constraints": mask([C.NO_ID_CARD]),
        "preferences": mask([P.WANTS_DAILY_PAY, P.WANTS_FORMAL_CONTRACT, P.WANTS_YEAR_ROUND]),
    },
    "lessons": {
        "constraints": mask([C.CHILDCARE, C.ELDERCARE, C.NO_NIGHT_SHIFT]),
        "not_before": WHOLE,
        "not_after": WHOLE,
    },
    "body": {
        "constraints": mask(
            [C.WEAK_HEALTH, C.LIMITED_HAND_USE, C.NO_HEAVY_LIFTING, C.NO_HEIGHTS, C.NO_HEAT, C.NO_PROLONGED_STANDING]
        ),
        "licences": WHOLE,
    },
    "pay": {"wage_floor": WHOLE},
    "usual": {"preferences": mask([P.WANTS_HIGHER_WAGE])},
    WAY: {
        "constraints": mask([C.NO_VEHICLE, C.NEAR_HOME_ONLY, C.NO_OVERNIGHT_AWAY, C.HOME_BASED_ONLY]),
        "transport": WHOLE,
        "max_commute_km": WHOLE,
    },
}
"""All that the functions of a facet read of a person, column by column and bit by bit, where that is little: what many
people have in common is reckoned once. Of the day of birth only the whole years count; of the way, the distance comes
on top."""

OF_RELATED_TRADES = frozenset({"practice"})
"""Facets whose combinations add what they add for anybody, unless the person has done work related to theirs."""

CLOSED_BY: dict[str, str] = {"closed": "closed_trades"}
"""Column of `People` that is 0 for those to whom all offers of a facet are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is asked of one facet."""

    features: tuple[Feature, ...]
    rules: tuple[Rule, ...]


def parts_of(facet: str, kind: OfferKind) -> Parts:
    """Return the features and rules about *kind* that belong to a facet."""
    return Parts(
        features=tuple(f for f in FEATURES.values() if kind in f.kinds and _home(f.name) == facet),
        rules=tuple(r for r in RULES if kind in r.kinds and _home(r.name) == facet),
    )


def static_parts(kind: OfferKind) -> Parts:
    """Return the features and rules about *kind* that read nothing of a person."""
    return Parts(
        features=tuple(f for f in FEATURES.values() if kind in f.kinds and f.name in STATIC),
        rules=tuple(r for r in RULES if kind in r.kinds and r.name in STATIC),
    )


def rest_of(kind: OfferKind, facets: Collection[str]) -> Parts:
    """Return what is asked of each offer by itself where there are some *facets*.

    Features that none of them holds: their tables' largest values bound them. Rules that none of them holds, and of
    those that read nothing of a person the ones whose answer moves while offers are served.
    """
    return Parts(
        features=tuple(
            f for f in FEATURES.values() if kind in f.kinds and f.name not in STATIC and _home(f.name) not in facets
        ),
        rules=tuple(
            r for r in RULES if kind in r.kinds and r.name not in STATIC - _MOVING and _home(r.name) not in facets
        ),
    )


def _home(name: str) -> str | None:
    reads = READS.get(name)
    if reads is None or name in STATIC:
        return None
    return next((facet for facet, columns in FACETS.items() if reads <= columns), None)


class Steps:
    """The tables of a model in whole millionths, one feature at a time.

    Behind the last threshold stands NaN, which nothing reaches but NaN: it is sorted behind all numbers.
    """

    def __init__(self, model: AdditiveModel) -> None:
        self._thresholds = {
            name: np.array((*model.shapes[name].thresholds, np.nan), dtype=np.float32) for name in NAMES
        }
        self._values: dict[str, IntArray] = {
            name: np.rint(np.array((*model.shapes[name].values, model.shapes[name].missing)) * MICRO).astype(np.int64)
            for name in NAMES
        }
        self.bias = round(model.bias * MICRO)

    def thresholds(self, name: str) -> list[float]:
        """Return where the steps of a feature's table begin."""
        thresholds: list[float] = self._thresholds[name][:-1].tolist()
        return thresholds

    def step(self, name: str, values: FloatArray) -> IntArray:
        """Return which step of its table each value of a feature reaches; one beyond the last where it is NaN."""
        return np.asarray(self._thresholds[name].searchsorted(values, side="right"))

    def contributed(self, feature: Feature, pairs: Pairs) -> IntArray:
        """Return what a feature adds to the score of each pair, (n_pairs,)."""
        name = feature.name
        return self._values[name].take(self._thresholds[name].searchsorted(feature.function(pairs), side="right"))

    def largest(self, name: str) -> int:
        """Return the most that a feature can add."""
        return int(self._values[name].max())

    def least(self, name: str) -> int:
        """Return the least that a feature can add."""
        return int(self._values[name].min())

    def missing(self, name: str) -> int:
        """Return what a feature adds where it is unknown, or about another kind."""
        return int(self._values[name][-1])


def combined(columns: list[IntArray | FloatArray]) -> tuple[IntArray, IntArray]:
    """Return the number of each row's combination of values, (n,), and the first row that has each, (n_codes,).

    >>> codes, rows = combined([np.array([7, 7, 9]), np.array([0.5, 0.5, np.nan])])
    >>> codes.tolist(), rows.tolist()
    ([0, 0, 1], [0, 2])
    """
    total = np.zeros(len(columns[0]), dtype=np.int64)
    size = 1
    for column in columns:
        codes, count = _numbered(column)
        if size * count > _LARGEST:
            total = np.unique(total, return_inverse=True)[1].astype(np.int64)
            size = int(total.max(initial=0)) + 1
        total = total * count + codes
        size *= count
    if size > _SPARSE:
        _, first, codes = np.unique(total, return_index=True, return_inverse=True)
        return codes, first
    row = np.full(size, -1, dtype=np.int64)
    row[total[::-1]] = np.arange(len(total))[::-1]
    met = row >= 0
    return (np.cumsum(met) - 1)[total], row[met]


_LARGEST = 2**62
_SPARSE = 2**22
"""Numbers up to which a table of all that could occur is quicker than sorting what does."""


def _numbered(column: IntArray | FloatArray) -> tuple[IntArray, int]:
    if np.issubdtype(column.dtype, np.integer) and len(column):
        low, high = int(column.min()), int(column.max())
        if high - low < _SPARSE:
            return column.astype(np.int64) - low, high - low + 1
    values, codes = np.unique(column, return_inverse=True)
    return codes.astype(np.int64), max(len(values), 1)
