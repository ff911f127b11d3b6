"""Who does the work a phrase names, and how: experience, wish, refused, barred, or not the person's at all.

The text is walked once from left to right. Cue words set a mode; breaks and contrast words end it; a trade that
merely continues a list keeps the mode of the list.
"""

from enum import Enum
from typing import NamedTuple

from matching.domain.vocabulary import Assertion, NeedCode
from matching.extraction.closing import (
    accepted_after,
    asked_after,
    broken_off,
    declined_after,
    denied_after,
    known_after,
    no_more,
    offered_after,
    preferred_to,
    quit_before,
    turned_down,
)
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.reading import Reading
from matching.text.quantities import QuantityKind
from matching.text.syllables import PAUSE


class Mode(Enum):
    """How what follows a cue stands to the person."""

    EXPERIENCE = Assertion.EXPERIENCE
    WISH = Assertion.WISH
    REFUSED = Assertion.REFUSED
    BARRED = Assertion.BARRED
    DENIED = None
    """"không biết hàn": nothing of the person's."""
    OTHER = ""
    """Somebody else's work."""


_MODE_OF_CUE = {
    "experience": Mode.EXPERIENCE,
    "past": Mode.EXPERIENCE,
    "now": Mode.EXPERIENCE,
    "self": Mode.EXPERIENCE,
    "learnt_inside": Mode.EXPERIENCE,
    "wish": Mode.WISH,
    "want": Mode.WISH,
    "refuse": Mode.REFUSED,
    "deny": Mode.DENIED,
    "bar": Mode.BARRED,
    "other": Mode.OTHER,
    "kin": Mode.OTHER,
}
_STRENGTH = {
    "refuse": 5,
    "bar": 5,
    "deny": 4,
    "wish": 3,
    "other": 3,
    "kin": 3,
    "experience": 2,
    "learnt_inside": 2,
    "want": 1,
}
"""Where cues overlap the stronger one speaks; the rest have strength 0."""

_OPENS_A_TRADE = frozenset({"experience", "wish"})
"""Kinds of cue that may be the first words of a trade: "chăm sóc vườn điều", "xin lái taxi"."""

_STRONG, _LOUD = 3, 4
"""Strength of a cue that a weak one after it does not silence, and of one that speaks of the phrases in it too."""

_ASKED = frozenset({NeedCode.JOB, NeedCode.TRAINING, NeedCode.LOAN})
"""Needs after which a trade is what is asked for."""

_WITH_KIN = frozenset(
    {"phu", "giup", "voi", "cung", "theo", "cho", "nuoi", "cham", "do", "cua", "gui", "o", "nho", "tiep", "lo"}
)
"""Before a relative these make the relative a companion or a reason, not the one who works."""

_AGAINST = frozenset({"cho", "chu", "chung", "khoi"})
"""After a wish, "chớ đi biển" names what is not wished."""

_AFTER_AGAINST = frozenset({"di", "khong", "hong", "ko", "k", "dung", "hok"})

_SPEAKERS = {"em": "em", "chau": "cháu", "toi": "tôi", "tui": "tui", "minh": "mình"}
"""How people name themselves, by the letters."""

_COUNTS_ANIMALS = "con"
_LOAN = "vay"

_SPOKEN_OF = frozenset({"anh", "chi", "ong", "ba", "co", "bac", "chu", "cau", "di", "cu"})
"""The first word of a text that an officer writes about the person: "anh làm thợ lặn ..."."""

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

_NEAR = 3
"""Syllables between a cue and what it speaks of."""

_JOINING = frozenset(["hoac", "hay", "va", "voi", "lan", "cung", "duoc", "gi", "do", "cho", "deu", "luon", "nua"])
"""Words that may stand between the items of a list, or close it."""

_LIST_TAIL = 5
"""Syllables beside the trade that an item of a list may have."""


class _Cue(NamedTuple):
    first: int
    stop: int
    kind: str
    strength: int


def modes(reading: Reading) -> dict[Hit, Mode]:
    """Return the mode of each occupation and skill phrase."""
    cues = _cues(reading)
    trades = sorted((*reading.layer(OCCUPATION), *reading.layer(SKILL)), key=lambda h: (h.first, -h.stop))
    found: dict[Hit, Mode] = {}
    at: dict[tuple[int, int], Mode] = {}
    for hit in trades:
        place = hit.first, hit.stop
        if place not in at:
            at[place] = _mode(reading, hit, cues, found)
        found[hit] = at[place]
    return found


def _cues(reading: Reading) -> list[_Cue]:
    """Return mode-setting cues in the order of the text; of overlapping ones the stronger or longer stays."""
    all_cues = [
        _Cue(hit.first, hit.stop, kind, _STRENGTH.get(kind, 0))
        for kind in _MODE_OF_CUE
        if kind in reading.hits
        for hit in reading.hits[kind]
        if (kind != "kin" or (acts(reading, hit) and not _is_oneself(reading, hit)))
        and (kind != "other" or hit.first or not _is_spoken_of(reading))
    ]
    wish = _STRENGTH["wish"]
    all_cues += [_Cue(hit.first, hit.stop, "wish", wish) for hit in reading.layer("need") if hit.code in _ASKED]
    taken = 0
    kept: list[_Cue] = []
    for cue in sorted(all_cues, key=lambda c: (-c.strength, c.first - c.stop)):
        places = (1 << cue.stop) - (1 << cue.first)
        if not taken & places:
            taken |= places
            kept.append(cue)
    return sorted(_with_those_named_by(kept) if "kin" in reading.hits else kept)


def _is_spoken_of(reading: Reading) -> bool:
    """Whether the text opens with who it is about, and nobody speaks of themselves in it: "Bác làm thợ khảm ..."."""
    if reading.text.folded[0] not in _SPOKEN_OF:
        return False
    return not any(reading.means(i, *_SPEAKERS.values()) for i in reading.where(_SPEAKERS.keys()))


def _with_those_named_by(cues: list[_Cue]) -> list[_Cue]:
    """Return cues with who is named right after a relative as a part of the relative: "chị dâu em"."""
    owners = {cue.first: cue for cue in cues if cue.kind == "self"}
    named = [cue for cue in cues if cue.kind == "kin" and cue.stop in owners]
    others = [cue for cue in cues if cue not in named and cue not in [owners[kin.stop] for kin in named]]
    return [*others, *(kin._replace(stop=owners[kin.stop].stop) for kin in named)]


def _is_oneself(reading: Reading, kin: Hit) -> bool:
    """Whether the relative is part of how the speakers name themselves: "vợ chồng em"."""
    return any(h.holds(kin) for h in reading.layer("self"))


def acts(reading: Reading, kin: Hit) -> bool:
    """Whether a relative is the one who acts: not a companion ("với má"), not the end of its clause, not a couple."""
    before = reading.text.folded[kin.first - 1] if kin.first > reading.sentence_bounds(kin.first)[0] else ""
    with_self = any(s.first <= kin.first and kin.stop < s.stop + (s.first < kin.first) for s in reading.layer("self"))
    return before not in _WITH_KIN and reading.clause_bounds(kin.first)[1] > kin.stop and not with_self


def _mode(reading: Reading, hit: Hit, cues: list[_Cue], earlier: dict[Hit, Mode]) -> Mode:
    """Return the mode that governs one phrase."""
    begin, end = reading.clause_bounds(hit.first)
    here = [c for c in cues if begin <= c.first < end]
    around = [c for c in here if c.strength >= _LOUD and c.first <= hit.first and hit.stop <= c.stop]
    if around:
        return _MODE_OF_CUE[around[0].kind]
    if declined_after(reading, hit) or quit_before(reading, hit) or turned_down(reading, hit):
        return Mode.REFUSED
    if reading.negated(hit.first):
        return Mode.REFUSED if no_more(reading, hit) or _limits_a_wish(reading, hit, cues) else Mode.DENIED
    if denied_after(reading, hit) or preferred_to(reading, hit) or broken_off(reading, hit):
        return Mode.DENIED
    if asked_after(reading, hit) or accepted_after(reading, hit):
        return Mode.WISH
    governing = [c for c in here if _precedes(c, hit)]
    mode = _governed(reading, hit, governing) if governing else None
    return _continued(reading, hit, earlier, cues) if mode is None else mode


def _limits_a_wish(reading: Reading, hit: Hit, cues: list[_Cue]) -> bool:
    """Whether what is denied says what a wish right before it leaves out: "xin lái taxi. Không lái xe tải"."""
    folded = reading.text.folded
    if folded[hit.first - 1] in _NOT_YET or not _ABLE.isdisjoint(
        folded[hit.stop : reading.clause_bounds(hit.first)[1]]
    ):
        return False
    since = reading.sentence(hit.first) - 1
    return any(
        _MODE_OF_CUE[c.kind] is Mode.WISH and c.first < hit.first and reading.sentence(c.first) >= since for c in cues
    )


def _governed(reading: Reading, hit: Hit, governing: list[_Cue]) -> Mode | None:
    """Return the mode that the cues before a phrase in its clause give it; None where a word parts it from them."""
    begin = reading.clause_bounds(hit.first)[0]
    contrast = [h.first for h in reading.layer("contrast") if begin <= h.first < hit.first and _contrasts(reading, h)]
    if contrast:
        if _set_against_wish(reading, hit, governing, contrast[-1]):
            return Mode.REFUSED
        governing = [c for c in governing if c.stop > contrast[-1]]
    governing = [c for c in governing if not (_moved_on(reading, c) if c.kind == "wish" else _resumes(reading, c))]
    if not governing:
        return None
    spoken = _speaking(_before_own_words(governing, hit))
    mode = _MODE_OF_CUE[spoken.kind]
    return Mode.REFUSED if mode is Mode.WISH and _unwished(reading, spoken, hit) else mode


def _precedes(cue: _Cue, hit: Hit) -> bool:
    """Whether a cue stands before the phrase or around it, or is its own first word: "chăm sóc vườn điều"."""
    if cue.kind == "wish" and cue.first < hit.first < cue.stop:
        return True
    return cue.stop <= hit.stop and (cue.first < hit.first or (cue.first == hit.first and cue.kind in _OPENS_A_TRADE))


def _resumes(reading: Reading, cue: _Cue) -> bool:
    """Whether what sounds like work that is done is asked for: "Nguyện vọng: làm lại nghề may"."""
    if cue.kind != "experience" or reading.text.folded[cue.stop - 1] != "lai":
        return False
    header = reading.header_over(cue.first)
    return header is not None and header.code == "need"


def _moved_on(reading: Reading, cue: _Cue) -> bool:
    """Whether what sounds like a wish tells what came next: "rồi chuyển qua trồng cà", "chuyển sang lái xe 2 năm"."""
    folded = reading.text.folded
    if folded[cue.first] not in _MOVES:
        return False
    begin, stop = reading.clause_bounds(cue.first)
    times = (*reading.of_kind(QuantityKind.DURATION), *reading.of_kind(QuantityKind.YEAR))
    told = (cue.first > 0 and folded[cue.first - 1] in _THEN) or not _BY_NOW.isdisjoint(folded[begin : cue.first])
    return told or any(begin <= first < stop for _, first, _ in times)


def _wished_before(reading: Reading, hit: Hit, cues: list[_Cue]) -> bool:
    """Whether a wish stands before the phrase, in its sentence or the one before."""
    sentence = reading.sentence(hit.first)
    return any(
        _MODE_OF_CUE[c.kind] is Mode.WISH and c.first < hit.first and reading.sentence(c.first) >= sentence - 1
        for c in cues
    )


def _unwished(reading: Reading, wish: _Cue, hit: Hit) -> bool:
    """Whether the wish is denied: "không muốn cạo mủ"; without a loan the work may be wished for all the same."""
    return hit.first - wish.stop <= 1 and reading.negated(wish.first) and reading.text.folded[wish.first] != _LOAN


def _before_own_words(cues: list[_Cue], hit: Hit) -> list[_Cue]:
    """Return the cues without those that are words of the phrase, where a wish stands right before it.

    "xin chăm sóc khách hàng" is a wish, whatever "chăm sóc" says elsewhere.
    """
    outside = [c for c in cues if c.first < hit.first]
    return outside if outside and outside[-1].stop == hit.first and outside[-1].kind in ("want", "wish") else cues


def _speaking(cues: list[_Cue]) -> _Cue:
    """Return the cue that governs: the last one, but a weak one does not silence a strong one before it."""
    last = cues[-1]
    strong = [c for c in cues if c.strength >= _STRONG]
    if strong and last.kind in ("want", "experience", "now", "past") and last.first <= strong[-1].stop:
        return strong[-1]
    if last.kind == "self" and strong and strong[-1].kind != "other":
        return strong[-1]
    return last


def _contrasts(reading: Reading, hit: Hit) -> bool:
    """Whether a contrast word is one: bare "cho" is "chớ" before going or a negator only, and "4 con" a count."""
    if hit.as_spelt:
        return True
    folded = reading.text.folded
    if folded[hit.first] == _COUNTS_ANIMALS and folded[hit.first - 1].isdigit():
        return False
    following = folded[hit.stop] if hit.stop < len(reading.text) else ""
    return folded[hit.first] not in _AGAINST or following in _AFTER_AGAINST


def _set_against_wish(reading: Reading, hit: Hit, governing: list[_Cue], contrast: int) -> bool:
    """Whether the phrase is the B of "muốn A chớ B": what follows is set against the wish."""
    wished = any(_MODE_OF_CUE[c.kind] is Mode.WISH and c.first < contrast for c in governing)
    fresh = any(c.first >= contrast for c in governing)
    return wished and not fresh and reading.text.folded[contrast] in _AGAINST and hit.first - contrast <= _NEAR


def _listed_wishes(reading: Reading, begin: int, cues: list[_Cue]) -> bool:
    """Whether a colon opens the list of what was just wished for: "muốn làm gì trên bờ: vá lưới, phơi cá"."""
    start = reading.sentence_bounds(begin)[0]
    text = reading.text
    if start == 0 or ":" not in text.source.text[text.to[start - 1] : text.at[start]]:
        return False
    before = reading.clause_bounds(start - 1)[0]
    spoken = [c for c in cues if before <= c.first < start]
    return bool(spoken) and _MODE_OF_CUE[spoken[-1].kind] is Mode.WISH


def joined(reading: Reading, left: Hit, right: Hit) -> bool:
    """Whether only joining words stand between two phrases: "bảo vệ hoặc giữ xe"."""
    return all(word in _JOINING for word in reading.text.folded[left.stop : right.first])


def _beside_trades(reading: Reading, begin: int, stop: int) -> int:
    """Return how many syllables of a clause are neither of a trade nor a word that joins items of a list."""
    covered = {
        i
        for layer in (OCCUPATION, SKILL)
        for h in reading.layer(layer)
        if begin <= h.first
        for i in range(h.first, h.stop)
    }
    return sum(i not in covered and reading.text.folded[i] not in _JOINING for i in range(begin, stop))


def _is_left(reading: Reading, hit: Hit) -> bool:
    """Whether nothing is said of a phrase by what follows or precedes it, so that it says nothing of the next."""
    return broken_off(reading, hit) or preferred_to(reading, hit)


def _closes_a_bar(reading: Reading, hit: Hit, earlier: dict[Hit, Mode]) -> bool:
    """Whether the phrase is the next item of a list of what is barred, whatever years follow it."""
    if hit.first != reading.clause_bounds(hit.first)[0] or "bar" not in reading.hits:
        return False
    return any(h.stop == hit.first and mode is Mode.BARRED for h, mode in earlier.items())


def _continued(reading: Reading, hit: Hit, earlier: dict[Hit, Mode], cues: list[_Cue]) -> Mode:
    """Return the mode of the header or the list that a bare phrase stands under, EXPERIENCE when there is none."""
    begin, stop = reading.clause_bounds(hit.first)
    listed = [h for h in earlier if begin <= h.first < hit.first and joined(reading, h, hit)]
    if listed:
        return earlier[listed[-1]]
    if offered_after(reading, hit) and _wished_before(reading, hit, cues):
        return Mode.WISH
    header = reading.header_over(hit.first)
    wished = (header is not None and header.code == "need") or _listed_wishes(reading, begin, cues)
    start = Mode.WISH if wished else Mode.EXPERIENCE
    if _closes_a_bar(reading, hit, earlier):
        return Mode.BARRED
    if any(begin <= first < stop for _, first, _ in reading.of_kind(QuantityKind.DURATION)):
        return start  # years tell of work that was done
    if begin == 0 or hit.first - begin > 1 or reading.text.breaks[begin - 1] != PAUSE:
        return start
    if _beside_trades(reading, begin, stop) > _LIST_TAIL:
        return start
    before = reading.clause_bounds(begin - 1)[0]
    others = [h for h in earlier if before <= h.first and h.stop <= begin]
    if known_after(reading, hit):
        return Mode.EXPERIENCE
    if others and not _is_left(reading, others[-1]):
        return earlier[others[-1]]
    spoken = [c for c in cues if before <= c.first < begin]
    mode = _MODE_OF_CUE[spoken[-1].kind] if spoken else start
    if mode is Mode.REFUSED and no_more(reading, hit):
        return mode
    if mode is Mode.REFUSED and reading.text.folded[spoken[-1].stop - 2 : spoken[-1].stop] == _CHANGE_OF_TRADE:
        return Mode.WISH
    return mode if mode is Mode.WISH else start
