"""One text, looked at once: syllables, phrases by layer, quantities. Every field is read from this."""

from bisect import bisect_right
from dataclasses import dataclass

from matching.domain.profile import Span
from matching.extraction.fuzzy import Speller
from matching.extraction.lexicon import Hit, Lexicon
from matching.extraction.spellings import agreed
from matching.text.fold import agreement
from matching.text.quantities import Quantity, QuantityKind, quantities
from matching.text.syllables import PAUSE, STOP, Syllables, syllables

_ACCENTED_SHARE = 0.5
_WINDOW = 5

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text and what stands in it."""

    text: Syllables
    hits: dict[str, list[Hit]]
    """Phrases of each layer, in the order of the text; within a layer they do not overlap."""
    quantities: list[Quantity]
    sentences: list[int]
    """First syllable of each sentence."""
    clauses: list[int]
    """First syllable of each clause (what stands between two breaks)."""

    def layer(self, name: str) -> list[Hit]:
        """Return the hits of a layer, none when the layer is absent."""
        return self.hits.get(name, [])

    def span(self, hit: Hit) -> Span:
        """Return the span of a hit in the original text."""
        return self.text.span(hit.first, hit.stop)

    def sentence(self, i: int) -> int:
        """Return the number of the sentence that syllable *i* stands in."""
        return bisect_right(self.sentences, i) - 1

    def clause(self, i: int) -> int:
        """Return the number of the clause that syllable *i* stands in."""
        return bisect_right(self.clauses, i) - 1

    def clause_bounds(self, i: int) -> tuple[int, int]:
        """Return the half-open range of syllables of the clause that syllable *i* stands in."""
        return self._bounds(self.clauses, i)

    def sentence_bounds(self, i: int) -> tuple[int, int]:
        """Return the half-open range of syllables of the sentence that syllable *i* stands in."""
        return self._bounds(self.sentences, i)

    def _bounds(self, starts: list[int], i: int) -> tuple[int, int]:
        number = bisect_right(starts, i) - 1
        stop = starts[number + 1] if number + 1 < len(starts) else len(self.text)
        return starts[number], stop

    def of_kind(self, kind: QuantityKind) -> list[tuple[Quantity, int, int]]:
        """Return quantities of a kind, each with its half-open range of syllables."""
        return [(q, *self.syllables_of(q)) for q in self.quantities if q.kind is kind]

    def syllables_of(self, quantity: Quantity) -> tuple[int, int]:
        """Return the half-open range of syllables that a quantity covers."""
        return self.text.index_at(quantity.at), self.text.index_at(quantity.to - 1) + 1

    def quantity_span(self, quantity: Quantity) -> Span:
        """Return the span of a quantity in the original text."""
        return self.text.source.span(quantity.at, quantity.to)


def read_text(text: str, lexicon: Lexicon, speller: Speller | None = None) -> Reading:
    """Look at *text* once: cut it, find the phrases and the quantities; with a *speller*, mend what is misspelt."""
    cut = syllables(text)
    found = lexicon.find(cut)
    if speller is not None:
        cut, found = _spelt(cut, found, lexicon, speller)
    found = agreed(found, bare=text.isascii())
    starts = [0, *(i + 1 for i, b in enumerate(cut.breaks[:-1]) if b >= PAUSE)]
    sentences = [0, *(i + 1 for i, b in enumerate(cut.breaks[:-1]) if b == STOP)]
    reading = Reading(text=cut, hits={}, quantities=quantities(_countable(cut)), sentences=sentences, clauses=starts)
    if text.isascii():
        reading.hits.update(found)
        return reading
    for layer, hits in found.items():
        reading.hits[layer] = [h for h in hits if h.exact == h.stop - h.first or _plausible(h, reading)]
    return reading


def _countable(cut: Syllables) -> str:
    """Return the folded text without the words whose accents make them no numbers: "trét bả" is no three ("ba")."""
    text = cut.source.text
    for i, word in enumerate(cut.folded):
        meant = _NUMBER_WORDS.get(word)
        if meant is not None and not agreement(cut.typed(i), meant):
            text = f"{text[: cut.at[i]]}{_NO_NUMBER * len(word)}{text[cut.to[i] :]}"
    return text


def _spelt(
    cut: Syllables, found: dict[str, list[Hit]], lexicon: Lexicon, speller: Speller
) -> tuple[Syllables, dict[str, list[Hit]]]:
    """Return the text as it was meant, and the phrases in it."""
    for _ in range(_MENDING_ROUNDS):
        mended = speller.mended(cut, found)
        if mended is cut:
            break
        cut, found = mended, lexicon.find(mended)
    return cut, found


def _plausible(hit: Hit, reading: Reading) -> bool:
    """Whether a phrase some of whose accents are missing may be read where the words around it carry theirs.

    Somebody who types "bán" with its accent a few words away means "ban" where it stands bare.
    """
    text, length = reading.text, hit.stop - hit.first
    begin, end = reading.clause_bounds(hit.first)
    around = [*range(max(begin, hit.first - _WINDOW), hit.first), *range(hit.stop, min(end, hit.stop + _WINDOW))]
    words = [i for i in around if text.folded[i].isalpha()]
    if not words and length > 1:
        return True
    accented = sum(not text.typed(i).isascii() for i in words)
    if accented <= _ACCENTED_SHARE * len(words):
        return True
    return length >= 3 and hit.exact * 2 > length
