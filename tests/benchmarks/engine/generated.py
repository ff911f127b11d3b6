"""Seeded pools of openings as columns, no object an offer: country-like and one city."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import Contract, OfferKind, RecordClause, WageUnit
from matching.pool.layout import CODED, MAX_SKILLS, PLAIN
from matching.pool.offers import Offers
from matching.pool.packing import packed
from matching.pool.people import IntArray, People
from matching.pool.texts import Lazy
from matching.taxonomy.places import distance_km
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY

Shape = Literal["country", "city"]

CITY_KM = 35.0
"""One city: the communes within this distance of its centre."""

_CENTRE = 10.776, 106.701
_LICENCES = (1, 2, 8, 64)


class Numbered(Lazy[Any]):
    """Names "O0000000", "O0000001" ... (or records that nobody reads), made when they are asked for."""

    def __init__(self, n: int, prefix: str = "O") -> None:
        self._n, self._prefix = n, prefix

    def __len__(self) -> int:
        return self._n

    def read(self, row: int) -> str:
        """Return the name of a row."""
        return f"{self._prefix}{row:07d}"


def openings(shape: Shape, n: int, seed: int = 0) -> Offers:
    """*n* openings: places and trades are skewed as populations are, terms go with the trade, a third is unsaid."""
    rng = np.random.default_rng([seed, n, shape == "city"])
    taxonomy = current_taxonomy()
    types = {name: kind for name, (kind, _) in (PLAIN | CODED).items()}
    columns: dict[str, Any] = {name: np.full(n, unknown) for name, (_, unknown) in PLAIN.items()}
    place = places_of(shape, n, rng)
    trade = _skewed(rng, n, rng.permutation(len(taxonomy.occupations)), 1.0)
    columns |= _work(n, trade, rng) | _terms(n, trade, rng)
    columns |= {"place": place, "occupation": trade, "skills": _skills(n, trade, rng)}
    columns["kind"] = np.full(n, positions(OfferKind)[OfferKind.OPENING])
    return packed(
        {name: column.astype(types[name]) for name, column in columns.items()},
        ids=Numbered(n),
        records=Numbered(n),
        places=taxonomy.places,
    )


def seekers(shape: Shape, n: int, seed: int = 0) -> People:
    """*n* people as `tests.pools` draws them, at home where the openings of a shape are."""
    rng = np.random.default_rng([seed, 7])
    people, _ = pools.columns(pools.people(seed, n), [])
    place = places_of(shape, n, rng).astype(np.int32)
    places = current_taxonomy().places
    lat, lon = (column[place].astype(np.float32) for column in (places.lat, places.lon))
    asks = np.where(people.needs == 0, 1, people.needs).astype(people.needs.dtype)
    return replace(people, place=place, lat=lat, lon=lon, needs=asks)


def places_of(shape: Shape, n: int, rng: np.random.Generator) -> IntArray:
    """Communes by a skewed weight; in a city the nearer the centre the more."""
    places = current_taxonomy().places
    fixed = np.random.default_rng(11)
    if shape == "country":
        return _skewed(rng, n, fixed.permutation(len(places.lat)), 0.6)
    km = distance_km(*_CENTRE, places.lat, places.lon)
    return _skewed(rng, n, np.argsort(km)[: int((km <= CITY_KM).sum())], 0.5)


def _skewed(rng: np.random.Generator, n: int, values: IntArray, power: float) -> IntArray:
    weight = 1.0 / np.arange(1, len(values) + 1) ** power
    return np.asarray(values[rng.choice(len(values), size=n, p=weight / weight.sum())])


def _one_of(rng: np.random.Generator, n: int, values: Sequence[float], shares: Sequence[float]) -> Any:
    return np.array(values)[rng.choice(len(values), size=n, p=shares)]


def _work(n: int, trade: IntArray, rng: np.random.Generator) -> dict[str, Any]:
    """Wage, hours, nights and demands; what is usual differs by trade."""
    usual = np.random.default_rng(3).uniform(5.0, 14.0, len(current_taxonomy().occupations))[trade]
    low = np.round(usual * rng.lognormal(-0.1, 0.18, n), 1)
    high = np.round(low * rng.uniform(1.0, 1.5, n), 1)
    low[rng.random(n) < 0.3] = np.nan
    high[rng.random(n) < 0.3] = np.nan
    units = positions(WageUnit)
    start = _one_of(rng, n, (-1, 360, 420, 450, 480, 1320), (0.4, 0.1, 0.2, 0.1, 0.15, 0.05))
    heavy = np.random.default_rng(4).random(len(current_taxonomy().occupations))[trade]
    return {
        "wage_min": low * 1e6,
        "wage_max": high * 1e6,
        "wage_unit": _one_of(rng, n, (units[WageUnit.MONTH], units[WageUnit.DAY], -1), (0.8, 0.1, 0.1)),
        "start": start,
        "end": np.where(start >= 0, (start + _one_of(rng, n, (240, 540, 600), (0.1, 0.6, 0.3))) % 1440, -1),
        "days_per_week": _one_of(rng, n, (-1, 5, 6, 7), (0.4, 0.1, 0.4, 0.1)),
        "nights_away": _one_of(rng, n, (-1, 0, 2, 7), (0.6, 0.35, 0.03, 0.02)),
        "night_shift": np.where(start == 1320, 1, _one_of(rng, n, (-1, 0, 1), (0.6, 0.3, 0.1))),
        "physical": np.where(heavy < 0.4, _one_of(rng, n, (0, 1, 2, 9), (0.4, 0.3, 0.2, 0.1)), 0),
    }


def _terms(n: int, trade: IntArray, rng: np.random.Generator) -> dict[str, Any]:
    """Contract, what is asked and given, dates, and how the employer answers."""
    day = TODAY.toordinal()
    asks = np.random.default_rng(5).random(len(current_taxonomy().occupations))[trade]
    return {
        "contract": rng.integers(-1, len(Contract), n),
        "min_years": _one_of(rng, n, (np.nan, 0, 1, 2, 3, 5), (0.4, 0.3, 0.15, 0.08, 0.05, 0.02)),
        "licences_required": np.where(asks < 0.12, _one_of(rng, n, _LICENCES, (0.4, 0.3, 0.2, 0.1)), 0),
        "min_schooling": _one_of(rng, n, (-1, 5, 9, 12), (0.6, 0.1, 0.2, 0.1)),
        "min_age": _one_of(rng, n, (-1, 18, 22), (0.5, 0.45, 0.05)),
        "trains": _one_of(rng, n, (-1, 0, 1), (0.5, 0.2, 0.3)),
        "housing": _one_of(rng, n, (-1, 0, 1), (0.6, 0.35, 0.05)),
        "meals": _one_of(rng, n, (-1, 0, 1), (0.5, 0.2, 0.3)),
        "transport_provided": _one_of(rng, n, (-1, 0, 1), (0.7, 0.2, 0.1)),
        "at_home": _one_of(rng, n, (-1, 1), (0.98, 0.02)),
        "pledge": _one_of(rng, n, (-1, 0, 1), (0.7, 0.2, 0.1)),
        "response_rate": np.where(rng.random(n) < 0.4, np.round(rng.random(n), 2), np.nan),
        "record_clause": rng.integers(-1, len(RecordClause), n),
        "seats": _one_of(rng, n, (-1, 0, 1, 2, 5, 20, 60), (0.2, 0.03, 0.37, 0.2, 0.1, 0.07, 0.03)),
        "opens_on": np.where(rng.random(n) < 0.5, day - rng.integers(-3, 60, n), 0),
        "closes_on": np.where(rng.random(n) < 0.6, day + rng.integers(-2, 45, n), 0),
        "held": rng.random(n) < 0.02,
    }


def _skills(n: int, trade: IntArray, rng: np.random.Generator) -> IntArray:
    """Up to four skills that the trade uses; a third of the openings names none."""
    of_trade = current_taxonomy().skills.of_occupation
    likely = np.argsort(-of_trade, axis=1, kind="stable")[:, :6]
    found = np.full((n, MAX_SKILLS), -1, dtype=np.int16)
    count = _one_of(rng, n, (0, 1, 2, 3, 4), (0.34, 0.2, 0.2, 0.16, 0.1))
    for i in range(4):
        chosen = likely[trade, (rng.integers(0, 2, n) + i) % 6]
        found[:, i] = np.where(count > i, chosen, -1)
    return found
