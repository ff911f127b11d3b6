"""Phrases that stand where a trade does and that no alias reads: told where the back-off is sure, else asked about.

Such a phrase begins as names of trades begin, at the begin of a clause or after a cue ("biết", "xin làm"), and runs
to the next words that are read. What is more likely no trade ("làm ca ngày", "đi học") is neither told nor asked.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, compress, count
from typing import NamedTuple

from msgspec import structs

from matching.domain.profile import OccupationMention, Question, Redaction
from matching.extraction.assertion import modes
from matching.extraction.backoff import NOTHING, BackOff, Suggestion
from matching.extraction.belonging import akin, details
from matching.extraction.cues import Mode
from matching.extraction.lexicon import Entry, Hit, Saying
from matching.extraction.phrases import OCCUPATION, SKILL
from matching.extraction.reading import Reading
from matching.extraction.signs import parts_told
from matching.extraction.spellings import PLAIN
from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold

LIKELY = 0.7
"""Confidence of the candidates together from which a phrase is asked about: below, most name no trade."""

_WORTH_ASKING = 0.05
"""Confidence from which a suggestion is a candidate of a question."""

_LEADS = frozenset({"experience", "learnt_inside", "need", "now", "past", "self", "want", "wish"})
"""Layers of cues after which a trade is named; the last word of a cue may begin the name ("xin làm")."""

_FAINT = frozenset({"licence_head", "money_role"})
"""Layers whose words a cue may hold too: "xin học" asks for no money and names no paper."""

_UNREAD = frozenset(
    {
        "activity", "ailment", "averse", "before_place", "care", "child", "creditor", "daily", "duty", "elder",
        "employer", "gone", "header", "limb", "name_frame", "not_stigma", "pay", "person_title", PLAIN, "possession",
        "regular", "sick", SKILL, "surname", "symptom", "time_limit", "unable", "work", "years_context",
    }
)  # fmt: skip
"""Layers whose words say nothing by themselves, or (skills) may be a part of a trade's name."""

_NOTHING, _CUE, _FAINTLY, _TRADE, _READ = range(5)
_READ_AS = {
    **dict.fromkeys(_UNREAD, _NOTHING),
    **dict.fromkeys(_LEADS, _CUE),
    **dict.fromkeys(_FAINT, _FAINTLY),
    OCCUPATION: _TRADE,
}
"""What the words of a layer are read as; those of any other are `_READ`."""

_BOUGHT = frozenset({"mua", "sam", "sắm"})
"""Words that begin no trade of a person but what the person has to buy."""

_PLACES = frozenset({"bep", "doi", "hang", "kho", "lo", "nha", "quan", "tiem", "to", "trai", "vua", "xuong"})
"""Words that begin names of places of work."""

_PREPOSITIONS = frozenset({"cho", "gần", "ngoài", "o", "ra", "tại", "từ", "ve", "về", "vào", "vô", "đến", "ở"})
"""What follows these is a place or somebody, no longer the trade; without accents most may be other words."""

_SHORTEST, _LONGEST = 2, 6
"""Syllables of a phrase."""

_BEGINS, _MOSTLY_BEGINS = 15, 0.3
"""A word opens names of trades when so many begin with it, and so large a share of those that have it."""
_ENDS, _OFTEN_ENDS = 2, 0.1
"""The same for words that close names."""

_PLAIN_LETTERS = 0.85
"""Share of a text's characters below which it is one with accents; where all are typed it is some three quarters."""

_KEPT = 4096
"""Phrases whose suggestions are kept: people say the same again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A phrase that no alias reads, and the trades it may name."""

    hit: Hit
    """Where it stands; its entries are the suggestions as phrases of the lexicon."""
    suggestions: tuple[Suggestion, ...]
    """Best first, never empty."""

    @property
    def sure(self) -> bool:
        """Whether the best suggestion is told; else the phrase is asked about."""
        return self.suggestions[0].sure


class _Known(NamedTuple):
    """What is known of the syllables of a text: sets of them, a bit for each."""

    free: int
    """Those that are read as nothing."""
    led: int
    """Those that are a cue's and nothing else."""
    trade: int
    """Those that are read as a trade."""


class Guesser:
    """Finds the phrases of a text that the back-off has to be asked about, and asks it."""

    def __init__(self, backoff: BackOff, taxonomy: Taxonomy) -> None:
        self._suggest = lru_cache(_KEPT)(backoff.suggest)
        self._names = dict(zip(taxonomy.occupations.codes, taxonomy.occupations.plain_vi, strict=True))
        self._opening, self._closing = _edges(
            name for name, label in zip(backoff.fitted.names, backoff.fitted.labels, strict=True) if label != NOTHING
        )
        self._opening -= _BOUGHT
        self._opening_letters = frozenset(map(fold, self._opening))
        self._opening_as_spelt = self._opening & {w for name in backoff.fitted.names for w in name.lower().split()}

    def guesses(self, reading: Reading, redactions: Collection[Redaction] = ()) -> list[Guess]:
        """Return what may be trades of a text, in its order; nothing that touches what must be hidden."""
        return [
            self._guess(reading, first, stop, suggestions)
            for first, stop in self._phrases(reading)
            if not _touches(reading.text.span(first, stop), redactions)
            and (suggestions := self._suggested(reading, first, stop))
        ]

    def _guess(self, reading: Reading, first: int, stop: int, suggestions: tuple[Suggestion, ...]) -> Guess:
        told = suggestions[:1] if suggestions[0].sure else [s for s in suggestions if s.confidence >= _WORTH_ASKING]
        stop = self._trimmed(reading, first, stop)
        entries = tuple(Entry(layer=OCCUPATION, code=s.code, phrase=self._names[s.code]) for s in told)
        exact = 0 if reading.text.source.original.isascii() else stop - first
        code = told[0].code
        hit = Hit(OCCUPATION, first, stop, exact, code, Saying(OCCUPATION, exact, entries, code, None))
        return Guess(hit=hit, suggestions=suggestions)

    def _suggested(self, reading: Reading, first: int, stop: int) -> tuple[Suggestion, ...]:
        """Return what a phrase may mean, none when it is likely no trade: with all its words, and without the last."""
        found: tuple[Suggestion, ...] = ()
        for end in dict.fromkeys((stop, self._trimmed(reading, first, stop))):
            found = self._suggest(" ".join(map(reading.text.typed, range(first, end))))
            if sum(s.confidence for s in found) < LIKELY:
                return ()
        return found

    def _phrases(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Yield the ranges of syllables that stand where a trade does and are read as nothing."""
        words = self._opening_as_spelt if _is_accented(reading.text.source.original) else self._opening
        alike = compress(count(), map(self._opening_letters.__contains__, reading.text.folded))
        opening = [i for i in alike if reading.text.words[i].lower() in words]
        if not opening:
            return
        known = _known(reading)
        open_to = known.free | known.led
        stop = 0
        for first in opening:
            if first < stop or not open_to >> first & 1 or not self._stands_as_trade(reading, known, first):
                continue
            stop = _end(reading, known, first)
            begin, end = reading.clauses.bounds[first]
            beside_trade = known.trade & _bits(max(begin, first - 1), min(end, stop + 1))
            last = self._trimmed(reading, first, stop)
            said = last - first < _SHORTEST or beside_trade or _are_skills(reading, first + 1, last)
            if not said and not _is_everyday(reading, first, stop):
                yield first, stop

    def _stands_as_trade(self, reading: Reading, known: _Known, first: int) -> bool:
        """Whether a name may begin at a free syllable: the first of a clause, one after a cue, or a cue's last word.

        A place of work names a trade after a cue only: "làm lò bánh", but not "lò nóng mà quen".
        """
        begin, stop = reading.clauses.bounds[first]
        if first == begin and reading.text.folded[first] in _PLACES:
            return False
        if known.led >> first & 1:
            following = reading.text.words[first + 1].lower() if first + 1 < stop else ""
            return bool(following) and bool(known.free >> first + 1 & 1) and following not in self._opening
        return first == begin or bool(known.led >> first - 1 & 1)

    def _trimmed(self, reading: Reading, first: int, stop: int) -> int:
        """Return where a phrase ends without last words that close no name: "phơi thuốc nữa"."""
        while stop - first > 1 and reading.text.typed(stop - 1).lower() not in self._closing:
            stop -= 1
        return stop


def with_sure(reading: Reading, guesses: Iterable[Guess]) -> Reading:
    """Return a reading in which sure guesses stand like phrases of the lexicon."""
    return _with(reading, [guess.hit for guess in guesses if guess.sure])


def stated(
    reading: Reading, mentions: Iterable[OccupationMention], guesses: Iterable[Guess]
) -> list[OccupationMention]:
    """Return the mentions; what was guessed is as sure as the guess, of what a phrase that is read is."""
    sure = {reading.span(guess.hit): guess.suggestions[0].confidence for guess in guesses if guess.sure}
    if not sure:
        return [*mentions]
    return [replace(m, confidence=round(m.confidence * sure.get(m.evidence, 1.0), 4)) for m in mentions]


def asked(
    reading: Reading, guesses: Iterable[Guess], mentions: Sequence[OccupationMention], taxonomy: Taxonomy
) -> list[Question]:
    """Return the questions of guesses that are not sure, about the person's own trades.

    A phrase that most likely means a trade akin to one that is read, or that goes on about one, is not asked about.
    """
    unsure = [guess for guess in guesses if not guess.sure]
    if not any(_is_new(guess, mentions, taxonomy) for guess in unsure):
        return []
    spoken = modes(_with(reading, [guess.hit for guess in unsure])).trades
    done = [h for h in reading.layer(OCCUPATION) if spoken[h] is Mode.EXPERIENCE]
    detailed = details(reading, done)
    return [
        _question(reading, guess.hit)
        for guess in unsure
        if spoken[guess.hit].assertion
        and not (spoken[guess.hit] is Mode.EXPERIENCE and _continues(reading, guess.hit, done))
        and not any(first <= guess.hit.first < stop for first, stop in detailed)
        and _is_new(guess, mentions, taxonomy)
    ]


def _is_new(guess: Guess, mentions: Iterable[OccupationMention], taxonomy: Taxonomy) -> bool:
    """Whether a guess most likely means a trade that is not akin to any that is read."""
    return not any(akin(taxonomy, guess.suggestions[0].code, m.code) for m in mentions)


def _continues(reading: Reading, hit: Hit, done: Iterable[Hit]) -> bool:
    """Whether a phrase that no cue leads goes on about a trade of its sentence: "thợ gốm, canh nhiệt, xếp lò"."""
    if hit.first > reading.clauses.bounds[hit.first][0]:
        return False
    begin = reading.sentences.bounds[hit.first][0]
    return any(begin <= h.first < hit.first for h in done)


def _question(reading: Reading, hit: Hit) -> Question:
    span = reading.span(hit)
    quoted = reading.text.source.original[slice(*span)]
    names = "; ".join(entry.phrase for entry in hit.entries)
    asked = f"là nghề nào: {names}?" if len(hit.entries) > 1 else f"có phải là nghề {names} không?"
    return Question(evidence=span, candidates=hit.codes, ask_vi=f'"{quoted}" {asked}')


def _with(reading: Reading, hits: list[Hit]) -> Reading:
    """Return a reading with more phrases of trades; none of them overlaps one that stands there."""
    if not hits:
        return reading
    trades = sorted((*reading.layer(OCCUPATION), *hits), key=lambda hit: hit.first)
    return structs.replace(
        reading, hits={**reading.hits, OCCUPATION: trades}, parts=reading.parts | parts_told((OCCUPATION,))
    )


def _known(reading: Reading) -> _Known:
    """Return what is known of each syllable; a cue's words may be faintly something else, but not read as anything."""
    covered = [0, 0, 0, 0, 0]
    for layer, hits in reading.hits.items():
        kind = _READ_AS.get(layer, _READ)
        if kind:
            for hit in hits:
                covered[kind] |= (1 << hit.stop) - (1 << hit.first)
    _, leading, faint, trades, read = covered
    counted = 0
    for _, first, stop in chain.from_iterable(reading.placed.values()):
        counted |= _bits(first, stop)
    taken = read | trades | counted
    return _Known(~(taken | leading | faint), leading & ~taken, trades & ~counted)


def _bits(first: int, stop: int) -> int:
    """Return the set of syllables [first, stop)."""
    return (1 << stop) - (1 << first)


def _end(reading: Reading, known: _Known, first: int) -> int:
    """Return where a phrase ends: before a break, words that are read, a preposition, a number or a name."""
    text, last = reading.text, min(reading.clauses.bounds[first][1], first + _LONGEST)
    shouted = text.source.original.isupper()
    stop = first + 1
    while stop < last and known.free >> stop & 1 and text.words[stop].lower() not in _PREPOSITIONS:
        if text.folded[stop].isdigit() or (text.words[stop][:1].isupper() and not shouted):
            break
        stop += 1
    return stop


def _are_skills(reading: Reading, first: int, stop: int) -> bool:
    """Whether each of syllables [first, stop) stands in a skill."""
    return all(any(h.first <= i < h.stop for h in reading.layer(SKILL)) for i in range(first, stop))


def _is_everyday(reading: Reading, first: int, stop: int) -> bool:
    """Whether everyday words are all that syllables [first, stop) say: "đi luôn"."""
    return any(h.first <= first and stop <= h.stop for h in reading.layer(PLAIN))


def _is_accented(text: str) -> bool:
    """Whether most of a text is typed with its accents, so that a word without them is that word ("tai", ear)."""
    return len(text.encode("ascii", "ignore")) < _PLAIN_LETTERS * len(text)


def _touches(span: tuple[int, int], redactions: Iterable[Redaction]) -> bool:
    return any(r.evidence[0] < span[1] and span[0] < r.evidence[1] for r in redactions)


def _edges(names: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that names begin with and those that they end with, with and without their accents."""
    begin: Counter[str] = Counter()
    end: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    for name in names:
        for spelt in {name.lower(), fold(name)}:
            words = spelt.split()
            begin[words[0]] += 1
            end[words[-1]] += 1
            anywhere.update(words)
    return (
        frozenset(w for w, n in begin.items() if n >= _BEGINS and n >= _MOSTLY_BEGINS * anywhere[w]),
        frozenset(w for w, n in end.items() if n >= _ENDS and n >= _OFTEN_ENDS * anywhere[w]),
    )
