"""What is said of a trade named before, without naming it again: "giờ bỏ rồi", "muốn làm lại nghề cũ"."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from matching.domain.profile import Span
from matching.extraction.cues import Mode, Spoken
from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by

_OF_WORK = frozenset({"lam", "nghe", "nghi", "theo", "kham", "quay", "viec", "nua"})
"""Words of a refusal that make it one of work, wherever the trade was named: "không làm được nữa"."""

_OF_NO_WORK = frozenset({"hoc", "hoi", "nhau", "ruou", "hut", "choi", "giay", "vay"})
"""Words of a refusal that make it one of something else: "không đi học nữa"."""

_NAMES_WORK = frozenset({"lam", "nghe", "nghi", "viec", "chiu"})
"""Words without which a refusal that is a limit too ("không vác nặng được nữa") is that limit and no more."""

_NO_MORE_WITHIN = 4
"""Syllables after a negator up to "nữa"."""

_AT_THE_END = frozenset({"duoc", "dc", "bo", "thoi", "theo"})
"""A refusal that ends in one of these is one at the end of its clause only: "mắt kém không làm được"."""

_NOT_ABLE = (["duoc"], ["dc"], ["noi"])
"""What follows a denied trade that was done before: "không bưng bê được, trước bưng bê ở tiệc cưới"."""

_CLOSING = frozenset({"han", "roi", "luon", "nha", "nghen", "vay", "cho", "khoe", "dau", "mo", "nua"})
"""Words that may close a clause after one of these: "giờ thì thôi hẳn rồi"."""

_FOLLOWED = frozenset({"nghe", "theo"})
"""One of these makes a refusal one of the trade of a relative: "nhà ba đời làm rèn nhưng em không theo"."""

_NO_LONGER = frozenset({"noi", "nua"})
"""Words that end what can no longer be done: "vác không nổi nữa"."""

_AGAIN = frozenset({"lai", "tiep"})
_SOMEBODY = "nguoi"

_ANEW = "lai"
_OF_WORK_ANEW = frozenset(
    {"nghe", "viec", "cong", "la", "thi", "duoc", "gan", "o", "cho", "voi", "lien", "ngay", "luon"}
)
"""After "làm lại" at the end of a wish these leave it one to work; "làm lại căn cước" is none."""

_SAID_OF_ALL_WORK = frozenset({"lam", "di", "chay", "lai", "o", "ban", "dem", "ngay", "ca"})
"""Words of a trade that say little alone: "đi lại" is walking, "lái lại" and "lại lái" look alike without accents."""


def given_up(reading: Reading, told: Spoken) -> dict[Hit, Span]:
    """Return the trades that the person has done and gives up, each with the span of the refusal.

    In "lặn sò 10 năm, giờ bỏ rồi" a word of refusal that no trade follows speaks of the last trade before it: of its
    sentence, or, where it speaks of work, of the text. "thôi may" gives up the trade that has the verb.
    """
    dropped: dict[Hit, Span] = {}
    for part in reading.relevant((_by_words, _by_denial, _by_verb)):
        for trade, span in part(reading, told):
            dropped.setdefault(trade, span)
    return dropped


@told_by("refuse")
def _by_words(reading: Reading, told: Spoken) -> Iterator[tuple[Hit, Span]]:
    """Yield the trades that words of refusal speak of where no trade follows: "giờ bỏ rồi".

    A label speaks of what stands behind its colon: "Không làm được: ca đêm".
    """
    trades = told.trades
    for cue in reading.layer("refuse"):
        clause_stop = reading.clause_bounds(cue.first)[1]
        if any(h.first < clause_stop and cue.first < h.stop for h in trades):
            continue
        closed = reading.past(cue.stop, clause_stop, _CLOSING) == clause_stop
        if reading.text.folded[cue.stop - 1] in _AT_THE_END and not closed:
            continue
        if _is_said_of_a_refused_trade(reading, cue, told) or reading.is_label(cue):
            continue
        trade = _of_a_relative(reading, cue, trades) or _meant(reading, cue, _done_before(trades, cue.first))
        if trade is not None:
            yield trade, reading.span(cue)


@told_by(*chain.from_iterable(_NOT_ABLE))
def _by_denial(reading: Reading, told: Spoken) -> Iterator[tuple[Hit, Span]]:
    """Yield the trades that were done and can be done no more: "không bưng bê được, trước bưng bê ở tiệc cưới"."""
    for hit, mode in told.trades.items():
        if mode is Mode.DENIED and reading.text.folded[hit.stop : hit.stop + 1] in _NOT_ABLE:
            same = [h for h, other in told.trades.items() if h.code == hit.code and other is Mode.EXPERIENCE]
            yield from ((h, reading.span(hit)) for h in same[-1:])


@told_by("quit", "declined", "nua")
def _by_verb(reading: Reading, told: Spoken) -> Iterator[tuple[Hit, Span]]:
    """Yield the trades that have a verb which is refused: "thôi may"."""
    for first, stop, verb in _verbs_refused(reading):
        done = [h for h in _done_before(told.trades, first) if verb in _own_words(reading, h)]
        if done and not any(h.first < stop <= h.stop for h in told.trades):
            yield done[-1], reading.text.span(first, stop)


def _is_said_of_a_refused_trade(reading: Reading, cue: Hit, told: Spoken) -> bool:
    """Whether the words already refuse what is named before them in their clause: "thu ngân thì không làm nữa"."""
    begin = reading.clause_bounds(cue.first)[0]
    return any(
        begin <= h.first and h.stop <= cue.first and mode is Mode.REFUSED
        for phrases in told
        for h, mode in phrases.items()
    )


def _of_a_relative(reading: Reading, cue: Hit, trades: Mapping[Hit, Mode]) -> Hit | None:
    """Return the trade of a relative that is not followed: "bố là thợ rèn nhưng cháu không theo nghề ấy"."""
    words = reading.text.folded[cue.first : min(cue.stop + 2, reading.clause_bounds(cue.first)[1])]
    begin = reading.sentence_bounds(cue.first)[0]
    before = [h for h in trades if begin <= h.first and h.stop <= cue.first]
    last = max(before, key=lambda h: h.stop, default=None)
    if last is None or trades[last] is not Mode.OTHER:
        return None
    return last if not _FOLLOWED.isdisjoint(words) or _own_words(reading, last) & set(words) else None


def _verbs_refused(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield where a single verb is refused, and the verb: "thôi may", "không lặn được nữa", "vác không nổi nữa"."""
    folded = reading.text.folded
    quits = [h for h in reading.layer("quit") if h.as_spelt]  # "so" may be a number, "sợ" is fear
    negators = [h for h in reading.layer("negator") if _says_no_more(reading, h)]
    for hit in (*quits, *negators):
        if hit.stop < reading.clause_bounds(hit.first)[1]:
            yield hit.first, hit.stop + 1, folded[hit.stop]


def _says_no_more(reading: Reading, negator: Hit) -> bool:
    """Whether "nữa" follows what a negator stands before, and the two are no limit ("không vác nặng được nữa")."""
    if any(h.first <= negator.stop < h.stop for h in reading.layer("constraint")):
        return False
    stop = min(negator.stop + _NO_MORE_WITHIN, reading.clause_bounds(negator.first)[1])
    return "nua" in reading.text.folded[negator.stop + 1 : stop]


def _own_words(reading: Reading, trade: Hit) -> set[str]:
    """Return the words of a trade that say which it is."""
    return set(reading.text.folded[trade.first : trade.stop]) - _SAID_OF_ALL_WORK


def _meant(reading: Reading, cue: Hit, done: Sequence[Hit]) -> Hit | None:
    """Return which of the trades before it a refusal speaks of: the one it shares a word with, else the last.

    Where the trade was named in another sentence the refusal must speak of work, or share a word with it.
    """
    words = set(reading.text.folded[cue.first : cue.stop])
    if words & _OF_NO_WORK or not done:
        return None
    if not words & _NAMES_WORK and reading.meets(cue, "constraint"):
        return None
    shared = [h for h in done if words & _own_words(reading, h)]
    if shared:
        return shared[-1]
    here = done[-1].first >= reading.sentence_bounds(cue.first)[0]
    return done[-1] if here or words & _OF_WORK else None


def taken_up(reading: Reading, trades: Mapping[Hit, Mode]) -> dict[Hit, Span]:
    """Return the trades that the person has done and wishes to do again, each with the span of what says so.

    "muốn làm lại nghề cũ" speaks of the last trade before it; "muốn đục lại" of the trade that has the verb.
    """
    resumed: dict[Hit, Span] = {}
    for part in reading.relevant((_by_words_of_return, _by_verb_again)):
        for trade, span in part(reading, trades):
            resumed.setdefault(trade, span)
    return resumed


@told_by("resume")
def _by_words_of_return(reading: Reading, trades: Mapping[Hit, Mode]) -> Iterator[tuple[Hit, Span]]:
    """Yield the last trade before words of taking up: "muốn làm lại nghề cũ"."""
    for cue in reading.layer("resume"):
        done = _done_before(trades, cue.first)
        stop = reading.clause_bounds(cue.first)[1]
        wished = not _is_refused(reading, cue) and _is_of_work(reading, cue)
        if done and wished and not _names_a_trade(trades, cue, stop):
            yield done[-1], reading.span(cue)


@told_by(*_AGAIN, _SOMEBODY)
def _by_verb_again(reading: Reading, trades: Mapping[Hit, Mode]) -> Iterator[tuple[Hit, Span]]:
    """Yield the trades that have a verb which is wished for again: "muốn đục lại"."""
    for wish in reading.layer("want"):
        for verb, stop in _verbs_wished(reading, wish):
            word = reading.text.folded[verb]
            done = [h for h in _done_before(trades, wish.first) if word in reading.text.folded[h.first : h.stop]]
            if done and not _is_refused(reading, wish) and not _names_a_trade(trades, wish, verb + 1):
                yield done[-1], reading.text.span(wish.first, stop)


def _is_of_work(reading: Reading, cue: Hit) -> bool:
    """Whether what is wished for anew is work: "muốn làm lại", but not "xin làm lại căn cước"."""
    folded = reading.text.folded
    if folded[cue.stop - 1] != _ANEW or cue.stop == reading.clause_bounds(cue.first)[1]:
        return True
    return folded[cue.stop] in _OF_WORK_ANEW


def _done_before(trades: Mapping[Hit, Mode], at: int) -> list[Hit]:
    """Return the trades before a syllable that the person has done."""
    return [h for h, mode in trades.items() if h.stop <= at and mode is Mode.EXPERIENCE]


def _is_refused(reading: Reading, cue: Hit) -> bool:
    """Whether the wish is none: "không muốn làm lại nghề cũ"."""
    return reading.meets(cue, "refuse") or reading.negated(cue.first)


def _names_a_trade(trades: Mapping[Hit, Mode], cue: Hit, stop: int) -> bool:
    """Whether a trade stands in the wish itself, which is read by its own words."""
    return any(h.first < stop and cue.first < h.stop for h in trades)


def _verbs_wished(reading: Reading, wish: Hit) -> Iterator[tuple[int, int]]:
    """Yield where a verb of a trade stands after a wish that takes the trade up, and where that ends.

    "lại" or "tiếp" follows it ("muốn đục gỗ lại"), or somebody is needed who does it ("ai cần người lái thì kêu").
    """
    folded, at = reading.text.folded, wish.stop
    clause_stop = reading.clause_bounds(wish.first)[1]
    if at + 1 < clause_stop and folded[at] == _SOMEBODY:
        yield at + 1, at + 2
    for i in range(at + 1, min(at + 4, clause_stop)):
        if folded[i] in _AGAIN and folded[i - 1] not in _SAID_OF_ALL_WORK:
            yield i - 1, i + 1
