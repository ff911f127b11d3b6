"""Occupations and skills of one person: code, assertion, years, confidence, evidence."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from matching.domain.profile import OccupationMention, Question, SkillMention, Span
from matching.domain.vocabulary import Assertion
from matching.extraction.abilities import SOUGHT, is_told
from matching.extraction.anaphora import given_up, taken_up
from matching.extraction.belonging import own_trades
from matching.extraction.confidence import AS_SPELT, IMPLIED, MISSPELT, WITHOUT_ACCENTS
from matching.extraction.cues import Mode, Spoken
from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading
from matching.extraction.senses import decide
from matching.extraction.years import years_of
from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold

_DRIVING, _CAR_DRIVER = ("832", "833"), "8322"
"""Minor groups of driving on roads, and the unit group that a bar on driving closes when no trade is known."""

_SAID_OF_OWN_DRIVING = {Assertion.BARRED: _DRIVING, Assertion.WISH: ("833",)}
"""Groups of driving that a bar on driving, or a wish to drive, speaks of where the person has done it."""

_ANY_DRIVING = "lai xe"

_OF_TRADES = frozenset({"nghe", "nhiem", "doanh", "lam", "giay", "day"})
"""Words of a bar on work; other bars are none ("cấm cư trú")."""

_BY_GEAR = "622"
"""Minor group of fishing: one trade by whatever gear, which is what one can handle."""

_SKILLS_OF = (Mode.EXPERIENCE, Mode.BARRED)
"""A skill is held unless it is only wished for, denied or somebody else's."""


def read_trades(
    reading: Reading, spoken: Spoken, taxonomy: Taxonomy, *, surveyed_on: date
) -> tuple[list[OccupationMention], list[SkillMention], list[Question]]:
    """Return what the person does, wishes, refuses and can do, and the phrases that leave it open.

    *spoken* is how each phrase stands to the person: `assertion.modes`.
    """
    own = Spoken(own_trades(reading, spoken, taxonomy), spoken.skills)
    occupations, questions = _occupations(reading, own, taxonomy, surveyed_on)
    return _merged(occupations), _skills(reading, own), questions


def _occupations(
    reading: Reading, told: Spoken, taxonomy: Taxonomy, surveyed_on: date
) -> tuple[list[OccupationMention], list[Question]]:
    trades = told.trades
    years = years_of(reading, [h for h, mode in trades.items() if mode is Mode.EXPERIENCE], surveyed_on)
    refused, wished = given_up(reading, told), taken_up(reading, trades)
    occupations: list[OccupationMention] = []
    questions: list[Question] = []
    for hit, mode in trades.items():
        own = mode.assertion
        if not (own or hit in refused or hit in wished):
            continue
        decided = decide(reading, hit, taxonomy, trades)
        if isinstance(decided, Question):
            questions.append(decided)
            continue
        for code in decided:
            if own:
                occupations.append(_mention(hit, code, own, reading.span(hit), years.get(hit)))
            if hit in refused:
                occupations.append(_mention(hit, code, Assertion.REFUSED, refused[hit]))
            if hit in wished:
                occupations.append(_mention(hit, code, Assertion.WISH, wished[hit]))
    occupations = list(_own_driving(reading, occupations))
    if "bar" in reading.hits:
        occupations += _bars_without_a_trade(reading, trades, occupations)
    return occupations, questions


def _own_driving(reading: Reading, mentions: list[OccupationMention]) -> Iterator[OccupationMention]:
    """Yield the mentions, what is said of driving in general saying it of the driving that the person has done before.

    A bar closes all of that; who drove a bus or lorry and wishes for "việc lái xe" wishes for that again.
    """
    for mention in mentions:
        said_of = _SAID_OF_OWN_DRIVING.get(mention.assertion, ())
        if not said_of or mention.code != _CAR_DRIVER or not _is_any_driving(reading, mention):
            yield mention
            continue
        own = [
            m.code for m in mentions
            if m.assertion is Assertion.EXPERIENCE and m.code.startswith(said_of) and m.evidence < mention.evidence
        ]  # fmt: skip
        for code in dict.fromkeys(own) or (_CAR_DRIVER,):
            yield replace(mention, code=code)


def _is_any_driving(reading: Reading, mention: OccupationMention) -> bool:
    """Whether a mention names no vehicle: "lái xe", but not "lái xe con"; a bar is one on all driving."""
    said = fold(reading.text.source.original[slice(*mention.evidence)])
    return mention.assertion is Assertion.BARRED or said.endswith(_ANY_DRIVING)


def _bars_without_a_trade(
    reading: Reading, found: dict[Hit, Mode], mentions: list[OccupationMention]
) -> list[OccupationMention]:
    """Return what a bar closes that names no trade: "tòa cấm lái 2 năm", "làm bảo vệ ..., cấm hành nghề 3 năm".

    A bar on driving closes the driving the person has done, else driving a car; any other bar the last trade before it.
    """
    barred = []
    for bar in reading.layer("bar"):
        begin, end = reading.clause_bounds(bar.first)
        if any(begin <= h.first < end and mode is Mode.BARRED for h, mode in found.items()):
            continue
        own = [m for m in mentions if m.assertion is Assertion.EXPERIENCE and m.evidence[0] < reading.span(bar)[0]]
        driving = "lai" in reading.text.folded[bar.first : min(bar.stop + 1, end)]
        around = reading.text.folded[bar.first : min(bar.stop + 3, end)]
        last = [m.code for m in own[-1:]] if not _OF_TRADES.isdisjoint(around) else []
        codes = [m.code for m in own if m.code.startswith(_DRIVING)] if driving else last
        for code in codes or ([_CAR_DRIVER] if driving else []):
            mention = OccupationMention(
                code=code, assertion=Assertion.BARRED, confidence=IMPLIED, evidence=reading.span(bar)
            )
            barred.append(mention)
    return barred


def _mention(
    hit: Hit, code: str, assertion: Assertion, evidence: Span, years: float | None = None
) -> OccupationMention:
    return OccupationMention(
        code=code,
        assertion=assertion,
        years=years,
        confidence=_confidence(hit),
        evidence=evidence,
    )


def _confidence(hit: Hit) -> float:
    if hit.mended:
        return MISSPELT
    return AS_SPELT if hit.as_spelt else WITHOUT_ACCENTS


def _merged(mentions: list[OccupationMention]) -> list[OccupationMention]:
    """Return one mention for each code and assertion: the first, with the longest years that any of them gives."""
    merged: dict[tuple[str, Assertion], OccupationMention] = {}
    for mention in mentions:
        key = (mention.code, mention.assertion)
        known = merged.setdefault(key, mention)
        if mention.years is not None and (known.years is None or mention.years > known.years):
            merged[key] = replace(known, years=mention.years, evidence=known.evidence)
    return list(merged.values())


def _skills(reading: Reading, told: Spoken) -> list[SkillMention]:
    """Return each skill that is held, where it stands first.

    Words that are read as a trade are no skill beside it, unless people are hired for that by its name. In
    a trade by gear, naming the gear names the skill: "đi bạn ghe giã cào".
    """
    held = [hit for hit, mode in told.skills.items() if mode in _SKILLS_OF]
    if not held:
        return []
    by_gear = [hit for hit in told.trades if hit.code.startswith(_BY_GEAR)]
    skills = [hit for hit in held if is_told(reading, hit) or any(trade.holds(hit) for trade in by_gear)]
    if not skills:
        return []
    trades: dict[str, Hit] = {}
    for hit in told.trades:
        trades.setdefault(hit.code, hit)
    named = {(hit.first, hit.stop) for hit in trades.values()}
    whole = [hit for hit in told.trades if hit not in by_gear]
    first: dict[str, SkillMention] = {}
    for hit in skills:
        is_the_trade = (hit.first, hit.stop) in named or any(
            trade.holds(hit) and trade.stop - trade.first > hit.stop - hit.first for trade in whole
        )
        if is_the_trade and not SOUGHT.issuperset(hit.codes):
            continue
        for code in hit.codes:
            if code not in first:
                first[code] = SkillMention(code=code, confidence=_confidence(hit), evidence=reading.span(hit))
    return list(first.values())
