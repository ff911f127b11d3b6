"""One text, looked at once: syllables, phrases by layer, quantities. Every field is read from this."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import accumulate, chain, pairwise
from operator import gt
from typing import TypeVar

from msgspec import Struct

from matching.domain.profile import Span
from matching.extraction.contradictions import contradicted
from matching.extraction.fillers import with_fillers_left_out
from matching.extraction.fuzzy import Speller
from matching.extraction.headers import headers_over
from matching.extraction.lexicon import Hit, Lexicon
from matching.extraction.signs import Part, parts_told
from matching.extraction.steps import Steps, finished
from matching.text.fold import agreement, fold
from matching.text.quantities import Quantity, QuantityKind, quantities
from matching.text.spelling import lacks_marks
from matching.text.syllables import Stretches, Syllables, syllables

_ACCENTED_SHARE = 0.5
_WINDOW = 5
_LONG = 4
_SHORT = 2
"""Syllables of a phrase that no other words feign by their letters."""

_NUMBER_WORDS = {
    "mot": "một",
    "hai": "hai",
    "ba": "ba",
    "bon": "bốn",
    "tu": "tư",
    "sau": "sáu",
    "tam": "tám",
    "chin": "chín",
}
"""Words of numbers by their letters; those with several spellings, and "năm" (a year too), are left out."""

_NO_NUMBER = "x"

_MENDING_ROUNDS = 2
"""What is mended first may confirm its neighbour: "chayj xe oom"."""


Asked = TypeVar("Asked", bound=Part)
Fact = TypeVar("Fact")

_letters = cache(fold)
"""The letters of a word that a rule names: there are few of them."""

Found = dict[str, list[Hit]]
"""The phrases of each layer."""

Placed = tuple[Quantity, int, int]
"""A quantity and the half-open range of syllables that it covers."""


class Reading(Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """A text and what stands in it. A struct: a frozen dataclass takes ten times as long to make."""

    text: Syllables
    hits: Found
    """Phrases of each layer, in the order of the text; within a layer they do not overlap."""
    quantities: list[Quantity]
    placed: Mapping[QuantityKind, Sequence[Placed]]
    """The quantities of each kind, with where they stand."""
    clauses: Stretches
    """What stands between two breaks."""
    sentences: Stretches
    colons: Set[int]
    """First syllables of the sentences that a colon stands right before."""
    headers: Mapping[int, Hit]
    """The headers that sentences stand under, by their first syllables."""
    words: Set[str]
    """The words of the text by their letters."""
    parts: Set[Part]
    """The parts of readers that may find something here, as words, neighbours and layers tell (`told_by`)."""
    denied: Set[int]
    """Syllables that a negator stands right before, in their clause."""

    def layer(self, name: str) -> Sequence[Hit]:
        """Return the hits of a layer, none when the layer is absent."""
        return self.hits.get(name, ())

    def layers(self, *names: str) -> list[Hit]:
        """Return the hits of several layers, one layer after the other."""
        found: list[Hit] = []
        for name in names:
            if name in self.hits:
                found += self.hits[name]
        return found

    def relevant(self, parts: Iterable[Asked]) -> list[Asked]:
        """Return those of *parts* that may find something here, in their order."""
        return [*filter(self.parts.__contains__, parts)]

    def all_told(self, parts: Iterable[Callable[["Reading"], Iterable[Fact]]]) -> list[Fact]:
        """Return what *parts* find here, part after part."""
        told = self.relevant(parts)
        return [fact for part in told for fact in part(self)] if told else []

    def span(self, hit: Hit) -> Span:
        """Return the span of a hit in the original text."""
        return self.text.span(hit.first, hit.stop)

    def sentence(self, i: int) -> int:
        """Return the number of the sentence that syllable *i* stands in."""
        return bisect_right(self.sentences.starts, i) - 1

    def clause(self, i: int) -> int:
        """Return the number of the clause that syllable *i* stands in."""
        return bisect_right(self.clauses.starts, i) - 1

    def clause_bounds(self, i: int) -> tuple[int, int]:
        """Return the half-open range of syllables of the clause that syllable *i* stands in."""
        return self.clauses.bounds[i]

    def sentence_bounds(self, i: int) -> tuple[int, int]:
        """Return the half-open range of syllables of the sentence that syllable *i* stands in."""
        return self.sentences.bounds[i]

    def where(self, words: Set[str]) -> Sequence[int]:
        """Return the syllables that are one of *words* by their letters; what has none of them is told at once."""
        if self.words.isdisjoint(words):
            return ()
        return [i for i, word in enumerate(self.text.folded) if word in words]

    def meets(self, hit: Hit, *names: str) -> bool:
        """Whether a hit of one of these layers shares a syllable with *hit*."""
        return any(map(hit.overlaps, self.layers(*names)))

    def past(self, i: int, end: int, words: Set[str]) -> int:
        """Return the first syllable from *i* on, before *end*, that is none of *words* by its letters."""
        while i < end and self.text.folded[i] in words:
            i += 1
        return i

    def after_colon(self, i: int) -> bool:
        """Whether a colon stands right before syllable *i*."""
        return i in self.colons

    def is_label(self, hit: Hit) -> bool:
        """Whether a colon and nothing else stands right behind a hit: "Xe: không có"."""
        return hit.stop in self.colons and _between(self.text, hit.stop).strip() == ":"

    def means(self, i: int, *words: str) -> bool:
        """Whether syllable *i* may be one of *words*: the same letters, and no typed accent contradicts."""
        letters = self.text.folded[i]
        return any(_letters(word) == letters and agreement(self.text.words[i].lower(), word) for word in words)

    def meant(self, words: Mapping[str, str]) -> list[int]:
        """Return the syllables that may be one of *words*, which are given by their letters."""
        folded, typed = self.text.folded, self.text.words
        return [i for i in self.where(words.keys()) if agreement(typed[i].lower(), words[folded[i]])]

    def negated(self, first: int) -> bool:
        """Whether a negator stands right before syllable *first*, in its clause: "không sợ độ cao"."""
        return first in self.denied

    def header_over(self, i: int) -> Hit | None:
        """Return the header over syllable *i*: right before its sentence, or before the list that it is an item of."""
        return self.headers.get(self.sentences.bounds[i][0])

    def of_kind(self, kind: QuantityKind) -> Sequence[Placed]:
        """Return quantities of a kind, each with its half-open range of syllables."""
        return self.placed.get(kind, ())

    def syllables_of(self, quantity: Quantity) -> tuple[int, int]:
        """Return the half-open range of syllables that a quantity covers."""
        return _covered(self.text, quantity)

    def quantity_span(self, quantity: Quantity) -> Span:
        """Return the span of a quantity in the original text."""
        return self.text.source.span(quantity.at, quantity.to)


def read_text(text: str, lexicon: Lexicon, speller: Speller | None = None) -> Reading:
    """Look at *text* once: cut it, find the phrases and the quantities; with a *speller*, mend what is misspelt."""
    return finished(reading_steps(text, lexicon, speller))


def reading_steps(text: str, lexicon: Lexicon, speller: Speller | None = None) -> Steps[Reading]:
    """Read a text as `read_text` does, step by step."""
    cut = syllables(text)
    yield
    found = lexicon.find(cut)
    longer = _longer(found)
    yield
    if speller is not None:
        cut, found, longer = _spelt(cut, found, longer, lexicon, speller)
        found = with_fillers_left_out(cut, found, lexicon)
        yield
    doubtful = [h for here in found.values() for h in here if h.exact < h.stop - h.first]
    wrong = contradicted(doubtful, longer)
    if doubtful and not cut.is_bare:
        wrong.update(_implausible([h for h in doubtful if h not in wrong], cut, lexicon))
    for layer in {h.layer for h in wrong}:
        found[layer] = [h for h in found[layer] if h not in wrong]
        if not found[layer]:
            del found[layer]
    yield
    counted = quantities(_countable(cut))
    yield
    words = frozenset(cut.folded)
    return Reading(
        text=cut,
        hits=found,
        quantities=counted,
        placed=_placed(cut, counted),
        clauses=cut.clauses,
        sentences=cut.sentences,
        colons=_behind_colons(cut),
        headers=headers_over(cut, cut.sentences.starts, found.get("header", ())),
        words=words,
        parts=parts_told(chain(words, found, pairwise(cut.folded))),
        denied={h.stop for h in found.get("negator", ())}.difference(cut.clauses.starts),
    )


def _behind_colons(cut: Syllables) -> Set[int]:
    """Return the first syllables of the sentences that a colon stands right before; most texts have none."""
    if ":" not in cut.source.text:
        return frozenset()
    return {i for i in cut.sentences.starts[1:] if ":" in _between(cut, i)}


def _between(cut: Syllables, i: int) -> str:
    """Return what stands between syllable *i* and the one before it, folded."""
    return cut.source.text[cut.to[i - 1] : cut.at[i]]


def _placed(cut: Syllables, counted: Iterable[Quantity]) -> dict[QuantityKind, list[Placed]]:
    """Return the quantities of each kind, each with the half-open range of syllables that it covers."""
    placed: dict[QuantityKind, list[Placed]] = defaultdict(list)
    for quantity in counted:
        placed[quantity.kind].append((quantity, *_covered(cut, quantity)))
    return placed


def _covered(cut: Syllables, quantity: Quantity) -> tuple[int, int]:
    return cut.index_at(quantity.at), cut.starting_before(quantity.to)


def _countable(cut: Syllables) -> str:
    """Return the folded text without the words whose accents make them no numbers: "trét bả" is no three ("ba")."""
    text = cut.source.text
    if _NUMBER_WORDS.keys().isdisjoint(cut.folded):
        return text
    for i, word in enumerate(cut.folded):
        meant = _NUMBER_WORDS.get(word)
        if meant is not None and not agreement(cut.typed(i), meant) and not _is_one(cut, i):
            text = f"{text[: cut.at[i]]}{_NO_NUMBER * len(word)}{text[cut.to[i] :]}"
    return text


def _is_one(cut: Syllables, i: int) -> bool:
    """Whether "mốt" is the one behind tens: "hai mươi mốt"."""
    return cut.typed(i).lower() == "mốt" and cut.folded[max(0, i - 1)] == "muoi"


def _longer(found: Found) -> list[Hit]:
    """Return the phrases of two or more syllables: they say how their syllables are meant."""
    return [h for h in chain.from_iterable(found.values()) if h.stop - h.first > 1]


def _spelt(
    cut: Syllables, found: Found, longer: list[Hit], lexicon: Lexicon, speller: Speller
) -> tuple[Syllables, Found, list[Hit]]:
    """Return the text as it was meant, the phrases in it, and those of two or more syllables."""
    for _ in range(_MENDING_ROUNDS):
        mended = speller.mended(cut, longer)
        if mended is cut:
            break
        cut, found = mended, lexicon.find(mended)
        longer = _longer(found)
    return cut, found, longer


def _implausible(doubtful: Iterable[Hit], text: Syllables, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the phrases lacking accents that may not be read so where the words around carry theirs.

    Somebody who types "bán" with its accent a few words away means "ban" where it stands bare.
    """
    alone = [*map(str.isalpha, text.folded)]
    letters = [0, *accumulate(alone)]
    accented = [0, *accumulate(map(gt, alone, map(str.isascii, text.words)))]
    for hit in doubtful:
        first, stop = hit.first, hit.stop
        length = stop - first
        if length >= _LONG or (length >= 3 and hit.exact * 2 > length):
            continue
        opens, closes = text.clauses.bounds[first]
        begin, end = max(opens, first - _WINDOW), min(closes, stop + _WINDOW)
        words = letters[first] - letters[begin] + letters[end] - letters[stop]
        marked = accented[first] - accented[begin] + accented[end] - accented[stop]
        if marked > _ACCENTED_SHARE * words and not _lost_accents(hit, text, lexicon):
            yield hit


def _lost_accents(hit: Hit, text: Syllables, lexicon: Lexicon) -> bool:
    """Whether the typing of a phrase shows that accents are missing: "hoc" is no syllable, "thoai" is no word."""
    bare = [word for word in map(str.lower, map(text.typed, range(hit.first, hit.stop))) if word.isascii()]
    return any(map(lacks_marks, bare)) or (hit.stop - hit.first > _SHORT and any(map(lexicon.needs_accents, bare)))
