"""Licences that a survey tells of, and whether they are valid."""

from collections.abc import Iterable, Mapping, Sequence

from matching.domain.profile import LicenceMention
from matching.domain.vocabulary import LicenceCode, LicenceStatus
from matching.extraction.cues import Mode, is_of_kin
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import LICENCE, LICENCE_CLASS, OCCUPATION
from matching.extraction.reading import Reading

_CERTIFICATE_OF = {
    "8344": LicenceCode.FORKLIFT,
    "8342": LicenceCode.EXCAVATOR,
    "8343": LicenceCode.CRANE,
    "7212": LicenceCode.WELDING_CERTIFICATE,
    "5401": LicenceCode.SECURITY_GUARD,
    "7541": LicenceCode.DIVING,
    "5120": LicenceCode.COOK_CERTIFICATE,
    "5151": LicenceCode.HOUSEKEEPING_CERTIFICATE,
}
"""What a bare "có chứng chỉ" is, by the trade it follows; any other trade: a trade certificate."""
_LICENCE_OF = {
    "8321": LicenceCode.DRIVING_A1,
    "8322": LicenceCode.DRIVING_B2,
    "8332": LicenceCode.DRIVING_C,
    "8331": LicenceCode.DRIVING_D,
    **{trade: _CERTIFICATE_OF[trade] for trade in ("8342", "8343", "8344")},
}
"""What a bare "chưa có bằng" is, by the driver who has none."""

_SHIPS_CREW = "8350"
"""Crews of merchant ships."""

_AGAIN = frozenset({"hoc", "thi"})
"""In what tells that a licence is under way these say that the one taken away is earned again."""

_HEAD_REACH = 2
"""Syllables between "bằng" and the class it is of: "bằng lái hạng C"."""

_MOST_LISTED = 16
"""Classes named in one list: there are no more."""

_BEFORE_CLASS = frozenset({"co", "thi", "dau", "hoc", "lay", "len", "con"})
"""Right before a class of two characters these make it a licence without another word: "chưa có FC"."""
_CLASS_REACH = 2
"""Syllables between such a class and what is said of it: "B2 thì hết hạn rồi"."""

_OF_A_TRADE = frozenset({"nghe", "hoc", "day", "ve", "tho", "nganh", "mon", "lam", "trung", "so", "cap"})
"""Between "chứng chỉ" and its trade: "giấy chứng nhận học nghề sửa xe"."""

_LIVES_BY = frozenset({"song", "an", "nuoi", "kiem", "muu"})
"""Before "bằng nghề" these tell what one lives by: "sống bằng nghề đó", "nuôi con bằng nghề may"."""
_LIVES_REACH = 3

_HAVES = frozenset({"co", "duoc", "dc", "cai", "to"})
_EARNS = _HAVES | frozenset({"lam", "thi", "hoc", "lay", "dau"})
"""After a licence and a negator at the end of the clause these tell that there is none: "giấy ATTP thì chưa làm"."""
_THEN = frozenset({"thi", "cung", "van", "lai", "ma"})
"""Between a negator and a licence the former, between a licence and a negator the latter leave it denied."""

_NAMED, _BARE = frozenset({LICENCE, LICENCE_CLASS}), frozenset({"trade", "other", "driving"})
"""Layers that name licences, and the codes of words for one that may stand without its name."""

_Named = tuple[Hit, LicenceCode, int, int]
"""A phrase for a licence, what it is, and the range of syllables that names it."""

_NOT_HELD = frozenset({LicenceStatus.NONE, LicenceStatus.IN_PROGRESS})


def read_licences(reading: Reading, trades: Mapping[Hit, Mode]) -> list[LicenceMention]:
    """Return the licences that the person holds or has held, each with its status and evidence."""
    heads = reading.layer("licence_head")
    if reading.hits.keys().isdisjoint(_NAMED) and _BARE.isdisjoint([head.code for head in heads]):
        return []
    classes = {h.stop: h for h in reading.layer(LICENCE_CLASS)}
    spans: list[_Named] = [
        (h, LicenceCode(h.code), h.first, h.stop) for h in reading.layer(LICENCE) if not _lives_by(reading, h)
    ]
    for hit in reading.layer(LICENCE_CLASS):
        head = _head_before(reading, hit, heads, classes)
        if head is not None or _listed(reading, hit) or _stands_alone(reading, hit):
            spans.append((hit, LicenceCode(hit.code), hit.first if head is None else head.first, hit.stop))
    spans = [_of_its_trade(reading, *span) for span in spans]
    spans += _bare_certificates(reading, trades, [(first, stop) for _, _, first, stop in spans])
    spans = _joined(span for span in spans if not is_of_kin(reading, span[2]))
    if not spans:
        return []
    mentions: dict[tuple[LicenceCode, LicenceStatus | None], LicenceMention] = {}
    alone = len(spans) == 1
    for _, code, first, stop in spans:
        status, begin, end = _status(reading, first, stop)
        if status is LicenceStatus.VALID and _wanted(reading, first):
            continue
        if status is LicenceStatus.VALID and alone:
            status = _said_later(reading, stop)
        named = LicenceCode.OTHER if code is LicenceCode.FISHING_CREW_CERTIFICATE and _at_sea(trades, first) else code
        mention = LicenceMention(code=named, status=status, evidence=reading.text.span(begin, end))
        mentions.setdefault((named, status if named is LicenceCode.OTHER else None), mention)
    return list(mentions.values())


def _joined(spans: Iterable[_Named]) -> list[_Named]:
    """Return licences in the order of the text, those that are named twice in a row once: "bằng lái xe tải hạng C"."""
    joined: list[_Named] = []
    for hit, code, first, stop in sorted(spans, key=lambda span: span[2]):
        if joined and joined[-1][1] is code and first - joined[-1][3] <= 1:
            joined[-1] = (*joined[-1][:3], stop)
        else:
            joined.append((hit, code, first, stop))
    return joined


def _lives_by(reading: Reading, hit: Hit) -> bool:
    """Whether "bằng nghề" tells what one lives by: "sống bằng nghề đó", "nuôi con bằng nghề may"."""
    begin = max(reading.clause_bounds(hit.first)[0], hit.first - _LIVES_REACH)
    by_trade = reading.text.folded[hit.first : hit.first + 2] == ["bang", "nghe"]
    return by_trade and not _LIVES_BY.isdisjoint(reading.text.folded[begin : hit.first])


def _of_its_trade(reading: Reading, hit: Hit, code: LicenceCode, first: int, stop: int) -> _Named:
    """Return a certificate with the trade that it names: "giấy chứng nhận học nghề hàn" is a welder's."""
    if code is LicenceCode.TRADE_CERTIFICATE:
        end = reading.clause_bounds(first)[1]
        i = reading.past(stop, end, _OF_A_TRADE)
        named = [h for h in reading.layer(OCCUPATION) if stop <= h.first <= i and first < h.stop and h.stop <= end]
        if named:
            return hit, _CERTIFICATE_OF.get(named[0].code, code), first, named[0].stop
    return hit, code, first, stop


def _stands_alone(reading: Reading, hit: Hit) -> bool:
    """Whether a class of two characters is a licence by what stands beside it: "có B2", "B2 hết hạn rồi"."""
    if sum(map(len, reading.text.folded[hit.first : hit.stop])) < 2:
        return False
    begin, end = reading.clause_bounds(hit.first)
    if hit.first > begin and reading.text.folded[hit.first - 1] in _BEFORE_CLASS:
        return True
    last = min(end, hit.stop + _CLASS_REACH + 1)
    return any(hit.stop <= h.first < last for h in reading.layer("licence_status"))


def _said_later(reading: Reading, stop: int) -> LicenceStatus:
    """Return what a later sentence says of the only licence: "bằng D. ... Bằng bị trừ hết điểm"."""
    told = {cue.first: LicenceStatus(cue.code) for cue in reading.layer("licence_status")}
    later = [h for h in reading.layer("licence_head") if h.first > stop and h.code == "driving"]
    return next((told[h.stop] for h in later if h.stop in told), LicenceStatus.VALID)


def _at_sea(trades: Iterable[Hit], first: int) -> bool:
    """Whether the trade before a crew's paper is one on merchant ships: then it is none for fishing boats."""
    before = [h for h in trades if h.first < first]
    return bool(before) and max(before, key=lambda h: h.first).code == _SHIPS_CREW


def _head_before(
    reading: Reading, hit: Hit, heads: Sequence[Hit], classes: Mapping[int, Hit], *, listed: int = 1
) -> Hit | None:
    """Return the head word that makes a class letter a licence: close before it, or before its neighbour in a list.

    Parameters
    ----------
    classes : mapping of int to Hit
        The class letters of the text by where they end.
    listed : int
        How many classes of one list were looked at, this one among them.
    """
    begin = reading.clause_bounds(hit.first)[0]
    letter = len(reading.text.folded[hit.first]) == 1 and hit.stop - hit.first == 1
    close = [
        h for h in heads
        if begin <= h.first and h.stop <= hit.first <= h.stop + _HEAD_REACH and not (letter and h.code == "way")
    ]  # fmt: skip
    if close:
        return min(close, key=lambda h: h.first if h.stop >= hit.first - _HEAD_REACH else hit.first)
    neighbour = classes.get(hit.first, classes.get(hit.first - 1))
    if neighbour is None or listed == _MOST_LISTED:
        return None
    return _head_before(reading, neighbour, heads, classes, listed=listed + 1)


def _listed(reading: Reading, hit: Hit) -> bool:
    """Whether a class opens its clause under the header of licences: "Giấy phép: A1 (còn), B2 (mất)"."""
    begin = reading.clause_bounds(hit.first)[0]
    header = reading.header_over(hit.first)
    return header is not None and header.code == "licence" and hit.first == begin


def _bare_certificates(reading: Reading, trades: Mapping[Hit, Mode], taken: list[tuple[int, int]]) -> list[_Named]:
    """Return "có chứng chỉ", "chưa có bằng" without a name, as the paper of the trade they follow in their sentence."""
    bare = []
    for head in reading.layer("licence_head"):
        if head.code not in _BARE or any(first <= head.first < stop for first, stop in taken):
            continue
        start = head.first - (head.first > 0 and reading.text.folded[head.first - 1] == "co")
        begin, denied = reading.sentence_bounds(head.first)[0], reading.negated(start)
        if not denied and (start == head.first or head.code == "driving"):
            continue
        before = [
            h for h, mode in trades.items()
            if (denied or mode is Mode.EXPERIENCE) and begin <= h.first and h.stop <= head.first
        ]  # fmt: skip
        code = _paper_of(before[-1], head) if before else None
        if code is not None:
            bare.append((head, code, start, head.stop))
    return bare


def _paper_of(trade: Hit, head: Hit) -> LicenceCode | None:
    """Return the paper of a trade that is told by a word alone; None for "bằng" of a trade that asks for no licence."""
    if head.code == "driving":
        return _LICENCE_OF.get(trade.code)
    return _CERTIFICATE_OF.get(trade.code, LicenceCode.TRADE_CERTIFICATE)


def _status(reading: Reading, first: int, stop: int) -> tuple[LicenceStatus, int, int]:
    """Return the status of the licence at [first, stop) and the range of syllables that tells it."""
    if _is_gone(reading, first, stop):
        return LicenceStatus.LOST, first, stop
    begin, end = reading.clause_bounds(first)
    following = _next_clause_end(reading, end)
    cues = [h for h in reading.layer("licence_status") if begin <= h.first < following]
    near = [
        h for h in cues
        if not _other_licence(reading, stop, h.first) or (h.first < end and _of_both(reading, stop, h))
    ]  # fmt: skip
    denied = _denied(reading, first, stop)
    if denied is not None:
        return LicenceStatus.NONE, *denied
    if not near:
        return LicenceStatus.VALID, first, stop
    cue = min(near, key=lambda h: (_rank(reading, h), abs(h.first - stop)))
    status = LicenceStatus(cue.code)
    if cue.first >= end or status in _NOT_HELD:
        return status, min(first, cue.first), stop
    return status, min(first, cue.first), max(stop, cue.stop)


def _denied(reading: Reading, first: int, stop: int) -> tuple[int, int] | None:
    """Return the range that denies a licence: "chưa có giấy an toàn thực phẩm", "chứng chỉ thì chưa có"; else None."""
    begin, end = reading.clause_bounds(first)
    i = first
    while i > begin and reading.text.folded[i - 1] in _HAVES:
        i -= 1
    after = reading.past(stop, end, _THEN)
    for negator in reading.layer("negator"):
        if begin <= negator.first and negator.stop == i and (i < first or reading.text.folded[first] in _HAVES):
            return negator.first, stop
        if negator.first == after and reading.past(negator.stop, end, _EARNS) == end:
            return first, end
    return None


def _of_both(reading: Reading, stop: int, cue: Hit) -> bool:
    """Whether what is said of the next licence holds for this one too: "bằng FC và C đều hết hạn"."""
    words = reading.text.folded
    return words[stop] in ("va", "voi") and "deu" in words[stop + 1 : cue.first + 1]


def _is_gone(reading: Reading, first: int, stop: int) -> bool:
    """Whether "mất" stands right beside the licence: "mất GPLX A1", "B2 (mất)"."""
    text = reading.text
    beside = [first - 1] if first > reading.clause_bounds(first)[0] else []
    if stop < len(text) and reading.sentence(stop) == reading.sentence(first):
        alone = stop + 1 == len(text) or text.breaks[stop]
        beside += [stop] if alone else []
    return any(text.folded[i] == "mat" and reading.means(i, "mất") for i in beside)


def _next_clause_end(reading: Reading, end: int) -> int:
    """Return where the clause after a comma ends, *end* itself when a sentence ends there."""
    if end >= len(reading.text) or reading.sentence(end) != reading.sentence(end - 1):
        return end
    return reading.clause_bounds(end)[1]


def _licence_starts(reading: Reading) -> list[int]:
    return [h.first for h in reading.layers(LICENCE, LICENCE_CLASS)]


def _other_licence(reading: Reading, stop: int, cue: int) -> bool:
    return any(stop < first < cue for first in _licence_starts(reading))


def _rank(reading: Reading, cue: Hit) -> int:
    """Return which words on a licence speak first: that it is earned again, then any other, then that it is valid."""
    again = cue.code == LicenceStatus.IN_PROGRESS and _AGAIN & set(reading.text.folded[cue.first : cue.stop])
    return 0 if again else 2 if cue.code == LicenceStatus.VALID else 1


def _wanted(reading: Reading, first: int) -> bool:
    """Whether the licence is only wished for: "muốn thi bằng C", "Nguyện vọng: 1. Học lấy chứng chỉ"."""
    begin = reading.clause_bounds(first)[0]
    cues = [h for h in reading.layers("wish", "want") if begin <= h.first < first]
    needs = [h for h in reading.layer("need") if begin <= h.first <= first and h.code in ("training", "documents")]
    header = reading.header_over(first)
    return bool(cues or needs) or (header is not None and header.code == "need")
