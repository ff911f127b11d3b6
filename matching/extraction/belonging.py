"""Which phrases of trades and skills speak of the person's own work, and which are only words around it.

A phrase is left out when it belongs to a longer phrase of another kind, names what is to be bought or where another
trade is done, says "work" in general beside a trade, or names a task of a trade that is named.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from matching.domain.vocabulary import NeedCode
from matching.extraction.assertion import joined
from matching.extraction.cues import Mode
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import LICENCE_CLASS, OCCUPATION, SKILL
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

_HANDLES_MACHINES = frozenset({"lai", "chay", "dung", "hanh", "sua", "tho", "hoc", "biet", "lam"})
"""Before "máy" these tell of somebody who has the trade of the machine."""


def persons_own(reading: Reading, spoken: Mapping[Hit, Mode], taxonomy: Taxonomy) -> dict[Hit, Mode]:
    """Return the phrases that tell of the person's own trades and skills, with their modes.

    What is refused stays even inside a longer phrase: "không đi biển xa nhà nữa" is a limit and a refusal.
    """
    longer = [h for layer in _ABSORBING for h in reading.layer(layer) if h.stop - h.first > 1]
    elsewhere, things = reading.relevant((_is_workplace,)), reading.relevant((_names_a_paper, _names_a_machine))
    bought = _bought(reading)

    def is_own(hit: Hit, mode: Mode) -> bool:
        for tells in elsewhere:
            if tells(reading, hit):
                return False
        if mode is Mode.REFUSED:
            return True
        absorbed = hit.first in bought or _is_part(hit, longer) or any(tells(reading, hit) for tells in things)
        return not absorbed or _is_to_be_earned(reading, hit, mode)

    own = {hit: mode for hit, mode in spoken.items() if hit.layer != OCCUPATION or is_own(hit, mode)}
    return _without_tasks(reading, _without_generic(reading, own), taxonomy)


def _is_part(hit: Hit, longer: Iterable[Hit]) -> bool:
    """Whether a phrase belongs to a longer one of another kind."""
    length = hit.stop - hit.first
    return any(h.first <= hit.first and hit.stop <= h.stop and h.stop - h.first > length for h in longer)


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


def _bought(reading: Reading) -> set[int]:
    """Return the syllables at which a phrase is what is to be bought: in a need for equipment, or right after it."""
    return {
        i
        for h in reading.layer("need")
        if h.code == NeedCode.EQUIPMENT
        for i in range(h.first, min(h.stop, len(reading.text) - 1) + 1)
        if not reading.text.breaks[i - 1]
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
    named = [(h.code, mode) for h, mode in found.items() if h.layer == OCCUPATION and (h.first, h.stop) not in generic]

    def is_said(hit: Hit, mode: Mode) -> bool:
        kind = generic.get((hit.first, hit.stop))
        return kind is not None and any(other is mode and code.startswith(kind) for code, other in named)

    return {h: mode for h, mode in found.items() if h.layer == SKILL or not is_said(h, mode)}


def _without_tasks(reading: Reading, found: dict[Hit, Mode], taxonomy: Taxonomy) -> dict[Hit, Mode]:
    """Drop occupations that are only tasks of a trade which is named, or what a machine is driven for."""
    found = _without_details(reading, found)
    beside = _improvements(reading, found)
    if sum(h.layer == OCCUPATION for h in found) > 1:
        beside |= _tasks(reading, found, taxonomy) | _purposes(reading, found)
    return {h: mode for h, mode in found.items() if h not in beside} if beside else found


def _without_details(reading: Reading, found: dict[Hit, Mode]) -> dict[Hit, Mode]:
    """Drop occupations that are listed as the details of a trade which stands right before a colon or a bracket."""
    if len(found) < _SEVERAL:
        return found
    done = [h for h, mode in found.items() if h.layer == OCCUPATION and mode is Mode.EXPERIENCE]
    listed = {h for first, stop in details(reading, done) for h in done if first <= h.first < stop}
    return {h: mode for h, mode in found.items() if h not in listed} if listed else found


def _tasks(reading: Reading, found: dict[Hit, Mode], taxonomy: Taxonomy) -> set[Hit]:
    """Return the occupations that are only tasks of a trade which is named.

    "đào móng, trộn hồ" tells of a trade where it stands alone, but beside "thợ hồ" it tells what a mason can do:
    a phrase that is also a skill is no trade of its own beside a related phrase that is nothing but a trade, unless
    years of its own follow it.
    """
    skills = {(h.first, h.stop): h for h in found if h.layer == SKILL}
    if not skills:
        return set()
    timed = {first for _, first, _ in reading.of_kind(QuantityKind.DURATION)}
    done = [h for h, mode in found.items() if h.layer == OCCUPATION and mode is Mode.EXPERIENCE]
    tasks = [
        h
        for h in done
        if (h.first, h.stop) in skills and h.stop not in timed and reading.text.folded[h.first - 1] not in _CHOICE
    ]
    trades = [h for h in done if (h.first, h.stop) not in skills] if tasks else []
    return {h for h in tasks if any(_related(taxonomy, h, skills[h.first, h.stop], trade) for trade in trades)}


def _purposes(reading: Reading, found: dict[Hit, Mode]) -> set[Hit]:
    """Return the occupations that only tell what a machine is driven for: they follow its driving without a pause."""
    trades = [(h, mode) for h, mode in found.items() if h.layer == OCCUPATION]
    driven = {h.stop: mode for h, mode in trades if h.code.startswith(_VEHICLES_AND_MACHINES)}
    return {
        h
        for h, mode in trades
        if driven.get(h.first) is mode
        and not h.code.startswith(_VEHICLES_AND_MACHINES)
        and not reading.text.breaks[h.first - 1]
    }


def _improvements(reading: Reading, found: dict[Hit, Mode]) -> set[Hit]:
    """Return the trades of those whom a loan is to pay: "làm rẫy cà phê, muốn vay 40 triệu đào giếng"."""
    loans = [h.first for h in reading.layer("need") if h.code == NeedCode.LOAN]
    if not loans:
        return set()
    paid = {h for h in found if h.layer == OCCUPATION and h.code.startswith(_HIRED) and _is_paid(reading, h, loans)}
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
    if not trades or not (":" in source or "(" in source):
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


@told_by("workplace", *_PLACE_BEGINS)
def _is_workplace(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase only names where another trade is done: "bảo vệ cho vựa thanh long", "vá xe cổng cty giày"."""
    begin = reading.clause_bounds(hit.first)[0]
    cues = [c for c in reading.layer("workplace") if begin <= c.first < hit.first <= c.stop + 1]
    is_place = _is_place(reading, hit)
    if not cues and not is_place:
        return False
    before = [h for h in reading.layer(OCCUPATION) if begin <= h.first and h.stop <= hit.first]
    if before and is_place and not any(h.stop < hit.first and joined(reading, h, hit) for h in before):
        return True
    if not cues:
        return False
    cue = cues[0]
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
