"""The text of one invented person: clauses for each fact, in the order and voice of whoever typed them."""

import random

from matching.domain.vocabulary import Assertion, ConstraintCode, NeedCode
from matching.samples.facts import Draw, Facts, Known
from matching.samples.records import LicenceTruth, TradeTruth, Truth
from matching.samples.tables import Trade, clauses
from matching.samples.voice import STYLES, WEIGHTS, type_out
from matching.samples.words import TradeWords

_NUMBERS = {2: "hai", 3: "ba", 4: "bốn", 6: "sáu", 7: "bảy", 8: "tám", 9: "chín", 10: "mười"}
"""Numbers written in words; five is left out, since "năm năm" is read twice."""

_IMPLIED: dict[str, tuple[str, ...]] = {
    "casual": ("experience:9629",),
    "counselling": ("need:training",),
    "fixed_appointment": ("preference:wants_part_time",),
    "no_id_card": ("need:documents",),
    "not_after": ("constraint:no_night_shift", "constraint:no_overnight_away"),
    "home_based_only": ("need:job", "status:self_employed"),
    "wants_daily_pay": ("status:casual", "need:job"),
    "wants_higher_wage": ("need:job",),
    "near_home_only": ("need:job",),
    "stigma_barrier": ("need:job",),
}
"""What else the words for a fact may be read as: "on call for anybody" is odd-job work too."""

_DEBT_MILLION = (10, 15, 20, 30, 40, 60)
_MILLION = 1_000_000


class Story:
    """Writes one person's text from their facts and keeps what the text is meant to say."""

    def __init__(self, facts: Facts, words: dict[str, TradeWords], rng: random.Random, *, year: int) -> None:
        self._facts, self._words, self._rng, self._year = facts, words, rng, year
        self._trades: list[TradeTruth] = []
        self._also: list[str] = []

    def write(self, draw: Draw) -> str:
        """Return the text; the declared truth is then ready."""
        style = self._rng.choices(STYLES, WEIGHTS)[0]
        opening, limits = self._past() + self._work(draw), self._limits()
        asks = self._asks()
        if style == "officer" and self._facts.known and not self._facts.minor:
            return self._form(limits, asks)
        filler = [self._say("filler", "any")] if self._rng.random() < 0.3 else []
        if self._rng.random() < 0.3:
            limits, asks = asks, limits
        return type_out(opening + filler + limits + asks + self._contact(), style, self._rng)

    def truth(self, person_id: str) -> Truth:
        """Return what the text is meant to say; to be asked for after `write`."""
        facts = self._facts
        told = (facts.status, *facts.needs, *facts.constraints, *facts.preferences)
        self._also += [reading for code in told for reading in _IMPLIED.get(code.value, ())]
        licence = () if facts.licence is None else (LicenceTruth(code=facts.licence[0], status=facts.licence[1]),)
        return Truth(
            person_id=person_id,
            trades=tuple(self._trades),
            licences=licence,
            needs=tuple(dict.fromkeys(facts.needs)),
            constraints=tuple(facts.constraints),
            preferences=tuple(facts.preferences),
            employment_status=facts.status,
            loan_vnd=None if facts.loan_million is None else facts.loan_million * _MILLION,
            loan_purpose=None if facts.loan_for is None else facts.loan_for.code,
            also_right=tuple(dict.fromkeys(self._also)),
        )

    def _say(self, situation: str, key: str, **words: object) -> str:
        """Return one of the templates of a situation, filled in."""
        return self._rng.choice(clauses()[situation][key]).format(**words)

    def _name(self, trade: Trade, kind: str) -> str:
        names: tuple[str, ...] = getattr(self._words[trade.code], kind)
        return self._rng.choice(names)

    def _declare(self, trade: Trade, assertion: Assertion, years: int | None = None) -> None:
        self._trades.append(TradeTruth(code=trade.code, assertion=assertion, years=years))

    def _past(self) -> list[str]:
        """Return how the person came home, which only some officers write down, or the age of a minor."""
        if self._facts.minor:
            return [self._say("minor", "age", age=self._facts.age)]
        if self._rng.random() < 0.12:
            return [self._say("filler", "past", n=self._rng.randint(1, 11))]
        return []

    def _work(self, draw: Draw) -> list[str]:
        """Return what the person has done, has not done, and what others of the family do."""
        said = [self._experience(known, first=i == 0) for i, known in enumerate(self._facts.known)]
        if self._rng.random() < 0.12:
            said.append(self._say("experience", "denied", work=self._name(draw.other(self._facts, self._rng), "works")))
        if self._rng.random() < 0.1:
            work = self._name(draw.other(self._facts, self._rng), "works")
            said.insert(self._rng.randint(0, len(said)), self._say("experience", "other_person", work=work))
        return said

    def _experience(self, known: Known, *, first: bool) -> str:
        self._declare(known.trade, Assertion.EXPERIENCE, known.years)
        work = self._name(known.trade, "works")
        if known.years is None:
            return self._say("experience", "without_years", work=work)
        key = "with_years" if first else "second"
        return self._say("experience", key, work=work, span=self._span(known.years))

    def _span(self, years: int) -> str:
        since = self._year - years
        if self._rng.random() < 0.12:
            return self._say("span", "since", year=since)
        if years in _NUMBERS and self._rng.random() < 0.15:
            return self._say("span", "words", w=_NUMBERS[years])
        return self._say("span", "plain", n=years)

    def _limits(self) -> list[str]:
        """Return the present state, the licence, what is closed, and the limits."""
        facts, said = self._facts, list[str]()
        if facts.status != "unknown":
            said.append(self._say("status", facts.status.value))
        if facts.licence is not None:
            name = self._say("licence_name", self._spoken(facts.licence[0].value))
            said.append(self._say("licence", facts.licence[1].value, licence=name))
        if facts.barred_years is not None:
            self._declare(facts.known[0].trade, Assertion.BARRED)
            until = self._year + facts.barred_years
            said.append(self._say("experience", "barred", year=until, n=facts.barred_years + 1))
        if facts.refused is not None:
            self._declare(facts.refused, Assertion.REFUSED)
            said.append(self._say("experience", "refused", work=self._name(facts.refused, "works")))
        said += [self._limit(limit) for limit in facts.constraints if limit is not ConstraintCode.MINOR]
        return said + [self._say("preference", wanted.value) for wanted in facts.preferences]

    def _spoken(self, code: str) -> str:
        """Return the class that people name: most still say B2 for B."""
        if code == "driving_B" and self._rng.random() < 0.6:
            assert self._facts.licence is not None
            self._facts.licence = (type(self._facts.licence[0]).DRIVING_B2, self._facts.licence[1])
            return "driving_B2"
        return code

    def _limit(self, limit: ConstraintCode) -> str:
        evening = limit is ConstraintCode.NOT_AFTER
        return self._say(
            "constraint",
            limit.value,
            child=self._rng.randint(1, 6),
            amount=self._money(self._rng.choice(_DEBT_MILLION)),
            time=self._rng.choice(("5 giờ", "17h", "18h", "9 giờ") if evening else ("8 giờ", "8h", "7 giờ rưỡi")),
        )

    def _asks(self) -> list[str]:
        """Return what the person asks for."""
        facts, said = self._facts, list[str]()
        if facts.wish is not None:
            self._declare(facts.wish, Assertion.WISH)
            training = facts.asks == "training"
            words = {"trade": self._name(facts.wish, "names"), "work": self._name(facts.wish, "works")}
            said.append(self._say("wish", "training" if training else "job", **words))
        for need in facts.needs:
            main = need in (NeedCode.JOB, NeedCode.TRAINING)
            if need is NeedCode.LOAN:
                said.append(self._loan())
            elif not (main and facts.wish is not None):
                said.append(self._say("need", need.value))
        return said

    def _loan(self) -> str:
        facts = self._facts
        amount = self._money(facts.loan_million or 0)
        if facts.loan_for is None:
            return self._say("loan", "open", amount=amount)
        self._also += [f"wish:{facts.loan_for.code}", f"experience:{facts.loan_for.code}", "need:equipment"]
        return self._say("loan", "ask", amount=amount, work=self._name(facts.loan_for, "works"))

    def _money(self, million: int) -> str:
        return self._rng.choice((f"{million} triệu", f"{million}tr", f"{million} tr", f"{million}.000.000đ"))

    def _contact(self) -> list[str]:
        if self._rng.random() < 0.04:
            return [self._say("filler", "contact", d3=self._rng.randint(100, 999))]
        return []

    def _form(self, limits: list[str], asks: list[str]) -> str:
        """Return the same facts under an officer's headings; the trades are told by name and years."""
        facts, parts = self._facts, list[str]()
        self._trades = [t for t in self._trades if t.assertion is not Assertion.EXPERIENCE]
        if facts.schooling:
            parts.append(self._say("form", "schooling", grade=facts.schooling))
        for i, known in enumerate(facts.known):
            self._declare(known.trade, Assertion.EXPERIENCE, known.years or 1)
            name = self._name(known.trade, "names")
            parts.append(
                self._say("form", "trade", trade=name, n=known.years or 1)
                if i == 0
                else f"{name} {known.years or 1} năm"
            )
        if limits:
            parts.append(self._rng.choice(("Hoàn cảnh: ", "Ghi chú: ", "")) + ", ".join(limits))
        if asks:
            parts.append(self._say("form", "wish", clause=", ".join(asks)))
        return ". ".join(parts) + "."
