"""Occupations and skills of one person: code, assertion, years, confidence, evidence."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from matching.domain.profile import OccupationMention, Question, SkillMention
from matching.domain.vocabulary import Assertion, NeedCode
from matching.extraction.assertion import Mode, given_up
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.reading import Reading
from matching.extraction.senses import decide, readings
from matching.extraction.years import years_of
from matching.taxonomy.release import Taxonomy

_SURE, _BARE, _MENDED = 0.97, 0.9, 0.75
"""Confidence of a phrase with its accents, of one without, and of one that was misspelt."""

_RELATED = 0.35
"""Similarity from which one occupation's phrase may be a task of another."""

_HANDLES_MACHINES = frozenset({"lai", "chay", "dung", "hanh", "sua", "tho", "hoc", "biet", "lam"})

_DRIVING, _CAR_DRIVER = ("832", "833"), "8322"

_SKILLS_OF = frozenset({Mode.EXPERIENCE, Mode.REFUSED, Mode.BARRED})
"""A skill is held unless it is only wished for, denied or somebody else's."""


def read_trades(
    reading: Reading, spoken: Mapping[Hit, Mode], taxonomy: Taxonomy, *, surveyed_on: date
) -> tuple[list[OccupationMention], list[SkillMention], list[Question]]:
    """Return what the person does, wishes, refuses and can do, and the phrases that leave it open.

    *spoken* is how each phrase stands to the person: `assertion.modes`.
    """
    own = {
        hit: mode
        for hit, mode in spoken.items()
        if not _is_workplace(reading, hit) and (mode is Mode.REFUSED or not _absorbed(reading, hit))
    }
    found = _without_tasks(_without_generic(reading, own), taxonomy)
    years = years_of(
        reading, [h for h, m in found.items() if h.layer == OCCUPATION and m is Mode.EXPERIENCE], surveyed_on
    )
    occupations: list[OccupationMention] = []
    questions: list[Question] = []
    dropped = set(given_up(reading, found))
    for hit, mode in found.items():
        if hit.layer != OCCUPATION or not isinstance(mode.value, Assertion):
            continue
        others = frozenset(h.code for h in found if h.layer == OCCUPATION and h != hit and len(readings(h)) == 1)
        decided = decide(reading, hit, taxonomy, others)
        if isinstance(decided, Question):
            questions.append(decided)
            continue
        for code in decided:
            mention = _mention(reading, hit, code, mode.value, years.get(hit))
            occupations.append(mention)
            if hit in dropped:
                occupations.append(replace(mention, assertion=Assertion.REFUSED, years=None))
    occupations += _bars_without_a_trade(reading, found, occupations)
    skills = [
        SkillMention(code=code, confidence=_confidence(hit), evidence=reading.span(hit))
        for hit, mode in found.items()
        if hit.layer == SKILL and mode in _SKILLS_OF
        for code in hit.codes
    ]
    return _merged(occupations), _distinct(skills), questions


_ABSORBING = ("constraint", "preference", "licence", "licence_head")
"""Layers whose longer phrases own the words inside them: "không làm ca đêm" says nothing of "làm cá"."""


def _bars_without_a_trade(
    reading: Reading, found: dict[Hit, Mode], mentions: list[OccupationMention]
) -> list[OccupationMention]:
    """Return what a bar closes that names no trade: "tòa cấm lái 2 năm", "làm bảo vệ ..., cấm hành nghề 3 năm".

    A bar on driving closes the driving the person has done, else driving a car; any other bar the last trade before it.
    """
    barred = []
    for bar in reading.layer("bar"):
        begin, end = reading.clause_bounds(bar.first)
        if any(h.layer == OCCUPATION and begin <= h.first < end and m is Mode.BARRED for h, m in found.items()):
            continue
        own = [m for m in mentions if m.assertion is Assertion.EXPERIENCE and m.evidence[0] < reading.span(bar)[0]]
        driving = "lai" in reading.text.folded[bar.first : min(bar.stop + 1, end)]
        codes = [m.code for m in own if m.code.startswith(_DRIVING)] if driving else [m.code for m in own[-1:]]
        for code in codes or ([_CAR_DRIVER] if driving else []):
            barred.append(OccupationMention(code=code, assertion=Assertion.BARRED, evidence=reading.span(bar)))
    return barred


def _absorbed(reading: Reading, hit: Hit) -> bool:
    """Whether the words belong to a longer phrase of another kind, or name what is to be bought."""
    if hit.layer != OCCUPATION:
        return False
    length = hit.stop - hit.first
    longer = any(
        h.first <= hit.first and hit.stop <= h.stop and h.stop - h.first > length
        for layer in _ABSORBING
        for h in reading.layer(layer)
    )
    bought = any(
        h.code == NeedCode.EQUIPMENT and h.first <= hit.first <= h.stop and not reading.text.breaks[hit.first - 1]
        for h in reading.layer("need")
    )
    return longer or bought or _names_a_machine(reading, hit)


def _names_a_machine(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase is what a machine is for: "máy phát cỏ"; who drives or mends one has the trade."""
    folded, first = reading.text.folded, hit.first
    return (
        first > 0
        and folded[first - 1] == "may"
        and folded[first - 2 : first - 1] != []
        and (folded[first - 2] not in _HANDLES_MACHINES and not reading.text.breaks[first - 1])
    )


def _without_generic(reading: Reading, found: dict[Hit, Mode]) -> dict[Hit, Mode]:
    """Drop words for work in general ("công nhân", "làm thuê") where a trade is named in the same mode."""
    generic = {(h.first, h.stop) for h in reading.layer("generic_work")}
    named = {mode for h, mode in found.items() if h.layer == OCCUPATION and (h.first, h.stop) not in generic}
    return {
        h: mode
        for h, mode in found.items()
        if h.layer == SKILL or (h.first, h.stop) not in generic or mode not in named
    }


def _without_tasks(found: dict[Hit, Mode], taxonomy: Taxonomy) -> dict[Hit, Mode]:
    """Drop occupations that are only tasks of a trade which is named.

    "đào móng, trộn hồ" tells of a trade where it stands alone, but beside "thợ hồ" it tells what a mason can do:
    a phrase that is also a skill is no trade of its own beside a related phrase that is nothing but a trade.
    """
    tasks = {(h.first, h.stop): h for h in found if h.layer == SKILL}
    named = [(h, mode) for h, mode in found.items() if h.layer == OCCUPATION and (h.first, h.stop) not in tasks]

    def is_task(hit: Hit, mode: Mode) -> bool:
        skill = tasks.get((hit.first, hit.stop))
        return (
            skill is not None
            and mode is Mode.EXPERIENCE
            and any(other_mode is mode and _related(taxonomy, hit, skill, other) for other, other_mode in named)
        )

    return {h: mode for h, mode in found.items() if h.layer == SKILL or not is_task(h, mode)}


def _related(taxonomy: Taxonomy, task: Hit, skill: Hit, trade: Hit) -> bool:
    """Whether the trade uses the skill, or is near to the occupation that the task would name."""
    row = taxonomy.occupations.row
    uses = any(taxonomy.skills.of_occupation[row[trade.code], taxonomy.skills.row[code]] > 0 for code in skill.codes)
    return uses or bool(taxonomy.similarity[row[trade.code], row[task.code]] >= _RELATED)


def _is_workplace(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase only names where another trade is done: "bảo vệ cho vựa thanh long"."""
    if hit.layer != OCCUPATION:
        return False
    begin = reading.clause_bounds(hit.first)[0]
    for cue in reading.layer("workplace"):
        if begin <= cue.first < hit.first and hit.first <= cue.stop + 1:
            return any(begin <= h.first and h.stop <= cue.first + 1 for h in reading.layer(OCCUPATION) if h != hit)
    return False


def _mention(reading: Reading, hit: Hit, code: str, assertion: Assertion, years: float | None) -> OccupationMention:
    return OccupationMention(
        code=code,
        assertion=assertion,
        years=years if assertion is Assertion.EXPERIENCE else None,
        confidence=_confidence(hit),
        evidence=reading.span(hit),
    )


def _confidence(hit: Hit) -> float:
    if hit.mended:
        return _MENDED
    return _SURE if hit.exact == hit.stop - hit.first else _BARE


def _merged(mentions: list[OccupationMention]) -> list[OccupationMention]:
    """Return one mention for each code and assertion: the first, with the longest years that any of them gives."""
    merged: dict[tuple[str, Assertion], OccupationMention] = {}
    for mention in mentions:
        key = (mention.code, mention.assertion)
        known = merged.setdefault(key, mention)
        if mention.years is not None and (known.years is None or mention.years > known.years):
            merged[key] = replace(known, years=mention.years, evidence=known.evidence)
    return list(merged.values())


def _distinct(skills: list[SkillMention]) -> list[SkillMention]:
    first: dict[str, SkillMention] = {}
    for skill in skills:
        first.setdefault(skill.code, skill)
    return list(first.values())
