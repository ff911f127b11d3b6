"""Misspelt syllables: mended where a whole phrase of the release says what was meant.

A syllable that is none is mapped to near ones of the release (one letter off, sounding alike, the keys of a telex or
VNI keyboard, two syllables run together, one cut in two). It is mended only when a phrase through it confirms one
candidate; the better the syllable stands as a word of its own, the more of a phrase it takes. The dictionary is never
scanned: candidates come from an index of syllables, phrases from the automaton.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

from rapidfuzz.distance import OSA

from matching.extraction.lexicon import Hit, Lexicon
from matching.text.fold import agreement, canonical, fold
from matching.text.remembered import Remembered
from matching.text.spelling import alike, from_keys, is_possible, slip_of_a_finger, sounds_like
from matching.text.syllables import PAUSE, Syllables, stretches

_REACH = 5
"""Syllables to each side that a confirming phrase may take in."""

_LEAST_LETTERS = 5
"""Letters of a phrase, spaces apart, from which it confirms a syllable."""

_LEAST_ALONE = 4
"""Letters from which an impossible syllable is mended by itself, when one known syllable only is near."""

_LEAST_JOINED, _TOO_LONG = 5, 30
"""Letters from which a token may be two syllables run together, and from which it is none of the kind."""

_USUAL = 4
"""How many times as often as its next a spelling occurs in phrases to be taken as the one that was meant."""

_KEYS_ALONE = 2
"""Keys for marks (a hat and a tone, say) from which a syllable is mended by itself."""

_FOREIGN_WORDS = 3
"""Impossible words that make a text foreign when they are more than half of it."""

_MOST_SYLLABLES = 1000
"""Syllables of a text that are looked at; answers are shorter by far."""

_REMEMBERED = 65536
"""Syllables whose judgement is kept."""

_AS_TYPED, _CONFUSED, _SLIPPED, _WRONG = 0.0, 0.3, 0.6, 1.0
"""Cost of a mend: no letter changed, a confusion of sounds, a slip of a finger, any other letter or accent."""

_NOTHING = ("", "")
_HOOK_OR_TILDE = frozenset("34")
_TONES = "12345"


class Standing(IntEnum):
    """How well a typed syllable stands as a word."""

    IMPOSSIBLE = 0
    """No Vietnamese syllable, and none of the release."""
    STRANGE = 1
    """Could be a syllable, but no phrase and no place has it."""
    KNOWN = 2
    """A syllable of the release, a number, a single letter."""


_IMPOSSIBLE, _KNOWN = Standing.IMPOSSIBLE, Standing.KNOWN
"""By names of their own: a member is looked up in its class by a function in Python."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubt:
    """Why a typed syllable may be misspelt."""

    standing: Standing
    word: str
    """Its canonical spelling."""
    before: Set[str]
    behind: Set[str]
    """Of a known syllable: the words that phrases have right before and right behind what it may be confused with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mend:
    """Tokens [first, stop) were meant as other syllables."""

    first: int
    stop: int
    folded: tuple[str, ...]
    meant: tuple[str, ...]
    """With the accents of the phrase that confirms."""
    length: int
    """Syllables of that phrase."""
    cost: float
    says: tuple[str, str]
    """Layer and code of that phrase."""


class Speller:
    """Mends the misspelt syllables of texts; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon, names: Iterable[str] = ()) -> None:
        """Index the syllables of *lexicon*; those of *names* (of places) are known too, but never what was meant."""
        self._lexicon = lexicon
        self._words = frozenset(lexicon.words)
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self._before: dict[str, set[str]] = defaultdict(set)
        self._behind: dict[str, set[str]] = defaultdict(set)
        """The words that phrases have right before and right behind each word, all canonical."""
        self._canonical = Remembered(canonical, _REMEMBERED)
        self._learn(lexicon.phrases())
        for name in names:
            for word in name.lower().split():
                self._spellings[fold(word)][word] += 0
        self._shorter: dict[str, list[str]] = defaultdict(list)
        for word in filter(str.isalpha, self._words):
            for key in _shortened(word) if len(word) > 1 else ():
                self._shorter[key].append(word)
        self._doubt = Remembered(self._doubted, _REMEMBERED)
        self._candidates = lru_cache(_REMEMBERED)(self._near)
        self._sounding = lru_cache(_REMEMBERED)(self._same_sound)

    def _learn(self, phrases: Iterable[Sequence[str]]) -> None:
        often, pairs = Counter[str](), set[tuple[str, str]]()
        for words in phrases:
            often.update(words)
            pairs.update(pairwise(words))
        for word, times in often.items():
            self._spellings[fold(word)][word] = times
        for left, right in ((self._canonical[one], self._canonical[other]) for one, other in pairs):
            self._before[right].add(left)
            self._behind[left].add(right)

    def mended(self, text: Syllables, phrases: Iterable[Hit]) -> Syllables:
        """Return *text* with its misspelt syllables as they were meant; the same object when there are none.

        Parameters
        ----------
        text : Syllables
            As typed.
        phrases : iterable of Hit
            The phrases of two or more syllables that stand in it as typed; what they cover is not doubted.
        """
        words = text.words[:_MOST_SYLLABLES]
        doubts = [(i, doubt) for i, doubt in enumerate(map(self._doubt.__getitem__, words)) if doubt]
        if not doubts:
            return text
        covered = set().union(*[range(hit.first, hit.stop) for hit in phrases])
        doubts = [(i, doubt) for i, doubt in doubts if i not in covered]
        if _is_foreign(text, [i for i, doubt in doubts if doubt.standing is _IMPOSSIBLE]):
            return text
        mends: list[_Mend] = []
        stop = 0
        for i, doubt in doubts:
            if i < stop or not self._is_likely(doubt, text.words, i):
                continue
            mend = self._mend(text, i, doubt.standing)
            if mend is not None and mend.first >= stop and covered.isdisjoint(range(mend.first, mend.stop)):
                mends.append(mend)
                stop = mend.stop
        return _applied(text, mends) if mends else text

    def _doubted(self, typed: str) -> _Doubt | None:
        """Return what speaks against a syllable, None when nothing does, whatever stands beside it."""
        standing = self._standing(typed, fold(typed))
        confusions = self._confusions(typed) if standing is Standing.KNOWN else ()
        before = frozenset[str]().union(*[self._before.get(word, ()) for word in confusions])
        behind = frozenset[str]().union(*[self._behind.get(word, ()) for word in confusions])
        if standing is Standing.KNOWN and not before and not behind:
            return None
        return _Doubt(standing=standing, word=canonical(typed), before=before, behind=behind)

    def _standing(self, typed: str, folded: str) -> Standing:
        spellings = self._spellings.get(folded)
        if spellings is not None:
            return Standing.KNOWN if any(agreement(typed, word) for word in spellings) else Standing.STRANGE
        if not 1 < len(folded) < _TOO_LONG or not folded.isalpha():
            return Standing.IMPOSSIBLE if sum(map(str.isdigit, folded)) > 1 and from_keys(folded) else Standing.KNOWN
        return Standing.STRANGE if is_possible(folded) else Standing.IMPOSSIBLE

    def _confusions(self, typed: str) -> Iterable[str]:
        """Return what a syllable with accents may be confused with, canonical."""
        if typed.isascii():
            return ()
        words = {word for near in self._sounding(fold(typed)) for word in self._spellings[near]}
        return {canonical(word) for word in words if _cost(typed, word) == _CONFUSED}

    def _is_likely(self, doubt: _Doubt, typed: Sequence[str], i: int) -> bool:
        """Whether a syllable may well be wrong: a known one in company that phrases know of its confusions alone."""
        if doubt.standing is not _KNOWN:
            return True
        before = self._canonical[typed[i - 1]] if i else ""
        behind = self._canonical[typed[i + 1]] if i + 1 < len(typed) else ""
        if before not in doubt.before and behind not in doubt.behind:
            return False
        return before not in self._before.get(doubt.word, ()) and behind not in self._behind.get(doubt.word, ())

    def _mend(self, text: Syllables, i: int, standing: Standing) -> _Mend | None:
        """Return the one mend of syllable *i* that a phrase confirms; None when none or several do."""
        begin, end = _window(text, i)
        options: dict[tuple[int, int], list[tuple[str, ...]]]
        near = self._sounding if standing is Standing.KNOWN else self._candidates
        options = {(i, i + 1): [(word,) for word in near(text.folded[i])]}
        if standing is not Standing.KNOWN:
            options[i, i + 1] += self._halves(text.folded[i])
            for first in (i - 1, i):
                if begin <= first and first + 2 <= end:
                    options[first, first + 2] = self._rejoined(text, first)
        confirmed = [
            mend
            for (first, stop), choices in options.items()
            if choices
            for mend in self._confirmed(text, begin, first, stop, end, choices)
        ]
        if any(m.cost == _AS_TYPED and m.folded == (text.folded[i],) for m in confirmed):
            return None
        if standing is Standing.KNOWN:
            return _best([m for m in confirmed if m.cost <= _CONFUSED])
        return _best(confirmed) or (self._alone(text, i) if standing is Standing.IMPOSSIBLE else None)

    def _same_sound(self, folded: str) -> tuple[str, ...]:
        """Return the syllables of the release that sound like a folded one, itself among them."""
        return tuple(sorted({folded, *alike(folded)} & self._words))

    def _near(self, folded: str) -> tuple[str, ...]:
        """Return the syllables of the release that a folded syllable may be meant for, itself among them."""
        keys = from_keys(folded)
        meant = {folded, *alike(folded), *([fold(keys)] if keys else ())}
        meant.update(
            word for key in _shortened(folded) for word in self._shorter.get(key, ()) if _one_off(folded, word)
        )
        return tuple(sorted(meant & self._words))

    def _halves(self, folded: str) -> list[tuple[str, ...]]:
        """Return the ways in which a token is two syllables of the release run together."""
        if len(folded) < _LEAST_JOINED:
            return []
        cuts = [(folded[:at], folded[at:]) for at in range(2, len(folded) - 1)]
        return [(first, second) for first, second in cuts if first in self._words and second in self._words]

    def _rejoined(self, text: Syllables, first: int) -> list[tuple[str, ...]]:
        """Return the syllable that two neighbouring tokens are when they are put together, if they are one."""
        word = text.folded[first] + text.folded[first + 1]
        return [(word,)] if word in self._words and is_possible(word) else []

    def _confirmed(
        self, text: Syllables, begin: int, first: int, stop: int, end: int, choices: Sequence[tuple[str, ...]]
    ) -> Iterator[_Mend]:
        """Yield the choices for tokens [first, stop) that a phrase confirms, accents and letters compared."""
        before, after = text.folded[begin:first], text.folded[stop:end]
        typed = "".join(text.typed(i) for i in range(first, stop))
        for number, at, entry, words in self._lexicon.through(before, choices, after):
            choice = choices[number]
            lead = len(before) - at
            rest = lead + len(choice)
            meant = words[lead:rest]
            places = (*range(begin + at, first), *range(stop, stop + len(words) - rest))
            if len(words) == 1 or sum(map(len, words)) < _LEAST_LETTERS:
                continue
            beside = (*words[:lead], *words[rest:])
            if not all(agreement(text.typed(i), word) for i, word in zip(places, beside, strict=True)):
                continue
            cost = _cost(typed, "".join(meant))
            if cost is not None:
                says = (entry.layer, entry.code)
                yield _Mend(first=first, stop=stop, folded=choice, meant=meant, length=len(words), cost=cost, says=says)

    def _alone(self, text: Syllables, i: int) -> _Mend | None:
        """Return the mend of an impossible syllable that needs no phrase: one known syllable only is near."""
        folded, typed = text.folded[i], text.typed(i)
        if len(folded) < _LEAST_ALONE:
            return None
        near = [word for word in self._candidates(folded) if is_possible(word) and len(word) >= _LEAST_ALONE]
        keys = from_keys(typed)
        if keys and len(typed) - len(keys) >= _KEYS_ALONE and keys in self._spellings.get(fold(keys), ()):
            return _Mend(
                first=i, stop=i + 1, folded=(fold(keys),), meant=(keys,), length=1, cost=_AS_TYPED, says=_NOTHING
            )
        if len(near) != 1 or not folded.isalpha():
            return None
        spellings = [(word, n) for word, n in self._spellings[near[0]].most_common() if _cost(typed, word) is not None]
        usual = spellings and (len(spellings) == 1 or spellings[0][1] >= _USUAL * spellings[1][1])
        if not spellings or not (usual or typed.isascii()):
            return None
        meant = spellings[0][0] if usual else near[0]
        return _Mend(first=i, stop=i + 1, folded=(near[0],), meant=(meant,), length=1, cost=_WRONG, says=_NOTHING)


def _is_foreign(text: Syllables, impossible: Sequence[int]) -> bool:
    """Whether most words can be no Vietnamese and no keyboard debris: then nothing is mended."""
    if len(impossible) < _FOREIGN_WORDS:
        return False
    odd = sum(from_keys(text.folded[i]) is None for i in impossible)
    return odd >= _FOREIGN_WORDS and odd * 2 > len(text)


def _window(text: Syllables, i: int) -> tuple[int, int]:
    """Return the tokens around *i* that no comma parts from it, `_REACH` to each side at most."""
    begin, end = i, i + 1
    while begin > max(0, i - _REACH) and text.breaks[begin - 1] < PAUSE:
        begin -= 1
    while end < min(len(text), i + 1 + _REACH) and text.breaks[end - 1] < PAUSE:
        end += 1
    return begin, end


def _shortened(word: str) -> set[str]:
    """Return the word, and the word with each one letter left out: words one letter apart share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _one_off(left: str, right: str) -> bool:
    return OSA.distance(left, right, score_cutoff=1) <= 1


@lru_cache(_REMEMBERED)
def _cost(typed: str, meant: str) -> float | None:
    """Return how far *typed* is from *meant*; None when the accents that were typed speak against it.

    >>> _cost("thowj", "thợ"), _cost("lam", "nam"), _cost("sữa", "sửa"), _cost("tợ", "thợ"), _cost("tò", "thợ")
    (0.0, 0.3, 0.3, 1.0, None)
    """
    left, right = fold(typed), fold(meant)
    keys = from_keys(typed)
    if (left == right and agreement(typed, meant)) or (keys is not None and canonical(keys) == canonical(meant)):
        return _AS_TYPED
    base_left, tone_left = _toned(typed)
    base_right, tone_right = _toned(meant)
    if left == right:
        if base_left == base_right and {tone_left, tone_right} <= _HOOK_OR_TILDE:
            return _CONFUSED
        return _WRONG if base_left == base_right or tone_left in ("", tone_right) else None
    apart = OSA.distance(left, right)
    same_accents = tone_left == tone_right and OSA.distance(base_left, base_right) <= apart
    if not same_accents and (tone_left not in ("", tone_right) or not base_left.isascii()):
        return None
    if same_accents and sounds_like(left, right):
        return _CONFUSED
    return _SLIPPED if apart > 1 or slip_of_a_finger(left, right) else _WRONG


def _toned(word: str) -> tuple[str, str]:
    """Return a syllable without its tone, and its tone as a digit ("" when it has none)."""
    spelt = canonical(word)
    return (spelt[:-1], spelt[-1]) if spelt[-1] in _TONES and not word[-1].isdigit() else (spelt, "")


def _best(mends: list[_Mend]) -> _Mend | None:
    """Return the mend of the longest phrase, then of the least cost; None when two as good say different things."""
    if not mends:
        return None
    best = min(mends, key=lambda m: (-m.length, m.cost))
    equal = [m for m in mends if (m.length, m.cost) == (best.length, best.cost)]
    if len({(m.first, m.stop, m.folded) for m in equal}) > 1:
        return best if len({m.says for m in equal}) == 1 else None
    return best if len({m.meant for m in equal}) == 1 else replace(best, meant=best.folded)


def _applied(text: Syllables, mends: list[_Mend]) -> Syllables:
    """Return the text with its mends; every syllable keeps its place in the original."""
    kept: tuple[list[Any], ...] = ([], [], [], [], [])
    typed: tuple[list[Any], ...] = (text.folded, text.words, text.at, text.to, text.breaks)
    wrong: set[int] = set()
    bare = text.source.original.isascii()
    done = 0
    for first, stop, mend in (*((mend.first, mend.stop, mend) for mend in mends), (len(text), len(text), None)):
        shift = len(kept[0]) - done
        wrong.update(i + shift for i in text.mended if done <= i < first)
        for column, old in zip(kept, typed, strict=True):
            column += old[done:first]
        if mend is not None:
            wrong.update(range(first + shift, first + shift + len(mend.folded)))
            for column, new in zip(kept, _tokens(text, mend, bare=bare), strict=True):
                column += new
        done = stop
    folded, words, at, to, breaks = kept
    clauses, sentences = stretches(breaks)
    return Syllables(
        source=text.source,
        folded=folded,
        words=words,
        at=at,
        to=to,
        breaks=breaks,
        clauses=clauses,
        sentences=sentences,
        mended=frozenset(wrong),
    )


def _tokens(text: Syllables, mend: _Mend, *, bare: bool) -> tuple[Sequence[Any], ...]:
    """Return what was meant in place of the tokens of a mend, by columns; the last takes what is left."""
    ends = list(accumulate(map(len, mend.folded), initial=text.at[mend.first]))
    ends[-1] = text.to[mend.stop - 1]
    breaks = [0] * (len(mend.folded) - 1) + [text.breaks[mend.stop - 1]]
    return mend.folded, mend.folded if bare else mend.meant, ends[:-1], ends[1:], breaks
