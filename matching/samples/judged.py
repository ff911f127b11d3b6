"""Judged pairs: the declared preference, noise, and a grade; a handful of offers of mixed grades for each person."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.domain.offer import Loan, Offer
from matching.domain.outcome import Judgement
from matching.domain.survey import Survey
from matching.domain.vocabulary import Assertion, NeedCode
from matching.samples.conflicts import in_conflict
from matching.samples.preference import Person, preference
from matching.samples.records import Planted, Truth
from matching.taxonomy.places import distance_km
from matching.taxonomy.release import Taxonomy

NOISE = 0.25
"""Standard deviation of the noise on the logarithm of a preference: two judges differ by about a third of it."""

CUTS = (0.09, 0.25, 0.44)
"""Noisy preferences from which a pair is judged 1, 2 and 3."""

MOST_LOOKED_AT = 160
"""Offers that one judge looks through for one person, drawn at random from a larger market."""

_FEWEST, _MOST = 6, 10

_PARTS = ((3, 0.25), (12, 0.3), (40, 0.25), (10**9, 0.2))
"""Ranks at which a part of a person's offers ends, best first, and the part's share of the judged ones."""


def grade_of(worth: float, noise: float) -> int:
    """Return the grade of a preference after multiplicative noise (1.0 is none).

    >>> grade_of(0.3, 1.0), grade_of(0.3, 2.0), grade_of(0.0, 2.0)
    (2, 3, 0)
    """
    return sum(worth * noise >= cut for cut in CUTS)


def judge(
    seed: int,
    surveys: Sequence[Survey],
    truths: Sequence[Truth],
    offers: Sequence[Offer],
    *,
    planted: Sequence[Planted] = (),
    as_of: date,
    taxonomy: Taxonomy,
    home_province: str,
) -> tuple[Judgement, ...]:
    """Judge 6 to 10 offers for each person who asks for something.

    Pairs in conflict with a limit, the law or the offer's own terms are judged 0, and few of them are drawn. Nobody
    judges for a person who wants nothing, nor an opening whose occupation only its text tells.

    Parameters
    ----------
    surveys, truths : sequences of equal length
        A truth stands at the position of its survey.
    planted : sequence of Planted
        Openings that break the law: they are held, so every pair with one is judged 0.
    """
    held = frozenset(breach.offer_id for breach in planted)
    market = _Market.of(offers, held, taxonomy, home_province)
    judgements: list[Judgement] = []
    for survey, truth in zip(surveys, truths, strict=True):
        if NeedCode.NONE in truth.needs:
            continue
        rng = random.Random(f"{seed}:judge:{survey.person_id}")  # noqa: S311 - invented data
        judgements += _judge_one(rng, Person(survey=survey, truth=truth), market, as_of)
    return tuple(judgements)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Market:
    """The offers with their places, and which are in a commune or a trade."""

    offers: Sequence[Offer]
    held: frozenset[str]
    rows: Sequence[int]
    loan_rows: dict[int, frozenset[int]]
    by_place: dict[int, list[int]]
    by_trade: dict[str, list[int]]
    loans: list[int]
    judged: list[int]
    taxonomy: Taxonomy
    home_province: str

    @classmethod
    def of(cls, offers: Sequence[Offer], held: frozenset[str], taxonomy: Taxonomy, home_province: str) -> "_Market":
        """Resolve every place once."""
        known: dict[str | None, int] = {None: -1}
        rows, by_place, by_trade = [], dict[int, list[int]](), dict[str, list[int]]()
        loan_rows: dict[int, frozenset[int]] = {}

        def row(text: str | None) -> int:
            if text not in known:
                known[text] = taxonomy.places.row_of(text, home_province=home_province)
            return known[text]

        for i, offer in enumerate(offers):
            if isinstance(offer, Loan):
                rows.append(-1)
                if offer.communes is not None:
                    loan_rows[i] = frozenset(row(text) for text in offer.communes)
                continue
            rows.append(row(offer.commune))
            if offer.occupation is None:
                continue
            by_place.setdefault(rows[-1], []).append(i)
            by_trade.setdefault(offer.occupation, []).append(i)
        return cls(
            offers=offers,
            held=held,
            rows=rows,
            loan_rows=loan_rows,
            by_place=by_place,
            by_trade=by_trade,
            loans=[i for i, offer in enumerate(offers) if isinstance(offer, Loan)],
            judged=[i for i, offer in enumerate(offers) if isinstance(offer, Loan) or offer.occupation is not None],
            taxonomy=taxonomy,
            home_province=home_province,
        )

    def looked_at(self, rng: random.Random, person: Person, home: int) -> list[int]:
        """Return the offers that a judge looks through: near ones, ones of the trades, loans, and others."""
        chosen = dict.fromkeys(rng.sample(self.judged, min(MOST_LOOKED_AT, len(self.judged))))
        near = self.by_place.get(home, [])
        chosen |= dict.fromkeys(rng.sample(near, min(30, len(near))))
        for code in person.codes(Assertion.WISH) + person.codes(Assertion.EXPERIENCE):
            same = self.by_trade.get(code, [])
            chosen |= dict.fromkeys(rng.sample(same, min(15, len(same))))
        if NeedCode.LOAN in person.truth.needs:
            chosen |= dict.fromkeys(rng.sample(self.loans, min(15, len(self.loans))))
        return list(chosen)

    def km(self, home: int, i: int) -> float | None:
        """Return the distance in km; None when a place is unknown."""
        there = self.rows[i]
        if home < 0 or there < 0:
            return None
        lat, lon = self.taxonomy.places.lat, self.taxonomy.places.lon
        return float(distance_km(lat[home], lon[home], lat[there], lon[there]))


def _judge_one(rng: random.Random, person: Person, market: _Market, as_of: date) -> list[Judgement]:
    home = market.taxonomy.places.row_of(person.survey.commune, home_province=market.home_province)
    worths: dict[int, float] = {}
    for i in market.looked_at(rng, person, home):
        offer, km = market.offers[i], market.km(home, i)
        elsewhere = i in market.loan_rows and home not in market.loan_rows[i]
        closed = elsewhere or offer.offer_id in market.held
        forbidden = closed or in_conflict(person, offer, km=km, as_of=as_of, licences=market.taxonomy.licences)
        worths[i] = 0.0 if forbidden else preference(person, offer, km=km)
    judged = []
    for i in _mixed(rng, worths):
        grade = grade_of(worths[i], rng.lognormvariate(0.0, NOISE))
        offer_id = market.offers[i].offer_id
        judged.append(Judgement(person_id=person.survey.person_id, offer_id=offer_id, grade=grade))
    return judged


def _mixed(rng: random.Random, worths: dict[int, float]) -> list[int]:
    """Draw offers of every quality: the best ones, good ones, weak ones and one that must not be proposed."""
    ranked = sorted((i for i in worths if worths[i] > 0), key=lambda i: (-worths[i], i))
    forbidden = [i for i in worths if worths[i] == 0]
    size = rng.randint(_FEWEST, _MOST)
    drawn = rng.sample(forbidden, min(1, len(forbidden)))
    start = 0
    for stop, share in _PARTS:
        part = ranked[start:stop]
        drawn += rng.sample(part, min(round(share * size), size - len(drawn), len(part)))
        start = stop
    rng.shuffle(drawn)
    return drawn
