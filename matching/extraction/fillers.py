"""Words that people put between a verb and its thing, or after both, without making another trade of it.

How many there are and what they are counted by ("nuôi mấy chục con gà"), that one is able to ("sửa được xe máy"), whose
place it is ("làm cho một gara"): the trade is that of the words on both sides. Who does something for others does it
for hire: "giặt đồ cho người ta". Where what is left may stand together in a phrase, the clause is looked up once more.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from matching.extraction.lexicon import Hit, Lexicon, longest
from matching.text.fold import fold
from matching.text.syllables import STOP, Syllables, stretches

_COUNTS = {
    "may": "mấy", "vai": "vài", "mot": "một", "hai": "hai", "ba": "ba", "bon": "bốn", "chuc": "chục", "tram": "trăm",
    "it": "ít", "nhieu": "nhiều", "nhung": "những", "cac": "các",
}  # fmt: skip
_COUNTED_BY = {
    "cai": "cái", "chiec": "chiếc", "con": "con", "bo": "bộ", "mo": "mớ", "thu": "thứ", "loai": "loại",
    "mon": "món", "sao": "sào", "mau": "mẫu", "hec": "héc", "dam": "đám", "vat": "vạt", "luong": "luống", "goc": "gốc",
    "tru": "trụ", "thua": "thửa", "bui": "bụi", "mieng": "miếng", "dan": "đàn", "bay": "bầy", "lua": "lứa",
    "doi": "đôi", "cap": "cặp", "can": "căn", "ngoi": "ngôi", "tay": "tay", "cay": "cây",
}  # fmt: skip
_ABLE = {
    "duoc": "được", "dc": "dc", "them": "thêm", "toan": "toàn", "du": "đủ", "ca": "cả", "ho": "hộ", "gium": "giùm",
    "dum": "dùm", "chu": "chủ", "yeu": "yếu",
}  # fmt: skip
_FOR = "cho"
_COUNTED = _COUNTS | _COUNTED_BY | _ABLE
_FILLERS = {*_COUNTED, _FOR}
_COUNTED_AS_SPELT = frozenset(_COUNTED.values())
_SPELT = _COUNTED_AS_SPELT | {_FOR}
"""What goes on about how many, and what begins such words, by their letters and as they are spelt."""

_SURE = frozenset({"cai", "chiec", "nhung", "vai", "nhieu", "cac", "duoc", "dc", "them"})
"""Fillers that without their accents are no other words beside a verb; of the others it takes two."""

_MEASURES = frozenset({"sao", "mau", "dam", "vat", "tru", "bui", "lua", "cap", "doi", "can", "tay", "cay", "bo"})
"""These are other words too often even then."""

_HELPS = frozenset({"lam", "phu", "giup", "cham", "trong", "giu", "coi", "thue", "muon", "nau", "rua", "don", "viec"})
_PLACES = frozenset({"cong", "cty", "xuong", "nha", "quan", "tiem", "lo", "trai", "co", "vua", "gara", "khach", "hang"})
"""After those verbs "cho" tells at whose place of these, or at one of several; elsewhere who something is given to."""

_SELLS = frozenset({"ban", "mua", "sam", "co", "nho", "xin", "vay", "can"})
_OWNED = frozenset({"cai", "chiec", "con", "can", "ngoi", "dan", "bay", "lua", "cap", "doi", "mieng", "sao", "cay"})
"""What is counted by these after those is had or sold once: "bán mấy con bò trả nợ"."""

_TIMES = frozenset(
    {"nam", "thang", "tuan", "ngay", "bua", "buoi", "gio", "tieng", "mua", "lan", "nguoi", "dua", "tuoi"}
)
"""After a number these make it a time, or people: "trại 1 năm"."""

_OTHERS = frozenset(
    {
        ("nguoi", "ta"), ("ngta",), ("nguoi", "khac"), ("ba", "con"), ("hang", "xom"), ("lang", "xom"), ("thien", "ha"),
        ("nha", "giau"), ("ca", "xom"), ("ca", "lang"), ("nguoi", "lang"), ("xom", "giong"),
    }
)  # fmt: skip
_MORE = "them"
"""Before those words this tells only that there is other work: "hái thêm cho người ta"."""
_HIRED, _HIRED_TOO = "thuê", "mướn"
"""What phrases say of work for others, and the other word for it."""
_SHORTEST = 2
"""Syllables of phrases that without their accents may be other words: "cầm cho người ta"."""
_LEADS_TO_OTHERS = frozenset({_FOR, fold(_HIRED_TOO)})


def with_fillers_left_out(cut: Syllables, found: dict[str, list[Hit]], lexicon: Lexicon) -> dict[str, list[Hit]]:
    """Return the phrases of *found*, with those of trades and skills that stand around fillers and say more."""
    more: dict[str, list[Hit]] = {}
    for run in (*_runs(cut, lexicon), *_hires(cut, lexicon)):
        for hit in _around(cut, *run, lexicon):
            if all(_says_more(hit, h, *run) for h in found.get(hit.layer, ()) if h.overlaps(hit)):
                more.setdefault(hit.layer, []).append(hit)
    return found | {layer: longest([*found.get(layer, ()), *hits]) for layer, hits in more.items()} if more else found


def _says_more(hit: Hit, other: Hit, first: int, stop: int, instead: Sequence[str]) -> bool:
    """Whether a phrase around fillers says more than one within it, which has the thing and not the verb: "sào lúa"."""
    if not hit.holds(other) or other.first < first < other.stop:
        return False
    said = hit.stop - hit.first - (stop - first) + len(instead)
    return said + (stop - first > 1) > other.stop - other.first


_Run = tuple[int, int, tuple[str, ...]]
"""Syllables [first, stop), and the words in whose place they stand."""


def _runs(cut: Syllables, lexicon: Lexicon) -> Iterator[_Run]:
    """Yield the longest stretches of fillers that have a phrase's words on both sides, in their clauses."""
    folded, stop = cut.folded, 0
    words, fillers, going_on = (folded, _FILLERS, _COUNTED) if cut.is_bare else (cut.words, _SPELT, _COUNTED_AS_SPELT)
    for first in [i for i, word in enumerate(words) if word in fillers]:
        if first < stop:
            continue
        begin, end = cut.clauses.bounds[first]
        stop = first + 1
        while stop < end and words[stop] in going_on:
            stop += 1
        first -= first > begin and folded[first - 1].isdigit()
        if (
            begin < first
            and stop < end
            and lexicon.links(folded[first - 1], folded[stop])
            and _is_idle(cut, first, stop)
        ):
            yield first, stop, ()


def _is_idle(cut: Syllables, first: int, stop: int) -> bool:
    """Whether a stretch says nothing of the trade: no time, no buyer, no goods, no word that may be another."""
    run, before, after = cut.folded[first:stop], cut.folded[first - 1], cut.folded[stop]
    if run[0] == _FOR:
        return before in _HELPS and (len(run) > 1 or after in _PLACES)
    if after in _TIMES or after == _FOR or (before in _SELLS and not _OWNED.isdisjoint(run)):
        return False
    return not cut.is_bare or run[0] in _SURE or (stop - first > 1 and _MEASURES.isdisjoint(run))


def _hires(cut: Syllables, lexicon: Lexicon) -> Iterator[_Run]:
    """Yield where work is said to be for others, behind words that phrases have before "thuê"."""
    folded = cut.folded
    for i in [i for i, word in enumerate(folded) if i and word in _LEADS_TO_OTHERS]:
        first = i - (i > 1 and folded[i - 1] == _MORE)
        if not lexicon.links(folded[first - 1], fold(_HIRED)):
            continue
        if cut.words[i] == _HIRED_TOO:
            yield first, i + 1, (_HIRED,)
        end = cut.clauses.bounds[i][1]
        for stop in range(i + 2, min(end, i + 3) + 1):
            if folded[i] == _FOR and tuple(folded[i + 1 : stop]) in _OTHERS:
                yield first, stop, (_HIRED,)


def _around(cut: Syllables, first: int, stop: int, instead: Sequence[str], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the trades and skills that a clause with *instead* in place of [first, stop) has where they stood."""
    begin, end = cut.clauses.bounds[first]
    gone = first - begin
    hits = lexicon.find(_clause_with(cut, (begin, first), instead, (stop, end)))
    for layer in ("occupation", "skill"):
        for hit in hits.get(layer, ()):
            if hit.first < gone < hit.stop and not (instead and cut.is_bare and _is_doubtful(cut, begin, hit)):
                last = begin + hit.stop + stop - first - len(instead)
                exact = 0 if cut.is_bare else hit.exact + last - begin - hit.stop
                yield replace(hit, first=begin + hit.first, stop=last, exact=exact)


def _is_doubtful(cut: Syllables, begin: int, hit: Hit) -> bool:
    """Whether a phrase of work for hire may be other words without its accents: "5 sao cam cho nguoi ta"."""
    return hit.stop - hit.first <= _SHORTEST or cut.folded[begin + hit.first] in _COUNTED_BY


def _clause_with(cut: Syllables, before: tuple[int, int], words: Sequence[str], after: tuple[int, int]) -> Syllables:
    """Return a clause as if *words* stood between two ranges of its syllables."""
    left, right = slice(*before), slice(*after)
    at = cut.to[before[1] - 1]
    breaks = [0] * (before[1] - before[0] + len(words) + after[1] - after[0])
    breaks[-1] = STOP
    clauses, sentences = stretches(breaks)
    return replace(
        cut,
        folded=[*cut.folded[left], *map(fold, words), *cut.folded[right]],
        words=[*cut.words[left], *words, *cut.words[right]],
        at=[*cut.at[left], *(at for _ in words), *cut.at[right]],
        to=[*cut.to[left], *(at for _ in words), *cut.to[right]],
        breaks=breaks,
        clauses=clauses,
        sentences=sentences,
        mended=frozenset(),
    )
