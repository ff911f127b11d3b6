"""Invented openings of any number, as employers post them; a few break the law, so that holding them can be shown."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from matching.domain.offer import Opening
from matching.domain.vocabulary import LicenceCode, RecordClause, WageUnit
from matching.samples.records import Planted
from matching.samples.tables import Commune, Trade, market, postings
from matching.samples.words import TradeWords

_UNLAWFUL_SHARE = 0.015
_OFFICES = frozenset({"4110", "4311", "4224", "4321", "3122"})
"""Trades for which schooling is asked."""

_TOLD_SHARE = 0.8
"""How often a field that the posting could leave open is filled in."""


def openings(
    seed: int, count: int, places: tuple[Commune, ...], words: dict[str, TradeWords], as_of: date
) -> Iterator[tuple[Opening, Planted | None]]:
    """Yield *count* openings, each with the breach that was planted in it or None."""
    writer = _Writer(random.Random(f"{seed}:openings"), places, words, as_of)  # noqa: S311 - invented data
    for number in range(1, count + 1):
        yield writer.opening(f"JO-{number:06d}", firms=number // 4 + 1)


class _Writer:
    def __init__(
        self, rng: random.Random, places: tuple[Commune, ...], words: dict[str, TradeWords], as_of: date
    ) -> None:
        self._rng, self._places, self._words, self._as_of = rng, places, words, as_of
        self._place_weights = [place.weight for place in places]
        self._trades = market()
        self._weights = {s: self._weigh(s) for s in {place.setting for place in places}}

    def opening(self, offer_id: str, *, firms: int) -> tuple[Opening, Planted | None]:
        """Write one opening of one of so many firms: fields first, then the sentences that tell of them."""
        rng = self._rng
        place = rng.choices(self._places, self._place_weights)[0]
        trade = rng.choices(self._trades, self._weights[place.setting])[0]
        breach = rng.choice(tuple(postings()["breach"])) if rng.random() < _UNLAWFUL_SHARE else None
        opening = self._fields(offer_id, f"E-{rng.randint(1, firms):05d}", place, trade, breach)
        return opening, None if breach is None else Planted(offer_id=offer_id, breach=breach)

    def _weigh(self, setting: str) -> list[float]:
        return [t.openings * {setting: 4.0, "any": 2.0}.get(t.where, 0.4) for t in self._trades]

    def _chance(self, percent: float) -> bool:
        return self._rng.random() * 100 < percent

    def _told(self, value: bool) -> bool | None:
        """Return a yes as it is, and a no only if the employer bothers to say so."""
        return True if value else (False if self._chance(45) else None)

    def _fields(self, offer_id: str, employer: str, place: Commune, trade: Trade, breach: str | None) -> Opening:
        rng, words = self._rng, self._words[trade.code]
        low, high = self._wage(trade, breach)
        seats = max(1, min(trade.seats_max, round(rng.expovariate(3 / trade.seats_max))))
        trains = self._chance(trade.trains_pct)
        night = self._chance(trade.night_pct)
        told = self._chance(100 * _TOLD_SHARE)
        opens = self._as_of - timedelta(days=rng.randint(-6, 60))
        licence = trade.licence is not None and self._chance(70)
        fields = Opening(
            offer_id=offer_id,
            employer_id=employer,
            title=self._title(words, place, seats),
            commune=rng.choice(place.spellings),
            occupation=trade.code if told else None,
            headcount=seats,
            wage_min_vnd=low,
            wage_max_vnd=high,
            wage_unit=WageUnit.MONTH if breach == "minimum_wage" else trade.unit,
            hours=trade.hours if trade.hours is not None and not night and self._chance(80) else None,
            days_per_week=rng.choice((6, 6, 6, 7)) if self._chance(80) else None,
            nights_away_per_trip=trade.nights_away or (0 if self._chance(40) else None),
            night_shift=self._told(night),
            contract=trade.contract,
            min_years=0 if trains else float(rng.choice((1, 1, 2, 3))) if self._chance(50) else None,
            skills=tuple(rng.sample(words.skills, min(len(words.skills), rng.randint(0, 3)))),
            licences_required=() if not licence or trade.licence is None else (trade.licence,),
            min_schooling_grade=12 if trade.code in _OFFICES and self._chance(60) else None,
            min_age=18 if self._chance(60) else None,
            trains_on_job=self._told(trains),
            housing=self._told(self._chance(trade.housing_pct)),
            meals=self._told(self._chance(35)),
            transport_provided=self._told(self._chance(trade.transport_pct)),
            physical=trade.physical if self._chance(75) else (),
            record_clause=self._clause(breach),
            fair_chance_pledge=True if self._chance(35) else None,
            opens_on=opens,
            closes_on=opens + timedelta(days=rng.randint(30, 150)) if self._chance(90) else None,
        )
        return replace(fields, text=self._text(fields, words, breach))

    def _clause(self, breach: str | None) -> RecordClause | None:
        if breach == "record_slip":
            return RecordClause.HARD
        soft = RecordClause.SOFT if self._chance(4) else None
        return soft if soft is not None or self._chance(30) else RecordClause.NONE

    def _wage(self, trade: Trade, breach: str | None) -> tuple[int | None, int | None]:
        """Return the least and the most it pays, VND a unit; (None, None) where nothing is said."""
        if breach == "minimum_wage":
            return 3_300_000, 3_400_000
        if self._chance(8):
            return None, None
        step = 5 if trade.unit in ("day", "hour") else 250
        step = 1 if trade.unit == "hour" else step
        low = round(trade.low_k * self._rng.uniform(0.92, 1.15) / step) * step
        high = max(low + step, round(trade.high_k * self._rng.uniform(0.88, 1.12) / step) * step)
        return low * 1000, high * 1000

    def _title(self, words: TradeWords, place: Commune, seats: int) -> str:
        trade = self._rng.choice(words.titles)
        bare = place.spellings[0].split(",")[0].removeprefix("Xã ").removeprefix("Phường ")
        template = self._rng.choice(postings()["opening"]["title"])
        title = template.format(trade=trade, Trade=trade[0].upper() + trade[1:], n=seats, place=bare)
        return title[0].upper() + title[1:]

    def _text(self, it: Opening, words: TradeWords, breach: str | None) -> str:
        """Return the sentences of a posting: always the work, then what the employer tells of the terms."""
        tasks = ", ".join(self._rng.sample(words.tasks, min(len(words.tasks), self._rng.randint(1, 3))))
        said = [self._say("need", n=it.headcount, trade=self._rng.choice(words.titles), tasks=tasks or words.titles[0])]
        said += self._pay(it, breach)
        if it.hours is not None and self._chance(60):
            start, end = it.hours.split("-")
            said.append(self._say("hours", **{"from": start, "to": end}))
        for name in ("night_shift", "housing", "meals", "transport_provided"):
            if getattr(it, name) and self._chance(80):
                said.append(self._say({"night_shift": "night", "transport_provided": "transport"}.get(name, name)))
        if it.nights_away_per_trip:
            said.append(self._say("nights_away", n=it.nights_away_per_trip))
        said += self._asked(it)
        if breach is not None:
            said.append(self._rng.choice(postings()["breach"][breach]))
        return " ".join(sentence for sentence in said if sentence)

    def _pay(self, it: Opening, breach: str | None) -> list[str]:
        if breach == "minimum_wage":
            return []
        if it.wage_unit in (WageUnit.SHARE, WageUnit.PIECE):
            return [self._say(it.wage_unit.value)]
        if it.wage_min_vnd is None or it.wage_max_vnd is None:
            return []
        unit = 1_000_000 if it.wage_unit is WageUnit.MONTH else 1000
        low, high = (f"{v / unit:g}".replace(".", ",") for v in (it.wage_min_vnd, it.wage_max_vnd))
        return [self._say(it.wage_unit.value, low=low, high=high)] if self._chance(85) else []

    def _asked(self, it: Opening) -> list[str]:
        """Return what the employer asks for and how one applies."""
        said = []
        if it.trains_on_job:
            said.append(self._say("trains"))
        elif it.min_years:
            said.append(self._say("years", n=f"{it.min_years:g}"))
        for code in it.licences_required:
            said.append(self._say("licence", licence=self._rng.choice(_licence_names(code))))
        if it.min_schooling_grade is not None:
            said.append(self._say("schooling", grade=it.min_schooling_grade))
        forms = postings()["opening.contract"].get(it.contract or "")
        if forms is not None and self._chance(50):
            said.append(self._rng.choice(forms))
        if it.fair_chance_pledge:
            said.append(self._say("pledge"))
        if it.record_clause is RecordClause.SOFT:
            said.append(self._say("soft"))
        return [*said, self._say("close")]

    def _say(self, key: str, **words: object) -> str:
        return self._rng.choice(postings()["opening"][key]).format(**words)


def _licence_names(code: LicenceCode) -> tuple[str, ...]:
    return postings()["licence_name"].get(code.value, (code.value,))
