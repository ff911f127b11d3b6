"""Who does the work a phrase names, and how: experience, wish, refused, barred, or not the person's at all.

The text is walked once from left to right. Cue words set a mode; breaks and contrast words end it; a trade that
merely continues a list keeps the mode of the list.
"""

from collections.abc import Callable, Mapping, Sequence

from matching.extraction.closing import (
    accepted_after,
    asked_after,
    broken_off,
    declined_after,
    denied_after,
    denied_before,
    hoped_after,
    inquired_after,
    known_after,
    no_more,
    offered_after,
    preferred_to,
    quit_before,
    turned_down,
)
from matching.extraction.cues import LOUD, STRONG, Cue, Cues, Mode, Spoken, cues_by_clause
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.reading import Reading
from matching.text.quantities import QuantityKind
from matching.text.syllables import PAUSE

Tells = Callable[[Reading, Hit], bool]

_BESIDE: dict[Tells, Mode] = {
    declined_after: Mode.REFUSED,
    quit_before: Mode.REFUSED,
    turned_down: Mode.REFUSED,
    denied_before: Mode.DENIED,
    denied_after: Mode.DENIED,
    preferred_to: Mode.DENIED,
    broken_off: Mode.DENIED,
    asked_after: Mode.WISH,
    accepted_after: Mode.WISH,
    hoped_after: Mode.WISH,
    inquired_after: Mode.WISH,
}
"""What the words right beside a trade say of it; the first that speaks decides, before any cue."""

_OPENS_A_TRADE = frozenset({"experience", "wish"})
"""Kinds of cue that may be the first words of a trade: "chăm sóc vườn điều", "xin lái taxi"."""

_AGAINST = frozenset({"cho", "chu", "chung", "khoi"})
"""After a wish, "chớ đi biển" names what is not wished."""

_AFTER_AGAINST = frozenset({"di", "khong", "hong", "ko", "k", "dung", "hok"})

_COUNTS_ANIMALS = "con"
_LOAN = "vay"

_MOVES = frozenset({"chuyen", "doi"})
_THEN = frozenset({"roi", "sau", "xong", "do", "lai", "moi", "da", "bi", "duoc", "phai", "cho"})
"""Before a move to other work these make it one that was made."""
_BY_NOW = frozenset({"nay", "gio", "roi", "sau"})
"""The same wherever they stand before it in its clause: "nay ế quá chuyển qua chạy xe ôm"."""

_CHANGE_OF_TRADE = ["doi", "nghe"]
"""Ends a refusal after which the new trade is named: "muốn đổi nghề, học lắp điện"."""

_NOT_YET = frozenset({"chua", "chang", "da"})
"""Words of what was not done so far, which refuse nothing."""
_ABLE = frozenset({"duoc", "dc", "noi", "kip", "gi"})
"""After what is denied these tell what cannot be done, not what is not wanted."""

_WHOEVER, _WHATEVER = "ai", frozenset({"gi", "chi"})
_STILL = frozenset({"phai", "khoe", "song", "dang"})
"""After "con" these make it "còn", still: "mẹ còn khoẻ vẫn đi bán rau"."""

_NEAR = 3
"""Syllables between a cue and what it speaks of."""

_JOINING = frozenset(["hoac", "hay", "va", "voi", "lan", "cung", "duoc", "gi", "do", "cho", "deu", "luon", "nua"])
"""Words that may stand between the items of a list, or close it."""

_LIST_TAIL = 5
"""Syllables beside the trade that an item of a list may have."""


def modes(reading: Reading) -> Spoken:
    """Return the mode of each occupation and skill phrase; phrases of one place have one."""
    cues = cues_by_clause(reading)
    beside = reading.relevant(_BESIDE)
    phrases = sorted(reading.layers(OCCUPATION, SKILL), key=lambda h: (h.first, -h.stop))
    found: dict[Hit, Mode] = {}
    spoken = Spoken({}, {})
    place, mode = (0, 0), Mode.EXPERIENCE
    for hit in phrases:
        if (hit.first, hit.stop) != place:
            place = hit.first, hit.stop
            mode = _mode(reading, hit, cues, beside, found)
        found[hit] = mode
        (spoken.trades if hit.layer == OCCUPATION else spoken.skills)[hit] = mode
    return spoken


def _mode(reading: Reading, hit: Hit, cues: Cues, beside: Sequence[Tells], earlier: dict[Hit, Mode]) -> Mode:
    """Return the mode that governs one phrase."""
    here = cues.get(reading.clauses.bounds[hit.first][0], ())
    for cue in here:
        if cue.strength >= LOUD and cue.first <= hit.first and hit.stop <= cue.stop:
            return cue.mode
    for tells in beside:
        if tells(reading, hit):
            refused = tells is denied_before and (
                no_more(reading, hit) or _is_firmly_denied(hit, here) or _limits_a_wish(reading, hit, cues)
            )
            return Mode.REFUSED if refused else _BESIDE[tells]
    governing = [c for c in here if _precedes(c, hit)] if here else None
    mode = _governed(reading, hit, governing) if governing else None
    return _continued(reading, hit, earlier, cues) if mode is None else mode


def _is_firmly_denied(hit: Hit, here: Sequence[Cue]) -> bool:
    """Whether the negator right before a phrase ends words of refusal: "dứt khoát không phụ hồ"."""
    return any(cue.mode is Mode.REFUSED and cue.stop == hit.first for cue in here)


def _limits_a_wish(reading: Reading, hit: Hit, cues: Cues) -> bool:
    """Whether what is denied says what a wish right before it leaves out: "xin lái taxi. Không lái xe tải"."""
    folded = reading.text.folded
    if folded[hit.first - 1] in _NOT_YET or not _ABLE.isdisjoint(
        folded[hit.stop : reading.clause_bounds(hit.first)[1]]
    ):
        return False
    return _wished_before(reading, hit, cues)


def _governed(reading: Reading, hit: Hit, governing: list[Cue]) -> Mode | None:
    """Return the mode that the cues before a phrase in its clause give it; None where a word parts it from them."""
    contrast = _contrasted(reading, hit)
    if contrast >= 0:
        if _set_against_wish(reading, hit, governing, contrast):
            return Mode.REFUSED
        governing = [c for c in governing if c.stop > contrast]
    governing = [c for c in governing if not (_is_no_wish(reading, c) if c.kind == "wish" else _resumes(reading, c))]
    if not governing:
        return None
    spoken = _speaking(_before_own_words(governing, hit))
    mode = spoken.mode
    return Mode.REFUSED if mode is Mode.WISH and _unwished(reading, spoken, hit) else mode


def _precedes(cue: Cue, hit: Hit) -> bool:
    """Whether a cue stands before the phrase or around it, or is its own first word: "chăm sóc vườn điều"."""
    if cue.kind == "wish" and cue.first < hit.first < cue.stop:
        return True
    return cue.stop <= hit.stop and (cue.first < hit.first or (cue.first == hit.first and cue.kind in _OPENS_A_TRADE))


def _resumes(reading: Reading, cue: Cue) -> bool:
    """Whether what sounds like work that is done is asked for: "Nguyện vọng: làm lại nghề may"."""
    if cue.kind != "experience" or reading.text.folded[cue.stop - 1] != "lai":
        return False
    header = reading.header_over(cue.first)
    return header is not None and header.code == "need"


def _is_no_wish(reading: Reading, cue: Cue) -> bool:
    """Whether what sounds like a wish tells of what is done: "ai kêu gì làm nấy", "chuyển sang lái xe 2 năm"."""
    folded = reading.text.folded
    return _moved_on(reading, cue) or (
        folded[cue.first] == _WHOEVER and cue.stop < len(folded) and folded[cue.stop] in _WHATEVER
    )


def _moved_on(reading: Reading, cue: Cue) -> bool:
    """Whether what sounds like a wish tells what came next: "rồi chuyển qua trồng cà", "chuyển sang lái xe 2 năm"."""
    folded = reading.text.folded
    if folded[cue.first] not in _MOVES:
        return False
    begin, stop = reading.clause_bounds(cue.first)
    times = (*reading.of_kind(QuantityKind.DURATION), *reading.of_kind(QuantityKind.YEAR))
    told = (cue.first > 0 and folded[cue.first - 1] in _THEN) or not _BY_NOW.isdisjoint(folded[begin : cue.first])
    return told or any(begin <= first < stop for _, first, _ in times)


def _wished_before(reading: Reading, hit: Hit, cues: Cues) -> bool:
    """Whether a wish stands before the phrase, in its sentence or the one before."""
    since = reading.sentence(hit.first) - 1
    return any(
        cue.mode is Mode.WISH and cue.first < hit.first and reading.sentence(cue.first) >= since
        for here in cues.values()
        for cue in here
    )


def _unwished(reading: Reading, wish: Cue, hit: Hit) -> bool:
    """Whether the wish is denied: "không muốn cạo mủ"; without a loan the work may be wished for all the same."""
    return hit.first - wish.stop <= 1 and reading.negated(wish.first) and reading.text.folded[wish.first] != _LOAN


def _before_own_words(cues: list[Cue], hit: Hit) -> list[Cue]:
    """Return the cues without those that are words of the phrase, where a wish stands right before it.

    "xin chăm sóc khách hàng" is a wish, whatever "chăm sóc" says elsewhere.
    """
    if cues[-1].first < hit.first:
        return cues
    outside = [c for c in cues if c.first < hit.first]
    return outside if outside and outside[-1].stop == hit.first and outside[-1].kind in ("want", "wish") else cues


def _speaking(cues: list[Cue]) -> Cue:
    """Return the cue that governs: the last one, but a weak one does not silence a strong one before it."""
    last = cues[-1]
    strong = next((c for c in reversed(cues) if c.strength >= STRONG), last)
    if last.kind == "self":
        return last if strong.kind == "other" else strong
    return strong if last.kind in ("want", "experience", "now", "past") and last.first <= strong.stop else last


def _contrasted(reading: Reading, hit: Hit) -> int:
    """Return where the last contrast word before a phrase stands in its clause; -1 where there is none."""
    begin = reading.clauses.bounds[hit.first][0]
    before = [h for h in reading.layer("contrast") if begin <= h.first < hit.first]
    return next((h.first for h in reversed(before) if _contrasts(reading, h)), -1)


def _contrasts(reading: Reading, hit: Hit) -> bool:
    """Whether a contrast word is one: bare "cho" is "chớ" before going or a negator only, and "4 con" a count."""
    folded = reading.text.folded
    following = folded[hit.stop] if hit.stop < len(reading.text) else ""
    if folded[hit.first : hit.stop] == [_COUNTS_ANIMALS] and following in _STILL:
        return False
    if hit.as_spelt:
        return True
    if folded[hit.first] == _COUNTS_ANIMALS and folded[hit.first - 1].isdigit():
        return False
    return folded[hit.first] not in _AGAINST or following in _AFTER_AGAINST


def _set_against_wish(reading: Reading, hit: Hit, governing: list[Cue], contrast: int) -> bool:
    """Whether the phrase is the B of "muốn A chớ B": what follows is set against the wish."""
    wished = any(c.mode is Mode.WISH and c.first < contrast for c in governing)
    fresh = any(c.first >= contrast for c in governing)
    return wished and not fresh and reading.text.folded[contrast] in _AGAINST and hit.first - contrast <= _NEAR


def _listed_wishes(reading: Reading, begin: int, cues: Cues) -> bool:
    """Whether a colon opens the list of what was just wished for: "muốn làm gì trên bờ: vá lưới, phơi cá"."""
    start = reading.sentences.bounds[begin][0]
    spoken = cues.get(reading.clauses.bounds[start - 1][0], ()) if start else ()
    wished = bool(spoken) and spoken[-1].mode is Mode.WISH and reading.after_colon(start)
    return wished and not _is_no_wish(reading, spoken[-1])


def joined(reading: Reading, left: Hit, right: Hit) -> bool:
    """Whether only joining words stand between two phrases: "bảo vệ hoặc giữ xe"."""
    return _JOINING.issuperset(reading.text.folded[left.stop : right.first])


def _beside_trades(reading: Reading, begin: int, stop: int) -> int:
    """Return how many syllables of a clause are neither of a trade nor a word that joins items of a list."""
    covered = {i for h in reading.layers(OCCUPATION, SKILL) if begin <= h.first for i in range(h.first, h.stop)}
    return sum(i not in covered and reading.text.folded[i] not in _JOINING for i in range(begin, stop))


def _is_left(reading: Reading, hit: Hit) -> bool:
    """Whether nothing is said of a phrase by what follows or precedes it, so that it says nothing of the next."""
    return any(tells(reading, hit) for tells in reading.relevant((broken_off, preferred_to)))


def _closes_a_bar(reading: Reading, hit: Hit, earlier: Mapping[Hit, Mode]) -> bool:
    """Whether the phrase is the next item of a list of what is barred, whatever years follow it."""
    begin = reading.clause_bounds(hit.first)[0]
    return hit.first == begin and any(h.stop == begin and mode is Mode.BARRED for h, mode in earlier.items())


def _opens(reading: Reading, hit: Hit, earlier: Mapping[Hit, Mode]) -> bool:
    """Whether no phrase stands before this one in its sentence: "thêu cũng được" after "biết đan lưới" is known."""
    begin = reading.sentence_bounds(hit.first)[0]
    return not any(begin <= h.first for h in earlier)


def _continued(reading: Reading, hit: Hit, earlier: dict[Hit, Mode], cues: Cues) -> Mode:
    """Return the mode of the header or the list that a bare phrase stands under, EXPERIENCE when there is none."""
    begin, stop = reading.clauses.bounds[hit.first]
    for other in reversed(earlier):
        if other.first < begin:
            break
        if other.first < hit.first and joined(reading, other, hit):
            return earlier[other]
    offered = offered_after in reading.parts and offered_after(reading, hit)
    if offered and _wished_before(reading, hit, cues):
        return Mode.WISH
    header = reading.header_over(hit.first) if reading.headers else None
    headed = header is not None and header.code == "need"
    if header is not None and headed and reading.negated(header.first):
        return Mode.REFUSED
    wished = headed or _listed_wishes(reading, begin, cues)
    start = Mode.WISH if wished else Mode.EXPERIENCE
    if "bar" in reading.hits and _closes_a_bar(reading, hit, earlier):
        return Mode.BARRED
    for _, first, _ in reading.of_kind(QuantityKind.DURATION):
        if begin <= first < stop:
            return start  # years tell of work that was done
    if offered and _opens(reading, hit, earlier):
        return Mode.WISH
    return _next_item(reading, hit, earlier, cues, start) if _may_be_listed(reading, hit) else start


def _may_be_listed(reading: Reading, hit: Hit) -> bool:
    """Whether a phrase opens a clause behind a comma that says little else, as items of lists do."""
    begin, stop = reading.clauses.bounds[hit.first]
    if begin == 0 or hit.first - begin > 1 or reading.text.breaks[begin - 1] != PAUSE:
        return False
    return stop - begin <= _LIST_TAIL or _beside_trades(reading, begin, stop) <= _LIST_TAIL


def _next_item(reading: Reading, hit: Hit, earlier: dict[Hit, Mode], cues: Cues, start: Mode) -> Mode:
    """Return the mode that a phrase has as the next item of a list; *start* where the list says nothing of it."""
    if known_after(reading, hit):
        return Mode.EXPERIENCE
    begin = reading.clauses.bounds[hit.first][0]
    before = reading.clauses.bounds[begin - 1][0]
    other = next((h for h in reversed(earlier) if before <= h.first and h.stop <= begin), None)
    if other is not None and not _is_left(reading, other):
        return earlier[other]
    spoken = cues.get(before, ())
    return _carried_on(reading, hit, spoken[-1], start) if spoken else start


def _carried_on(reading: Reading, hit: Hit, cue: Cue, otherwise: Mode) -> Mode:
    """Return the mode that the last cue of the clause before gives a phrase."""
    if cue.mode is Mode.REFUSED:
        if no_more(reading, hit):
            return Mode.REFUSED
        return Mode.WISH if reading.text.folded[cue.stop - 2 : cue.stop] == _CHANGE_OF_TRADE else otherwise
    return Mode.WISH if cue.mode is Mode.WISH else otherwise
