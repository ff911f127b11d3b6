"""Case, accents, tone-mark position, legacy code points: what is the same word is made equal.

`fold` is for looking up; `Folded` keeps, for every folded character, where it stood in the original.
"""

import re
import unicodedata
from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

_EXTRA = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "Ɖ": "d", "ı": "i", "ł": "l"}
"""Letters without a canonical decomposition; Ð and Ɖ are look-alikes of Đ that keyboards produce."""

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")
"""Characters that show nothing: soft hyphen, zero-width characters, direction marks."""

_TONES = {"\u0300": 1, "\u0301": 2, "\u0303": 3, "\u0309": 4, "\u0323": 5}
"""Combining grave, acute, tilde, hook above, dot below."""

_COMBINING = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    """Return what one original character contributes to the folded text: "", one or more characters."""
    if char in _EXTRA:
        return _EXTRA[char]
    if char in _INVISIBLE:
        return ""
    decomposed = unicodedata.normalize("NFKD", char)
    return "".join(_EXTRA.get(c, c) for c in decomposed if not unicodedata.combining(c)).lower()


_USUAL = "".join(
    [*map(chr, range(128)), *"àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", *"–—‘’“”•°₫"]
)
"""Small letters and marks of which nearly every text is made; each folds to one character."""

_CODES = charmap_build(_USUAL.ljust(256, "\ufffe"))
_FOLDED = "".join(map(_fold_char, _USUAL))
"""Those characters as the bytes of a codec, and what each byte folds to: `str.translate` takes three times as long."""


def _of_usual(text: str) -> str | None:
    """Return the folded text, every character where it stood; None when one is unusual."""
    try:
        return charmap_decode(charmap_encode(text.lower(), "strict", _CODES)[0], "strict", _FOLDED)[0]
    except UnicodeEncodeError:
        return None


def fold(text: str) -> str:
    """Return *text* lower-cased and without diacritics.

    Folding merges words that differ only by accents: fold to look up, never to display.

    >>> fold("Thợ hồ, Đông Hà")
    'tho ho, dong ha'
    >>> fold("hoà") == fold("hòa") == fold("HOÀ") == fold("Hoa")
    True
    """
    folded = _of_usual(text)
    return "".join(map(_fold_char, text)) if folded is None else folded


class Folded(Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """A text, its folded form, and the way back."""

    original: str
    text: str
    offsets: Sequence[int] | None
    """Original position of each folded character, with the length at the end; None: positions are the same."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the original that folded characters [start, end) were read from.

        Combining marks that follow the last character belong to it.
        """
        if self.offsets is None:
            return start, end
        stop = self.offsets[end - 1] + 1 if end > start else self.offsets[start]
        while stop < len(self.original) and _COMBINING.match(self.original[stop]):
            stop += 1
        return self.offsets[start], stop


def fold_mapped(text: str) -> Folded:
    """Fold *text* and keep the map back to its own code points.

    >>> mapped = fold_mapped("tho\u031b\u0323 ho\u0302\u0300")  # NFD
    >>> mapped.text, mapped.span(4, 6)
    ('tho ho', (6, 10))
    """
    folded = _of_usual(text)
    if folded is not None:
        return Folded(original=text, text=folded, offsets=None)
    parts = [*map(_fold_char, text)]
    offsets = None
    if any(len(part) != 1 for part in parts):
        offsets = [*(i for i, part in enumerate(parts) for _ in part), len(text)]
    return Folded(original=text, text="".join(parts), offsets=offsets)


@lru_cache(maxsize=65536)
def canonical(word: str) -> str:
    """Return one spelling for a syllable: NFC, lower case, tone last, so that hoà and hòa are equal.

    The result is for comparing, not for display: base letters with their quality marks (â, ư, đ ...),
    then the tone as a digit.

    >>> canonical("hoà") == canonical("hòa") == canonical("HOÀ")
    True
    >>> canonical("thuỷ") == canonical("thủy"), canonical("may") == canonical("máy")
    (True, False)
    """
    tone = 0
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        elif char not in _INVISIBLE:
            letters.append("đ" if char in "ðɖ" else char)
    base = unicodedata.normalize("NFC", "".join(letters))
    return f"{base}{tone}" if tone else base


@lru_cache(maxsize=65536)
def agreement(typed: str, meant: str) -> int:
    """Say how well a typed syllable agrees with a spelling that folds to the same letters.

    Returns
    -------
    int
        2 when the accents are the same; 1 when *typed* carries fewer accents, none of them contradicting
        (d for đ, no tone, no hat); 0 when an accent contradicts.

    >>> agreement("máy", "máy"), agreement("may", "máy"), agreement("máy", "may"), agreement("thơ", "thợ")
    (2, 1, 0, 1)
    """
    left, right = canonical(typed), canonical(meant)
    if left == right:
        return 2
    marks_left, marks_right = _marks(typed), _marks(meant)
    return (
        int(all(marks_left[i] <= marks_right[i] for i in range(len(marks_left))))
        if (len(marks_left) == len(marks_right))
        else 0
    )


def _marks(word: str) -> list[frozenset[str]]:
    """Return the tone of the word, then the quality marks of each letter (đ counts as marked)."""
    tone: set[str] = set()
    marks: list[set[str]] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone.add(char)
        elif unicodedata.combining(char):
            if marks:
                marks[-1].add(char)
        elif char not in _INVISIBLE:
            marks.append({"bar"} if char in "đðɖ" else set())
    return [frozenset(tone), *map(frozenset, marks)]
