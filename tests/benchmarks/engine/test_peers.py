"""Text engines and a vector index asked for 200 of 1,000,000 openings, beside the exact answer (issue 4).

Theirs is a smaller job: words, a box around home (or housing) and the last day to apply; ours is every rule, feature
and score. Shown are time and how much of the exact answer each one finds; there is no bar.
"""

import math
import time
from contextlib import ExitStack
from functools import partial
from typing import Any

import numpy as np

from matching.pool.offers import Offers
from matching.pool.people import People
from matching.ranking.prior import stated_prior
from matching.search import Searcher
from matching.search.reach import REACH_KM
from matching.taxonomy.places import ROAD_FACTOR
from matching.taxonomy.release import current_taxonomy
from tests.benchmarks.engine.generated import openings, seekers
from tests.benchmarks.engine.measure import quartiles_ms
from tests.benchmarks.engine.report import keep_part, spread, table
from tests.benchmarks.engine.text_peers import MAKERS, Ask, Asked, Stock, absent
from tests.builders import TODAY

N_OFFERS, K, ASKED, WARMING = 1_000_000, 200, 24, 60
DAY = TODAY.toordinal()
TAXONOMY = current_taxonomy()
KM_A_DEGREE = 111.2
_TRADE_NUMBERS, _PLACE_WEIGHT = 32, 1 / 20
_UNITS = {"xã", "phường"}
"""Words of nearly every address."""

NAMES = {
    "sqlite": "SQLite FTS5, bm25",
    "tantivy": "tantivy, BM25",
    "faiss": "faiss flat, trade and place as vectors",
    "postgresql": "PostgreSQL, ts_rank over GIN",
}


def _trade_numbers() -> Any:
    """A short vector for each trade, whose products are the similarities of the release, (n_occ, 32)."""
    values, vectors = np.linalg.eigh(TAXONOMY.similarity.astype(np.float64))
    return (vectors * np.sqrt(np.maximum(values, 0)))[:, -_TRADE_NUMBERS:]


def _place_numbers(lat: Any, lon: Any) -> Any:
    east = np.asarray(lon, dtype=np.float64) * np.cos(np.radians(np.asarray(lat, dtype=np.float64)))
    return np.stack([np.asarray(lat, dtype=np.float64), east], axis=-1) * KM_A_DEGREE * _PLACE_WEIGHT


def stock_of(offers: Offers) -> Stock:
    """Openings with a text of what they are and where, as a board would show them."""
    places, occupation, place = TAXONOMY.places, offers.occupation.tolist(), offers.place.tolist()
    trades = [name.lower() for name in TAXONOMY.occupations.plain_vi]
    where = [f"{c}, {p}".lower() for c, p in zip(places.communes, places.provinces, strict=True)]
    lat, lon = np.asarray(offers.lat[:], dtype=np.float64), np.asarray(offers.lon[:], dtype=np.float64)
    closes = np.where(offers.closes_on > 0, offers.closes_on, 10**6)
    return Stock(
        texts=[f"{trades[trade]} {where[at]}" for trade, at in zip(occupation, place, strict=True)],
        lat=lat,
        lon=lon,
        housed=(offers.housing == 1).astype(np.int64),
        open_until=np.where(offers.held, 0, closes).astype(np.int64),
        vectors=np.hstack([_trade_numbers()[offers.occupation], _place_numbers(lat, lon)]).astype(np.float32),
    )


def asked_by(people: People, person: int) -> Asked | None:
    """What a person would type: their trades and commune, as far as they travel; None without a trade."""
    one = people.take(np.array([person]))
    trades = np.concatenate([one.trades.did.row, one.trades.wished.row])
    if not len(trades):
        return None
    names = [TAXONOMY.occupations.plain_vi[row] for row in trades.tolist()]
    text = " ".join([*names, TAXONOMY.places.communes[int(one.place[0])]])
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    lat, lon = float(one.lat[0]), float(one.lon[0])
    farthest = REACH_KM if math.isnan(one.max_commute_km[0]) else float(one.max_commute_km[0])
    high = farthest / ROAD_FACTOR / KM_A_DEGREE
    wide = high / math.cos(math.radians(lat))
    vector = np.concatenate([_trade_numbers()[trades].mean(axis=0), _place_numbers(lat, lon)])
    return Asked(
        words=tuple(word for word in dict.fromkeys(words) if word not in _UNITS),
        box=(lat - high, lat + high, lon - wide, lon + wide),
        day=DAY,
        vector=vector.astype(np.float32),
        k=K,
    )


def _best(searcher: Searcher, person: int) -> list[int]:
    return searcher.best(np.array([person]), k=K).shown.offer.tolist()


def _asking(searcher: Searcher) -> dict[int, tuple[Asked, list[int]]]:
    """People for whom there are 200 to find, and these: everything within reach was judged."""
    asking: dict[int, tuple[Asked, list[int]]] = {}
    person = WARMING
    while len(asking) < ASKED:
        exact = searcher.find(np.array([person]), k=K).shown.offer.tolist()
        asked = asked_by(searcher.people, person)
        if asked is not None and len(exact) == K:
            asking[person] = asked, exact
        person += 1
    return asking


def _timed(ask: Any) -> tuple[float, list[int]]:
    begun = time.perf_counter()
    found = ask()
    return time.perf_counter() - begun, found


def _measured(
    peers: dict[str, Ask], searcher: Searcher, asking: dict[int, tuple[Asked, list[int]]], stock: Stock
) -> dict[str, Any]:
    """Everybody asks everyone in turn, once; what a peer returns is open and lies in the box."""
    taken: dict[str, list[float]] = {name: [] for name in ("ours", *peers)}
    recall: dict[str, list[float]] = {name: [] for name in taken}
    searcher.best(np.arange(WARMING), k=K)
    for person, (asked, exact) in asking.items():
        contestants = {"ours": partial(_best, searcher, person)} | {n: partial(ask, asked) for n, ask in peers.items()}
        for name, ask in contestants.items():
            seconds, found = _timed(ask)
            assert found == exact if name == "ours" else asked.allows(stock, np.array(found, dtype=np.int64)).all()
            taken[name].append(seconds)
            recall[name].append(len(set(found) & set(exact)) / K)
    return {
        name: {"times": quartiles_ms(seconds), "recall": round(float(np.mean(recall[name])), 3)}
        for name, seconds in taken.items()
    }


def test_text_engines_and_a_vector_index_beside_the_exact_answer() -> None:
    """Issue 4: their time and their recall against the exact 200; a smaller job, and no bar."""
    offers, people = openings("country", N_OFFERS, seed=1), seekers("country", 200, seed=9)
    searcher = Searcher(people, offers, stated_prior(), per="person", as_of=DAY)
    asking, stock, missing = _asking(searcher), stock_of(offers), absent()
    built: dict[str, float] = {}
    with ExitStack() as stack:
        peers = {}
        for name in [name for name in MAKERS if name not in missing]:
            begun = time.perf_counter()
            peers[name] = MAKERS[name](stock, stack)
            built[name] = round(time.perf_counter() - begun, 1)
        for ask in peers.values():
            ask(next(iter(asking.values()))[0])
        measured = _measured(peers, searcher, asking, stock)
    found = {"measured": measured, "built_seconds": built, "absent": missing}
    keep_part("peers", page=_page(found), found=found)


def _page(found: dict[str, Any]) -> list[str]:
    measured, built = found["measured"], found["built_seconds"]
    rows = [("exact, whole model", spread(measured["ours"]["times"]), "1.000", "")]
    rows += [
        (NAMES[name], spread(measured[name]["times"]), f"{measured[name]['recall']:.3f}", built[name])
        for name in MAKERS
        if name in measured
    ]
    return [
        "## Text engines and a vector index, asked for 200",
        f"{N_OFFERS:,} openings of the country; {ASKED} people who each ask once, after others. A smaller job: words "
        "(trades and commune, any of them; for vectors the nearest in trade and place), a box around home or housing "
        "given, and the last day to apply; no rules, no scores of a person. Recall is the share of the exact 200 (all "
        "rules and scores, within reach) that stands among theirs. Time on the clock in milliseconds an answer, one "
        "thread each; no bar.",
        "",
        *table(("", "200 of a million", "recall", "built in seconds"), rows),
        *(f"\nNot asked: {NAMES[name]} ({reason})." for name, reason in found["absent"].items()),
    ]
