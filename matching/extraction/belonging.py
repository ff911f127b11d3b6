"""Which phrases of trades and skills speak of the person's own work, and which are only words around it.

A phrase is left out when it belongs to a longer phrase of another kind, names what is to be bought or where another
trade is done, says "work" in general beside a trade, or names a task of a trade that is named.
"""

from collections.abc import Collection, Iterable, Sequence, Set

from matching.domain.vocabulary import NeedCode
from matching.extraction.assertion import joined
from matching.extraction.cues import Mode, Spoken
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import LICENCE_CLASS, OCCUPATION
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.extraction.spellings import PLAIN
from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold
from matching.text.quantities import QuantityKind

_ABSORBING = ("constraint", "preference", "licence", "licence_head", PLAIN)
"""Layers whose longer phrases own the words inside them: "không làm ca đêm" says nothing of "làm cá"."""

_AKIN = 0.35
"""Similarity from which one occupation's phrase may be a task of another."""

_VEHICLES_AND_MACHINES = ("832", "833", "834")
"""Minor groups of drivers: what follows right after tells what for ("lái máy ủi san lấp mặt bằng")."""

_PLACES = (
    "cong ty ",
    "cty ",
    "nha may ",
    "xuong ",
    "hang ",
    "xi nghiep ",
    "lo ",
    "co so ",
    "tram ",
    "shop ",
    "tiem ",
    "cua hang ",
    "sieu thi ",
)
"""How the name of a place of work begins."""

_EATERY = "quán "
"""How one begins that has its accents: "quan" begins other trades."""

_PLACE_BEGINS = frozenset(place.split()[0] for place in (*_PLACES, fold(_EATERY)))

_ENTERS = frozenset({"lam", "vo", "vao", "di", "qua", "sang", "xin", "hoac", "hay", "va", "roi", "viec"})
"""Words before a place of work that make it the work itself."""

_SUPPLIES = frozenset({"bo", "giao"})
"""First words of cues of whom something is sold to: "bỏ mối quán cà phê"."""

_CHOICE = frozenset({"hay", "hoac"})
"""Before a phrase these set it beside the one before, and no task is a choice beside its trade."""

_BESIDE = frozenset({"cong", "gan", "canh", "sat"})
"""Words of a place that is only near to where somebody works."""

_PAPER = 5
"""Syllables of a paper and of how it is come by, before the trade that it is for."""

_EARNS = frozenset({"hoc", "thi"})
"""Words of coming by a paper that one has not had yet."""

_HIRED = ("711", "712", "713", "8113", "834", "9312", "9313")
"""Whom a farm or house hires for what is built with a loan: builders, diggers of wells, machines for earthwork."""

_SETS_UP = frozenset({"mo", "hoc", "lam", "nghe", "theo"})
"""Words before such a trade that make it one that the person wants to live by."""

_OPENS_DETAILS = frozenset(":(")
_SEVERAL = 2

_DETAILED = 5
"""Syllables between a trade and the colon or bracket that opens its details."""

_KNOWS = frozenset({"biet", "bit", "bik"})
_SIMPLE = "9"
"""Major group of simple work."""
_HANDLES_MACHINES = frozenset({"lai", "chay", "dung", "hanh", "sua", "tho", "hoc", "biet", "lam"})
"""Before "máy" these tell of somebody who has the trade of the machine."""


def own_trades(reading: Reading, spoken: Spoken, taxonomy: Taxonomy) -> dict[Hit, Mode]:
    """Return the phrases that tell of the person's own trades, with their modes.

    What is refused stays even inside a longer phrase: "không đi biển xa nhà nữa" is a limit and a refusal.
    """
    trades = spoken.trades
    if not trades:
        return trades
    absorbed = _parts_of_longer(reading, trades) | _bought(reading, trades)
    for tells in reading.relevant((_names_a_paper, _names_a_machine)):
        absorbed.update([h for h in trades if tells(reading, h)])
    dropped = _workplaces(reading, trades) | {
        h for h in absorbed if trades[h] is not Mode.REFUSED and not _is_to_be_earned(reading, h, trades[h])
    }
    own = _without_generic(reading, _without(trades, dropped))
    return _without_tasks(reading, _without_details(reading, own), spoken.skills, taxonomy)


def _without(trades: dict[Hit, Mode], dropped: Set[Hit]) -> dict[Hit, Mode]:
    return {h: mode for h, mode in trades.items() if h not in dropped} if dropped else trades


def _parts_of_longer(reading: Reading, trades: Collection[Hit]) -> set[Hit]:
    """Return the trades that belong to a longer phrase of another kind."""
    return {
        hit
        for layer in filter(reading.hits.__contains__, _ABSORBING)
        for h in reading.hits[layer]
        if h.stop - h.first > 1
        for hit in trades
        if h.first <= hit.first and hit.stop <= h.stop and h.stop - h.first > hit.stop - hit.first
    }


def _is_to_be_earned(reading: Reading, hit: Hit, mode: Mode) -> bool:
    """Whether the phrase tells what a paper is learnt for: "muốn học lấy chứng chỉ điều dưỡng"."""
    if mode is not Mode.WISH:
        return False
    begin = max(reading.clause_bounds(hit.first)[0], hit.first - _PAPER)
    paper = any(begin < h.first <= hit.first < h.stop or h.stop == hit.first for h in reading.layer("licence_head"))
    paper = paper or any(h.holds(hit) and h.first < hit.first for h in reading.layer("licence"))
    return paper and not _EARNS.isdisjoint(reading.text.folded[begin : hit.first])


@told_by(LICENCE_CLASS)
def _names_a_paper(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase is a licence by its class, not the driving: "bằng lái xe hạng C"."""
    classed = any(c.stop == hit.stop for c in reading.layer(LICENCE_CLASS))
    return classed and any(h.first < hit.first < h.stop for h in reading.layer("licence_head") if h.code != "way")


def _bought(reading: Reading, trades: Collection[Hit]) -> set[Hit]:
    """Return the trades that name what is to be bought: in a need for equipment, or right after it."""
    return {
        hit
        for h in reading.layer("need")
        if h.code == NeedCode.EQUIPMENT
        for hit in trades
        if h.first <= hit.first <= h.stop and not reading.text.breaks[hit.first - 1]
    }


@told_by("may")
def _names_a_machine(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase is what a machine is for: "máy phát cỏ"; who drives or mends one has the trade."""
    folded, first = reading.text.folded, hit.first
    return (
        first > 1
        and folded[first - 1] == "may"
        and folded[first - 2] not in _HANDLES_MACHINES
        and not reading.text.breaks[first - 1]
    )


def _without_generic(reading: Reading, found: dict[Hit, Mode]) -> dict[Hit, Mode]:
    """Drop words for work in general ("công nhân", "làm thuê") where a trade is named in the same mode.

    Words that are general within a major group only ("làm vườn") give way to a trade of that group.
    """
    generic = {(first, h.stop): h.code for h in reading.layer("generic_work") for first in (h.first, h.first + 1)}
    if not generic:
        return found
    kinds = {h: kind for h in found if (kind := generic.get((h.first, h.stop))) is not None}
    if not kinds:
        return found
    named = [(h.code, mode) for h, mode in found.items() if h not in kinds]
    said = {h for h, kind in kinds.items() for code, mode in named if mode is found[h] and code.startswith(kind)}
    return _without(found, said)


def _without_tasks(
    reading: Reading, found: dict[Hit, Mode], skills: Collection[Hit], taxonomy: Taxonomy
) -> dict[Hit, Mode]:
    """Drop occupations that are only tasks of a trade which is named, or what a machine is driven for."""
    beside = _improvements(reading, found)
    if len(found) >= _SEVERAL:
        beside |= _tasks(reading, found, skills, taxonomy) | _purposes(reading, found)
    return _without(found, beside)


def _without_details(reading: Reading, found: dict[Hit, Mode]) -> dict[Hit, Mode]:
    """Drop occupations that are listed as the details of a trade which stands right before a colon or a bracket."""
    if len(found) < _SEVERAL or _OPENS_DETAILS.isdisjoint(reading.text.source.text):
        return found
    done = _done(found)
    listed = {h for first, stop in details(reading, done) for h in done if first <= h.first < stop}
    return _without(found, listed)


def _done(found: dict[Hit, Mode]) -> list[Hit]:
    """Return the trades that the person has."""
    return [h for h, mode in found.items() if mode is Mode.EXPERIENCE]


def _tasks(reading: Reading, found: dict[Hit, Mode], skills: Collection[Hit], taxonomy: Taxonomy) -> set[Hit]:
    """Return the occupations that are only tasks of a trade which is named.

    "đào móng, trộn hồ" tells of a trade where it stands alone, but beside "thợ hồ" it tells what a mason can do:
    a phrase that is also a skill is no trade of its own beside a related phrase that is nothing but a trade, unless
    years of its own follow it.
    """
    if not skills:
        return set()
    named = {(h.first, h.stop): h for h in skills}
    named |= {(h.first + 1, h.stop): h for h in skills if reading.text.folded[h.first] in _KNOWS}
    done = _done(found)
    timed = {first for _, first, _ in reading.of_kind(QuantityKind.DURATION)}
    tasks = [
        h
        for h in done
        if (h.first, h.stop) in named and h.stop not in timed and reading.text.folded[h.first - 1] not in _CHOICE
    ]
    if not tasks:
        return set()
    trades = [h for h in done if (h.first, h.stop) not in named]
    known = {h for h in tasks if any(_only_known(reading, h, trade) for trade in trades or done[:1])}
    return known | {h for h in tasks if any(_related(taxonomy, h, named[h.first, h.stop], trade) for trade in trades)}


def _only_known(reading: Reading, task: Hit, trade: Hit) -> bool:
    """Whether a phrase behind "biết" is simple work, or near to a trade before it: "phục vụ quán, biết pha chế"."""
    known = trade.first < task.first and reading.text.folded[task.first - 1] in _KNOWS
    return known and (task.code[0] == _SIMPLE or task.code[:2] == trade.code[:2])


def _purposes(reading: Reading, found: dict[Hit, Mode]) -> set[Hit]:
    """Return the occupations that only tell what a machine is driven for: they follow its driving without a pause."""
    driven = {h.stop: mode for h, mode in found.items() if h.code.startswith(_VEHICLES_AND_MACHINES)}
    if not driven:
        return set()
    return {
        h
        for h, mode in found.items()
        if driven.get(h.first) is mode
        and not h.code.startswith(_VEHICLES_AND_MACHINES)
        and not reading.text.breaks[h.first - 1]
    }


def _improvements(reading: Reading, found: dict[Hit, Mode]) -> set[Hit]:
    """Return the trades of those whom a loan is to pay: "làm rẫy cà phê, muốn vay 40 triệu đào giếng"."""
    loans = [h.first for h in reading.layer("need") if h.code == NeedCode.LOAN]
    if not loans:
        return set()
    paid = {h for h in found if h.code.startswith(_HIRED) and _is_paid(reading, h, loans)}
    own = {h.code for h, mode in found.items() if h not in paid and mode is Mode.EXPERIENCE}
    return {h for h in paid if h.code not in own}


def _is_paid(reading: Reading, hit: Hit, loans: Sequence[int]) -> bool:
    """Whether a loan is asked for before the phrase, in its sentence, and nothing makes it a trade to live by."""
    begin = max((first for first in loans if first < hit.first), default=-1)
    return begin >= reading.sentence_bounds(hit.first)[0] and _SETS_UP.isdisjoint(
        reading.text.folded[begin : hit.first]
    )


def details(reading: Reading, trades: Collection[Hit]) -> list[tuple[int, int]]:
    """Return the half-open ranges of syllables that detail one of *trades*: "đúc đồng (làm khuôn, rót đồng)"."""
    text, source = reading.text, reading.text.source.text
    if not trades or _OPENS_DETAILS.isdisjoint(source):
        return []
    marks = {first: source[text.to[first - 1] : text.at[first]] for first in reading.clauses.starts[1:]}
    ranges = []
    for first, mark in marks.items():
        if _OPENS_DETAILS.isdisjoint(mark):
            continue
        begin = max(reading.sentence_bounds(first - 1)[0], first - _DETAILED)
        if not any(begin <= h.stop - 1 < first for h in trades):
            continue
        stop = reading.sentence_bounds(first)[1]
        if "(" in mark:
            stop = next((i for i, closing in marks.items() if i > first and ")" in closing), stop)
        ranges.append((first, stop))
    return ranges


def akin(taxonomy: Taxonomy, code: str, other: str) -> bool:
    """Whether two occupations are one, or so near that a phrase of the one may be a task of the other."""
    row = taxonomy.occupations.row
    return code == other or bool(taxonomy.similarity[row[code], row[other]] >= _AKIN)


def _related(taxonomy: Taxonomy, task: Hit, skill: Hit, trade: Hit) -> bool:
    """Whether the trade uses the skill, or is near to the occupation that the task would name."""
    row = taxonomy.occupations.row
    uses = any(taxonomy.skills.of_occupation[row[trade.code], taxonomy.skills.row[code]] > 0 for code in skill.codes)
    return uses or akin(taxonomy, trade.code, task.code)


def _workplaces(reading: Reading, trades: Iterable[Hit]) -> set[Hit]:
    """Return the phrases that only name where another trade is done: "bảo vệ cho vựa thanh long"."""
    cues, folded = reading.layer("workplace"), reading.text.folded
    return {hit for hit in trades if (cues or folded[hit.first] in _PLACE_BEGINS) and _is_workplace(reading, hit, cues)}


def _is_workplace(reading: Reading, hit: Hit, cues: Iterable[Hit]) -> bool:
    """Whether the phrase is a place that *cues* or its own words make where another is done: "vá xe cổng cty giày"."""
    begin = reading.clause_bounds(hit.first)[0]
    near = [c for c in cues if begin <= c.first < hit.first <= c.stop + 1]
    is_place = _is_place(reading, hit)
    if not near and not is_place:
        return False
    before = [h for h in reading.layer(OCCUPATION) if begin <= h.first and h.stop <= hit.first]
    if before and is_place and not any(h.stop < hit.first and joined(reading, h, hit) for h in before):
        return True
    if not near:
        return False
    cue = near[0]
    return any(h.stop <= cue.first + 1 for h in before) or _is_beside(reading, cue) or _serves(reading, cue, hit)


def _is_place(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase is a place of work and no work: "cty giày"; who works there ("làm cty giày") does its work."""
    folded = reading.text.folded
    if folded[hit.first] not in _PLACE_BEGINS:
        return False
    named = " ".join(folded[hit.first : hit.stop])
    names_place = named.startswith(_PLACES) or hit.entries[0].phrase.startswith(_EATERY)
    return names_place and (hit.first == 0 or folded[hit.first - 1] not in _ENTERS)


def _serves(reading: Reading, cue: Hit, place: Hit) -> bool:
    """Whether a place is who the trade of an earlier clause is done for: "gõ rỉ, cạo hà cho xưởng đóng tàu"."""
    folded, begin = reading.text.folded, reading.sentence_bounds(cue.first)[0]
    return _is_place(reading, place) and (
        folded[cue.first] in _SUPPLIES
        or (
            folded[cue.first] == "cho"
            and folded[cue.first - 1] != "lam"
            and any(begin <= h.first < cue.first for h in reading.layer(OCCUPATION))
        )
    )


def _is_beside(reading: Reading, cue: Hit) -> bool:
    """Whether a place is only near to where the person works: "ngồi vá xe trước cổng công ty"."""
    certain = cue.as_spelt or cue.stop - cue.first > 1
    return certain and not _BESIDE.isdisjoint(reading.text.folded[cue.first : cue.stop])
