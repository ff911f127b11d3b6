"""What follows a trade in its clause and says how it stands: "thì không", "cũng được", "cũng biết"."""

from itertools import pairwise, product

from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.text.syllables import PAUSE

_NEAR = 3
"""Syllables between a trade and what speaks of it."""

_CLOSING = frozenset({"vi", "dau", "roi", "tai", "do", "boi", "a", "nha", "nhe", "nua", "luon", "em", "toi"})
"""Words that may follow a refusal at the end of a clause."""

_CLOSES_DENIAL = _CLOSING | {"gi", "chi", "lam", "may", "het", "ca", "nhieu", "ranh", "nghe", "duoc", "that"}
"""Words that may follow a denial of what stands before it."""

_ALSO = "cung"
_OFFERS = frozenset(product([_ALSO], ["duoc", "dc", "ok", "oke", "xong", "tot", "mung", "chiu", "nhan", "dang", "di"]))
"""These offer what stands before: "phụ hồ cũng được"."""

_PROPOSES = {"ru": "rủ", "keu": "kêu", "bieu": "biểu"}
"""Before a trade these tell of somebody who proposes it: "bạn rủ đi làm bảo vệ"."""

_TAKES_UP = frozenset({"chiu", "di", "theo", "lam", "thich", "ham", "muon", "dam", "ung", "nhan", "me"})
"""After a negator these turn down what was proposed."""

_CHOICE = frozenset({"hay", "hoac"})
_THE_LIKE = frozenset({("gi", "do"), ("gi", "day"), ("chi", "do")})
"""Between a trade and its offer these stand for a choice of trades: "phụ hồ gì đó cũng được"."""
_TAKES_ON = "nhan"
_WHICHEVER = "nao"
_TAKES = frozenset({"nhan", "tuyen", "can", "muon", "thue", "kiem", "cho", "gan"})

_ACCEPTED = frozenset({"nhan", "chiu"})
_ALL_ACCEPTED = frozenset(product(["deu", "cung"], _ACCEPTED))
"""These speak of all that stands before: "bảo vệ hay giữ xe tôi đều nhận"."""
_ACCEPTED_WITHIN = 6
_OR_SO = frozenset({("gi", "do"), ("gi", "cung"), ("hay", "gi"), ("chi", "do"), ("gi", "day")})
"""Right behind a trade these name the like of it, which may be taken: "gác cổng gì đó tôi nhận"."""

_WELL, _INSTEAD = "thoi", frozenset({"ra", "ve", "lam", "kiem", "vo", "vao"})

_HOPES = frozenset(
    {
        *product(["thi"], ["mung", "tot", "quy", "hay", "do"]),
        *product(["la"], ["mung", "tot", "quy", "may", "duoc"]),
        *product(["cung"], ["mung", "tot", "quy", "do", "chiu"]),
    }
)
"""What a hope would be, behind the words that say so."""
_CLOSES_HOPE = frozenset({"qua", "lam", "roi", "luon", "het", "ca", "thoi", "nha", "a", "biet", "may", "bao", "nhieu"})

_INQUIRES = frozenset({("bao", "lau"), ("bao", "nhieu"), ("o", "dau"), ("may", "thang"), ("ton", "nhieu")})

_BETTER = frozenset({"hon"})
_LIKED = frozenset({"thich", "con", "khoe", "suong", "tot", "muon", "re", "do", "nhan"})
"""Before "hơn" these say what is better, after it what is worse: "thích trông trẻ hơn đi gặt"."""
_AFTER_BETTER = 3
"""Syllables from "hơn" up to what is worse."""

_LEARNT = "hoc"
_LEARNT_WITHIN = 3
_BROKEN_OFF = frozenset(
    {
        ("bo", "ngang"), ("bo", "do"), ("do", "dang"), ("nua", "chung"), ("giua", "chung"), ("nua", "duong"),
        ("chua", "xong"), ("chua", "toi"), ("khong", "xong"), ("ko", "xong"), ("k", "xong"), ("do", "chung"),
    }
)  # fmt: skip
"""After lessons these tell that nothing came of them: "học kế toán bỏ ngang"."""
_BROKEN_OFF_WITHIN = 4


@told_by("declined")
def declined_after(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase is turned down by what follows it and closes the clause: "phụ hồ thì không"."""
    stop = reading.clause_bounds(hit.first)[1]
    return any(
        hit.stop <= d.first <= hit.stop + _NEAR
        and (d.stop == stop or (d.stop < stop and reading.text.folded[d.stop] in _CLOSING))
        for d in reading.layer("declined")
    )


@told_by("quit")
def quit_before(reading: Reading, hit: Hit) -> bool:
    """Whether a word right before gives the work up: "thôi may"; its accents must have been typed."""
    begin = reading.clause_bounds(hit.first)[0]
    return any(
        begin <= q.first and q.stop == hit.first and q.as_spelt and not _is_well_then(reading, q, hit)
        for q in reading.layer("quit")
    )


def _is_well_then(reading: Reading, quits: Hit, hit: Hit) -> bool:
    """Whether a sentence opens with "thôi", well then, and what is done instead: "Thôi ra biển kéo lưới thuê"."""
    folded = reading.text.folded
    opens = quits.first == reading.sentence_bounds(hit.first)[0]
    return opens and folded[quits.first] == _WELL and folded[hit.first] in _INSTEAD


@told_by("negator")
def denied_before(reading: Reading, hit: Hit) -> bool:
    """Whether a negator stands right before the phrase: "không hàn"."""
    return hit.first in reading.denied


@told_by("deny")
def denied_after(reading: Reading, hit: Hit) -> bool:
    """Whether "không biết" follows the phrase and speaks of it: "hàn thì không biết", not "... mà không biết chữ"."""
    stop = reading.clause_bounds(hit.first)[1]
    if not any(
        hit.stop <= d.first <= hit.stop + _NEAR
        and (d.stop == stop or (d.stop < stop and reading.text.folded[d.stop] in _CLOSES_DENIAL))
        for d in reading.layer("deny")
    ):
        return False
    return not any(hit.stop <= h.first < stop for h in reading.layers(OCCUPATION, SKILL))


def known_after(reading: Reading, hit: Hit) -> bool:
    """Whether a word of skill closes the clause after the phrase: "lái ba gác cũng biết"."""
    stop = reading.clauses.bounds[hit.first][1]
    return any(e.stop == stop and hit.stop <= e.first for e in reading.layer("experience"))


@told_by(*_OFFERS)
def offered_after(reading: Reading, hit: Hit) -> bool:
    """Whether what stands after the phrase, or after the choice it opens, offers it: "phụ hồ hay bốc vác cũng được"."""
    stop = reading.clause_bounds(hit.first)[1]
    last = _end_of_choice(reading, hit, stop)
    return not _OFFERS.isdisjoint(pairwise(reading.text.folded[last : min(last + _NEAR, stop)]))


def _end_of_choice(reading: Reading, hit: Hit, stop: int) -> int:
    """Return where the last trade ends that "hay" or "hoặc" sets beside a phrase, with what stands for its like."""
    folded, last = reading.text.folded, hit.stop
    for other in reading.layer(OCCUPATION):
        if other.first == last + 1 < stop and folded[last] in _CHOICE:
            last = other.stop
    return last + 2 if tuple(folded[last : last + 2]) in _THE_LIKE else last


@told_by(_WHICHEVER)
def asked_after(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase names who might take the person: "tiệm bánh nào nhận thì làm"."""
    following = reading.text.folded[hit.stop : min(hit.stop + 2, reading.clause_bounds(hit.first)[1])]
    return len(following) > 1 and following[0] == _WHICHEVER and following[1] in _TAKES


@told_by(*_ALL_ACCEPTED, *_OR_SO)
def accepted_after(reading: Reading, hit: Hit) -> bool:
    """Whether its clause ends by taking what it names, or the clause that goes on with its list does.

    "bảo vệ hay giữ xe tôi đều nhận", "trông xe, gác cổng gì đó tôi nhận".
    """
    begin, stop = reading.clause_bounds(hit.first)
    if _is_taken(reading, hit.stop, stop):
        return True
    listed = hit.stop == stop < reading.sentence_bounds(begin)[1] and reading.text.breaks[stop - 1] == PAUSE
    if not listed:
        return False
    following = next((h.stop for h in reading.layer(OCCUPATION) if h.first == stop), 0)
    return bool(following) and _is_taken(reading, following, reading.clause_bounds(stop)[1])


def _is_taken(reading: Reading, first: int, stop: int) -> bool:
    """Whether what ends at syllable *first* is taken before *stop*: "đều nhận", "gì đó tôi nhận"."""
    after = reading.text.folded[first : min(stop, first + _ACCEPTED_WITHIN)]
    if not _ALL_ACCEPTED.isdisjoint(pairwise(after)):
        return True
    return tuple(after[:2]) in _OR_SO and bool(after) and after[-1] in _ACCEPTED


@told_by(*_HOPES)
def hoped_after(reading: Reading, hit: Hit) -> bool:
    """Whether the clause ends by saying how good the phrase would be: "được làm thợ tiện thì mừng", "hàn cũng được"."""
    stop = reading.clause_bounds(hit.first)[1]
    folded = reading.text.folded
    for i in range(hit.stop, min(hit.stop + _NEAR, stop - 1)):
        if (folded[i], folded[i + 1]) in _HOPES:
            return reading.past(i + 2, stop, _CLOSES_HOPE) == stop
    return False


@told_by(*_INQUIRES)
def inquired_after(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase is asked about as lessons: "học lái xe tải mất bao lâu"."""
    if _LEARNT not in reading.text.folded[max(0, hit.first - 1) : hit.stop]:
        return False
    following = reading.text.folded[hit.stop : min(hit.stop + _NEAR, reading.clause_bounds(hit.first)[1])]
    return not _INQUIRES.isdisjoint(pairwise(following))


@told_by(*_BETTER)
def preferred_to(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase is the B of "thích A hơn B", "hơn là B": nothing is said of it but that A is better."""
    begin, folded = reading.clause_bounds(hit.first)[0], reading.text.folded
    return any(
        max(begin, hit.first - _AFTER_BETTER) < i < hit.first
        and reading.means(i, "hơn")
        and (folded[i + 1] == "la" or (not _LIKED.isdisjoint(folded[begin:i]) and not folded[i + 1].isdigit()))
        for i in reading.where(_BETTER)
    )


@told_by(*_BROKEN_OFF)
def broken_off(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase was learnt and given up before it was known: "học kế toán bỏ ngang"."""
    begin, stop = reading.clause_bounds(hit.first)
    if _LEARNT not in reading.text.folded[max(begin, hit.first - _LEARNT_WITHIN) : hit.stop]:
        return False
    return not _BROKEN_OFF.isdisjoint(
        pairwise(reading.text.folded[hit.stop : min(stop, hit.stop + _BROKEN_OFF_WITHIN) + 1])
    )


def no_more(reading: Reading, hit: Hit) -> bool:
    """Whether a negated phrase was done before: "không cắt tóc nữa"."""
    stop = min(hit.stop + _NEAR, reading.clause_bounds(hit.first)[1])
    return "nua" in reading.text.folded[hit.stop : stop]


@told_by(_TAKES_ON, *_PROPOSES)
def turned_down(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase is refused before or after it: "không nhận bán hàng", "bạn rủ đi phụ hồ mà em không chịu"."""
    folded, first = reading.text.folded, hit.first
    if first and folded[first - 1] == _TAKES_ON and reading.negated(first - 1):
        return True
    begin = reading.clause_bounds(first)[0]
    if not any(begin <= i < first for i in reading.meant(_PROPOSES)):
        return False
    stop = reading.sentence_bounds(first)[1]
    return any(
        hit.stop <= n.first and n.stop < stop and folded[n.stop] in _TAKES_UP for n in reading.layer("negator")
    ) or any(folded[i : i + 2] == ["tu", "choi"] for i in range(hit.stop, stop))
